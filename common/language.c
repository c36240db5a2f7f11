#include "language.h"

#include <string.h>

#include "stop_words.h"

/* Sorted by code.  Names are in small letters, as Snowball writes its own. */
static const struct pm_language languages[] = {
    {"af", "afrikaans", false, false, NULL},
    {"am", "amharic", false, false, NULL},
    {"ar", "arabic", true, false, NULL},
    {"az", "azerbaijani", false, false, NULL},
    {"be", "belarusian", false, false, NULL},
    {"bg", "bulgarian", false, false, NULL},
    {"bn", "bengali", false, false, NULL},
    {"bo", "tibetan", false, false, NULL},
    {"bs", "bosnian", false, false, NULL},
    {"ca", "catalan", true, true, pm_stop_catalan},
    {"cs", "czech", false, false, NULL},
    {"cy", "welsh", false, false, NULL},
    {"da", "danish", true, false, pm_stop_danish},
    {"de", "german", true, false, pm_stop_german},
    {"el", "greek", true, false, NULL},
    {"en", "english", true, false, pm_stop_english},
    {"es", "spanish", true, false, pm_stop_spanish},
    {"et", "estonian", false, false, NULL},
    {"eu", "basque", true, false, NULL},
    {"fa", "persian", false, false, NULL},
    {"fi", "finnish", true, false, NULL},
    {"fr", "french", true, true, pm_stop_french},
    {"ga", "irish", true, false, NULL},
    {"gl", "galician", false, false, NULL},
    {"gu", "gujarati", false, false, NULL},
    {"ha", "hausa", false, false, NULL},
    {"he", "hebrew", false, false, NULL},
    {"hi", "hindi", true, false, NULL},
    {"hr", "croatian", false, false, NULL},
    {"hu", "hungarian", true, false, NULL},
    {"hy", "armenian", true, false, NULL},
    {"id", "indonesian", true, false, NULL},
    {"ig", "igbo", false, false, NULL},
    {"is", "icelandic", false, false, NULL},
    {"it", "italian", true, true, pm_stop_italian},
    {"ja", "japanese", false, false, NULL},
    {"ka", "georgian", false, false, NULL},
    {"kk", "kazakh", false, false, NULL},
    {"km", "khmer", false, false, NULL},
    {"kn", "kannada", false, false, NULL},
    {"ko", "korean", false, false, NULL},
    {"ku", "kurdish", false, false, NULL},
    {"ky", "kyrgyz", false, false, NULL},
    {"lb", "luxembourgish", false, false, NULL},
    {"lo", "lao", false, false, NULL},
    {"lt", "lithuanian", true, false, NULL},
    {"lv", "latvian", false, false, NULL},
    {"mg", "malagasy", false, false, NULL},
    {"mk", "macedonian", false, false, NULL},
    {"ml", "malayalam", false, false, NULL},
    {"mn", "mongolian", false, false, NULL},
    {"mr", "marathi", false, false, NULL},
    {"ms", "malay", false, false, NULL},
    {"mt", "maltese", false, false, NULL},
    {"my", "burmese", false, false, NULL},
    {"ne", "nepali", true, false, NULL},
    {"nl", "dutch", true, false, pm_stop_dutch},
    {"no", "norwegian", true, false, pm_stop_norwegian},
    {"or", "odia", false, false, NULL},
    {"pa", "punjabi", false, false, NULL},
    {"pl", "polish", false, false, NULL},
    {"ps", "pashto", false, false, NULL},
    {"pt", "portuguese", true, false, pm_stop_portuguese},
    {"ro", "romanian", true, false, NULL},
    {"ru", "russian", true, false, pm_stop_russian},
    {"rw", "kinyarwanda", false, false, NULL},
    {"sd", "sindhi", false, false, NULL},
    {"si", "sinhala", false, false, NULL},
    {"sk", "slovak", false, false, NULL},
    {"sl", "slovenian", false, false, NULL},
    {"so", "somali", false, false, NULL},
    {"sq", "albanian", false, false, NULL},
    {"sr", "serbian", true, false, NULL},
    {"sv", "swedish", true, false, pm_stop_swedish},
    {"sw", "swahili", false, false, NULL},
    {"ta", "tamil", true, false, NULL},
    {"te", "telugu", false, false, NULL},
    {"tg", "tajik", false, false, NULL},
    {"th", "thai", false, false, NULL},
    {"ti", "tigrinya", false, false, NULL},
    {"tk", "turkmen", false, false, NULL},
    {"tl", "tagalog", false, false, NULL},
    {"tr", "turkish", true, false, NULL},
    {"ug", "uyghur", false, false, NULL},
    {"uk", "ukrainian", false, false, NULL},
    {"ur", "urdu", false, false, NULL},
    {"uz", "uzbek", false, false, NULL},
    {"vi", "vietnamese", false, false, NULL},
    {"xh", "xhosa", false, false, NULL},
    {"yi", "yiddish", true, false, NULL},
    {"yo", "yoruba", false, false, NULL},
    {"zh", "chinese", false, false, NULL},
    {"zu", "zulu", false, false, NULL},
};

/* Other names of a language: the codes of its written forms, withdrawn codes, other names. */
static const struct alias {
    const char *name, *code;
} aliases[] = {
    {"nb", "no"},       {"nn", "no"},      {"iw", "he"},      {"in", "id"},        {"ji", "yi"},
    {"mo", "ro"},       {"fil", "tl"},     {"bangla", "bn"},  {"castilian", "es"}, {"farsi", "fa"},
    {"filipino", "tl"}, {"flemish", "nl"}, {"myanmar", "my"}, {"slovene", "sl"},
};

/* Not tolower(): the locale has no say in what a language is called. */
static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool is_name(const char *name, const char *text, size_t len)
{
    size_t i = 0;
    while (i < len && name[i] && name[i] == lower(text[i]))
        i++;
    return i == len && !name[i];
}

/* The language whose code is exactly that: each hit of a search asks for it. */
static const struct pm_language *find_code(const char *text)
{
    size_t low = 0, high = sizeof languages / sizeof *languages;
    while (low < high) {
        size_t middle = (low + high) / 2;
        int order = strcmp(languages[middle].code, text);
        if (!order)
            return &languages[middle];
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

const struct pm_language *pm_language_find(const char *text)
{
    const struct pm_language *language = find_code(text);
    if (language)
        return language;
    size_t len = strcspn(text, "-_"); /* a region or a script follows */
    for (size_t i = 0; i < sizeof aliases / sizeof *aliases; i++)
        if (is_name(aliases[i].name, text, len)) {
            text = aliases[i].code;
            len = strlen(text);
            break;
        }
    for (size_t i = 0; i < sizeof languages / sizeof *languages; i++)
        if (is_name(languages[i].code, text, len) ||
            (!text[len] && is_name(languages[i].name, text, len)))
            return &languages[i];
    return NULL;
}

bool pm_language_stop(const struct pm_language *language, const char *word, size_t len)
{
    return language->stop_words && pm_stop_words_have(language->stop_words, word, len);
}

bool pm_language_keeps_starts(const struct pm_language *language)
{
    /* Irish and Indonesian have prefixes; Finnish, Serbian and Turkish stems change early letters;
       Snowball 3 takes `ge-` off Dutch words, and writes German `ae` as one letter. */
    static const char *const others[] = {"de", "fi", "ga", "id", "nl", "sr", "tr"};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (!strcmp(others[i], language->code))
            return false;
    return true;
}
