#!/usr/bin/env bats
# The life of an index: articles are replaced and deleted, segments merge, and all stays sound.

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

# ---- replacing ----

@test "a replaced article is found by its new text only" {
    add - <<<'{"id":"a","title":"Old walrus","body":"The otter slept."}'
    summary '[.added, .updated]' <<<'{"id":"a","title":"New narwhal","body":"The beaver woke."}' >said
    [ "$(cat said)" = '[0,1]' ]
    check_rows all -i x <<'END'
walrus|
title:old|
otter|
"otter slept"|
narwhal|a
title:new|a
beaver|a
"beaver woke"|a
id:a|a
-zzyzx|a
END
    [ "$(answer id:a '.hits[] | .title' -i x)" = 'New narwhal' ]
    [ "$(answer narwhal .total -i x)" = 1 ]
}

@test "a replaced article has its new date only" {
    printf '{"id":"%s","title":"Walrus","date":"%s"}\n' a 2019-03-01 b 2020-01-01 | add -
    add - <<<'{"id":"a","title":"Walrus","date":"2023-07-01"}'
    [ "$(found walrus -i x --until 2019)" = '' ]
    [ "$(found walrus -i x --since 2020-06)" = a ]
    [ "$(found '' -i x --since 2019 --until 2020)" = b ]
    [ "$(answer walrus '.hits[].date' -i x | paste -s -d ' ')" = '2023-07-01 2020-01-01' ]
    [ "$(stats .months)" = '{"2020-01":1,"2023-07":1}' ]
}

@test "a replaced article has its new author, source, section, tags, language and names only" {
    local old='"author":"Okapi","source":"Okapi","section":"Okapi","tags":["okapi"],"language":"de"'
    add - <<<"{\"id\":\"a\",\"title\":\"T\",$old,\"entities\":[\"Okapi\"]}"
    local new=${old//kapi/celot}
    add - <<<"{\"id\":\"a\",\"title\":\"T\",${new/'"de"'/'"fr"'},\"entities\":[\"Ocelot\"]}"
    check_rows all -i x <<'END'
author:okapi|
source:okapi|
section:okapi|
tag:okapi|
entity:okapi|
lang:de|
author:ocelot|a
source:ocelot|a
section:ocelot|a
tag:ocelot|a
entity:ocelot|a
lang:fr|a
END
    [ "$(stats .sources)" = '{"Ocelot":1}' ]
}

@test "an article that has not changed is passed over, whatever key it is asked about" {
    local article='{"id":"a","title":"T","body":"B","author":"A","source":"S","section":"C",
        "url":"u","path":"p","language":"en","date":"2024","tags":["t"],"entities":["e"],"x":[1]}'
    summary .added <<<"$article"
    [ "$(summary '[.updated, .unchanged, .published]' <<<"$article")" = '[0,1,false]' ]
    [ "$(stats '[.publish, .segments, .dead]')" = '[1,1,0]' ]
}

@test "an article that has changed under any of its keys is replaced" {
    not_under_valgrind "many runs"
    local change
    echo '{"id":"a","title":"T","body":"B","date":"2024","language":"en"}' >a.json
    add - <a.json
    for change in '.title = "U"' '.body = "C"' '.author = "A"' '.source = "S"' '.section = "C"' \
        '.url = "u"' '.path = "p"' '.language = "fr"' '.date = "2024-05"' '.date = "2024-05-01"' \
        '.tags = ["t"]' '.tags = ["t", "u"]' '.entities = ["e"]' \
        '.entities = [{name: "e", type: "place"}]' '.x = 1' '.x = "1"' '.x = [1]' 'del(.x)'; do
        jq -c "$change" a.json >b.json
        mv b.json a.json
        [ "$(summary '[.added, .updated, .unchanged]' -f json <a.json)" = '[0,1,0]' ] ||
            { echo "$change"; return 1; }
    done
    [ "$(stats .articles)" = 1 ]
}

@test "articles are replaced in every segment of an index" {
    articles 1 10 walrus | add -
    articles 11 13 walrus | add -
    articles 14 14 walrus | add -
    [ "$(stats .segments)" = 3 ]
    { articles 2 2 narwhal; articles 12 12 narwhal; articles 14 15 narwhal; } >new.ndjson
    [ "$(summary '[.added, .updated]' <new.ndjson)" = '[1,3]' ]
    [ "$(count walrus)" = 11 ]
    [ "$(found narwhal -i x)" = 'a12 a14 a15 a2' ]
    [ "$(stats .articles)" = 15 ]
}

@test "an article that is replaced again and again is there once" {
    not_under_valgrind "many runs"
    articles 1 50 walrus | add -
    for i in {1..12}; do
        articles 7 7 "narwhal$i" | add -
    done
    [ "$(found narwhal12 -i x)" = a7 ]
    [ "$(count narwhal11)" = 0 ]
    [ "$(stats .articles)" = 50 ]
}

@test "an article that is published, changed and changed back in a batch is as it was" {
    articles 1 1 walrus | add -
    { articles 1 1 narwhal; articles 1 1 walrus; } | summary '[.added, .updated, .repeated]' >said
    [ "$(cat said)" = '[0,1,1]' ]
    [ "$(count walrus)" = 1 ]
    [ "$(count narwhal)" = 0 ]
    [ "$(stats .articles)" = 1 ]
}

@test "an article that comes unchanged and then changed in a batch is changed" {
    articles 1 2 walrus | add -
    { articles 1 2 walrus; articles 1 1 narwhal; articles 1 1 beaver; } | add -
    [ "$(found walrus -i x)" = a2 ]
    [ "$(count narwhal)" = 0 ]
    [ "$(found beaver -i x)" = a1 ]
}

# ---- deleting ----

@test "an article that is deleted by its id is gone" {
    articles 1 3 walrus | add -
    run -0 --separate-stderr delete a2
    [ -z "$output" ]
    [ "$stderr" = '1 deleted' ]
    [ "$(found walrus -i x)" = 'a1 a3' ]
    [ "$(found id:a2 -i x)" = '' ]
    [ "$(stats '[.articles, .dead, .publish]')" = '[2,1,2]' ]
}

@test "several ids are deleted in one publish, from several segments" {
    articles 1 10 walrus | add -
    articles 11 12 walrus | add -
    delete -q a1 a12 a5
    [ "$(count walrus)" = 9 ]
    [ "$(stats '[.articles, .dead, .publish]')" = '[9,3,3]' ]
}

@test "ids with spaces, dots and slashes are deleted" {
    printf '{"id":"%s","title":"walrus"}\n' 'a b' ../x https://x.example/1 -q stays | add -
    delete -q -- 'a b' ../x https://x.example/1 -q
    [ "$(found walrus -i x)" = stays ]
}

@test "an id that no article has is told, the others are deleted, and it exits 3" {
    articles 1 3 walrus | add -
    run -3 --separate-stderr delete a1 a4 a2 A3
    [[ ${stderr_lines[0]} == *"'a4'" ]]
    [[ ${stderr_lines[1]} == *"'A3'" ]]
    [ "${stderr_lines[2]}" = '2 deleted' ]
    [ "$(found walrus -i x)" = a3 ]
}

@test "an article that is deleted already is missing, also within a run" {
    articles 1 3 walrus | add -
    run -3 --separate-stderr delete -q a1 a1
    [[ $stderr == *"'a1'" ]]
    run -3 delete -q a1
    [ "$(stats '[.articles, .dead]')" = '[2,1]' ]
}

@test "missing ids alone publish nothing" {
    articles 1 3 walrus | add -
    run -3 delete -q a4
    [ "$(stats .publish)" = 1 ]
}

@test "all that a query finds is deleted, and nothing else" {
    make_index x "${archive[@]}"
    found 'title:ferry' -i x >ferries
    local before
    before=$(count -zzyzx)
    delete -q --query 'title:ferry'
    [ "$(count title:ferry)" = 0 ]
    [ "$(count -zzyzx)" = $((before - $(wc -w <ferries))) ]
    [ "$(wc -w <ferries)" -ge 3 ]
}

@test "a query deletes more articles than a search shows" {
    articles 1 300 walrus | add -
    articles 301 310 narwhal | add -
    run -0 --separate-stderr delete --query walrus
    [ "$stderr" = '300 deleted' ]
    [ "$(stats .articles)" = 10 ]
}

@test "an empty query is refused" {
    add -q "${archive[@]}"
    run -2 --separate-stderr delete --query ''
    [[ $stderr == *"an empty query says nothing to delete"* ]]
    run -2 delete --query ' '
}

@test "a query that finds nothing deletes nothing and is no error" {
    articles 1 3 walrus | add -
    run -0 --separate-stderr delete --query zzyzx
    [ "$stderr" = '0 deleted' ]
    [ "$(stats '[.articles, .publish]')" = '[3,1]' ]
}

@test "a broken query deletes nothing and exits 2" {
    articles 1 3 walrus | add -
    run -2 --separate-stderr delete --query 'walrus "and'
    [ -n "$stderr" ]
    [ "$(stats .articles)" = 3 ]
}

@test "ids and a query together, and neither, are a wrong command line" {
    articles 1 1 walrus | add -
    run -2 delete --query walrus a1
    run -2 delete
    [ "$(count walrus)" = 1 ]
}

@test "--json of delete counts, and -q says nothing" {
    articles 1 4 walrus | add -
    run -0 --separate-stderr delete --json a1 a2
    [ "$output" = '{"deleted":2,"missing":0}' ]
    [ -z "$stderr" ]
    run -3 --separate-stderr delete --json a2 a3
    [ "$output" = '{"deleted":1,"missing":1}' ]
    run -0 delete -q a4
    [ -z "$output" ]
}

@test "a deleted article can be added again, the same or another" {
    articles 1 2 walrus | add -
    delete -q a1 a2
    { articles 1 1 walrus; articles 2 2 narwhal; } | summary '[.added, .updated, .unchanged]' >said
    [ "$(cat said)" = '[2,0,0]' ]
    [ "$(found walrus -i x)" = a1 ]
    [ "$(found narwhal -i x)" = a2 ]
}

@test "a replaced article that is deleted does not come back" {
    articles 1 20 walrus | add -
    articles 1 1 narwhal | add -
    delete -q a1
    [ "$(count id:a1)" = 0 ]
    [ "$(found 'a1 walrus narwhal' -i x | wc -w)" = 19 ]
}

@test "every command takes an index with nothing left" {
    articles 1 5 walrus | add -
    articles 6 7 walrus | add -
    delete -q --query walrus
    [ "$(stats '[.articles, .dead, .segments]')" = '[0,0,0]' ]
    run -0 indexer stats -i x
    run -0 indexer check -i x
    [ "$output" = '0 articles, 0 problems' ]
    run -0 indexer dump -i x
    [ -z "$output" ]
    run -0 compact
    run -3 delete -q a1
    [ "$(ls x | paste -s -d ' ')" = 'XAPIANDB lock' ]
    articles 1 5 walrus | add -
    [ "$(count walrus)" = 5 ]
}

@test "an empty index and another are searched as one" {
    articles 1 5 walrus | add -
    indexer dump -i x | indexer add -q -i y -
    delete -q --query walrus
    [ "$(searcher -i x -i y -c walrus)" = 5 ]
    [ "$(searcher -i y -i x -c walrus)" = 5 ]
}

@test "deleted articles of one of two indexes are not found in both together" {
    articles 1 20 walrus | add -
    articles 1 20 walrus | indexer add -q -i y -
    delete -q a1 a2
    indexer delete -q -i y a20
    [ "$(searcher -i x -i y -c walrus)" = 37 ]
    [ "$(searcher -i x -i y -f tsv -n 100 walrus | cut -f 6 | grep -cxE 'a1|a2|a20')" = 3 ]
}

@test "every command but add refuses an index that is not there and makes nothing" {
    for command in 'delete a1' 'delete --query a1' compact check dump stats; do
        # shellcheck disable=SC2086
        run -66 --separate-stderr indexer $command -i x
        [[ $stderr == *"no index at 'x'"* ]]
        [ -z "$output" ]
        [ ! -e x ]
    done
    mkdir x
    for command in 'delete a1' compact check dump stats; do
        # shellcheck disable=SC2086
        run -66 indexer $command -i x
        [ -z "$(ls -A x)" ]
    done
}

@test "commands that take no words refuse them" {
    articles 1 1 walrus | add -
    for command in compact check dump stats; do
        run -2 indexer "$command" -i x a1
    done
}

# ---- publishing in between ----

@test "--publish-every N shows each N articles while the writer is open" {
    start_writer --publish-every 3
    say "$(articles 1 2 walrus)"
    soon holds_lock
    run -66 searcher -i x walrus
    say "$(articles 3 3 walrus)"
    soon finds 3 walrus
    say "$(articles 4 5 walrus)"
    sleep 0.3
    finds 3 walrus
    say "$(articles 6 8 walrus)"
    soon finds 6 walrus
    writer_ends 0
    finds 8 walrus
    [[ $(cat written) == '8 added, 0 failed, '* ]]
    [ "$(stats .publish)" = 3 ]
}

@test "--publish-every N counts articles that are new or changed" {
    articles 1 10 walrus | add -
    { articles 1 9 walrus; articles 10 13 narwhal; } | summary '[.updated, .unchanged, .publish]' \
        --publish-every 2 >said
    [ "$(cat said)" = '[1,9,3]' ]
}

@test "--publish-every SECONDS publishes in a pause of the stream" {
    start_writer --publish-every 0.2s
    say "$(articles 1 2 walrus)"
    soon finds 2 walrus
    say "$(articles 3 3 walrus)"
    soon finds 3 walrus
    local publish
    publish=$(stats .publish)
    sleep 0.5
    [ "$(stats .publish)" = "$publish" ]
    writer_ends 0
}

@test "--publish-every SECONDS publishes half of a stream whose format is found by itself" {
    mkfifo input
    "$bin/indexer" add -q -i x --publish-every 0.2s - <input >written 2>&1 3>&- &
    writer=$!
    exec {input}>input
    say "$(articles 1 2 walrus)"
    soon finds 2 walrus
    writer_ends 0
}

@test "an article that is published in between and changed later in the stream is replaced" {
    { articles 1 3 walrus; articles 2 2 narwhal; articles 2 2 beaver; articles 4 9 walrus; } |
        summary '[.added, .updated, .repeated]' --publish-every 3 >said
    [ "$(cat said)" = '[9,1,1]' ]
    [ "$(found beaver -i x)" = a2 ]
    [ "$(count narwhal)" = 0 ]
    [ "$(count walrus)" = 8 ]
}

@test "a writer that is killed keeps what it has published" {
    start_writer --publish-every 3
    say "$(articles 1 5 walrus)"
    soon finds 3 walrus
    kill -KILL "$writer"
    writer_ends 137
    finds 3 walrus
    articles 6 6 walrus | add -
    finds 4 walrus
}

@test "a writer that is stopped keeps what it has published, and says how much" {
    start_writer --publish-every 3
    say "$(articles 1 5 walrus)"
    soon finds 3 walrus
    kill -TERM "$writer"
    writer_ends 143
    finds 3 walrus
    grep -q '^3 added, ' written
}

@test "a bad record does not stop a stream that is published in between" {
    { articles 1 2 walrus; echo '{broken'; articles 3 4 walrus; } >a.ndjson
    run -3 add --publish-every 2 a.ndjson
    [ "$(count walrus)" = 4 ]
}

@test "--strict refuses --publish-every" {
    articles 1 2 walrus >a.ndjson
    run -2 --separate-stderr add --strict --publish-every 2 a.ndjson
    [[ $stderr == *--publish-every* ]]
    run -2 add --strict --publish-every 2s a.ndjson
    [ ! -e x ]
}

@test "--publish-every takes whole articles or seconds and nothing else" {
    not_under_valgrind "many runs"
    articles 1 2 walrus >a.ndjson
    for when in '' 0 0s -1 -1s 1.5 s 5m x 1e12 nan nans infs '5 s' +5; do
        run -2 --separate-stderr add --publish-every "$when" a.ndjson
        [[ $stderr == *"'$when'"* ]]
    done
    [ ! -e x ]
}

# ---- waiting ----

@test "without --wait every writer is refused while another is at work" {
    articles 1 1 walrus | add -
    start_writer
    say "$(articles 2 2 walrus)"
    soon holds_lock
    articles 3 3 walrus >a.ndjson
    for command in 'add a.ndjson' 'delete a1' compact check; do
        # shellcheck disable=SC2086
        run -75 --separate-stderr indexer $command -i x
        [[ $stderr == *"'x'"*"process $writer since 20"[0-9][0-9]-* ]]
    done
    run -0 indexer dump -i x
    run -0 indexer stats -i x
}

@test "--wait=SECONDS gives up after so long, with 75" {
    start_writer
    soon holds_lock
    articles 3 3 walrus >a.ndjson
    local start=${EPOCHREALTIME/./}
    run -75 --separate-stderr add --wait=0.7 a.ndjson
    [[ $stderr == *"process $writer since "* ]]
    local took=$((${EPOCHREALTIME/./} - start))
    [ $took -ge 700000 ]
    [ $took -lt 5000000 ]
}

@test "--wait gets the lock when the holder is done" {
    articles 1 1 walrus | add -
    start_writer
    say "$(articles 2 2 walrus)"
    soon holds_lock
    articles 3 3 walrus | "$bin/indexer" add -q -i x --wait - 3>&- {input}>&- &
    local one=$!
    "$bin/indexer" delete -q -i x --wait=60 a1 3>&- {input}>&- &
    local two=$!
    "$bin/indexer" check -q -i x --wait 3>&- {input}>&- &
    local three=$!
    sleep 0.3
    kill -0 $one
    kill -0 $two
    kill -0 $three
    finds 1 walrus
    writer_ends 0
    wait $one
    wait $two
    wait $three
    [ "$(found walrus -i x)" = 'a2 a3' ]
}

@test "--wait gets the lock when the holder is killed" {
    start_writer
    say "$(articles 1 1 walrus)"
    soon holds_lock
    articles 2 2 walrus | "$bin/indexer" add -q -i x --wait=60 - 3>&- {input}>&- &
    local waiting=$!
    sleep 0.2
    kill -KILL "$writer"
    writer_ends 137
    wait $waiting
    [ "$(found walrus -i x)" = a2 ]
}

@test "a writer that waits can be stopped" {
    start_writer
    soon holds_lock
    articles 2 2 walrus >a.ndjson
    "$bin/indexer" add -q -i x --wait a.ndjson 3>&- {input}>&- 2>stopped &
    local waiting=$! status=0
    sleep 0.3
    kill -TERM $waiting
    wait $waiting || status=$?
    [ $status = 143 ]
}

@test "--wait takes seconds and nothing else" {
    articles 2 2 walrus >a.ndjson
    for seconds in '' x -1 5s nan; do
        run -2 --separate-stderr add "--wait=$seconds" a.ndjson
        [[ $stderr == *"'$seconds'"* ]]
    done
    run -0 add --wait=0 a.ndjson
}

# ---- merging ----

@test "twenty batches of one size leave few segments" {
    not_under_valgrind "many runs"
    for i in {1..20}; do
        articles $((10 * i)) $((10 * i + 9)) walrus | add -
        [ "$(stats .segments)" -le 8 ]
    done
    [ "$(count walrus)" = 200 ]
    [ "$(stats '[.articles, .publish]')" = '[200,20]' ]
}

@test "a large segment is not written again when small batches come" {
    not_under_valgrind "many runs"
    articles 1 200 walrus | add -
    local before
    before=$(stat -c '%i %Y' x/segment-000001/*)
    for i in {1..10}; do
        articles $((200 + 5 * i)) $((204 + 5 * i)) walrus | add -
    done
    same "$(stat -c '%i %Y' x/segment-000001/*)" "$before"
    [ "$(stats .segments)" -le 6 ]
    [ "$(count walrus)" = 250 ]
}

@test "no segment that add merges is larger than four times its batch" {
    not_under_valgrind "many runs"
    command -v xapian-delve >/dev/null || skip "no xapian-delve (xapian-tools)"
    local size from=1 segment documents
    for size in 40 3 9 1 1 1 1 12 5 2 30 1 1 1 1 7 7 7 7 60 3 3 3 3; do
        ls -d x/segment-* >before 2>/dev/null || true
        articles $from $((from + size - 1)) walrus | add -
        from=$((from + size))
        for segment in $(ls -d x/segment-* | grep -vxFf before); do
            documents=$(xapian-delve "$segment" | sed -n 's/^number of documents = //p')
            [ "$documents" -le $((4 * size)) ] ||
                { echo "a batch of $size made a segment of $documents"; return 1; }
        done
    done
    [ "$(count walrus)" = $((from - 1)) ]
}

@test "a segment a tenth of which is dead is written anew when it is small for the batch" {
    articles 1 20 walrus | add -
    articles 1 5 narwhal | add -
    [ "$(stats '[.articles, .dead, .segments]')" = '[20,0,2]' ]
    [ ! -e x/segment-000001 ]
    [ "$(count walrus)" = 15 ]
    [ "$(found narwhal -i x)" = 'a1 a2 a3 a4 a5' ]
}

@test "a segment a tenth of which is dead is left alone when it is large for the batch" {
    articles 1 40 walrus | add -
    articles 1 5 narwhal | add -
    [ "$(stats '[.articles, .dead, .segments]')" = '[40,5,2]' ]
}

@test "a segment that is all dead goes without a merge" {
    articles 1 40 walrus | add -
    articles 41 41 walrus | add -
    local inode
    inode=$(stat -c %i x/segment-000001)
    delete -q a41
    [ "$(stats '[.articles, .dead, .segments]')" = '[40,0,1]' ]
    [ "$(stat -c %i x/segment-000001)" = "$inode" ]
    [ "$(ls x | paste -s -d ' ')" = 'XAPIANDB lock segment-000001' ]
}

# ---- compacting ----

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

@test "compact makes one segment, drops the dead, and frees room" {
    worn_index
    local before
    before=$(stats .bytes)
    [ "$(stats .segments)" -ge 3 ]
    [ "$(stats .dead)" -ge 10 ]
    run -0 compact
    [ -z "$output" ]
    [ "$(stats '[.dead, .segments]')" = '[0,1]' ]
    [ "$(stats .bytes)" -lt "$before" ]
    [ "$(find x -mindepth 1 -maxdepth 1 | wc -l)" = 3 ]
}

@test "compact changes no answer" {
    worn_index
    answers >before
    compact
    answers >after
    diff -u before after
    [ "$(wc -l <before)" -ge 70 ]
}

@test "compact of what is compact publishes nothing" {
    worn_index
    compact
    local publish
    publish=$(stats .publish)
    compact
    [ "$(stats .publish)" = "$publish" ]
}

@test "the order of answers is the same before and after compact" {
    make_index x "$fixtures/wire.ndjson"
    make_index x "$fixtures/articles"
    make_index x "$fixtures/json"
    printf '%s\n' harbour 'navy ferry sea' 'coastal guard patrol' 'title:ferry inquiry' -zzyzx >queries
    searcher -i x --batch queries -f tsv -n 100 | cut -f 1,2,4- >before
    compact
    searcher -i x --batch queries -f tsv -n 100 | cut -f 1,2,4- >after
    diff -u before after
    [ "$(wc -l <before)" -ge 100 ]
}

# ---- dumping ----

# Adds the dump of x to an index of its own, and compares the dumps of both.
dump_again() {
    indexer dump -i x >one.ndjson
    rm -rf again
    run -0 indexer add -q -i again - <one.ndjson
    [ -z "$output" ]
    indexer dump -i again >two.ndjson
    cmp one.ndjson two.ndjson
    [ -s one.ndjson ]
}

@test "a dump that is added again gives the same dump, byte for byte" {
    make_index x "${archive[@]}"
    dump_again
    [ "$(wc -l <one.ndjson)" = 76 ]
    [ "$(summary '[.unchanged, .published]' <one.ndjson)" = '[76,false]' ]
}

@test "a dump of odd articles that is added again gives the same dump, byte for byte" {
    cat >odd.ndjson <<'END'
{"id":"made","body":"A walrus sang in St. Ives. Nobody minded.\n\nMore tomorrow."}
{"id":"unknown","title":"T","desk":"coast","Desk":"sea","":"nothing","page":{"of":[1,[2,{"three":null}]]}}
{"id":"date","title":"T","date":"next tuesday"}
{"id":"dates","title":"T","date":"2024-05-01T10:30:00+07:00","published":"2023","pubDate":"bad"}
{"id":"year","title":"T","date":2019}
{"id":"numbers","title":"T","a":9007199254740993,"b":1e15,"c":123456789012345678,"d":-0.0,"e":1e300,"f":0.1,"g":1e-300,"h":1E3,"i":-5}
{"id":4711,"title":"T"}
{"id":"names","title":"T","entities":["A",{"name":"B","type":"person"},{"name":"C"}]}
{"id":"groups","title":"T","entities":{"person":["A","B"],"place":[{"name":"C"}]}}
{"id":"extra","title":"T","extra":{"extra":{"extra":{"id":"x"}},"title":"U","id":"zz","date":"bad","title_from":"made"}}
{"id":"no object","title":"T","extra":[1,2]}
{"id":"control","title":"a\u0001\u001f\u007fb","body":"x\u0000y\u0002\tz\r\nnew\r\rline\u2028\u202e\ufeff"}
{"id":"escapes","title":"\"\\\/\b\f","body":"<>&'\u00e9\ud83d\ude00 \ud800 \\u0041"}
{"id":"many\nlines","title":"one\ntwo\r\nthree","author":"a\nb","source":"c\td"}
{"id":"people","title":"T","author":[{"name":"A"},{"name":"B"}],"byline":"C","authors":"D"}
{"id":"tags","title":"T","tags":"a, b ,,c","keywords":["d",5]}
{"id":"language","title":"T","language":"klingon","lang":"fr"}
{"id":"from","title":"T","title_from":"text","date":"2024","date_from":"made"}
{"id":"from what","title":"T","title_from":"me","date_from":"field"}
{"id":"twice","title":"T","a":1,"a":2,"A":3}
{"id":"only title","title":"T","body":""}
{"id":"long","title":"T","body":"  spaces  \n\n\n\n  around  \n"}
{"id":"path","title":"T","path":"p","url":"u","section":"S"}
{"id":"bool","title":"T","yes":true,"no":false,"none":null}
END
    add odd.ndjson 2>warnings
    [ "$(stats .articles)" = 24 ]
    dump_again
    compact
    indexer dump -i x | cmp - one.ndjson
}

@test "a dump of plain texts with headlines and without that is added again gives the same dump" {
    mkdir news
    printf 'Walrus elected\n\nThe walrus won.\n' >news/headline.txt
    printf 'The walrus won in the end. Nobody minded.\n\nMore.' >news/none.txt
    printf 'A walrus \xff\xfe in the caf\xe9 there.\n' >news/bytes.txt
    printf '\xef\xbb\xbfMark\r\n\r\nA walrus.\r\n' >news/mark.txt
    add news
    [ "$(indexer dump -i x | jq -r .title_from | sort | uniq -c | awk '{ print $1, $2 }' | paste -s)" = \
        $'2 made\t2 text' ]
    dump_again
}

@test "a dump holds what is alive, in the order it came" {
    articles 1 20 walrus | add -
    articles 21 25 walrus | add -
    articles 3 3 narwhal | add -
    delete -q a7 a22
    [ "$(indexer dump -i x | jq -r .id | paste -s -d ' ')" = \
        "a1 a2 $(seq -f a%.0f -s ' ' 4 6) $(seq -f a%.0f -s ' ' 8 21) a23 a24 a25 a3" ]
    dump_again
}

@test "the dump of an index does not depend on how it was fed" {
    "$bin/indexer" add -q -i y --publish-every 7 "${archive[@]}"
    "$bin/indexer" add -q -i x "${archive[@]}"
    cmp <(indexer dump -i x) <(indexer dump -i y)
    indexer compact -i y
    cmp <(indexer dump -i x) <(indexer dump -i y)
}

@test "a dump into a pipe that closes ends quietly, into a full disk with 74" {
    make_index x "${archive[@]}"
    run -0 --separate-stderr bash -c '"$0" dump -i x | head -n 1 >/dev/null; exit "${PIPESTATUS[0]}"' \
        "$bin/indexer"
    [ -z "$stderr" ]
    run -74 --separate-stderr bash -c '"$0" dump -i x >/dev/full' "$bin/indexer"
    [[ $stderr == *"No space left on device"* ]]
}

# ---- checking ----

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

@test "check of a sound index says how many articles, and exits 0" {
    make_damageable
    run -0 --separate-stderr indexer check -i x
    [ "$output" = '208 articles, 0 problems' ]
    [ -z "$stderr" ]
    run -0 indexer check -q -i x
    [ -z "$output" ]
}

# What is said of these is Xapian's own message.
@test "check finds a block of a table overwritten" {
    local table blocks=0
    for table in postlist position docdata termlist; do
        rm -rf x
        make_damageable
        head -c 8192 /dev/zero | tr '\0' '\377' |
            dd of="x/segment-000001/$table.glass" bs=8192 conv=notrunc status=none
        check_finds block
        blocks=$((blocks + 1))
    done
    [ $blocks = 4 ]
}

@test "check finds a table cut short" {
    local table
    for table in postlist position docdata termlist; do
        rm -rf x
        make_damageable
        damaged=yes
        truncate -s $(($(stat -c %s "x/segment-000001/$table.glass") / 2)) \
            "x/segment-000001/$table.glass"
        run indexer check -i x
        [[ $status == 7[04] ]]
        [ -n "$output" ]
    done
}

@test "check finds the table of terms gone, and that of the articles" {
    make_damageable
    rm x/segment-000001/postlist.glass
    check_finds segment-000001/postlist.glass
    rm -r x
    make_damageable
    rm x/segment-000001/docdata.glass
    check_finds 'document data'
}

@test "check finds a list of dead gone" {
    make_damageable
    rm x/dead-*
    check_finds dead-000001-3
    [ "${#lines[@]}" = 1 ]
}

@test "check finds a list of dead with a byte changed, and one cut short" {
    make_damageable
    cp x/dead-000001-3 list
    printf '\6' | dd of=x/dead-000001-3 bs=1 seek=12 conv=notrunc status=none
    check_finds dead-000001-3
    [ "${#lines[@]}" = 1 ]
    head -c 20 list >x/dead-000001-3
    check_finds dead-000001-3
}

@test "check finds a file that nobody owns" {
    make_damageable
    echo mine >x/README
    check_finds x/README
    [ "${lines[1]}" = '208 articles, 1 problems' ]
    run -70 indexer check -q -i x
    [ "${#lines[@]}" = 1 ]
}

@test "check finds an article that is there twice" {
    articles 1 1 walrus | add -
    cp -r x/segment-000001 x/segment-000002
    sed -i 's/^# next 2/# next 3/; $ a auto segment-000002' x/XAPIANDB
    check_finds "'a1' is there twice"
}

@test "check finds a segment that is not there" {
    make_damageable
    rm -r x/segment-000002
    check_finds segment-000002
    [ "${#lines[@]}" = 1 ]
}

@test "check finds a stub that makes no sense" {
    make_damageable
    echo 'auto elsewhere' >>x/XAPIANDB
    check_finds elsewhere
    [ "${#lines[@]}" = 1 ]
}

@test "check finds a segment whose number is still to come" {
    make_damageable
    sed -i 's/^# next .*/# next 2/' x/XAPIANDB
    check_finds segment-000002
}

@test "check finds the dead of another segment" {
    make_damageable
    articles 211 500 otter | "$bin/indexer" add -q -i x -
    "$bin/indexer" delete -q -i x a500
    cp "$(ls x/dead-000003-*)" "$(ls x/dead-000001-*)"
    check_finds 'is dead, but there is none'
}

@test "check leaves a sound index just as it was" {
    make_damageable
    (cd x && find . -type f ! -name lock -exec md5sum {} + | sort) >before
    indexer check -q -i x
    (cd x && find . -type f ! -name lock -exec md5sum {} + | sort) >after
    diff before after
}

@test "a damaged index is exit 70 for whoever meets the damage" {
    make_damageable
    damaged=yes
    rm x/dead-*
    run -70 --separate-stderr searcher -i x walrus
    [[ $stderr == *dead-000001-3* ]]
    run -70 indexer dump -i x
    run -70 indexer stats -i x
    run -70 compact
    articles 300 300 walrus >a.ndjson
    run -70 add a.ndjson
}

# ---- readers ----

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

@test "a reader keeps its state while articles are replaced, deleted and compacted under it" {
    [ -d /proc/self/fd ] || skip "no /proc"
    make_index x "${archive[@]}"
    printf '%s\n' harbour '"coastal guard"' title:ferry 'source:wire fish' 'author:nop' -zzyzx >asked
    searcher -i x -f tsv -n 1000 --batch asked >before
    start_reader
    soon is_open
    indexer dump -i x | jq -c '.body += " Walrus."' | "$bin/indexer" add -q -i x - {asking}>&-
    "$bin/indexer" delete -q -i x --query title:ferry {asking}>&-
    "$bin/indexer" compact -i x {asking}>&-
    [ ! -e x/segment-000001 ]
    cat asked >&"$asking"
    end_questions
    wait "$reader"
    reader=
    cmp answers before
    [ "$(wc -l <before)" -ge 100 ]
    [ "$(count walrus)" -ge 60 ]
    [ "$(count title:ferry)" = 0 ]
}

@test "a reader that has lists of dead open keeps them when they are removed" {
    [ -d /proc/self/fd ] || skip "no /proc"
    make_damageable
    start_reader
    soon is_open
    delete -q a6 a7
    [ ! -e x/dead-000001-3 ]
    compact
    echo walrus >&"$asking"
    end_questions
    wait "$reader"
    reader=
    [ "$(wc -l <answers)" = 198 ]
    [ "$(count walrus)" = 196 ]
}

@test "searching never fails and sees whole batches while articles are replaced" {
    not_under_valgrind "a race"
    articles 1 20 walrus0 | add -
    for i in {1..12}; do
        articles 1 20 "walrus$i" | "$bin/indexer" add -q -i x -
        "$bin/indexer" compact -i x
    done 3>&- &
    while kill -0 $! 2>/dev/null; do
        [ "$(count number)" = 20 ]
        [ "$(searcher -i x -f json -n 20 number | jq '[.hits[].snippets[0].text] | unique | length')" = 1 ]
    done
    wait $!
    [ "$(count walrus12)" = 20 ]
}

# ---- stock tools ----

@test "xapian-delve opens an index with dead articles and counts them too" {
    command -v xapian-delve >/dev/null || skip "no xapian-delve (xapian-tools)"
    make_damageable
    run -0 xapian-delve x
    [[ $output == *"number of documents = 210"* ]]
    compact
    run -0 xapian-delve x
    [[ $output == *"number of documents = 208"* ]]
}

@test "quest finds dead articles until compact drops them" {
    command -v quest >/dev/null || skip "no quest (xapian-examples)"
    articles 1 40 walrus | add -
    articles 1 1 narwhal | add -
    run -0 quest -d x -m 50 walrus
    [ "$(grep -cE '^[0-9]+: ' <<<"$output")" = 40 ]
    compact
    run -0 quest -d x -m 50 walrus
    [ "$(grep -cE '^[0-9]+: ' <<<"$output")" = 39 ]
}

@test "xapian-check finds no errors in an index with dead articles, nor after compact" {
    command -v xapian-check >/dev/null || skip "no xapian-check (xapian-tools)"
    worn_index
    run -0 xapian-check x/XAPIANDB
    [[ $output == *"No errors found"* ]]
    compact
    run -0 xapian-check x/XAPIANDB
    [[ $output == *"No errors found"* ]]
}

# ---- statistics ----

@test "months and sources of stats add up to the articles that are alive" {
    worn_index
    for _ in before after; do
        holds '.articles == ([.months[]] | add) and .articles == ([.sources[]] | add)' \
            <<<"$(indexer stats -i x --json)"
        compact
    done
    [ "$(stats .articles)" = "$(indexer dump -i x | wc -l)" ]
}

@test "months and sources of stats are those of the articles" {
    worn_index
    same "$(stats '.months | to_entries | map(select(.key != "") | "\(.key) \(.value)") | .[]')" \
        "$(indexer dump -i x | jq -r '.date // empty | .[:7]' | sort | uniq -c |
            awk '{ print "\"" $2 " " $1 "\"" }')"
    same "$(stats '.sources | to_entries[] | select(.key != "") | [.key, .value]' | sort)" \
        "$(indexer dump -i x | jq -c -s 'group_by(.source)[] | select(.[0].source) |
            [.[0].source, length]' | sort)"
}

@test "the tables of stats add up to the bytes, and are those of the files" {
    worn_index
    holds '.bytes == ([.tables[]] | add)' <<<"$(indexer stats -i x --json)"
    [ "$(stats .bytes)" = "$(cat x/segment-*/*.glass | wc -c)" ]
    [ "$(stats .tables.postlist)" = "$(cat x/segment-*/postlist.glass | wc -c)" ]
}

@test "stats shows in text what it shows in JSON" {
    printf '{"id":"%s","title":"T","date":"%s","source":"%s"}\n' a 2024-05-01 Wire b 2024-05 Wire \
        c 2023 '' d '' 'Two words' | add - 2>warnings
    delete -q c
    indexer stats -i x | tr -s ' ' >text
    sed -i 's/ $//' text
    local number
    for number in articles dead segments publish bytes; do
        grep -qx "$number $(stats ".$number")" text
    done
    same "$(sed -n '/^months$/,$ p' text)" 'months
 2 2024-05
 1 (none)
sources
 2 Wire
 1 Two words'
}

# ---- the index that is meant ----

@test "every command works on the index that PRESSMARK_INDEX names" {
    export PRESSMARK_INDEX=x
    articles 1 5 walrus | indexer add -q -
    indexer delete -q a1
    indexer compact
    [ "$(indexer check)" = '4 articles, 0 problems' ]
    [ "$(indexer dump | wc -l)" = 4 ]
    [ "$(indexer stats --json | jq -r .index)" = x ]
    unset PRESSMARK_INDEX
    for command in 'delete a2' compact check dump stats; do
        # shellcheck disable=SC2086
        run -2 --separate-stderr indexer $command
        [[ $stderr == *PRESSMARK_INDEX* ]]
    done
}

# ---- what a first look found ----

@test "an index with nothing left still answers" {
    articles 1 5 walrus | add -
    delete -q --query walrus
    run -1 searcher -i x walrus
    run -1 searcher -i x -f json --since 2000 walrus
    run -1 searcher -i x -c -q -zzyzx
    run -0 delete -q --query walrus
    [ "$(count walrus)" = 0 ]
}

@test "an index and a copy of it are not searched together" {
    articles 1 20 walrus | add -
    cp -r x y
    run -2 --separate-stderr searcher -i x -i y -c walrus
    [[ $stderr == *"is a copy of"* ]]
}

@test "languages and dates of stats are those of the articles that are alive" {
    printf '{"id":"%s","title":"T","language":"%s","date":"%s"}\n' a de 2001 b en 2010 c fr 2020 | add -
    delete -q a c
    [ "$(stats '[.languages, .first_date, .last_date]')" = '[{"en":1},"2010","2010"]' ]
}

@test "a dump that is added as a file gives the same dump" {
    articles 1 5 walrus | add -
    indexer dump -i x >one.ndjson
    indexer add -q -i again one.ndjson
    cmp one.ndjson <(indexer dump -i again)
}

@test "check finds every table gone, and says which" {
    local table
    for table in postlist position docdata termlist; do
        rm -rf x
        make_damageable
        rm "x/segment-000001/$table.glass"
        check_finds segment-000001
    done
}

@test "check finds a table cut short, with 70, and says which" {
    make_damageable
    truncate -s 8192 x/segment-000001/docdata.glass
    check_finds segment-000001
}

@test "check says in which segment a block is overwritten" {
    make_damageable
    head -c 8192 /dev/zero | dd of=x/segment-000001/docdata.glass bs=8192 conv=notrunc status=none
    check_finds segment-000001
}

@test "check finds text that is not what was added" {
    local at changed=0
    make_index good "$fixtures/wire.ndjson"
    "$bin/indexer" dump -i good >before
    for ((at = 1000; at < 6000; at += 200)); do
        rm -rf x
        cp -r good x
        printf '\125' | dd of=x/segment-000001/docdata.glass bs=1 seek="$at" conv=notrunc status=none
        "$bin/indexer" dump -i x >after 2>/dev/null || continue
        ! cmp -s before after || continue
        changed=$((changed + 1))
        damaged=yes
        run -70 indexer check -i x
        # Not only that the file has another hash.
        grep -qE "^(the article|the id|document) " <<<"$output"
    done
    [ $changed -ge 3 ]
}

@test "check finds a file in a segment that nobody owns" {
    make_damageable
    echo mine >x/segment-000001/README
    check_finds segment-000001/README
}

@test "the text of stats has no spaces at line ends" {
    articles 1 5 walrus | add -
    run -0 indexer stats -i x
    [ -z "$(grep ' $' <<<"$output")" ]
}

@test "a number that cannot be kept is not lost in silence" {
    run add - <<<'{"id":"a","title":"T","n":1e400}'
    [ "$status" = 3 ] || [ "$(indexer dump -i x | jq -c .extra.n)" != null ]
}

@test "a writer that cannot read the state of an index removes nothing" {
    articles 1 5 walrus | add -
    cp x/XAPIANDB good
    local damage
    for damage in 's/^# analyzer .*/# analyzer 9999/' 's/^# pressmark .*/# pressmark 9999/' \
        's/^# uuid .*/# nonsense/' 's/^auto .*/junk/'; do
        sed -i "$damage" x/XAPIANDB
        run add - <<<'{"id":"b","body":"walrus"}'
        [ "$status" -ne 0 ]
        [ -d x/segment-000001 ]
        cp good x/XAPIANDB
        [ "$(count walrus)" = 5 ]
    done
}

@test "an index that has lost its stub is refused, and keeps its segments" {
    articles 1 5 walrus | add -
    articles 6 9 walrus | add -
    mv x/XAPIANDB stub
    run --separate-stderr add - <<<'{"id":"b","body":"walrus"}'
    [ "$status" -ne 0 ]
    [[ $stderr == *"has lost its XAPIANDB"* ]]
    mv stub x/XAPIANDB
    [ "$(count walrus)" = 9 ]
}
