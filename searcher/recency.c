#include "recency.h"

#include <math.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#define DAY 86400

/* Days from 1970 to the first of what the date names. */
static double days_of(const char *date, size_t len)
{
    char text[11] = "";
    int year = 1970, month = 1, day = 1;
    memcpy(text, date, len < sizeof text - 1 ? len : sizeof text - 1);
    sscanf(text, "%4d-%2d-%2d", &year, &month, &day);
    struct tm tm = {.tm_year = year - 1900, .tm_mon = month - 1, .tm_mday = day};
    return (double)timegm(&tm) / DAY;
}

double pm_recency_weigh(const char *date, size_t len, const void *arg)
{
    const struct pm_recency *recency = arg;
    double age = floor((double)recency->now / DAY) - days_of(date, len);
    return PM_RECENCY_MOST * exp2(-fmax(age, 0) / recency->halflife);
}
