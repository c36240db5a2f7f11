/*
 * The database: writing.
 */
#include <algorithm>
#include <memory>
#include <sstream>

#include "inside.hh"

using namespace inside;

struct pm_db_writer {
    Xapian::WritableDatabase xapian;
};

namespace
{

/*
 * Compaction that lets a function of ours merge what several databases have under a key.  A
 * failure is kept until Xapian is done, which would lose memory over an exception.
 */
class Merger : public Xapian::Compactor
{
    pm_db_merge *merge;

  public:
    Reported reported = {};

    explicit Merger(pm_db_merge *merge_) : merge(merge_)
    {
    }

    std::string resolve_duplicate_metadata(const std::string &key, size_t n,
                                           const std::string tags[]) override
    {
        if (!merge || reported.error.code != PM_OK)
            return tags[0];
        std::vector<pm_db_bytes> values;
        for (size_t i = 0; i < n; i++)
            values.push_back(pm_db_bytes{tags[i].data(), tags[i].size()});
        /* Xapian 1.4 gives the key as glass stores it, behind two bytes. */
        const size_t prefix = key.compare(0, 2, "\0\xc0", 2) == 0 ? 2 : 0;
        pm_buf out = PM_BUF_INIT;
        int rc = merge(key.c_str() + prefix, values.data(), n, &out, &reported.error);
        if (!rc && out.failed)
            rc = pm_fail_nomem(&reported.error);
        std::string merged = rc ? std::string() : std::string(pm_buf_str(&out), out.len);
        pm_buf_release(&out);
        return merged;
    }
};

Xapian::Document document_of(const pm_db_term *term, size_t n, const pm_db_doc *doc)
{
    Xapian::Document document;
    for (size_t i = 0; i < n; i++)
        document.add_term(std::string(term[i].text, term[i].len), term[i].wdf);
    size_t values;
    const pm_db_doc_value *value = pm_db_doc_values(doc, &values);
    for (size_t i = 0; i < values; i++)
        document.add_value(value[i].slot,
                           std::string(pm_db_doc_value_bytes(doc, &value[i]), value[i].len));
    const pm_buf *data = pm_db_doc_data(doc);
    document.set_data(std::string(data->len ? data->data : "", data->len));
    return document;
}

} // namespace

pm_db_writer *pm_db_writer_open(const char *path, bool existing, pm_error *err)
{
    pm_db_writer *opened = nullptr;
    guard_write(err, [&] {
        const int action = existing ? Xapian::DB_OPEN : Xapian::DB_CREATE;
        const int flags = action | Xapian::DB_NO_SYNC | Xapian::DB_BACKEND_GLASS;
        std::unique_ptr<pm_db_writer> writer(
            new pm_db_writer{Xapian::WritableDatabase(path, flags)});
        /* Within a transaction nothing is committed behind the caller's back. */
        writer->xapian.begin_transaction(false);
        opened = writer.release();
    });
    return opened;
}

int pm_db_writer_add(pm_db_writer *writer, pm_db_doc *doc, uint32_t *docid, pm_error *err)
{
    size_t n;
    const pm_db_term *term = pm_db_doc_terms(doc, &n, err);
    if (!term)
        return -1;
    return guard_write(err,
                       [&] { *docid = writer->xapian.add_document(document_of(term, n, doc)); });
}

int pm_db_writer_copy(pm_db_writer *writer, const pm_db *from, uint32_t docid, pm_error *err)
{
    return guard_write(err, [&] { writer->xapian.add_document(from->xapian.get_document(docid)); });
}

int pm_db_writer_delete(pm_db_writer *writer, uint32_t docid, pm_error *err)
{
    return guard_write(err, [&] { writer->xapian.delete_document(docid); });
}

int pm_db_writer_set_metadata(pm_db_writer *writer, const char *key, const char *value, size_t len,
                              pm_error *err)
{
    return guard_write(err, [&] { writer->xapian.set_metadata(key, std::string(value, len)); });
}

int pm_db_writer_commit(pm_db_writer *writer, pm_error *err)
{
    return guard_write(err, [&] {
        writer->xapian.commit_transaction();
        writer->xapian.commit();
        writer->xapian.begin_transaction(false);
    });
}

void pm_db_writer_close(pm_db_writer *writer)
{
    if (!writer)
        return;
    guard(nullptr, [&] { writer->xapian.cancel_transaction(); });
    guard(nullptr, [&] { delete writer; });
}

int pm_db_compact(const char *const *from, size_t n, const char *to, pm_db_merge *merge,
                  pm_error *err)
{
    return guard_write(err, [&] {
        Xapian::Database all;
        for (size_t i = 0; i < n; i++)
            all.add_database(Xapian::Database(from[i], Xapian::DB_BACKEND_GLASS));
        Merger merger(merge);
        all.compact(to, 0, 0, merger);
        if (merger.reported.error.code != PM_OK)
            throw merger.reported;
    });
}

/* What is wrong with our table of positions is added to the report too. */
static int check_positions(const char *path, pm_buf *report, pm_error *err)
{
    pm_position_lists *lists = pm_position_lists_open(path, err);
    int rc = lists ? pm_position_lists_check(lists, err) : -1;
    pm_position_lists_close(lists);
    if (rc && err->code == PM_ERR_CORRUPT)
        pm_buf_addf(report, "%s\n", err->message);
    return rc;
}

/* A report has a part for each table, with an empty line behind: those about sound ones are left
 * out. */
static std::string findings(const std::string &report)
{
    std::string found;
    for (size_t from = 0, end; from < report.size(); from = end) {
        end = std::min(report.find("\n\n", from), report.size() - 1) + 1;
        const std::string part = report.substr(from, end - from);
        if (part != "\n" && part.find(" checked OK\n") == std::string::npos &&
            part.find("\nLazily created, and not yet used.\n") == std::string::npos)
            found += part.substr(part.front() == '\n');
    }
    return found;
}

int pm_db_check(const char *path, pm_buf *report, pm_error *err)
{
    size_t errors = 0;
    int rc = guard(err, [&] {
        std::ostringstream out;
        errors = Xapian::Database::check(path, 0, &out);
        add(report, findings(out.str()));
    });
    if (!rc && check_positions(path, report, err)) {
        errors++;
        rc = err->code == PM_ERR_CORRUPT ? 0 : -1;
    }
    return rc ? rc : static_cast<int>(errors);
}

void pm_db_on_end(void (*give_up)(void))
{
    std::set_terminate(give_up);
}

const char *pm_db_version(void)
{
    return Xapian::version_string();
}
