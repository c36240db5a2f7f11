#include "date_words.h"

#include <string.h>

enum pm_date_kind pm_date_read(const char *text, size_t len, struct pm_date *date)
{
    return pm_date_parse(text, len, date) ? PM_DATE_KNOWN : PM_DATE_NONE;
}

enum pm_date_kind pm_date_take(const char *text, size_t len, struct pm_date *date, size_t *used)
{
    *used = len;
    return pm_date_read(text, len, date);
}

enum pm_date_kind pm_date_in_path(const char *path, struct pm_date *date)
{
    (void)path;
    *date = (struct pm_date){0};
    return PM_DATE_NONE;
}
