#include "charset.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unicode/ucnv.h>
#include <unicode/ucnv_cb.h>
#include <unicode/ucsdet.h>
#include <unicode/utf8.h>

#include "utf8.h"

#define PIVOT       4096        /* UTF-16 units between two converters */
#define DETECT_LOOK (64 * 1024) /* bytes that ICU is asked about */
#define SURE        10          /* of 100: less is a guess in the dark */
#define FALLBACK    "windows-1252"

struct recoder {
    UConverter *from, *to;
    UChar pivot[PIVOT];
    UChar *source, *target; /* in `pivot` */
    bool begun;
};

bool charset_exists(const char *name)
{
    UErrorCode status = U_ZERO_ERROR;
    UConverter *converter = ucnv_open(name, &status);
    ucnv_close(converter);
    return U_SUCCESS(status) && *name;
}

const char *charset_marked(const char *bytes, size_t len, size_t *mark)
{
    static const struct {
        const char *mark;
        size_t len;
        const char *name;
    } marks[] = {
        {"\xEF\xBB\xBF", 3, "UTF-8"},    {"\xFF\xFE\0\0", 4, "UTF-32LE"},
        {"\0\0\xFE\xFF", 4, "UTF-32BE"}, {"\xFF\xFE", 2, "UTF-16LE"},
        {"\xFE\xFF", 2, "UTF-16BE"},
    };
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (len >= marks[i].len && !memcmp(bytes, marks[i].mark, marks[i].len)) {
            *mark = marks[i].len;
            return marks[i].name;
        }
    *mark = 0;
    return NULL;
}

/* ---- a stream ---- */

/* ICU's own callback makes U+001A of some of what is no character. */
static void replace(const void *context, UConverterToUnicodeArgs *args, const char *units,
                    int32_t len, UConverterCallbackReason reason, UErrorCode *status)
{
    static const UChar replacement = 0xFFFD;
    (void)context, (void)units, (void)len;
    if (reason > UCNV_IRREGULAR) /* it is only told that the converter starts or ends */
        return;
    *status = U_ZERO_ERROR;
    ucnv_cbToUWriteUChars(args, &replacement, 1, 0, status);
}

struct recoder *recode_new(const char *charset, struct pm_error *err)
{
    UErrorCode status = U_ZERO_ERROR;
    struct recoder *recoder = calloc(1, sizeof *recoder);
    if (!recoder) {
        pm_fail_nomem(err);
        return NULL;
    }
    recoder->from = ucnv_open(charset, &status);
    recoder->to = ucnv_open("UTF-8", &status);
    ucnv_setToUCallBack(recoder->from, replace, NULL, NULL, NULL, &status);
    recoder->source = recoder->target = recoder->pivot;
    if (U_SUCCESS(status))
        return recoder;
    if (status == U_MEMORY_ALLOCATION_ERROR)
        pm_fail_nomem(err);
    else
        pm_fail(err, PM_ERR_USAGE, "unknown character set '%s'", charset);
    recode_free(recoder);
    return NULL;
}

void recode_free(struct recoder *recoder)
{
    if (!recoder)
        return;
    ucnv_close(recoder->from);
    ucnv_close(recoder->to);
    free(recoder);
}

int recode_run(struct recoder *recoder, const char *bytes, size_t len, bool last,
               struct pm_buf *out, struct pm_error *err)
{
    const char *at = bytes, *end = bytes + len;
    UErrorCode status = U_BUFFER_OVERFLOW_ERROR;
    while (status == U_BUFFER_OVERFLOW_ERROR) {
        size_t room = (size_t)(end - at) * 2 + 64;
        char *to = pm_buf_reserve(out, room);
        if (!to)
            return pm_fail_nomem(err);
        char *target = to;
        status = U_ZERO_ERROR;
        ucnv_convertEx(recoder->to, recoder->from, &target, to + room, &at, end, recoder->pivot,
                       &recoder->source, &recoder->target, recoder->pivot + PIVOT, !recoder->begun,
                       last, &status);
        recoder->begun = true;
        out->len += (size_t)(target - to);
    }
    pm_buf_add(out, "", 0);
    if (U_FAILURE(status))
        return pm_fail(err, PM_ERR_INTERNAL, "cannot recode: %s", u_errorName(status));
    return 0;
}

/* ---- a text ---- */

/* Plain ASCII, which all sets but those with escapes (ISO 2022) have in common. */
static bool is_ascii(const char *text, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if (((unsigned char)text[i] & 0x80) || text[i] == 0x1B)
            return false;
    return true;
}

/*
 * True if it is UTF-8 with a little damage: its sequences of several bytes do not come about by
 * chance.
 */
static bool is_mostly_utf8(const char *text, size_t len)
{
    size_t good = 0, bad = 0, i = 0;
    while (i < len) {
        UChar32 c;
        U8_NEXT(text, i, len, c);
        good += c >= 0x80;
        bad += c < 0;
    }
    return good > 2 * bad;
}

static int add_recoded(const char *charset, const char *text, size_t len, struct pm_buf *out,
                       struct pm_error *err)
{
    struct recoder *recoder = recode_new(charset, err);
    int rc = recoder ? recode_run(recoder, text, len, true, out, err) : -1;
    recode_free(recoder);
    return rc;
}

/* True in *known if there is a set of that name, and in *single if its characters are bytes. */
static int look_up(const char *charset, bool *known, bool *single, struct pm_error *err)
{
    UErrorCode status = U_ZERO_ERROR;
    errno = 0; /* without memory for its list of names, ICU says that there is no such file */
    UConverter *converter = *charset ? ucnv_open(charset, &status) : NULL;
    *known = converter && U_SUCCESS(status);
    *single = *known && ucnv_getMaxCharSize(converter) == 1;
    ucnv_close(converter);
    return errno == ENOMEM || status == U_MEMORY_ALLOCATION_ERROR ? pm_fail_nomem(err) : 0;
}

/*
 * Pages that declare ISO 8859-1 or ASCII mean Windows' set, which has letters and quotation marks
 * where those have controls: so all browsers take it (WHATWG's Encoding Standard).
 */
static const char *as_browsers_do(const char *charset)
{
    static const char *const latin[] = {"ISO-8859-1", "US-ASCII"};
    UErrorCode status = U_ZERO_ERROR;
    const char *name = ucnv_getStandardName(charset, "MIME", &status);
    for (size_t i = 0; name && i < sizeof latin / sizeof *latin; i++)
        if (!strcmp(name, latin[i]))
            return FALLBACK;
    return charset;
}

/*
 * Half of what ICU takes for Romanian is French or English with a few accents; it is Romanian if
 * it has that language's own letters, s and t with a cedilla.
 */
static bool is_romanian(const char *text, size_t len)
{
    return memchr(text, 0xBA, len) || memchr(text, 0xFE, len);
}

/* What ICU takes the text for: a name that lives as long as the detector. */
static const char *detect(UCharsetDetector *detector, const char *text, size_t len)
{
    UErrorCode status = U_ZERO_ERROR;
    int32_t matches = 0;
    len = len < DETECT_LOOK ? len : DETECT_LOOK;
    ucsdet_setText(detector, text, (int32_t)len, &status);
    const UCharsetMatch **match = ucsdet_detectAll(detector, &matches, &status);
    for (int32_t i = 0; U_SUCCESS(status) && i < matches; i++) {
        const char *name = ucsdet_getName(match[i], &status);
        const char *language = ucsdet_getLanguage(match[i], &status);
        int32_t sure = ucsdet_getConfidence(match[i], &status);
        /* UTF-8 it is not, or not all of it; some that ICU knows it cannot convert. */
        if (U_SUCCESS(status) && sure >= SURE && strncmp(name, "UTF-", 4) != 0 &&
            (strcmp(language, "ro") != 0 || is_romanian(text, len)) && charset_exists(name))
            return name;
    }
    return FALLBACK;
}

static int add_detected(const char *text, size_t len, struct pm_buf *out, struct pm_error *err)
{
    UErrorCode status = U_ZERO_ERROR;
    UCharsetDetector *detector = ucsdet_open(&status);
    if (U_FAILURE(status))
        return pm_fail_nomem(err);
    /* What ICU looks at should have some of the bytes that decide. */
    size_t from = 0;
    while (from < len && !((unsigned char)text[from] & 0x80))
        from++;
    from = from > DETECT_LOOK / 2 ? from - DETECT_LOOK / 2 : 0;
    int rc =
        add_recoded(as_browsers_do(detect(detector, text + from, len - from)), text, len, out, err);
    ucsdet_close(detector);
    return rc;
}

int charset_to_utf8(const char *text, size_t len, const char *declared, struct pm_buf *out,
                    struct pm_error *err)
{
    size_t mark;
    const char *marked = charset_marked(text, len, &mark);
    bool valid = pm_utf8_valid(text, len);
    if (marked && strcmp(marked, "UTF-8"))
        return add_recoded(marked, text + mark, len - mark, out, err);
    bool utf8 = valid || is_mostly_utf8(text, len), known = false, single = false;
    if (declared && look_up(declared, &known, &single, err))
        return -1;
    if (marked || !known || !strcasecmp(declared, "utf-8") || is_ascii(text, len) ||
        (utf8 && single))
        declared = NULL;
    if (declared)
        return add_recoded(as_browsers_do(declared), text, len, out, err);
    if (!utf8)
        return add_detected(text, len, out, err);
    if (!valid) {
        pm_utf8_clean(out, text + mark, len - mark);
        return out->failed ? pm_fail_nomem(err) : 0;
    }
    pm_buf_add(out, text + mark, len - mark);
    return out->failed ? pm_fail_nomem(err) : 0;
}

int charset_mend(char **text, size_t *len, struct pm_buf *out, struct pm_error *err)
{
    if (pm_utf8_valid(*text, *len))
        return 0;
    pm_buf_clear(out);
    if (charset_to_utf8(*text, *len, NULL, out, err))
        return -1;
    if (out->len)
        *text = out->data;
    *len = out->len;
    return 0;
}
