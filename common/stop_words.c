#include "stop_words.h"

#include <string.h>

const char *const pm_stop_catalan[] = {
    "a",        "això",    "al",        "allò",    "als",      "amb",       "aquell", "aquella",
    "aquelles", "aquells", "aquest",    "aquesta", "aquestes", "aquests",   "com",    "contra",
    "d",        "de",      "del",       "dels",    "des",      "doncs",     "durant", "el",
    "ell",      "ella",    "elles",     "ells",    "els",      "em",        "en",     "ens",
    "entre",    "era",     "eren",      "es",      "estan",    "està",      "et",     "fins",
    "ha",       "hagi",    "han",       "haver",   "havia",    "havien",    "he",     "hem",
    "hi",       "ho",      "i",         "jo",      "l",        "la",        "les",    "li",
    "lo",       "m",       "mentre",    "meu",     "meva",     "més",       "n",      "ne",
    "ni",       "no",      "nosaltres", "nostra",  "nostre",   "o",         "on",     "pel",
    "pels",     "per",     "perquè",    "però",    "qual",     "quals",     "quan",   "que",
    "qui",      "què",     "s",         "se",      "segons",   "sense",     "ser",    "seran",
    "seria",    "serà",    "seu",       "seus",    "seva",     "seves",     "si",     "sigui",
    "siguin",   "sobre",   "són",       "t",       "també",    "teu",       "teva",   "tu",
    "un",       "una",     "unes",      "uns",     "us",       "vosaltres", "és",     NULL};

const char *const pm_stop_danish[] = {
    "af",      "at",      "blev",   "blevet", "blive",   "bliver",  "da",      "de",    "dem",
    "den",     "denne",   "der",    "deres",  "det",     "dette",   "dig",     "din",   "dine",
    "disse",   "dit",     "du",     "efter",  "eller",   "en",      "end",     "er",    "et",
    "for",     "fordi",   "fra",    "gennem", "haft",    "ham",     "han",     "hans",  "har",
    "havde",   "have",    "hende",  "hendes", "hos",     "hun",     "hvad",    "hvem",  "hvilke",
    "hvilken", "hvilket", "hvis",   "hvor",   "hvordan", "hvorfor", "hvornår", "i",     "ikke",
    "inden",   "jeg",     "jer",    "jeres",  "kan",     "kunne",   "man",     "med",   "mellem",
    "men",     "mens",    "mig",    "min",    "mine",    "mit",     "mod",     "må",    "måtte",
    "når",     "og",      "om",     "os",     "over",    "på",      "sig",     "sin",   "sine",
    "sit",     "skal",    "skulle", "som",    "så",      "til",     "uden",    "under", "var",
    "ved",     "vi",      "vil",    "ville",  "vores",   "være",    "været",   NULL};

const char *const pm_stop_dutch[] = {
    "aan",     "achter",  "af",      "al",     "alle",    "als",      "ander",  "andere",  "ben",
    "bent",    "bij",     "binnen",  "boven",  "buiten",  "daar",     "dan",    "dat",     "de",
    "deze",    "die",     "dit",     "door",   "doordat", "dus",      "een",    "elk",     "elke",
    "en",      "er",      "geen",    "gehad",  "geweest", "geworden", "haar",   "had",     "hadden",
    "heb",     "hebben",  "hebt",    "heeft",  "hem",     "hen",      "het",    "hier",    "hij",
    "hoe",     "hoewel",  "hun",     "ieder",  "iedere",  "ik",       "in",     "is",      "je",
    "jij",     "jou",     "jouw",    "jullie", "kan",     "kon",      "konden", "kunnen",  "kunt",
    "langs",   "maar",    "mag",     "me",     "met",     "mij",      "mijn",   "mocht",   "moest",
    "moesten", "moet",    "moeten",  "mogen",  "na",      "naar",     "naast",  "nadat",   "niet",
    "noch",    "nog",     "of",      "om",     "omdat",   "onder",    "ons",    "onze",    "ook",
    "op",      "over",    "per",     "sinds",  "te",      "tegen",    "ten",    "tenzij",  "ter",
    "terwijl", "tijdens", "toen",    "tot",    "tussen",  "u",        "uit",    "uw",      "van",
    "vanaf",   "vanuit",  "volgens", "voor",   "voordat", "waar",     "waarom", "wanneer", "want",
    "waren",   "was",     "wat",     "we",     "wees",    "welk",     "welke",  "werd",    "werden",
    "wie",     "wiens",   "wij",     "wil",    "wilde",   "willen",   "word",   "worden",  "wordt",
    "zal",     "ze",      "zelf",    "zich",   "zij",     "zijn",     "zodat",  "zonder",  "zou",
    "zouden",  "zullen",  "zult",    NULL};

const char *const pm_stop_english[] = {
    "a",         "about",     "after",   "against",    "all",     "although", "am",      "among",
    "an",        "and",       "any",     "are",        "aren't",  "around",   "as",      "at",
    "be",        "because",   "been",    "before",     "being",   "between",  "both",    "but",
    "by",        "can",       "can't",   "cannot",     "could",   "couldn't", "did",     "didn't",
    "do",        "does",      "doesn't", "doing",      "don't",   "during",   "each",    "every",
    "for",       "from",      "had",     "has",        "hasn't",  "have",     "haven't", "having",
    "he",        "he's",      "her",     "herself",    "him",     "himself",  "his",     "how",
    "i",         "i'm",       "i've",    "if",         "in",      "into",     "is",      "isn't",
    "it",        "it's",      "its",     "itself",     "me",      "might",    "must",    "my",
    "nor",       "not",       "of",      "off",        "on",      "onto",     "or",      "other",
    "our",       "ourselves", "out",     "over",       "shall",   "she",      "she's",   "should",
    "shouldn't", "since",     "so",      "some",       "such",    "than",     "that",    "that's",
    "the",       "their",     "them",    "themselves", "then",    "there",    "there's", "these",
    "they",      "they're",   "they've", "this",       "those",   "though",   "through", "to",
    "towards",   "under",     "unless",  "until",      "up",      "upon",     "us",      "via",
    "was",       "wasn't",    "we",      "we're",      "we've",   "were",     "what",    "when",
    "where",     "whereas",   "whether", "which",      "while",   "who",      "whom",    "whose",
    "why",       "will",      "with",    "within",     "without", "won't",    "would",   "wouldn't",
    "yet",       "you",       "you're",  "you've",     "your",    "yourself", NULL};

const char *const pm_stop_french[] = {
    "a",          "afin",     "ai",       "aient",   "ainsi",    "ait",      "alors",  "as",
    "au",         "aucun",    "aucune",   "auquel",  "aura",     "auraient", "aurait", "auront",
    "aussi",      "autre",    "autres",   "aux",     "auxquels", "avaient",  "avais",  "avait",
    "avec",       "avez",     "avions",   "avoir",   "avons",    "ayant",    "c",      "car",
    "ce",         "ceci",     "cela",     "celle",   "celles",   "celui",    "ces",    "cet",
    "cette",      "ceux",     "chaque",   "chez",    "comme",    "comment",  "contre", "d",
    "dans",       "de",       "depuis",   "des",     "desquels", "donc",     "dont",   "du",
    "duquel",     "dès",      "elle",     "elles",   "en",       "entre",    "envers", "es",
    "est",        "et",       "eu",       "eux",     "il",       "ils",      "j",      "je",
    "jusqu",      "jusque",   "l",        "la",      "laquelle", "le",       "lequel", "les",
    "lesquelles", "lesquels", "leur",     "leurs",   "lorsqu",   "lorsque",  "lui",    "m",
    "ma",         "mais",     "malgré",   "me",      "mes",      "moi",      "mon",    "même",
    "mêmes",      "n",        "ne",       "ni",      "nos",      "notre",    "nous",   "on",
    "ont",        "ou",       "où",       "par",     "parce",    "parmi",    "pas",    "pendant",
    "plus",       "pour",     "pourquoi", "puisqu",  "puisque",  "qu",       "quand",  "que",
    "quel",       "quelle",   "quelles",  "quelqu",  "quelque",  "quelques", "quels",  "qui",
    "quoi",       "quoiqu",   "quoique",  "s",       "sa",       "sans",     "se",     "sera",
    "seraient",   "serait",   "seront",   "ses",     "si",       "soi",      "soient", "soit",
    "sommes",     "son",      "sont",     "sous",    "suis",     "sur",      "t",      "ta",
    "te",         "tes",      "toi",      "ton",     "tous",     "tout",     "toute",  "toutes",
    "très",       "tu",       "un",       "une",     "vers",     "vos",      "votre",  "vous",
    "y",          "à",        "ça",       "étaient", "étais",    "était",    "étant",  "étions",
    "êtes",       "être",     NULL};

const char *const pm_stop_german[] = {
    "aber",   "als",    "am",       "an",      "auch",    "auf",     "aus",     "ausser",
    "bei",    "beim",   "bevor",    "bin",     "bis",     "bist",    "da",      "damit",
    "dann",   "darf",   "das",      "dass",    "dein",    "deine",   "dem",     "den",
    "denn",   "der",    "des",      "dich",    "die",     "dies",    "diese",   "diesem",
    "diesen", "dieser", "dieses",   "dir",     "doch",    "du",      "durch",   "dürfen",
    "ein",    "eine",   "einem",    "einen",   "einer",   "eines",   "er",      "es",
    "euch",   "euer",   "eure",     "für",     "gegen",   "gewesen", "habe",    "haben",
    "hast",   "hat",    "hatte",    "hatten",  "hinter",  "hätte",   "hätten",  "ich",
    "ihm",    "ihn",    "ihnen",    "ihr",     "ihre",    "ihrem",   "ihren",   "ihrer",
    "ihres",  "im",     "in",       "ins",     "ist",     "jede",    "jedem",   "jeden",
    "jeder",  "jedes",  "jene",     "jenem",   "jenen",   "jener",   "jenes",   "kann",
    "kein",   "keine",  "keinem",   "keinen",  "keiner",  "keines",  "konnte",  "konnten",
    "können", "man",    "mein",     "meine",   "meinem",  "meinen",  "meiner",  "mich",
    "mir",    "mit",    "muss",     "musste",  "mussten", "müssen",  "nach",    "nachdem",
    "neben",  "nicht",  "noch",     "nur",     "ob",      "obwohl",  "oder",    "ohne",
    "sei",    "seid",   "sein",     "seine",   "seinem",  "seinen",  "seiner",  "seines",
    "seit",   "sich",   "sie",      "sind",    "so",      "solche",  "solchen", "solcher",
    "soll",   "sollen", "sollte",   "sollten", "sondern", "sowie",   "um",      "und",
    "uns",    "unser",  "unsere",   "unserem", "unseren", "unserer", "unter",   "vom",
    "von",    "vor",    "wann",     "war",     "waren",   "warum",   "was",     "wegen",
    "weil",   "welche", "welchem",  "welchen", "welcher", "welches", "wem",     "wen",
    "wenn",   "wer",    "werde",    "werden",  "wessen",  "wie",     "will",    "wir",
    "wird",   "wo",     "woher",    "wohin",   "wollen",  "wollte",  "wollten", "worden",
    "wurde",  "wurden", "während",  "wäre",    "wären",   "würde",   "würden",  "zu",
    "zum",    "zur",    "zwischen", "über",    NULL};

const char *const pm_stop_italian[] = {
    "a",      "abbia",  "abbiamo", "abbiano", "agli",    "ai",        "al",      "all",
    "alla",   "alle",   "allo",    "altra",   "altre",   "altri",     "altro",   "anch",
    "anche",  "avere",  "avete",   "aveva",   "avevano", "avranno",   "avrebbe", "avrebbero",
    "avrà",   "c",      "che",     "chi",     "ci",      "ciò",       "coi",     "col",
    "com",    "come",   "con",     "cui",     "d",       "da",        "dagli",   "dai",
    "dal",    "dall",   "dalla",   "dalle",   "dallo",   "degli",     "dei",     "del",
    "dell",   "della",  "delle",   "dello",   "di",      "dov",       "dove",    "e",
    "ed",     "era",    "erano",   "essere",  "fra",     "fu",        "furono",  "gli",
    "ha",     "hai",    "hanno",   "ho",      "i",       "il",        "in",      "io",
    "l",      "la",     "le",      "lei",     "lo",      "loro",      "lui",     "m",
    "ma",     "me",     "mentre",  "mi",      "mia",     "mie",       "miei",    "mio",
    "n",      "ne",     "negli",   "nei",     "nel",     "nell",      "nella",   "nelle",
    "nello",  "noi",    "non",     "nostra",  "nostre",  "nostri",    "nostro",  "né",
    "o",      "od",     "ogni",    "oppure",  "per",     "perché",    "però",    "più",
    "poiché", "quale",  "quali",   "quando",  "quanto",  "quegli",    "quei",    "quel",
    "quell",  "quella", "quelle",  "quelli",  "quello",  "quest",     "questa",  "queste",
    "questi", "questo", "s",       "saranno", "sarebbe", "sarebbero", "sarà",    "se",
    "sei",    "si",     "sia",     "siamo",   "siano",   "siete",     "sono",    "su",
    "sua",    "sue",    "sugli",   "sui",     "sul",     "sull",      "sulla",   "sulle",
    "sullo",  "suo",    "suoi",    "sé",      "t",       "te",        "ti",      "tra",
    "tu",     "tua",    "tue",     "tuo",     "tuoi",    "tutt",      "tutta",   "tutte",
    "tutti",  "tutto",  "un",      "una",     "uno",     "v",         "vi",      "voi",
    "vostra", "vostro", "è",       NULL};

const char *const pm_stop_norwegian[] = {
    "at",    "av",     "ble",    "bli",     "blir",    "blitt",   "da",    "de",      "deg",
    "dem",   "den",    "denne",  "dere",    "deres",   "det",     "dette", "din",     "dine",
    "disse", "ditt",   "du",     "eg",      "ei",      "eller",   "en",    "enn",     "er",
    "et",    "etter",  "for",    "fordi",   "fra",     "gjennom", "ha",    "hadde",   "ham",
    "han",   "hans",   "har",    "hatt",    "henne",   "hennes",  "ho",    "hos",     "hun",
    "hva",   "hvem",   "hvilke", "hvilken", "hvilket", "hvis",    "hvor",  "hvordan", "hvorfor",
    "i",     "ikke",   "ikkje",  "innen",   "jeg",     "kan",     "kunne", "man",     "med",
    "meg",   "mellom", "men",    "mens",    "mi",      "min",     "mine",  "mitt",    "mot",
    "må",    "måtte",  "når",    "og",      "om",      "oss",     "over",  "på",      "seg",
    "si",    "sin",    "sine",   "sitt",    "skal",    "skulle",  "som",   "så",      "til",
    "under", "uten",   "var",    "ved",     "vi",      "vil",     "ville", "vår",     "våre",
    "vårt",  "være",   "vært",   NULL};

const char *const pm_stop_portuguese[] = {
    "a",       "algum",   "alguma", "algumas", "alguns",  "ao",       "aos",    "após",
    "aquela",  "aquelas", "aquele", "aqueles", "aquilo",  "as",       "até",    "cada",
    "com",     "como",    "contra", "cuja",    "cujas",   "cujo",     "cujos",  "da",
    "das",     "de",      "dela",   "delas",   "dele",    "deles",    "desde",  "dessa",
    "desse",   "desta",   "deste",  "do",      "dos",     "durante",  "e",      "ela",
    "elas",    "ele",     "eles",   "em",      "embora",  "enquanto", "entre",  "era",
    "eram",    "essa",    "essas",  "esse",    "esses",   "esta",     "estar",  "estas",
    "estava",  "estavam", "este",   "esteja",  "estejam", "estes",    "está",   "estão",
    "eu",      "foi",     "foram",  "haver",   "havia",   "houve",    "há",     "isso",
    "isto",    "lhe",     "lhes",   "mais",    "mas",     "me",       "meu",    "meus",
    "mim",     "minha",   "minhas", "muito",   "na",      "nas",      "nem",    "nenhum",
    "nenhuma", "nessa",   "nesse",  "nesta",   "neste",   "no",       "nos",    "nossa",
    "nossas",  "nosso",   "nossos", "num",     "numa",    "não",      "nós",    "o",
    "onde",    "os",      "ou",     "outra",   "outras",  "outro",    "outros", "para",
    "pela",    "pelas",   "pelo",   "pelos",   "perante", "pois",     "por",    "porque",
    "quais",   "qual",    "quando", "que",     "quem",    "quê",      "se",     "seja",
    "sejam",   "sem",     "sendo",  "ser",     "seria",   "seriam",   "será",   "serão",
    "seu",     "seus",    "si",     "sido",    "sob",     "sobre",    "sua",    "suas",
    "são",     "também",  "te",     "tem",     "tenha",   "tenham",   "ter",    "teria",
    "terá",    "terão",   "teu",    "teve",    "ti",      "tinha",    "tinham", "tiveram",
    "toda",    "todas",   "todo",   "todos",   "tu",      "tua",      "têm",    "um",
    "uma",     "umas",    "uns",    "você",    "vocês",   "vós",      "à",      "às",
    "é",       NULL};

const char *const pm_stop_russian[] = {
    "а",       "без",     "будет",   "будут",   "бы",      "был",     "была",    "были",
    "было",    "быть",    "в",       "вам",     "вами",    "вас",     "ваш",     "ваша",
    "ваше",    "ваши",    "во",      "все",     "вы",      "где",     "да",      "для",
    "до",      "его",     "ее",      "ей",      "ему",     "если",    "есть",    "её",
    "же",      "за",      "зачем",   "и",       "из",      "или",     "им",      "их",
    "к",       "как",     "ко",      "когда",   "кого",    "кому",    "которая", "которого",
    "которое", "которой", "которые", "который", "которым", "которых", "кто",     "куда",
    "ли",      "между",   "меня",    "мне",     "мной",    "мое",     "мои",     "мой",
    "моя",     "моё",     "мы",      "на",      "над",     "нам",     "нами",    "нас",
    "наш",     "наша",    "наше",    "наши",    "не",      "ней",     "нему",    "ни",
    "ним",     "них",     "но",      "о",       "об",      "обо",     "он",      "она",
    "они",     "оно",     "от",      "откуда",  "перед",   "по",      "под",     "после",
    "потому",  "почему",  "поэтому", "при",     "про",     "с",       "свое",    "своего",
    "своей",   "свои",    "своих",   "свой",    "своя",    "своё",    "себе",    "себя",
    "со",      "та",      "так",     "также",   "твой",    "те",      "тебе",    "тебя",
    "тем",     "тех",     "то",      "того",    "тоже",    "той",     "тому",    "тот",
    "ты",      "у",       "хотя",    "чего",    "чем",     "чему",    "через",   "что",
    "чтобы",   "эта",     "эти",     "этим",    "этих",    "это",     "этого",   "этой",
    "этому",   "этот",    "я",       NULL};

const char *const pm_stop_spanish[] = {
    "a",        "al",      "alguna",   "algunas", "alguno",   "algunos",  "algún",    "ante",
    "aquel",    "aquella", "aquellas", "aquello", "aquellos", "aunque",   "bajo",     "cada",
    "como",     "con",     "contra",   "cual",    "cuales",   "cuando",   "cuya",     "cuyas",
    "cuyo",     "cuyos",   "cuál",     "cuáles",  "cuándo",   "cómo",     "de",       "del",
    "desde",    "donde",   "durante",  "dónde",   "e",        "el",       "ella",     "ellas",
    "ello",     "ellos",   "en",       "entre",   "era",      "eran",     "es",       "esa",
    "esas",     "ese",     "eso",      "esos",    "esta",     "estaba",   "estaban",  "estado",
    "estar",    "estas",   "este",     "esto",    "estos",    "está",     "están",    "esté",
    "estén",    "fue",     "fueron",   "ha",      "haber",    "habrá",    "habrán",   "habría",
    "había",    "habían",  "hacia",    "han",     "hasta",    "hay",      "haya",     "hayan",
    "he",       "hubo",    "la",       "las",     "le",       "les",      "lo",       "los",
    "me",       "mi",      "mientras", "mis",     "muy",      "más",      "mí",       "ni",
    "ninguna",  "ninguno", "ningún",   "no",      "nos",      "nosotras", "nosotros", "nuestra",
    "nuestras", "nuestro", "nuestros", "o",       "os",       "otra",     "otras",    "otro",
    "otros",    "para",    "pero",     "por",     "porque",   "pues",     "que",      "quien",
    "quienes",  "quién",   "quiénes",  "qué",     "se",       "sea",      "sean",     "según",
    "ser",      "será",    "serán",    "sería",   "serían",   "si",       "sido",     "siendo",
    "sin",      "sino",    "sobre",    "somos",   "son",      "soy",      "su",       "sus",
    "suya",     "suyo",    "sí",       "también", "te",       "ti",       "toda",     "todas",
    "todo",     "todos",   "tras",     "tu",      "tus",      "tú",       "u",        "un",
    "una",      "unas",    "unos",     "usted",   "ustedes",  "vosotros", "vuestra",  "vuestro",
    "y",        "yo",      "él",       NULL};

const char *const pm_stop_swedish[] = {
    "att",    "av",       "blev", "bli",   "blir",   "blivit", "de",   "dem",  "den",   "denna",
    "deras",  "dessa",    "det",  "detta", "dig",    "din",    "dina", "ditt", "du",    "då",
    "efter",  "eftersom", "ej",   "eller", "en",     "er",     "era",  "ert",  "ett",   "från",
    "för",    "genom",    "ha",   "hade",  "haft",   "han",    "hans", "har",  "henne", "hennes",
    "hon",    "honom",    "hos",  "hur",   "i",      "innan",  "inom", "inte", "jag",   "kan",
    "kunde",  "man",      "med",  "medan", "mellan", "men",    "mig",  "min",  "mina",  "mitt",
    "mot",    "måste",    "ni",   "när",   "och",    "om",     "oss",  "på",   "sig",   "sin",
    "sina",   "sitt",     "ska",  "skall", "skulle", "som",    "så",   "till", "under", "ur",
    "utan",   "vad",      "var",  "vara",  "varför", "varit",  "vem",  "vi",   "vid",   "vilka",
    "vilken", "vilket",   "vill", "ville", "vår",    "våra",   "vårt", "än",   "är",    "åt",
    "över",   NULL};

#define COUNT(words) (sizeof words / sizeof *words - 1)

static const struct list {
    const char *const *words;
    size_t count;
} lists[] = {
    {pm_stop_catalan, COUNT(pm_stop_catalan)},       {pm_stop_danish, COUNT(pm_stop_danish)},
    {pm_stop_dutch, COUNT(pm_stop_dutch)},           {pm_stop_english, COUNT(pm_stop_english)},
    {pm_stop_french, COUNT(pm_stop_french)},         {pm_stop_german, COUNT(pm_stop_german)},
    {pm_stop_italian, COUNT(pm_stop_italian)},       {pm_stop_norwegian, COUNT(pm_stop_norwegian)},
    {pm_stop_portuguese, COUNT(pm_stop_portuguese)}, {pm_stop_russian, COUNT(pm_stop_russian)},
    {pm_stop_spanish, COUNT(pm_stop_spanish)},       {pm_stop_swedish, COUNT(pm_stop_swedish)},
};

/* Orders `word` against an entry of a list: below, at or above 0. */
static int compare(const char *word, size_t len, const char *entry)
{
    size_t entry_len = strlen(entry);
    int order = memcmp(word, entry, len < entry_len ? len : entry_len);
    return order ? order : (len > entry_len) - (len < entry_len);
}

bool pm_stop_words_have(const char *const *list, const char *word, size_t len)
{
    size_t low = 0, high = 0;
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        if (lists[i].words == list)
            high = lists[i].count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = compare(word, len, list[middle]);
        if (!order)
            return true;
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return false;
}
