/*
 * Compares two databases in all that can be seen of them.
 *
 *   same A B               says what differs first
 *   same --positions A B   the same, with the positions that A has in Xapian's table and B in ours
 *   same --change A B      changes both in the same way
 */
extern "C" {
#include "glass_reader.h"
}

#include <xapian.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <vector>

namespace
{

size_t compared;
pm_position_lists *ours; /* or NULL */

template <typename T> void same(const T &a, const T &b, const char *what, const std::string &where)
{
    compared++;
    if (a == b)
        return;
    std::printf("%s differs: %s\n", what, where.c_str());
    std::exit(1);
}

/* The positions that libxapian has of a term in a document, and ours. */
void same_positions(const Xapian::PostingIterator &at, const std::string &term)
{
    std::vector<uint32_t> all;
    for (auto i = at.positionlist_begin(); i != at.positionlist_end(); ++i)
        all.push_back(*i);
    pm_buf found = PM_BUF_INIT;
    pm_error err{};
    if (pm_position_lists_find(ours, *at, term.data(), term.size(), &found, &err))
        std::printf("%s\n", err.message);
    same(all.size() * sizeof(uint32_t), found.len, "the number of positions", term);
    same(all.empty() ? 0 : std::memcmp(all.data(), found.data, found.len), 0, "a position", term);
    pm_buf_release(&found);
}

void same_postings(const Xapian::Database &a, const Xapian::Database &b, const std::string &term)
{
    auto i = a.postlist_begin(term), j = b.postlist_begin(term);
    for (; i != a.postlist_end(term) && j != b.postlist_end(term); ++i, ++j) {
        same(*i, *j, "a document", term);
        same(i.get_wdf(), j.get_wdf(), "a wdf", term);
        same(i.get_doclength(), j.get_doclength(), "a length", term);
        if (!term.empty() && ours)
            same_positions(i, term);
    }
    same(i == a.postlist_end(term), j == b.postlist_end(term), "the number of postings", term);
    /* Skipping, by ever longer ways; of some terms, since this takes long. */
    if (!term.empty() && compared % 16)
        return;
    for (Xapian::docid to = 1, step = 1; to && to <= a.get_lastdocid();
         to += step, step = step * 3 / 2 + 1) {
        auto k = a.postlist_begin(term), l = b.postlist_begin(term);
        k.skip_to(to);
        l.skip_to(to);
        same(k == a.postlist_end(term), l == b.postlist_end(term), "what is skipped to", term);
        if (k != a.postlist_end(term))
            same(*k, *l, "what is skipped to", term);
        if (step > 0x20000000)
            break;
    }
}

void same_terms(const Xapian::Database &a, const Xapian::Database &b)
{
    auto i = a.allterms_begin(), j = b.allterms_begin();
    for (; i != a.allterms_end() && j != b.allterms_end(); ++i, ++j) {
        same(*i, *j, "a term", *i);
        same(i.get_termfreq(), j.get_termfreq(), "a termfreq", *i);
        same(a.get_collection_freq(*i), b.get_collection_freq(*i), "a collection freq", *i);
        same(a.get_wdf_upper_bound(*i), b.get_wdf_upper_bound(*i), "a bound of wdf", *i);
        same_postings(a, b, *i);
    }
    same(i == a.allterms_end(), j == b.allterms_end(), "the number of terms", "");
    same_postings(a, b, "");
}

void same_document(const Xapian::Database &a, const Xapian::Database &b, Xapian::docid docid)
{
    const std::string where = "document " + std::to_string(docid);
    same(a.get_doclength(docid), b.get_doclength(docid), "the length", where);
    same(a.get_unique_terms(docid), b.get_unique_terms(docid), "the number of terms", where);
    const Xapian::Document of_a = a.get_document(docid), of_b = b.get_document(docid);
    same(of_a.get_data(), of_b.get_data(), "the data", where);
    same(of_a.termlist_count(), of_b.termlist_count(), "the number of terms", where);
    auto i = a.termlist_begin(docid), j = b.termlist_begin(docid);
    for (; i != a.termlist_end(docid) && j != b.termlist_end(docid); ++i, ++j) {
        same(*i, *j, "a term", where);
        same(i.get_wdf(), j.get_wdf(), "a wdf", where);
        same(i.get_termfreq(), j.get_termfreq(), "a termfreq", where);
    }
    same(i == a.termlist_end(docid), j == b.termlist_end(docid), "the number of terms", where);
    auto v = of_a.values_begin(), w = of_b.values_begin();
    for (; v != of_a.values_end() && w != of_b.values_end(); ++v, ++w) {
        same(v.get_valueno(), w.get_valueno(), "a slot", where);
        same(*v, *w, "a value", where);
    }
    same(v == of_a.values_end(), w == of_b.values_end(), "the number of values", where);
}

void same_values(const Xapian::Database &a, const Xapian::Database &b)
{
    for (const Xapian::valueno slot :
         {0u, 1u, 2u, 3u, 127u, 128u, 129u, 255u, 256u, 257u, 16383u, 16384u, 0xfffffffeu}) {
        const std::string where = "slot " + std::to_string(slot);
        same(a.get_value_freq(slot), b.get_value_freq(slot), "the number of values", where);
        same(a.get_value_lower_bound(slot), b.get_value_lower_bound(slot), "the least value",
             where);
        same(a.get_value_upper_bound(slot), b.get_value_upper_bound(slot), "the last value", where);
        auto i = a.valuestream_begin(slot), j = b.valuestream_begin(slot);
        for (; i != a.valuestream_end(slot) && j != b.valuestream_end(slot); ++i, ++j) {
            same(i.get_docid(), j.get_docid(), "a document", where);
            same(*i, *j, "a value", where);
        }
        same(i == a.valuestream_end(slot), j == b.valuestream_end(slot), "the end", where);
    }
}

/* Queries of a few terms of the lists, with their weights to the last bit. */
void same_answers(const Xapian::Database &a, const Xapian::Database &b)
{
    Xapian::Query query;
    size_t n = 0;
    for (auto i = a.allterms_begin(); i != a.allterms_end() && n < 2000; ++i, n++) {
        if (n % 7 == 0)
            query = Xapian::Query(Xapian::Query::OP_OR, query, Xapian::Query(*i));
        if (n % 97 != 96 && n > 30)
            continue;
        Xapian::Enquire of_a(a), of_b(b);
        of_a.set_query(query);
        of_b.set_query(query);
        const Xapian::MSet found_a = of_a.get_mset(0, 20), found_b = of_b.get_mset(0, 20);
        same(found_a.size(), found_b.size(), "the number of hits", *i);
        for (Xapian::doccount hit = 0; hit < found_a.size(); hit++) {
            same(*found_a[hit], *found_b[hit], "a hit", *i);
            same(found_a[hit].get_weight(), found_b[hit].get_weight(), "a weight", *i);
        }
        query = Xapian::Query(*i);
    }
}

void compare(const char *path_a, const char *path_b)
{
    const Xapian::Database a(path_a), b(path_b);
    same(a.get_doccount(), b.get_doccount(), "the number of documents", "");
    same(a.get_lastdocid(), b.get_lastdocid(), "the last document", "");
    same(a.get_total_length(), b.get_total_length(), "the total length", "");
    same(a.get_doclength_lower_bound(), b.get_doclength_lower_bound(), "the least length", "");
    same(a.get_doclength_upper_bound(), b.get_doclength_upper_bound(), "the last length", "");
    if (ours)
        same(b.has_positions(), false, "that there are positions of Xapian's", "");
    auto i = a.metadata_keys_begin(), j = b.metadata_keys_begin();
    for (; i != a.metadata_keys_end() && j != b.metadata_keys_end(); ++i, ++j) {
        same(*i, *j, "a key of metadata", *i);
        same(a.get_metadata(*i), b.get_metadata(*i), "metadata", *i);
    }
    same(i == a.metadata_keys_end(), j == b.metadata_keys_end(), "the metadata", "");
    same_terms(a, b);
    for (auto docid = a.postlist_begin(""); docid != a.postlist_end(""); ++docid)
        same_document(a, b, *docid);
    same_values(a, b);
    same_answers(a, b);
}

/* Deletes, replaces and adds, as a user of the database might. */
void change(const char *path)
{
    Xapian::WritableDatabase db(path, Xapian::DB_OPEN | Xapian::DB_NO_SYNC);
    size_t n = 0;
    const Xapian::docid last = db.get_lastdocid();
    Xapian::Document added;
    for (unsigned i = 0; i < 3000; i++)
        added.add_posting("added" + std::to_string(i % 500), i + 1);
    added.add_value(1, "added");
    added.set_data(std::string(3000, 'd'));
    Xapian::docid docid = 0;
    for (unsigned turn = 0; turn < 3; turn++) {
        for (n = 0, docid = 0;; n++) {
            auto i = db.postlist_begin("");
            i.skip_to(docid + 1);
            if (i == db.postlist_end(""))
                break;
            docid = *i;
            if (n % 5 == turn) {
                db.delete_document(docid);
            } else if (n % 11 == turn) {
                Xapian::Document document = db.get_document(docid);
                document.add_posting("changed", 7);
                document.add_value(0, "");
                db.replace_document(docid, document);
            }
        }
        db.add_document(added);
        if (last > 3 && last < 0xf0000000)
            db.replace_document(last + 10 + turn, added);
        db.set_metadata("changed", "yes");
        db.commit();
    }
}

} // namespace

int main(int argc, char **argv)
{
    try {
        if (argc == 4 && !std::strcmp(argv[1], "--change")) {
            change(argv[2]);
            change(argv[3]);
        } else if (argc == 4 && !std::strcmp(argv[1], "--positions")) {
            pm_error err{};
            ours = pm_position_lists_open(argv[3], &err);
            if (!ours)
                return 2;
            compare(argv[2], argv[3]);
            pm_position_lists_close(ours);
            std::printf("%zu compared\n", compared);
        } else if (argc == 3) {
            compare(argv[1], argv[2]);
            std::printf("%zu compared\n", compared);
        } else {
            return 2;
        }
        return 0;
    } catch (const Xapian::Error &error) {
        std::fprintf(stderr, "same: %s\n", error.get_description().c_str());
        return 2;
    }
}
