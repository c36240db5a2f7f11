#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <ftw.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "buf.h"
#include "walk.h"

#define COUNT(rows) (sizeof rows / sizeof *rows)

static char start[4096], folder[] = "/tmp/test_walk.XXXXXX";

/* Each test starts in an empty folder. */
static int enter_folder(void **state)
{
    (void)state;
    strcpy(strrchr(folder, '.'), ".XXXXXX");
    return !getcwd(start, sizeof start) || !mkdtemp(folder) || chdir(folder) ? -1 : 0;
}

static int remove_entry(const char *path, const struct stat *status, int type, struct FTW *ftw)
{
    (void)status, (void)type, (void)ftw;
    return remove(path);
}

static int leave_folder(void **state)
{
    (void)state;
    return chdir(start) || nftw(folder, remove_entry, 8, FTW_DEPTH | FTW_PHYS) ? -1 : 0;
}

static void make_file(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
}

static void note(const char *path, const struct pm_error *what, void *arg)
{
    (void)path;
    assert_int_equal(what->code,
                     strstr(what->message, "passed over") ? PM_ERR_USAGE : PM_ERR_NO_INPUT);
    pm_buf_addf(arg, "%s\n", what->message);
}

/* Walks the paths and expects these files, a space after each, and complaints, a line each. */
static void expect(const char *const *paths, size_t n, const char *files, const char *complaints)
{
    struct pm_error err = {0};
    struct pm_buf found = PM_BUF_INIT, told = PM_BUF_INIT;
    struct walk walk;
    size_t lines = 0;
    assert_int_equal(walk_find(paths, n, note, &told, &walk, &err), 0);
    for (size_t i = 0; i < walk.len; i++)
        pm_buf_addf(&found, "%s ", walk.file[i].path);
    assert_string_equal(pm_buf_str(&found), files);
    assert_string_equal(pm_buf_str(&told), complaints);
    for (const char *at = complaints; (at = strchr(at, '\n')); at++)
        lines += memcmp(at - 6, "passed over" + 5, 6) != 0;
    assert_int_equal(walk.missing, lines);
    walk_release(&walk);
    pm_buf_release(&found);
    pm_buf_release(&told);
}

#define EXPECT(paths, files, complaints) expect(paths, COUNT(paths), files, complaints)

static void keeps_the_order_of_the_paths(void **state)
{
    (void)state;
    static const char *const paths[] = {"b", "-", "c", "./a", "b"};
    make_file("a", "");
    make_file("b", "");
    make_file("c", "");
    EXPECT(paths, "b - c ./a b ", "");
    expect(NULL, 0, "", "");
}

static void finds_the_files_of_folders_in_byte_order(void **state)
{
    (void)state;
    static const char *const paths[] = {"f"}, *const slash[] = {"f/"}, *const here[] = {"."};
    static const char *const files[] = {"f/b.txt", "f/B",     "f/b/2",
                                        "f/b/10",  "f/b/c/d", "f/\xC3\xA9"};
    assert_int_equal(mkdir("f", 0700) | mkdir("f/b", 0700) | mkdir("f/b/c", 0700), 0);
    assert_int_equal(mkdir("f/empty", 0700), 0);
    for (size_t i = 0; i < COUNT(files); i++)
        make_file(files[i], "");
    EXPECT(paths, "f/B f/b/10 f/b/2 f/b/c/d f/b.txt f/\xC3\xA9 ", "");
    EXPECT(slash, "f/B f/b/10 f/b/2 f/b/c/d f/b.txt f/\xC3\xA9 ", "");
    EXPECT(here, "./f/B ./f/b/10 ./f/b/2 ./f/b/c/d ./f/b.txt ./f/\xC3\xA9 ", "");
}

static void counts_files_and_bytes(void **state)
{
    (void)state;
    static const char *const paths[] = {"f", "-"};
    struct pm_error err = {0};
    struct walk walk;
    assert_int_equal(mkdir("f", 0700), 0);
    make_file("f/a", "12345");
    make_file("f/b", "");
    assert_int_equal(symlink("a", "f/link"), 0);
    assert_int_equal(walk_find(paths, COUNT(paths), NULL, NULL, &walk, &err), 0);
    assert_int_equal(walk.len, 4);
    assert_int_equal(walk.file[0].size, 5);
    assert_int_equal(walk.file[1].size, 0);
    assert_int_equal(walk.file[2].size, 5);
    assert_int_equal(walk.file[3].size, 0);
    assert_int_equal(walk.bytes, 10);
    walk_release(&walk);
    assert_int_equal(walk.len, 0);
    walk_release(&walk);
}

static void passes_over_an_index_and_says_so_where_it_is_named(void **state)
{
    (void)state;
    static const char *const folder_path[] = {"f"}, *const named[] = {"f/x", "f/link", "f/a"};
    assert_int_equal(mkdir("f", 0700) | mkdir("f/x", 0700) | symlink("x", "f/link"), 0);
    make_file("f/a", "");
    make_file("f/x/XAPIANDB", "");
    make_file("f/x/lock", "");
    EXPECT(folder_path, "f/a ", "");
    EXPECT(named, "f/a ",
           "'f/x' is an index, not articles: passed over\n"
           "'f/link' is an index, not articles: passed over\n");
}

static void passes_over_hidden_names_unless_named(void **state)
{
    (void)state;
    static const char *const paths[] = {".hidden", ".file"};
    make_file(".file", "");
    assert_int_equal(mkdir(".hidden", 0700) | mkdir(".hidden/.git", 0700), 0);
    make_file(".hidden/.a", "");
    make_file(".hidden/.git/b", "");
    make_file(".hidden/c", "");
    EXPECT(paths, ".hidden/c .file ", "");
}

static void follows_links_to_files_and_named_links_to_folders(void **state)
{
    (void)state;
    static const char *const paths[] = {"f"}, *const named[] = {"f/up", "f/file"};
    assert_int_equal(mkdir("f", 0700), 0);
    make_file("a", "");
    assert_int_equal(symlink("../a", "f/file") | symlink("..", "f/up"), 0);
    assert_int_equal(symlink(".", "f/self"), 0);
    EXPECT(paths, "f/file ", "");
    EXPECT(named, "f/up/a f/up/f/file f/file ", "");
}

static void complains_of_what_cannot_be_read_and_goes_on(void **state)
{
    (void)state;
    static const char *const paths[] = {"missing", "", "a", "f", "loop"};
    make_file("a", "");
    assert_int_equal(mkdir("f", 0700), 0);
    make_file("f/z", "");
    assert_int_equal(symlink("nowhere", "f/dangling") | symlink("loop", "loop"), 0);
    EXPECT(paths, "a f/z ",
           "cannot open 'missing': No such file or directory\n"
           "cannot open '': No such file or directory\n"
           "cannot open 'f/dangling': No such file or directory\n"
           "cannot open 'loop': Too many levels of symbolic links\n");
}

static void complains_of_a_closed_folder(void **state)
{
    (void)state;
    static const char *const paths[] = {"f"};
    assert_int_equal(mkdir("f", 0700) | mkdir("f/closed", 0700), 0);
    make_file("f/z", "");
    if (!geteuid())
        skip(); /* nothing is closed to root */
    assert_int_equal(chmod("f/closed", 0), 0);
    EXPECT(paths, "f/z ", "cannot open 'f/closed': Permission denied\n");
    assert_int_equal(chmod("f/closed", 0700), 0);
}

static void complains_of_what_is_no_regular_file(void **state)
{
    (void)state;
    static const char *const paths[] = {"pipe", "/dev/null", "f"};
    struct sockaddr_un name = {.sun_family = AF_UNIX, .sun_path = "f/socket"};
    assert_int_equal(mkdir("f", 0700), 0);
    make_file("f/z", "");
    assert_int_equal(mkfifo("pipe", 0600) | mkfifo("f/pipe", 0600), 0);
    assert_int_equal(symlink("pipe", "f/link"), 0);
    int fd = socket(AF_UNIX, SOCK_STREAM, 0);
    assert_int_equal(bind(fd, (struct sockaddr *)&name, sizeof name), 0);
    EXPECT(paths, "f/z ",
           "'pipe' is not a regular file\n"
           "'/dev/null' is not a regular file\n"
           "'f/link' is not a regular file\n"
           "'f/pipe' is not a regular file\n"
           "'f/socket' is not a regular file\n");
    close(fd);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, enter_folder, leave_folder)
        TEST(keeps_the_order_of_the_paths),
        TEST(finds_the_files_of_folders_in_byte_order),
        TEST(counts_files_and_bytes),
        TEST(passes_over_an_index_and_says_so_where_it_is_named),
        TEST(passes_over_hidden_names_unless_named),
        TEST(follows_links_to_files_and_named_links_to_folders),
        TEST(complains_of_what_cannot_be_read_and_goes_on),
        TEST(complains_of_a_closed_folder),
        TEST(complains_of_what_is_no_regular_file),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
