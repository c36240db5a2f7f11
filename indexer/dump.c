#include "dump.h"

#include <stdio.h>

#include "article_line.h"
#include "index.h"
#include "live.h"
#include "record.h"

struct dump {
    const struct pm_index *index;
    struct pm_error *err;
};

static int dump_article(uint32_t docid, void *arg)
{
    struct dump *dump = arg;
    struct pm_buf data = PM_BUF_INIT;
    struct pm_article article = {0};
    int rc = pm_db_data(dump->index->db, docid, &data, dump->err);
    if (!rc)
        rc = pm_record_unpack(pm_buf_str(&data), data.len, &article, dump->err);
    if (!rc)
        rc = article_line_print(&article, dump->err);
    pm_article_release(&article);
    pm_buf_release(&data);
    return !rc && ferror(stdout) ? 1 : rc; /* nobody listens any more */
}

int dump_run(const struct options *options)
{
    struct pm_index index = {0};
    struct pm_error err = {0};
    struct dump dump = {&index, &err};
    if (options->words_len)
        return options_refuse(options, "it takes no words");
    if (!pm_index_open(&options->index, 1, &index, &err))
        live_each(&index, dump_article, &dump, &err);
    pm_index_close(&index);
    if (err.code)
        pm_cli_complain(&options->command->cli, &err);
    return pm_cli_exit_code(err.code);
}
