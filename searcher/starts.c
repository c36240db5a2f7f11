/*
 * Stems keep the first letters of their words: all of them up to two, of three letters the first
 * two, and of longer ones three (`cry` is `cri`, `using` is `use`), but for `y` and `i` (`dying` is
 * `die`).  tests/unit/test_starts.c tries that for each language that keeps them (language.h).
 */
#include "starts.h"

#include "spelling.h"

static void set(struct pm_starts *starts, uint32_t start)
{
    starts->set[start / 64] |= UINT64_C(1) << start % 64;
}

static bool has(const struct pm_starts *starts, uint32_t start)
{
    return starts->set[start / 64] >> start % 64 & 1;
}

/* True for letters, by their five bits, of which a stem may have one for the other. */
static bool is_like(uint32_t a, uint32_t b)
{
    const uint32_t i = 'i' & 31, y = 'y' & 31;
    return a == b || ((a == i || a == y) && (b == i || b == y));
}

/* Sets all starts with letters like the first `kept` of `text` from `place` on, and then any. */
static void add(struct pm_starts *starts, const char *text, size_t kept, size_t place,
                uint32_t start)
{
    if (place == PM_START_LETTERS) {
        set(starts, start);
        return;
    }
    for (uint32_t letter = 0; letter < 32; letter++)
        if (place >= kept || is_like(letter, text[place] & 31))
            add(starts, text, kept, place + 1, start << 5 | letter);
}

void pm_starts_add(struct pm_starts *starts, const char *text, size_t len)
{
    add(starts, text, len > 3 ? 3 : len < 2 ? len : 2, 0, 0);
    if (len > 3 && text[0] >= '0' && text[0] <= '9') { /* 1,000 and 10,000 */
        set(starts, pm_start((char[]){text[0], ',', text[1]}, 3));
        set(starts, pm_start((char[]){text[0], text[1], ','}, 3));
    }
}

/* `to` may have been `from` before it was spelt as in America. */
static void add_spelling(const char from[3], const char to[3], void *arg)
{
    struct pm_starts *starts = arg;
    size_t any = 0; /* letters that may be any: they come first */
    while (any < PM_START_LETTERS && from[any] == PM_SPELLING_ANY)
        any++;
    const uint32_t told = 1u << 5 * (PM_START_LETTERS - any);
    const uint32_t before = pm_start(from, 3) % told, after = pm_start(to, 3) % told;
    if (told == 32) { /* of each 32 starts one: two in a word of the set */
        const uint64_t each = UINT64_C(0x100000001);
        for (size_t i = 0; i < PM_STARTS / 64; i++)
            starts->set[i] |= (starts->set[i] >> after & each) << before;
        return;
    }
    for (uint32_t start = 0; start < PM_STARTS; start += told)
        if (has(starts, start + after))
            set(starts, start + before);
}

void pm_starts_add_spellings(struct pm_starts *starts)
{
    pm_spelling_each_start(add_spelling, starts);
}
