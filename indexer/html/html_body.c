/*
 * The text is the run of blocks whose values have the largest sum (Kadane's algorithm): a
 * paragraph is worth its length, links and scraps cost, and so does the way through the page from
 * one block to the next.  So an advert between paragraphs is bridged, wherever they stand, and a
 * list of links ends the text.  That text and density of links tell an article from what stands
 * around it is known from Kohlschuetter, Fankhauser and Nejdl, "Boilerplate Detection using
 * Shallow Text Features" (2010); the figures here are our own.
 */
#include "html_body.h"

#include <string.h>

#include "html_fill.h"
#include "html_phrases.h"

/* Never text of the article. */
#define OUT (HTML_ROLE_HIDDEN | HTML_ROLE_ASIDE | HTML_ROLE_COMMENTS | HTML_ROLE_CAPTION)
/* Of the article, and no text. */
#define LABEL (HTML_ROLE_BYLINE | HTML_ROLE_DATE | HTML_ROLE_CHANGED)

/* For a box, beside HTML_ROLE_...: the headline is in it; the first running text behind that. */
#define HOLDS (1U << 30)
#define FIRST (1U << 31)

#define RUNNING   40  /* characters of a block that can be running text */
#define LABEL_MAX 150 /* of a date; what is longer is text */
#define BIO_MAX   400 /* of what is told of an author */
#define TEASER    350 /* of running text in the box of a link to a story and its summary */

static const char *text_of(const struct html_page *page, const struct html_block *block)
{
    return page->text.data + block->from;
}

static size_t unlinked(const struct html_block *block)
{
    return block->chars - block->linked;
}

static bool is_linked(const struct html_block *block)
{
    size_t plain = unlinked(block);
    return block->linked > plain * 2 || (block->linked >= plain && plain < 25 && block->linked);
}

static bool is_running(const struct html_block *block)
{
    return unlinked(block) >= RUNNING && !is_linked(block) && !(block->tag & HTML_TAG_HEADING);
}

/* ---- the headline ---- */

/* True if `title` begins or ends with the text, which is most of it: the rest names the site. */
static bool is_most_of(const char *text, size_t len, const char *title)
{
    size_t whole = strlen(title);
    return len > 10 && len < whole && len * 2 >= whole &&
           (!memcmp(title, text, len) || !memcmp(title + whole - len, text, len));
}

/* How much a block is like the headline: 0 is not at all. */
static int headline_likeness(const struct html_page *page, const struct html_block *block,
                             const char *title, const char *const *sites)
{
    const char *text = text_of(page, block);
    bool same = title && html_same_words(text, block->len, title, strlen(title));
    bool most = title && !same && is_most_of(text, block->len, title);
    bool h1 = block->tag & HTML_TAG_H1, heading = block->tag & HTML_TAG_HEADING;
    if (page->box[block->box].roles & HTML_ROLE_HIDDEN ||
        (!h1 && ((!same && !most) || (!heading && is_linked(block)))))
        return 0;
    for (; *sites; sites++)
        if (html_same_words(text, block->len, *sites, strlen(*sites)))
            return 0;
    int likeness = same ? 5 : most ? 3 : 1;
    return 2 * likeness + (h1 ? 2 : heading) - is_linked(block);
}

static size_t find_headline(const struct html_page *page, const char *title,
                            const char *const *sites)
{
    size_t best = page->blocks;
    int most = 0;
    for (size_t i = 0; i < page->blocks; i++) {
        int likeness = headline_likeness(page, &page->block[i], title, sites);
        if (likeness > most) {
            most = likeness;
            best = i;
        }
    }
    return best;
}

static void mark_around(struct html_page *page, size_t block, unsigned mark)
{
    if (block == page->blocks)
        return;
    for (uint32_t box = page->block[block].box; box; box = page->box[box].parent)
        page->box[box].roles |= mark;
}

/* ---- roles ---- */

/* How much running text each box has, and where it ends; HIDDEN for all in what is hidden. */
static void measure(struct html_page *page)
{
    for (size_t i = 0; i < page->boxes; i++) {
        struct html_box *box = &page->box[i];
        box->roles |= page->box[box->parent].roles & HTML_ROLE_HIDDEN;
        box->chars = 0;
        box->end = (uint32_t)i + 1;
    }
    for (size_t i = 0; i < page->blocks; i++) {
        struct html_box *box = &page->box[page->block[i].box];
        if (is_running(&page->block[i]) && !(box->roles & HTML_ROLE_HIDDEN))
            box->chars += unlinked(&page->block[i]);
    }
    for (size_t i = page->boxes; i-- > 1;) {
        struct html_box *box = &page->box[i], *parent = &page->box[box->parent];
        parent->chars += box->chars;
        if (parent->end < box->end)
            parent->end = box->end;
    }
}

/*
 * Takes roles from boxes that cannot have them, because the headline is in them or most of the
 * text begins there, and hands those that are left to all in them.
 */
static void settle_roles(struct html_page *page, bool has_headline)
{
    size_t total = page->box[0].chars;
    for (size_t i = 1; i < page->boxes; i++) {
        struct html_box *box = &page->box[i];
        bool most = box->chars * 2 > total && (!has_headline || box->roles & FIRST);
        if (box->roles & HOLDS)
            box->roles &= ~(unsigned)(OUT | LABEL);
        else if (most)
            box->roles &= ~(unsigned)(HTML_ROLE_ASIDE | HTML_ROLE_CAPTION | LABEL);
        box->roles |= page->box[box->parent].roles & ~(HOLDS | FIRST);
    }
    for (size_t i = 0; i < page->blocks; i++)
        page->block[i].roles = page->box[page->block[i].box].roles;
}

/*
 * What stands below "Related stories": all of the box that begins so, or else the links that
 * follow.
 */
static void mark_links(struct html_page *page)
{
    for (size_t i = 0; i < page->blocks; i++) {
        const struct html_block *block = &page->block[i];
        const char *text = text_of(page, block);
        bool advert = html_heads_advert(text, block->len);
        if (block->tag & HTML_TAG_ITEM || is_running(block) ||
            !(advert || html_heads_links(text, block->len)))
            continue;
        uint32_t around = page->box[block->box].parent;
        const struct html_box *box = &page->box[around];
        bool own = around && !(box->roles & HOLDS) && (!i || block[-1].box < around) &&
                   (advert ? box->chars <= TEASER : box->chars * 2 <= page->box[0].chars);
        page->block[i].roles |= HTML_ROLE_ASIDE;
        while (i + 1 < page->blocks &&
               (own ? page->block[i + 1].box >= around && page->block[i + 1].box < box->end
                    : is_linked(&page->block[i + 1])))
            page->block[++i].roles |= HTML_ROLE_ASIDE;
    }
}

/* ---- values ---- */

/* The box in which both are, and in *way how many boxes lie between. */
static uint32_t common_box(const struct html_page *page, uint32_t a, uint32_t b, uint32_t *way)
{
    const struct html_box *box = page->box;
    *way = 0;
    while (a != b) {
        if (box[a].depth >= box[b].depth)
            a = box[a].parent;
        else
            b = box[b].parent;
        ++*way;
    }
    return a;
}

static bool is_label(const struct html_block *block)
{
    return block->roles & LABEL &&
           block->chars < (block->roles & HTML_ROLE_BYLINE ? BIO_MAX : LABEL_MAX);
}

/* The value of a block by itself. */
static double value_of(const struct html_page *page, const struct html_block *block)
{
    const char *text = text_of(page, block);
    double plain = (double)unlinked(block), linked = (double)block->linked;
    bool sentence = html_ends_sentence(text, block->len);
    if (block->roles & OUT || is_label(block))
        return -2;
    if (html_is_notice(text, block->len))
        return -40;
    if (is_linked(block))
        return -(10 + (linked > 60 ? 60 : linked)) * (block->tag & HTML_TAG_HEADING ? 2 : 1);
    if (block->tag & HTML_TAG_HEADING)
        return plain >= 60 ? plain / 2 : -5;
    if (block->tag & HTML_TAG_ITEM && !(block->tag & HTML_TAG_P))
        return sentence || plain >= 60 ? plain * 0.7 : -8;
    if (block->tag & (HTML_TAG_P | HTML_TAG_QUOTE))
        return sentence || plain >= RUNNING ? plain : -5;
    return (sentence && plain >= 20) || plain >= 80 ? plain : -15;
}

/* True if the block is the summary under the link to a story, of which `link` is the last. */
static bool is_teaser(const struct html_page *page, const struct html_block *block,
                      const struct html_block *link)
{
    uint32_t way;
    if (!link || !is_running(block) || block->roles & OUT)
        return false;
    uint32_t around = common_box(page, link->box, block->box, &way);
    return around && !(page->box[around].roles & (HOLDS | HTML_ROLE_BODY)) &&
           page->box[around].chars <= TEASER;
}

/* How much of the running text stands in boxes of that role. */
static size_t chars_in(const struct html_page *page, unsigned role)
{
    size_t chars = 0;
    for (size_t i = 0; i < page->blocks; i++)
        if (page->block[i].roles & role && !(page->block[i].roles & OUT) &&
            is_running(&page->block[i]))
            chars += unlinked(&page->block[i]);
    return chars;
}

/* The role that tells best where the text is, or 0. */
static unsigned best_role(const struct html_page *page)
{
    size_t total = page->box[0].chars;
    if (chars_in(page, HTML_ROLE_BODY) * 4 > total)
        return HTML_ROLE_BODY;
    return chars_in(page, HTML_ROLE_ARTICLE) * 4 > total ? HTML_ROLE_ARTICLE : 0;
}

static void find_run(struct html_page *page, struct html_body *body)
{
    unsigned role = best_role(page);
    const struct html_block *before = NULL, *link = NULL;
    double sum = 0, best = 0;
    size_t from = 0;
    for (size_t i = 0; i < page->blocks; i++) {
        struct html_block *block = &page->block[i];
        double value = value_of(page, block);
        uint32_t way = 0;
        if (is_teaser(page, block, link)) {
            body->teasers++;
            body->teased += unlinked(block);
            block->roles |= HTML_ROLE_ASIDE;
            value = -10;
        }
        if (is_running(block))
            link = NULL;
        else if (is_linked(block) && block->linked >= 8)
            link = block;
        if (before && !(block->roles & OUT))
            common_box(page, before->box, block->box, &way);
        if (role && value > 0)
            value *= block->roles & role ? 1.5 : 0.3;
        sum += value - 3.0 * (way > 2 ? way - 2 : 0);
        if (sum < value || i == body->headline) {
            sum = i == body->headline ? 0 : value;
            from = i + (i == body->headline);
        }
        if (sum > best) {
            best = sum;
            body->first = from;
            body->last = i;
        }
        if (!(block->roles & OUT))
            before = block;
    }
}

/* ---- the text ---- */

static bool is_text(const struct html_page *page, const struct html_block *block)
{
    const char *text = text_of(page, block);
    if (block->roles & OUT || is_label(block) || is_linked(block) ||
        html_is_notice(text, block->len))
        return false;
    return block->tag & (HTML_TAG_P | HTML_TAG_HEADING | HTML_TAG_ITEM | HTML_TAG_QUOTE) ||
           unlinked(block) >= 25 || html_ends_sentence(text, block->len);
}

static void count(const struct html_page *page, struct html_body *body)
{
    for (size_t i = body->first; i <= body->last && i < page->blocks; i++) {
        const struct html_block *block = &page->block[i];
        if (block->tag & HTML_TAG_HEADING && is_linked(block) && !(block->roles & OUT))
            body->linked_headings++;
        if (is_text(page, block)) {
            body->chars += unlinked(block);
            body->paragraphs += is_running(block);
        }
    }
}

/* Takes in the paragraphs beside the last one, and beside the first, whose sum was too small. */
static void extend(const struct html_page *page, struct html_body *body)
{
    const struct html_block *first = &page->block[body->first], *last = &page->block[body->last];
    uint32_t way, around = page->box[last->box].parent;
    uint32_t all = common_box(page, first->box, last->box, &way);
    size_t skipped = 0;
    for (size_t i = body->last + 1; i < page->blocks && skipped < 3; i++) {
        const struct html_block *block = &page->block[i];
        uint32_t parent = page->box[block->box].parent;
        bool beside = block->tag & HTML_TAG_P && (parent == around || parent == all);
        if (beside && block->chars >= 20 && is_text(page, block))
            body->last = i;
        skipped = body->last == i ? 0 : skipped + !(block->roles & OUT);
    }
    around = page->box[first->box].parent;
    for (size_t i = body->first; i-- > 0 && i != body->headline;) {
        const struct html_block *block = &page->block[i];
        if (block->tag & HTML_TAG_P && page->box[block->box].parent == around &&
            block->chars >= 20 && is_text(page, block))
            body->first = i;
        else if (!is_label(block) && !(block->roles & OUT))
            break;
    }
}

void html_body_begin(struct html_page *page, const char *title, const char *const *sites,
                     struct html_body *body)
{
    measure(page);
    *body = (struct html_body){.headline = find_headline(page, title, sites), .first = 1};
    mark_around(page, body->headline, HOLDS);
    size_t first = body->headline;
    while (first < page->blocks && (!is_running(&page->block[first]) ||
                                    page->box[page->block[first].box].roles & HTML_ROLE_HIDDEN))
        first++;
    mark_around(page, first, FIRST);
    settle_roles(page, body->headline < page->blocks);
    mark_links(page);
}

void html_body_find(struct html_page *page, struct html_body *body)
{
    find_run(page, body);
    if (body->first <= body->last)
        extend(page, body);
    count(page, body);
}

uint32_t html_body_way(const struct html_page *page, size_t a, size_t b)
{
    uint32_t way;
    common_box(page, page->block[a].box, page->block[b].box, &way);
    return way;
}

void html_body_write(const struct html_page *page, const struct html_body *body, struct pm_buf *out)
{
    size_t last = body->last;
    /* A heading with nothing below it is that of something else. */
    while (last > body->first && page->block[last].tag & HTML_TAG_HEADING)
        last--;
    for (size_t i = body->first; i <= last && i < page->blocks; i++) {
        const struct html_block *block = &page->block[i];
        if (i == body->headline || !is_text(page, block))
            continue;
        if (out->len)
            pm_buf_adds(out, "\n\n");
        pm_buf_add(out, text_of(page, block), block->len);
    }
}

bool html_body_is_caption(const struct html_page *page, const struct html_body *body, size_t block)
{
    const struct html_block *at = &page->block[block];
    size_t from = body->headline < body->first ? body->headline : body->first;
    return at->roles & HTML_ROLE_CAPTION && at->chars >= 5 && block >= from &&
           block <= body->last + 1 &&
           !(at->roles & (HTML_ROLE_HIDDEN | HTML_ROLE_ASIDE | HTML_ROLE_COMMENTS));
}
