#include "input.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define PIECE   (64 * 1024)
#define BOM     "\xEF\xBB\xBF"
#define BOM_LEN (sizeof BOM - 1)

int input_open(struct input *input, const char *path, struct pm_error *err)
{
    struct stat status;
    *input = (struct input){.name = "standard input", .fd = STDIN_FILENO, .data = PM_BUF_INIT};
    if (!strcmp(path, "-"))
        return 0;
    input->name = path;
    input->is_file = true;
    /* Without O_NONBLOCK a FIFO would make us wait for its writer, only to be refused. */
    input->fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (input->fd < 0 || fstat(input->fd, &status))
        return pm_fail_errno(err, PM_ERR_NO_INPUT, "cannot open '%s'", path);
    if (!S_ISREG(status.st_mode))
        return pm_fail(err, PM_ERR_NO_INPUT, "'%s' is not a regular file", path);
    input->size = (uint64_t)status.st_size;
    return 0;
}

void input_close(struct input *input)
{
    if (input->is_file && input->fd >= 0)
        close(input->fd);
    pm_buf_release(&input->data);
    *input = (struct input){0};
}

/* What was taken makes room; the bytes that stay are at most one line begun. */
static void drop_taken(struct input *input)
{
    struct pm_buf *data = &input->data;
    if (!input->at)
        return;
    memmove(data->data, data->data + input->at, data->len - input->at);
    data->len -= input->at;
    input->at = 0;
}

static int read_piece(struct input *input, size_t piece, struct pm_error *err)
{
    drop_taken(input);
    char *to = pm_buf_reserve(&input->data, piece);
    if (!to)
        return pm_fail_nomem(err);
    ssize_t got = read(input->fd, to, piece);
    while (got < 0 && errno == EAGAIN) {
        /* Somebody we share the pipe with set O_NONBLOCK on it. */
        struct pollfd wait = {.fd = input->fd, .events = POLLIN};
        got = poll(&wait, 1, -1) < 0 ? -1 : read(input->fd, to, piece);
    }
    if (got < 0 && errno == EINTR)
        return pm_fail(err, PM_ERR_STOPPED, "stopped while reading '%s'", input->name);
    if (got < 0)
        return pm_fail_errno(err, PM_ERR_NO_INPUT, "cannot read '%s'", input->name);
    input->ended = !got;
    input->bytes += (uint64_t)got;
    input->data.len += (size_t)got;
    return got > 0;
}

bool input_wait(const struct input *input, double seconds)
{
    struct pollfd wait = {.fd = input->fd, .events = POLLIN};
    size_t left;
    const char *text = input_text(input, &left);
    if (input->is_file || input->ended || (left && memchr(text, '\n', left)))
        return true;
    return poll(&wait, 1, (int)(seconds * 1000)) > 0;
}

int input_more(struct input *input, struct pm_error *err)
{
    bool first = !input->bytes;
    int rc = input->ended ? 0 : read_piece(input, PIECE, err);
    while (rc > 0 && first && input->bytes < BOM_LEN) {
        rc = read_piece(input, PIECE, err);
        if (!rc)
            return 1; /* the end came, yet there was a piece before it */
    }
    if (rc > 0 && first && !memcmp(input->data.data, BOM, BOM_LEN))
        input->at = BOM_LEN;
    return rc;
}

char *input_text(const struct input *input, size_t *len)
{
    *len = input->data.len - input->at;
    return input->data.data ? input->data.data + input->at : NULL;
}

int input_find(struct input *input, size_t *at, bool (*wanted)(char c), struct pm_error *err)
{
    int rc = 1;
    while (rc > 0) {
        size_t len;
        const char *text = input_text(input, &len);
        for (; *at < len; ++*at)
            if (wanted(text[*at]))
                return 1;
        rc = input_more(input, err);
    }
    return rc;
}

static bool is_line_feed(char c)
{
    return c == '\n';
}

int input_line(struct input *input, char **line, size_t *len, struct pm_error *err)
{
    *len = 0;
    int found = input_find(input, len, is_line_feed, err);
    if (found < 0 || (!found && !*len))
        return found;
    *line = input->data.data + input->at;
    input->at += *len + (found ? 1 : 0);
    return 1;
}

int input_all(struct input *input, char **text, size_t *len, struct pm_error *err)
{
    int rc = 1;
    /* Room at once for a file as big as it was said to be, and for the piece that ends it. */
    uint64_t room = input->size > input->bytes ? input->size - input->bytes : 0;
    if (room > SIZE_MAX / 4 || !pm_buf_reserve(&input->data, (size_t)room + PIECE))
        return pm_fail_nomem(err);
    while (rc > 0)
        rc = input_more(input, err);
    if (rc < 0)
        return -1;
    *len = input->data.len - input->at;
    *text = input->data.data + input->at;
    input->at = input->data.len;
    return 0;
}
