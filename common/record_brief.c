#include "record_brief.h"

#include <stdbool.h>
#include <string.h>

/* What is left of a text of JSON.  It is ours, without white space: of another it makes nothing. */
struct rest {
    const char *at, *end;
};

static bool take(struct rest *rest, char c)
{
    if (rest->at == rest->end || *rest->at != c)
        return false;
    rest->at++;
    return true;
}

static bool pass_string(struct rest *rest)
{
    if (!take(rest, '"'))
        return false;
    for (; rest->at < rest->end && *rest->at != '"'; rest->at++)
        if (*rest->at == '\\' && ++rest->at == rest->end)
            return false;
    return take(rest, '"');
}

/* Passes a value, of any depth. */
static bool pass_value(struct rest *rest)
{
    size_t depth = 0;
    const char *start = rest->at;
    while (rest->at < rest->end) {
        char c = *rest->at;
        if (c == '"') {
            if (!pass_string(rest))
                return false;
            continue;
        }
        if (!depth && (c == ',' || c == ']' || c == '}'))
            break;
        depth += c == '[' || c == '{';
        depth -= c == ']' || c == '}';
        rest->at++;
    }
    return !depth && rest->at > start;
}

/* Passes the key of a member, and tells whether it is one of `names`, which NULL ends. */
static bool pass_key(struct rest *rest, const char *const *names, bool *known)
{
    const char *key = rest->at + 1;
    if (!pass_string(rest))
        return false;
    size_t len = (size_t)(rest->at - 1 - key);
    for (*known = false; *names; names++)
        *known |= strlen(*names) == len && !memcmp(key, *names, len);
    return take(rest, ':');
}

/* Adds an entity with what is kept of it. */
static bool add_entity(struct rest *rest, struct pm_buf *out)
{
    static const char *const kept[] = {"type", "name", "salience", NULL};
    char before = '{';
    if (!take(rest, '{'))
        return false;
    do {
        bool keep;
        const char *member = rest->at;
        if (!pass_key(rest, kept, &keep) || !pass_value(rest))
            return false;
        if (!keep)
            continue;
        pm_buf_addc(out, before);
        pm_buf_add(out, member, (size_t)(rest->at - member));
        before = ',';
    } while (take(rest, ','));
    if (before == '{')
        pm_buf_addc(out, before);
    pm_buf_addc(out, '}');
    return take(rest, '}');
}

static bool add_entities(struct rest *rest, size_t wanted, struct pm_buf *out)
{
    pm_buf_addc(out, '[');
    if (!take(rest, '['))
        return false;
    for (size_t added = 0; added < wanted; added++) {
        if (added)
            pm_buf_addc(out, ',');
        if (!add_entity(rest, out))
            return false;
        if (added + 1 < wanted && !take(rest, ','))
            break;
    }
    if (!wanted && !pass_value(rest))
        return false;
    while (take(rest, ','))
        if (!pass_value(rest))
            return false;
    pm_buf_addc(out, ']');
    return take(rest, ']');
}

bool pm_record_brief(const char *line, size_t len, size_t wanted, struct pm_buf *out)
{
    static const char *const names[] = {"entities", NULL};
    struct rest rest = {line, line + len};
    if (!take(&rest, '{'))
        return false;
    do {
        bool entities;
        if (!pass_key(&rest, names, &entities))
            return false;
        if (entities) {
            pm_buf_add(out, line, (size_t)(rest.at - line));
            if (!add_entities(&rest, wanted, out))
                return false;
            pm_buf_add(out, rest.at, (size_t)(rest.end - rest.at));
            return true;
        }
        if (!pass_value(&rest))
            return false;
    } while (take(&rest, ','));
    return false;
}
