#include "folded.h"

#include <assert.h>
#include <pthread.h>
#include <stdbool.h>
#include <string.h>

#include "hash_quick.h"

static const char *key_of(const struct folded_table *table, size_t row)
{
    return *(const char *const *)((const char *)table->rows + row * table->size);
}

/* By both lengths, since what is sought may have a NUL in it. */
static bool is_key(const struct folded_table *table, size_t row, const char *key, size_t len)
{
    const char *found = key_of(table, row);
    return strlen(found) == len && !memcmp(found, key, len);
}

static void make_slots(struct folded_table *table)
{
    static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
    assert(table->count <= FOLDED_SLOTS / 2);
    pthread_mutex_lock(&lock);
    if (!atomic_load(&table->hashed)) {
        for (size_t row = 0; row < table->count; row++) {
            const char *key = key_of(table, row);
            size_t at = pm_hash_quick(key, strlen(key)) % FOLDED_SLOTS;
            while (table->slot[at])
                at = (at + 1) % FOLDED_SLOTS;
            table->slot[at] = (uint16_t)(row + 1);
        }
        atomic_store(&table->hashed, true);
    }
    pthread_mutex_unlock(&lock);
}

const void *folded_find(struct folded_table *table, const char *key, size_t len)
{
    if (!atomic_load_explicit(&table->hashed, memory_order_acquire))
        make_slots(table);
    size_t at = pm_hash_quick(key, len) % FOLDED_SLOTS;
    for (; table->slot[at]; at = (at + 1) % FOLDED_SLOTS)
        if (is_key(table, table->slot[at] - 1u, key, len))
            return (const char *)table->rows + (table->slot[at] - 1u) * table->size;
    return NULL;
}
