#!/usr/bin/env bats
# Xapian's own tools read an index, of one segment and of two.

load helper

setup_file() {
    cd "$BATS_FILE_TMPDIR"
    make_index one "${archive[@]}"
    make_index two "$fixtures/articles"
    make_index two "$fixtures/json" "$fixtures/wire.ndjson"
}

setup() {
    cd "$BATS_FILE_TMPDIR" || return 1
}

teardown() {
    :
}

need() {
    command -v "$1" >/dev/null || skip "$1 is not installed"
}

@test "xapian-delve opens an index and counts its articles" {
    need xapian-delve
    for index in one two; do
        run -0 xapian-delve "$index"
        [[ $output == *"number of documents = 76"* ]]
    done
}

@test "xapian-delve shows an article by its id" {
    need xapian-delve
    for index in one two; do
        run -0 xapian-delve -t Qhw-2022-0141 -1 "$index"
        run -0 xapian-delve -d -r "$(tail -n 1 <<<"$output")" "$index"
        [[ $output == *"Unlit dredger sank ferry"* ]]
    done
}

@test "xapian-delve finds stems under Z" {
    need xapian-delve
    run -0 xapian-delve -t Zdredger -1 one
    [ "$(wc -l <<<"$output")" -gt 3 ]
}

@test "xapian-check finds no errors" {
    need xapian-check
    for index in one two; do
        run -0 xapian-check "$index/XAPIANDB"
        [[ $output == *"No errors found"* ]]
    done
}

@test "xapian-compact makes a database of an index" {
    need xapian-compact
    for index in one two; do
        run -0 xapian-compact "$index/XAPIANDB" "$index-compact"
        run -0 xapian-delve "$index-compact"
        [[ $output == *"number of documents = 76"* ]]
    done
}

@test "quest finds articles by lower-case words" {
    need quest
    for index in one two; do
        run -0 quest -d "$index" 'dugong survey'
        [[ $output == *"dugong"* ]]
        run -0 quest -d "$index" 'dredgers sinking ferries'
        [[ $output == *"hw-2022-0141"* ]]
    done
}

@test "quest finds nothing where nothing is" {
    need quest
    run -0 quest -d one zzyzx
    [[ $output == *"Exactly 0 matches"* ]]
}
