# What the end-to-end tests share.
#
# A file loads it and names what its tests work on.  Every test starts in an empty folder of its
# own.  With PRESSMARK_VALGRIND=1 the program that a file is about (`tested`) runs under valgrind;
# what valgrind or a sanitizer finds fails the test, whatever the test itself looks at.  The other
# program, and indexes to work on, come from PRESSMARK_TOOLS: where PRESSMARK_BIN has sanitizers,
# which take four times as long, those from a build without.

bats_require_minimum_version 1.5.0

project=$(cd "${BASH_SOURCE[0]%/*}/.." && pwd -P)
fixtures=$project/fixtures
archive=("$fixtures/articles" "$fixtures/json" "$fixtures/wire.ndjson") # all 76 articles
bin=${PRESSMARK_BIN:-$project/bin}
tools=${PRESSMARK_TOOLS:-$bin}
tested= # indexer or searcher; empty: both
unset NO_COLOR
export LC_ALL=C.UTF-8 TZ=UTC TERM=dumb

setup() {
    begin_test
}

teardown() {
    no_findings
}

# What every setup begins with, and every teardown ends with.
begin_test() {
    cd "$BATS_TEST_TMPDIR" || return 1
    findings=$BATS_TEST_TMPDIR/.findings
    # 99 is no answer of ours: a program that was expected to fail must not hide a crash.
    local options=exitcode=99:log_path=$findings
    export ASAN_OPTIONS=${ASAN_OPTIONS:+$ASAN_OPTIONS:}$options
    export UBSAN_OPTIONS=${UBSAN_OPTIONS:+$UBSAN_OPTIONS:}$options
}

no_findings() {
    local file status=0
    for file in "$findings".*; do
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

sanitized() {
    [[ $bin == *[at]san* ]]
}

# For what is done over and over: there they see no more than in the first round.
over_and_over() {
    ! under_valgrind && ! sanitized || skip "over and over: nothing more to see for a sanitizer"
}

program() { # NAME ARGUMENT...
    local name=$1
    shift
    if [ "$name" != "${tested:-$name}" ]; then
        "$tools/$name" "$@"
    elif under_valgrind && [ -n "$tested" ]; then
        valgrind -q --error-exitcode=99 --leak-check=full --log-file="$findings.%p" "$bin/$name" "$@"
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
    ! sanitized || seconds=$((seconds * 6))
    (ulimit -t "$seconds" && exec "$@")
}

# What jq says of each article that the indexer reads in a file, on a line.
reads() { # FILTER [OPTION]... PATH
    local filter=$1
    shift
    indexer read "$@" | jq -c "$filter"
}

# An index to work on.
make_index() { # FOLDER PATH...
    local folder=$1
    shift
    "$tools/indexer" add -q -i "$folder" "$@"
}

# An index of the whole archive: made once for all tests of a file.
archive_index() { # FOLDER
    local made=$BATS_FILE_TMPDIR/archive-index
    [ -e "$made" ] || make_index "$made" "${archive[@]}"
    cp -r "$made" "$1"
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
