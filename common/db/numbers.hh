#ifndef PM_DB_NUMBERS_HH
#define PM_DB_NUMBERS_HH

#include "inside.hh"

namespace inside
{

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

} // namespace inside

#endif
