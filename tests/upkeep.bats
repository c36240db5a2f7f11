#!/usr/bin/env bats
# Segments merge, and an index is compacted, dumped and checked.

load life

# ---- merging ----

@test "twenty batches of one size leave few segments" {
    over_and_over
    for i in {1..20}; do
        articles $((10 * i)) $((10 * i + 9)) walrus | add -
        [ "$(stats .segments)" -le 8 ]
    done
    [ "$(count walrus)" = 200 ]
    [ "$(stats '[.articles, .publish]')" = '[200,20]' ]
}

@test "a large segment is not written again when small batches come" {
    over_and_over
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
    over_and_over
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
    archive_index x
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
    archive_index x
    cmp <(indexer dump -i x) <(indexer dump -i y)
    indexer compact -i y
    cmp <(indexer dump -i x) <(indexer dump -i y)
}

@test "a dump into a pipe that closes ends quietly, into a full disk with 74" {
    archive_index x
    run -0 --separate-stderr bash -c '"$0" dump -i x | head -n 1 >/dev/null; exit "${PIPESTATUS[0]}"' \
        "$bin/indexer"
    [ -z "$stderr" ]
    run -74 --separate-stderr bash -c '"$0" dump -i x >/dev/full' "$bin/indexer"
    [[ $stderr == *"No space left on device"* ]]
}

# ---- checking ----

@test "check of a sound index says how many articles, and exits 0" {
    make_damageable
    run -0 --separate-stderr indexer check -i x
    [ "$output" = '208 articles, 0 problems' ]
    [ -z "$stderr" ]
    run -0 indexer check -q -i x
    [ -z "$output" ]
}

@test "check of an index whose lock cannot be opened says so, and of no damage" {
    make_damageable
    rm -f x/lock
    mkdir x/lock # root could open a file whatever its rights
    run -74 --separate-stderr indexer check -i x
    [ -z "$output" ]
    [[ $stderr == "indexer check: cannot open 'x/lock': "* ]]
    rmdir x/lock
}

# What is said of these is Xapian's own message, but of the table that is ours.
@test "check finds a block of a table overwritten" {
    local table blocks=0
    for table in postlist positions docdata termlist; do
        rm -rf x
        make_damageable
        head -c 8192 /dev/zero | tr '\0' '\377' |
            dd of="x/segment-000001/$table.glass" bs=8192 conv=notrunc status=none
        check_finds "$([ $table = positions ] && echo 'table positions.glass is damaged' || echo block)"
        blocks=$((blocks + 1))
    done
    [ $blocks = 4 ]
}

@test "check finds a table cut short" {
    local table
    for table in postlist positions docdata termlist; do
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
    [ "${lines[1]}" = '208 articles, 1 problem' ]
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
    articles 211 500 otter | make_index x -
    "$tools/indexer" delete -q -i x a500
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

@test "an index without its segment, or with an empty stub, is damaged" {
    local command
    make_index hollow "$project/fixtures/wire.ndjson"
    rm -r hollow/segment-000001
    run -70 --separate-stderr searcher -i hollow -q x
    [[ $stderr == *"'hollow/segment-000001': No such file or directory" ]]
    : >hollow/XAPIANDB
    for command in check stats 'add x.ndjson'; do
        # shellcheck disable=SC2086
        run -70 --separate-stderr "$bin/indexer" $command -i hollow
        [[ $stderr == *"'hollow/XAPIANDB' is empty: the index is damaged" ]]
    done
}

@test "phrases are found where they stand after merges and deletions, whoever writes" {
    local n
    seq 300 | awk '{ printf "{\"id\":\"a%03d\",\"title\":\"Number %d of many\",\"body\":\"%s\"}\n", $1, $1,
        ($1 % 3 ? "the red boat came late" : "red the late boat came") }' >all.ndjson
    printf '%s\n' '"red boat"' '"boat came late"' '"late boat"' 'late NEAR/1 came' '"number 7 of"' \
        'title:"of many"' >queries
    expect() { # STEP: of what is left, as many as in an index that was made at once
        rm -rf fresh
        indexer dump -i x | indexer add -q -i fresh -
        searcher -i fresh --count --batch queries >expected
        same "$(grep -c '[[:space:]]0$' expected)" 0
        searcher -i x --count --batch queries | diff expected - || { echo "after $1" && return 1; }
        indexer check -q -i x
    }
    for n in {0..5}; do
        awk -v n="$n" 'int((NR - 1) / 50) == n' all.ndjson | indexer add -q -i x -
    done
    expect "six adds"
    indexer delete -q -i x a004 a009 a050 a299
    indexer compact -i x
    expect "a merge without few dead"
    indexer delete -q -i x $(printf 'a%03d ' {40..49} {51..280})
    indexer compact -i x
    expect "a merge without most"
    sed 's/red/green red/' all.ndjson | indexer add -q -i x --writer=api -
    expect "libxapian's writer"
    indexer compact -i x
    expect "a merge with what it wrote"
}
