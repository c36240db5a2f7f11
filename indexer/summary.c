#include "summary.h"

#include <cjson/cJSON.h>
#include <inttypes.h>
#include <stdio.h>

int summary_print_json(const struct ingest *ingest)
{
    const struct ingest_counts *counts = &ingest->counts;
    double milliseconds = progress_seconds(&ingest->progress) * 1000;
    const struct {
        const char *key;
        double number;
    } numbers[] = {
        {"added", (double)counts->added},
        {"updated", (double)counts->updated},
        {"unchanged", (double)counts->unchanged},
        {"repeated", (double)counts->repeated},
        {"removed", (double)counts->removed},
        {"passed_over", (double)ingest->passed_over},
        {"failed", (double)ingest->report.failed},
        {"bytes", (double)counts->bytes},
        {"seconds", (double)(int64_t)milliseconds / 1000},
        {"publish", (double)ingest->folder.stub.publish},
    };
    cJSON *json = cJSON_CreateObject();
    bool good = json;
    for (size_t i = 0; good && i < sizeof numbers / sizeof *numbers; i++)
        good = cJSON_AddNumberToObject(json, numbers[i].key, numbers[i].number);
    good = good && cJSON_AddBoolToObject(json, "published", ingest->any_published) &&
           cJSON_AddStringToObject(json, "index_uuid", ingest->folder.stub.uuid);
    char *text = good ? cJSON_PrintUnformatted(json) : NULL;
    cJSON_Delete(json);
    if (!text) {
        pm_cli_say(&ingest->options->command->cli, "out of memory for the summary");
        return -1;
    }
    puts(text);
    cJSON_free(text);
    return 0;
}

void summary_print(const struct ingest *ingest)
{
    const struct ingest_counts *counts = &ingest->counts;
    fprintf(stderr, "%" PRIu64 " added", counts->added);
    if (counts->updated)
        fprintf(stderr, ", %" PRIu64 " updated", counts->updated);
    if (counts->unchanged)
        fprintf(stderr, ", %" PRIu64 " unchanged", counts->unchanged);
    if (counts->repeated)
        fprintf(stderr, ", %" PRIu64 " replaced by a later one of the same id", counts->repeated);
    if (counts->removed)
        fprintf(stderr, ", %" PRIu64 " removed", counts->removed);
    if (ingest->passed_over)
        fprintf(stderr, ", %" PRIu64 " %s without text passed over", ingest->passed_over,
                ingest->passed_over == 1 ? "file" : "files");
    fprintf(stderr, ", %" PRIu64 " failed, %.1f seconds\n", ingest->report.failed,
            progress_seconds(&ingest->progress));
}
