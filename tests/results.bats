#!/usr/bin/env bats
# What comes back: sorted, paged, counted, grouped, explained, and in every format.

load helper
tested=searcher

setup_file() {
    cd "$BATS_FILE_TMPDIR"
    # 60 articles, some undated, some without a source, of dates of every precision.
    jq -nc 'range(60) | {id: "n\(. * 37 % 60 + 100)", title: "Harbour \(.)",
        body: ([range(. % 7 + 1)] | map("harbour") | join(" ")),
        tags: (if . % 3 == 0 then ["Quays", "boats"] elif . % 3 == 1 then ["boats"] else [] end)}
        + (if . % 5 == 0 then {} else {source: "Paper \(. % 4)"} end)
        + (if . % 6 == 0 then {} elif . % 6 == 1 then {date: "2024"}
           else {date: "2024-0\(. % 6 + 1)-1\(. % 9)"} end)' >all.ndjson
    make_index x all.ndjson
    # Some die, one comes back with another source.
    "$tools/indexer" delete -q -i x n101 n102
    echo '{"id":"n103","title":"Harbour again","body":"harbour","source":"Paper 9","date":"2024-02-29"}' >again.ndjson
    make_index x again.ndjson
    export PRESSMARK_INDEX=$BATS_FILE_TMPDIR/x
}

ids() { # [OPTION]...
    searcher -f tsv "$@" | cut -f 6
}

# All pages of nine, by cursor, as one list of ids.
pages() { # [OPTION]...
    local next=
    while :; do
        { searcher -f json -n 9 ${next:+--after "$next"} "$@" || [ $? -eq 1 ]; } |
            jq -r '.hits[].id, .next // ""' >page
        sed '$d' page
        next=$(tail -n 1 page)
        [ -n "$next" ] || break
    done
}

@test "sorted by date, the undated come last both ways" {
    searcher -f json -n 100 --sort date -q harbour | jq -c '[.hits[].date]' >oldest
    holds '. == ((map(select(. != null)) | sort) + map(select(. == null)))' <oldest
    searcher -f json -n 100 --sort=-date -q harbour | jq -c '[.hits[].date]' >newest
    holds '. == ((map(select(. != null)) | sort | reverse) + map(select(. == null)))' <newest
    holds 'map(select(. == null)) | length > 5' <newest
}

@test "sorted by source, those without one come last" {
    searcher -f json -n 100 --sort source -q harbour | jq -c '[.hits[].source]' >sources
    holds '. == ((map(select(. != null)) | sort) + map(select(. == null)))' <sources
    holds '(map(select(. == null)) | length) > 5 and length == 58' <sources
}

@test "pages by cursor are the whole list, in any order" {
    local sort
    for sort in relevance date -date source; do
        pages --sort="$sort" -q harbour >paged
        same "$(cat paged)" "$(ids -n 100 --sort="$sort" -q harbour)"
        same "$(sort -u paged | wc -l)" 58
    done
}

@test "pages by offset are the whole list" {
    same "$(for offset in 0 20 40; do ids -n 20 --offset "$offset" harbour; done)" "$(ids -n 100 harbour)"
}

@test "ranks go on over pages" {
    searcher -f json -n 3 harbour >first
    same "$(searcher -f json -n 3 --after "$(jq -r .next first)" harbour | jq -c '[.hits[].rank]')" '[4,5,6]'
}

@test "pages by cursor are the whole list with exact words" {
    same "$(pages -q '=harbour')" "$(ids -n 100 -q '=harbour')"
}

@test "a cursor that is none, or of another query or order, is exit 2" {
    run -2 --separate-stderr searcher --after nonsense harbour
    [[ $stderr == *nonsense* ]]
    run -2 searcher --after "$(searcher -f json -n 3 harbour | jq -r .next)" --sort date harbour
    run -2 --separate-stderr searcher --after "$(searcher -f json -n 3 harbour | jq -r .next)" harbours
    [[ $stderr == "searcher: the cursor is of results of another query"* ]]
    local option
    for option in --rank=bm25 --since=2020 --until=2030 --literal --group=story --recency=30d --correct; do
        run -2 searcher --after "$(searcher -f json -n 3 harbour | jq -r .next)" "$option" harbour
    done
    run -2 searcher --after "$(searcher -f json -n 3 harbour | jq -r .next)" --offset 3 harbour
    # It stays one when the index gets articles of another language.
    cp -r "$PRESSMARK_INDEX" grown
    local next
    next=$(searcher -i grown -f json -n 3 harbour | jq -r .next)
    echo '{"id":"fr","title":"Le port","language":"fr","body":"Le port"}' | "$bin/indexer" add -q -i grown -
    run -0 searcher -i grown --after "$next" harbour
    run -2 searcher --offset 10001 harbour
}

@test "facets count what is among all hits" {
    searcher -f json -n 100 --facet source,tags,month,year -q harbour >answer
    holds '.total == 58 and .total_exact' <answer
    holds '(.hits | map(.source // empty) | group_by(.) | map({value: .[0], count: length})) as $is
        | (.facets.source | sort_by(.value)) == $is and .missing.source == 58 - ($is | map(.count) | add)' <answer
    holds '(.hits | map(.tags // [] | .[]) | group_by(.) | map({value: .[0], count: length})) as $is
        | (.facets.tag // .facets.tags | sort_by(.value)) == $is' <answer
    holds '(.hits | map(.date // "" | select(length >= 7) | .[:7]) | group_by(.) | map({value: .[0], count: length})) as $is
        | .facets.month == $is' <answer
}

@test "facets stand with the most common first, in text too" {
    run -0 searcher -n 0 --facet tag -q harbour
    [ "$(grep -c . <<<"$output")" = 5 ]
    [[ ${lines[2]} =~ ^\ +[0-9]+\ \ boats$ && ${lines[3]} =~ ^\ +[0-9]+\ \ Quays$ ]]
    run -2 --separate-stderr searcher --facet colour harbour
    [[ $stderr == *colour* ]]
}

@test "a facet has its first twenty values as text, all in JSON, or as many as are asked for" {
    local all more
    for more in {1..30}; do
        echo "{\"id\":\"w$more\",\"title\":\"T\",\"body\":\"walrus\",\"source\":\"S$more\",\"date\":\"$((1990 + more))\"}"
    done >many.ndjson
    make_index y many.ndjson
    all=$(searcher -i y -n 0 -f json --facet source,year -q walrus)
    holds '(.facets.source | length) == 30 and .more == {source: 0, year: 0}' <<<"$all"
    run -0 searcher -i y -n 0 --facet source,year -q walrus
    [ "$(grep -c '^ *1  S' <<<"$output")" = 20 ]
    [ "$(grep -c '^ *1  [12]' <<<"$output")" = 30 ] # times are all there
    [[ $output == *"and 10 more"* ]]
    run -0 searcher -i y -n 0 --facet-limit 0 --facet source -q walrus
    [ "$(grep -c '^ *1  S' <<<"$output")" = 30 ]
    same "$(jq -c '.facets.source[:3]' <<<"$all")" \
        "$(searcher -i y -n 0 -f json --facet-limit 3 --facet source -q walrus | jq -c .facets.source)"
    run -2 searcher -i y --facet-limit -1 --facet source -q walrus
}

@test "a timeline has every bin, and what the index holds of it" {
    echo '{"id":"lone","title":"T","body":"walrus","date":"2023-11-05"}
{"id":"lone2","title":"T","body":"walrus","date":"2024-02-05"}' >more.ndjson
    cp -r "$PRESSMARK_INDEX" y
    make_index y more.ndjson
    searcher -i y -f json --timeline month -q walrus >answer
    holds '[.timeline[].time] == ["2023-11", "2023-12", "2024-01", "2024-02"]' <answer
    holds '[.timeline[].articles] == [1, 0, 0, 1]' <answer
    local held
    held=$(ids -i y -n 1000 -q 'date:2024-02' | wc -l)
    same "$(jq -c '.timeline[3] | [.indexed, (.share * .indexed)]' answer)" "[$held,1]"
    same "$(jq -c '.timeline[1] | [.indexed, .share]' answer)" '[0,null]'
}

@test "what is like an article leaves out the article itself" {
    echo '{"id":"p","title":"Rice harvest","body":"rice farmers sold the rice harvest"}
{"id":"q","title":"Rice","body":"farmers of rice and a harvest of rice"}
{"id":"r","title":"Walrus","body":"a walrus slept"}' >rice.ndjson
    make_index y rice.ndjson
    same "$(ids -i y --similar p)" q
    run -66 --separate-stderr searcher -i y --similar nobody
    [[ $stderr == *nobody* ]]
}

@test "an article is shown as a whole" {
    run -0 searcher --show n103
    [[ $output == *"Harbour again"* && $output == *"harbour"* && $output == *"Paper 9"* ]]
    same "$(searcher --show n103 -f json | jq -c '[.id, .title, .body]')" '["n103","Harbour again","harbour"]'
    run -1 --separate-stderr searcher --show n101
    [[ $stderr == *n101* ]]
}

@test "an explanation adds up to the score that is shown" {
    while IFS= read -r query; do
        local id
        id=$(ids -n 1 -q "$query")
        searcher -f json -n 1 --explain "$id" -q "$query" >answer
        holds '.explanation.matches and (.hits[0].score - .explanation.score | fabs) < 1e-9' <answer
        # Clauses of one depth add up to the one that they stand in.
        holds '.explanation.clauses as $c | [range($c | length)] | map(. as $i |
            ([range($i + 1; $c | length)] | map(select($c[.].depth <= $c[$i].depth)) | (.[0] // ($c | length))) as $stop |
            [range($i + 1; $stop)] | map(select($c[.].depth == $c[$i].depth + 1) | $c[.].score) |
            if length == 0 then true else (add - $c[$i].score | fabs) < 1e-9 end) | all' <answer
    done <<'END'
harbour
harbour title:harbour
+harbour "harbour harbour"~2
harbour AND (boats OR harbour^3) NOT walrus
(harbour boats)^2
(harbour (boats harbour^3)^0.5 -walrus)^4 quays
(title:harbour NEAR title:again)^3 harbour
harb* NEAR/3 harbour
=harbour -walrus
harbour source:paper date:2024
END
}

@test "what narrows scores where its field does, and is explained so" {
    # =harbour and title:harbour rank by how much is said of it, source: and date: do not.
    while IFS='|' read -r query scores; do
        same "$query: $(searcher -f json --explain n104 -q "$query" |
            jq -c '[.explanation.clauses[1:][] | select(.role == "filter")] | [.[].score > 0]')" "$query: $scores"
    done <<'END'
boats =harbour|[true]
boats title:harbour|[true]
boats source:paper date:2024|[false,false]
END
    [ "$(searcher -f tsv -n 1 -q '=harbour' | cut -f 6)" = "$(searcher -f tsv -n 1 -q harbour | cut -f 6)" ]
}

@test "an explanation names the clause for which an article fails" {
    same "$(searcher -f json --explain n103 -q 'harbour AND walrus' | jq -r .explanation.failed)" walrus
    same "$(searcher -f json --explain n103 -q 'harbour -again' | jq -r .explanation.failed)" -again
    same "$(searcher -f json --explain n103 -q 'harbour -(again walrus)^2' | jq -c '[.explanation.clauses[] | .score > 0]')" \
        '[false,true,false,false,false]'
    same "$(searcher -f json --explain n103 -q 'harbour date:2023' | jq -r .explanation.failed)" date:2023
    same "$(searcher -f json --explain n103 --until 2023 -q harbour | jq -r .explanation.failed)" ..2023
    run -66 searcher --explain nobody harbour
}

# An article of some 120 words in several editions, and others that are not it.
make_stories() {
    local words='the harbour master of a small port said on Tuesday that eleven fishing boats which
        had been tied up since the storm would sail again once their engines were dry while the
        council promised to mend the broken lamps along the northern pier before the autumn tides
        and asked the villages up the coast to send timber rope and two good carpenters because
        the old crane could lift nothing heavier than a barrel and nobody alive remembered how its
        chain was fastened which a retired pilot offered to explain for a bottle of plum brandy'
    {
        jq -nc --arg body "$words" '{id: "s1", title: "Boats sail again", date: "2024-03-05", source: "One", body: $body}'
        jq -nc --arg body "$words" '{id: "s2", title: "Eleven boats to sail", date: "2024-03-04", source: "Two",
            body: ($body | sub("Tuesday"; "Tuesday evening") | sub("plum brandy"; "gin"))}'
        jq -nc --arg body "$words" '{id: "s3", title: "Fishing fleet returns", source: "Three", body: ($body | sub(" which a retired.*"; ""))}'
        jq -nc '{id: "other", title: "Boats", date: "2024-01-01",
            body: "Another harbour has boats too, but its news is of paint, of gulls and of a long quarrel over who may sell ice on the quay in summer, which the court will hear when the judge is well."}'
    } >stories.ndjson
    make_index stories stories.ndjson
}

@test "near-copies of a story are one hit, with its copies oldest first" {
    make_stories
    searcher -i stories -f json --group story -q 'harbour boats' >answer
    holds '.total == 4 and .stories == 2 and (.hits | length) == 2' <answer
    holds '[.hits[] | [.id] + [.copies[].id] | sort] | sort == [["other"], ["s1", "s2", "s3"]]' <answer
    holds '.hits[] | select(.copies | length == 2) | [.copies[].date] | . == (map(select(. != null)) | sort) + map(select(. == null))' <answer
    run -0 searcher -i stories --group story -q 'harbour boats'
    [[ $output == *"2 of 2 stories, 4 articles"* ]]
    [ "$(grep -c '^   also: ' <<<"$output")" = 2 ]
    same "$(pages -i stories --group story -q 'harbour boats' | sort)" \
        "$(searcher -i stories -f json --group story -q 'harbour boats' | jq -r '.hits[].id' | sort)"
}

@test "a report that comes back in the same words days later is another story" {
    jq -nc '"The harbour office said on the first day of the round that all boats which carry plum brandy must show their papers at the north gate before noon, as they did in every round before, and that nobody else needs to come." as $body |
        (["may-1", "2024-05-01"], ["may-4", "2024-05-04T23:00Z"], ["may-5", "2024-05-05"],
         ["may-8", "2024-05-08"], ["june", "2024-06"], ["none", null]) |
        {id: .[0], title: "Papers of \(.[0])", date: .[1], body: $body}' >rounds.ndjson
    make_index rounds rounds.ndjson
    searcher -i rounds -f json --group story -q 'plum brandy' >answer
    holds '.total == 6 and .stories == 2' <answer
    holds '[.hits[] | [.id] + [.copies[].id] | sort] | sort ==
        [["june", "may-1", "may-4", "none"], ["may-5", "may-8"]]' <answer
}

@test "ndjson is a begin, the hits and an end" {
    searcher -f ndjson -n 4 --fields id,rank -q harbour >records
    same "$(jq -r .type records | paste -s -d ' ')" 'begin hit hit hit hit end'
    same "$(sed -n 2p records)" "{\"type\":\"hit\",\"rank\":1,\"id\":\"$(ids -n 1 harbour)\"}"
    same "$(tail -n 1 records | jq -c '[.total, .total_exact]')" '[58,true]'
}

@test "a template is a line for each hit" {
    same "$(searcher -n 2 --sort source --template '{rank}\t{source}\t{title}\{\}\n' -q 'harbour source:9')" \
        $'1\tPaper 9\tHarbour again{}'
    same "$(searcher --format template '{id}\n' -q 'source:9')" n103
    run -2 --separate-stderr searcher --template '{colour}' harbour
    [[ $stderr == *colour*title* ]]
}

@test "paths are one a hit, with NUL between them if asked" {
    same "$(searcher -n 2 -f paths harbour | sort -u)" "$(realpath "$BATS_FILE_TMPDIR/all.ndjson")"
    same "$(searcher -n 2 -f paths0 harbour | tr '\0' '\n' | sort -u)" "$(realpath "$BATS_FILE_TMPDIR/all.ndjson")"
}

@test "only html escapes, and marks are what one likes" {
    echo '{"id":"m","title":"A <b> & c","body":"otter <i> & co"}' >markup.ndjson
    make_index y markup.ndjson
    run -0 searcher -i y -f html otter
    [[ $output == *"A &lt;b&gt; &amp; c"* && $output == *"<mark>otter</mark> &lt;i&gt; &amp; co"* ]]
    run -0 searcher -i y --marks '{{ }}' otter
    [[ $output == *"A <b> & c"* && $output == *"{{otter}} <i> & co"* ]]
    run -0 searcher -i y --marks none otter
    [[ $output == *"otter <i> & co"* ]]
}

@test "as many passages as asked, of the length asked" {
    jq -nc '{id: "long", title: "T", body: ([range(40)] | map("Otter number \(.) swam here. " + ("filler word stands idle now. " * 12)) | join(""))}' >long.ndjson
    make_index y long.ndjson
    searcher -i y -f json --snippets 3 --snippet-len 8 -q otter >answer
    holds '.hits[0].snippets | length == 3 and (map(.text | split(" ") | length) | max) <= 16' <answer
    holds '.hits[0].snippets | map(.start) | . == sort' <answer
    holds '.hits[0].snippets | map(.marks | length > 0) | all' <answer
    same "$(searcher -i y -f json --snippets 0 -q otter | jq -c '.hits[0].snippets')" '[]'
    run -2 searcher --snippets 21 harbour
}

# ---- dates ----

# Days, a month, a year, and one without a year, under the names of what they say.
dated_index() { # FOLDER
    printf '%s\n' '{"id":"day","title":"T","body":"walrus","date":"19 May 2024"}' \
        '{"id":"month","title":"T","body":"walrus","date":"May 2024"}' \
        '{"id":"next","title":"T","body":"walrus","url":"https://courier.example/2024/06/walrus"}' \
        '{"id":"year","title":"T","body":"walrus","date":"2024"}' \
        '{"id":"none","title":"T","body":"walrus","date":"Jun. 19"}' >dated.ndjson
    make_index "$1" dated.ndjson
}

@test "a month is a month in filters, order, counts and output" {
    dated_index y
    local row is=
    while IFS='|' read -r row _; do
        is+="$row|$(ids -i y -n 9 -q "$row" | sort | paste -s -d ' ')
"
    done <<<'date:2024-05
date:2024-05-19
date:2024-05-01
date:2024-05..2024-06
date:2024-06
date:2024-06..
date:..2024-05
date:2024
walrus'
    same "$is" 'date:2024-05|day month
date:2024-05-19|day
date:2024-05-01|
date:2024-05..2024-06|day month next
date:2024-06|next
date:2024-06..|next
date:..2024-05|day month
date:2024|day month next year
walrus|day month next none year
'
    same "$(ids -i y --sort date walrus | paste -s -d ' ')" 'year month day next none'
    searcher -i y -f json --timeline month --facet day,month walrus >answer
    same "$(jq -c '[.timeline[] | [.time, .articles]], .undated, .facets.month, .facets.day' answer)" \
        '[["2024-05",2],["2024-06",1]]
2
[{"value":"2024-05","count":2},{"value":"2024-06","count":1}]
[{"value":"2024-05-19","count":1}]'
}

@test "every format says which date, what it is from, and what stands for one" {
    dated_index y
    run -0 searcher -i y --sort date --template '{id}|{date}|{date_from}|{date_text}\n' walrus
    same "$output" 'year|2024|field|
month|2024-05|field|
day|2024-05-19|field|
next|2024-06|url|
none|||Jun. 19'
    same "$(searcher -i y --sort date walrus | grep '^   [2J]' | cut -d ' ' -f 4-5)" \
        $'2024\n2024-05\n2024-05-19\n2024-06 (url)\nJun. 19'
    same "$(searcher -i y -f html --sort date walrus | sed -n 's/.*meta">//p')" \
        $'2024</p>\n2024-05</p>\n2024-05-19</p>\n2024-06 (url)</p>\nJun. 19</p>'
    same "$(searcher -i y -f json --sort date walrus | jq -c '.hits[] | [.date, .date_from, .date_text]')" \
        '["2024","field",null]
["2024-05","field",null]
["2024-05-19","field",null]
["2024-06","url",null]
[null,null,"Jun. 19"]'
    searcher -i y --show none | grep -x 'date: Jun. 19'
    searcher -i y --show next | grep -x 'date: 2024-06 (url)'
}
