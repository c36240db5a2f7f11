#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>
#include <libstemmer.h>

#include "spelling.h"

static size_t unify(const char *word, size_t len, char *out)
{
    struct pm_error err = {0};
    struct pm_spelling *spelling = pm_spelling_new(&err);
    assert_non_null(spelling);
    size_t unified = pm_spelling_unify(spelling, word, len, out);
    pm_spelling_free(spelling);
    return unified;
}

/* clang-format off */
/* British, American. */
static const struct pair {
    const char *british, *american;
} pairs[] = {
    {"colour", "color"}, {"colours", "colors"}, {"coloured", "colored"}, {"colouring", "coloring"},
    {"colourful", "colorful"}, {"colourise", "colorize"}, {"discoloured", "discolored"},
    {"labour", "labor"}, {"labourer", "laborer"}, {"labouring", "laboring"},
    {"labour's", "labor's"}, {"honourable", "honorable"}, {"dishonoured", "dishonored"},
    {"favourite", "favorite"}, {"favouritism", "favoritism"}, {"unfavourable", "unfavorable"},
    {"neighbourhood", "neighborhood"}, {"neighbouring", "neighboring"},
    {"behavioural", "behavioral"}, {"harboured", "harbored"}, {"rumours", "rumors"},
    {"humour", "humor"}, {"armoured", "armored"}, {"savoury", "savory"}, {"tumours", "tumors"},
    {"odour", "odor"}, {"vigour", "vigor"}, {"rigours", "rigors"}, {"endeavoured", "endeavored"},
    {"misdemeanour", "misdemeanor"}, {"glamour", "glamor"}, {"glamourise", "glamorize"},
    {"centre", "center"}, {"centres", "centers"}, {"centred", "centered"},
    {"centring", "centering"}, {"centre's", "center's"}, {"epicentre", "epicenter"},
    {"theatre", "theater"}, {"theatres", "theaters"}, {"theatregoers", "theatergoers"},
    {"amphitheatre", "amphitheater"}, {"fibre", "fiber"}, {"fibreglass", "fiberglass"},
    {"metre", "meter"}, {"metres", "meters"}, {"kilometres", "kilometers"}, {"litre", "liter"},
    {"millilitres", "milliliters"}, {"calibre", "caliber"}, {"spectre", "specter"},
    {"sombre", "somber"}, {"lacklustre", "lackluster"}, {"sabre", "saber"},
    {"manoeuvre", "maneuver"}, {"manoeuvres", "maneuvers"}, {"manoeuvred", "maneuvered"},
    {"manoeuvring", "maneuvering"}, {"manoeuvrable", "maneuverable"}, {"defence", "defense"},
    {"defences", "defenses"}, {"defenceless", "defenseless"}, {"offence", "offense"},
    {"pretence", "pretense"}, {"licence", "license"}, {"licences", "licenses"},
    {"licenced", "licensed"}, {"practise", "practice"}, {"practised", "practiced"},
    {"practises", "practices"}, {"practising", "practicing"}, {"organise", "organize"},
    {"organises", "organizes"}, {"organised", "organized"}, {"organising", "organizing"},
    {"organiser", "organizer"}, {"organisers", "organizers"}, {"organisation", "organization"},
    {"organisations", "organizations"}, {"organisational", "organizational"},
    {"organisation's", "organization's"}, {"organisers'", "organizers'"},
    {"reorganisation", "reorganization"}, {"recognise", "recognize"},
    {"recognisable", "recognizable"}, {"recognisably", "recognizably"},
    {"privatisation", "privatization"}, {"nationalised", "nationalized"},
    {"criticising", "criticizing"}, {"apologises", "apologizes"}, {"realisation", "realization"},
    {"emphasised", "emphasized"}, {"globalisation", "globalization"}, {"authorised", "authorized"},
    {"agonisingly", "agonizingly"}, {"aggrandisement", "aggrandizement"},
    {"civilisation", "civilization"}, {"synthesise", "synthesize"}, {"ionise", "ionize"},
    {"analyse", "analyze"}, {"analysed", "analyzed"}, {"analysing", "analyzing"},
    {"analyser", "analyzer"}, {"analyses", "analyzes"}, {"paralysed", "paralyzed"},
    {"catalysing", "catalyzing"}, {"psychoanalyse", "psychoanalyze"},
    {"breathalyser", "breathalyzer"}, {"travelled", "traveled"}, {"travelling", "traveling"},
    {"traveller", "traveler"}, {"travellers", "travelers"}, {"cancelled", "canceled"},
    {"cancelling", "canceling"}, {"cancellation", "cancelation"}, {"labelled", "labeled"},
    {"labelling", "labeling"}, {"signalled", "signaled"}, {"signalling", "signaling"},
    {"fuelled", "fueled"}, {"fuelling", "fueling"}, {"refuelling", "refueling"},
    {"modelled", "modeled"}, {"modelling", "modeling"}, {"modeller", "modeler"},
    {"remodelled", "remodeled"}, {"counsellor", "counselor"}, {"counselling", "counseling"},
    {"councillor", "councilor"}, {"councillors", "councilors"}, {"marshalled", "marshaled"},
    {"marshalling", "marshaling"}, {"levelled", "leveled"}, {"channelled", "channeled"},
    {"tunnelling", "tunneling"}, {"quarrelled", "quarreled"}, {"duelling", "dueling"},
    {"panelled", "paneled"}, {"panellist", "panelist"}, {"medallist", "medalist"},
    {"totalled", "totaled"}, {"rivalled", "rivaled"}, {"unrivalled", "unrivaled"},
    {"equalled", "equaled"}, {"initialled", "initialed"}, {"dialled", "dialed"},
    {"spiralling", "spiraling"}, {"shovelled", "shoveled"}, {"marvellous", "marvelous"},
    {"libellous", "libelous"}, {"gruelling", "grueling"}, {"jeweller", "jeweler"},
    {"jewellery", "jewelry"}, {"woollen", "woolen"}, {"tranquillity", "tranquility"},
    {"tranquilliser", "tranquilizer"}, {"skilful", "skillful"}, {"skilfully", "skillfully"},
    {"wilful", "willful"}, {"fulfil", "fulfill"}, {"fulfils", "fulfills"}, {"fulfilled", "fulfill"},
    {"fulfilment", "fulfillment"}, {"enrol", "enroll"}, {"enrols", "enrolled"},
    {"enrolling", "enroll"}, {"enrolment", "enrollment"}, {"instalment", "installment"},
    {"instalments", "installments"}, {"distil", "distilled"}, {"instil", "instill"},
    {"appal", "appall"}, {"enthral", "enthrall"}, {"kidnapped", "kidnaped"},
    {"kidnapper", "kidnaper"}, {"worshippers", "worshipers"}, {"focussed", "focused"},
    {"benefitted", "benefited"}, {"biassed", "biased"}, {"carburettor", "carburetor"},
    {"chilli", "chili"}, {"waggon", "wagon"}, {"analogue", "analog"}, {"catalogue", "catalog"},
    {"catalogues", "catalogs"}, {"catalogued", "cataloged"}, {"cataloguing", "cataloging"},
    {"dialogue", "dialog"}, {"dialogues", "dialogs"}, {"monologue", "monolog"},
    {"prologue", "prolog"}, {"travelogue", "travelog"}, {"anaemia", "anemia"},
    {"anaemic", "anemic"}, {"anaesthetic", "anesthetic"}, {"anaesthetist", "anesthetist"},
    {"anaesthetise", "anesthetize"}, {"leukaemia", "leukemia"}, {"septicaemia", "septicemia"},
    {"hypoglycaemic", "hypoglycemic"}, {"haemorrhage", "hemorrhage"}, {"haemophilia", "hemophilia"},
    {"paediatric", "pediatric"}, {"paediatrician", "pediatrician"}, {"paedophile", "pedophile"},
    {"orthopaedic", "orthopedic"}, {"gynaecologist", "gynecologist"},
    {"encyclopaedia", "encyclopedia"}, {"archaeology", "archeology"},
    {"archaeologists", "archeologists"}, {"palaeontologist", "paleontologist"},
    {"mediaeval", "medieval"}, {"caesarean", "cesarean"}, {"aesthetic", "esthetic"},
    {"aeroplane", "airplane"}, {"foetus", "fetus"}, {"foetal", "fetal"}, {"oestrogen", "estrogen"},
    {"oesophagus", "esophagus"}, {"diarrhoea", "diarrhea"}, {"coeliac", "celiac"},
    {"apnoea", "apnea"}, {"homoeopathy", "homeopathy"}, {"programme", "program"},
    {"programmes", "programs"}, {"plough", "plow"}, {"ploughed", "plowed"}, {"grey", "gray"},
    {"greying", "graying"}, {"sceptic", "skeptic"}, {"sceptical", "skeptical"},
    {"scepticism", "skepticism"}, {"mould", "mold"}, {"mouldy", "moldy"}, {"aluminium", "aluminum"},
    {"judgement", "judgment"}, {"acknowledgement", "acknowledgment"}, {"ageing", "aging"},
    {"artefacts", "artifacts"}, {"sulphur", "sulfur"}, {"sulphuric", "sulfuric"}, {"cosy", "cozy"},
    {"cosier", "cozier"}, {"moustache", "mustache"}, {"moustachioed", "mustachioed"},
    {"pyjamas", "pajamas"}, {"gaol", "jail"}, {"gaoler", "jailer"}, {"tsar", "czar"},
    {"despatched", "dispatched"}, {"enquiry", "inquiry"}, {"enquiries", "inquiries"},
    {"learnt", "learned"}, {"smouldering", "smoldering"}, {"yoghurt", "yogurt"},
    {"doughnuts", "donuts"}, {"draughtsman", "draftsman"}, {"sizeable", "sizable"},
    {"omelette", "omelet"},
};

static const char *const untouched[] = {
    /* -ise that is no suffix */
    "promise", "promised", "promises", "promising", "compromise", "compromising", "uncompromising",
    "exercise", "exercises", "exercised", "exercising", "advise", "advised", "adviser", "advisers",
    "advisable", "surprise", "surprised", "surprises", "surprising", "surprisingly",
    "unsurprisingly", "raise", "raised", "raises", "raising", "fundraising", "fundraiser", "rise",
    "rises", "rising", "riser", "risen", "sunrise", "uprising", "wise", "wiser", "praise",
    "praised", "praising", "noise", "noises", "noised", "franchise", "franchises", "franchised",
    "enterprise", "enterprises", "enterprising", "comprise", "comprised", "comprises", "comprising",
    "supervise", "supervised", "supervising", "unsupervised", "revise", "revised", "revising",
    "disguise", "disguised", "disguises", "televise", "televised", "improvise", "improvised",
    "improvisation", "despise", "despised", "devise", "devised", "devising", "merchandise",
    "merchandising", "expertise", "precise", "imprecise", "concise", "paradise", "otherwise",
    "likewise", "clockwise", "arise", "arises", "arising", "cruise", "cruises", "cruiser",
    "cruisers", "battlecruiser", "cruising", "bruise", "bruised", "bruises", "poise", "poised",
    "demise", "premise", "premises", "treatise", "excise", "incised", "circumcised", "chastise",
    "chastised", "advertise", "advertised", "advertising", "advertisement", "advertisers",
    "appraise", "appraisal", "apprised", "disable", "disabled", "liaise", "liaising", "marquise",
    "mayonnaise", "malaise", "tortoise", "porpoises", "turquoise", "reprise", "surmise", "valise",
    "guise", "miser", "kaiser", "prise", "vise", "mise", "bourgeoise", "disenfranchised",
    "metropolises",
    /* -is, -ision, -ize */
    "basis", "bases", "crisis", "crises", "analysis", "analyses", "analyst", "paralysis",
    "emphasis", "thesis", "iris", "irises", "vision", "division", "television", "precision",
    "decision", "provision", "revision", "size", "sizes", "sized", "seize", "seized", "seizing",
    "prize", "prizes", "capsize", "citizen", "organism", "organize", "organization",
    "realism",
    /* -our, -or, -re, -er */
    "four", "hour", "hours", "tour", "tours", "tourist", "pour", "poured", "contour", "detour",
    "your", "our", "sour", "flour", "devour", "troubadour", "courier", "journal", "doctor", "labor",
    "center", "acre", "acres", "massacre", "ogre", "genre", "cadre", "mediocre", "macabre", "fire",
    "more", "here", "sombrero", "central", "symmetry", "louvre", "enquirer", "inquirer",
    "theatrical",
    /* -ll-, and names that look like it */
    "controlled", "controlling", "compelled", "called", "calling", "killed", "filled", "pulled",
    "rolled", "sold", "excelled", "expelled", "propelled", "patrolled", "installed", "installation",
    "skilled", "rebelled", "marshall", "totally", "equally", "initially", "diallo", "modell",
    "metallic", "medallion", "rally", "willing", "jewel", "travel", "parallel", "paralleled",
    "chilling", "councils", "chancellor", "excellent", "intelligent", "bill",
    /* -ogue, -ence, ae, oe */
    "rogue", "vogue", "brogue", "synagogue", "fence", "hence", "science", "silence", "evidence",
    "commence", "influence", "sentence", "caesar", "israel", "michael", "aerial", "aerospace",
    "phoenix", "poem", "poet", "shoe", "canoe", "does", "academia", "bohemia", "subpoena",
    /* whose other spelling is another word, and words near a row */
    "tyre", "tire", "cheque", "check", "chequers", "kerb", "curb", "storey", "story", "draught",
    "draft", "greyhound", "moulton", "cosine", "program", "programming", "practical", "vice",
    "advice", "device", "grammar", "gray", "axes", "tsarnaev", "balkan", "skeptical",
};
/* clang-format on */

static const char *stem(struct sb_stemmer *stemmer, const char *word, char text[128])
{
    char out[PM_SPELLING_MAX + 8];
    size_t len = strlen(word);
    size_t unified = unify(word, len, out);
    const sb_symbol *from = (const sb_symbol *)(unified ? out : word);
    const sb_symbol *to = sb_stemmer_stem(stemmer, from, (int)(unified ? unified : len));
    snprintf(text, 128, "%.*s", sb_stemmer_length(stemmer), (const char *)to);
    return text;
}

static void brings_british_and_american_words_to_one_stem(void **state)
{
    (void)state;
    struct sb_stemmer *stemmer = sb_stemmer_new("english", NULL);
    assert_non_null(stemmer);
    int apart = 0;
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        char british[128], american[128];
        stem(stemmer, pairs[i].british, british);
        stem(stemmer, pairs[i].american, american);
        if (strcmp(british, american)) {
            print_error("%s, %s: %s, %s\n", pairs[i].british, pairs[i].american, british, american);
            apart++;
        }
    }
    sb_stemmer_delete(stemmer);
    assert_int_equal(apart, 0);
}

static void leaves_ordinary_words_alone(void **state)
{
    (void)state;
    int touched = 0;
    for (size_t i = 0; i < sizeof untouched / sizeof *untouched; i++) {
        char out[PM_SPELLING_MAX + 8];
        size_t len = unify(untouched[i], strlen(untouched[i]), out);
        if (len) {
            print_error("%s became %.*s\n", untouched[i], (int)len, out);
            touched++;
        }
    }
    assert_int_equal(touched, 0);
}

static void keeps_words_apart_that_only_look_related(void **state)
{
    (void)state;
    static const struct pair strangers[] = {
        {"metre", "metro"},       {"prise", "prize"},       {"analysis", "analog"},
        {"diallo", "dial"},       {"enquirer", "inquirer"}, {"greyhound", "gray"},
        {"chequers", "checkers"}, {"caesar", "cesarean"},   {"storey", "story"},
        {"tyre", "tire"},
    };
    struct sb_stemmer *stemmer = sb_stemmer_new("english", NULL);
    assert_non_null(stemmer);
    for (size_t i = 0; i < sizeof strangers / sizeof *strangers; i++) {
        char one[128], other[128];
        stem(stemmer, strangers[i].british, one);
        stem(stemmer, strangers[i].american, other);
        assert_string_not_equal(one, other);
    }
    sb_stemmer_delete(stemmer);
}

/* Everything that was unified once stays as it is. */
static void finds_nothing_to_do_in_its_own_forms(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        char once[PM_SPELLING_MAX + 8], twice[PM_SPELLING_MAX + 8];
        const char *words[] = {pairs[i].british, pairs[i].american};
        for (size_t j = 0; j < 2; j++) {
            size_t len = unify(words[j], strlen(words[j]), once);
            if (len)
                assert_int_equal(unify(once, len, twice), 0);
        }
    }
}

static void believes_the_length_and_not_a_nul(void **state)
{
    (void)state;
    char out[PM_SPELLING_MAX + 8];
    assert_int_equal(unify("plough", 5, out), 0);
    assert_int_equal(unify("grey\0\0", 6, out), 0);
    assert_int_equal(unify("anise\0\0\0", 8, out), 0);
    assert_int_equal(unify("colour*\0\0", 9, out), 8);
    assert_memory_equal(out, "color*\0\0", 8);
    assert_int_equal(unify("", 0, out), 0);
    assert_int_equal(unify("'s", 2, out), 0);
    assert_int_equal(unify("'", 1, out), 0);
}

static void leaves_a_word_alone_that_is_too_long(void **state)
{
    (void)state;
    char word[PM_SPELLING_MAX + 1], out[PM_SPELLING_MAX + 8];
    memset(word, 'x', sizeof word);
    memcpy(word, "donut", 5);
    assert_int_equal(unify(word, PM_SPELLING_MAX + 1, out), 0);
    assert_int_equal(unify(word, PM_SPELLING_MAX, out), PM_SPELLING_MAX + 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(brings_british_and_american_words_to_one_stem),
        cmocka_unit_test(leaves_ordinary_words_alone),
        cmocka_unit_test(keeps_words_apart_that_only_look_related),
        cmocka_unit_test(finds_nothing_to_do_in_its_own_forms),
        cmocka_unit_test(believes_the_length_and_not_a_nul),
        cmocka_unit_test(leaves_a_word_alone_that_is_too_long),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
