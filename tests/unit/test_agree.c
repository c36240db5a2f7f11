/* What a document mends in the tags of its names. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "agree.h"
#include "buf.h"

extern const unsigned char entities_model[];
extern const uint64_t entities_model_len;

/* Tags as letters: p o l m begin a name, P O L M go on, - is outside. */
static const char letters[] = "-polmPOLM";

static const char *mend(const char *text, const char *tags)
{
    static struct pm_buf shown;
    struct model model;
    struct agree agree = {0};
    struct tokens tokens = {0};
    struct pm_error err = {0};
    pm_buf_clear(&shown);
    assert_int_equal(model_read(&model, entities_model, entities_model_len, &err), 0);
    assert_int_equal(tokens_split(&tokens, text, strlen(text), &err), 0);
    assert_int_equal(tokens.len, strlen(tags));
    for (size_t i = 0; i < tokens.len; i++)
        tokens.token[i].tag = (uint8_t)(strchr(letters, tags[i]) - letters);
    assert_int_equal(agree_run(&agree, &model, tokens.token, tokens.len, &err), 0);
    for (size_t i = 0; i < tokens.len; i++)
        pm_buf_addc(&shown, letters[tokens.token[i].tag]);
    tokens_release(&tokens);
    agree_release(&agree);
    return pm_buf_str(&shown);
}

static void a_document_mends_tags(void **state)
{
    static const struct {
        const char *text, *tags, *mended;
    } cases[] = {
        {"the envoy's Ministry of Trade", "--oOOO", "---oOO"},
        {"met General Sok Vannak again", "-opP-", "-pPP-"},
        {"met General Sok Vannak again", "-oOO-", "-pPP-"},
        {"the General Assembly of Lunda", "-oOOO", "-oOOO"},
        {"Lunda Lunda Lunda Lunda Lunda", "llllo", "lllll"},
        {"Lunda Lunda Lunda", "llo", "llo"},
        {"Sok Vannak met Vannak", "pP-p", "pP-p"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string_equal(mend(cases[i].text, cases[i].tags), cases[i].mended);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(a_document_mends_tags)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
