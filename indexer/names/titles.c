#include "titles.h"

#include <stdbool.h>
#include <string.h>

#include "countries.h"
#include "folded.h"

/*
 * Each list is in the order of strcmp().  Left out of the titles is what people are named more
 * often ("duke", "earl", "dean", "sultan", "emir", "sen"); "ek" and "neak" are names too, but not
 * before another title ("ek udom", "neak oknha").
 */
/* clang-format off */
static const char *const titles[] = {
    "academician", "accountant", "activist", "actor", "actress", "adm", "admiral", "adviser",
    "advisor", "agronomist", "akka", "ambassador", "analyst", "anthropologist", "archaeologist",
    "archbishop", "archdeacon", "architect", "artist", "assemblyman", "assemblywoman", "astronaut",
    "astronomer", "attache", "attorney", "auditor", "author", "ayatollah", "banker", "barrister",
    "biologist", "bishop", "borvor", "botanist", "bovor", "boxer", "brig", "brigadier", "broker",
    "businessman", "businesswoman", "cameraman", "campaigner", "candidate", "capt", "captain",
    "cardinal", "ceo", "cfo", "chair", "chairman", "chairperson", "chairwoman", "chakrei",
    "chakrey", "chancellor", "chaplain", "chef", "chemist", "chief", "chieftain", "choreographer",
    "chumteav", "clerk", "cmdr", "coach", "cofounder", "col", "colonel", "columnist", "comdr",
    "comedian", "commandant", "commander", "commissioner", "commodore", "composer", "comptroller",
    "comrade", "conductor", "congressman", "congresswoman", "conservationist", "constable",
    "consul", "consultant", "coo", "coordinator", "coroner", "corporal", "correspondent",
    "councillor", "councilman", "councilor", "councilwoman", "counsel", "counsellor", "counselor",
    "cpl", "cpt", "curator", "dame", "dato", "datuk", "daw", "deacon", "decho", "defender",
    "delegate", "demographer", "dentist", "deputy", "designer", "detective", "developer",
    "diplomat", "director", "doctor", "dr", "drummer", "duchess", "economist", "editor", "emperor",
    "empress", "engineer", "entrepreneur", "environmentalist", "envoy", "epidemiologist",
    "executive", "expert", "farmer", "father", "filmmaker", "fisherman", "footballer", "founder",
    "frau", "gen", "general", "geologist", "goalie", "goalkeeper", "golfer", "gov", "governor",
    "guitarist", "haji", "head", "headmaster", "headmistress", "herr", "historian", "honorable",
    "honourable", "hrh", "imam", "inspector", "instructor", "investigator", "journalist", "judge",
    "justice", "khun", "king", "kittiprittapandit", "kittiprittbandit", "kittisangahabandit",
    "kittisangahapandit", "krolahom", "lady", "lama", "lawmaker", "lawyer", "leader", "lecturer",
    "legislator", "lieutenant", "linguist", "lok", "lord", "lt", "ltc", "ltcol", "madam", "madame",
    "magistrate", "maj", "major", "manager", "marshal", "mayor", "mep", "midfielder", "minister",
    "miss", "mister", "mlle", "mme", "moha", "monk", "monsieur", "monsignor", "mp", "mps", "mr",
    "mrs", "ms", "msgr", "mufti", "mullah", "musician", "negotiator", "neurologist", "novelist",
    "nun", "nurse", "officer", "official", "okhna", "oknha", "ombudsman", "organiser", "organizer",
    "oudom", "owner", "padei", "padey", "painter", "pakdei", "parliamentarian", "pastor",
    "patriarch", "patrolman", "pfc", "pharmacist", "pheakdei", "pheakdey", "photographer",
    "physician", "physicist", "pianist", "pilot", "playwright", "poet", "policeman", "policewoman",
    "politician", "pope", "preah", "premier", "president", "priest", "prime", "prince", "princess",
    "principal", "prof", "professor", "programmer", "prosecutor", "provost", "psychiatrist",
    "psychologist", "publisher", "quarterback", "queen", "rabbi", "radm", "rapper", "rapporteur",
    "rathsaphea", "ratsaphea", "rector", "referee", "regent", "rep", "reporter", "representative",
    "researcher", "rev", "reverend", "samdach", "samdech", "scholar", "scientist", "screenwriter",
    "sculptor", "sdech", "secretary", "sena", "senator", "senor", "senora", "sergeant", "sgt",
    "shaikh", "sheik", "sheikh", "sheikha", "sheriff", "singer", "sir", "skipper", "sociologist",
    "soldier", "solicitor", "speaker", "specialist", "spokesman", "spokesmen", "spokesperson",
    "spokeswoman", "sprinter", "statesman", "strategist", "striker", "student", "superintendent",
    "supt", "surgeon", "surveyor", "swami", "swimmer", "taoiseach", "teacher", "technician",
    "techo", "theologian", "thipadei", "thipadey", "trainer", "translator", "treasurer", "trustee",
    "tun", "tycoon", "udom", "undersecretary", "vadm", "ven", "venerable", "vet", "veteran", "vice",
    "winger", "witness", "writer", "zoologist",
};

static const char *const links[] = {
    "academic", "acting", "affairs", "agriculture", "aide", "air", "and", "anti", "area", "armed",
    "army", "assembly", "assistant", "associate", "at", "athletic", "aviation", "bank", "board",
    "border", "branch", "budget", "business", "cabinet", "campaign", "central", "chamber", "charge",
    "church", "city", "civil", "club", "co", "command", "commerce", "commission", "committee",
    "commune", "communications", "communist", "company", "congress", "cooperation", "corruption",
    "council", "county", "court", "criminal", "crown", "culture", "customs", "defence", "defense",
    "democratic", "department", "designate", "development", "district", "division", "economic",
    "economics", "economy", "education", "ek", "elect", "election", "emeritus", "employment",
    "energy", "environment", "ex", "famed", "federal", "field", "finance", "financial", "first",
    "fisheries", "fleet", "football", "for", "force", "forces", "foreign", "forestry", "former",
    "government", "grand", "health", "high", "home", "housing", "human", "immigration", "in",
    "incoming", "independent", "industry", "information", "intelligence", "interim", "interior",
    "international", "investment", "joint", "labor", "labour", "law", "leading", "legal",
    "legendary", "local", "longtime", "majority", "management", "marine", "media", "medical",
    "meteorology", "military", "mines", "minority", "mother", "municipal", "national", "naval",
    "navy", "neak", "news", "noted", "number", "of", "office", "on", "operations", "opposition",
    "outgoing", "parliament", "parliamentary", "party", "peace", "people", "planning", "police",
    "policy", "political", "post", "power", "presidential", "press", "prison", "private",
    "prominent", "provincial", "public", "regional", "relations", "religion", "religious",
    "renowned", "research", "resources", "retired", "rights", "royal", "ruling", "rural", "s",
    "science", "second", "security", "senior", "social", "special", "sports", "staff", "state",
    "sub", "supreme", "tax", "technology", "telecommunications", "the", "then", "third", "top",
    "tourism", "trade", "transport", "transportation", "treasury", "tribunal", "under", "union",
    "university", "veterans", "village", "vocational", "war", "water", "welfare", "wing", "women",
    "works", "world", "youth",
};

static const char *const suffixes[] = {
    "cbe", "cpa", "dds", "dphil", "esq", "ii", "iii", "iv", "jr", "kbe", "llb", "llm", "mba", "mbe",
    "md", "obe", "phd", "qc", "sr", "vii", "viii",
};

/* Titles whose words are none apart from each other; here the order is free. */
static const char *const pairs[][2] = {
    {"tan", "sri"}, {"dato", "sri"}, {"dato", "seri"}, {"datuk", "seri"}, {"datuk", "sri"},
    {"queen", "mother"}, {"president", "elect"},
    {"chaufea", "veang"}, {"kitti", "prittbandit"}, {"kitti", "sangahabandit"}, {"krom", "preah"},
    {"pichey", "sena"}, {"ponhea", "chakrei"}, {"ponhea", "chakrey"}, {"rath", "sphea"},
    {"thamma", "pothisal"}, {"vibol", "panha"}, {"vibol", "sena"},
};

/* Links that what stands before them needs to be whole. */
static const char *const joiners[] = {"and", "at", "for", "in", "of", "on", "the"};
/* clang-format on */

enum { COUNTRY_WORDS = 8 }; /* the most words that a country's name has */

#define LENGTH(array) (sizeof(array) / sizeof *(array))

static struct folded_table lists[] = {
    [TITLE_NONE] = {0},
    [TITLE_WORD] = FOLDED_TABLE(titles),
    [TITLE_LINK] = FOLDED_TABLE(links),
    [TITLE_SUFFIX] = FOLDED_TABLE(suffixes),
};

/* The words of a name. */
struct words {
    const char *const *word;
    const size_t *len;
    size_t count;
};

enum title_kind title_of(const char *word, size_t len)
{
    for (enum title_kind kind = TITLE_WORD; kind <= TITLE_SUFFIX; kind++)
        if (folded_find(&lists[kind], word, len))
            return kind;
    return TITLE_NONE;
}

const char *title_word(enum title_kind kind, size_t i)
{
    return i < lists[kind].count ? ((const char *const *)lists[kind].rows)[i] : NULL;
}

static enum title_kind kind_at(const struct words *name, size_t at)
{
    return title_of(name->word[at], name->len[at]);
}

static bool joins(const struct words *name, size_t at)
{
    static struct folded_table table = FOLDED_TABLE(joiners);
    return folded_find(&table, name->word[at], name->len[at]);
}

static bool is_word(const struct words *name, size_t at, const char *word)
{
    return name->len[at] == strlen(word) && !memcmp(name->word[at], word, name->len[at]);
}

static bool pair_at(const struct words *name, size_t at)
{
    for (size_t i = 0; at + 1 < name->count && i < LENGTH(pairs); i++)
        if (is_word(name, at, pairs[i][0]) && is_word(name, at + 1, pairs[i][1]))
            return true;
    return false;
}

/* How many words from there on are the name of a country, the most that can be. */
static size_t country_at(const struct words *name, size_t at)
{
    char key[80];
    size_t len = 0, found = 0;
    for (size_t i = at; i < name->count && i < at + COUNTRY_WORDS; i++) {
        if (len + 1 + name->len[i] > sizeof key)
            break;
        if (i > at)
            key[len++] = ' ';
        memcpy(key + len, name->word[i], name->len[i]);
        len += name->len[i];
        if (country_of(key, len))
            found = i + 1 - at;
    }
    return found;
}

/* How many words there are a title, a link or a country. */
static size_t step_at(const struct words *name, size_t at, bool *title)
{
    enum title_kind kind = kind_at(name, at);
    bool pair = pair_at(name, at);
    *title = pair || kind == TITLE_WORD;
    if (pair)
        return 2;
    return *title || kind == TITLE_LINK ? 1 : country_at(name, at);
}

/* Where the titles, links and countries at the beginning end; *cut is where the last title does. */
static size_t run_of(const struct words *name, size_t *cut)
{
    size_t at = 0, taken = 1;
    *cut = 0;
    while (taken && at < name->count) {
        bool title;
        taken = step_at(name, at, &title);
        at += taken;
        if (title)
            *cut = at;
    }
    return at;
}

size_t titles_before(const char *const *word, const size_t *len, size_t words)
{
    struct words name = {word, len, words};
    size_t cut, run = run_of(&name, &cut);
    if (!cut)
        return 0;
    if (cut < run && joins(&name, cut))
        cut = run;
    if (joins(&name, cut - 1))
        return 0;
    for (size_t i = cut; i < words; i++)
        if (kind_at(&name, i) == TITLE_NONE)
            return cut;
    return 0;
}
