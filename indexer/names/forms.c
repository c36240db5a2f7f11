#include "forms.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "array.h"
#include "countries.h"
#include "name_term.h"
#include "titles.h"

#define TITLE_PIECES 24 /* of a mention; what is longer keeps its titles */

int forms_key(struct forms *forms, const char *text, size_t len, struct pm_error *err)
{
    return pm_name_key(forms->fold, text, len, &forms->key, err);
}

void forms_clear(struct forms *forms)
{
    for (size_t i = 0; i < forms->mentions; i++)
        free(forms->mention[i].key);
    free(forms->mention);
    free(forms->form);
    forms->mention = NULL;
    forms->form = NULL;
    forms->mentions = forms->len = 0;
}

/* ---- mentions ---- */

/* "Sen." is a senator where a name follows; "Sen" is a name, which may end a sentence. */
static bool is_senator(const char *word)
{
    return !strncasecmp(word, "sen.", 4) && isspace((unsigned char)word[4]);
}

/* Cuts honorifics, ranks and offices off the name of a person; not *named if all of it is such. */
static int cut_titles(struct forms *forms, struct form_mention *mention, bool *named,
                      struct pm_error *err)
{
    const char *text = forms->part[mention->at.part].text;
    struct pm_buf words = PM_BUF_INIT; /* the first of each piece, folded */
    size_t start[TITLE_PIECES], offset[TITLE_PIECES], len[TITLE_PIECES], pieces = 0;
    const char *word[TITLE_PIECES];
    int rc = 0;
    for (size_t at = mention->at.start; !rc && at < mention->at.end && pieces < TITLE_PIECES;) {
        size_t end = at;
        while (end < mention->at.end && !isspace((unsigned char)text[end]))
            end++;
        rc = end > at ? forms_key(forms, text + at, end - at, err) : 0;
        if (!rc && end > at && forms->key.len) {
            start[pieces] = at;
            offset[pieces] = words.len;
            len[pieces++] = strcspn(forms->key.data, " ");
            pm_buf_add(&words, forms->key.data, len[pieces - 1]);
        }
        at = end + (end < mention->at.end);
    }
    if (!rc && words.failed)
        rc = pm_fail_nomem(err);
    if (!rc && pieces) {
        bool any = false;
        for (size_t i = 0; i < pieces; i++) {
            word[i] = words.data + offset[i];
            if (i + 1 < pieces && is_senator(text + start[i]))
                len[i] = strlen(word[i] = "senator");
            any |= title_of(word[i], len[i]) == TITLE_NONE;
        }
        size_t cut = titles_before(word, len, pieces);
        if (cut < pieces)
            mention->at.start = start[cut];
        *named = any;
    }
    pm_buf_release(&words);
    return rc;
}

static int is_country(struct forms *forms, const char *text, size_t len, struct pm_error *err)
{
    if (forms_key(forms, text, len, err))
        return -1;
    return country_of(pm_buf_str(&forms->key), forms->key.len) != NULL;
}

/* Sets *hyphen to the one that parts two countries, as in "Cambodia-China": 1, 0 if none does, -1.
 */
static int find_pair(struct forms *forms, const struct entity *entity, size_t *hyphen,
                     struct pm_error *err)
{
    const char *text = forms->part[entity->part].text;
    const char *at = text + entity->start, *end = text + entity->end;
    int rc = 0;
    if (entity->type == ENTITY_PERSON || !memchr(at, '-', (size_t)(end - at)))
        return 0;
    if ((rc = is_country(forms, at, (size_t)(end - at), err)))
        return rc < 0 ? -1 : 0; /* Guinea-Bissau */
    for (; !rc && (at = memchr(at, '-', (size_t)(end - at))); at++) {
        *hyphen = (size_t)(at - text);
        rc = is_country(forms, text + entity->start, *hyphen - entity->start, err);
        if (rc > 0)
            rc = is_country(forms, at + 1, (size_t)(end - at) - 1, err);
    }
    return rc;
}

static int add_mention(struct forms *forms, const struct entity *entity, struct pm_error *err)
{
    struct form_mention mention = {
        .at = {(enum name_part)entity->part, entity->start, entity->end},
        .type = entity->type,
        .margin = entity->margin,
    };
    const char *text = forms->part[entity->part].text;
    bool named = true;
    if (mention.type == ENTITY_PERSON && cut_titles(forms, &mention, &named, err))
        return -1;
    if (!named)
        return 0;
    if (forms_key(forms, text + mention.at.start, mention.at.end - mention.at.start, err))
        return -1;
    if (!forms->key.len)
        return 0;
    /* Of one word people have such names, too: Jordan, Chad. */
    bool maybe = mention.type != ENTITY_PERSON || strchr(forms->key.data, ' ');
    const char *country = maybe ? country_of(forms->key.data, forms->key.len) : NULL;
    if (country) {
        mention.type = ENTITY_PLACE;
        if (forms_key(forms, country, strlen(country), err))
            return -1;
    }
    struct form_mention *grown =
        pm_array_room(forms->mention, forms->mentions, sizeof *forms->mention);
    if (grown)
        forms->mention = grown;
    if (!grown || !(mention.key = strdup(forms->key.data)))
        return pm_fail_nomem(err);
    forms->mention[forms->mentions++] = mention;
    return 0;
}

/* ---- forms ---- */

struct keyed {
    const char *key;
    size_t mention;
};

static int by_key(const void *a, const void *b)
{
    const struct keyed *x = a, *y = b;
    int order = strcmp(x->key, y->key);
    return order ? order : (x->mention > y->mention) - (x->mention < y->mention);
}

/* The type that the tagger was surest of, all its mentions together. */
static enum entity_type type_of(const struct forms *forms, const struct keyed *keyed, size_t len)
{
    long votes[ENTITY_TYPES] = {0};
    int best = 0;
    for (size_t i = 0; i < len; i++) {
        const struct form_mention *mention = &forms->mention[keyed[i].mention];
        votes[mention->type] += 1 + mention->margin;
    }
    for (int type = 1; type < ENTITY_TYPES; type++)
        if (votes[type] > votes[best])
            best = type;
    return (enum entity_type)best;
}

bool forms_has_small(const char *text, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if (islower((unsigned char)text[i]) || (unsigned char)text[i] >= 0x80)
            return true;
    return false;
}

/* The mention that shows best how the form is written. */
static size_t written(const struct forms *forms, const struct keyed *keyed, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        const struct name_mention *at = &forms->mention[keyed[i].mention].at;
        if (forms_has_small(forms->part[at->part].text + at->start, at->end - at->start))
            return keyed[i].mention;
    }
    return keyed[0].mention;
}

static void find_words(struct form *form)
{
    const char *key = form->key;
    for (size_t at = 0; key[at]; at += key[at] == ' ') {
        if (form->words == FORM_WORDS) {
            form->words = 0;
            return;
        }
        form->word[form->words++] = at;
        at += strcspn(key + at, " ");
    }
}

static int group(struct forms *forms, struct pm_error *err)
{
    struct keyed *keyed = calloc(forms->mentions + 1, sizeof *keyed);
    forms->form = calloc(forms->mentions + 1, sizeof *forms->form);
    if (!keyed || !forms->form) {
        free(keyed);
        return pm_fail_nomem(err);
    }
    for (size_t i = 0; i < forms->mentions; i++)
        keyed[i] = (struct keyed){forms->mention[i].key, i};
    qsort(keyed, forms->mentions, sizeof *keyed, by_key);
    for (size_t i = 0; i < forms->mentions;) {
        size_t end = i;
        while (end < forms->mentions && !strcmp(keyed[end].key, keyed[i].key))
            forms->mention[keyed[end++].mention].form = forms->len;
        struct form *form = &forms->form[forms->len];
        *form = (struct form){
            .key = keyed[i].key,
            .type = type_of(forms, keyed + i, end - i),
            .first = keyed[i].mention,
            .mentions = end - i,
            .written = written(forms, keyed + i, end - i),
            .of = forms->len++,
        };
        find_words(form);
        i = end;
    }
    free(keyed);
    return 0;
}

/* Adds a mention, or two of countries that a hyphen joins. */
static int add_mentions(struct forms *forms, const struct entity *entity, struct pm_error *err)
{
    struct entity first = *entity, second = *entity;
    size_t hyphen;
    int pair = find_pair(forms, entity, &hyphen, err);
    if (pair <= 0)
        return pair < 0 ? -1 : add_mention(forms, entity, err);
    first.end = hyphen;
    second.start = hyphen + 1;
    return add_mention(forms, &first, err) || add_mention(forms, &second, err) ? -1 : 0;
}

int forms_make(struct forms *forms, const struct entities *found, struct pm_error *err)
{
    forms_clear(forms);
    for (size_t i = 0; i < found->len; i++)
        if (add_mentions(forms, &found->entity[i], err))
            return -1;
    return group(forms, err);
}
