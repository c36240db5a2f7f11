#!/usr/bin/env bats
# The quality of the ranking has floors, and our figures are those of the reference script.

load helper

collections=$project/../shared/collections
score=$project/../shared/score.py

setup_file() {
    cd "$BATS_FILE_TMPDIR"
    make_index fixtures "${archive[@]}"
    # Judgements name articles without an id from the root of the project.
    awk -v root="$project/" '$3 ~ /^fixtures\// { $3 = root $3 } 1' "$fixtures/qrels.txt" >fixtures.qrels
}

# The figures of topics, on the last line of `figures`, and before it those of each.
evaluate() { # INDEX TOPICS QRELS
    searcher -i "$1" --literal --eval --topics "$2" --qrels "$3" --per-query >figures
}

# The same for a collection, which is indexed on the way.
figures() { # NAME
    [ -d "$collections/$1" ] || skip "no collection at ../shared/collections/$1"
    # Two articles of cran are empty.
    make_index x "$collections/$1/corpus.jsonl" || [ $? -eq 3 ]
    evaluate x "$collections/$1/queries.tsv" "$collections/$1/qrels.txt"
}

# Fails unless the nDCG@10 of all topics is at least FLOOR.
at_least() { # FLOOR
    tail -n 1 figures
    tail -n 1 figures | awk -v floor="$1" '$3 == "ndcg@10" && $4 >= floor { good = 1 } END { exit !good }'
}

# The lines of the reference script for each query of the judgements, as if there were no other.
reference_per_query() { # QRELS RUN
    python3 - "$score" "$@" <<'END'
import runpy, sys

score, qrels, run = sys.argv[1:]

def by_query(path):
    lines = {}
    for line in open(path, encoding="utf-8"):
        lines.setdefault(line.split()[0], []).append(line)
    return lines

judged, found = by_query(qrels), by_query(run)
for query in judged:
    open("one.qrels", "w", encoding="utf-8").writelines(judged[query])
    open("one.run", "w", encoding="utf-8").writelines(found.get(query, []))
    sys.argv = [score, "one.qrels", "one.run"]
    print(query, end=" ")
    runpy.run_path(score, run_name="__main__")
END
}

# Fails unless the reference script says the same of the whole run, and of each query.
as_the_reference() { # INDEX QUERIES QRELS
    [ -e "$score" ] || skip "no ../shared/score.py"
    command -v python3 >/dev/null || skip "no python3"
    searcher -i "$1" --literal --batch "$2" -f trec -n 1000 >run
    same "$(tail -n 1 figures)" "$(python3 "$score" "$3" run)"
    same "$(head -n -1 figures)" "$(reference_per_query "$3" run | awk '
        NR == 1 { print "query\t" $4 "\t" $6 "\t" $8 "\t" $10 "\t" $12 }
        $3 { print $1 "\t" $5 "\t" $7 "\t" $9 "\t" $11 "\t" $13 }')"
}

@test "fixtures: nDCG@10 is at least 0.80" {
    evaluate "$BATS_FILE_TMPDIR/fixtures" "$fixtures/queries.tsv" "$BATS_FILE_TMPDIR/fixtures.qrels"
    at_least 0.80
}

@test "fixtures: every judged article is in the index" {
    searcher -i "$BATS_FILE_TMPDIR/fixtures" -f trec -n 1000 -q -zzyzx >all
    [ "$(wc -l <all)" = 76 ]
    run -0 awk 'NR == FNR { ids[$3] = 1; next } !($3 in ids)' all "$BATS_FILE_TMPDIR/fixtures.qrels"
    [ -z "$output" ]
}

@test "fixtures: our figures are those of the reference" {
    evaluate "$BATS_FILE_TMPDIR/fixtures" "$fixtures/queries.tsv" "$BATS_FILE_TMPDIR/fixtures.qrels"
    as_the_reference "$BATS_FILE_TMPDIR/fixtures" "$fixtures/queries.tsv" \
        "$BATS_FILE_TMPDIR/fixtures.qrels"
}

@test "odd judgements: our figures are those of the reference" {
    local words i
    words=(anchor harbour pilot ferry lamp)
    for i in {1..400}; do
        echo "{\"id\":\"a $i%20\",\"title\":\"Story $i\",\"body\":\"${words[i % 5]} ${words[i % 3]} ${words[i % 2]}\"}"
    done >all
    make_index one all
    head -n 250 all | make_index two -
    printf '%s\n' {q1,q10,q2,unjudged,nothing}$'\tanchor pilot' $'q3\tlamp' $'none\tzzyzx' >topics
    awk 'BEGIN {
        split("none q2 q10 q3 q1 missing", query, " ")
        for (q = 1; q <= 6; q++)
            for (i = q; i <= 450; i += 7 + q % 3)
                print query[q], "Q0", "a%20" i "%20", (i * q) % 5 - 1 + (i % 3 ? 0 : .5)
        for (i = 1; i < 20; i++)
            print "q1 0 a%20" 5 * i "%20", i % 4
        print "nothing 0 a%201%20 0\nnothing 0 x -1"
    }' >qrels
    # Both indexes as one: an article of both is found twice.
    two=$PWD/two
    searcher() {
        program searcher -i "$two" "$@"
    }
    evaluate one topics qrels
    [ "$(searcher -i one --literal --batch topics -f trec -n 1000 | sort -k 3,3 -k 1,1 | cut -d ' ' -f 1,3 | uniq -d | wc -l)" -gt 100 ]
    [ "$(wc -l <figures)" = 8 ]
    as_the_reference one topics qrels
}

@test "time: nDCG@10 is at least 0.754, and our figures are those of the reference" {
    figures time
    at_least 0.754
    as_the_reference x "$collections/time/queries.tsv" "$collections/time/qrels.txt"
}

@test "cran: nDCG@10 is at least 0.520, and our figures are those of the reference" {
    figures cran
    at_least 0.520
    as_the_reference x "$collections/cran/queries.tsv" "$collections/cran/qrels.txt"
}

@test "lisa: nDCG@10 is at least 0.459, and our figures are those of the reference" {
    figures lisa
    at_least 0.459
    as_the_reference x "$collections/lisa/queries.tsv" "$collections/lisa/qrels.txt"
}

@test "cacm: nDCG@10 is at least 0.466, and our figures are those of the reference" {
    figures cacm
    at_least 0.466
    as_the_reference x "$collections/cacm/queries.tsv" "$collections/cacm/qrels.txt"
}

@test "names: each row has a kind, a code and a name, and no row is there twice" {
    run -0 awk -F '\t' '
        /^#/ { next }
        NF != 3 || $1 !~ /^(person|org)$/ || $2 !~ /^[a-z]+(-[a-z]+)*$/ || $3 !~ /^[A-Z].*[^ ]$/ ||
            seen[$2, tolower($3)]++
        { rows++ }
        END { if (!rows) print "no rows" }' "$project/tests/relevance/names.tsv"
    [ -z "$output" ]
}
