# What the end-to-end tests share.
#
# A file loads it and names what its tests work on.  Every test starts in an empty folder of its
# own.  With PRESSMARK_VALGRIND=1 the program that a file is about (`tested`) runs under valgrind;
# what valgrind or a sanitizer finds fails the test, whatever the test itself looks at.

bats_require_minimum_version 1.5.0

project=$(cd "${BASH_SOURCE[0]%/*}/.." && pwd -P)
fixtures=$project/fixtures
archive=("$fixtures/articles" "$fixtures/json" "$fixtures/wire.ndjson") # all 76 articles
bin=${PRESSMARK_BIN:-$project/bin}
tested= # indexer or searcher
unset NO_COLOR
export LC_ALL=C.UTF-8 TZ=UTC TERM=dumb

setup() {
    cd "$BATS_TEST_TMPDIR" || return 1
    findings=$BATS_TEST_TMPDIR/.findings
    mkdir "$findings"
    # 99 is no answer of ours: a program that was expected to fail must not hide a crash.
    local options=exitcode=99:log_path=$findings/sanitizer
    export ASAN_OPTIONS=${ASAN_OPTIONS:+$ASAN_OPTIONS:}$options
    export UBSAN_OPTIONS=${UBSAN_OPTIONS:+$UBSAN_OPTIONS:}$options
}

teardown() {
    local file status=0
    for file in "$findings"/*; do
        [ ! -s "$file" ] || { cat "$file" && status=1; }
    done
    return $status
}

under_valgrind() {
    [ "${PRESSMARK_VALGRIND:-0}" = 1 ]
}

# For what would take minutes under valgrind and shows nothing there that others do not.
not_under_valgrind() {
    ! under_valgrind || skip "too slow under valgrind: $1"
}

program() { # NAME ARGUMENT...
    local name=$1
    shift
    if under_valgrind && [ "$name" = "$tested" ]; then
        valgrind -q --error-exitcode=99 --leak-check=full --log-file="$findings/valgrind-%p" \
            "$bin/$name" "$@"
    else
        "$bin/$name" "$@"
    fi
}

indexer() {
    program indexer "$@"
}

searcher() {
    program searcher "$@"
}

# Runs a program that may take so many seconds of the processor; a sanitizer takes more.
in_seconds() { # SECONDS COMMAND...
    local seconds=$1
    shift
    [[ $bin != *asan* ]] || seconds=$((seconds * 6))
    (ulimit -t "$seconds" && exec "$@")
}

# What jq says of each article that the indexer reads in a file, on a line.
reads() { # FILTER [OPTION]... PATH
    local filter=$1
    shift
    indexer read "$@" | jq -c "$filter"
}

# An index to search in.  Never under valgrind: that has a test of its own there.
make_index() { # FOLDER PATH...
    local folder=$1
    shift
    "$bin/indexer" add -q -i "$folder" "$@"
}

# ---- answers ----

# What jq says of the answer to a query: answer QUERY FILTER [OPTION]...
answer() {
    local query=$1 filter=$2
    shift 2
    searcher -f json -n 1000 "$@" -q "$query" | jq -r "$filter"
}

# The ids of the hits of a query, in the order of their names, on one line.
found() { # QUERY [OPTION]...
    local query=$1
    shift
    searcher -f tsv -n 1000 "$@" -q "$query" | cut -f 6 | sort | paste -s -d ' '
}

# Fails and shows both unless two texts are the same; two empty ones say nothing and fail too.
same() { # IS SHOULD_BE
    [ -n "$1$2" ] && [ "$1" = "$2" ] || { diff -u <(printf '%s\n' "$2") <(printf '%s\n' "$1"); return 1; }
}

# Skips a test that needs a terminal where none can be made, as in a bare chroot.
need_terminal() {
    script -qec true /dev/null >/dev/null 2>&1 || skip "no pseudo-terminal can be had here"
}

# Fails unless jq holds something true of every JSON value on standard input, and there is one.
holds() { # CONDITION
    jq -es "length > 0 and all(.[]; $1)" >/dev/null
}

# Asks each row "QUERY|IDS" of standard input, all in one batch.  With "all" the ids that are
# found, sorted, must be IDS; with "first" the first one.  Paths count from the project's root.
check_rows() { # all|first [OPTION]...
    local limit=1000 is
    [ "$1" = all ] || limit=1
    shift
    cat >rows
    awk -F '|' '{ print NR "\t" $1 }' rows >queries
    searcher --batch queries -f tsv -n "$limit" "$@" >answers || [ $? -eq 1 ]
    sort -t $'\t' -k 1,1n -k 7 answers | sed "s|$project/||" >sorted
    is=$(awk -F '\t' '
        NR == FNR { ids[$1] = ids[$1] between[$1] $7; between[$1] = " "; next }
        { sub(/[|][^|]*$/, ""); print $0 "|" ids[FNR] }' sorted rows)
    same "$is" "$(cat rows)"
}
