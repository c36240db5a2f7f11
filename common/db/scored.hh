#ifndef PM_DB_SCORED_HH
#define PM_DB_SCORED_HH

#include <algorithm>
#include <cmath>

#include "inside.hh"

namespace inside
{

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
inline bool have_lengths(const pm_db *db)
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
inline Xapian::Query with_lengths(const pm_db *db, const pm_db_bm25 &bm25,
                                  const Xapian::Query &query)
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

} // namespace inside

#endif
