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

# The figures of a collection, which is indexed on the way.
figures() { # NAME
    [ -d "$collections/$1" ] || skip "no collection at ../shared/collections/$1"
    # Two articles of cran are empty.
    make_index x "$collections/$1/corpus.jsonl" || [ $? -eq 3 ]
    searcher -i x --literal --batch "$collections/$1/queries.tsv" \
        --qrels "$collections/$1/qrels.txt" | tee figures
}

# Fails unless the nDCG@10 of a line of figures is at least FLOOR.
at_least() { # FLOOR
    cat figures
    awk -v floor="$1" '$3 == "ndcg@10" && $4 >= floor { good = 1 } END { exit !good }' figures
}

# Fails unless the reference script says the same of the whole run.
as_the_reference() { # INDEX QUERIES QRELS
    [ -e "$score" ] || skip "no ../shared/score.py"
    command -v python3 >/dev/null || skip "no python3"
    searcher -i "$1" --literal --batch "$2" -f trec -n 1000 >run
    same "$(cat figures)" "$(python3 "$score" "$3" run)"
}

@test "fixtures: nDCG@10 is at least 0.80" {
    searcher -i "$BATS_FILE_TMPDIR/fixtures" --literal --batch "$fixtures/queries.tsv" \
        --qrels "$BATS_FILE_TMPDIR/fixtures.qrels" >figures
    at_least 0.80
}

@test "fixtures: every judged article is in the index" {
    searcher -i "$BATS_FILE_TMPDIR/fixtures" -f trec -n 1000 -q -zzyzx >all
    [ "$(wc -l <all)" = 76 ]
    run -0 awk 'NR == FNR { ids[$3] = 1; next } !($3 in ids)' all "$BATS_FILE_TMPDIR/fixtures.qrels"
    [ -z "$output" ]
}

@test "fixtures: our figures are those of the reference" {
    searcher -i "$BATS_FILE_TMPDIR/fixtures" --literal --batch "$fixtures/queries.tsv" \
        --qrels "$BATS_FILE_TMPDIR/fixtures.qrels" >figures
    as_the_reference "$BATS_FILE_TMPDIR/fixtures" "$fixtures/queries.tsv" \
        "$BATS_FILE_TMPDIR/fixtures.qrels"
}

@test "time: nDCG@10 is at least 0.754, and our figures are those of the reference" {
    figures time
    at_least 0.754
    as_the_reference x "$collections/time/queries.tsv" "$collections/time/qrels.txt"
}

@test "cran: nDCG@10 is at least 0.520" {
    figures cran
    at_least 0.520
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
