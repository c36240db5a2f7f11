#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "buf.h"
#include "layout.h"
#include "layout_dates.h"
#include "layout_lines.h"
#include "layout_marks.h"
#include "layout_names.h"

#define COUNT(rows) (sizeof rows / sizeof *rows)

#define DASH     "\xE2\x80\x93" /* U+2013 */
#define LONGDASH "\xE2\x80\x94"
#define KHMER    "\xE1\x9E\x80" /* a letter */

static struct slice slice(const char *text)
{
    return (struct slice){text, strlen(text)};
}

/* ---- lines that are one thing or not ---- */

static void check_lines(bool (*is)(struct slice), bool are, const char *const *rows, size_t n)
{
    int wrong = 0;
    for (size_t i = 0; i < n; i++)
        if (is(slice(rows[i])) != are) {
            print_error("'%s' %s one\n", rows[i], are ? "is not taken for" : "is taken for");
            wrong++;
        }
    assert_int_equal(wrong, 0);
}

static void knows_a_person_by_the_name(void **state)
{
    (void)state;
    static const char *const are[] = {
        "Ada Quill",    "ADA QUILL",       "Ada van der Quill", "Ada d'Orme", "J. P. Quill",
        "Dr. A. Quill", "Sean O'Neil-Kay", "Sok Dara Jr.",      "Bin al-Orm", KHMER " " KHMER};
    static const char *const are_none[] = {
        "",          "Ada",           "ada quill",      "Ada quill",     "The Quill",
        "Quill Ltd", "Quill & Quill", "Ada Quill, MP",  "Ada Quill 2",   "Next Tuesday",
        "Orm River", "Staff Writer",  "Orm University", "Ada Sat Down.", "A B C D E F",
        "By Way Of"};
    check_lines(name_is_person, true, are, COUNT(are));
    check_lines(name_is_person, false, are_none, COUNT(are_none));
}

static void knows_a_paper_by_the_name(void **state)
{
    (void)state;
    static const char *const are[] = {"The Orm Post", "ORM NEWS", "Orm and Vale Gazette",
                                      "Ormer Tageblatt", "Ormer Hafenblatt"};
    static const char *const are_none[] = {"Post", "The Orm", "The post at Orm", "News from Orm.",
                                           "He reads the Orm Post"};
    check_lines(name_is_paper, true, are, COUNT(are));
    check_lines(name_is_paper, false, are_none, COUNT(are_none));
}

static void knows_furniture_by_its_words(void **state)
{
    (void)state;
    static const char *const are[] = {"Scroll to top",
                                      "ADVERTISEMENT",
                                      "Share on Facebook",
                                      "Share via WhatsApp",
                                      "Facebook Telegram",
                                      "5 min read",
                                      "Page 2 of 3",
                                      "Read more: the weir",
                                      "https://orm.example/a",
                                      "ada@orm.example",
                                      "\xC2\xA9 2024 Orm Post",
                                      "Copyright 2024 Orm Post",
                                      "Subscribe to our newsletter",
                                      "Follow us on Telegram"};
    static const char *const are_none[] = {
        "Facebook",
        "Facebook paid the mayor",
        "Share and share alike",
        "Subscribe to the idea",
        "Follow the river",
        "Comments",
        "5 men read",
        "Page turned",
        "Copyright is a right",
        "Read more books, she said",
        "Ask ada@orm.example about it",
        "12",
    };
    check_lines(mark_is_furniture, true, are, COUNT(are));
    check_lines(mark_is_furniture, false, are_none, COUNT(are_none));
}

static void knows_a_caption_by_its_credit(void **state)
{
    (void)state;
    static const char *const are[] = {
        "Photo: Ada Quill",
        "Caption: The weir.",
        "(Photo by Ada Quill)",
        "Photo by Ada Quill",
        "File photo",
        "Supplied",
        "The weir on Monday. Photo: Ada Quill",
        "The weir on Monday (Photo by Ada Quill)",
        "The weir on Monday. PHOTO: ORM BOARD/ ORM POST",
        "The weir in the old town on Monday. Supplied",
        "The weir in the old town on Monday. OWB",
        "The weir in the old town on Monday. Ada Quill/OWB",
    };
    static const char *const are_none[] = {
        "Photo by photo, she restored it",
        "The photo: a weir in the rain, which nobody saw but the miller and his wife and the dog "
        "of "
        "both",
        "He had the photo framed",
        "They all belong to the OWB",
        "They met at the weir. It rained",
        "They all supplied the weir with water from the river. They were supplied",
        "It stood by the weir at St. PAUL",
    };
    check_lines(mark_is_caption, true, are, COUNT(are));
    check_lines(mark_is_caption, false, are_none, COUNT(are_none));
}

static void knows_the_name_of_a_picture(void **state)
{
    (void)state;
    static const char *const are[] = {"IMG_1234.jpg", "weir-2024.WEBP", "the weir.png"};
    static const char *const are_none[] = {".jpg", "weir.txt", "He sent me the file weir.jpg",
                                           "jpg"};
    check_lines(mark_is_picture, true, are, COUNT(are));
    check_lines(mark_is_picture, false, are_none, COUNT(are_none));
}

/* ---- lines and what is read in them ---- */

struct read {
    const char *line, *shown;
};

static void check_read(void (*show)(const char *line, struct pm_buf *out), const struct read *rows,
                       size_t n)
{
    int wrong = 0;
    for (size_t i = 0; i < n; i++) {
        struct pm_buf out = PM_BUF_INIT;
        show(rows[i].line, &out);
        if (strcmp(pm_buf_str(&out), rows[i].shown)) {
            print_error("'%s' gave '%s', not '%s'\n", rows[i].line, out.data, rows[i].shown);
            wrong++;
        }
        pm_buf_release(&out);
    }
    assert_int_equal(wrong, 0);
}

/* ---- bylines ---- */

/* "names | source | date | +" */
static void show_byline(const char *line, struct pm_buf *out)
{
    struct byline byline;
    if (!byline_read(slice(line), &byline)) {
        pm_buf_adds(out, "none");
        return;
    }
    for (size_t i = 0; i < byline.names; i++)
        pm_buf_addf(out, "%s%.*s", i ? ", " : "", (int)byline.name[i].len, byline.name[i].text);
    struct slice date = {0};
    for (int rank = DATE_RANKS; rank-- > 0 && !date.len;)
        date = byline.dates.of[rank];
    pm_buf_addf(out, " | %.*s | %.*s | %s", (int)byline.source.len,
                byline.source.len ? byline.source.text : "", (int)date.len,
                date.len ? date.text : "", byline.more ? "+" : "");
}

static void reads_bylines(void **state)
{
    (void)state;
    static const struct read rows[] = {
        {"By Ada Quill", "Ada Quill |  |  | "},
        {"BY ADA QUILL", "ADA QUILL |  |  | "},
        {"Story by Ada Quill and Tom Archer", "Ada Quill, Tom Archer |  |  | "},
        {"By Ada Quill, Tom Archer & Ann Bow", "Ada Quill, Tom Archer, Ann Bow |  |  | "},
        {"By Ada Quill, Tom Archer", "Ada Quill |  |  | +"},
        {"By Ada Quill, Orm Post", "Ada Quill | Orm Post |  | "},
        {"By Ada Quill, health correspondent", "Ada Quill |  |  | +"},
        {"By Ada Quill in Orm and Tom Archer in Kirk", "Ada Quill, Tom Archer |  |  | +"},
        {"By Ada Quill | Orm Post | 2024-05-03", "Ada Quill | Orm Post | 2024-05-03 | "},
        {"Text: Ada Quill / Photos: Tom Archer", "Ada Quill |  |  | +"},
        {"(Reporting by Ada Quill; Editing by Tom Archer)", "Ada Quill |  |  | +"},
        {"-- Ada Quill, health correspondent", "Ada Quill |  |  | +"},
        {"Ada Quill (ada@orm.example)", "Ada Quill |  |  | +"},
        {"By our court reporter", " |  |  | +"},
        {"By Staff Writer", " |  |  | +"},
        {"Edited by Ada Quill", " |  |  | +"},
        {"By Quill Holdings", " |  |  | +"},
        {"Par Ada d'Orme", "Ada d'Orme |  |  | "},
        {"Von Ada Quill und Tom Archer", "Ada Quill, Tom Archer |  |  | "},
        {"By Ada Quill | Published 3 May 2024", "Ada Quill |  | 3 May 2024 | "},
        {"Ada Quill | Publication date 3 May 2024 | 12:34 ICT", "Ada Quill |  | 3 May 2024 | "},
        {"Ada Quill | Orm | Published 3 May 2024", "Ada Quill |  | 3 May 2024 | +"},
        {"Owb | Updated: 2024-05-03 15:33", " | Owb | 2024-05-03 15:33 | "},
        {"Orm Post | Updated: 2024-05-03", " | Orm Post | 2024-05-03 | "},
        {"Orm | Published 3 May 2024", " | Orm | 3 May 2024 | "},
        {"Posted on May 3, 2024 by admin", " |  | May 3, 2024 | +"},
        {"Posted on May 3, 2024 by Ada Quill", "Ada Quill |  | May 3, 2024 | +"},
        {"Posted on May 3, 2024 by the weir", "none"},
        {"The weir was opened on 3 May 2024 by Ada Quill", "none"},
        {"Ada Quill | 3 May 2024", "none"},
        {"The weir of 1999 | Published 3 May 2024", "none"},
        {"By the weir", "none"},
        {"By Monday the Weir Had Gone", "none"},
        {"Ada Quill", "none"},
        {"Ada Quill, Orm", "none"},
        {"Edited by the sea", "none"},
        {"Von Orm bis Kirk", "none"},
    };
    check_read(show_byline, rows, COUNT(rows));
}

static void show_name(const char *name, struct pm_buf *out)
{
    name_add(out, slice(name));
}

static void gives_names_natural_capitals(void **state)
{
    (void)state;
    static const struct read rows[] = {
        {"Ada Quill", "Ada Quill"},
        {"ada  QUILL", "ada QUILL"},
        {"ADA QUILL", "Ada Quill"},
        {"SEAN O'NEIL-McKAY", "Sean O'Neil-Mckay"},
        {"ANN McKAY", "Ann McKay"},
        {"ANN MCKAY", "Ann McKay"},
        {"J.P. QUILL", "J.P. Quill"},
        {"VAN VAN DER QUILL", "Van van der Quill"},
        {"\xC3\x89LODIE QUILL", "\xC3\x89lodie Quill"},
        {KHMER " " KHMER, KHMER " " KHMER},
    };
    check_read(show_name, rows, COUNT(rows));
}

/* ---- dates ---- */

/* "published | updated | plain | +" */
static void show_dates(const char *line, struct pm_buf *out)
{
    static const enum date_rank ranks[] = {DATE_PUBLISHED, DATE_UPDATED, DATE_PLAIN};
    struct dates dates;
    if (!dates_read(slice(line), &dates)) {
        pm_buf_adds(out, "none");
        return;
    }
    for (size_t i = 0; i < COUNT(ranks); i++) {
        struct slice date = dates.of[ranks[i]];
        pm_buf_addf(out, "%.*s | ", (int)date.len, date.len ? date.text : "");
    }
    pm_buf_adds(out, dates.more ? "+" : "");
}

static void reads_lines_that_say_when(void **state)
{
    (void)state;
    static const struct read rows[] = {
        {"3 May 2024", " |  | 3 May 2024 | "},
        {"3 May 2024 | 5 min read", " |  | 3 May 2024 | +"},
        {"Orm, 3 May 2024", " |  | 3 May 2024 | +"},
        {"Published: 3 May 2024, 10:30 | Updated 4 May 2024",
         "3 May 2024, 10:30 | 4 May 2024 |  | +"},
        {"Last updated: May 4, 2024 | Published: May 3, 2024", "May 3, 2024 | May 4, 2024 |  | +"},
        {"Published May 3, 2024 updated May 4, 2024", "May 3, 2024 | May 4, 2024 |  | +"},
        {"Published May 3, 2024 Last updated May 4, 2024", "May 3, 2024 | May 4, 2024 |  | +"},
        {"Published: 3 May 2024, 09:15 (GMT+7)", "3 May 2024, 09:15 (GMT+7) |  |  | +"},
        {"Published: 3 May 2024, 09:15 (ICT)", "3 May 2024, 09:15 (ICT) |  |  | +"},
        {"Friday, 3 May 2024, 10:15 (UTC +7)", " |  | Friday, 3 May 2024, 10:15 (UTC +7) | "},
        {"3 May 2024 | 10:15 GMT+07:00", " |  | 3 May 2024 | +"},
        {"Published 3 May 2024 by the weir", "none"},
        {"3 May 2024 (the weir)", "none"},
        {"3 May 2024 is near", "none"},
        {"Not updated since 3 May 2024", "none"},
        {"Updated", "none"},
    };
    check_read(show_dates, rows, COUNT(rows));
}

/* ---- datelines ---- */

#define STORY "The miller said on Monday that he had seen it."

static void finds_a_dateline(void **state)
{
    (void)state;
    static const struct {
        const char *before, *place;
    } rows[] = {
        {"ORM - ", "ORM"},
        {"ORM " DASH " ", "ORM"},
        {"ORM" LONGDASH, "ORM"},
        {"ORM CITY, Vale -- ", "ORM CITY, Vale"},
        {"Orm (OWB) - ", "Orm (OWB)"},
        {"Orm, 2024-05-03 - ", "Orm, 2024-05-03"},
        {"ORM, 2024-05-03: ", "ORM, 2024-05-03"},
        {"Orm - ", NULL},
        {"ORM: ", NULL},
        {"Q: ", NULL},
        {"2024-05-03 - ", NULL},
        {"Mao (left) - ", NULL},
        {KHMER " - ", NULL},
    };
    int wrong = 0;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct pm_buf text = PM_BUF_INIT;
        struct slice place = {0};
        bool bare;
        pm_buf_addf(&text, "%s" STORY, rows[i].before);
        size_t len = dateline_length(slice(text.data), &place, &bare);
        if (len != (rows[i].place ? strlen(rows[i].before) : 0) ||
            (len && !slice_same(place, slice(rows[i].place)))) {
            print_error("'%s' gave %zu bytes\n", text.data, len);
            wrong++;
        }
        pm_buf_release(&text);
    }
    assert_int_equal(wrong, 0);
}

static void a_dateline_needs_a_story_behind_it(void **state)
{
    (void)state;
    struct slice place;
    bool bare;
    assert_int_equal(dateline_length(slice("ORM - The miller said"), &place, &bare), 0);
    assert_int_equal(
        dateline_length(slice("ORM - the very first of all the unions"), &place, &bare), 0);
}

/* ---- all of it ---- */

static struct pm_article read_text(const char *title, const char *text, size_t len)
{
    struct pm_article article = {.title = title ? strdup(title) : NULL};
    struct pm_error err = {0};
    assert_int_equal(layout_read(&article, text, len, &err), 0);
    assert_non_null(article.body);
    return article;
}

static char *extra(const struct pm_article *article)
{
    char *json = article->extra ? cJSON_PrintUnformatted(article->extra) : strdup("");
    assert_non_null(json);
    return json;
}

static void keeps_what_the_article_has_and_what_the_text_says_too(void **state)
{
    (void)state;
    static const char text[] = "The weir\n\nBy Ada Quill\n\nORM - " STORY "\n";
    struct pm_article article = read_text("The weir", text, strlen(text));
    assert_string_equal(article.author, "Ada Quill");
    assert_string_equal(article.body, STORY "\n");
    pm_article_release(&article);

    article = (struct pm_article){.title = strdup("A weir"), .author = strdup("Tom Archer")};
    struct pm_error err = {0};
    assert_int_equal(layout_read(&article, text, strlen(text), &err), 0);
    char *json = extra(&article);
    assert_string_equal(article.title, "A weir");
    assert_string_equal(article.author, "Tom Archer");
    assert_string_equal(article.body, "The weir\n\n" STORY "\n");
    assert_string_equal(json, "{\"bylines\":[\"By Ada Quill\"],\"dateline\":\"ORM\"}");
    free(json);
    pm_article_release(&article);
}

/* Texts whose body is all of them, but for their headline. */
static void leaves_alone_what_may_be_prose(void **state)
{
    (void)state;
    static const char *const rows[] = {
        /* a refrain is no pull quote */
        STORY " It was gone.\n\nHe sat.\n\n" STORY " It was gone.\n",
        /* few words may be said twice */
        "He had seen it\n" STORY " He had seen it.\n",
        /* an acronym is no place */
        "ORM - " STORY " The ORM said so.\n",
        /* dates of a diary */
        "2024-05-03\n\nRain.\n\n2024-05-04\n\nMore rain.\n",
        /* a name alone */
        "It rained.\n\nAda Quill\n\n" STORY " He was wrong.\n",
        /* wrapped lines */
        "The miller went to see the weir with all of his friends from\n"
        "the village and the mill. He took the photo of Monday. ORM\n"
        "was far away and the road to it was wet, and nobody had been\n"
        "there since the winter.\n",
        /* nothing else */
        "Advertisement\n",
    };
    int wrong = 0;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct pm_article article = read_text("T", rows[i], strlen(rows[i]));
        if (strcmp(article.body, rows[i])) {
            print_error("'%s' gave '%s'\n", rows[i], article.body);
            wrong++;
        }
        pm_article_release(&article);
    }
    assert_int_equal(wrong, 0);
}

/* Adds `line` until the text has `size` bytes. */
static void repeat(struct pm_buf *text, const char *line, size_t size)
{
    pm_buf_clear(text);
    while (text->len + strlen(line) <= size)
        pm_buf_adds(text, line);
    assert_false(text->failed);
}

static double seconds_for(const char *line, size_t size)
{
    struct pm_buf text = PM_BUF_INIT;
    repeat(&text, line, size);
    clock_t start = clock();
    struct pm_article article = read_text(NULL, text.data, text.len);
    double seconds = (double)(clock() - start) / CLOCKS_PER_SEC;
    pm_article_release(&article);
    pm_buf_release(&text);
    return seconds;
}

/* Four times the text may take four times as long; sixteen times would be quadratic. */
static void takes_time_in_proportion_to_the_text(void **state)
{
    (void)state;
    static const char *const lines[] = {"a\n",
                                        "a b c d e f g h i\n",
                                        STORY "\n",
                                        "\"" STORY "\"\n" STORY " He had.\n\n",
                                        "2024-05-03\n",
                                        "Advertisement\n",
                                        "The Orm Post\n",
                                        "word "};
    for (size_t i = 0; i < COUNT(lines); i++) {
        double quarter = seconds_for(lines[i], LAYOUT_MAX / 4),
               all = seconds_for(lines[i], LAYOUT_MAX);
        if (all > 9 * quarter + 0.1)
            fail_msg("'%s' takes %.3f s, four times as much %.3f s", lines[i], quarter, all);
    }
}

static void a_text_too_long_for_an_article_is_all_body(void **state)
{
    (void)state;
    struct pm_buf text = PM_BUF_INIT;
    repeat(&text, "By Ada Quill\n\n" STORY "\n\n", LAYOUT_MAX + 100);
    struct pm_article article = read_text("T", text.data, text.len);
    assert_null(article.author);
    assert_int_equal(strlen(article.body), text.len);
    pm_article_release(&article);
    pm_buf_release(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(knows_a_person_by_the_name),
        cmocka_unit_test(knows_a_paper_by_the_name),
        cmocka_unit_test(knows_furniture_by_its_words),
        cmocka_unit_test(knows_a_caption_by_its_credit),
        cmocka_unit_test(knows_the_name_of_a_picture),
        cmocka_unit_test(reads_bylines),
        cmocka_unit_test(reads_lines_that_say_when),
        cmocka_unit_test(gives_names_natural_capitals),
        cmocka_unit_test(finds_a_dateline),
        cmocka_unit_test(a_dateline_needs_a_story_behind_it),
        cmocka_unit_test(keeps_what_the_article_has_and_what_the_text_says_too),
        cmocka_unit_test(leaves_alone_what_may_be_prose),
        cmocka_unit_test(takes_time_in_proportion_to_the_text),
        cmocka_unit_test(a_text_too_long_for_an_article_is_all_body),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
