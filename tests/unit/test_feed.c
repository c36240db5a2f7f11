#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "buf.h"
#include "feed.h"

#define NOW         1732500000 /* 2024-11-25 */
#define COUNT(rows) (sizeof rows / sizeof *rows)

static char folder[] = "/tmp/test_feed.XXXXXX";
static char path[sizeof folder + 32];

static int make_folder(void **state)
{
    (void)state;
    alarm(60); /* a test that waits for a pipe for ever is a failure too */
    if (!mkdtemp(folder))
        return -1;
    snprintf(path, sizeof path, "%s/file", folder);
    return 0;
}

static int remove_folder(void **state)
{
    (void)state;
    unlink(path);
    return rmdir(folder);
}

static void write_file(const char *text, size_t len)
{
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_int_equal(fwrite(text, 1, len, file), len);
    assert_int_equal(fclose(file), 0);
}

static struct feed *open_feed(const char *name, enum feed_format format)
{
    struct pm_error err = {0};
    struct feed_options options = {.format = format, .now = NOW};
    struct feed *feed = feed_open(name, &options, &err);
    if (!feed)
        print_error("%s\n", err.message);
    assert_non_null(feed);
    return feed;
}

/* The only article of the file with the text, and no error after it. */
static struct pm_article read_one(const char *text, size_t len, enum feed_format format)
{
    struct pm_error err = {0};
    struct pm_article article = {0}, next = {0};
    write_file(text, len);
    struct feed *feed = open_feed(path, format);
    int rc = feed_next(feed, &article, &err);
    if (rc != 1)
        print_error("'%s': %s\n", text, err.message);
    assert_int_equal(rc, 1);
    assert_int_equal(feed_next(feed, &next, &err), 0);
    feed_close(feed);
    return article;
}

/* The records of a feed as text: "LINE title/body" or "LINE! message", parted by " | ". */
static void list(struct feed *feed, struct pm_buf *out)
{
    int rc = 1;
    while (rc) {
        struct pm_article article = {0};
        struct pm_error err = {0};
        rc = feed_next(feed, &article, &err);
        if (rc && out->len)
            pm_buf_adds(out, " | ");
        if (rc > 0)
            pm_buf_addf(out, "%d %s/%s", (int)feed_line(feed), article.title,
                        article.body ? article.body : "");
        else if (rc)
            pm_buf_addf(out, "%d! %s", (int)feed_line(feed), err.message);
        if (rc < 0) {
            assert_int_equal(err.code, PM_ERR_SYNTAX);
            assert_null(article.title);
        }
        pm_article_release(&article);
    }
}

struct record_row {
    const char *text, *records;
};

static void check_records(enum feed_format format, const struct record_row *rows, size_t n)
{
    int wrong = 0;
    for (size_t i = 0; i < n; i++) {
        struct pm_buf out = PM_BUF_INIT;
        write_file(rows[i].text, strlen(rows[i].text));
        struct feed *feed = open_feed(path, format);
        list(feed, &out);
        feed_close(feed);
        if (strcmp(pm_buf_str(&out), rows[i].records)) {
            print_error("%s\ngave   %s\nnot    %s\n", rows[i].text, pm_buf_str(&out),
                        rows[i].records);
            wrong++;
        }
        pm_buf_release(&out);
    }
    assert_int_equal(wrong, 0);
}

/* ---- formats ---- */

static void knows_its_formats_by_name(void **state)
{
    (void)state;
    char names[200];
    int found = 0;
    strcpy(names, feed_format_names());
    for (char *rest = names, *name; (name = strsep(&rest, ", ")); found += *name != '\0')
        assert_true(!*name || feed_format_find(name) >= 0);
    assert_true(found >= 12);
    assert_int_equal(feed_format_find("auto"), FEED_AUTO);
    assert_int_equal(feed_format_find("ndjson"), FEED_NDJSON);
    assert_int_equal(feed_format_find("rss"), FEED_RSS);
    assert_int_equal(feed_format_find("film"), -1);
    assert_int_equal(feed_format_find(""), -1);
}

static void finds_the_format_by_content(void **state)
{
    (void)state;
    static const struct record_row rows[] = {
        {"Words.", "1 Words./Words."},
        {"\xEF\xBB\xBF\n Words.", "1 Words./Words."},
        {"[Photo: a ferry] Words.", "1 [Photo: a ferry] Words./[Photo: a ferry] Words."},
        {"{\"title\": \"A\"}", "1 A/"},
        {"\xEF\xBB\xBF{\"title\": \"A\"}", "1 A/"},
        {"\n\n{\"title\":\n\"A\"}", "3 A/"},
        {" \n[{\"title\": \"A\"}]", "2 A/"},
        {" [ ] ", ""},
        {"[", "1! an array without its ']'"},
        {"{\"title\": \"A\"}\n\n{\"title\": \"B\"}\n", "1 A/ | 3 B/"},
        {"\n{\"title\": \"A\"}\n{\"title\": B}\n",
         "2 A/ | 3! not valid JSON at column 11 (near 'B}')"},
        {"{\"title\":\n\"A\"}\n{\"title\": \"B\"}", "1 A/ | 3 B/"},
        {"{\"title\": \"A\"} {\"title\": \"B\"}", "1 A/ | 1 B/"},
        {"{\"title\": \"A\",}", "1! not valid JSON at column 15 (near '}')"},
        {"{\"title: A}", "1! not valid JSON at column 2 (near '\"title: A}')"},
        {"{words}", "1 {words}/{words}"},
    };
    check_records(FEED_AUTO, rows, COUNT(rows));
}

/* A line that is nothing but the mark of UTF-32 shrinks to nothing, spaces before it too. */
static void goes_on_behind_a_line_that_recoding_leaves_empty(void **state)
{
    (void)state;
    static const char text[] = "{\"title\": \"A\"}\n\0\0\xFE\xFF\n{\"title\": \"B\"}\n";
    struct pm_buf out = PM_BUF_INIT;
    write_file(text, sizeof text - 1);
    struct feed *feed = open_feed(path, FEED_NDJSON);
    list(feed, &out);
    feed_close(feed);
    assert_string_equal(pm_buf_str(&out), "1 A/ | 2! not valid JSON at column 1 (near '') | 3 B/");
    pm_buf_release(&out);
}

/* ---- text ---- */

static void takes_a_headline_off_the_body(void **state)
{
    (void)state;
    static const struct {
        const char *text, *title, *body, *from;
    } rows[] = {
        {"Ferry sinks\n\nNine died.\n", "Ferry sinks", "Nine died.\n", "text"},
        {"\n \n Ferry \t sinks \r\n \r\n  Nine\r\ndied.", "Ferry sinks", "Nine\ndied.", "text"},
        {"\nIt sank. Nine died.\n", "It sank.", "It sank. Nine died.\n", "made"},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct pm_article article = read_one(rows[i].text, strlen(rows[i].text), FEED_TEXT);
        assert_string_equal(article.title, rows[i].title);
        assert_string_equal(article.body, rows[i].body);
        assert_string_equal(article.title_from, rows[i].from);
        pm_article_release(&article);
    }
}

static void refuses_what_is_no_text(void **state)
{
    (void)state;
    static const char binary[] = "not a text: it has NUL bytes (binary, or UTF-16 without a mark)";
    static const struct {
        const char *text;
        size_t len;
        const char *message;
    } rows[] = {
        {"", 0, "an empty text"},
        {" \r\n\t\n", 5, "an empty text"},
        {"\xEF\xBB\xBF", 3, "an empty text"},
        {"\xEF\xBB", 2, NULL},
        {"words\0words", 11, binary},
        {"\xFF\xFEw\0", 4, NULL}, /* UTF-16 */
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct pm_article article = {0};
        struct pm_error err = {0};
        write_file(rows[i].text, rows[i].len);
        struct feed *feed = open_feed(path, FEED_AUTO);
        assert_int_equal(feed_next(feed, &article, &err), rows[i].message ? -1 : 1);
        assert_int_equal(feed_line(feed), 1);
        if (rows[i].message) {
            assert_int_equal(err.code, PM_ERR_SYNTAX);
            assert_string_equal(err.message, rows[i].message);
        }
        pm_article_release(&article);
        assert_int_equal(feed_next(feed, &article, &err), 0);
        feed_close(feed);
    }
}

static void keeps_a_text_with_a_late_nul_or_bad_bytes(void **state)
{
    (void)state;
    struct pm_buf text = PM_BUF_INIT;
    while (text.len < 9000)
        pm_buf_adds(&text, "Words. ");
    pm_buf_add(&text, "\0\xE9", 2);
    struct pm_article article = read_one(text.data, text.len, FEED_AUTO);
    assert_string_equal(article.body + text.len - 2, " \xC3\xA9"); /* as Windows has it */
    pm_article_release(&article);
    pm_buf_release(&text);
}

/* ---- JSON ---- */

static void a_bad_line_costs_only_itself(void **state)
{
    (void)state;
    static const struct record_row rows[] = {
        {"{\"title\": \"A\"}\n{\"title\": \"B\n{\"title\": \"C\"}\n",
         "1 A/ | 2! not valid JSON at column 11 (near '\"B') | 3 C/"},
        {"words and \xC3\xA9 and more words\n{\"title\": \"C\"}\r\n",
         "1! not valid JSON at column 1 (near 'words and \xC3\xA9 and mor') | 2 C/"},
        {"{\"\xC3\xA9\":\x1B\xC3\xA9\xE2\x80\xAE]\n",
         "1! not valid JSON at column 7 (near '\xC3\xA9]')"},
        {"{\"title\": \"A\"}{\"title\": \"B\"}\n{\"title\": \"C\"}",
         "1! more text after the object at column 15 (near '{\"title\": \"B\"}') | 2 C/"},
        {"[1]\n7\n\"words\"\nnull\n{\"title\": \"C\"}",
         "1! not a JSON object | 2! not a JSON object | 3! not a JSON object | "
         "4! not a JSON object | 5 C/"},
        {"{}\n{\"title\": \" \", \"body\": \"\\n\"}\n{\"body\": \"C\"}",
         "1! an article without title and body | 2! an article without title and body | 3 C/C"},
        {"\n \n\t\r\n", ""},
        {"", ""},
    };
    check_records(FEED_NDJSON, rows, COUNT(rows));
}

static void a_malformed_element_costs_only_itself(void **state)
{
    (void)state;
    static const struct record_row rows[] = {
        {"[\n{\"title\": \"A\"},\n{\"title\" \"B\"},\n{\"title\": \"C\"}\n]\n",
         "2 A/ | 3! not valid JSON at column 10 (near '\"B\"},') | 4 C/"},
        {"[{\"title\": \"A\"},\n {\"title\": \"B},\n {\"title\": \"C\"}]",
         "1 A/ | 3! not valid JSON at column 3 (near '\"title\": \"C\"}]') | 3 C/"},
        {"{\"title\": \"A\"\n{\"title\": \"B\"}\n",
         "2! not valid JSON at column 1 (near '{\"title\": \"B\"}') | 2 B/"},
        {"[\n  {\n    \"title\": \"A\",\n    \"entities\": [\n      {\"name\": \"x\"},,\n"
         "      {\"title\": \"y\"}\n    ]\n  },\n  {\n    \"title\": \"B\"\n  }\n]\n",
         "5! not valid JSON at column 21 (near ',') | 9 B/"},
        {"[\n{\"title\": A},\n  {\"title\": \"B\"}]",
         "2! not valid JSON at column 11 (near 'A},') | 3 B/"},
        {"[\n{\"title\": A}\n, {\"title\": \"B\"}]",
         "2! not valid JSON at column 11 (near 'A}') | 3 B/"},
        {"[{\"title\": A}, {\"title\": \"B\"}]",
         "1! not valid JSON at column 12 (near 'A}, {\"title\": \"B\"}]') | 1 B/"},
        {"[{\"title\": \"A\"}, 5, [], {}, {\"title\": \"B\"}]",
         "1 A/ | 1! not a JSON object | 1! not a JSON object | "
         "1! an article without title and body | 1 B/"},
        {"[{\"title\": \"A\"},\n{\"title\": \"B\"}\n", "1 A/ | 2 B/ | 3! an array without its ']'"},
        {"[{\"title\": \"A\"},\n{\"title\": \"B\"",
         "1 A/ | 2! not valid JSON at column 12 (near 'B\"')"},
        {"{\"title\": \"A\"}]\n{\"title\": \"B\"}",
         "1 A/ | 1! not valid JSON at column 15 (near ']') | 2 B/"},
        {"[{\"title\": \"A\"}] words", "1 A/ | 1! not valid JSON at column 18 (near 'words')"},
    };
    check_records(FEED_JSON, rows, COUNT(rows));
}

static void a_comma_too_many_or_missing_costs_nothing(void **state)
{
    (void)state;
    static const struct record_row rows[] = {
        {"[{\"title\": \"A\"}, {\"title\": \"B\"},]", "1 A/ | 1 B/"},
        {"[{\"title\": \"A\"} {\"title\": \"B\"}]", "1 A/ | 1 B/"},
        {"{\"title\": \"A\"},\n{\"title\": \"B\"},\n", "1 A/ | 2 B/"},
        {"[{\"title\": \"A\"}]\n[{\"title\": \"B\"}]", "1 A/ | 2 B/"},
    };
    check_records(FEED_AUTO, rows, COUNT(rows));
}

static void a_value_too_deep_is_an_error(void **state)
{
    (void)state;
    static const struct {
        const char *open, *close;
    } rows[] = {{"[", "]"}, {"{\"a\":", "}"}};
    for (size_t i = 0; i < COUNT(rows); i++)
        for (int closed = 0; closed < 2; closed++) {
            struct pm_buf text = PM_BUF_INIT, out = PM_BUF_INIT;
            pm_buf_adds(&text, "{\"title\": \"A\", \"x\": ");
            for (int k = 0; k < 100000; k++)
                pm_buf_adds(&text, rows[i].open);
            pm_buf_addc(&text, '1');
            for (int k = 0; closed && k < 100000; k++)
                pm_buf_adds(&text, rows[i].close);
            pm_buf_adds(&text, "}\n{\"title\": \"B\"}\n");
            write_file(text.data, text.len);
            struct feed *feed = open_feed(path, FEED_AUTO);
            list(feed, &out);
            feed_close(feed);
            assert_memory_equal(out.data, "1! not valid JSON at column ", 28);
            assert_non_null(strstr(out.data, " | 2 B/"));
            pm_buf_release(&text);
            pm_buf_release(&out);
        }
}

static void keeps_the_words_after_a_nul_or_half_a_pair(void **state)
{
    (void)state;
#define EMOJI "\xF0\x9F\x98\x80"
    static const struct {
        const char *text;
        size_t len;
        const char *title;
    } rows[] = {
#define ROW(json, title)                                                                           \
    {"{\"title\": \"" json "\"}", sizeof "{\"title\": \"" json "\"}" - 1, title}
        ROW("A\\u0000B", "A B"),
        ROW("A\0B", "A B"),
        ROW("A\\\\u0000B", "A\\u0000B"),
        ROW("A\\ud83d B", "A\xEF\xBF\xBD B"),
        ROW("A\\uDE00 B", "A\xEF\xBF\xBD B"),
        ROW("A\\ud83d", "A\xEF\xBF\xBD"),
        ROW("A\\ud83d\\ude00B", "A" EMOJI "B"),
        ROW("A\\ud83d\\uD83D\\uDE00B", "A\xEF\xBF\xBD" EMOJI "B"),
        ROW("A\\n\\u00e9\\\"", "A \xC3\xA9\""),
        ROW("A\xE9 B", "A\xC3\xA9 B"),
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct pm_article article = read_one(rows[i].text, rows[i].len, FEED_AUTO);
        assert_string_equal(article.title, rows[i].title);
        pm_article_release(&article);
    }
}

/* ---- ids and paths ---- */

static void takes_an_id_from_url_path_or_content(void **state)
{
    (void)state;
    static const struct {
        const char *text, *id; /* NULL: the path */
    } rows[] = {
        {"{\"title\": \"A\", \"id\": \"x7\", \"url\": \"http://a/b\"}", "x7"},
        {"{\"title\": \"A\", \"url\": \"http://a/b\"}", "http://a/b"},
        {"{\"title\": \"A\"}", NULL},
        {"{\"title\":\n\"A\"}\n\n", NULL},
        {"[{\"title\": \"A\"}]\n", NULL},
        {"Words.", NULL},
        /* the FNV-1a of fields that each end in a NUL, computed by another program */
        {"[{\"title\": \"A\", \"body\": \"b\", \"source\": \"C\", \"date\": \"2024-05-19\"}, 1]",
         "dddd7755565995d0c9f5e5b4c74e8688"},
        {"{\"title\": \"A\", \"body\": \"b\", \"source\": \"C\", \"date\": \"2024-05-19\"}\n{}",
         "dddd7755565995d0c9f5e5b4c74e8688"},
        {"{\"body\": \"b\"}\n{}", "f178b6514783d94f7080388791fd2dcd"},
        {"1\n{\"body\": \"b\"}", "f178b6514783d94f7080388791fd2dcd"},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct pm_error err = {0};
        struct pm_article article = {0};
        write_file(rows[i].text, strlen(rows[i].text));
        char *real = realpath(path, NULL);
        struct feed *feed = open_feed(path, *rows[i].text == '1' ? FEED_NDJSON : FEED_AUTO);
        while (feed_next(feed, &article, &err) < 0)
            assert_int_equal(err.code, PM_ERR_SYNTAX);
        assert_string_equal(article.id, rows[i].id ? rows[i].id : real);
        assert_string_equal(article.path, real);
        free(real);
        pm_article_release(&article);
        feed_close(feed);
    }
}

static void keeps_apart_the_ids_of_articles_that_differ(void **state)
{
    (void)state;
    static const char text[] = "{\"title\": \"A\", \"body\": \"b\"}\n"
                               "{\"title\": \"Ab\"}\n"
                               "{\"body\": \"Ab\"}\n"
                               "{\"title\": \"A\", \"source\": \"b\"}\n"
                               "{\"title\": \"A\", \"body\": \"b\", \"date\": \"2024\"}\n"
                               "{\"title\": \"A\", \"body\": \"b\"}\n";
    char ids[6][33] = {0};
    struct pm_error err = {0};
    write_file(text, strlen(text));
    struct feed *feed = open_feed(path, FEED_AUTO);
    for (size_t i = 0; i < COUNT(ids); i++) {
        struct pm_article article = {0};
        assert_int_equal(feed_next(feed, &article, &err), 1);
        assert_int_equal(strlen(article.id), 32);
        strcpy(ids[i], article.id);
        pm_article_release(&article);
        for (size_t k = 0; k < i; k++)
            assert_true(!strcmp(ids[i], ids[k]) == (i == 5 && k == 0));
    }
    feed_close(feed);
}

static void gives_the_real_path_of_a_link(void **state)
{
    (void)state;
    char link[sizeof path + 5];
    struct pm_error err = {0};
    struct pm_article article = {0};
    snprintf(link, sizeof link, "%s.link", path);
    write_file("Words.", 6);
    assert_int_equal(symlink("file", link), 0);
    struct feed *feed = open_feed(link, FEED_AUTO);
    assert_int_equal(feed_next(feed, &article, &err), 1);
    char *real = realpath(path, NULL);
    assert_string_equal(article.path, real);
    assert_string_equal(article.id, real);
    assert_string_equal(feed_name(feed), link);
    free(real);
    pm_article_release(&article);
    feed_close(feed);
    unlink(link);
}

static void does_not_take_for_an_id_a_path_that_is_no_utf8(void **state)
{
    (void)state;
    char name[sizeof path + 5];
    struct pm_error err = {0};
    struct pm_article article = {0};
    snprintf(name, sizeof name, "%s.\xE9", path);
    write_file("Words.", 6);
    assert_int_equal(rename(path, name), 0);
    struct feed *feed = open_feed(name, FEED_AUTO);
    assert_int_equal(feed_next(feed, &article, &err), 1);
    assert_int_equal(strlen(article.id), 32);
    assert_non_null(strstr(article.path, "/file.\xEF\xBF\xBD"));
    pm_article_release(&article);
    feed_close(feed);
    unlink(name);
}

/* ---- files and pipes ---- */

static void refuses_what_is_no_regular_file(void **state)
{
    (void)state;
    struct pm_error err = {0};
    const struct feed_options any = {.now = NOW};
    unlink(path);
    assert_null(feed_open(path, &any, &err));
    assert_int_equal(err.code, PM_ERR_NO_INPUT);
    assert_non_null(strstr(err.message, "/file': No such file or directory"));
    err = (struct pm_error){0};
    assert_null(feed_open(folder, &any, &err));
    assert_int_equal(err.code, PM_ERR_NO_INPUT);
    assert_non_null(strstr(err.message, "is not a regular file"));
    err = (struct pm_error){0};
    assert_int_equal(mkfifo(path, 0600), 0);
    assert_null(feed_open(path, &any, &err));
    assert_int_equal(err.code, PM_ERR_NO_INPUT);
    unlink(path);
    feed_close(NULL);
}

static void a_file_that_changes_while_it_is_read_is_refused(void **state)
{
    (void)state;
    struct pm_article article = {0};
    struct pm_error err = {0};
    struct pm_buf text = PM_BUF_INIT;
    pm_buf_reserve(&text, 1 << 20);
    memset(text.data, 'x', 1 << 20);
    write_file(text.data, 1 << 20);
    struct feed *feed = open_feed(path, FEED_AUTO);
    assert_int_equal(truncate(path, 3), 0);
    assert_int_equal(feed_next(feed, &article, &err), -1);
    assert_int_equal(err.code, PM_ERR_CHANGED);
    assert_string_equal(err.message, "it changed while it was read");
    assert_int_equal(feed_next(feed, &article, &err), 0);
    feed_close(feed);
    pm_buf_release(&text);
}

/* Makes a pipe standard input: the end to write to; *saved is for restore_input(). */
static int pipe_input(int *saved)
{
    int ends[2];
    assert_int_equal(pipe2(ends, O_CLOEXEC), 0);
    *saved = dup(STDIN_FILENO);
    assert_int_equal(dup2(ends[0], STDIN_FILENO), STDIN_FILENO);
    close(ends[0]);
    return ends[1];
}

static void restore_input(int saved)
{
    if (saved >= 0) {
        dup2(saved, STDIN_FILENO);
        close(saved);
    } else {
        close(STDIN_FILENO);
    }
}

static void hands_out_a_line_as_soon_as_it_is_there(void **state)
{
    (void)state;
    static const char *const lines[] = {"{\"title\": \"A\"}\n", "{\"title\": \"B\"}\n\n",
                                        "{\"title\": \"C\"}"};
    int saved, to = pipe_input(&saved);
    struct pm_error err = {0};
    struct feed *feed = open_feed("-", FEED_AUTO);
    for (size_t i = 0; i < COUNT(lines); i++) {
        struct pm_article article = {0};
        assert_int_equal(write(to, lines[i], strlen(lines[i])), strlen(lines[i]));
        if (i + 1 == COUNT(lines))
            close(to);
        assert_int_equal(feed_next(feed, &article, &err), 1);
        assert_int_equal(*article.title, 'A' + (int)i);
        assert_int_equal(strlen(article.id), 32);
        assert_null(article.path);
        pm_article_release(&article);
    }
    struct pm_article none = {0};
    assert_int_equal(feed_next(feed, &none, &err), 0);
    assert_string_equal(feed_name(feed), "standard input");
    assert_int_equal(feed_bytes(feed), 15 + 16 + 14);
    feed_close(feed);
    restore_input(saved);
}

static void reads_other_formats_from_a_pipe_to_the_end(void **state)
{
    (void)state;
    static const struct record_row rows[] = {
        {"Ferry sinks\n\nNine died.", "1 Ferry sinks/Nine died."},
        {"{\n\"title\": \"A\"\n}\n{\"title\": \"B\"}", "1 A/ | 4 B/"},
        {"[{\"title\": \"A\"}]", "1 A/"},
        {"", "1! an empty text"},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        int saved, to = pipe_input(&saved);
        struct pm_buf out = PM_BUF_INIT;
        size_t len = strlen(rows[i].text);
        assert_int_equal(write(to, rows[i].text, len), len);
        close(to);
        struct feed *feed = open_feed("-", FEED_AUTO);
        list(feed, &out);
        assert_string_equal(pm_buf_str(&out), rows[i].records);
        assert_int_equal(feed_bytes(feed), len);
        feed_close(feed);
        pm_buf_release(&out);
        restore_input(saved);
    }
}

static void waits_for_the_pieces_of_a_line(void **state)
{
    (void)state;
    int saved, to = pipe_input(&saved);
    struct pm_article article = {0};
    struct pm_error err = {0};
    fcntl(STDIN_FILENO, F_SETFL, O_NONBLOCK); /* as a terminal may be set by others */
    pid_t child = fork();
    if (!child) {
        static const char *const pieces[] = {"\xEF", "\xBB", "\xBF{\"title\":", " \"A\"}", "\n"};
        for (size_t i = 0; i < COUNT(pieces); i++)
            if (usleep(20000) || write(to, pieces[i], strlen(pieces[i])) < 1)
                _exit(1);
        _exit(0);
    }
    close(to);
    struct feed *feed = open_feed("-", FEED_AUTO);
    assert_int_equal(feed_next(feed, &article, &err), 1);
    assert_string_equal(article.title, "A");
    pm_article_release(&article);
    feed_close(feed);
    waitpid(child, NULL, 0);
    restore_input(saved);
}

static void ignore_signal(int signal_number)
{
    (void)signal_number;
}

static void stops_waiting_when_a_signal_comes(void **state)
{
    (void)state;
    int saved, to = pipe_input(&saved);
    struct sigaction action = {.sa_handler = ignore_signal}, before;
    struct pm_article article = {0};
    struct pm_error err = {0};
    sigaction(SIGPROF, &action, &before);
    struct feed *feed = open_feed("-", FEED_AUTO);
    pid_t parent = getpid(), child = fork();
    if (!child) {
        while (getppid() == parent && !usleep(20000))
            kill(parent, SIGPROF);
        _exit(0);
    }
    assert_int_equal(feed_next(feed, &article, &err), -1);
    assert_int_equal(err.code, PM_ERR_STOPPED);
    assert_string_equal(err.message, "stopped while reading 'standard input'");
    assert_int_equal(feed_next(feed, &article, &err), 0);
    feed_close(feed);
    kill(child, SIGKILL);
    waitpid(child, NULL, 0);
    sigaction(SIGPROF, &before, NULL);
    close(to);
    restore_input(saved);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(knows_its_formats_by_name),
        cmocka_unit_test(finds_the_format_by_content),
        cmocka_unit_test(goes_on_behind_a_line_that_recoding_leaves_empty),
        cmocka_unit_test(takes_a_headline_off_the_body),
        cmocka_unit_test(refuses_what_is_no_text),
        cmocka_unit_test(keeps_a_text_with_a_late_nul_or_bad_bytes),
        cmocka_unit_test(a_bad_line_costs_only_itself),
        cmocka_unit_test(a_malformed_element_costs_only_itself),
        cmocka_unit_test(a_comma_too_many_or_missing_costs_nothing),
        cmocka_unit_test(a_value_too_deep_is_an_error),
        cmocka_unit_test(keeps_the_words_after_a_nul_or_half_a_pair),
        cmocka_unit_test(takes_an_id_from_url_path_or_content),
        cmocka_unit_test(keeps_apart_the_ids_of_articles_that_differ),
        cmocka_unit_test(gives_the_real_path_of_a_link),
        cmocka_unit_test(does_not_take_for_an_id_a_path_that_is_no_utf8),
        cmocka_unit_test(refuses_what_is_no_regular_file),
        cmocka_unit_test(a_file_that_changes_while_it_is_read_is_refused),
        cmocka_unit_test(hands_out_a_line_as_soon_as_it_is_there),
        cmocka_unit_test(reads_other_formats_from_a_pipe_to_the_end),
        cmocka_unit_test(waits_for_the_pieces_of_a_line),
        cmocka_unit_test(stops_waiting_when_a_signal_comes),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
