/*
 * Databases of chance, written twice: by libxapian, and by indexer/glass.
 *
 *   twins SEED FOLDER
 *
 * makes FOLDER/api and FOLDER/ours of the same documents, and says "stored" or "deflated": how ours
 * keeps tags.  Each seed is another mixture of what is known to be hard.
 */
extern "C" {
#include "disk.h"
#include "glass.h"
}

#include <sys/stat.h>
#include <xapian.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

namespace
{

/* xorshift64* (Marsaglia 2003; Vigna 2016): the same on every machine. */
struct Chance {
    uint64_t state;
    uint64_t next()
    {
        state ^= state >> 12;
        state ^= state << 25;
        state ^= state >> 27;
        return state * 0x2545f4914f6cdd1du;
    }
    uint32_t below(uint32_t n)
    {
        return static_cast<uint32_t>((next() >> 33) % n);
    }
    bool one_in(uint32_t n)
    {
        return !below(n);
    }
    template <typename T, size_t n> T of(const T (&list)[n])
    {
        return list[below(n)];
    }
};

[[noreturn]] void die(const pm_error &err)
{
    std::fprintf(stderr, "twins: %s\n", err.message);
    std::exit(2);
}

/* The same document for both. */
struct Doc {
    Xapian::Document api;
    pm_db_doc *ours;
    pm_error err{};

    Doc() : ours(pm_db_doc_new(&err))
    {
    }
    ~Doc()
    {
        pm_db_doc_free(ours);
    }
    void clear()
    {
        api = Xapian::Document();
        pm_db_doc_clear(ours, &err);
    }
    void term(const std::string &text, uint32_t position, uint32_t wdf)
    {
        if (position)
            api.add_posting(text, position, wdf);
        else
            api.add_term(text, wdf);
        if (pm_db_doc_add_term(ours, text.data(), text.size(), position, wdf, &err))
            die(err);
    }
    void value(uint32_t slot, const std::string &value)
    {
        api.add_value(slot, value);
        if (pm_db_doc_set_value(ours, slot, value.data(), value.size(), &err))
            die(err);
    }
    void data(const std::string &data)
    {
        api.set_data(data);
        if (pm_db_doc_set_data(ours, data.data(), data.size(), &err))
            die(err);
    }
};

const uint32_t edges[] = {0,       1,       2,          126,        127,       128,
                          16383,   16384,   0x7fff,     0x8000,     2097151,   2097152,
                          4194303, 4194304, 0x0fffffff, 0x1fffffff, 0x20000000};

std::string bytes(Chance &chance, size_t len)
{
    std::string all;
    for (size_t i = 0; i < len; i++)
        all += static_cast<char>(chance.below(256));
    return all;
}

/* Text that deflates as text does, at most by some ten times. */
std::string text(Chance &chance, size_t len)
{
    std::string all;
    while (all.size() < len) {
        for (uint32_t n = 1 + chance.below(9); n; n--)
            all += static_cast<char>('a' + chance.below(26) * chance.below(26) / 26);
        all += ' ';
    }
    return all.substr(0, len);
}

std::vector<std::string> vocabulary(Chance &chance)
{
    const uint32_t sizes[] = {1, 20, 300, 5000};
    std::vector<std::string> terms;
    for (uint32_t n = chance.of(sizes); n; n--)
        switch (chance.below(12)) {
        case 0:
            terms.push_back(bytes(chance, 1 + chance.below(40))); /* any bytes */
            break;
        case 1:
            terms.push_back(std::string(1 + chance.below(4), '\0') + text(chance, 3));
            break;
        case 2:
            terms.push_back(text(chance, 4) + std::string(1 + chance.below(3), '\0'));
            break;
        case 3:
            terms.push_back(std::string(245, chance.one_in(2) ? '\xff' : 'x'));
            terms.back()[200 + chance.below(45)] = static_cast<char>(1 + chance.below(254));
            break;
        case 4: /* as long as it may be with NULs */
            terms.push_back(std::string(60, '\0') + text(chance, 255 - 6 - 120));
            break;
        case 5: /* one the beginning of another */
            terms.push_back((terms.empty() ? "" : terms.back().substr(0, 100)) + "a");
            break;
        default:
            terms.push_back(text(chance, 1 + chance.below(12)));
        }
    /* Any bytes may have had too many NULs. */
    for (auto &term : terms)
        if (term.size() + std::count(term.begin(), term.end(), '\0') + 6 > 255)
            term = "long";
    return terms;
}

void add_positions(Chance &chance, Doc &doc, const std::string &term)
{
    const uint32_t counts[] = {1, 1, 1, 2, 3, 5, 17, 900};
    const uint32_t steps[] = {1, 2, 3, 50, 100000};
    const uint32_t step = chance.of(steps);
    uint32_t position = chance.one_in(20) ? 0xfffff000u - 900 * step : chance.below(step * 2);
    for (uint32_t n = chance.of(counts); n; n--) {
        position += 1 + chance.below(step);
        doc.term(term, position, chance.one_in(4) ? chance.below(5) : 1);
        if (chance.one_in(50)) /* once more, or one out of order */
            doc.term(term, position - chance.below(2) * (position > 1), 1);
    }
}

/* With `everywhere`, no document is without the term of that name. */
void fill(Chance &chance, Doc &doc, const std::vector<std::string> &terms, bool everywhere)
{
    const uint32_t slots[] = {0, 1, 2, 127, 128, 129, 255, 256, 257, 16383, 16384, 0xfffffffe};
    const size_t sizes[] = {0, 1, 17, 18, 19, 100, 2000, 8191, 8192, 9000, 400000};
    doc.clear();
    const uint32_t kind = chance.below(12);
    if (kind <= 1 && everywhere)
        doc.term("everywhere", 0, 1);
    if (kind == 0)
        return; /* nothing at all, if not that */
    if (kind != 1) {
        doc.term("everywhere", 1 + chance.below(3), 1);
        const uint32_t distinct =
            kind == 2 ? static_cast<uint32_t>(terms.size()) : chance.below(60);
        for (uint32_t i = 0; i < distinct; i++) {
            const std::string &term = kind == 2 ? terms[i] : terms[chance.below(terms.size())];
            if (chance.one_in(3))
                doc.term(term, 0, chance.one_in(2) ? 0 : chance.of(edges) & 0xfffff);
            else
                add_positions(chance, doc, term);
        }
    }
    for (uint32_t n = chance.below(4); n; n--)
        doc.value(chance.of(slots),
                  chance.one_in(30) ? text(chance, 5000) : bytes(chance, chance.below(30)));
    const size_t size = chance.one_in(40) ? chance.of(sizes) : chance.of(sizes) % 3000;
    doc.data(chance.one_in(3) ? bytes(chance, size) : text(chance, size));
}

int run(Chance &chance, const std::string &folder, bool everywhere)
{
    pm_error err{};
    const uint32_t counts[] = {0, 1, 2, 40, 40, 400, 3000};
    const int block_sizes[] = {2048, 4096, 8192, 8192, 8192, 16384, 32768, 65536};
    const size_t memories[] = {0, 2u << 20, 512u << 20};
    const int block_size = chance.of(block_sizes);
    const uint32_t count = chance.of(counts);
    glass_options options{};
    options.memory = chance.of(memories);
    if (count > 400 && !options.memory)
        options.memory = 4u << 20;
    options.block_size = static_cast<size_t>(block_size);
    Chance turns = chance; /* of the threads; what is written does not depend on it */
    const uint32_t threads = turns.one_in(2) ? 1 : 2 + turns.below(7);
    options.threads = threads;
    const bool stored = chance.one_in(2);
    glass_packer *packer = glass_packer_new(stored, &err);
    glass_packed packed{};
    const std::string work = folder + "/work";
    if (mkdir(work.c_str(), 0777))
        return 2;
    glass *ours = glass_new(work.c_str(), &options, &err);
    if (!ours || !packer)
        die(err);
    Xapian::WritableDatabase api(folder + "/api",
                                 Xapian::DB_CREATE | Xapian::DB_NO_SYNC | Xapian::DB_BACKEND_GLASS,
                                 block_size);
    api.begin_transaction(false);
    const std::vector<std::string> terms = vocabulary(chance);
    Doc doc;
    uint32_t docid = 0;
    const bool gaps = chance.one_in(2);
    /* xapian-check wants memory for every number up to the last. */
    const uint32_t edge_max = chance.one_in(10) ? 0x20000000 : 4194304;
    for (uint32_t i = 0; i < count; i++) {
        docid += 1 + (gaps && chance.one_in(5) ? chance.below(200) : 0);
        if (gaps && chance.one_in(60))
            docid = std::max(docid, std::min(chance.of(edges), edge_max));
        fill(chance, doc, terms, everywhere);
        if (glass_pack(packer, doc.ours, &packed, &err) ||
            glass_invert(ours, turns.below(threads), doc.ours, docid, &err) ||
            glass_add(ours, &packed, docid, &err))
            die(err);
        /* What is taken out again was never there; only its number would stay if it is the last. */
        if (i + 1 < count && chance.one_in(10)) {
            if (glass_drop(ours, docid, &err))
                die(err);
        } else {
            api.replace_document(docid, doc.api);
        }
    }
    for (uint32_t i = chance.below(3); i; i--) {
        const std::string key = "key-" + std::to_string(i);
        const std::string value = text(chance, 1 + chance.below(50000));
        api.set_metadata(key, value);
        if (glass_set_metadata(ours, key.c_str(), value.data(), value.size(), &err))
            die(err);
    }
    api.commit_transaction();
    api.commit();
    if (glass_finish(ours, (folder + "/ours").c_str(), &err))
        die(err);
    std::printf("%s documents=%u block=%d threads=%u runs=%zu\n", stored ? "stored" : "deflated",
                count, block_size, threads, glass_runs(ours));
    glass_free(ours);
    glass_packer_free(packer);
    glass_packed_release(&packed);
    disk_remove(work.c_str(), nullptr);
    return 0;
}

} // namespace

int main(int argc, char **argv)
{
    if (argc != 3)
        return 2;
    try {
        const uint64_t seed = std::strtoull(argv[1], nullptr, 10);
        Chance chance{seed * 0x9e3779b97f4a7c15u + 1};
        chance.next();
        return run(chance, argv[2], seed % 3 == 0);
    } catch (const Xapian::Error &error) {
        std::fprintf(stderr, "twins: %s\n", error.get_description().c_str());
        return 2;
    }
}
