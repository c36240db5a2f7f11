/*
 * Queries as libxapian takes them, for databases that our own matcher cannot read.
 */
#ifndef PM_DB_AS_XAPIAN_HH
#define PM_DB_AS_XAPIAN_HH

#include "checked.hh"
#include "fixed.hh"
#include "inside.hh"
#include "numbers.hh"
#include "phrase.hh"
#include "weighed.hh"

namespace inside
{

static const Xapian::Query::op xapian_op[] = {
    Xapian::Query::OP_AND,    Xapian::Query::OP_OR,  Xapian::Query::OP_AND_NOT,
    Xapian::Query::OP_FILTER, Xapian::Query::OP_AND, /* of a PHRASE what scores */
};

inline Xapian::Query xapian_of(const pm_db *db, const pm_db_query *query);

inline Xapian::Query join(const pm_db *db, const pm_db_query *query)
{
    std::vector<Xapian::Query> all;
    for (size_t i = 0; i < query->children; i++)
        all.push_back(xapian_of(db, query->child[i]));
    const Xapian::Query joined(xapian_op[query->op], all.begin(), all.end());
    if (query->op != PM_DB_PHRASE)
        return joined;
    return Xapian::Query(Xapian::Query::OP_FILTER, joined,
                         Xapian::Query((new Phrase(db, query))->release()));
}

inline Xapian::Query fixed(const pm_db_query *query)
{
    std::vector<Fixed::Group> groups(query->groups);
    for (size_t i = 0; i < query->groups; i++) {
        groups[i].score = query->score[i];
        for (size_t j = 0; j < query->group[i].len; j++)
            groups[i].terms.emplace_back(query->group[i].term[j].data, query->group[i].term[j].len);
    }
    Xapian::PostingSource *source = new Fixed(groups);
    return Xapian::Query(source->release());
}

inline Xapian::Query xapian_of(const pm_db *db, const pm_db_query *query)
{
    switch (query->kind) {
    case PM_QUERY_TERM:
        return Xapian::Query(std::string(query->term, query->term_len), query->wqf);
    case PM_QUERY_ALL:
        /* Not Query::MatchAll, whose reference count is shared by all threads. */
        return Xapian::Query(std::string());
    case PM_QUERY_JOIN:
        return join(db, query);
    case PM_QUERY_SCALE:
        return xapian_of(db, query->child[0]) * query->factor;
    case PM_QUERY_RANGE:
        return query->high ? Xapian::Query(Xapian::Query::OP_VALUE_RANGE, query->slot, query->low,
                                           query->high)
                           : Xapian::Query(Xapian::Query::OP_VALUE_GE, query->slot, query->low);
    case PM_QUERY_NUMBERS:
        return Xapian::Query((new Numbers(db, query->numbers))->release());
    case PM_QUERY_CHECKED:
        return Xapian::Query(
            (new Checked(db, query->group, query->groups, query->accept, query->arg))->release());
    case PM_QUERY_FIXED:
        return fixed(query);
    case PM_QUERY_WEIGHED:
        return Xapian::Query(
            (new Weighed(query->slot, query->most, query->weigh, query->arg))->release());
    }
    throw Xapian::InternalError("a query of no kind");
}

} // namespace inside

#endif
