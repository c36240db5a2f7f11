#!/usr/bin/env bats
# What the bulk writer writes is what libxapian writes.

load helper

bats_require_minimum_version 1.5.0

setup() {
    case $bin in
    */build/*/bin) built=${bin%/bin}/glass ;;
    *) built=$project/build/release/glass ;;
    esac
    # Nothing of ours is in it: it need not be sanitized.
    export SAME=$project/build/release/glass/same
    [ -x "$SAME" ] || SAME=$built/same
}

teardown() {
    :
}

# The seeds have documents of every kind, each size of blocks, memory that is full after every
# document and after some, tags deflated and stored, and numbers with gaps.

@test "small databases of chance are the same as libxapian's" {
    # Under a sanitizer a document or two, and 40 of them, deflated and stored.
    local last=18
    ! sanitized || last=8
    run "$project/tests/glass/run" "$built" 3 $last
    echo "$output"
    [ "$status" = 0 ]
}

@test "databases that do not fit into memory are the same as libxapian's" {
    # Only the first of these is small enough for a sanitizer: 38 times the memory is full.
    local seeds=(22 26 42)
    ! sanitized || seeds=(22)
    for seed in "${seeds[@]}"; do
        run "$project/tests/glass/run" "$built" $seed $seed
        echo "$output"
        [ "$status" = 0 ]
    done
}

@test "both writers make the same segment, whether the memory is enough or not" {
    cd "$BATS_TEST_TMPDIR"
    indexer add -q -i api --writer=api "${archive[@]}"
    indexer add -q -i bulk --writer=bulk "${archive[@]}"
    indexer add -q -i small --memory=1K "${archive[@]}"
    "$SAME" api/segment-000001 bulk/segment-000001
    "$SAME" api/segment-000001 small/segment-000001
    cmp {api,bulk}/segment-000001/positions.glass
    cmp {small,bulk}/segment-000001/positions.glass
    for index in api bulk small; do
        indexer check -q -i $index
        [ "$(ls $index/segment-000001 | grep -c glass)" = 5 ]
    done
}

@test "a segment is the same, byte by byte, however many articles are worked on at once" {
    cd "$BATS_TEST_TMPDIR"
    tail -n 3 "$fixtures/wire.ndjson" >again.ndjson
    indexer add -q -i 1 --jobs=1 "${archive[@]}" again.ndjson
    for jobs in 2 3 16; do
        indexer add -q -i $jobs --jobs=$jobs "${archive[@]}" again.ndjson
        for table in postlist positions termlist docdata; do
            cmp {1,$jobs}/segment-000001/$table.glass
        done
    done
    indexer add -q -i default "${archive[@]}" again.ndjson
    cmp {1,default}/segment-000001/docdata.glass
}

@test "an article that comes twice is there once, with both writers" {
    cd "$BATS_TEST_TMPDIR"
    printf '%s\n' '{"id":"twice","title":"First of two","body":"Walrus and herring."}' \
        '{"id":"twice","title":"Second of two","body":"Herring and walrus, of 1999."}' >twice.ndjson
    # Bounds of lengths differ: libxapian keeps those of what is deleted.
    indexer add -q -i api --writer=api twice.ndjson "${archive[@]}" twice.ndjson
    indexer add -q -i bulk --memory=1K twice.ndjson "${archive[@]}" twice.ndjson
    same "$(indexer dump -i bulk)" "$(indexer dump -i api)"
    holds '.articles == 77' <<<"$(indexer stats -i bulk --json)"
    indexer check -q -i bulk
}

@test "the bulk writer is not taken where libxapian has another format" {
    ! nm -D "$bin/indexer" | grep -q __asan || skip "a sanitized program cannot be preloaded"
    cd "$BATS_TEST_TMPDIR"
    ${CC:-cc} -std=c17 -D_GNU_SOURCE -fPIC -shared -o other_format.so \
        "$project/tests/glass/other_format.c"
    local preload=$PWD/other_format.so
    LD_PRELOAD=$preload run --separate-stderr indexer add -q -i other \
        --publish-every=30 "${archive[@]}"
    [ "$status" = 0 ]
    [[ $stderr = *"another format"* ]]
    [ "$(grep -c 'another format' <<<"$stderr")" = 1 ]
    make_index api --writer=api "${archive[@]}"
    same "$(indexer dump -i other)" "$(indexer dump -i api)"
    LD_PRELOAD=$preload run --separate-stderr indexer add -q -i asked \
        --writer=api "${archive[@]}"
    [ "$status" = 0 ] && [ -z "$stderr" ]
}

@test "sizes of memory, numbers of jobs and names of writers are looked at" {
    cd "$BATS_TEST_TMPDIR"
    for size in 0 K -1M 1T 1MB '' 1.5G 99999999999999999999; do
        run indexer add -q -i index --memory="$size" "${archive[@]}"
        [ "$status" = 2 ]
        [[ $output = *"no size of memory"* ]]
    done
    for jobs in 0 -1 257 2x '' 99999999999999999999; do
        run indexer add -q -i index --jobs="$jobs" "${archive[@]}"
        [ "$status" = 2 ]
        [[ $output = *"no number of jobs"* ]]
    done
    run indexer add -q -i index --writer=fast "${archive[@]}"
    [ "$status" = 2 ]
    [ ! -e index ]
}
