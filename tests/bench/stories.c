/*
 * How well sketches tell near-copies from articles that only look alike: the tables of
 * docs/STORIES.md.  tests/bench/stories builds and runs it.
 *
 * It makes sketches of its own, of every kind that was tried, to compare with the one that
 * common/sketch.c makes.
 */
#include <cjson/cJSON.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "analyzer.h"
#include "buf.h"
#include "hash.h"
#include "sketch.h"
#include "stories.h"

enum { COPIES = 1000, COPY_WORDS = 60, DAY = 86400 };

/* The words of a text, as hashes of their stems; the lowest bit tells one with a digit. */
struct words {
    uint64_t *hash;
    size_t len;
};

struct article {
    char *title, *body, first[32]; /* word of the title */
    double day;
    bool earnings;
    struct words words[2]; /* of the body; of title and body */
};

struct copy {
    char *text; /* title, line feed, body */
    size_t body;
    struct words words[2];
};

static struct article *article;
static size_t articles;
static struct pm_analyzer *analyzer;

static void need(bool good, const char *what)
{
    if (!good) {
        fprintf(stderr, "bench/stories: %s\n", what);
        exit(1);
    }
}

/* ---- chance, the same in every run (SplitMix64) ---- */

#define GOLDEN 0x9e3779b97f4a7c15u

static uint64_t seed;

static uint64_t mix(uint64_t x)
{
    x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9u;
    x = (x ^ x >> 27) * 0x94d049bb133111ebu;
    return x ^ x >> 31;
}

static size_t chance(size_t below)
{
    return mix(seed += GOLDEN) % below;
}

/* ---- the corpus ---- */

static uint64_t hash_word(struct pm_form word)
{
    bool number = false;
    for (size_t i = 0; i < word.len; i++)
        number = number || (word.text[i] >= '0' && word.text[i] <= '9');
    return (pm_hash64(word.text, word.len) & ~UINT64_C(1)) | number;
}

static void add_words(struct words *words, const char *text)
{
    struct pm_tokens tokens;
    struct pm_token token;
    size_t most = words->len + strlen(text) + 1;
    words->hash = realloc(words->hash, most * sizeof *words->hash);
    need(words->hash, "out of memory");
    pm_tokens_start(&tokens, analyzer, text, strlen(text));
    while (pm_tokens_next(&tokens, &token, NULL) == 1)
        words->hash[words->len++] = hash_word(token.term[0]);
    words->hash = realloc(words->hash, (words->len + 1) * sizeof *words->hash);
    need(words->hash, "out of memory");
}

static char *member(const cJSON *json, const char *name)
{
    const cJSON *value = cJSON_GetObjectItem(json, name);
    char *copy = strdup(cJSON_IsString(value) ? value->valuestring : "");
    need(copy, "out of memory");
    return copy;
}

static void read_article(struct article *a, const char *line)
{
    struct tm tm = {0};
    const cJSON *topic;
    cJSON *json = cJSON_Parse(line);
    need(json, "not JSON");
    a->title = member(json, "title");
    a->body = member(json, "body");
    char *date = member(json, "date");
    strptime(date, "%Y-%m-%dT%H:%M:%S", &tm);
    a->day = (double)timegm(&tm) / DAY;
    free(date);
    cJSON_ArrayForEach (topic, cJSON_GetObjectItem(json, "topics"))
        a->earnings |= cJSON_IsString(topic) && !strcmp(topic->valuestring, "earn");
    cJSON_Delete(json);
    sscanf(a->title, "%31s", a->first);
    add_words(&a->words[0], a->body);
    add_words(&a->words[1], a->title);
    add_words(&a->words[1], a->body);
}

static void read_corpus(const char *path)
{
    char *line = NULL;
    size_t size = 0;
    FILE *file = fopen(path, "r");
    need(file, "cannot open the corpus");
    while (getline(&line, &size, file) > 0) {
        article = realloc(article, (articles + 1) * sizeof *article);
        need(article, "out of memory");
        article[articles] = (struct article){0};
        read_article(&article[articles++], line);
    }
    free(line);
    fclose(file);
}

/* ---- edited copies ---- */

/* A text as words between spaces. */
struct draft {
    char *text, **word;
    size_t len;
};

static struct draft draft_of(const char *text)
{
    struct draft d = {.text = strdup(text)};
    d.word = calloc(2 * strlen(text) + 8, sizeof *d.word);
    need(d.text && d.word, "out of memory");
    for (char *at = strtok(d.text, " \n"); at; at = strtok(NULL, " \n"))
        d.word[d.len++] = at;
    return d;
}

static void take_out(struct draft *d, size_t at, size_t n)
{
    memmove(d->word + at, d->word + at + n, (d->len - at - n) * sizeof *d->word);
    d->len -= n;
}

static void put_in(struct draft *d, size_t at, char *word)
{
    memmove(d->word + at + 1, d->word + at, (d->len - at) * sizeof *d->word);
    d->word[at] = word;
    d->len++;
}

/* Deletes, replaces, inserts or moves one word; what comes in comes from `other`. */
static void edit_word(struct draft *d, const struct draft *other)
{
    size_t at = chance(d->len);
    char *word = d->word[at], *in = other->word[chance(other->len)];
    switch (chance(4)) {
    case 0:
        take_out(d, at, 1);
        break;
    case 1:
        d->word[at] = in;
        break;
    case 2:
        put_in(d, at, in);
        break;
    default:
        take_out(d, at, 1);
        put_in(d, chance(d->len + 1), word);
    }
}

static bool ends_sentence(const char *word)
{
    return word[strlen(word) - 1] == '.';
}

/* Takes out the sentence around word `at`, or `most` words of it. */
static size_t drop_sentence(struct draft *d, size_t at, size_t most)
{
    size_t start = at, n = 1;
    while (start && !ends_sentence(d->word[start - 1]))
        start--;
    while (n < most && start + n < d->len && !ends_sentence(d->word[start + n - 1]))
        n++;
    take_out(d, start, n);
    return n;
}

static void add_draft(struct pm_buf *out, struct draft *d)
{
    for (size_t i = 0; i < d->len; i++)
        pm_buf_addf(out, "%s%s", i ? " " : "", d->word[i]);
    free(d->text);
    free(d->word);
}

/*
 * A body edited by `percent` of its n words.  By word: so many edits of one word each.  As
 * customers do: half of it cut off the end, a quarter in sentences dropped anywhere, and a
 * quarter in edits of a word.  Every other word of the title is replaced.
 */
static struct copy edited(const struct article *a, unsigned percent, bool by_word)
{
    const struct article *other = &article[chance(articles)];
    while (other->words[0].len < COPY_WORDS)
        other = &article[chance(articles)];
    struct draft title = draft_of(a->title), body = draft_of(a->body), from = draft_of(other->body);
    struct pm_buf text = PM_BUF_INIT;
    struct copy copy = {0};
    size_t budget = body.len * percent / 100, edits = by_word ? budget : budget / 4;
    for (size_t i = 0; i < title.len; i += 2)
        title.word[i] = from.word[chance(from.len)];
    body.len -= by_word ? 0 : budget / 2;
    for (size_t drop = by_word ? 0 : budget / 4; drop;)
        drop -= drop_sentence(&body, chance(body.len), drop);
    while (edits--)
        edit_word(&body, &from);
    add_draft(&text, &title);
    pm_buf_addc(&text, '\n');
    copy.body = text.len;
    add_draft(&text, &body);
    free(from.text);
    free(from.word);
    copy.text = pm_buf_detach(&text);
    need(copy.text, "out of memory");
    add_words(&copy.words[0], copy.text + copy.body);
    add_words(&copy.words[1], copy.text);
    return copy;
}

static const unsigned percents[] = {5, 20, 40};
enum { PERCENTS = sizeof percents / sizeof *percents, EDITS = 2 * PERCENTS };

static struct copy copies[EDITS][COPIES];
static size_t original[COPIES]; /* of which article they are */

static void make_copies(void)
{
    seed = 1;
    for (size_t i = 0; i < COPIES; i++) {
        do
            original[i] = chance(articles);
        while (article[original[i]].words[0].len <= COPY_WORDS);
        for (size_t e = 0; e < EDITS; e++)
            copies[e][i] = edited(&article[original[i]], percents[e % PERCENTS], e >= PERCENTS);
    }
}

/* ---- sketches of every kind ---- */

struct kind {
    bool simhash;
    unsigned shingle, places, bits, number; /* how often a shingle with a number counts */
};

static const struct kind chosen = {false, 2, 64, 8, 4};

struct bits {
    bool some;
    union {
        uint16_t place[128];
        uint64_t simhash;
    };
};

static size_t text_used, least_words = 24; /* of a text with a sketch */

static void fill_places(struct kind kind, const uint64_t *least, struct bits *out)
{
    for (size_t p = 0; p < kind.places; p++) {
        uint64_t step = p + 1;
        size_t at = p;
        while (least[at] == UINT64_MAX)
            at = mix(step += GOLDEN) * (unsigned __int128)kind.places >> 64;
        out->place[p] = (uint16_t)(least[at] & ((1u << kind.bits) - 1));
    }
}

static struct bits sketch_of(struct kind kind, const struct words *words)
{
    struct bits out = {.some = words->len >= least_words && words->len >= kind.shingle};
    uint64_t least[128];
    int sum[64] = {0};
    memset(least, 0xff, sizeof least);
    for (size_t i = 0; out.some && i + kind.shingle <= words->len; i++) {
        uint64_t shingle = 0, number = 0;
        for (size_t j = 0; j < kind.shingle; j++) {
            number |= words->hash[i + j] & 1;
            shingle = mix(shingle + words->hash[i + j] + GOLDEN);
        }
        for (unsigned n = number ? kind.number : 1; n--;) {
            uint64_t hash = mix(shingle + n);
            size_t place = hash * (unsigned __int128)kind.places >> 64;
            for (int b = 0; kind.simhash && b < 64; b++)
                sum[b] += hash >> b & 1 ? 1 : -1;
            if (!kind.simhash && hash < least[place])
                least[place] = hash;
        }
    }
    if (out.some && !kind.simhash)
        fill_places(kind, least, &out);
    for (int b = 0; kind.simhash && b < 64; b++)
        out.simhash |= (uint64_t)(sum[b] > 0) << b;
    return out;
}

/* How many places, or bits of a SimHash, are the same; 0 where one has no sketch. */
static int same_of(struct kind kind, const struct bits *a, const struct bits *b)
{
    int same = 0;
    if (!a->some || !b->some)
        return 0;
    if (kind.simhash)
        return 64 - __builtin_popcountll(a->simhash ^ b->simhash);
    for (size_t p = 0; p < kind.places; p++)
        same += a->place[p] == b->place[p];
    return same;
}

/* ---- how many pairs there are with so many places the same ---- */

struct counts {
    size_t copy[EDITS][129];
    size_t far[129];      /* pairs more than three days apart */
    size_t earnings[129]; /* pairs of topic "earn" whose titles begin with other words */
    size_t wronged[129];  /* articles, by the best of their partners so far apart */
    size_t near[129];     /* and by the best that is within a day */
    size_t far_pairs, earnings_pairs;
};

static void count_copies(struct counts *counts, struct kind kind, const struct bits *bits)
{
    for (size_t e = 0; e < EDITS; e++)
        for (size_t i = 0; i < COPIES; i++) {
            struct bits copy = sketch_of(kind, &copies[e][i].words[text_used]);
            counts->copy[e][same_of(kind, &bits[original[i]], &copy)]++;
        }
}

static void count(struct counts *counts, struct kind kind)
{
    struct bits *bits = calloc(articles, sizeof *bits);
    int(*best)[2] = calloc(articles, sizeof *best); /* far, near */
    need(bits && best, "out of memory");
    *counts = (struct counts){.far_pairs = 0};
    for (size_t i = 0; i < articles; i++)
        bits[i] = sketch_of(kind, &article[i].words[text_used]);
    count_copies(counts, kind, bits);
    for (size_t a = 0; a < articles; a++)
        for (size_t b = a + 1; b < articles; b++) {
            int same = same_of(kind, &bits[a], &bits[b]);
            double days = fabs(article[a].day - article[b].day);
            bool far = days > 3, earnings = article[a].earnings && article[b].earnings &&
                                            strcmp(article[a].first, article[b].first);
            counts->far_pairs += far;
            counts->far[same] += far;
            counts->earnings_pairs += earnings;
            counts->earnings[same] += earnings;
            if ((far || days <= 1) && same > best[a][!far])
                best[a][!far] = same;
            if ((far || days <= 1) && same > best[b][!far])
                best[b][!far] = same;
        }
    for (size_t i = 0; i < articles; i++) {
        counts->wronged[best[i][0]]++;
        counts->near[best[i][1]]++;
    }
    free(bits);
    free(best);
}

static size_t at_least(const size_t *count, double same)
{
    size_t sum = 0;
    for (size_t i = 0; i < 129; i++)
        sum += (double)i >= same ? count[i] : 0;
    return sum;
}

static void heading(void)
{
    printf("%-16s %5s %20s %20s %15s %15s\n", "", "", "copies: customers'", "copies: by word",
           "pairs unlike", "articles with");
    printf("%-16s %5s", "sketch", "from");
    for (size_t e = 0; e < EDITS; e++)
        printf(" %5u%%", percents[e % PERCENTS]);
    printf(" %8s %6s %8s %6s\n", "far", "earn", "far", "near");
}

/* One row for each threshold: of resemblance in hundredths, or of bits that differ. */
static void rows(struct kind kind, const char *name, const int *threshold, size_t n)
{
    static struct counts counts;
    count(&counts, kind);
    for (size_t t = 0; t < n; t++) {
        double by_chance = 1.0 / (1u << kind.bits), share = threshold[t] / 100.0;
        double same =
            kind.simhash ? 64 - threshold[t] : kind.places * (share + (1 - share) * by_chance);
        printf("%-16s", name);
        printf(kind.simhash ? "  <=%2d" : "   .%02d", threshold[t]);
        for (size_t e = 0; e < EDITS; e++)
            printf(" %6.1f", 100.0 * (double)at_least(counts.copy[e], same) / COPIES);
        printf(" %8zu %6zu %8zu %6zu\n", at_least(counts.far, same),
               at_least(counts.earnings, same), at_least(counts.wronged, same),
               at_least(counts.near, same));
    }
}

/* ---- the tables ---- */

static const int shares[] = {40, 50, 60, 70};

static void settings(void)
{
    static const int differ[] = {3, 6, 9, 12};
    static const unsigned shapes[][2] = {{32, 16}, {64, 8}, {128, 4}};
    char name[64];
    heading();
    for (unsigned k = 2; k <= 5; k++)
        for (size_t s = 0; s < 3; s++) {
            snprintf(name, sizeof name, "k=%u %ux%u", k, shapes[s][0], shapes[s][1]);
            rows((struct kind){false, k, shapes[s][0], shapes[s][1], 1}, name, shares, 4);
        }
    for (unsigned k = 1; k <= 3; k++) {
        snprintf(name, sizeof name, "k=%u simhash", k);
        rows((struct kind){true, k, 0, 0, 1}, name, differ, 4);
    }
}

/* How much a number is to count. */
static void numbers(void)
{
    static const unsigned weights[] = {1, 2, 4, 8, 16};
    static const int finer[] = {45, 50, 55, 60, 65};
    char name[64];
    heading();
    for (unsigned k = 2; k <= 4; k++)
        for (size_t w = 0; w < sizeof weights / sizeof *weights; w++) {
            snprintf(name, sizeof name, "k=%u numbers x%u", k, weights[w]);
            rows((struct kind){false, k, 64, 8, weights[w]}, name, finer, 5);
        }
    rows((struct kind){false, 2, 32, 16, 4}, "k=2 x4 32x16", finer, 5);
    rows((struct kind){false, 2, 128, 4, 4}, "k=2 x4 128x4", finer, 5);
    rows((struct kind){true, 2, 0, 0, 4}, "k=2 x4 simhash", (const int[]){6, 9, 12}, 3);
}

/* What the text is, and how short it may be. */
static void texts(void)
{
    static const size_t least[] = {2, 16, 24, 32, 48};
    char name[64];
    heading();
    for (text_used = 0; text_used < 2; text_used++)
        for (size_t i = 0; i < sizeof least / sizeof *least; i++) {
            least_words = least[i];
            snprintf(name, sizeof name, "%s >=%zu", text_used ? "title+body" : "body", least[i]);
            rows(chosen, name, (const int[]){60}, 1);
        }
}

/* ---- what common/sketch.c and searcher/stories.c make of it ---- */

/* The sketch of a text in `room`, or NULL. */
static const unsigned char *sketch_text(const char *text, unsigned char *room)
{
    int rc = pm_sketch_make(analyzer, text, strlen(text), room, NULL);
    need(rc >= 0, "no sketch");
    return rc ? room : NULL;
}

static uint32_t find_stories(const unsigned char **sketch, size_t n, uint32_t *story)
{
    struct pm_error err = {0};
    uint32_t stories;
    need(!pm_stories_find(sketch, n, story, &stories, &err), err.message);
    return stories;
}

/* Which copies are of the story of their original: all that resemble it, or do bands miss some? */
static void found(void)
{
    static unsigned char room[2][PM_SKETCH_BYTES];
    printf("%8s %8s %10s %8s\n", "edited", "by", "resembling", "found");
    for (size_t e = 0; e < EDITS; e++) {
        size_t alike = 0, same = 0;
        for (size_t i = 0; i < COPIES; i++) {
            uint32_t story[2];
            const unsigned char *pair[] = {
                sketch_text(article[original[i]].body, room[0]),
                sketch_text(copies[e][i].text + copies[e][i].body, room[1])};
            alike += pair[0] && pair[1] && pm_sketch_resemblance(pair[0], pair[1]) >= 0.6;
            same += find_stories(pair, 2, story) == 1;
        }
        printf("%7u%% %8s %10zu %8zu\n", percents[e % PERCENTS], e < PERCENTS ? "customer" : "word",
               alike, same);
    }
}

/* The seconds that `n` sketches take of which the first `equal` places are the same in all. */
static double time_stories(size_t n, size_t equal)
{
    unsigned char(*room)[PM_SKETCH_BYTES] = calloc(n, sizeof *room);
    const unsigned char **sketch = calloc(n, sizeof *sketch);
    uint32_t *story = calloc(n, sizeof *story);
    need(room && sketch && story, "out of memory");
    for (size_t i = 0; i < n; i++) {
        bool copy = i % 10 == 9; /* of the one before, with some ten places changed */
        for (size_t p = 0; p < PM_SKETCH_BYTES; p++)
            room[i][p] = p < equal                ? 'x'
                         : copy && chance(6) != 0 ? room[i - 1][p]
                                                  : (unsigned char)chance(256);
        sketch[i] = room[i];
    }
    clock_t start = clock();
    find_stories(sketch, n, story);
    clock_t end = clock();
    free(room);
    free(sketch);
    free(story);
    return (double)(end - start) / CLOCKS_PER_SEC;
}

static void times(void)
{
    static const size_t sizes[] = {21000, 300000, 1000000};
    printf("%10s %16s %20s %12s\n", "sketches", "a tenth copies s", "10 bands in common s",
           "equal s");
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
        printf("%10zu %16.2f %20.2f %12.2f\n", sizes[i], time_stories(sizes[i], 0),
               time_stories(sizes[i], 30), time_stories(sizes[i], PM_SKETCH_BYTES));
}

/* The groups, to be read: day, title and beginning of each article. */
static void groups(void)
{
    enum { SHOWN = 6 };
    unsigned char(*room)[PM_SKETCH_BYTES] = calloc(articles, sizeof *room);
    const unsigned char **sketch = calloc(articles, sizeof *sketch);
    uint32_t *story = calloc(articles, sizeof *story), *size = calloc(articles, sizeof *size);
    uint32_t several = 0, shown = 0;
    need(room && sketch && story && size, "out of memory");
    for (size_t i = 0; i < articles; i++)
        sketch[i] = sketch_text(article[i].body, room[i]);
    find_stories(sketch, articles, story);
    for (size_t i = 0; i < articles; i++)
        several += ++size[story[i]] == 2;
    printf("%" PRIu32 " stories of several articles\n", several);
    for (size_t i = 0; i < articles; i++) {
        if (size[story[i]] < 2)
            continue;
        printf("\n%" PRIu32 ". %" PRIu32 " articles\n", ++shown, size[story[i]]);
        for (size_t j = i, n = 0; j < articles && n < SHOWN; j++)
            if (story[j] == story[i] && ++n)
                printf("  %.1f %s | %.220s\n", article[j].day, article[j].title, article[j].body);
        size[story[i]] = 0;
    }
    free(room);
    free(sketch);
    free(story);
    free(size);
}

static const struct {
    const char *name;
    void (*print)(void);
} tables[] = {
    {"settings", settings}, {"numbers", numbers}, {"texts", texts},
    {"found", found},       {"times", times},     {"groups", groups},
};

int main(int argc, char **argv)
{
    need(argc == 3, "usage: stories TABLE CORPUS");
    struct pm_error err = {0};
    analyzer = pm_analyzer_new(pm_language_find("en"), &err);
    need(analyzer, err.message);
    read_corpus(argv[2]);
    make_copies();
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
        if (!strcmp(argv[1], tables[i].name)) {
            tables[i].print();
            return 0;
        }
    need(false, "no such table");
}
