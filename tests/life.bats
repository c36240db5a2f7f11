#!/usr/bin/env bats
# The life of an index: articles are replaced and deleted, and all stays sound.

load life

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
    over_and_over
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
    counts='[.added, .updated, .unchanged, .repeated, .published]'
    { articles 1 1 narwhal; articles 1 1 walrus; } | summary "$counts" >said
    [ "$(cat said)" = '[0,0,1,1,false]' ]
    [ "$(count walrus)" = 1 ]
    [ "$(count narwhal)" = 0 ]
    [ "$(stats .articles)" = 1 ]
    # Again and again: what comes last of an id is what counts.
    { articles 1 2 narwhal; articles 1 1 walrus; articles 1 1 beaver; articles 1 1 walrus; } >a.ndjson
    [ "$(summary "$counts" <a.ndjson)" = '[1,0,2,2,true]' ]
    [ "$(summary "$counts" <a.ndjson)" = '[0,0,3,2,false]' ]
    [ "$(found walrus -i x) $(found narwhal -i x)" = 'a1 a2' ]
    { articles 1 1 narwhal; articles 1 1 walrus; articles 1 1 narwhal; } | add -
    [ "$(found narwhal -i x)" = 'a1 a2' ]
    [ "$(stats .articles)" = 2 ]
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
    local articles
    add -q "${archive[@]}"
    articles=$(stats .articles)
    run -2 --separate-stderr delete --query ''
    [ "$stderr" = "indexer delete: a query without a word says nothing to delete" ]
    run -2 delete --query ' '
    run -2 --separate-stderr delete --query '...'
    [ "$stderr" = "indexer delete: a query without a word says nothing to delete" ]
    [ "$(stats .articles)" = "$articles" ]
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
    [ "${stderr_lines[1]}" = '  walrus "and' ]
    [ "${stderr_lines[2]}" = '         ^' ]
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
    run -2 --separate-stderr searcher -i x -i x -c walrus
    [ "$stderr" = "searcher: 'x' is named twice" ]
}

@test "a file in the place of an index is told as one" {
    articles 1 1 walrus >file
    run -2 --separate-stderr indexer add -i file file
    [ "$stderr" = "indexer add: 'file' is a file, where a folder should be" ]
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
    for table in postlist positions docdata termlist; do
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
