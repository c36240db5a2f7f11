/*
 * The bytes of a feed: a file, standard input or memory, read as far as somebody wants them.
 *
 * What is compressed (gzip, zstd) is unpacked, and text in a character set that the caller
 * knows, or in UTF-16 or UTF-32 with a byte order mark, becomes UTF-8 on the way.  A piece is
 * handed out as soon as it is there, so a pipe may take hours.  Files are read and not mapped:
 * one that shrinks meanwhile is merely short.
 */
#ifndef INPUT_H
#define INPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>

#include "buf.h"
#include "error.h"

struct unpacker;
struct recoder;

/* The most that one article may take, and all that a format keeps in memory at once. */
#define INPUT_RECORD_MAX ((size_t)64 << 20)
#define INPUT_WHOLE_MAX  ((size_t)1 << 30)

struct input {
    const char *name; /* to show: the path, or "standard input" */
    int fd;           /* -1 for memory */
    bool is_file;     /* not standard input: its end can be waited for */
    bool ended;
    bool is_utf8;        /* a character set was given or marked: the text is UTF-8 by now */
    bool changed;        /* the file was written to while it was read; known at its end */
    uint64_t bytes;      /* read so far, as they are on the disk */
    struct stat opened;  /* the file as it was then */
    const char *charset; /* given by the caller, or NULL; borrowed */
    const char *memory;  /* what is left of an input in memory; borrowed */
    size_t memory_len;   /* its length */
    uint64_t dropped;    /* bytes of unpacked text before those of `data` */
    size_t at;           /* what lies before it in `data` has been taken */
    struct pm_buf data;
    struct pm_buf raw; /* a piece on its way through the filters below */
    struct pm_buf plain;
    struct unpacker *unpacker; /* of compressed input, else NULL */
    struct recoder *recoder;   /* of input in another character set, else NULL */
};

/*
 * Opens the file `path`, which must live as long as the input, or standard input where it is
 * "-".  `charset` is the name of the character set of all text, or NULL where it is to be found
 * out.  What cannot be opened, or is not a regular file (standard input aside), is
 * PM_ERR_NO_INPUT.  Even then the input must be closed.
 */
int input_open(struct input *input, const char *path, const char *charset, struct pm_error *err);

/* The same for bytes in memory, which must live as long, called `name` in messages. */
void input_open_memory(struct input *input, const char *name, const char *bytes, size_t len);

/* Accepts an input that is all zero or closed; standard input itself stays open. */
void input_close(struct input *input);

/* True if the name of the file ends so (".csv"), in any case, before ".gz" or ".zst" too. */
bool input_has_suffix(const struct input *input, const char *suffix);

/*
 * Reads another piece: 1, 0 at the end, or -1.  What cannot be read or unpacked is
 * PM_ERR_NO_INPUT.  An interrupted wait is PM_ERR_STOPPED: only who wants to stop catches
 * signals without SA_RESTART.
 */
int input_more(struct input *input, struct pm_error *err);

/* Waits for at most `seconds` until there is more to read, or the end: true, or false. */
bool input_wait(const struct input *input, double seconds);

/* What has been read and not taken, until the next call that reads; one may write in it. */
char *input_text(const struct input *input, size_t *len);

/*
 * The same, after reading until there are `want` bytes of it or the end: -1, or 0.  For
 * sniffing: take care to look at a bounded part.
 */
int input_peek(struct input *input, size_t want, char **text, size_t *len, struct pm_error *err);

/* Takes the first `len` bytes of what input_text() gave. */
void input_take(struct input *input, size_t len);

/* Where in the unpacked file the first byte that is not taken stands, from 0. */
uint64_t input_offset(const struct input *input);

/*
 * Reads until, at *at or after it in what is not taken, a byte is `wanted`, and moves *at to
 * it: 1, 0 if there is none before the end or in INPUT_RECORD_MAX bytes (*at is then the length
 * of all that was looked at), or -1.
 */
int input_find(struct input *input, size_t *at, bool (*wanted)(char c), struct pm_error *err);

/* The same for the bytes of `word`, to whose first *at is moved, in any case of ASCII letters. */
int input_find_word(struct input *input, size_t *at, const char *word, struct pm_error *err);

/* True if nothing but white space comes from `at` on in what is not taken, to the end. */
bool input_is_blank(struct input *input, size_t at);

/*
 * Takes a line and its line feed, which *len does not count: 1, 0 if nothing is left, or -1.
 * It is valid until the next call that reads; one may write in it.  A line of more than
 * INPUT_RECORD_MAX bytes is passed over and PM_ERR_TOO_LARGE; one may go on.
 */
int input_line(struct input *input, char **line, size_t *len, struct pm_error *err);

/*
 * Takes all that is left, valid until the input is closed; one may write in it.  More than
 * `max` bytes are PM_ERR_TOO_LARGE, a file that changes meanwhile is PM_ERR_CHANGED.
 */
int input_all(struct input *input, size_t max, char **text, size_t *len, struct pm_error *err);

#endif
