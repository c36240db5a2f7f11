#!/usr/bin/env bats
# The searcher under valgrind: each construct of queries, each format, and indexes that are not well.

load ../valgrind
tested=searcher

# An index of several segments with dead in all.
setup_file() {
    cd "$BATS_FILE_TMPDIR" || return 1
    make_index x "$fixtures/wire.ndjson"
    make_index x "$fixtures/articles"
    make_index x "$fixtures/json" "$fixtures/saved"
    "$bin/indexer" dump -i x | awk 'NR % 10 == 3' | jq -c '.body += " Corrected."' |
        "$bin/indexer" add -q -i x -
    "$bin/indexer" delete -q -i x --query 'typhoon'
    printf '%s\n' '{"id":"plain","body":"ferry walrus"}' \
        '{"id":"hostile","title":"Title \u001b[31mred\u001b[0m \u202egnp","source":"S\tB","body":"A ferry \u001b[2J & \u009b1m <b>."}' |
        "$bin/indexer" add -q -i y -
    export PRESSMARK_INDEX=$BATS_FILE_TMPDIR/x other=$BATS_FILE_TMPDIR/y
}

# A query of every kind, and broken ones.
odd_queries() {
    cat <<'END'
ferry OR (harbour AND NOT navy) sea
(ferry harbour)^2 -walrus +people^0.5
"coastal guard" "guard coastal"~3 “fourteen doors”
ferry NEAR/5 sank
(ferr* OR boat) NEAR/3 (sank OR "the port")
(title:ferry NEAR title:sank)^3
=Ferry -=ferry
="coastal guard" ferry
harb* *bour h?rbour smugler~ kampuchae~2 ferry~
title:ferry author:redwine source:wire section:news tag:"sea food" lang:en id:hw-2022-0141
person:"sok virak" org:=RCAF place:cambodia entity:(armed NEAR/2 forces)
RCAF General Sok Virak
date:2024 date:2023-05..2024 date:..2019 date:30d
US U.S. WHO IT us who it
the of a
to be or not to be
défense café organise labour
barrages du Mékong alerte crue
Bagger ohne Licht vor der Fähre
សហគមន៍នេសាទ ទន្លេសាប
the smuglers radar qqqqqq~
-ferry
NOT (ferry OR harbour)
https://example.org/ferry 7:40
ferry "open
ferry (open
autor:joy
title:
+"..."
- + ...
END
    printf 'ferry \xff\xc3\nferry\0pier\n%01000d\n' 0
}

everything=(--facet source,author,section,tag,person,org,place,entity,language,year,month,day
    --timeline month)

@test "queries of every kind are answered, with counts and with copies" {
    odd_queries >queries
    ends_with 3 searcher -f json "${everything[@]}" --batch queries >answers 2>told
    [ "$(wc -l <answers)" = 33 ]
    ends_with 3 searcher -f json --group story --snippets 3 --sort -date --batch queries >stories 2>told
    [ "$(wc -l <stories)" = 33 ]
    ends_with 3 searcher --explain-query --batch queries >trees 2>told
    ends_with 3 searcher -c --literal --batch queries >counts 2>told
}

@test "the questions of the archive are answered, and scored" {
    ends_with 0 searcher -i "$PRESSMARK_INDEX" -i "$other" --sort relevance -f trec -n 50 \
        --recency 1y --batch "$fixtures/queries.tsv" >run
    [ "$(cut -d ' ' -f 1 run | sort -u | wc -l)" = 63 ]
    ends_with 0 searcher --eval --per-query --topics "$fixtures/queries.tsv" \
        --qrels "$fixtures/qrels.txt" --rank bm25 --name-boost 0 >figures
    [ "$(wc -l <figures)" -ge 63 ]
}

@test "every format shows hits" {
    printf '%s\n' ferry 'cafe mekong' walrus 'RCAF "coastal guard"' >queries
    local format
    for format in text ndjson html tsv paths0; do
        ends_with 0 searcher -i "$PRESSMARK_INDEX" -i "$other" --color always -n 30 -f "$format" \
            --batch queries >shown
        [ -s shown ]
    done
    ends_with 0 searcher --marks '[ ]' --template '{rank}\t{date}\t{title}\t{snippet}\n' -q ferry
}

@test "an article is explained, shown, and compared with others" {
    ends_with 0 searcher -f json --explain hw-2022-0141 \
        -q '+ferry (dredger "unlit dredger"~2 =inquiry)^2 harb* NEAR/9 ferry date:2022 -walrus'
    ends_with 0 searcher --explain hw-2022-0141 -n 0 -q 'ferry dredger'
    ends_with 0 searcher --similar hw-2022-0141
    ends_with 0 searcher --show hw-2022-0141
    ends_with 0 searcher -f json -n 3 -q ferry >page
    ends_with 0 searcher -f json -n 3 --after "$(jq -r .next page)" -q ferry
    echo 'ferry, steamer' >synonyms
    echo 'harbour' >stop-words
    ends_with 0 searcher --synonyms synonyms --stop-words stop-words --correct \
        --since 2019 --until last-week -q 'fery harbour'
}

@test "indexes that are not well are told of" {
    local name table
    for name in postlist docdata; do
        rm -rf broken
        cp -r "$PRESSMARK_INDEX" broken
        for table in broken/segment-*/"$name.glass"; do
            tr '\0-\377' '\1-\377\0' <"$table" >shifted
            mv shifted "$table"
        done
        ends_with '70 74 75' searcher -i broken -q ferry
    done
    cp -r "$other" newer
    sed -i 's/^# pressmark .*/# pressmark 999/' newer/XAPIANDB
    ends_with 66 searcher -i newer -q ferry
    ends_with 2 searcher --facets -q ferry
}
