#include "name_term.h"

#include <string.h>

#include "db.h"
#include "schema.h"
#include "word_key.h"

static bool is_letter(const char *word, size_t len)
{
    return len == 1 && word[0] >= 'a' && word[0] <= 'z';
}

/* Makes single letters in a row one word: "u s" is "us", and "j p morgan" is "jp morgan". */
static void join_letters(struct pm_buf *key)
{
    size_t kept = 0, next;
    bool letter = false; /* the last word was one */
    for (size_t i = 0; i < key->len; i = next) {
        size_t len = strcspn(key->data + i, " ");
        bool joins = letter && is_letter(key->data + i, len);
        letter = is_letter(key->data + i, len);
        if (kept && !joins)
            key->data[kept++] = ' ';
        memmove(key->data + kept, key->data + i, len);
        kept += len;
        next = i + len + (i + len < key->len);
    }
    if (key->len)
        key->data[key->len = kept] = '\0';
}

int pm_name_key(struct pm_fold *fold, const char *text, size_t len, struct pm_buf *key,
                struct pm_error *err)
{
    if (pm_word_key(fold, text, len, key, err))
        return -1;
    if (!pm_fold_is_ascii(pm_buf_str(key), key->len)) {
        struct pm_buf words = *key;
        *key = (struct pm_buf)PM_BUF_INIT;
        int rc = pm_fold_accents(fold, words.data, words.len, key, err);
        pm_buf_release(&words);
        if (rc)
            return -1;
    }
    join_letters(key);
    return 0;
}

bool pm_name_term(struct pm_buf *out, const char *name, char sign, char type, const char *of)
{
    pm_buf_clear(out);
    pm_buf_adds(out, pm_schema[PM_FIELD_NAME].prefix);
    pm_buf_adds(out, name);
    pm_buf_addc(out, '=');
    if (sign)
        pm_buf_addc(out, sign);
    pm_buf_addc(out, type);
    pm_buf_adds(out, of);
    return out->len <= PM_DB_TERM_MAX;
}
