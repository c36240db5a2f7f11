# What the tests of the life of an index share.

load helper
tested=indexer

# Every test works on the index x.  After it x must be sound, unless the test has damaged it.
setup() {
    cd "$BATS_TEST_TMPDIR" || return 1
    findings=$BATS_TEST_TMPDIR/.findings
    mkdir "$findings"
    unset PRESSMARK_INDEX
    writer=
    reader=
    damaged=
}

teardown() {
    end_input
    end_questions
    [ -z "$writer" ] || wait "$writer" || true
    [ -z "$reader" ] || wait "$reader" || true
    [ -n "$damaged" ] || [ ! -e x/XAPIANDB ] || "$bin/indexer" check -i x
}

add() { # [OPTION]... PATH...
    indexer add -q -i x "$@"
}

delete() {
    indexer delete -i x "$@"
}

compact() {
    indexer compact -i x
}

# What jq says of the statistics of x.
stats() { # FILTER
    indexer stats -i x --json | jq -c "$1"
}

# What jq says of the summary of adding what stands on standard input.
summary() { # FILTER [OPTION]...
    local filter=$1
    shift
    indexer add -i x --json "$@" - | jq -c "$filter"
}

# Articles a1, a2 and so on, a line each, with a word in every body.
articles() { # FROM TO WORD
    awk -v from="$1" -v to="$2" -v word="$3" 'BEGIN { for (i = from; i <= to; i++)
        printf "{\"id\":\"a%d\",\"title\":\"Number %d\",\"body\":\"A %s.\"}\n", i, i, word }'
}

count() { # QUERY
    searcher -i x -c -q "$1" || [ $? -eq 1 ]
}

# The archive in several segments, with articles replaced and deleted.
worn_index() {
    make_index x "$fixtures/wire.ndjson"
    make_index x "$fixtures/articles"
    make_index x "$fixtures/json"
    "$bin/indexer" dump -i x | awk 'NR % 10 == 3' | jq -c '.body += " Corrected."' |
        "$bin/indexer" add -q -i x -
    "$bin/indexer" dump -i x | awk 'NR % 9 == 1' | jq -r .id |
        xargs -d '\n' "$bin/indexer" delete -q -i x --
}

# All that each of some queries finds: its ids in order of their names, and its total.
answers() {
    local query
    for query in harbour 'navy ferry' '"coastal guard"' title:ferry 'source:wire fish' corrected \
        '+patrol -navy' -zzyzx; do
        found "$query" -i x
        count "$query"
    done
    found '' -i x --since 2019 --until 2021
    indexer dump -i x
}

# check must find something, say it on one line that has WHAT in it, and exit 70.
check_finds() { # WHAT
    damaged=yes
    run -70 indexer check -i x
    grep -qF -e "$1" <<<"$output" || { echo "nothing of '$1' in:"; echo "$output"; return 1; }
}

# Two segments, the first with dead.
make_damageable() {
    articles 1 200 'walrus and some narwhals' | "$bin/indexer" add -q -i x -
    articles 201 210 beaver | "$bin/indexer" add -q -i x -
    "$bin/indexer" delete -q -i x a5 a17
}

# ---- a writer that is fed while it works ----

start_writer() { # [OPTION]...
    mkfifo input
    "$bin/indexer" add -i x -f ndjson "$@" - <input >written 2>&1 3>&- &
    writer=$!
    exec {input}>input
}

say() {
    printf '%s\n' "$@" >&"$input"
}

end_input() {
    if [ -n "${input:-}" ]; then
        exec {input}>&-
        input=
    fi
}

writer_ends() { # STATUS
    local status=0
    end_input
    wait "$writer" 2>/dev/null || status=$?
    writer=
    [ "$status" = "$1" ] || { echo "it ended with $status:" && cat written && return 1; }
}

holds_lock() {
    [ -n "$(find x -maxdepth 1 -name 'building-*' 2>/dev/null)" ]
}

finds() { # COUNT QUERY
    [ "$(searcher -i x -c "$2" 2>/dev/null)" = "$1" ]
}

soon() { # COMMAND...
    local i
    for ((i = 0; i < 400; i++)); do
        ! "$@" || return 0
        sleep 0.025
    done
    echo "waited in vain: $*"
    return 1
}

# ---- a reader that is asked while it changes ----

start_reader() {
    mkfifo questions
    "$bin/searcher" -i x -f tsv -n 1000 --batch - <questions >answers 3>&- &
    reader=$!
    exec {asking}>questions
}

end_questions() {
    if [ -n "${asking:-}" ]; then
        exec {asking}>&-
        asking=
    fi
}

is_open() {
    ls -l "/proc/$reader/fd" 2>/dev/null | grep -q 'segment-000001/postlist'
}
