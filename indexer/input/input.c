#include "input.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "charset.h"
#include "unpack.h"
#include "value.h"

#define PIECE (64 * 1024)

/* ---- opening ---- */

int input_open(struct input *input, const char *path, const char *charset, struct pm_error *err)
{
    *input = (struct input){.name = "standard input", .fd = STDIN_FILENO, .charset = charset};
    if (!strcmp(path, "-"))
        return 0;
    input->name = path;
    input->is_file = true;
    /* Without O_NONBLOCK a FIFO would make us wait for its writer, only to be refused. */
    input->fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (input->fd < 0 || fstat(input->fd, &input->opened))
        return pm_fail_errno(err, PM_ERR_NO_INPUT, "cannot open '%s'", path);
    if (!S_ISREG(input->opened.st_mode))
        return pm_fail(err, PM_ERR_NO_INPUT, "'%s' is not a regular file", path);
    return 0;
}

void input_open_memory(struct input *input, const char *name, const char *bytes, size_t len)
{
    *input =
        (struct input){.name = name, .fd = -1, .is_file = true, .memory = bytes, .memory_len = len};
    input->opened.st_size = (off_t)len;
}

void input_close(struct input *input)
{
    if (input->is_file && input->fd >= 0)
        close(input->fd);
    unpack_free(input->unpacker);
    recode_free(input->recoder);
    pm_buf_release(&input->data);
    pm_buf_release(&input->raw);
    pm_buf_release(&input->plain);
    *input = (struct input){.fd = -1};
}

static bool ends(const char *name, size_t len, const char *suffix)
{
    size_t n = strlen(suffix);
    return len >= n && !strncasecmp(name + len - n, suffix, n);
}

bool input_has_suffix(const struct input *input, const char *suffix)
{
    size_t len = strlen(input->name);
    len -= ends(input->name, len, ".gz") ? 3 : ends(input->name, len, ".zst") ? 4 : 0;
    return ends(input->name, len, suffix);
}

/* ---- reading ---- */

/* What was taken makes room; the bytes that stay are at most one record begun. */
static void drop_taken(struct input *input)
{
    struct pm_buf *data = &input->data;
    if (!input->at)
        return;
    memmove(data->data, data->data + input->at, data->len - input->at);
    data->len -= input->at;
    input->dropped += input->at;
    input->at = 0;
}

static ssize_t read_bytes(struct input *input, char *to, size_t len)
{
    if (input->fd >= 0)
        return read(input->fd, to, len);
    len = len < input->memory_len ? len : input->memory_len;
    if (len)
        memcpy(to, input->memory, len);
    input->memory += len;
    input->memory_len -= len;
    return (ssize_t)len;
}

/* True if the file was written to since it was opened. */
static bool has_changed(const struct input *input)
{
    struct stat now;
    const struct stat *then = &input->opened;
    if (!input->is_file || input->fd < 0 || fstat(input->fd, &now))
        return false;
    return now.st_size != then->st_size || now.st_mtim.tv_sec != then->st_mtim.tv_sec ||
           now.st_mtim.tv_nsec != then->st_mtim.tv_nsec;
}

/* Reads a piece as it is on the disk, to the end of `to`: 1, 0 at the end, or -1. */
static int read_piece(struct input *input, struct pm_buf *to, struct pm_error *err)
{
    char *room = pm_buf_reserve(to, PIECE);
    if (!room)
        return pm_fail_nomem(err);
    ssize_t got = read_bytes(input, room, PIECE);
    while (got < 0 && errno == EAGAIN) {
        /* Somebody we share the pipe with set O_NONBLOCK on it. */
        struct pollfd wait = {.fd = input->fd, .events = POLLIN};
        got = poll(&wait, 1, -1) < 0 ? -1 : read(input->fd, room, PIECE);
    }
    if (got < 0 && errno == EINTR)
        return pm_fail(err, PM_ERR_STOPPED, "stopped while reading '%s'", input->name);
    if (got < 0)
        return pm_fail_errno(err, PM_ERR_NO_INPUT, "cannot read '%s'", input->name);
    if (!got)
        input->changed = has_changed(input);
    input->bytes += (uint64_t)got;
    to->len += (size_t)got;
    return got > 0;
}

static void drop_raw(struct input *input, size_t used)
{
    struct pm_buf *raw = &input->raw;
    if (used)
        memmove(raw->data, raw->data + used, raw->len - used);
    raw->len -= used;
}

/* Adds a piece, unpacked, to `to`: 1, though nothing may have been added; 0 at the end; -1. */
static int unpack_piece(struct input *input, struct pm_buf *to, struct pm_error *err)
{
    size_t used;
    int rc = 1;
    if (!input->raw.len)
        rc = read_piece(input, &input->raw, err);
    if (rc < 0)
        return -1;
    size_t before = to->len;
    if (unpack_run(input->unpacker, input->name, input->raw.data, input->raw.len, &used, to, err))
        return -1;
    drop_raw(input, used);
    if (rc || to->len > before)
        return 1;
    return unpack_whole(input->unpacker)
               ? 0
               : pm_fail(err, PM_ERR_NO_INPUT, "cannot unpack '%s': it ends too early",
                         input->name);
}

static int plain_piece(struct input *input, struct pm_buf *to, struct pm_error *err)
{
    return input->unpacker ? unpack_piece(input, to, err) : read_piece(input, to, err);
}

/* Adds a piece as UTF-8 to the data: 1, though nothing may have been added; 0; -1. */
static int recode_piece(struct input *input, struct pm_error *err)
{
    int rc = plain_piece(input, &input->plain, err);
    if (rc < 0 ||
        recode_run(input->recoder, input->plain.data, input->plain.len, !rc, &input->data, err))
        return -1;
    pm_buf_clear(&input->plain);
    return rc;
}

/*
 * Reads the first bytes and finds out which filters the rest needs: they stand in `data` at the
 * end, filtered too.
 */
static int begin(struct input *input, struct pm_error *err)
{
    struct pm_buf *plain = &input->plain;
    int rc = 1;
    size_t mark;
    while (rc > 0 && input->raw.len < UNPACK_LOOK)
        rc = read_piece(input, &input->raw, err);
    if (rc < 0)
        return -1;
    if (unpack_knows(input->raw.data, input->raw.len)) {
        if (!(input->unpacker = unpack_new(input->raw.data, input->raw.len, err)))
            return -1;
        for (rc = 1; rc > 0 && plain->len < CHARSET_LOOK;)
            rc = unpack_piece(input, plain, err);
        if (rc < 0)
            return -1;
    } else {
        *plain = input->raw;
        input->raw = (struct pm_buf)PM_BUF_INIT;
    }
    const char *marked = charset_marked(pm_buf_str(plain), plain->len, &mark);
    const char *charset = input->charset ? input->charset : marked;
    input->is_utf8 = charset;
    if (charset && strcasecmp(charset, "UTF-8")) {
        mark = marked && !strcmp(charset, marked) ? mark : 0;
        if (!(input->recoder = recode_new(charset, err)) ||
            recode_run(input->recoder, plain->data + mark, plain->len - mark, !rc, &input->data,
                       err))
            return -1;
        pm_buf_clear(plain);
    } else {
        pm_buf_release(&input->data); /* room that input_all() made */
        input->data = *plain;
        *plain = (struct pm_buf)PM_BUF_INIT;
        input->at = mark;
    }
    input->ended = !rc;
    return input->data.len > input->at;
}

int input_more(struct input *input, struct pm_error *err)
{
    size_t before = input->data.len - input->at;
    int rc = 1;
    if (input->ended)
        return 0;
    if (!input->bytes) {
        rc = begin(input, err);
        if (rc || input->ended)
            return rc;
    }
    drop_taken(input);
    while (rc > 0 && input->data.len == before)
        rc = input->recoder ? recode_piece(input, err) : plain_piece(input, &input->data, err);
    input->ended = !rc;
    return rc < 0 ? -1 : input->data.len > before;
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

/* ---- looking and taking ---- */

char *input_text(const struct input *input, size_t *len)
{
    *len = input->data.len - input->at;
    /* Nothing is written behind the end, so nobody writes into the constant. */
    return input->data.data ? input->data.data + input->at : (char *)(uintptr_t) "";
}

int input_peek(struct input *input, size_t want, char **text, size_t *len, struct pm_error *err)
{
    int rc = 1;
    while (rc > 0 && input->data.len - input->at < want)
        rc = input_more(input, err);
    *text = input_text(input, len);
    return rc < 0 ? -1 : 0;
}

void input_take(struct input *input, size_t len)
{
    input->at += len;
}

uint64_t input_offset(const struct input *input)
{
    return input->dropped + input->at;
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
        rc = *at < INPUT_RECORD_MAX ? input_more(input, err) : 0;
    }
    return rc;
}

bool input_is_blank(struct input *input, size_t at)
{
    return !input_find(input, &at, value_is_ink, NULL) && input->ended;
}

/* Where one of two bytes comes first in `text`, or `len`. */
static size_t find_either(const char *text, size_t len, char one, char other)
{
    if (one == other) {
        const char *found = len ? memchr(text, one, len) : NULL;
        return found ? (size_t)(found - text) : len;
    }
    size_t i = 0;
    while (i < len && text[i] != one && text[i] != other)
        i++;
    return i;
}

int input_find_word(struct input *input, size_t *at, const char *word, struct pm_error *err)
{
    size_t word_len = strlen(word);
    bool letter = (word[0] | 0x20) >= 'a' && (word[0] | 0x20) <= 'z';
    char other = letter ? (char)(word[0] ^ 0x20) : word[0];
    int rc = 1;
    while (rc > 0) {
        size_t len;
        const char *text = input_text(input, &len);
        for (;;) {
            *at += find_either(text + *at, len - *at, word[0], other);
            if (*at + word_len > len)
                break;
            if (!strncasecmp(text + *at, word, word_len))
                return 1;
            ++*at;
        }
        rc = *at < INPUT_RECORD_MAX ? input_more(input, err) : 0;
    }
    return rc;
}

/* Passes over the rest of a line that is too long to be kept. */
static int skip_line(struct input *input, struct pm_error *err)
{
    int rc = 1;
    while (rc > 0) {
        size_t len;
        const char *text = input_text(input, &len);
        const char *end = len ? memchr(text, '\n', len) : NULL;
        input->at += end ? (size_t)(end + 1 - text) : len;
        if (end)
            break;
        rc = input_more(input, err);
    }
    return rc < 0 ? -1
                  : pm_fail(err, PM_ERR_TOO_LARGE, "a line of more than %zu MB",
                            INPUT_RECORD_MAX >> 20);
}

/* The same as input_find() for a line feed, by leaps. */
static int find_line_feed(struct input *input, size_t *at, struct pm_error *err)
{
    int rc = 1;
    while (rc > 0) {
        size_t len;
        const char *text = input_text(input, &len);
        *at += find_either(text + *at, len - *at, '\n', '\n');
        if (*at < len)
            return 1;
        rc = *at < INPUT_RECORD_MAX ? input_more(input, err) : 0;
    }
    return rc;
}

int input_line(struct input *input, char **line, size_t *len, struct pm_error *err)
{
    *len = 0;
    int found = find_line_feed(input, len, err);
    if (found < 0 || (!found && !*len))
        return found;
    if (!found && !input->ended)
        return skip_line(input, err);
    *line = input->data.data + input->at;
    input->at += *len + (found ? 1 : 0);
    return 1;
}

int input_all(struct input *input, size_t max, char **text, size_t *len, struct pm_error *err)
{
    int rc = 1;
    /* Room at once for a file as big as it was said to be, and for the piece that ends it. */
    uint64_t size = (uint64_t)input->opened.st_size;
    size_t room = size > input->bytes && size - input->bytes < max ? size - input->bytes : 0;
    if (!pm_buf_reserve(&input->data, room + PIECE))
        return pm_fail_nomem(err);
    while (rc > 0 && input->data.len - input->at <= max)
        rc = input_more(input, err);
    if (rc < 0)
        return -1;
    if (rc)
        return pm_fail(err, PM_ERR_TOO_LARGE, "larger than %zu MB", max >> 20);
    if (input->changed)
        return pm_fail(err, PM_ERR_CHANGED, "it changed while it was read");
    *len = input->data.len - input->at;
    *text = input->data.data + input->at;
    input->at = input->data.len;
    return 0;
}
