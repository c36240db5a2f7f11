#include "db_searching.h"

static struct pm_db_query *join(enum pm_db_op op, const char *a, const char *b)
{
    struct pm_error err = {0};
    struct pm_db_query *parts[] = {term(a), term(b)};
    uint32_t window = op == PM_DB_PHRASE ? 2 : 0;
    struct pm_db_query *query = pm_db_query_join(op, parts, 2, window, &err);
    if (!query)
        fail_msg("op %d: %s", op, err.message);
    pm_db_query_free(parts[0]);
    pm_db_query_free(parts[1]);
    return query;
}

static void joins_queries_in_every_way(void **state)
{
    (void)state;
    static const struct {
        enum pm_db_op op;
        const char *a, *b, *ids;
    } joins[] = {
        {PM_DB_AND, "rice", "price", "d c"},      {PM_DB_OR, "price", "boat", "d a c a2"},
        {PM_DB_AND_NOT, "rice", "price", "a2 b"}, {PM_DB_FILTER, "rice", "boat", "a2"},
        {PM_DB_PHRASE, "rice", "price", "c"},     {PM_DB_PHRASE, "rice", "rice", "b"},
        {PM_DB_AND, "rice", "absent", ""},
    };
    make_db("one", rows, ROWS);
    struct pm_db *db = open_db("one");
    for (size_t i = 0; i < sizeof joins / sizeof *joins; i++)
        check_ids(db, join(joins[i].op, joins[i].a, joins[i].b), true, joins[i].ids);
    pm_db_close(db);
}

static void finds_values_in_a_range(void **state)
{
    (void)state;
    static const struct {
        const char *low, *high, *ids;
    } ranges[] = {
        {"2024-05-01", "2024-05-01", "a c"}, {"2024-05-02", NULL, "d"}, {"0", NULL, "d a c"},
        {"2024", "2024~", "d a c"},          {"2025", NULL, ""},        {"2023", "2023~", ""},
        {"2024-05-02", "2024-05-01", ""},
    };
    struct pm_error err = {0};
    make_db("one", rows, ROWS);
    struct pm_db *db = open_db("one");
    for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++)
        check_ids(db, pm_db_query_range(0, ranges[i].low, ranges[i].high, &err), true,
                  ranges[i].ids);
    pm_db_close(db);
}

/* ---- asking for each candidate ---- */

struct asked {
    const char *pass; /* the term that lets pass: at least `positions` of it */
    size_t positions;
    const char *fails; /* the document that ends the search, or NULL */
    struct pm_buf ids; /* of those asked for, each with a space behind it */
    bool twice;        /* one was asked for again */
};

static int ask(const struct pm_db_candidate *candidate, void *arg, struct pm_error *err)
{
    struct asked *asked = arg;
    struct pm_buf id = PM_BUF_INIT, positions = PM_BUF_INIT;
    const struct pm_db_bytes pass = {asked->pass, strlen(asked->pass)};
    int rc = pm_db_candidate_data(candidate, &id, err);
    pm_buf_addc(&id, ' ');
    for (const char *c = pm_buf_str(&asked->ids); *c; c += strcspn(c, " ") + 1)
        asked->twice |= !strncmp(c, pm_buf_str(&id), id.len);
    pm_buf_add(&asked->ids, id.data, id.len);
    if (!rc && asked->fails && !strcmp(pm_buf_str(&id), asked->fails))
        rc = pm_fail(err, PM_ERR_STOPPED, "no more of '%s'", asked->fails);
    if (!rc)
        rc = pm_db_candidate_positions(candidate, &pass, &positions, err);
    if (!rc)
        rc = positions.len >= asked->positions * sizeof(uint32_t);
    pm_buf_release(&id);
    pm_buf_release(&positions);
    return rc;
}

struct groups {
    struct pm_db_bytes term[8];
    struct pm_db_terms group[4];
    size_t terms, len;
};

/* "a/b c": one of a and b, and c. */
static void read_groups(const char *text, struct groups *groups)
{
    *groups = (struct groups){0};
    for (const char *c = text; *c; c += *c != 0) {
        size_t len = strcspn(c, "/ ");
        if (c == text || c[-1] == ' ')
            groups->group[groups->len++].term = &groups->term[groups->terms];
        groups->term[groups->terms++] = (struct pm_db_bytes){c, len};
        groups->group[groups->len - 1].len++;
        c += len;
    }
}

static struct pm_db_query *checked(const struct groups *groups, struct asked *asked)
{
    struct pm_error err = {0};
    struct pm_db_query *query = pm_db_query_checked(groups->group, groups->len, ask, asked, &err);
    assert_non_null(query);
    return query;
}

static void asks_once_for_what_has_a_term_of_each_group(void **state)
{
    (void)state;
    static const struct {
        const char *groups, *pass;
        size_t positions;
        const char *asked, *ids;
    } cases[] = {
        {"rice", "rice", 1, "c b d a2 ", "d c a2 b"},
        {"rice", "rice", 2, "c b d a2 ", "b"},
        {"rice", "price", 1, "c b d a2 ", "d c"},
        {"rice", "absent", 0, "c b d a2 ", "d c a2 b"},
        {"rice", "absent", 1, "c b d a2 ", ""},
        {"rice price", "rice", 1, "c d ", "d c"},
        {"price rice", "rice", 1, "c d ", "d c"},
        {"price/boat", "rice", 0, "c d a a2 ", "d a c a2"},
        {"price/boat rice", "rice", 1, "c d a2 ", "d c a2"},
        {"rice of/boat rice/absent", "rice", 1, "d a2 ", "d a2"},
        {"rice absent", "rice", 1, "", ""},
    };
    make_db("one", rows, ROWS);
    struct pm_db *db = open_db("one");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct asked asked = {.pass = cases[i].pass, .positions = cases[i].positions};
        struct groups groups;
        read_groups(cases[i].groups, &groups);
        check_ids(db, checked(&groups, &asked), true, cases[i].ids);
        assert_string_equal(pm_buf_str(&asked.ids), cases[i].asked);
        pm_buf_release(&asked.ids);
    }
    pm_db_close(db);
}

static void asks_for_nothing_when_a_group_is_empty(void **state)
{
    (void)state;
    struct asked asked = {.pass = "rice"};
    struct groups groups;
    make_db("one", rows, ROWS);
    struct pm_db *db = open_db("one");
    read_groups("rice price", &groups);
    groups.group[1].len = 0;
    check_ids(db, checked(&groups, &asked), true, "");
    assert_int_equal(asked.ids.len, 0);
    pm_db_close(db);
}

static void ends_the_search_when_asking_fails(void **state)
{
    (void)state;
    struct pm_error err = {0};
    struct pm_db_matches matches;
    struct asked asked = {.pass = "rice", .fails = "b "};
    struct groups groups;
    make_db("one", rows, ROWS);
    struct pm_db *db = open_db("one");
    read_groups("rice", &groups);
    struct pm_db_query *query = checked(&groups, &asked);
    struct pm_db_request request = {.query = query, .limit = 10};
    assert_int_equal(pm_db_search(db, &request, &matches, &err), -1);
    assert_int_equal(err.code, PM_ERR_STOPPED);
    assert_string_equal(err.message, "no more of 'b '");
    assert_string_equal(pm_buf_str(&asked.ids), "c b ");
    assert_int_equal(matches.len, 0);
    pm_buf_release(&asked.ids);
    pm_db_query_free(query);
    pm_db_close(db);
}

/* The document numbers that match, in order. */
static void list_matches(const struct pm_db *db, const struct pm_db_query *query, bool sorted,
                         struct pm_buf *out)
{
    struct pm_error err = {0};
    struct pm_db_matches matches;
    struct pm_db_request request = {
        .query = query,
        .bm25 = {.k1 = 1.2, .k3 = 8, .b = 0.75},
        .sort = newest,
        .sort_len = sorted ? 2 : 0,
        .limit = sorted ? MANY : 10,
    };
    assert_int_equal(pm_db_search(db, &request, &matches, &err), 0);
    for (size_t i = 0; i < matches.len; i++)
        pm_buf_addf(out, "%u=%.6f ", matches.item[i].docid, matches.item[i].score);
    pm_db_matches_release(&matches);
}

static struct pm_db_query *join_parts(enum pm_db_op op, struct pm_db_query *a,
                                      struct pm_db_query *b)
{
    struct pm_error err = {0};
    struct pm_db_query *parts[] = {a, b};
    struct pm_db_query *query = pm_db_query_join(op, parts, 2, 0, &err);
    assert_non_null(query);
    return query;
}

/* The same, and frees the parts. */
static struct pm_db_query *join_and_free(enum pm_db_op op, struct pm_db_query *a,
                                         struct pm_db_query *b)
{
    struct pm_db_query *query = join_parts(op, a, b);
    pm_db_query_free(a);
    pm_db_query_free(b);
    return query;
}

/* What has a term of each group, and a "c". */
static struct pm_db_query *with_groups(const char *text)
{
    struct groups groups;
    struct pm_db_query *query = term("c");
    read_groups(text, &groups);
    for (size_t i = 0; i < groups.len; i++) {
        struct pm_db_query *any = NULL;
        for (size_t j = 0; j < groups.group[i].len; j++) {
            char name[] = {*groups.group[i].term[j].data, '\0'};
            any = any ? join_and_free(PM_DB_OR, any, term(name)) : term(name);
        }
        query = join_and_free(PM_DB_AND, query, any);
    }
    return query;
}

/* Two queries joined both ways, once with the checked one and once with what it stands for. */
static void check_join(const struct pm_db *db, enum pm_db_op op, const char *groups_text,
                       struct pm_db_query *like, const char *with, bool first)
{
    struct pm_error err = {0};
    struct groups groups;
    read_groups(groups_text, &groups);
    for (int sorted = 0; sorted < 2; sorted++) {
        struct asked asked = {.pass = "c", .positions = 1};
        struct pm_buf got = PM_BUF_INIT, expected = PM_BUF_INIT;
        struct pm_db_query *other = term(with), *check = checked(&groups, &asked);
        struct pm_db_query *plain = pm_db_query_scale(like, 0, &err);
        struct pm_db_query *one =
            first ? join_parts(op, check, other) : join_parts(op, other, check);
        struct pm_db_query *two =
            first ? join_parts(op, plain, other) : join_parts(op, other, plain);
        list_matches(db, one, sorted, &got);
        list_matches(db, two, sorted, &expected);
        if (strcmp(pm_buf_str(&got), pm_buf_str(&expected)) != 0)
            fail_msg("op %d, %s, %s: %s, not %s", op, groups_text, with, pm_buf_str(&got),
                     pm_buf_str(&expected));
        if (asked.twice)
            fail_msg("op %d, %s, %s: asked twice", op, groups_text, with);
        pm_buf_release(&got);
        pm_buf_release(&expected);
        pm_buf_release(&asked.ids);
        struct pm_db_query *all[] = {other, check, plain, one, two};
        for (size_t i = 0; i < sizeof all / sizeof *all; i++)
            pm_db_query_free(all[i]);
    }
}

static void asks_within_any_join_and_over_any_shards(void **state)
{
    (void)state;
    static const enum pm_db_op ops[] = {PM_DB_AND, PM_DB_OR, PM_DB_FILTER, PM_DB_AND_NOT};
    static const char *const groups[] = {"b", "d", "b d", "e/f b", "b/d a"};
    for (size_t shards = 1; shards <= 3; shards++) {
        struct pm_db *db = make_many(shards, (const char *[]){"", "x", "y", "z"}[shards]);
        for (size_t i = 0; i < sizeof groups / sizeof *groups; i++) {
            struct pm_db_query *passed = with_groups(groups[i]);
            for (size_t j = 0; j < 2 * sizeof ops / sizeof *ops; j++)
                for (const char *with = "a\0b\0d\0f\0"; *with; with += 2)
                    check_join(db, ops[j / 2], groups[i], passed, with, j % 2);
            pm_db_query_free(passed);
        }
        pm_db_close(db);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(joins_queries_in_every_way),
        TEST(finds_values_in_a_range),
        TEST(asks_once_for_what_has_a_term_of_each_group),
        TEST(asks_for_nothing_when_a_group_is_empty),
        TEST(ends_the_search_when_asking_fails),
        TEST(asks_within_any_join_and_over_any_shards),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
