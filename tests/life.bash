# What the tests of the life of an index share.

load helper
tested=indexer

# Every test works on the index x.  After it x must be sound, unless the test has damaged it.
setup() {
    begin_test
    unset PRESSMARK_INDEX
    writer=
    reader=
    damaged=
}

teardown() {
    local status=0
    end_input
    end_questions
    [ -z "$writer" ] || wait "$writer" || true
    [ -z "$reader" ] || wait "$reader" || true
    [ -n "$damaged" ] || [ ! -e x/XAPIANDB ] || "$tools/indexer" check -i x || status=1
    no_findings && return $status
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

# The archive in several segments, with articles replaced and deleted; made once for a file.
worn_index() {
    local made=$BATS_FILE_TMPDIR/worn
    if [ ! -e "$made" ]; then
        make_index "$made" "$fixtures/wire.ndjson"
        make_index "$made" "$fixtures/articles"
        make_index "$made" "$fixtures/json"
        "$tools/indexer" dump -i "$made" | awk 'NR % 10 == 3' | jq -c '.body += " Corrected."' |
            make_index "$made" -
        "$tools/indexer" dump -i "$made" | awk 'NR % 9 == 1' | jq -r .id |
            xargs -d '\n' "$tools/indexer" delete -q -i "$made" --
    fi
    cp -r "$made" x
}

# All that each of some queries finds: its ids in order of their names, and its total.
answers() {
    printf '%s\n' harbour 'navy ferry' '"coastal guard"' title:ferry 'source:wire fish' corrected \
        '+patrol -navy' -zzyzx >asked
    searcher -i x -f tsv -n 1000 --batch asked | sort -t $'\t' -k 1,1n -k 7 | cut -f 1,7
    searcher -i x -c --batch asked
    found '' -i x --since 2019 --until 2021
    indexer dump -i x
}

# check must find something, say it on one line that has WHAT in it, and exit 70.
check_finds() { # WHAT
    damaged=yes
    run -70 indexer check -i x
    grep -qF -e "$1" <<<"$output" || { echo "nothing of '$1' in:"; echo "$output"; return 1; }
    [[ $output != *$'\n\n'* ]] || { echo "an empty line in:"; echo "$output"; return 1; }
}

# Two segments, the first with dead; made once for a file.
make_damageable() {
    local made=$BATS_FILE_TMPDIR/damageable
    if [ ! -e "$made" ]; then
        articles 1 200 'walrus and some narwhals' | make_index "$made" -
        articles 201 210 beaver | make_index "$made" -
        "$tools/indexer" delete -q -i "$made" a5 a17
    fi
    cp -r "$made" x
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
