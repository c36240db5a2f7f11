/* The only C++ in the project, so the C headers need not know of it. */
extern "C" {
#include "db.h"
}

#include <xapian.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <memory>
#include <new>
#include <sstream>
#include <string>
#include <vector>

struct pm_db {
    Xapian::Database xapian;
    std::vector<std::string> uuid; /* of each shard */
    std::vector<Xapian::Database> shard;

    /* The lengths of documents, by their number in each shard; empty as long as it does not pay. */
    mutable std::vector<std::vector<Xapian::termcount>> lengths;
    mutable uint64_t searches = 0; /* that lengths would have served */
};

struct pm_db_query {
    Xapian::Query xapian;
};

struct pm_db_candidate {
    const Xapian::Database *shard;
    Xapian::docid docid;
};

struct pm_db_doc {
    Xapian::Document xapian;
};

struct pm_db_writer {
    Xapian::WritableDatabase xapian;
};

namespace
{

int report(pm_error *err, pm_code code, const Xapian::Error &error) noexcept
{
    const char *system = error.get_error_string();
    return pm_fail(err, code, "%s%s%s", error.get_msg().c_str(), system ? ": " : "",
                   system ? system : "");
}

/* What a callback of ours reported, on its way through Xapian. */
struct Reported {
    pm_error error;
};

/* Turns the exception in flight into a pm_error; the one list of what Xapian can throw. */
int report_exception(pm_error *err) noexcept
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

void add(pm_buf *out, const std::string &bytes)
{
    pm_buf_add(out, bytes.data(), bytes.size());
    if (out->failed)
        throw std::bad_alloc();
}

void add_positions(const Xapian::Database &database, Xapian::docid docid, const pm_db_bytes &term,
                   pm_buf *out)
{
    const std::string name(term.data, term.len);
    const Xapian::PositionIterator end = database.positionlist_end(docid, name);
    for (Xapian::PositionIterator at = database.positionlist_begin(docid, name); at != end; ++at) {
        const uint32_t position = *at;
        pm_buf_add(out, &position, sizeof position);
    }
    if (out->failed)
        throw std::bad_alloc();
}

const Xapian::Query::op xapian_op[] = {
    Xapian::Query::OP_AND,    Xapian::Query::OP_OR,      Xapian::Query::OP_AND_NOT,
    Xapian::Query::OP_FILTER, Xapian::Query::OP_SYNONYM, Xapian::Query::OP_PHRASE,
    Xapian::Query::OP_NEAR,
};

/*
 * Which shard it is that a posting source is told of by init().  Xapian makes a clone of the source
 * for each shard; a shard is known by its uuid.
 */
size_t number_of(const pm_db *db, const Xapian::Database &shard)
{
    if (db->uuid.size() == 1)
        return 0;
    const std::string uuid = shard.get_uuid();
    for (size_t i = 0; i < db->uuid.size(); i++)
        if (db->uuid[i] == uuid)
            return i;
    throw Xapian::InternalError("a shard that was not opened");
}

/* The documents of a list in the shard that is being searched. */
class Numbers : public Xapian::PostingSource
{
    const pm_db *db;
    const pm_db_numbers *lists;
    const pm_db_numbers *list = nullptr;
    size_t at = 0;
    bool started = false;

  public:
    Numbers(const pm_db *db_, const pm_db_numbers *lists_) : db(db_), lists(lists_)
    {
    }

    PostingSource *clone() const override
    {
        return new Numbers(db, lists);
    }

    void init(const Xapian::Database &shard) override
    {
        list = &lists[number_of(db, shard)];
        at = 0;
        started = false;
    }

    Xapian::doccount get_termfreq_min() const override
    {
        return static_cast<Xapian::doccount>(list->len);
    }
    Xapian::doccount get_termfreq_est() const override
    {
        return get_termfreq_min();
    }
    Xapian::doccount get_termfreq_max() const override
    {
        return get_termfreq_min();
    }

    void next(double) override
    {
        if (started)
            at++;
        started = true;
    }

    void skip_to(Xapian::docid to, double) override
    {
        started = true;
        at = static_cast<size_t>(std::lower_bound(list->number + at, list->number + list->len, to) -
                                 list->number);
    }

    bool at_end() const override
    {
        return at >= list->len;
    }

    Xapian::docid get_docid() const override
    {
        return list->number[at];
    }
};

/* The documents with one term of each group, as far as a function of ours lets them pass. */
class Checked : public Xapian::PostingSource
{
    /* The documents with any of a group's terms. */
    struct Group {
        std::vector<Xapian::PostingIterator> at;
        Xapian::doccount freq = 0;

        Xapian::docid docid() const /* 0 at the end */
        {
            Xapian::docid first = 0;
            for (const auto &one : at)
                if (one != Xapian::PostingIterator() && (!first || *one < first))
                    first = *one;
            return first;
        }
        Xapian::docid skip_to(Xapian::docid to)
        {
            for (auto &one : at)
                if (one != Xapian::PostingIterator() && *one < to)
                    one.skip_to(to);
            return docid();
        }
    };

    const pm_db_terms *terms;
    size_t n;
    pm_db_accept *accept;
    void *arg;
    Xapian::Database shard;
    std::vector<Group> groups;
    Xapian::docid current = 0; /* 0 before the first and after the last */
    bool ended = false;

    bool passes(Xapian::docid docid) const
    {
        const pm_db_candidate candidate = {&shard, docid};
        Reported reported = {};
        int rc = accept(&candidate, arg, &reported.error);
        if (rc < 0)
            throw reported;
        return rc > 0;
    }

    /* The first document from `docid` on that has a term of each group; 0 if there is none. */
    Xapian::docid meet(Xapian::docid docid)
    {
        for (size_t met = 0; met < groups.size();) {
            Xapian::docid next = groups[met].skip_to(docid);
            if (!next)
                return 0;
            met = next > docid ? 0 : met + 1;
            docid = next;
        }
        return docid;
    }

  public:
    Checked(const pm_db_terms *terms_, size_t n_, pm_db_accept *accept_, void *arg_)
        : terms(terms_), n(n_), accept(accept_), arg(arg_)
    {
    }

    PostingSource *clone() const override
    {
        return new Checked(terms, n, accept, arg);
    }

    void init(const Xapian::Database &db) override
    {
        shard = db;
        groups.assign(n, Group());
        current = 0;
        ended = false;
        for (size_t i = 0; i < n; i++)
            for (size_t j = 0; j < terms[i].len; j++) {
                const std::string term(terms[i].term[j].data, terms[i].term[j].len);
                groups[i].at.push_back(shard.postlist_begin(term));
                groups[i].freq += shard.get_termfreq(term);
            }
    }

    Xapian::doccount get_termfreq_min() const override
    {
        return 0;
    }
    Xapian::doccount get_termfreq_est() const override
    {
        return get_termfreq_max() / 2;
    }
    Xapian::doccount get_termfreq_max() const override
    {
        Xapian::doccount most = shard.get_doccount();
        for (const Group &group : groups)
            most = std::min(most, group.freq);
        return most;
    }

    void next(double min_weight) override
    {
        skip_to(current + 1, min_weight);
    }

    void skip_to(Xapian::docid to, double) override
    {
        current = std::max(current, to);
        while ((current = meet(current)) != 0 && !passes(current))
            current++;
        ended = current == 0;
    }

    bool check(Xapian::docid docid, double) override
    {
        current = docid;
        return meet(docid) == docid && passes(docid);
    }

    bool at_end() const override
    {
        return ended;
    }

    Xapian::docid get_docid() const override
    {
        return current;
    }
};

/*
 * The documents with any of some terms, scored by the groups these are in.  (A
 * FixedWeightPostingSource beside the terms would say it; libxapian 1.4.22 loses hits of that in
 * an OR over several shards.)
 */
class Fixed : public Xapian::PostingSource
{
  public:
    struct Group {
        std::vector<std::string> terms;
        double score;
    };

  private:
    struct Posting {
        Xapian::PostingIterator at;
        size_t group;
    };

    std::vector<Group> groups;
    std::vector<Posting> postings; /* that have not ended */
    Xapian::docid current = 0;
    Xapian::doccount most = 0;

    void find()
    {
        current = 0;
        for (size_t i = 0; i < postings.size();) {
            if (postings[i].at == Xapian::PostingIterator()) {
                postings[i] = postings.back();
                postings.pop_back();
                continue;
            }
            const Xapian::docid docid = *postings[i].at;
            if (!current || docid < current)
                current = docid;
            i++;
        }
    }

  public:
    explicit Fixed(const std::vector<Group> &groups_) : groups(groups_)
    {
    }

    PostingSource *clone() const override
    {
        return new Fixed(groups);
    }

    void init(const Xapian::Database &shard) override
    {
        double all = 0;
        postings.clear();
        current = most = 0;
        for (size_t i = 0; i < groups.size(); i++) {
            all += groups[i].score;
            for (const std::string &term : groups[i].terms) {
                most += shard.get_termfreq(term);
                const Xapian::PostingIterator first = shard.postlist_begin(term);
                if (first != Xapian::PostingIterator())
                    postings.push_back({first, i});
            }
        }
        most = std::min(most, shard.get_doccount());
        set_maxweight(all);
    }

    Xapian::doccount get_termfreq_min() const override
    {
        return 0;
    }
    Xapian::doccount get_termfreq_est() const override
    {
        return most;
    }
    Xapian::doccount get_termfreq_max() const override
    {
        return most;
    }

    double get_weight() const override
    {
        double weight = 0;
        for (size_t i = 0; i < groups.size(); i++)
            for (const Posting &posting : postings)
                if (posting.group == i && *posting.at == current) {
                    weight += groups[i].score;
                    break;
                }
        return weight;
    }

    void next(double min_weight) override
    {
        skip_to(current + 1, min_weight);
    }

    void skip_to(Xapian::docid to, double) override
    {
        for (Posting &posting : postings)
            if (*posting.at < to)
                posting.at.skip_to(to);
        find();
    }

    bool at_end() const override
    {
        return postings.empty();
    }

    Xapian::docid get_docid() const override
    {
        return current;
    }
};

/* The documents with a value, scored by a function of ours of it. */
class Weighed : public Xapian::ValuePostingSource
{
    double most;
    pm_db_weigh *weigh;
    const void *arg;

  public:
    Weighed(Xapian::valueno slot_, double most_, pm_db_weigh *weigh_, const void *arg_)
        : Xapian::ValuePostingSource(slot_), most(most_), weigh(weigh_), arg(arg_)
    {
    }

    PostingSource *clone() const override
    {
        return new Weighed(get_slot(), most, weigh, arg);
    }

    void init(const Xapian::Database &shard) override
    {
        Xapian::ValuePostingSource::init(shard);
        set_maxweight(most);
    }

    double get_weight() const override
    {
        const std::string value = get_value();
        return weigh(value.data(), value.size(), arg);
    }
};

/*
 * The documents with a term, scored by BM25 as Xapian::BM25Weight does, to the last bit (Robertson
 * and Walker, Okapi at TREC-7, 1998).  Xapian's own list of a term looks for the length of each
 * document in a list that it reads from the start of a block, which costs more than everything
 * else.
 */
class Scored : public Xapian::PostingSource
{
    const pm_db *db;
    const pm_db_bm25 &bm25;
    const std::string term;
    double weight = 0, inverse_length = 0; /* all but the document's part; 1 / the average */
    double shortest = 0;                   /* document */
    Xapian::PostingIterator at;
    const std::vector<Xapian::termcount> *lengths = nullptr;
    Xapian::doccount documents = 0;
    bool started = false;

    Scored(const Scored &other) /* to begin anew with another shard */
        : Xapian::PostingSource(), db(other.db), bm25(other.bm25), term(other.term),
          weight(other.weight), inverse_length(other.inverse_length), shortest(other.shortest)
    {
    }

    /* A score may be above the bound by what both were rounded. */
    static constexpr double ROUNDED = 1 + 1e-14;

    double score(double wdf, double length) const
    {
        const double normal = std::max(length * inverse_length, bm25.min_normlen);
        const double denominator = bm25.k1 * (normal * bm25.b + (1 - bm25.b)) + wdf;
        return weight * (wdf / denominator);
    }

  public:
    Scored(const pm_db *db_, const pm_db_bm25 &bm25_, const std::string &term_, double wqf)
        : db(db_), bm25(bm25_), term(term_)
    {
        const double all = db->xapian.get_doccount(), with = db->xapian.get_termfreq(term);
        double odds = (all - with + 0.5) / (with + 0.5);
        if (odds < 2) /* words of most documents still count */
            odds = odds * 0.5 + 1;
        weight = std::log(odds);
        if (bm25.k3 != 0)
            weight *= (bm25.k3 + 1) * wqf / (bm25.k3 + wqf);
        weight *= bm25.k1 + 1;
        inverse_length = 1 / db->xapian.get_average_length();
        shortest = db->xapian.get_doclength_lower_bound();
    }

    PostingSource *clone() const override
    {
        return new Scored(*this);
    }

    void init(const Xapian::Database &shard) override
    {
        lengths = &db->lengths[number_of(db, shard)];
        at = shard.postlist_begin(term);
        documents = shard.get_termfreq(term);
        started = false;
        if (at_end())
            return;
        /* Xapian's bound, so that it passes over what it always passes over and counts the same. */
        const Xapian::termcount first = at.get_wdf();
        const double wdf = std::max(first, shard.get_collection_freq(term) - first);
        set_maxweight(score(wdf, std::max(wdf, shortest)) * ROUNDED);
    }

    Xapian::doccount get_termfreq_min() const override
    {
        return documents;
    }
    Xapian::doccount get_termfreq_est() const override
    {
        return documents;
    }
    Xapian::doccount get_termfreq_max() const override
    {
        return documents;
    }

    double get_weight() const override
    {
        const Xapian::docid docid = *at;
        if (docid >= lengths->size())
            throw Xapian::DatabaseCorruptError("a document of a term that is none");
        return score(at.get_wdf(), (*lengths)[docid]);
    }

    void next(double) override
    {
        if (started)
            ++at;
        started = true;
    }

    void skip_to(Xapian::docid to, double) override
    {
        started = true;
        if (!at_end())
            at.skip_to(to);
    }

    bool at_end() const override
    {
        return at == Xapian::PostingIterator();
    }

    Xapian::docid get_docid() const override
    {
        return *at;
    }
};

/* The documents whose lengths are read in the time of a search. */
const uint64_t LENGTHS_A_SEARCH = 20000;

/*
 * True once the lengths of all documents are at hand.  They are read as soon as the searches so far
 * took as long as that does, so that it pays; who asks once does not wait for it.
 */
bool have_lengths(const pm_db *db)
{
    const size_t shards = db->shard.size();
    if (db->lengths.size() == shards)
        return true;
    if (db->searches++ * LENGTHS_A_SEARCH < db->xapian.get_doccount() + 1)
        return false;
    std::vector<std::vector<Xapian::termcount>> lengths(shards);
    for (size_t i = 0; i < shards; i++) {
        const Xapian::docid last = db->shard[i].get_lastdocid();
        if (last / 2 > db->shard[i].get_doccount())
            return false; /* none of our segments has such gaps */
        lengths[i].resize(last + size_t(1));
        const Xapian::PostingIterator end = db->shard[i].postlist_end("");
        for (Xapian::PostingIterator at = db->shard[i].postlist_begin(""); at != end; ++at)
            lengths[i].at(*at) = at.get_doclength();
    }
    db->lengths.swap(lengths);
    return true;
}

/*
 * The same query, but for its terms that score by themselves: those become Scored.  Terms below
 * others are left alone: they make the score together, or none, or Xapian looks at their positions.
 */
Xapian::Query with_lengths(const pm_db *db, const pm_db_bm25 &bm25, const Xapian::Query &query)
{
    std::vector<Xapian::Query> parts;
    size_t scoring; /* of the parts, from the first on */
    switch (query.get_type()) {
    case Xapian::Query::LEAF_TERM: {
        const std::string term = *query.get_terms_begin();
        if (!db->xapian.term_exists(term))
            return query;
        return Xapian::Query((new Scored(db, bm25, term, query.get_length()))->release());
    }
    case Xapian::Query::OP_OR:
    case Xapian::Query::OP_AND:
        scoring = query.get_num_subqueries();
        break;
    case Xapian::Query::OP_AND_NOT:
    case Xapian::Query::OP_FILTER:
        scoring = 1;
        break;
    default:
        return query;
    }
    for (size_t i = 0; i < query.get_num_subqueries(); i++) {
        const Xapian::Query part = query.get_subquery(i);
        parts.push_back(i < scoring ? with_lengths(db, bm25, part) : part);
    }
    return Xapian::Query(query.get_type(), parts.begin(), parts.end());
}

/* Tells a function of ours of every match. */
class Spy : public Xapian::MatchSpy
{
    const pm_db_request &request;
    std::vector<std::string> values;
    std::vector<pm_db_bytes> bytes;

  public:
    explicit Spy(const pm_db_request &request_)
        : request(request_), values(request_.spy_slots), bytes(request_.spy_slots)
    {
    }

    void operator()(const Xapian::Document &doc, double) override
    {
        for (size_t i = 0; i < values.size(); i++) {
            values[i] = doc.get_value(request.spy_slot[i]);
            bytes[i] = pm_db_bytes{values[i].data(), values[i].size()};
        }
        Reported reported = {};
        if (request.spy(bytes.data(), request.spy_arg, &reported.error) < 0)
            throw reported;
    }
};

/*
 * Compaction that lets a function of ours merge what several databases have under a key.  A
 * failure is kept until Xapian is done, which would lose memory over an exception.
 */
class Merger : public Xapian::Compactor
{
    pm_db_merge *merge;

  public:
    Reported reported = {};

    explicit Merger(pm_db_merge *merge_) : merge(merge_)
    {
    }

    std::string resolve_duplicate_metadata(const std::string &key, size_t n,
                                           const std::string tags[]) override
    {
        if (!merge || reported.error.code != PM_OK)
            return tags[0];
        std::vector<pm_db_bytes> values;
        for (size_t i = 0; i < n; i++)
            values.push_back(pm_db_bytes{tags[i].data(), tags[i].size()});
        /* Xapian 1.4 gives the key as glass stores it, behind two bytes. */
        const size_t prefix = key.compare(0, 2, "\0\xc0", 2) == 0 ? 2 : 0;
        pm_buf out = PM_BUF_INIT;
        int rc = merge(key.c_str() + prefix, values.data(), n, &out, &reported.error);
        if (!rc && out.failed)
            rc = pm_fail_nomem(&reported.error);
        std::string merged = rc ? std::string() : std::string(pm_buf_str(&out), out.len);
        pm_buf_release(&out);
        return merged;
    }
};

} // namespace

/* ---- reading ---- */

pm_db *pm_db_open(const char *const *paths, size_t n, pm_error *err)
{
    return guard_new(err, [&] {
        std::unique_ptr<pm_db> all(new pm_db{});
        for (size_t i = 0; i < n; i++) {
            Xapian::Database shard(paths[i], Xapian::DB_BACKEND_GLASS);
            all->uuid.push_back(shard.get_uuid());
            all->shard.push_back(shard);
            all->xapian.add_database(shard);
        }
        return all.release();
    });
}

void pm_db_close(pm_db *db)
{
    guard(nullptr, [&] { delete db; });
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
    return guard(err, [&] { *freq = db->xapian.get_termfreq(std::string(term, len)); });
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
        for (; last == 0 && at != db->xapian.allterms_end(start); ++at) {
            const std::string term = *at;
            last = each(term.data(), term.size(), at.get_termfreq(), arg);
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
    return guard(err, [&] {
        add(out, db->xapian.get_document(docid, Xapian::DOC_ASSUME_VALID).get_data());
    });
}

int pm_db_found_value(const pm_db *db, uint32_t docid, uint32_t slot, pm_buf *out, pm_error *err)
{
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
    return guard(err, [&] { add_positions(db->xapian, docid, *term, out); });
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

/* ---- queries ---- */

pm_db_query *pm_db_query_term(const char *term, size_t len, uint32_t wqf, pm_error *err)
{
    return guard_new(err,
                     [&] { return new pm_db_query{Xapian::Query(std::string(term, len), wqf)}; });
}

pm_db_query *pm_db_query_all(pm_error *err)
{
    /* Not Query::MatchAll, whose reference count is shared by all threads. */
    return guard_new(err, [&] { return new pm_db_query{Xapian::Query(std::string())}; });
}

pm_db_query *pm_db_query_join(pm_db_op op, pm_db_query *const *parts, size_t n, uint32_t window,
                              pm_error *err)
{
    return guard_new(err, [&] {
        std::vector<Xapian::Query> all;
        for (size_t i = 0; i < n; i++)
            all.push_back(parts[i]->xapian);
        return new pm_db_query{Xapian::Query(xapian_op[op], all.begin(), all.end(), window)};
    });
}

pm_db_query *pm_db_query_scale(const pm_db_query *query, double factor, pm_error *err)
{
    return guard_new(err, [&] { return new pm_db_query{query->xapian * factor}; });
}

pm_db_query *pm_db_query_range(uint32_t slot, const char *low, const char *high, pm_error *err)
{
    return guard_new(err, [&] {
        return high ? new pm_db_query{Xapian::Query(Xapian::Query::OP_VALUE_RANGE, slot, low, high)}
                    : new pm_db_query{Xapian::Query(Xapian::Query::OP_VALUE_GE, slot, low)};
    });
}

pm_db_query *pm_db_query_numbers(const pm_db *db, const pm_db_numbers *list, pm_error *err)
{
    return guard_new(
        err, [&] { return new pm_db_query{Xapian::Query((new Numbers(db, list))->release())}; });
}

pm_db_query *pm_db_query_fixed(const pm_db_terms *group, const double *score, size_t n,
                               pm_error *err)
{
    return guard_new(err, [&] {
        std::vector<Fixed::Group> groups(n);
        for (size_t i = 0; i < n; i++) {
            groups[i].score = score[i];
            for (size_t j = 0; j < group[i].len; j++)
                groups[i].terms.emplace_back(group[i].term[j].data, group[i].term[j].len);
        }
        Xapian::PostingSource *source = new Fixed(groups);
        return new pm_db_query{Xapian::Query(source->release())};
    });
}

pm_db_query *pm_db_query_weighed(uint32_t slot, double most, pm_db_weigh *weigh, const void *arg,
                                 pm_error *err)
{
    return guard_new(err, [&] {
        return new pm_db_query{Xapian::Query((new Weighed(slot, most, weigh, arg))->release())};
    });
}

pm_db_query *pm_db_query_checked(const pm_db_terms *group, size_t n, pm_db_accept *accept,
                                 void *arg, pm_error *err)
{
    return guard_new(err, [&] {
        return new pm_db_query{Xapian::Query((new Checked(group, n, accept, arg))->release())};
    });
}

int pm_db_candidate_positions(const pm_db_candidate *candidate, const pm_db_bytes *term,
                              pm_buf *out, pm_error *err)
{
    return guard(err, [&] { add_positions(*candidate->shard, candidate->docid, *term, out); });
}

int pm_db_candidate_data(const pm_db_candidate *candidate, pm_buf *out, pm_error *err)
{
    return guard(err, [&] {
        const Xapian::Database &shard = *candidate->shard;
        add(out, shard.get_document(candidate->docid, Xapian::DOC_ASSUME_VALID).get_data());
    });
}

void pm_db_query_free(pm_db_query *query)
{
    guard(nullptr, [&] { delete query; });
}

/* ---- searching ---- */

int pm_db_search(const pm_db *db, const pm_db_request *request, pm_db_matches *matches,
                 pm_error *err)
{
    *matches = pm_db_matches{};
    if (db->uuid.empty()) /* Xapian knows no Enquire over nothing */
        return 0;
    int rc = guard(err, [&] {
        Xapian::Enquire enquire(db->xapian);
        const pm_db_bm25 &p = request->bm25;
        const bool own = !request->sort_len && p.k1 > 0 && p.b > 0 && p.b <= 1 && p.k3 >= 0;
        enquire.set_query(own && have_lengths(db) ? with_lengths(db, p, request->query->xapian)
                                                  : request->query->xapian);
        Xapian::MultiValueKeyMaker key;
        if (request->sort_len) {
            for (size_t i = 0; i < request->sort_len; i++) {
                /* Ascending keys put the empty value first; this default goes last. */
                if (request->sort[i].descending)
                    key.add_value(request->sort[i].slot, true);
                else
                    key.add_value(request->sort[i].slot, false, "\xff\xff");
            }
            enquire.set_weighting_scheme(Xapian::BoolWeight());
            enquire.set_sort_by_key(&key, false);
        } else {
            enquire.set_weighting_scheme(Xapian::BM25Weight(p.k1, 0, p.k3, p.b, p.min_normlen));
        }
        Spy spy(*request);
        if (request->spy)
            enquire.add_matchspy(&spy);
        Xapian::MSet found = enquire.get_mset(0, request->limit, request->check_at_least);
        matches->lower = found.get_matches_lower_bound();
        matches->estimated = found.get_matches_estimated();
        matches->upper = found.get_matches_upper_bound();
        matches->max_possible = found.get_max_possible();
        if (found.empty())
            return;
        matches->item = static_cast<pm_db_match *>(calloc(found.size(), sizeof(pm_db_match)));
        if (!matches->item)
            throw std::bad_alloc();
        for (Xapian::MSetIterator at = found.begin(); at != found.end(); ++at)
            matches->item[matches->len++] = pm_db_match{*at, at.get_weight()};
    });
    if (rc)
        pm_db_matches_release(matches);
    return rc;
}

void pm_db_matches_release(pm_db_matches *matches)
{
    free(matches->item);
    *matches = pm_db_matches{};
}

/* ---- writing ---- */

pm_db_doc *pm_db_doc_new(pm_error *err)
{
    return guard_new(err, [&] { return new pm_db_doc{Xapian::Document()}; });
}

void pm_db_doc_free(pm_db_doc *doc)
{
    guard(nullptr, [&] { delete doc; });
}

int pm_db_doc_clear(pm_db_doc *doc, pm_error *err)
{
    return guard(err, [&] { doc->xapian = Xapian::Document(); });
}

int pm_db_doc_add_term(pm_db_doc *doc, const char *term, size_t len, uint32_t position,
                       uint32_t wdf, pm_error *err)
{
    return guard(err, [&] {
        if (position)
            doc->xapian.add_posting(std::string(term, len), position, wdf);
        else
            doc->xapian.add_term(std::string(term, len), wdf);
    });
}

int pm_db_doc_set_value(pm_db_doc *doc, uint32_t slot, const char *value, size_t len, pm_error *err)
{
    return guard(err, [&] { doc->xapian.add_value(slot, std::string(value, len)); });
}

int pm_db_doc_set_data(pm_db_doc *doc, const char *data, size_t len, pm_error *err)
{
    return guard(err, [&] { doc->xapian.set_data(std::string(data, len)); });
}

pm_db_writer *pm_db_writer_open(const char *path, bool existing, pm_error *err)
{
    pm_db_writer *opened = nullptr;
    guard_write(err, [&] {
        const int action = existing ? Xapian::DB_OPEN : Xapian::DB_CREATE;
        const int flags = action | Xapian::DB_NO_SYNC | Xapian::DB_BACKEND_GLASS;
        std::unique_ptr<pm_db_writer> writer(
            new pm_db_writer{Xapian::WritableDatabase(path, flags)});
        /* Within a transaction nothing is committed behind the caller's back. */
        writer->xapian.begin_transaction(false);
        opened = writer.release();
    });
    return opened;
}

int pm_db_writer_add(pm_db_writer *writer, const pm_db_doc *doc, uint32_t *docid, pm_error *err)
{
    return guard_write(err, [&] { *docid = writer->xapian.add_document(doc->xapian); });
}

int pm_db_writer_copy(pm_db_writer *writer, const pm_db *from, uint32_t docid, pm_error *err)
{
    return guard_write(err, [&] { writer->xapian.add_document(from->xapian.get_document(docid)); });
}

int pm_db_writer_delete(pm_db_writer *writer, uint32_t docid, pm_error *err)
{
    return guard_write(err, [&] { writer->xapian.delete_document(docid); });
}

int pm_db_writer_set_metadata(pm_db_writer *writer, const char *key, const char *value, size_t len,
                              pm_error *err)
{
    return guard_write(err, [&] { writer->xapian.set_metadata(key, std::string(value, len)); });
}

int pm_db_writer_commit(pm_db_writer *writer, pm_error *err)
{
    return guard_write(err, [&] {
        writer->xapian.commit_transaction();
        writer->xapian.commit();
        writer->xapian.begin_transaction(false);
    });
}

void pm_db_writer_close(pm_db_writer *writer)
{
    if (!writer)
        return;
    guard(nullptr, [&] { writer->xapian.cancel_transaction(); });
    guard(nullptr, [&] { delete writer; });
}

int pm_db_compact(const char *const *from, size_t n, const char *to, pm_db_merge *merge,
                  pm_error *err)
{
    return guard_write(err, [&] {
        Xapian::Database all;
        for (size_t i = 0; i < n; i++)
            all.add_database(Xapian::Database(from[i], Xapian::DB_BACKEND_GLASS));
        Merger merger(merge);
        all.compact(to, 0, 0, merger);
        if (merger.reported.error.code != PM_OK)
            throw merger.reported;
    });
}

int pm_db_check(const char *path, pm_buf *report, pm_error *err)
{
    size_t errors = 0;
    int rc = guard(err, [&] {
        std::ostringstream out;
        errors = Xapian::Database::check(path, 0, &out);
        add(report, out.str());
    });
    return rc ? rc : static_cast<int>(errors);
}

void pm_db_on_end(void (*give_up)(void))
{
    std::set_terminate(give_up);
}

const char *pm_db_version(void)
{
    return Xapian::version_string();
}
