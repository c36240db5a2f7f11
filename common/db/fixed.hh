#ifndef PM_DB_FIXED_HH
#define PM_DB_FIXED_HH

#include <algorithm>

#include "inside.hh"

namespace inside
{

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

} // namespace inside

#endif
