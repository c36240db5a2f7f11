#include "remove.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "change.h"
#include "place.h"
#include "search.h"
#include "stop.h"
#include "utf8.h"

struct removal {
    const struct options *options;
    struct folder folder;
    struct change change;
    uint64_t missing; /* ids that no article has */
};

static int remove_id(struct removal *removal, const char *given, struct pm_error *err)
{
    struct pm_buf clean = PM_BUF_INIT, id = PM_BUF_INIT;
    uint32_t docid;
    int rc;
    /* As ids are kept: valid, and on one line. */
    pm_utf8_clean(&clean, given, strlen(given));
    pm_utf8_one_line(&id, pm_buf_str(&clean), clean.len);
    if (clean.failed || id.failed)
        rc = pm_fail_nomem(err);
    else if ((rc = change_find(&removal->change, pm_buf_str(&id), &docid, err)) > 0)
        rc = change_kill(&removal->change, docid, err);
    else if (rc == 0) {
        pm_cli_say(&removal->options->command->cli, "no article has the id '%s'", given);
        removal->missing++;
    }
    pm_buf_release(&clean);
    pm_buf_release(&id);
    return rc;
}

/* Lets all that match the query die. */
static int remove_matches(struct removal *removal, struct pm_error *err)
{
    const char *query = removal->options->query;
    struct pm_search *search = pm_search_open(&removal->folder.path, 1, NULL, err);
    struct pm_request request = pm_request_default;
    struct pm_results results = {0};
    int rc = search ? 0 : -1;
    request.query = query;
    request.query_len = strlen(query);
    request.limit = UINT32_MAX;
    request.snippet_words = 0;
    if (!rc)
        rc = pm_search_run(search, &request, &results, err);
    for (size_t i = 0; !rc && i < results.warnings; i++)
        if (!strcmp(results.warning[i].code, "empty"))
            rc = pm_fail(err, PM_ERR_USAGE, "a query without a word says nothing to delete");
    for (size_t i = 0; !rc && i < results.len; i++)
        rc = remove_id(removal, results.hit[i].article.id, err);
    pm_results_release(&results);
    pm_search_close(search);
    return rc;
}

static int run(struct removal *removal, struct pm_error *err)
{
    const struct options *options = removal->options;
    const struct folder_options how = {.wait = options->wait};
    bool published;
    if (folder_open(&removal->folder, options->index, &how, err) ||
        change_begin(&removal->change, &removal->folder, err))
        return -1;
    if (options->query && remove_matches(removal, err))
        return -1;
    for (size_t i = 0; i < options->words_len; i++)
        if (stop_check(err) || remove_id(removal, options->words[i], err))
            return -1;
    return change_publish(&removal->change, &published, err);
}

/* Shows where a query is broken, below what is said of it. */
static void show_place(const char *query, size_t offset)
{
    struct pm_buf place = PM_BUF_INIT;
    pm_place_show(&place, query, strlen(query), offset);
    fputs(pm_buf_str(&place), stderr);
    pm_buf_release(&place);
}

int remove_run(const struct options *options)
{
    struct removal removal = {.options = options, .folder = {.lock = -1}};
    struct pm_error err = {0};
    int status = PM_EXIT_OK;
    if (!options->query == !options->words_len)
        return options_refuse(options, "give either ids or --query");
    stop_watch();
    if (run(&removal, &err)) {
        pm_cli_complain(&options->command->cli, &err);
        if (err.code == PM_ERR_QUERY)
            show_place(options->query, err.offset);
        status = stop_signal() ? 128 + stop_signal() : pm_cli_exit_code(err.code);
    } else {
        if (options->json)
            printf("{\"deleted\":%" PRIu64 ",\"missing\":%" PRIu64 "}\n", removal.change.killed,
                   removal.missing);
        else if (!options->quiet)
            fprintf(stderr, "%" PRIu64 " deleted\n", removal.change.killed);
        status = removal.missing ? PM_EXIT_PARTIAL : PM_EXIT_OK;
    }
    change_end(&removal.change);
    folder_close(&removal.folder);
    return status;
}
