/*
 * Inside: what the files that are the database share.
 *
 * The only C++ in the project is in this folder, so the C headers need not know of it.  All here is
 * inline: what the library exports begins with pm_.
 */
#ifndef PM_DB_INSIDE_HH
#define PM_DB_INSIDE_HH

extern "C" {
#include "db.h"
#include "glass_reader.h"
#include "matcher.h"
}

#include <xapian.h>

#include <exception>
#include <new>
#include <string>
#include <vector>

struct pm_db {
    Xapian::Database xapian;
    std::vector<std::string> uuid; /* of each shard */
    std::vector<Xapian::Database> shard;

    std::vector<pm_glass *> glass; /* each shard's own reader; none if one of them cannot have it */
    mutable unsigned at_work = 0;  /* searches that hold lists of the readers */
    std::vector<pm_position_lists *> positions; /* of each shard */

    pm_db() = default;
    pm_db(const pm_db &) = delete;
    pm_db &operator=(const pm_db &) = delete;
    ~pm_db()
    {
        drop_readers();
        for (pm_position_lists *one : positions)
            pm_position_lists_close(one);
    }
    void drop_readers()
    {
        for (pm_glass *one : glass)
            pm_glass_close(one);
        glass.clear();
    }

    /* The reader of the shard that has the document, whose number there is *number; or NULL. */
    pm_glass *reader_of(uint32_t docid, uint32_t *number) const
    {
        if (glass.empty())
            return nullptr;
        pm_glass *one = glass[pm_db_shard(this, docid, number)];
        if (!at_work)
            pm_glass_trim(one);
        return one;
    }
};

namespace inside
{

inline int report(pm_error *err, pm_code code, const Xapian::Error &error) noexcept
{
    const char *system = error.get_error_string();
    return pm_fail(err, code, "%s%s%s", error.get_msg().c_str(), system ? ": " : "",
                   system ? system : "");
}

/* What a callback of ours reported, on its way through Xapian. */
struct Reported {
    pm_error error;
};

/* Lets what a function in C reports through as an exception: what it returned, if not -1. */
template <typename Call> int must(Call call)
{
    Reported reported = {};
    const int rc = call(&reported.error);
    if (rc < 0)
        throw reported;
    return rc;
}

/* Turns the exception in flight into a pm_error; the one list of what Xapian can throw. */
inline int report_exception(pm_error *err) noexcept
{
    try {
        throw;
    } catch (const Xapian::DatabaseModifiedError &error) {
        return report(err, PM_ERR_BUSY, error);
    } catch (const Xapian::DatabaseLockError &error) {
        return report(err, PM_ERR_BUSY, error);
    } catch (const Xapian::DatabaseVersionError &error) {
        return report(err, PM_ERR_VERSION, error);
    } catch (const Xapian::DatabaseCorruptError &error) {
        return report(err, PM_ERR_CORRUPT, error);
    } catch (const Xapian::DatabaseOpeningError &error) {
        return report(err, PM_ERR_NOT_FOUND, error);
    } catch (const Xapian::DocNotFoundError &error) {
        return report(err, PM_ERR_CORRUPT, error);
    } catch (const Xapian::DatabaseError &error) {
        return report(err, PM_ERR_IO, error);
    } catch (const Xapian::NetworkError &error) {
        return report(err, PM_ERR_IO, error);
    } catch (const Xapian::Error &error) {
        return report(err, PM_ERR_INTERNAL, error);
    } catch (const Reported &reported) {
        return pm_fail(err, reported.error.code, "%s", reported.error.message);
    } catch (const std::bad_alloc &) {
        return pm_fail_nomem(err);
    } catch (const std::exception &error) {
        return pm_fail(err, PM_ERR_INTERNAL, "%s", error.what());
    } catch (...) {
        return pm_fail(err, PM_ERR_INTERNAL, "unknown C++ exception");
    }
}

/* Runs `body` and lets no exception out: 0, or -1 with `err` set. */
template <typename Body> int guard(pm_error *err, Body body) noexcept
{
    try {
        body();
        return 0;
    } catch (...) {
        return report_exception(err);
    }
}

/*
 * The same where a database is written: that a file cannot be opened or locked is then no
 * matter of somebody else's having it, but of the disk.
 */
template <typename Body> int guard_write(pm_error *err, Body body) noexcept
{
    pm_error why = {};
    if (guard(&why, body) == 0)
        return 0;
    bool disk = why.code == PM_ERR_NOT_FOUND || why.code == PM_ERR_BUSY;
    return pm_fail(err, disk ? PM_ERR_IO : why.code, "%s", why.message);
}

/* The same for a `body` that makes a new object: the object, or NULL with `err` set. */
template <typename Body> auto guard_new(pm_error *err, Body body) noexcept -> decltype(body())
{
    try {
        return body();
    } catch (...) {
        report_exception(err);
        return nullptr;
    }
}

inline void add(pm_buf *out, const std::string &bytes)
{
    pm_buf_add(out, bytes.data(), bytes.size());
    if (out->failed)
        throw std::bad_alloc();
}

/* The number of documents with a term, over all shards. */
inline Xapian::doccount term_freq(const pm_db *db, const std::string &term)
{
    if (db->glass.empty())
        return db->xapian.get_termfreq(term);
    Xapian::doccount sum = 0;
    for (pm_glass *one : db->glass) {
        uint32_t freq;
        must([&](pm_error *err) {
            return pm_glass_term_freq(one, term.data(), term.size(), &freq, err);
        });
        sum += freq;
    }
    return sum;
}

/*
 * Which shard it is that a posting source is told of by init().  Xapian makes a clone of the source
 * for each shard; a shard is known by its uuid.
 */
inline size_t number_of(const pm_db *db, const Xapian::Database &shard)
{
    if (db->uuid.size() == 1)
        return 0;
    const std::string uuid = shard.get_uuid();
    for (size_t i = 0; i < db->uuid.size(); i++)
        if (db->uuid[i] == uuid)
            return i;
    throw Xapian::InternalError("a shard that was not opened");
}

} // namespace inside

#endif
