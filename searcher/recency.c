#include "recency.h"

#include <math.h>

#include "date.h"

#define DAY 86400

double pm_recency_weigh(const char *date, size_t len, const void *arg)
{
    const struct pm_recency *recency = arg;
    double age = floor((double)recency->now / DAY) - pm_date_days(date, len);
    return PM_RECENCY_MOST * exp2(-fmax(age, 0) / recency->halflife);
}
