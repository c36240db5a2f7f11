/*
 * The database: Xapian behind a plain C interface, and nothing else.
 *
 * This is the only door to libxapian.  It holds no policy: no field, prefix, weight or
 * language is known here.  Terms, values and data are bytes with a length; the caller keeps
 * terms within PM_DB_TERM_MAX and free of NUL.  No exception crosses it: every C++ error
 * becomes a pm_error.  Objects of one database belong to one thread at a time.
 */
#ifndef PM_DB_H
#define PM_DB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "buf.h"
#include "db_doc.h"
#include "error.h"

struct pm_db_bytes {
    const char *data;
    size_t len;
};

/* ---- reading ---- */

struct pm_db;

/* Opens the `n` glass databases in the folders `paths` as one.  pm_db_close() accepts NULL. */
struct pm_db *pm_db_open(const char *const *paths, size_t n, struct pm_error *err);
void pm_db_close(struct pm_db *db);

/*
 * Has libxapian read and match, not our own reader (glass_reader.h) and matcher: the reference, and
 * what is done by itself where the reader does not know the format.
 */
void pm_db_use_libxapian(struct pm_db *db);

struct pm_db_stats {
    uint32_t documents;
    uint32_t last_docid;
    double average_length; /* wdf units per document */
    uint64_t total_length;
};
int pm_db_get_stats(const struct pm_db *db, struct pm_db_stats *stats, struct pm_error *err);

/* The number of documents that `term` occurs in, in *freq; 0 when there is no such term. */
int pm_db_term_freq(const struct pm_db *db, const char *term, size_t len, uint32_t *freq,
                    struct pm_error *err);

/*
 * Calls `each` for every document with `term`, in rising order, until it returns non-zero;
 * returns what `each` returned last (0 when it was never called), or -1.
 */
int pm_db_each_document(const struct pm_db *db, const char *term, size_t len,
                        int (*each)(uint32_t docid, void *arg), void *arg, struct pm_error *err);

/*
 * Document n of the database numbered `shard` (from 0, in the order of opening) is document
 * (n - 1) * shards + shard + 1 of all together.
 */
size_t pm_db_shards(const struct pm_db *db);
uint32_t pm_db_docid(const struct pm_db *db, size_t shard, uint32_t number);
size_t pm_db_shard(const struct pm_db *db, uint32_t docid, uint32_t *number);

/*
 * Calls `each` for every term that starts with `prefix`, in byte order, with the number of
 * documents it occurs in, until it returns non-zero; returns what `each` returned last
 * (0 when it was never called), or -1.
 */
int pm_db_each_term(const struct pm_db *db, const char *prefix, size_t prefix_len,
                    int (*each)(const char *term, size_t len, uint32_t freq, void *arg), void *arg,
                    struct pm_error *err);

/* The value of a document in `slot` (empty when it has none), or its data: added to `out`. */
int pm_db_value(const struct pm_db *db, uint32_t docid, uint32_t slot, struct pm_buf *out,
                struct pm_error *err);
int pm_db_data(const struct pm_db *db, uint32_t docid, struct pm_buf *out, struct pm_error *err);

/*
 * The same for a document that a search or a list of documents of `db` has told of: whether there
 * is one is not looked up again, which costs as much as its data.
 */
int pm_db_found_value(const struct pm_db *db, uint32_t docid, uint32_t slot, struct pm_buf *out,
                      struct pm_error *err);
int pm_db_found_data(const struct pm_db *db, uint32_t docid, struct pm_buf *out,
                     struct pm_error *err);

/*
 * Calls `each` for every document that has a value in `slot`, in rising order, until it
 * returns non-zero; returns what `each` returned last (0 when it was never called), or -1.
 */
int pm_db_each_value(const struct pm_db *db, uint32_t slot,
                     int (*each)(uint32_t docid, const char *value, size_t len, void *arg),
                     void *arg, struct pm_error *err);

/*
 * The positions of a term in a document, rising, added to `out` as uint32_t; none if it has none.
 * They are not libxapian's, but from a file beside its own (position_lists.h), which no function
 * here writes.  It is cheapest to ask for one term in documents that rise.
 */
int pm_db_positions(const struct pm_db *db, uint32_t docid, const struct pm_db_bytes *term,
                    struct pm_buf *out, struct pm_error *err);

/* The bounds of the values in `slot` over all documents; both empty when there are none. */
int pm_db_value_bounds(const struct pm_db *db, uint32_t slot, struct pm_buf *low,
                       struct pm_buf *high, struct pm_error *err);

/* What the database numbered `shard` has under `key`, added to `out`; nothing if it has none. */
int pm_db_metadata(const struct pm_db *db, size_t shard, const char *key, struct pm_buf *out,
                   struct pm_error *err);

/* ---- queries ---- */

struct pm_db_query;

enum pm_db_op {
    PM_DB_AND,
    PM_DB_OR,
    PM_DB_AND_NOT, /* the first without any of the others */
    PM_DB_FILTER,  /* the first, where the second matches too; only the first scores */
    PM_DB_PHRASE,  /* in order within `window` positions; parts are single terms */
};

/*
 * Queries are values: building from parts leaves the parts to their owner, who frees each
 * with pm_db_query_free() (which accepts NULL) in any order.
 */
struct pm_db_query *pm_db_query_term(const char *term, size_t len, uint32_t wqf,
                                     struct pm_error *err);
struct pm_db_query *pm_db_query_all(struct pm_error *err);
struct pm_db_query *pm_db_query_join(enum pm_db_op op, struct pm_db_query *const *parts, size_t n,
                                     uint32_t window, struct pm_error *err);
struct pm_db_query *pm_db_query_scale(const struct pm_db_query *query, double factor,
                                      struct pm_error *err);
/* Documents with low <= value <= high in byte order; `high` NULL: no upper end. */
struct pm_db_query *pm_db_query_range(uint32_t slot, const char *low, const char *high,
                                      struct pm_error *err);
/*
 * Documents given by their numbers, `list[i]` for the shard i.  The lists and the
 * numbers, which must rise, must outlive the query.
 */
struct pm_db_numbers {
    const uint32_t *number;
    size_t len;
};
struct pm_db_query *pm_db_query_numbers(const struct pm_db_numbers *list, struct pm_error *err);

/*
 * Documents that have one of the terms of each of the `n` groups, of which there is one at least,
 * and that `accept` lets pass, asked at most once for each: 1 passes, 0 does not, -1 ends the
 * search, with a message in `err`.  It gives no score.  Groups, terms and `arg` must outlive the
 * query.
 */
struct pm_db_terms {
    const struct pm_db_bytes *term;
    size_t len;
};
struct pm_db_candidate;
typedef int pm_db_accept(const struct pm_db_candidate *candidate, void *arg, struct pm_error *err);
struct pm_db_query *pm_db_query_checked(const struct pm_db_terms *group, size_t n,
                                        pm_db_accept *accept, void *arg, struct pm_error *err);

/*
 * Documents that have any of the terms, which are copied.  A document scores `score` of each group
 * it has a term of, however often: `score` has `n`.
 */
struct pm_db_query *pm_db_query_fixed(const struct pm_db_terms *group, const double *score,
                                      size_t n, struct pm_error *err);

/*
 * Documents with a value in `slot`, scored by `weigh`, from 0 to `most`.  It is told all that is in
 * `arg`, which must outlive the query.
 */
typedef double pm_db_weigh(const char *value, size_t len, const void *arg);
struct pm_db_query *pm_db_query_weighed(uint32_t slot, double most, pm_db_weigh *weigh,
                                        const void *arg, struct pm_error *err);

/* The positions of a term in the document, rising, added to `out` as uint32_t; or its data. */
int pm_db_candidate_positions(const struct pm_db_candidate *candidate,
                              const struct pm_db_bytes *term, struct pm_buf *out,
                              struct pm_error *err);
int pm_db_candidate_data(const struct pm_db_candidate *candidate, struct pm_buf *out,
                         struct pm_error *err);
void pm_db_query_free(struct pm_db_query *query);

/* ---- searching ---- */

/* BM25 in Xapian's terms; k1 is in the unit of wdf. */
struct pm_db_bm25 {
    double k1, k3, b, min_normlen;
};

struct pm_db_sort {
    uint32_t slot;
    bool descending; /* documents without a value come last either way */
};

struct pm_db_request {
    const struct pm_db_query *query;
    struct pm_db_bm25 bm25;
    const struct pm_db_sort *sort; /* the order when not by score: `sort_len` keys */
    size_t sort_len;
    uint32_t limit;
    uint32_t check_at_least; /* documents to look at at least, where not all are */
    /*
     * If not NULL, is told of every document looked at that matches, in no order, with its
     * values of `spy_slot`: of all that match when check_at_least is the number of documents.
     * Returns 0, or -1 to end the search with a message in `err`.
     */
    int (*spy)(const struct pm_db_bytes *value, void *arg, struct pm_error *err);
    void *spy_arg;
    const uint32_t *spy_slot;
    size_t spy_slots;
};

struct pm_db_match {
    uint32_t docid;
    double score;
};

struct pm_db_matches {
    struct pm_db_match *item; /* best first; ties by docid */
    size_t len;
    uint32_t lower, estimated, upper; /* bounds and estimate of how many match in all */
};

/* Runs a search into *matches, which the caller releases. */
int pm_db_search(const struct pm_db *db, const struct pm_db_request *request,
                 struct pm_db_matches *matches, struct pm_error *err);
void pm_db_matches_release(struct pm_db_matches *matches);

/* ---- writing ---- */

struct pm_db_writer;
/*
 * A new database in the folder `path`, which must not exist, or with `existing` one that
 * does.  Whatever goes wrong with the files is PM_ERR_IO.  Nothing is synced: whoever publishes the
 * files does that.  What was not committed when the writer is closed is lost.
 */
struct pm_db_writer *pm_db_writer_open(const char *path, bool existing, struct pm_error *err);
int pm_db_writer_add(struct pm_db_writer *writer, struct pm_db_doc *doc, uint32_t *docid,
                     struct pm_error *err);
int pm_db_writer_copy(struct pm_db_writer *writer, const struct pm_db *from, uint32_t docid,
                      struct pm_error *err);
int pm_db_writer_delete(struct pm_db_writer *writer, uint32_t docid, struct pm_error *err);
int pm_db_writer_set_metadata(struct pm_db_writer *writer, const char *key, const char *value,
                              size_t len, struct pm_error *err);
int pm_db_writer_commit(struct pm_db_writer *writer, struct pm_error *err);
void pm_db_writer_close(struct pm_db_writer *writer);

/*
 * Merges the databases `from` into a new one, as small as can be; documents keep their order.
 * `merge` (0, or -1 with a message) makes one piece of metadata of the `n` that several of the
 * databases have under a key; NULL takes the first.
 */
typedef int pm_db_merge(const char *key, const struct pm_db_bytes *value, size_t n,
                        struct pm_buf *out, struct pm_error *err);
int pm_db_compact(const char *const *from, size_t n, const char *to, pm_db_merge *merge,
                  struct pm_error *err);

/*
 * Has Xapian check the structure of the database in `path`: the number of errors it found,
 * what it says of them added to `report`; or -1.
 */
int pm_db_check(const char *path, struct pm_buf *report, struct pm_error *err);

/*
 * Has `give_up`, which must not return, called when libxapian ends the process: 1.4.22 does,
 * instead of throwing, when a write fails, or memory runs out, while it flushes postings.
 */
void pm_db_on_end(void (*give_up)(void));

/* The version of the libxapian that runs. */
const char *pm_db_version(void);

#endif
