#include "spelling.h"

#include <assert.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/*
 * A row is a whole word, the start of a word ("plough*") or its end ("*isation").  The first
 * row that a word matches is applied and the search goes on below it, so "colourise" becomes
 * "colorise" and then "colorize"; a row without a second form ends the search: those are the
 * exceptions.  The form is American unless the British one keeps the inflections or other
 * words better apart (`analyzes`, but not `analyses`, is certain to be the verb).
 *
 * Left out are pairs one side of which is another common word: tyre, cheque, kerb, storey,
 * draught, disc, vice, louvre, chequers; and `enquirer`, as the Enquirer and the Inquirer are
 * two newspapers.
 */
struct row {
    const char *from, *to;
};

/* Several rows to a line, which clang-format would not do between comments. */
/* clang-format off */
static const struct row rows[] = {
    /* Words in -ise, -ised, -ises, -iser, -ising, -isable of which that is no suffix. */
    {"advertis*", NULL}, {"advis*", NULL}, {"anise", NULL}, {"apprais*", NULL}, {"appris*", NULL},
    {"aris*", NULL}, {"battlecruis*", NULL}, {"brais*", NULL}, {"bruis*", NULL},
    {"budweiser*", NULL}, {"cerise*", NULL}, {"chastis*", NULL}, {"chemise*", NULL},
    {"circumcis*", NULL}, {"compris*", NULL}, {"compromis*", NULL}, {"concis*", NULL},
    {"crises", NULL}, {"cruis*", NULL}, {"demis*", NULL}, {"denise", NULL}, {"despis*", NULL},
    {"devis*", NULL}, {"disable", NULL}, {"disenfranchis*", NULL}, {"disfranchis*", NULL},
    {"disguis*", NULL}, {"eglise", NULL}, {"elise", NULL}, {"enfranchis*", NULL},
    {"enterpris*", NULL}, {"excis*", NULL}, {"exercis*", NULL}, {"expertis*", NULL},
    {"franchis*", NULL}, {"fundrais*", NULL}, {"hellrais*", NULL}, {"ibises", NULL},
    {"immunocompromis*", NULL}, {"imprecis*", NULL}, {"improvis*", NULL}, {"inadvis*", NULL},
    {"incis*", NULL}, {"irises", NULL}, {"ising", NULL}, {"kaiser*", NULL}, {"liais*", NULL},
    {"mantises", NULL}, {"marquis*", NULL}, {"merchandis*", NULL}, {"misadvis*", NULL},
    {"mise", NULL}, {"miser*", NULL}, {"mises", NULL}, {"moonris*", NULL}, {"mortis*", NULL},
    {"nois*", NULL}, {"overpromis*", NULL}, {"paradis*", NULL}, {"pelvises", NULL},
    {"penises", NULL}, {"pois*", NULL}, {"porpois*", NULL}, {"prais*", NULL}, {"precis*", NULL},
    {"premis*", NULL}, {"pris*", NULL}, {"promis*", NULL}, {"rais*", NULL}, {"reapprais*", NULL},
    {"repris*", NULL}, {"revis*", NULL}, {"ris*", NULL}, {"sunris*", NULL}, {"supervis*", NULL},
    {"surmis*", NULL}, {"surpris*", NULL}, {"televis*", NULL}, {"tortoise*", NULL},
    {"treatise*", NULL}, {"trellis*", NULL}, {"unadvis*", NULL}, {"uncircumcis*", NULL},
    {"unexercis*", NULL}, {"unrevis*", NULL}, {"uncompromis*", NULL}, {"undisguis*", NULL},
    {"unpromis*", NULL}, {"unrais*", NULL}, {"unsupervis*", NULL}, {"unsurpris*", NULL},
    {"uprais*", NULL}, {"upris*", NULL}, {"valise*", NULL}, {"vise", NULL}, {"vises", NULL},
    {"wis*", NULL}, {"*aise", NULL}, {"*cruiser", NULL}, {"*cruisers", NULL}, {"*oise", NULL},
    {"*oises", NULL}, {"*polises", NULL}, {"*uise", NULL}, {"*uises", NULL}, {"*wise", NULL},

    /* -our */
    {"arbour*", "arbor*"}, {"ardour*", "ardor*"}, {"armour*", "armor*"},
    {"behaviour*", "behavior*"}, {"belabour*", "belabor*"}, {"candour*", "candor*"},
    {"clamour*", "clamor*"}, {"colour*", "color*"}, {"demeanour*", "demeanor*"},
    {"discolour*", "discolor*"}, {"disfavour*", "disfavor*"}, {"dishonour*", "dishonor*"},
    {"enamour*", "enamor*"}, {"endeavour*", "endeavor*"}, {"favour*", "favor*"},
    {"fervour*", "fervor*"}, {"flavour*", "flavor*"}, {"glamour*", "glamor*"},
    {"harbour*", "harbor*"}, {"honour*", "honor*"}, {"humour*", "humor*"}, {"labour*", "labor*"},
    {"misbehaviour*", "misbehavior*"}, {"misdemeanour*", "misdemeanor*"},
    {"multicolour*", "multicolor*"}, {"neighbour*", "neighbor*"}, {"odour*", "odor*"},
    {"parlour*", "parlor*"}, {"rancour*", "rancor*"}, {"rigour*", "rigor*"}, {"rumour*", "rumor*"},
    {"saviour*", "savior*"}, {"savour*", "savor*"}, {"splendour*", "splendor*"},
    {"succour*", "succor*"}, {"tricolour*", "tricolor*"}, {"tumour*", "tumor*"},
    {"unfavour*", "unfavor*"}, {"unsavour*", "unsavor*"}, {"valour*", "valor*"},
    {"vapour*", "vapor*"}, {"vigour*", "vigor*"}, {"watercolour*", "watercolor*"},

    /* -re */
    {"accoutrement*", "accouterment*"}, {"calibre*", "caliber*"}, {"centre", "center"},
    {"centres", "centers"}, {"centred", "centered"}, {"centring", "centering"},
    {"centrefold*", "centerfold*"}, {"centreline*", "centerline*"},
    {"centrepiece*", "centerpiece*"}, {"epicentre*", "epicenter*"}, {"fibre*", "fiber*"},
    {"goitre*", "goiter*"}, {"lacklustre*", "lackluster*"}, {"lustre*", "luster*"},
    {"manoeuvra*", "maneuvera*"}, {"manoeuvred", "maneuvered"}, {"manoeuvring*", "maneuvering*"},
    {"manoeuvre*", "maneuver*"}, {"meagre*", "meager*"}, {"mitre", "miter"}, {"mitres", "miters"},
    {"ochre", "ocher"}, {"reconnoitre", "reconnoiter"}, {"reconnoitred", "reconnoitered"},
    {"reconnoitring", "reconnoitering"}, {"recentred", "recentered"}, {"sabre*", "saber*"},
    {"saltpetre", "saltpeter"}, {"sceptre*", "scepter*"}, {"sepulchre*", "sepulcher*"},
    {"sombre", "somber"}, {"sombrely", "somberly"}, {"spectre*", "specter*"},
    {"theatrego*", "theatergo*"}, {"*theatre", "*theater"}, {"*theatres", "*theaters"},
    {"*litre", "*liter"}, {"*litres", "*liters"}, {"*metre", "*meter"}, {"*metres", "*meters"},

    /* -ence, -ice; the noun and the verb of `practise` become one */
    {"defence*", "defense*"}, {"licenc*", "licens*"}, {"offence*", "offense*"},
    {"practis*", "practic*"}, {"pretence*", "pretense*"}, {"unlicenc*", "unlicens*"},

    /* -ogue: the stemmer takes the e of `cataloge` off, so one row serves all inflections */
    {"analogu*", "analog*"}, {"catalogu*", "catalog*"}, {"dialogu*", "dialog*"},
    {"epilogu*", "epilog*"}, {"homologu*", "homolog*"}, {"monologu*", "monolog*"},
    {"prologu*", "prolog*"}, {"travelogu*", "travelog*"},

    /* -ll-: as a verb in -el, -al or -il doubles its l; `e` and `i` keep names and adverbs out */
    {"apparell*", "apparel*"}, {"barrelle*", "barrele*"}, {"barrelli*", "barreli*"},
    {"bedevill*", "bedevil*"}, {"bevell*", "bevel*"}, {"cancell*", "cancel*"},
    {"carolle*", "carole*"}, {"carolli*", "caroli*"}, {"channell*", "channel*"},
    {"chisell*", "chisel*"}, {"councillo*", "councilo*"}, {"counselle*", "counsele*"},
    {"counselli*", "counseli*"}, {"counsello*", "counselo*"}, {"credentialle*", "credentiale*"},
    {"cudgell*", "cudgel*"}, {"dialle*", "diale*"}, {"dialli*", "diali*"},
    {"dishevell*", "dishevel*"}, {"drivelle*", "drivele*"}, {"drivelli*", "driveli*"},
    {"duelle*", "duele*"}, {"duelli*", "dueli*"}, {"enamell*", "enamel*"}, {"equalle*", "equale*"},
    {"equalli*", "equali*"}, {"fuelle*", "fuele*"}, {"fuelli*", "fueli*"},
    {"funnelle*", "funnele*"}, {"funnelli*", "funneli*"}, {"gambolle*", "gambole*"},
    {"gambolli*", "gamboli*"}, {"grovell*", "grovel*"}, {"gruell*", "gruel*"},
    {"imperill*", "imperil*"}, {"initialle*", "initiale*"}, {"initialli*", "initiali*"},
    {"jewellery", "jewelry"}, {"jewelle*", "jewele*"}, {"kennelle*", "kennele*"},
    {"kennelli*", "kenneli*"}, {"labell*", "label*"}, {"levelle*", "levele*"},
    {"levelli*", "leveli*"}, {"libell*", "libel*"}, {"marshalle*", "marshale*"},
    {"marshalling*", "marshaling*"}, {"marvelle*", "marvele*"}, {"marvelli*", "marveli*"},
    {"marvello*", "marvelo*"}, {"medallist*", "medalist*"}, {"mislabell*", "mislabel*"},
    {"modelle*", "modele*"}, {"modelli*", "modeli*"}, {"panelle*", "panele*"},
    {"panelli*", "paneli*"}, {"parcelle*", "parcele*"}, {"parcelli*", "parceli*"},
    {"pedalle*", "pedale*"}, {"pedalli*", "pedali*"}, {"pencill*", "pencil*"},
    {"pummell*", "pummel*"}, {"quarrell*", "quarrel*"}, {"refuell*", "refuel*"},
    {"relabell*", "relabel*"}, {"remodell*", "remodel*"}, {"revelle*", "revele*"},
    {"revelli*", "reveli*"}, {"rivalle*", "rivale*"}, {"rivalli*", "rivali*"},
    {"shovell*", "shovel*"}, {"shrivell*", "shrivel*"}, {"signalle*", "signale*"},
    {"signalli*", "signali*"}, {"snivell*", "snivel*"}, {"snorkell*", "snorkel*"},
    {"spiralle*", "spirale*"}, {"spiralli*", "spirali*"}, {"squirrell*", "squirrel*"},
    {"stencill*", "stencil*"}, {"swivell*", "swivel*"}, {"tasselle*", "tassele*"},
    {"totalle*", "totale*"}, {"totalli*", "totali*"}, {"towelle*", "towele*"},
    {"towelli*", "toweli*"}, {"tranquilli*", "tranquili*"}, {"travell*", "travel*"},
    {"trialle*", "triale*"}, {"trialli*", "triali*"}, {"tunnelle*", "tunnele*"},
    {"tunnelli*", "tunneli*"}, {"unequalled", "unequaled"}, {"unlabell*", "unlabel*"},
    {"unravell*", "unravel*"}, {"unrivall*", "unrival*"}, {"untrammelled", "untrammeled"},
    {"weasell*", "weasel*"}, {"woollen*", "woolen*"}, {"yodell*", "yodel*"},

    /* -l- in Britain: the double l goes, so that `enrolled` and `enrol` meet too */
    {"appall*", "appal*"}, {"distill*", "distil*"}, {"enroll*", "enrol*"},
    {"enthrall*", "enthral*"}, {"fulfill*", "fulfil*"}, {"installment*", "instalment*"},
    {"instill*", "instil*"}, {"skillful*", "skilful*"}, {"unfulfill*", "unfulfil*"},
    {"unskillful*", "unskilful*"}, {"willful*", "wilful*"},

    /* other double letters */
    {"benefitt*", "benefit*"}, {"biass*", "bias*"}, {"carburett*", "carburet*"},
    {"chilli", "chili"}, {"chillies", "chilies"}, {"combatt*", "combat*"}, {"focuss*", "focus*"},
    {"kidnapp*", "kidnap*"}, {"unbiass*", "unbias*"}, {"waggon*", "wagon*"},
    {"worshipp*", "worship*"},

    /* ae */
    {"aeon", "eon"}, {"aeons", "eons"}, {"aeroplane*", "airplane*"}, {"aetiolog*", "etiolog*"},
    {"anaem*", "anem*"}, {"anaesth*", "anesth*"}, {"archaeo*", "archeo*"},
    {"bacteraem*", "bacterem*"}, {"caesarean*", "cesarean*"}, {"caesarian*", "cesarean*"},
    {"caesium", "cesium"}, {"cesarian*", "cesarean*"}, {"encyclopaed*", "encycloped*"},
    {"esthet*", "aesthet*"}, {"faecal", "fecal"}, {"faeces", "feces"}, {"gynaec*", "gynec*"},
    {"haemat*", "hemat*"}, {"haemo*", "hemo*"}, {"ischaem*", "ischem*"}, {"leukaem*", "leukem*"},
    {"mediaeval*", "medieval*"}, {"orthopaed*", "orthoped*"}, {"paediatr*", "pediatr*"},
    {"paedo*", "pedo*"}, {"palaeo*", "paleo*"}, {"primaeval", "primeval"}, {"*aemia", "*emia"},
    {"*aemias", "*emias"}, {"*aemic", "*emic"},

    /* oe */
    {"ameba*", "amoeba*"}, {"coeliac*", "celiac*"}, {"diarrhoe*", "diarrhe*"},
    {"foetal*", "fetal*"}, {"foetid", "fetid"}, {"foetus*", "fetus*"},
    {"gonorrhoea*", "gonorrhea*"}, {"homoeopath*", "homeopath*"}, {"oedema*", "edema*"},
    {"oesophag*", "esophag*"}, {"oestr*", "estr*"}, {"*pnoea", "*pnea"},

    /* single words */
    {"abridgement*", "abridgment*"}, {"acknowledgement*", "acknowledgment*"}, {"ageing", "aging"},
    {"aluminium", "aluminum"}, {"artefact*", "artifact*"}, {"ax", "axe"}, {"baulk*", "balk*"},
    {"behove*", "behoove*"}, {"burnt", "burned"}, {"caldron*", "cauldron*"},
    {"callisthenic*", "calisthenic*"}, {"chequebook*", "checkbook*"}, {"chequered", "checkered"},
    {"connexion*", "connection*"}, {"cosie*", "cozie*"}, {"cosily", "cozily"},
    {"cosiness", "coziness"}, {"cosy", "cozy"}, {"cypher*", "cipher*"},
    {"dependant*", "dependent*"}, {"despatch*", "dispatch*"}, {"donut*", "doughnut*"},
    {"draughtsm*", "draftsm*"}, {"draughtsw*", "draftsw*"}, {"draughty", "drafty"},
    {"dreamt", "dreamed"}, {"enquire", "inquire"}, {"enquired", "inquired"},
    {"enquires", "inquires"}, {"enquiri*", "inquiri*"}, {"enquiry", "inquiry"},
    {"epaulette*", "epaulet*"}, {"furore", "furor"}, {"gaol*", "jail*"}, {"gipsies", "gypsies"},
    {"gipsy", "gypsy"}, {"gramme", "gram"}, {"grammes", "grams"}, {"grey", "gray"},
    {"greyed", "grayed"}, {"greyer", "grayer"}, {"greyest", "grayest"}, {"greying", "graying"},
    {"greyish", "grayish"}, {"greyness", "grayness"}, {"greys", "grays"},
    {"greyscale", "grayscale"}, {"inflexion*", "inflection*"}, {"judgement*", "judgment*"},
    {"kerbside", "curbside"}, {"kilogramme*", "kilogram*"}, {"leapt", "leaped"},
    {"learnt", "learned"}, {"likeable", "likable"}, {"liquorice", "licorice"},
    {"misjudgement*", "misjudgment*"}, {"mollusc", "mollusk"}, {"molluscs", "mollusks"},
    {"mould*", "mold*"}, {"moult", "molt"}, {"moulted", "molted"}, {"moulting", "molting"},
    {"moults", "molts"}, {"moustach*", "mustach*"}, {"moveable", "movable"},
    {"omelette*", "omelet*"}, {"pedlar*", "peddler*"}, {"phoney*", "phony*"}, {"plough*", "plow*"},
    {"programme", "program"}, {"programmes", "programs"}, {"pyjama*", "pajama*"},
    {"racoon*", "raccoon*"}, {"saleable", "salable"}, {"sceptic*", "skeptic*"},
    {"sizeable", "sizable"}, {"smoulder*", "smolder*"}, {"snowplough*", "snowplow*"},
    {"specialities", "specialties"}, {"speciality", "specialty"}, {"spoilt", "spoiled"},
    {"sulph*", "sulf*"}, {"titbit*", "tidbit*"}, {"tsar", "czar"}, {"tsarina*", "czarina*"},
    {"tsarist*", "czarist*"}, {"tsars", "czars"}, {"unmistakeabl*", "unmistakabl*"},
    {"unshakeabl*", "unshakabl*"}, {"useable", "usable"}, {"whiskey*", "whisky*"},
    {"yoghurt*", "yogurt*"},

    /* -yse: towards Britain, where the plural of `analysis` is one with the verb */
    {"*lyze", "*lyse"}, {"*lyzed", "*lysed"}, {"*lyzer", "*lyser"}, {"*lyzers", "*lysers"},
    {"*lyzes", "*lyses"}, {"*lyzing", "*lysing"},

    /* -ise */
    {"*isable", "*izable"}, {"*isably", "*izably"}, {"*isation", "*ization"},
    {"*isational", "*izational"}, {"*isations", "*izations"}, {"*ise", "*ize"}, {"*ised", "*ized"},
    {"*isement", "*izement"}, {"*iser", "*izer"}, {"*isers", "*izers"}, {"*ises", "*izes"},
    {"*ising", "*izing"}, {"*isingly", "*izingly"},
};
/* clang-format on */

/* The number of bytes of `word` that the pattern without its star covers, or 0. */
static size_t match(const char *pattern, const char *word, size_t len)
{
    if (*pattern == '*') {
        size_t end = strlen(++pattern);
        return len >= end && !memcmp(word + len - end, pattern, end) ? end : 0;
    }
    if (*pattern != *word)
        return 0;
    size_t i = 1;
    while (i < len && pattern[i] && pattern[i] != '*' && pattern[i] == word[i])
        i++;
    return pattern[i] == '*' || (!pattern[i] && i == len) ? i : 0;
}

/* Replaces what `row` matched by what it says instead, and returns the new length. */
static size_t rewrite(const struct row *row, size_t matched, char *word, size_t len)
{
    bool at_end = *row->to == '*';
    const char *to = row->to + at_end;
    size_t to_len = strcspn(to, "*");
    char *old = at_end ? word + len - matched : word;
    size_t rest = at_end ? 0 : len - matched;
    memmove(old + to_len, old + matched, rest);
    memcpy(old, to, to_len);
    return len - matched + to_len;
}

/* ---- which rows to try ---- */

#define ROWS (sizeof rows / sizeof *rows)

/*
 * Of a word only those rows are tried that begin with its first letter, or, if they are of its end,
 * end with its last: each row stands in one list, by that letter, in the order of the table.
 */
struct pm_spelling {
    uint16_t start[256], end[256]; /* the first row of a list, or ROWS */
    uint16_t next[ROWS];
};

struct pm_spelling *pm_spelling_new(struct pm_error *err)
{
    struct pm_spelling *spelling = malloc(sizeof *spelling);
    if (!spelling) {
        pm_fail_nomem(err);
        return NULL;
    }
    for (size_t i = 0; i < 256; i++)
        spelling->start[i] = spelling->end[i] = ROWS;
    for (size_t i = ROWS; i-- > 0;) {
        const char *from = rows[i].from;
        bool at_end = *from == '*';
        unsigned char letter = (unsigned char)(at_end ? from[strlen(from) - 1] : *from);
        uint16_t *list = at_end ? &spelling->end[letter] : &spelling->start[letter];
        spelling->next[i] = *list;
        *list = (uint16_t)i;
    }
    return spelling;
}

void pm_spelling_free(struct pm_spelling *spelling)
{
    free(spelling);
}

/* The first row of a list that stands at `least` in the table, or behind it. */
static size_t list_from(const struct pm_spelling *spelling, size_t row, size_t least)
{
    while (row < least && row < ROWS)
        row = spelling->next[row];
    return row;
}

/* Applies the table to `word` (*len bytes, changed with it); true if any row was applied. */
static bool unify(const struct pm_spelling *spelling, char *word, size_t *len)
{
    bool changed = false;
    for (size_t row = 0; row < ROWS; row++) {
        size_t start = list_from(spelling, spelling->start[(unsigned char)word[0]], row);
        size_t end = list_from(spelling, spelling->end[(unsigned char)word[*len - 1]], row);
        size_t matched = 0;
        while ((row = start < end ? start : end) < ROWS &&
               !(matched = match(rows[row].from, word, *len))) {
            if (row == start)
                start = spelling->next[start];
            else
                end = spelling->next[end];
        }
        if (!matched || !rows[row].to)
            break;
        *len = rewrite(&rows[row], matched, word, *len);
        changed = true;
    }
    return changed;
}

size_t pm_spelling_unify(const struct pm_spelling *spelling, const char *word, size_t len,
                         char *out)
{
    if (!len || len > PM_SPELLING_MAX)
        return 0;
    memcpy(out, word, len);
    /* The possessive is put aside: the stemmer takes it off after us. */
    size_t base = len;
    if (base > 2 && !memcmp(word + base - 2, "'s", 2))
        base -= 2;
    else if (base > 1 && word[base - 1] == '\'')
        base -= 1;
    const char *tail = word + base;
    size_t tail_len = len - base;

    if (!unify(spelling, out, &base))
        return 0;
    memcpy(out + base, tail, tail_len);
    assert(base + tail_len <= PM_SPELLING_MAX + 8);
    return base + tail_len;
}

/* ---- how words begin ---- */

#define START 3 /* letters */

/* strncmp() without the call: this is asked of all rows for each query. */
static bool begin_alike(const char *a, const char *b, size_t len)
{
    while (len && *a && *a == *b) {
        a++;
        b++;
        len--;
    }
    return !len || *a == *b;
}

/* Has `each` know that words begin otherwise where `row` applies behind `before` letters. */
static void tell_start(const struct row *row, size_t before, pm_spelling_start *each, void *arg)
{
    bool at_end = *row->from == '*';
    const char *part[2] = {row->from + at_end, row->to + at_end};
    char start[2][START];
    if (begin_alike(part[0], part[1], START - before))
        return;
    for (int i = 0; i < 2; i++)
        for (size_t j = 0; j < START; j++) {
            assert(*part[i] != '*'); /* any letter may come next */
            start[i][j] = j < before ? PM_SPELLING_ANY : *part[i];
            part[i] += j >= before && *part[i];
        }
    each(start[0], start[1], arg);
}

void pm_spelling_each_start(pm_spelling_start *each, void *arg)
{
    for (size_t i = ROWS; i-- > 0;)
        for (size_t before = 0; rows[i].to && before < (*rows[i].from == '*' ? START : 1); before++)
            tell_start(&rows[i], before, each, arg);
}
