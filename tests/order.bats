#!/usr/bin/env bats
# The order of hits: score, then newest date, then id; never how the index is split.

load helper

setup_file() {
    cd "$BATS_FILE_TMPDIR"
    make_index whole "${archive[@]}"
    # The same articles in eight slices: files by turns, and the lines of the wire likewise.
    find "$fixtures/articles" "$fixtures/json" -type f | sort >files
    for slice in {0..7}; do
        awk -v slice="$slice" 'NR % 8 == slice' "$fixtures/wire.ndjson" >"wire-$slice.ndjson"
        mapfile -t paths < <(awk -v slice="$slice" 'NR % 8 == slice' files)
        make_index sliced "wire-$slice.ndjson" "${paths[@]}"
    done
    mkdir two
    make_index two/a "$fixtures/articles"
    make_index two/b "$fixtures/json" "$fixtures/wire.ndjson"
    cat >queries <<'END'
the river
+ferry inquiry
"coastal guard" port
"the ferry" kep
ministry -fisheries
source:wire cambodia
title:mekong flood
author:joy
US
WHO
café
defence
labour centre
of
-ferry
END
    cut -f 2 "$fixtures/queries.tsv" | sed '/"/d' >>queries
}

# All answers without the ranks, which are line numbers: QUERY SCORE DATE SOURCE TITLE ID.
ask() { # [OPTION]...
    searcher -f tsv --batch "$BATS_FILE_TMPDIR/queries" "$@" | cut -f 1,3-
}

whole() { ask -i "$BATS_FILE_TMPDIR/whole" "$@"; }
sliced() { ask -i "$BATS_FILE_TMPDIR/sliced" "$@"; }
both() { ask -i "$BATS_FILE_TMPDIR/two/a" -i "$BATS_FILE_TMPDIR/two/b" "$@"; }

@test "the slices hold what the whole holds" {
    [ "$(indexer stats -i "$BATS_FILE_TMPDIR/sliced" --json | jq -c '[.articles, .segments]')" = '[76,8]' ]
    [ "$(indexer stats -i "$BATS_FILE_TMPDIR/whole" --json | jq -c '[.articles, .segments]')" = '[76,1]' ]
    [ "$(wc -l <"$BATS_FILE_TMPDIR/queries")" -gt 70 ]
}

@test "one add and eight adds give the same hits in the same order" {
    same "$(sliced -n 1000)" "$(whole -n 1000)"
}

@test "one add and eight adds give the same first page" {
    same "$(sliced -n 10)" "$(whole -n 10)"
}

@test "one add and eight adds give the same first hit" {
    same "$(sliced -n 1)" "$(whole -n 1)"
}

@test "one add and eight adds give the same third page" {
    same "$(sliced -n 5 --offset 10)" "$(whole -n 5 --offset 10)"
}

@test "one add and eight adds count the same" {
    same "$(searcher --count -i "$BATS_FILE_TMPDIR/sliced" --batch "$BATS_FILE_TMPDIR/queries")" \
        "$(searcher --count -i "$BATS_FILE_TMPDIR/whole" --batch "$BATS_FILE_TMPDIR/queries")"
}

@test "one index and two searched as one give the same hits in the same order" {
    same "$(both -n 1000)" "$(whole -n 1000)"
}

@test "two indexes in either order give the same first page" {
    same "$(ask -n 10 -i "$BATS_FILE_TMPDIR/two/b" -i "$BATS_FILE_TMPDIR/two/a")" "$(both -n 10)"
}

@test "a first page is the beginning of the whole list" {
    same "$(whole -n 4)" "$(whole -n 1000 | awk -F '\t' '++seen[$1] <= 4')"
}

@test "a first page out of eight segments is the beginning of the whole list" {
    same "$(sliced -n 4)" "$(sliced -n 1000 | awk -F '\t' '++seen[$1] <= 4')"
}

@test "two runs give the same answer" {
    same "$(whole)" "$(whole)"
}

# ---- ties ----

# Articles that score alike, each added by itself, in an order that helps nobody.
tie() {
    local at=0 row
    for row in b:2020 z: d:2021-03 a:2020 c:2021-03-01 y: e:2021-03-01T10:00:00Z; do
        at=$((at + 1))
        printf '{"id":"%s","date":"%s","title":"Same","body":"walrus"}\n' "${row%%:*}" "${row#*:}" |
            sed 's/"date":"",//' >"$at.ndjson"
    done
}

@test "ties go to the newest date, undated last, then by id" {
    tie
    make_index x ./*.ndjson
    [ "$(searcher -i x -f tsv walrus | cut -f 6 | paste -s -d ' ')" = "e c d a b y z" ]
}

@test "ties come in the same order from many segments, wherever the page ends" {
    tie
    for file in ./*.ndjson; do make_index x "$file"; done
    local all="e c d a b y z"
    for limit in 1 2 3 5 6; do
        [ "$(searcher -i x -f tsv -n "$limit" walrus | cut -f 6 | paste -s -d ' ')" = \
            "$(cut -d ' ' -f "1-$limit" <<<"$all")" ]
    done
}

@test "twins whose scores differ in their last bits only are a tie" {
    # Terms are summed in the order of their frequency in a segment, so that fillers, which make
    # each segment's frequencies different, change how the same sum is rounded.
    local words=(amber birch cedar dahlia elder fennel gorse) twin filler
    for twin in {1..9}; do
        printf '{"id":"twin-%s","title":"Same","body":"%s"}\n' "$twin" \
            'amber birch birch cedar cedar cedar dahlia elder elder elder elder fennel gorse gorse'
        for ((filler = 0; filler < 20; filler++)); do
            printf '{"id":"filler-%s-%s","title":"Other","body":"%s"}\n' "$twin" "$filler" \
                "hazel ${words[filler * twin % 7]} ${words[twin * twin * filler % 7]}"
        done
    done >all.ndjson
    for twin in 9 3 5 1 8 2 7 4 6; do
        grep -E "(twin|filler)-$twin[-\"]" all.ndjson >slice.ndjson
        make_index x slice.ndjson
    done
    [ "$(searcher -i x -f tsv -n 9 "${words[@]}" | cut -f 6 | paste -s -d ' ')" = \
        "$(printf 'twin-%s\n' {1..9} | paste -s -d ' ')" ]
}

@test "a tie of hundreds comes in order, a page at a time" {
    for ((i = 0; i < 300; i++)); do
        printf '{"id":"%03d","title":"Same","body":"walrus"}\n' $(((i * 7919) % 300))
    done >many.ndjson
    make_index x many.ndjson
    for offset in 0 5 150 295; do
        [ "$(searcher -i x -f tsv -n 5 --offset $offset walrus | cut -f 6 | paste -s -d ' ')" = \
            "$(seq -f %03g $offset $((offset + 4)) | paste -s -d ' ')" ]
    done
}

@test "a query without scores comes newest first, then by id" {
    tie
    make_index x ./*.ndjson
    [ "$(searcher -i x -f tsv -q '-narwhal' | cut -f 6 | paste -s -d ' ')" = "e c d a b y z" ]
}
