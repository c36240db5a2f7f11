#ifndef PM_DB_WEIGHED_HH
#define PM_DB_WEIGHED_HH

#include "inside.hh"

namespace inside
{

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

} // namespace inside

#endif
