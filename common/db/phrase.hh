/*
 * Phrases for libxapian, which cannot read our positions.
 */
#ifndef PM_DB_PHRASE_HH
#define PM_DB_PHRASE_HH

#include "checked.hh"

extern "C" {
#include "phrase.h"
}

namespace inside
{

/* The terms of a phrase as Checked has them, each a group of its own. */
struct PhraseTerms {
    std::vector<pm_db_bytes> term;
    std::vector<pm_db_terms> group;

    explicit PhraseTerms(const pm_db_query *phrase)
    {
        for (size_t i = 0; i < phrase->children; i++)
            term.push_back(pm_db_bytes{phrase->child[i]->term, phrase->child[i]->term_len});
        for (const pm_db_bytes &one : term)
            group.push_back(pm_db_terms{&one, 1});
    }
};

/* The documents where the terms of a phrase stand as it wants them. */
class Phrase : private PhraseTerms, public Checked
{
    const pm_db *searched;
    const pm_db_query *phrase;

    static int stands(const pm_db_candidate *candidate, void *phrase, pm_error *err)
    {
        pm_phrase_room room = {};
        int rc = pm_phrase_stands(static_cast<const pm_db_query *>(phrase), candidate, &room, err);
        pm_phrase_room_release(&room);
        return rc;
    }

  public:
    Phrase(const pm_db *db_, const pm_db_query *phrase_)
        : PhraseTerms(phrase_),
          Checked(db_, group.data(), group.size(), stands, const_cast<pm_db_query *>(phrase_)),
          searched(db_), phrase(phrase_)
    {
    }

    PostingSource *clone() const override
    {
        return new Phrase(searched, phrase);
    }
};

} // namespace inside

#endif
