#include "compact.h"

#include <stdio.h>

#include "change.h"
#include "stop.h"

static int run(const struct options *options, struct folder *folder, struct change *change,
               struct pm_error *err)
{
    const struct folder_options how = {.wait = options->wait};
    bool published;
    return folder_open(folder, options->index, &how, err) || change_begin(change, folder, err) ||
                   change_merge_all(change, err) || change_publish(change, &published, err)
               ? -1
               : 0;
}

int compact_run(const struct options *options)
{
    struct folder folder = {.lock = -1};
    struct change change = {0};
    struct pm_error err = {0};
    int status = PM_EXIT_OK;
    if (options->words_len)
        return options_refuse(options, "it takes no words");
    stop_watch();
    if (run(options, &folder, &change, &err)) {
        pm_cli_complain(&options->command->cli, &err);
        status = stop_signal() ? 128 + stop_signal() : pm_cli_exit_code(err.code);
    }
    change_end(&change);
    folder_close(&folder);
    return status;
}
