#ifndef PM_DB_CHECKED_HH
#define PM_DB_CHECKED_HH

#include <algorithm>

#include "inside.hh"

namespace inside
{

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

    const pm_db *db;
    const pm_db_terms *terms;
    size_t n;
    pm_db_accept *accept;
    void *arg;
    Xapian::Database shard;
    size_t number = 0; /* of the shard */
    std::vector<Group> groups;
    Xapian::docid current = 0; /* 0 before the first and after the last */
    bool ended = false;

    bool passes(Xapian::docid docid) const
    {
        const pm_db_candidate candidate = {db, number, docid};
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
    Checked(const pm_db *db_, const pm_db_terms *terms_, size_t n_, pm_db_accept *accept_,
            void *arg_)
        : db(db_), terms(terms_), n(n_), accept(accept_), arg(arg_)
    {
    }

    PostingSource *clone() const override
    {
        return new Checked(db, terms, n, accept, arg);
    }

    void init(const Xapian::Database &searched) override
    {
        shard = searched;
        number = number_of(db, shard);
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

} // namespace inside

#endif
