/*
 * The bytes of a feed: a file or standard input, read as far as somebody wants them.
 *
 * A piece is handed out as soon as it is there, so a pipe may take hours.  Files are read and
 * not mapped: one that shrinks meanwhile is merely short.  A byte order mark at the very
 * start is passed over.
 */
#ifndef INPUT_H
#define INPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "buf.h"
#include "error.h"

struct input {
    const char *name; /* to show: the path, or "standard input" */
    int fd;
    bool is_file; /* not standard input: its end can be waited for */
    bool ended;
    uint64_t bytes; /* read so far */
    uint64_t size;  /* of a file when it was opened */
    size_t at;      /* what lies before it in `data` has been taken */
    struct pm_buf data;
};

/*
 * Opens the file `path`, which must live as long as the input, or standard input where it is
 * "-".  What cannot be opened, or is not a regular file (standard input aside), is
 * PM_ERR_NO_INPUT.  Even then the input must be closed.
 */
int input_open(struct input *input, const char *path, struct pm_error *err);

/* Accepts an input that is all zero or closed; standard input itself stays open. */
void input_close(struct input *input);

/*
 * Reads another piece: 1, 0 at the end, or -1, which is PM_ERR_NO_INPUT.  An interrupted wait
 * is PM_ERR_STOPPED: only who wants to stop catches signals without SA_RESTART.
 */
int input_more(struct input *input, struct pm_error *err);

/* Waits for at most `seconds` until there is more to read, or the end: true, or false. */
bool input_wait(const struct input *input, double seconds);

/* What has been read and not taken, until the next call that reads; one may write in it. */
char *input_text(const struct input *input, size_t *len);

/*
 * Reads until, at *at or after it in what is not taken, a byte is `wanted`, and moves *at to
 * it: 1, 0 if there is none (*at is then the length of all that is left), or -1.
 */
int input_find(struct input *input, size_t *at, bool (*wanted)(char c), struct pm_error *err);

/*
 * Takes a line and its line feed, which *len does not count: 1, 0 if nothing is left, or -1.
 * It is valid until the next call that reads; one may write in it.
 */
int input_line(struct input *input, char **line, size_t *len, struct pm_error *err);

/* Takes all that is left, valid until the input is closed; one may write in it. */
int input_all(struct input *input, char **text, size_t *len, struct pm_error *err);

#endif
