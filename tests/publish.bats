#!/usr/bin/env bats
# A writer that publishes in between, others that wait for it, and readers meanwhile.

load life

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
    grep -q 'add: stopped by a signal, nothing more was published' written
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

# ---- readers ----

@test "a reader keeps its state while articles are replaced, deleted and compacted under it" {
    [ -d /proc/self/fd ] || skip "no /proc"
    archive_index x
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
