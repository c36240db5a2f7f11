/*
 * A list is one byte for the version of its form, then the words in byte order, then eight
 * bytes of checksum (FNV-1a of all before, low byte first).  A word is
 *
 *     the number of bytes that it shares with the word before,
 *     the number of bytes that follow,
 *     those bytes,
 *     the number of articles that have it,
 *
 * each number in seven bits a byte, the lowest first, the high bit set on all but the last.
 */
#include "vocabulary_list.h"

#include <stdbool.h>
#include <string.h>

#include "fold.h"
#include "hash.h"
#include "utf8.h"

#define LIST_VERSION 1
#define HEADER       1
#define CHECKSUM     8

/* ---- writing a list ---- */

void pm_vocabulary_write_begin(struct pm_vocabulary_writer *writer, struct pm_buf *out)
{
    writer->out = out;
    writer->start = out->len;
    writer->last_len = 0;
    pm_buf_addc(out, LIST_VERSION);
}

static void write_number(struct pm_buf *out, uint32_t number)
{
    for (; number >= 0x80; number >>= 7)
        pm_buf_addc(out, (char)(number | 0x80));
    pm_buf_addc(out, (char)number);
}

void pm_vocabulary_write(struct pm_vocabulary_writer *writer, const char *word, size_t len,
                         uint32_t articles)
{
    size_t shared = 0;
    while (shared < len && shared < writer->last_len && word[shared] == writer->last[shared])
        shared++;
    write_number(writer->out, (uint32_t)shared);
    write_number(writer->out, (uint32_t)(len - shared));
    pm_buf_add(writer->out, word + shared, len - shared);
    write_number(writer->out, articles);
    memcpy(writer->last, word, len);
    writer->last_len = len;
}

int pm_vocabulary_write_end(struct pm_vocabulary_writer *writer, struct pm_error *err)
{
    struct pm_buf *out = writer->out;
    if (out->failed)
        return pm_fail_nomem(err);
    uint64_t sum = pm_hash64(out->data + writer->start, out->len - writer->start);
    for (int i = 0; i < CHECKSUM; i++, sum >>= 8)
        pm_buf_addc(out, (char)(sum & 0xff));
    return out->failed ? pm_fail_nomem(err) : 0;
}

/* ---- reading a list ---- */

static int damaged(struct pm_error *err)
{
    return pm_fail(err, PM_ERR_CORRUPT, "the list of words is damaged");
}

int pm_vocabulary_read_begin(struct pm_vocabulary_reader *reader, const struct pm_db_bytes *list,
                             struct pm_error *err)
{
    const unsigned char *bytes = (const unsigned char *)list->data;
    uint64_t sum = 0;
    if (list->len < HEADER + CHECKSUM || bytes[0] != LIST_VERSION)
        return damaged(err);
    for (size_t i = 0; i < CHECKSUM; i++)
        sum |= (uint64_t)bytes[list->len - CHECKSUM + i] << (8 * i);
    if (sum != pm_hash64(bytes, list->len - CHECKSUM))
        return damaged(err);
    reader->at = bytes + HEADER;
    reader->end = bytes + list->len - CHECKSUM;
    reader->len = 0;
    return 0;
}

static bool read_number(struct pm_vocabulary_reader *reader, uint32_t *number)
{
    uint64_t sum = 0;
    for (int shift = 0; shift < 35 && reader->at < reader->end; shift += 7) {
        unsigned char byte = *reader->at++;
        sum |= (uint64_t)(byte & 0x7f) << shift;
        if (byte < 0x80) {
            *number = (uint32_t)sum;
            return sum <= UINT32_MAX;
        }
    }
    return false;
}

int pm_vocabulary_read(struct pm_vocabulary_reader *reader, struct pm_error *err)
{
    uint32_t shared, more;
    if (reader->at == reader->end)
        return 0;
    if (!read_number(reader, &shared) || !read_number(reader, &more) || shared > reader->len ||
        !more || more > PM_VOCABULARY_BYTES - shared || more > (size_t)(reader->end - reader->at) ||
        (shared < reader->len && *reader->at <= (unsigned char)reader->word[shared]))
        return damaged(err);
    memcpy(reader->word + shared, reader->at, more);
    reader->len = shared + more;
    reader->at += more;
    if (!read_number(reader, &reader->articles) || !reader->articles ||
        memchr(reader->word, '\0', reader->len) ||
        (!pm_fold_is_ascii(reader->word, reader->len) && !pm_utf8_valid(reader->word, reader->len)))
        return damaged(err);
    return 1;
}
