/*
 * The database: searching.
 */
#include <algorithm>
#include <cstdlib>

#include "as_xapian.hh"
#include "inside.hh"

using namespace inside;

namespace
{

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

/* As long as lists of the readers may be open. */
class Working
{
    const pm_db *db;

  public:
    explicit Working(const pm_db *db_) : db(db_)
    {
        for (size_t i = 0; !db->at_work && i < db->glass.size(); i++)
            pm_glass_trim(db->glass[i]);
        db->at_work++;
    }
    ~Working()
    {
        db->at_work--;
    }
    Working(const Working &) = delete;
    Working &operator=(const Working &) = delete;
};

/* BM25's parameters within the bounds that the formula has a meaning in. */
pm_db_bm25 within_bounds(const pm_db_bm25 &p)
{
    return pm_db_bm25{std::max(p.k1, 0.0), std::max(p.k3, 0.0), std::min(std::max(p.b, 0.0), 1.0),
                      p.min_normlen};
}

int run_ours(const pm_db *db, const pm_db_request *request, pm_db_matches *matches, pm_error *err)
{
    Working working(db);
    const pm_scoring scoring = {
        within_bounds(request->bm25),
        db,
        db->glass.data(),
        db->glass.size(),
        static_cast<double>(db->xapian.get_doccount()),
        db->xapian.get_average_length(),
        nullptr,
    };
    return pm_matcher_run(&scoring, request, matches, err);
}

/* Has libxapian's matcher run it. */
void run_xapian(const pm_db *db, const pm_db_request *request, pm_db_matches *matches)
{
    Xapian::Enquire enquire(db->xapian);
    const pm_db_bm25 &p = request->bm25;
    enquire.set_query(xapian_of(db, request->query));
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
    if (found.empty())
        return;
    matches->item = static_cast<pm_db_match *>(calloc(found.size(), sizeof(pm_db_match)));
    if (!matches->item)
        throw std::bad_alloc();
    for (Xapian::MSetIterator at = found.begin(); at != found.end(); ++at)
        matches->item[matches->len++] = pm_db_match{*at, at.get_weight()};
}

} // namespace

int pm_db_search(const pm_db *db, const pm_db_request *request, pm_db_matches *matches,
                 pm_error *err)
{
    *matches = pm_db_matches{};
    if (db->uuid.empty()) /* Xapian knows no Enquire over nothing */
        return 0;
    int rc = guard(err, [&] {
        if (db->glass.empty())
            run_xapian(db, request, matches);
        else
            must([&](pm_error *why) { return run_ours(db, request, matches, why); });
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
