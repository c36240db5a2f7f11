/*
 * The database: queries.
 */
#include "checked.hh"
#include "fixed.hh"
#include "inside.hh"
#include "numbers.hh"
#include "weighed.hh"

using namespace inside;

static const Xapian::Query::op xapian_op[] = {
    Xapian::Query::OP_AND,    Xapian::Query::OP_OR,      Xapian::Query::OP_AND_NOT,
    Xapian::Query::OP_FILTER, Xapian::Query::OP_SYNONYM, Xapian::Query::OP_PHRASE,
    Xapian::Query::OP_NEAR,
};

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
