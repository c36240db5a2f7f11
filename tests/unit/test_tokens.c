/* Text as the tagger sees it: where tokens and sentences end. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "buf.h"
#include "sentence.h"
#include "tokens.h"

/* The tokens of a text, parted by spaces, and by " / " between sentences. */
static const char *split(const char *text, size_t len)
{
    static struct pm_buf shown;
    struct tokens tokens = {0};
    struct pm_error err = {0};
    pm_buf_clear(&shown);
    assert_int_equal(tokens_split(&tokens, text, len, &err), 0);
    for (size_t i = 0; i < tokens.len; i++) {
        const struct token *token = &tokens.token[i];
        assert_true(token->text >= text && token->text + token->len <= text + len && token->len);
        assert_true(i || token->kind & TOKEN_FIRST);
        if (i)
            pm_buf_adds(&shown, token->kind & TOKEN_FIRST ? " / " : " ");
        pm_buf_add(&shown, token->text, token->len);
    }
    tokens_release(&tokens);
    return pm_buf_str(&shown);
}

static void takes_text_apart(void **state)
{
    static const struct {
        const char *text, *tokens;
    } cases[] = {
        {"", ""},
        {" \n\t ", ""},
        {"An otter came.", "An otter came ."},
        {"Sok's boat, the Heron's", "Sok 's boat , the Heron 's"},
        {"Cambodia’s capital", "Cambodia ’s capital"},
        {"O'Brien and D’Souza don't", "O'Brien and D’Souza don't"},
        {"the ministers' cars", "the ministers ' cars"},
        {"U.S. troops in the U.K.", "U.S. troops in the U.K."},
        {"Gen. Sok met Mr. Lim. They left.", "Gen. Sok met Mr. Lim . / They left ."},
        {"J. Doe came. he said", "J. Doe came . he said"},
        {"about 1,300 men, 3.5 tons", "about 1,300 men , 3.5 tons"},
        {"pro-democracy Sino-Cambodian", "pro-democracy Sino-Cambodian"},
        {"PHNOM PENH – The river", "PHNOM PENH – The river"},
        {"Cambodia–Korea ties", "Cambodia – Korea ties"},
        {"Navy (RCN), $500", "Navy ( RCN ) , $ 500"},
        {"\"Go.\" He went. \"Stay.\"", "\" Go . \" / He went . / \" Stay . \""},
        {"He said: “Go.” Then he went.", "He said : “ Go . ” / Then he went ."},
        {"A Title\n\nThe body", "A Title / The body"},
        {"A line of text that is as long as lines of wrapped text are, in\nLunda",
         "A line of text that is as long as lines of wrapped text are , in Lunda"},
        {"Élysée Łódź", "Élysée Łódź"},
        {"ភ្នំពេញ is", "ភ្នំពេញ is"},
        {"AT&T & Co.", "AT&T & Co."},
        {"a\xff"
         "b \xc3 c",
         "a \xff b \xc3 c"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string_equal(split(cases[i].text, strlen(cases[i].text)), cases[i].tokens);
}

static void believes_the_length_and_not_a_nul(void **state)
{
    (void)state;
    assert_string_equal(split("An\0otter", 8), "An otter");
    assert_string_equal(split("An otter", 4), "An o");
    assert_string_equal(split("Sok’", 5), "Sok \xe2\x80");
}

/* What is said of the only token of a text. */
static struct token look(const char *text)
{
    struct tokens tokens = {0};
    struct pm_error err = {0};
    assert_int_equal(tokens_add(&tokens, text, strlen(text), false, &err), 0);
    struct token token = tokens.token[0];
    tokens_release(&tokens);
    return token;
}

static void says_what_tokens_are_made_of(void **state)
{
    static const struct {
        const char *text;
        int kind;
    } cases[] = {
        {"otter", TOKEN_LETTER | TOKEN_LOWER},
        {"Otter", TOKEN_LETTER | TOKEN_LOWER | TOKEN_UPPER | TOKEN_INITIAL},
        {"al-Otter", TOKEN_LETTER | TOKEN_LOWER | TOKEN_UPPER},
        {"RCN", TOKEN_LETTER | TOKEN_UPPER | TOKEN_INITIAL | TOKEN_CAPITALS},
        {"Élan", TOKEN_LETTER | TOKEN_LOWER | TOKEN_UPPER | TOKEN_INITIAL | TOKEN_FORMS},
        {"élan", TOKEN_LETTER | TOKEN_LOWER},
        {"G7", TOKEN_LETTER | TOKEN_UPPER | TOKEN_INITIAL | TOKEN_DIGIT},
        {"1,300", TOKEN_DIGIT},
        {"—", TOKEN_FORMS},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(look(cases[i].text).kind, cases[i].kind);
}

static void hashes_tell_case_and_forget_forms_of_marks(void **state)
{
    (void)state;
    assert_true(look("Otter").lower == look("oTTER").lower);
    assert_true(look("Otter").lower == token_hash("otter"));
    assert_true(look("Otter").exact != look("otter").exact);
    assert_true(look("Otter").exact != look("oTter").exact);
    assert_true(look("Élan").lower == look("élan").lower);
    assert_true(look("2024").exact == look("1975").exact);
    assert_true(look("’s").exact == look("'s").exact);
    assert_true(look("—").exact == look("-").exact);
}

static void a_sentence_has_its_mode(void **state)
{
    static const struct {
        const char *text;
        enum sentence_mode mode;
    } cases[] = {
        {"Villagers of the north met General Sok in Phnom Penh.", MODE_PLAIN},
        {"Villagers Welcome New Bridge over the River", MODE_TITLE},
        {"VILLAGERS WELCOME NEW BRIDGE", MODE_CAPITALS},
        {"PHNOM PENH – Villagers of the north came", MODE_PLAIN},
        {"Sok Vannak", MODE_PLAIN},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct tokens tokens = {0};
        struct pm_error err = {0};
        assert_int_equal(tokens_split(&tokens, cases[i].text, strlen(cases[i].text), &err), 0);
        sentence_set_mode(tokens.token, tokens.len);
        assert_int_equal(tokens.token[0].mode, cases[i].mode);
        assert_true(tokens.token[0].kind & TOKEN_BEGINS);
        tokens_release(&tokens);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(takes_text_apart),
        cmocka_unit_test(believes_the_length_and_not_a_nul),
        cmocka_unit_test(says_what_tokens_are_made_of),
        cmocka_unit_test(hashes_tell_case_and_forget_forms_of_marks),
        cmocka_unit_test(a_sentence_has_its_mode),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
