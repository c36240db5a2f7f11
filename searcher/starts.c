/*
 * Stems keep the first letters of their words: all of them up to two, of three letters the first
 * two, and of longer ones three (`cry` is `cri`, `using` is `use`).  tests/unit/test_starts.c
 * tries that for each language that keeps them (language.h).
 */
#include "starts.h"

#include "spelling.h"

static void add(struct pm_starts *starts, uint32_t start)
{
    starts->set[start / 64] |= UINT64_C(1) << start % 64;
}

void pm_starts_add(struct pm_starts *starts, const char *text, size_t len)
{
    size_t letters = 0;
    for (size_t i = 0; i < len; i++)
        letters += text[i] != '.' && text[i] != ',';
    size_t kept = letters > 3 ? 3 : letters < 2 ? letters : 2;
    uint32_t open = 1u << 5 * (PM_START_LETTERS - kept);
    uint32_t first = pm_start(text, len) & ~(open - 1);
    for (uint32_t i = 0; i < open; i++)
        add(starts, first + i);
}

/* `to` may have been `from` before it was spelt as in America. */
static void add_spelling(const char from[3], const char to[3], void *arg)
{
    struct pm_starts *starts = arg;
    if (pm_starts_have(starts, to, 3))
        add(starts, pm_start(from, 3));
}

void pm_starts_add_spellings(struct pm_starts *starts)
{
    pm_spelling_each_start(add_spelling, starts);
}
