#!/usr/bin/env bats
# One writer at a time, and an index that is whole whatever happens to it.

load helper

# Writers in the background; what a test leaves running ends with it.
setup() {
    begin_test
    writer=
    mounted=
    printf '{"id":"%s","body":"walrus old"}\n' old-1 old-2 >old.ndjson
    printf '{"id":"%s","body":"walrus new"}\n' new-1 new-2 new-3 >new.ndjson
}

teardown() {
    end_input
    [ -z "$writer" ] || wait "$writer" || true
    [ -z "$mounted" ] || umount "$mounted"
    no_findings
}

# Starts a writer that has read an article and waits for more on standard input.
start_writer() { # FOLDER
    local folder=$1
    mkfifo input
    # A shell lets its background jobs ignore SIGINT.
    env --default-signal=INT "$bin/indexer" add -i "$folder" --format ndjson - \
        <input >written 2>&1 3>&- &
    writer=$!
    exec {input}>input
    echo '{"id":"half","body":"walrus half"}' >&"$input"
    wait_for "$folder/building-$writer"
}

end_input() {
    if [ -n "${input:-}" ]; then
        exec {input}>&-
        input=
    fi
}

wait_for() { # FILE
    for ((i = 0; i < 500; i++)); do
        [ ! -e "$1" ] || return 0
        sleep 0.02
    done
    echo "waited in vain for $1"
    return 1
}

# The writer must end by itself, with this status.
writer_ends() { # STATUS
    local status=0
    wait "$writer" 2>/dev/null || status=$?
    writer=
    [ "$status" = "$1" ] || { echo "it ended with $status:" && cat written && return 1; }
}

kill_writer() { # SIGNAL STATUS
    kill "-$1" "$writer"
    writer_ends "$2"
}

# What lies in an index, without what changes at every run.
inside() {
    (cd "$1" && find . ! -name lock -type f -exec md5sum {} + | sort -k 2)
}

# ---- the lock ----

@test "a second writer says who holds the lock, and exits 75" {
    make_index x old.ndjson
    start_writer x
    run -75 --separate-stderr indexer add -i x new.ndjson
    [[ $stderr == *"'x'"*"process $writer"* ]]
    [ -z "$output" ]
}

@test "a second writer does not disturb the first" {
    make_index x old.ndjson
    start_writer x
    run -75 indexer add -q -i x new.ndjson
    end_input
    writer_ends 0
    [ "$(found walrus -i x)" = "half old-1 old-2" ]
}

@test "two writers of one index that is not there yet: one wins, one is told" {
    start_writer x
    run -75 --separate-stderr indexer add -i x new.ndjson
    end_input
    writer_ends 0
    [ "$(found walrus -i x)" = half ]
}

@test "two indexes are written at the same time" {
    start_writer x
    indexer add -q -i y new.ndjson
    [ "$(searcher -i y -c walrus)" = 3 ]
}

@test "a writer that ended frees the lock" {
    make_index x old.ndjson
    indexer add -q -i x new.ndjson
    [ "$(searcher -i x -c walrus)" = 5 ]
}

@test "of ten writers at once each publishes or is told to try again, and no article is lost" {
    for i in {1..10}; do
        printf '{"id":"%s","body":"walrus"}\n' "$i" >"$i.ndjson"
        { "$bin/indexer" add -q -i x "$i.ndjson" 2>/dev/null; echo "$i $?" >"$i.status"; } 3>&- &
    done
    wait
    cat [0-9]*.status >statuses
    [ "$(awk '$2 != 0 && $2 != 75' statuses)" = "" ]
    [ "$(found walrus -i x | tr ' ' '\n' | sort)" = "$(awk '$2 == 0 { print $1 }' statuses | sort)" ]
}

# ---- readers ----

@test "readers see the old state until the new one is published" {
    make_index x old.ndjson
    start_writer x
    [ "$(found walrus -i x)" = "old-1 old-2" ]
    end_input
    writer_ends 0
    [ "$(found walrus -i x)" = "half old-1 old-2" ]
}

@test "there is no index to read before the first publish" {
    start_writer x
    run -66 searcher -i x walrus
}

@test "a reader at work keeps its state while a writer publishes" {
    make_index x old.ndjson
    mkfifo questions
    "$bin/searcher" -i x --count --batch - <questions >counts 3>&- &
    local reader=$!
    exec {asking}>questions
    yes walrus | head -n 2000 >&"$asking"
    indexer add -q -i x new.ndjson
    echo walrus >&"$asking"
    exec {asking}>&-
    wait "$reader"
    [ "$(cut -f 2 counts | uniq -c | awk '{ print $1, $2 }')" = "2001 2" ]
}

@test "searching never fails while one batch after the other is published" {
    make_index x old.ndjson
    for i in {1..15}; do
        printf '{"id":"%s","body":"walrus"}\n' "n$i" | "$bin/indexer" add -q -i x -
    done 3>&- &
    local before=0 now
    while kill -0 $! 2>/dev/null; do
        now=$(searcher -i x -c walrus)
        [ "$now" -ge "$before" ]
        before=$now
    done
    wait $!
    [ "$(searcher -i x -c walrus)" = 17 ]
}

# ---- death ----

@test "a dead holder frees the lock, and the next run sweeps what it left" {
    make_index x old.ndjson
    start_writer x
    kill_writer KILL 137
    ls -d x/building-*
    indexer add -q -i x new.ndjson
    [ "$(ls x | paste -s -d ' ')" = "XAPIANDB lock segment-000001 segment-000002" ]
    [ "$(found walrus -i x)" = "new-1 new-2 new-3 old-1 old-2" ]
}

@test "what a dead first writer left is no obstacle to the next" {
    start_writer x
    kill_writer KILL 137
    indexer add -q -i x new.ndjson
    [ "$(ls x | paste -s -d ' ')" = "XAPIANDB lock segment-000001" ]
}

@test "segments and stubs that nobody owns are swept" {
    make_index x old.ndjson
    cp -r x/segment-000001 x/segment-000002
    echo half >x/XAPIANDB.new
    mkdir x/building-4711
    indexer add -q -i x new.ndjson
    [ "$(ls x | paste -s -d ' ')" = "XAPIANDB lock segment-000001 segment-000002" ]
    [ "$(searcher -i x -c walrus)" = 5 ]
}

@test "a file in the index that is not ours stays" {
    make_index x old.ndjson
    echo mine >x/README
    indexer add -q -i x new.ndjson
    [ "$(cat x/README)" = mine ]
}

# ---- signals ----

@test "SIGINT publishes nothing, leaves nothing, and exits 130" {
    make_index x old.ndjson
    inside x >before
    start_writer x
    kill_writer INT 130
    same "$(inside x)" "$(cat before)"
    grep -q stopped written
}

@test "SIGTERM publishes nothing, leaves nothing, and exits 143" {
    make_index x old.ndjson
    inside x >before
    start_writer x
    kill_writer TERM 143
    same "$(inside x)" "$(cat before)"
    [ "$(found walrus -i x)" = "old-1 old-2" ]
    grep -q stopped written
}

@test "SIGTERM leaves no folder of an index that was not there before" {
    start_writer x
    kill_writer TERM 143
    [ ! -e x ]
}

@test "SIGTERM leaves an empty folder empty" {
    mkdir x
    start_writer x
    kill_writer TERM 143
    [ -z "$(ls -A x)" ]
}

@test "SIGTERM in the middle of many files stops soon" {
    mkdir many
    # Every story under 200 ids, so that there is work.
    for i in {1..200}; do
        printf 's/"id": "/&%d-/w many/%d.ndjson\ns/"id": "%d-/"id": "/\n' "$i" "$i" "$i"
    done >rename.sed
    sed -n -f rename.sed "$fixtures/wire.ndjson"
    "$bin/indexer" add -q -i x many >written 2>&1 3>&- &
    writer=$!
    wait_for "x/building-$writer"
    sleep 0.3
    kill_writer TERM 143
    [ ! -e x ]
}

@test "a run that adds nothing leaves no folder" {
    echo '{broken' >bad.ndjson
    run -3 indexer add -q -i x bad.ndjson
    [ ! -e x ]
}

# ---- failing disks ----

@test "a publish that fails leaves the old state" {
    [ "$(id -u)" != 0 ] || skip "root writes to read-only folders"
    make_index x old.ndjson
    chmod 555 x
    run -74 --separate-stderr indexer add -i x new.ndjson
    chmod 755 x
    [ -n "$stderr" ]
    [ "$(found walrus -i x)" = "old-1 old-2" ]
}

@test "files that cannot be written leave the old state, and the next run publishes" {
    make_index x old.ndjson
    inside x >before
    # No file may grow beyond 4 KiB: writing fails, as on a disk with errors.
    run --separate-stderr bash -c 'ulimit -f 4; trap "" XFSZ; "$0" add -i x new.ndjson' "$bin/indexer"
    [ "$status" = 74 ]
    [ -n "$stderr" ]
    same "$(inside x)" "$(cat before)"
    indexer add -q -i x new.ndjson
    [ "$(searcher -i x -c walrus)" = 5 ]
}

@test "a full disk is exit 74, the old state still answers, and once there is room it goes on" {
    [ "$(id -u)" = 0 ] || skip "only root can mount a small disk"
    mkdir disk
    mount -t tmpfs -o size=1200k pressmark-test disk 2>/dev/null || skip "mount does not work here"
    mounted=$PWD/disk
    make_index disk/x old.ndjson
    head -c 600000 /dev/zero >disk/ballast || true
    awk 'BEGIN { srand(1); for (i = 0; i < 400; i++) {
        printf "{\"id\":\"b%d\",\"body\":\"walrus", i
        for (j = 0; j < 200; j++) printf " w%d", rand() * 100000
        print "\"}" } }' >big.ndjson
    run -74 --separate-stderr indexer add -i disk/x big.ndjson
    [[ $stderr == *"No space left on device"* ]]
    [ "$(found walrus -i disk/x)" = "old-1 old-2" ]
    [ "$(ls disk/x | paste -s -d ' ')" = "XAPIANDB lock segment-000001" ]
    rm disk/ballast
    indexer add -q -i disk/x new.ndjson
    [ "$(searcher -i disk/x -c walrus)" = 5 ]
}
