#include "kinds.h"

#include <string.h>

#include "folded.h"
#include "titles.h"

struct row {
    const char *word;
    enum word_kind kind;
};

/* In the order of strcmp(), so that none stands there twice. */
/* clang-format off */
static const struct row rows[] = {
    {"ab", KIND_LEGAL}, {"academy", KIND_BODY}, {"accord", KIND_THING}, {"accords", KIND_THING},
    {"act", KIND_THING}, {"administration", KIND_BODY}, {"ag", KIND_LEGAL}, {"agency", KIND_BODY},
    {"agreement", KIND_THING}, {"agreements", KIND_THING}, {"alliance", KIND_BODY},
    {"amendment", KIND_THING}, {"army", KIND_OWN}, {"assembly", KIND_BODY},
    {"association", KIND_BODY}, {"atomic", KIND_FIELD}, {"authority", KIND_BODY},
    {"average", KIND_THING}, {"aviation", KIND_FIELD}, {"banca", KIND_HEAD}, {"banco", KIND_HEAD},
    {"bancorp", KIND_FIRM}, {"bank", KIND_BODY}, {"banque", KIND_HEAD}, {"barrels", KIND_UNIT},
    {"bhd", KIND_COMPANY}, {"bill", KIND_THING}, {"billion", KIND_UNIT}, {"bln", KIND_UNIT},
    {"board", KIND_BODY}, {"bpd", KIND_UNIT}, {"branch", KIND_BODY}, {"bros", KIND_COMPANY},
    {"brothers", KIND_FIRM}, {"bundesrat", KIND_OWN}, {"bundestag", KIND_OWN},
    {"bureau", KIND_BODY}, {"bushels", KIND_UNIT}, {"bv", KIND_LEGAL}, {"cabinet", KIND_OWN},
    {"caisse", KIND_HEAD}, {"capital", KIND_FIRM}, {"cassa", KIND_HEAD}, {"cent", KIND_UNIT},
    {"center", KIND_BODY}, {"centre", KIND_BODY}, {"cents", KIND_UNIT}, {"chamber", KIND_BODY},
    {"championship", KIND_THING}, {"championships", KIND_THING}, {"charter", KIND_THING},
    {"church", KIND_BODY}, {"cie", KIND_COMPANY}, {"club", KIND_BODY}, {"cm", KIND_UNIT},
    {"co", KIND_COMPANY}, {"coalition", KIND_BODY}, {"code", KIND_THING}, {"college", KIND_BODY},
    {"commission", KIND_BODY}, {"commissioner", KIND_OFFICE}, {"committee", KIND_BODY},
    {"commonwealth", KIND_COMMON}, {"community", KIND_BODY}, {"compagnie", KIND_HEAD},
    {"companhia", KIND_HEAD}, {"compania", KIND_HEAD}, {"company", KIND_BODY},
    {"conference", KIND_BODY}, {"congress", KIND_OWN}, {"constitution", KIND_THING},
    {"corp", KIND_COMPANY}, {"corporation", KIND_COMPANY}, {"cos", KIND_COMPANY},
    {"council", KIND_BODY}, {"court", KIND_BODY}, {"covenant", KIND_THING}, {"credit", KIND_HEAD},
    {"credito", KIND_HEAD}, {"cts", KIND_UNIT}, {"declaration", KIND_THING},
    {"delegation", KIND_BODY}, {"department", KIND_BODY}, {"dialogue", KIND_THING},
    {"division", KIND_BODY}, {"dlr", KIND_UNIT}, {"dlrs", KIND_UNIT}, {"doctrine", KIND_THING},
    {"dollar", KIND_UNIT}, {"dollars", KIND_UNIT}, {"duma", KIND_OWN}, {"eastern", KIND_COMMON},
    {"embassy", KIND_BODY}, {"exchange", KIND_BODY}, {"exchequer", KIND_FIELD},
    {"executive", KIND_BODY}, {"faculty", KIND_BODY}, {"federation", KIND_BODY},
    {"festival", KIND_THING}, {"firm", KIND_BODY}, {"force", KIND_OWN}, {"forces", KIND_OWN},
    {"foundation", KIND_BODY}, {"francs", KIND_UNIT}, {"fund", KIND_BODY}, {"games", KIND_THING},
    {"gb", KIND_UNIT}, {"ghz", KIND_UNIT}, {"gmbh", KIND_COMPANY}, {"government", KIND_BODY},
    {"gram", KIND_UNIT}, {"grams", KIND_UNIT}, {"group", KIND_BODY}, {"groupe", KIND_HEAD},
    {"grupo", KIND_HEAD}, {"gruppo", KIND_HEAD}, {"hectares", KIND_UNIT}, {"holdings", KIND_FIRM},
    {"hospital", KIND_BODY}, {"house", KIND_OWN}, {"hz", KIND_UNIT}, {"inc", KIND_COMPANY},
    {"incorporated", KIND_COMPANY}, {"index", KIND_THING}, {"indicator", KIND_THING},
    {"industries", KIND_BODY}, {"initiative", KIND_THING}, {"initiatives", KIND_THING},
    {"institute", KIND_BODY}, {"institution", KIND_BODY}, {"international", KIND_BODY},
    {"investors", KIND_FIRM}, {"justice", KIND_FIELD}, {"kb", KIND_UNIT}, {"kg", KIND_UNIT},
    {"kilometer", KIND_UNIT}, {"kilometers", KIND_UNIT}, {"kilometre", KIND_UNIT},
    {"kilometres", KIND_UNIT}, {"kingdom", KIND_COMMON}, {"kk", KIND_LEGAL}, {"km", KIND_UNIT},
    {"knesset", KIND_OWN}, {"kredietbank", KIND_HEAD}, {"kw", KIND_UNIT}, {"kwh", KIND_UNIT},
    {"lbs", KIND_UNIT}, {"league", KIND_BODY}, {"limited", KIND_COMPANY}, {"lire", KIND_UNIT},
    {"llc", KIND_COMPANY}, {"llp", KIND_COMPANY}, {"lords", KIND_OWN}, {"ltd", KIND_COMPANY},
    {"marines", KIND_OWN}, {"markets", KIND_FIRM}, {"marks", KIND_UNIT}, {"mb", KIND_UNIT},
    {"memorandum", KIND_THING}, {"mhz", KIND_UNIT}, {"miles", KIND_UNIT}, {"military", KIND_OWN},
    {"million", KIND_UNIT}, {"mineral", KIND_FIELD}, {"minerals", KIND_FIELD},
    {"minister", KIND_OFFICE}, {"ministers", KIND_OFFICE}, {"ministry", KIND_BODY},
    {"mission", KIND_BODY}, {"mln", KIND_UNIT}, {"mm", KIND_UNIT}, {"movement", KIND_BODY},
    {"mph", KIND_UNIT}, {"mw", KIND_UNIT}, {"navy", KIND_OWN}, {"northern", KIND_COMMON},
    {"nuclear", KIND_FIELD}, {"nv", KIND_LEGAL}, {"office", KIND_BODY}, {"oil", KIND_FIELD},
    {"olympics", KIND_THING}, {"organisation", KIND_BODY}, {"organization", KIND_BODY},
    {"oy", KIND_LEGAL}, {"oyj", KIND_COMPANY}, {"oz", KIND_UNIT}, {"pandemic", KIND_THING},
    {"parliament", KIND_OWN}, {"parties", KIND_BODY}, {"partners", KIND_FIRM}, {"party", KIND_BODY},
    {"pct", KIND_UNIT}, {"pence", KIND_UNIT}, {"percent", KIND_UNIT}, {"petroleum", KIND_FIELD},
    {"planning", KIND_FIELD}, {"plc", KIND_COMPANY}, {"police", KIND_OWN}, {"policy", KIND_THING},
    {"pounds", KIND_UNIT}, {"prize", KIND_THING}, {"program", KIND_THING}, {"protocol", KIND_THING},
    {"pte", KIND_COMPANY}, {"pty", KIND_COMPANY}, {"relations", KIND_THING},
    {"representative", KIND_OFFICE}, {"republic", KIND_COMMON}, {"rupees", KIND_UNIT},
    {"sa", KIND_LEGAL}, {"sarl", KIND_COMPANY}, {"school", KIND_BODY}, {"sdn", KIND_COMPANY},
    {"secretariat", KIND_BODY}, {"secretaries", KIND_OFFICE}, {"secretary", KIND_OFFICE},
    {"securities", KIND_FIRM}, {"senate", KIND_OWN}, {"shares", KIND_UNIT}, {"sociedad", KIND_HEAD},
    {"sociedade", KIND_HEAD}, {"societa", KIND_HEAD}, {"societe", KIND_HEAD},
    {"society", KIND_BODY}, {"sons", KIND_COMPANY}, {"southern", KIND_COMMON},
    {"srl", KIND_COMPANY}, {"statute", KIND_THING}, {"stg", KIND_UNIT}, {"strategy", KIND_THING},
    {"subcommittee", KIND_BODY}, {"summit", KIND_THING}, {"syndicate", KIND_BODY},
    {"talks", KIND_THING}, {"tariffs", KIND_FIELD}, {"tb", KIND_UNIT}, {"team", KIND_BODY},
    {"ton", KIND_UNIT}, {"tonne", KIND_UNIT}, {"tonnes", KIND_UNIT}, {"tons", KIND_UNIT},
    {"treasury", KIND_OWN}, {"treaty", KIND_THING}, {"tribunal", KIND_BODY},
    {"trillion", KIND_UNIT}, {"undersecretary", KIND_OFFICE}, {"understanding", KIND_THING},
    {"university", KIND_BODY}, {"war", KIND_THING}, {"western", KIND_COMMON}, {"yen", KIND_UNIT},
    {"zone", KIND_THING}, {"zones", KIND_THING},
};

/* Of the links in titles, those that are of no field. */
static const char *const joiners[] = {
    "acting", "aide", "and", "at", "co", "ex", "for", "former", "in", "of", "on", "s", "the",
};
/* clang-format on */

#define LENGTH(array) (sizeof(array) / sizeof *(array))

enum word_kind kind_of(const char *word, size_t len)
{
    static struct folded_table kinds = FOLDED_TABLE(rows), joining = FOLDED_TABLE(joiners);
    const struct row *row = folded_find(&kinds, word, len);
    if (row)
        return row->kind;
    return title_of(word, len) == TITLE_LINK && !folded_find(&joining, word, len) ? KIND_FIELD
                                                                                  : KIND_NONE;
}

bool kind_all(const char *key, enum word_kind kind)
{
    bool any = false;
    for (size_t len; *key; key += len + (key[len] == ' ')) {
        len = strcspn(key, " ");
        bool and = len == 3 && !memcmp(key, "and", 3) && any && key[len];
        if (!and&&kind_of(key, len) != kind)
            return false;
        any = true;
    }
    return any;
}

enum word_kind kind_last(const char *key)
{
    const char *space = strrchr(key, ' ');
    key = space ? space + 1 : key;
    return kind_of(key, strlen(key));
}

const char *kind_word(size_t i)
{
    return i < LENGTH(rows) ? rows[i].word : NULL;
}
