/*
 * Formats of one line for each hit: tab-separated values, TREC runs, paths.
 */
#include <inttypes.h>
#include <string.h>

#include "format.h"
#include "utf8.h"

void tsv_hit(struct output *output, const struct pm_hit *hit, bool first)
{
    const char *cells[] = {hit->article.date.text, hit->article.source, hit->article.title,
                           hit->article.id};
    struct pm_buf *to = &output->to;
    (void)first;
    if (output->qid)
        pm_buf_addf(to, "%s\t", output->qid);
    pm_buf_addf(to, "%" PRIu32 "\t%.9f", hit->rank, hit->score);
    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++) {
        pm_buf_addc(to, '\t');
        if (cells[i])
            pm_utf8_printable(to, cells[i], strlen(cells[i]));
    }
    pm_buf_addc(to, '\n');
}

void output_word(struct pm_buf *to, const char *text)
{
    for (; *text; text++)
        if ((unsigned char)*text <= ' ')
            pm_buf_addf(to, "%%%02X", (unsigned char)*text);
        else
            pm_buf_addc(to, *text);
}

void trec_hit(struct output *output, const struct pm_hit *hit, bool first)
{
    struct pm_buf *to = &output->to;
    (void)first;
    pm_buf_addf(to, "%s Q0 ", output->qid ? output->qid : "1");
    output_word(to, hit->article.id);
    pm_buf_addf(to, " %" PRIu32 " %.9f pressmark\n", hit->rank, hit->score);
}

static const char *path_of(const struct pm_article *article)
{
    return article->path && *article->path ? article->path : article->id;
}

void paths_hit(struct output *output, const struct pm_hit *hit, bool first)
{
    const char *path = path_of(&hit->article);
    (void)first;
    pm_utf8_printable(&output->to, path, strlen(path));
    pm_buf_addc(&output->to, '\n');
}

/* For programs: the bytes as they are, whatever they are. */
void paths0_hit(struct output *output, const struct pm_hit *hit, bool first)
{
    const char *path = path_of(&hit->article);
    (void)first;
    pm_buf_add(&output->to, path, strlen(path) + 1);
}
