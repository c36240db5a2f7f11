/*
 * The database: reading.
 */
#include <memory>

#include "inside.hh"

using namespace inside;

/* Documents of a term from which on it takes longer to read over its chunks than to seek behind. */
#define SEEK_FROM 20000

/* All shards have a reader of their own, or none. */
static void open_readers(pm_db *db, const char *const *paths, size_t n)
{
    db->glass.reserve(n);
    for (size_t i = 0; i < n; i++) {
        pm_glass *one;
        if (!must([&](pm_error *err) { return pm_glass_open(paths[i], &one, err); })) {
            db->drop_readers();
            return;
        }
        db->glass.push_back(one);
    }
}

pm_db *pm_db_open(const char *const *paths, size_t n, pm_error *err)
{
    return guard_new(err, [&] {
        std::unique_ptr<pm_db> all(new pm_db{});
        for (size_t i = 0; i < n; i++) {
            Xapian::Database shard(paths[i], Xapian::DB_BACKEND_GLASS);
            all->uuid.push_back(shard.get_uuid());
            all->shard.push_back(shard);
            all->xapian.add_database(shard);
            all->positions.push_back(nullptr);
            must([&](pm_error *why) {
                all->positions.back() = pm_position_lists_open(paths[i], why);
                return all->positions.back() ? 0 : -1;
            });
        }
        open_readers(all.get(), paths, n);
        return all.release();
    });
}

void pm_db_close(pm_db *db)
{
    guard(nullptr, [&] { delete db; });
}

void pm_db_use_libxapian(pm_db *db)
{
    db->drop_readers();
}

int pm_db_get_stats(const pm_db *db, pm_db_stats *stats, pm_error *err)
{
    return guard(err, [&] {
        stats->documents = db->xapian.get_doccount();
        stats->last_docid = stats->documents ? db->xapian.get_lastdocid() : 0;
        stats->average_length = db->xapian.get_average_length();
        stats->total_length = db->xapian.get_total_length();
    });
}

int pm_db_term_freq(const pm_db *db, const char *term, size_t len, uint32_t *freq, pm_error *err)
{
    return guard(err, [&] { *freq = term_freq(db, std::string(term, len)); });
}

int pm_db_each_document(const pm_db *db, const char *term, size_t len,
                        int (*each)(uint32_t, void *), void *arg, pm_error *err)
{
    int last = 0;
    int rc = guard(err, [&] {
        const std::string name(term, len);
        Xapian::PostingIterator at = db->xapian.postlist_begin(name);
        for (; last == 0 && at != db->xapian.postlist_end(name); ++at)
            last = each(*at, arg);
    });
    return rc ? rc : last;
}

size_t pm_db_shards(const pm_db *db)
{
    return db->uuid.size();
}

uint32_t pm_db_docid(const pm_db *db, size_t shard, uint32_t number)
{
    return static_cast<uint32_t>((number - 1) * db->uuid.size() + shard + 1);
}

size_t pm_db_shard(const pm_db *db, uint32_t docid, uint32_t *number)
{
    *number = static_cast<uint32_t>((docid - 1) / db->uuid.size() + 1);
    return (docid - 1) % db->uuid.size();
}

int pm_db_each_term(const pm_db *db, const char *prefix, size_t prefix_len,
                    int (*each)(const char *, size_t, uint32_t, void *), void *arg, pm_error *err)
{
    int last = 0;
    int rc = guard(err, [&] {
        const std::string start(prefix, prefix_len);
        Xapian::TermIterator at = db->xapian.allterms_begin(start);
        while (last == 0 && at != db->xapian.allterms_end(start)) {
            const std::string term = *at;
            const uint32_t freq = at.get_termfreq();
            last = each(term.data(), term.size(), freq, arg);
            if (freq < SEEK_FROM)
                ++at;
            else
                at.skip_to(term + '\0');
        }
    });
    return rc ? rc : last;
}

int pm_db_value(const pm_db *db, uint32_t docid, uint32_t slot, pm_buf *out, pm_error *err)
{
    return guard(err, [&] { add(out, db->xapian.get_document(docid).get_value(slot)); });
}

int pm_db_data(const pm_db *db, uint32_t docid, pm_buf *out, pm_error *err)
{
    return guard(err, [&] { add(out, db->xapian.get_document(docid).get_data()); });
}

int pm_db_found_data(const pm_db *db, uint32_t docid, pm_buf *out, pm_error *err)
{
    uint32_t number;
    if (pm_glass *own = db->reader_of(docid, &number))
        return pm_glass_data(own, number, out, err);
    return guard(err, [&] {
        add(out, db->xapian.get_document(docid, Xapian::DOC_ASSUME_VALID).get_data());
    });
}

int pm_db_found_value(const pm_db *db, uint32_t docid, uint32_t slot, pm_buf *out, pm_error *err)
{
    uint32_t number;
    if (pm_glass *own = db->reader_of(docid, &number))
        return pm_glass_value(own, number, slot, out, err);
    return guard(err, [&] {
        add(out, db->xapian.get_document(docid, Xapian::DOC_ASSUME_VALID).get_value(slot));
    });
}

int pm_db_each_value(const pm_db *db, uint32_t slot,
                     int (*each)(uint32_t, const char *, size_t, void *), void *arg, pm_error *err)
{
    int last = 0;
    int rc = guard(err, [&] {
        Xapian::ValueIterator at = db->xapian.valuestream_begin(slot);
        for (; last == 0 && at != db->xapian.valuestream_end(slot); ++at) {
            const std::string value = *at;
            last = each(at.get_docid(), value.data(), value.size(), arg);
        }
    });
    return rc ? rc : last;
}

int pm_db_positions(const pm_db *db, uint32_t docid, const pm_db_bytes *term, pm_buf *out,
                    pm_error *err)
{
    uint32_t number;
    pm_position_lists *lists = db->positions[pm_db_shard(db, docid, &number)];
    return pm_position_lists_find(lists, number, term->data, term->len, out, err);
}

int pm_db_value_bounds(const pm_db *db, uint32_t slot, pm_buf *low, pm_buf *high, pm_error *err)
{
    return guard(err, [&] {
        add(low, db->xapian.get_value_lower_bound(slot));
        add(high, db->xapian.get_value_upper_bound(slot));
    });
}

int pm_db_metadata(const pm_db *db, size_t shard, const char *key, pm_buf *out, pm_error *err)
{
    return guard(err, [&] { add(out, db->shard[shard].get_metadata(key)); });
}

int pm_db_candidate_positions(const pm_db_candidate *candidate, const pm_db_bytes *term,
                              pm_buf *out, pm_error *err)
{
    return pm_position_lists_find(candidate->db->positions[candidate->shard], candidate->docid,
                                  term->data, term->len, out, err);
}

int pm_db_candidate_data(const pm_db_candidate *candidate, pm_buf *out, pm_error *err)
{
    const pm_db *db = candidate->db;
    if (!db->glass.empty())
        return pm_glass_data(db->glass[candidate->shard], candidate->docid, out, err);
    return guard(err, [&] {
        const Xapian::Database &shard = db->shard[candidate->shard];
        add(out, shard.get_document(candidate->docid, Xapian::DOC_ASSUME_VALID).get_data());
    });
}
