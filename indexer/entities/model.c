#include "model.h"

#include <endian.h>
#include <string.h>

#define PROBES_MAX 64 /* of a table of classes that is not what we wrote */

uint32_t model_class_slot(uint64_t lower, uint32_t classes, uint16_t *mark)
{
    uint64_t h = lower * UINT64_C(0xd6e8feb86659fd93);
    h ^= h >> 32;
    *mark = (uint16_t)(h | 1);
    return (uint32_t)(((h >> 32) * classes) >> 32);
}

uint16_t model_class(const struct model *model, uint64_t lower)
{
    uint16_t mark;
    uint32_t slot = model_class_slot(lower, model->classes, &mark);
    for (int i = 0; i < PROBES_MAX; i++) {
        uint32_t found = le32toh(model->class[slot]);
        if (found >> 16 == mark)
            return (uint16_t)found;
        if (!found)
            return 0;
        slot = slot + 1 == model->classes ? 0 : slot + 1;
    }
    return 0;
}

int model_read(struct model *model, const void *bytes, size_t len, struct pm_error *err)
{
    struct model_header header;
    if (len < sizeof header)
        return pm_fail(err, PM_ERR_CORRUPT, "the model of names is cut short");
    memcpy(&header, bytes, sizeof header);
    uint32_t classes = le32toh(header.classes), buckets = le32toh(header.buckets);
    if (memcmp(header.magic, MODEL_MAGIC, sizeof header.magic) || !classes || !buckets ||
        len != sizeof header + (size_t)classes * 4 + (size_t)buckets * sizeof *model->bucket)
        return pm_fail(err, PM_ERR_CORRUPT, "the model of names is not one of this version");
    model->bucket = (const struct model_bucket *)((const char *)bytes + sizeof header);
    model->class = (const uint32_t *)(model->bucket + buckets);
    model->classes = classes;
    model->buckets = buckets;
    for (int k = 0; k < MODEL_TYPES; k++) {
        for (int i = 0; i < MODEL_TAGS; i++)
            model->steps.begin[i][k] = (int32_t)le32toh((uint32_t)header.steps.begin[i][k]);
        for (int i = 0; i < 2; i++)
            model->steps.go_on[i][k] = (int32_t)le32toh((uint32_t)header.steps.go_on[i][k]);
    }
    return 0;
}
