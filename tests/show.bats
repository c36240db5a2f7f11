#!/usr/bin/env bats
# bin/searcher: how it is asked, and how it shows what it found.

load search

# ---- the command line ----

@test "words are the query" {
    same "$(searcher -f tsv dugong sea grass)" "$(searcher -f tsv -q 'dugong sea grass')"
}

@test "options end at the first word" {
    run -0 searcher ferry -n 1
    [[ $output != *"1 of "* ]]
    [[ $output == *" of "*" articles"* ]]
}

@test "-- lets a word begin with a dash" {
    run -0 searcher -c -- -ferry
    same "$output" "$(searcher -c -q -ferry)"
}

@test "-q takes a query that begins with a dash" {
    run -0 searcher -f tsv -n 1 -q '-inquiry ferry'
    [[ $output == 1$'\t'* ]]
}

@test "words beside -q are a wrong command line" {
    run -2 --separate-stderr searcher -q ferry crab
    [[ $stderr == *crab* ]]
}

@test "two -q are a wrong command line" {
    run -2 --separate-stderr searcher -q ferry -q crab
    [[ $stderr == *crab* ]]
}

@test "no query is a wrong command line" {
    run -2 --separate-stderr searcher
    [[ $stderr == *"no query"* ]]
}

@test "no index is a wrong command line that says what to give" {
    unset PRESSMARK_INDEX
    run -2 --separate-stderr searcher ferry
    [[ $stderr == *-i* ]]
    [[ $stderr == *PRESSMARK_INDEX* ]]
}

@test "an index that is not there is exit 66 and named" {
    run -66 --separate-stderr searcher -i nowhere ferry
    [[ $stderr == *"'nowhere'"* ]]
    [ ! -e nowhere ]
}

@test "a folder without an index is exit 66 and stays as it is" {
    mkdir folder
    run -66 --separate-stderr searcher -i folder ferry
    [ -z "$(ls -A folder)" ]
}

@test "one of two indexes that is not there is exit 66" {
    run -66 searcher -i "$small" -i nowhere ferry
}

@test "a misspelt option is told from one that is the beginning of several" {
    run -2 --separate-stderr searcher --facets walrus
    [[ ${stderr_lines[0]} == *": unknown option '--facets': did you mean --facet?" ]]
    run -2 --separate-stderr searcher --facest=person walrus
    [[ ${stderr_lines[0]} == *"did you mean --facet?" ]]
    run -2 --separate-stderr searcher --snip walrus
    [[ ${stderr_lines[0]} == *": option '--snip' is ambiguous: --snippets, --snippet-len" ]]
    run -2 --separate-stderr searcher --zebra walrus
    [[ ${stderr_lines[0]} == *": unknown option '--zebra'" ]]
}

@test "an unknown option is exit 2 and named" {
    run -2 --separate-stderr searcher --frobnicate ferry
    [[ $stderr == *--frobnicate* ]]
    [ -z "$output" ]
}

@test "a value that an option cannot have is exit 2 and named" {
    while read -r option value; do
        run -2 --separate-stderr searcher "$option" "$value" ferry
        [[ $stderr == *"'$value'"* ]]
    done <<'END'
--format xml
--limit ten
--limit -1
--offset 1x
--since 2024-13
--until someday
--color sometimes
--language xx
END
}

@test "a time that ends before it begins is exit 2" {
    run -2 searcher --since 2024 --until 2020 ferry
}

@test "--help goes to standard output and exits 0" {
    run -0 --separate-stderr searcher --help
    [[ $output == "usage: searcher "* ]]
    [ -z "$stderr" ]
}

@test "--version names the version" {
    run -0 --separate-stderr searcher --version
    [[ $output =~ ^pressmark\ [0-9]+\.[0-9]+ ]]
}

@test "an ellipsis stands where the text goes on, not where it ends in a new line" {
    cd "$BATS_TEST_TMPDIR"
    printf 'One dodo.\n\n' >whole.txt
    printf '{"title":"T","body":"\\n\\nOne dodo.\\n"}' >whole.json
    printf 'One dodo, %s.\n' "$(printf 'and more %.0s' {1..60})" >cut.txt
    "$tools/indexer" add -q -i x whole.txt whole.json
    run -0 searcher -i x dodo
    [[ $output == *'One *dodo*.'* && $output != *…* ]]
    run -0 searcher -i x -f html dodo
    [[ $output != *…* ]]
    run -0 searcher -i x --template '{snippet}\n' dodo
    same "$output" $'One *dodo*.\nOne *dodo*.'
    "$tools/indexer" add -q -i y cut.txt
    run -0 searcher -i y dodo
    [[ $output == *'One *dodo*, and'*' …'* ]]
}

# ---- exit codes and the end of the output ----

@test "something found is exit 0, and nothing on standard error" {
    run -0 --separate-stderr searcher ferry
    [ -n "$output" ]
    [ -z "$stderr" ]
}

@test "nothing found is exit 1" {
    run -1 --separate-stderr searcher zzyzx
    [ -z "$stderr" ]
}

@test "nothing found is exit 1 in every format" {
    for format in text json tsv trec; do
        run -1 searcher -f "$format" zzyzx
    done
    run -1 searcher --count zzyzx
    [ "$output" = 0 ]
}

@test "an output that cannot be written is exit 74 and told" {
    run -74 --separate-stderr bash -c '"$0" -n 50 -f json ferry >/dev/full' "$bin/searcher"
    [[ $stderr == *"No space left on device"* ]]
}

@test "a batch whose output cannot be written is exit 74" {
    yes ferry | head -n 200 >queries
    run -74 --separate-stderr bash -c '"$0" -f json --batch queries >/dev/full' "$bin/searcher"
}

@test "a closed standard output is exit 74" {
    run -74 --separate-stderr bash -c '"$0" ferry >&-' "$bin/searcher"
}

@test "a closed pipe ends the program quietly" {
    yes ferry | head -n 500 >queries
    run -0 bash -o pipefail -c '"$0" -f json -n 50 --batch queries | head -n 1 >first' "$bin/searcher"
    [ -z "$output" ]
    [ "$(wc -l <first)" = 1 ]
}

# ---- JSON ----

@test "JSON is one object with the keys that are promised" {
    run -0 --separate-stderr searcher -f json -n 3 -q 'the ferry inquiry'
    [ "${#lines[@]}" = 1 ]
    holds '.version == 2 and .query == "the ferry inquiry" and
        (.total | type) == "number" and (.total_exact | type) == "boolean" and
        (.warnings | type) == "array" and (.hits | length) == 3' <<<"$output"
}

@test "every hit in JSON has every key that is promised, null where there is nothing" {
    answer 'ferry cafe mekong' '.' >answer
    jq -c '.hits[]' answer >hits
    holds '[has("rank", "score", "id", "title", "date", "date_from", "source", "url", "path",
        "entities", "snippets")] | all' <hits
    holds '[(.rank, .score | type) == "number", (.id | type) == "string",
        (.entities | type) == "array", (.snippets[0] | has("text", "start", "end", "marks"))] | all' <hits
    holds '[.hits[].rank] == [range(1; 1 + (.hits | length))]' <answer
    holds '[.hits[].score] | . == (sort | reverse)' <answer
}

@test "a snippet is the bytes of the body from start to end, with its marks inside" {
    # Bodies as they were given, for articles of the wire: their text is stored as it stands.
    searcher -f json -n 50 --batch "$fixtures/queries.tsv" |
        jq -c '.hits[] | select(.id | startswith("hw-")) | [.id, .snippets[0]]' >snippets
    [ "$(wc -l <snippets)" -gt 300 ]
    jq -ne --slurpfile wire "$fixtures/wire.ndjson" --slurpfile snippets snippets '
        ($wire | map({key: .id, value: .text}) | from_entries) as $body |
        def bytes: [explode[] | if . < 128 then 1 elif . < 2048 then 2 elif . < 65536 then 3
            else 4 end] | add // 0;
        # The text from byte `from` to byte `to`; error where that parts a character.
        def cut($from; $to): [foreach (explode[]) as $c ({at: 0, next: 0};
            .at = .next | .next += ([$c] | implode | bytes); {at, next, c: $c})] |
            map(select(.at >= $from and .next <= $to).c) | implode;
        $snippets | map(.[0] as $id | .[1] as $s | $body[$id] as $text |
            select(($text | cut($s.start; $s.end)) != $s.text or
                ($s.text | bytes) != $s.end - $s.start or
                ([$s.marks[] | .[0] >= $s.start and .[1] <= $s.end and .[0] < .[1]] | all | not)
                or ($s.marks | . != sort))) | if length > 0 then halt_error(1) else true end'
}

@test "what is marked is the words of the query, in any of their forms" {
    marked() {
        answer "$1" '.hits[] | .snippets[0] as $s | $s.marks[] as $m |
            ($s.text | @base64) + " " + ($m[0] - $s.start | tostring) + " " +
            ($m[1] - $m[0] | tostring)' "${@:2}" |
            while read -r text from len; do
                base64 -d <<<"$text" | tail -c +$((from + 1)) | head -c "$len"
                echo
            done | sort -u | paste -s -d ' '
    }
    [ "$(marked organise -i "$small")" = "organised organizing" ]
    [ "$(marked café -i "$small")" = $'cafe cafe\u0301 café' ]
    [ "$(marked '"silver anchor"' -i "$small")" = "anchor silver" ]
    [ "$(marked US -i "$small")" = "U.S. US" ]
}

@test "JSON gives text unescaped for HTML" {
    [ "$(answer otter '.hits[0].snippets[0].text' -i "$small")" = \
        $'An otter said "<i>x < y & z</i>"\n and \'left\'.' ]
    [ "$(answer otter '.hits[0].title' -i "$small")" = 'Tea & <b>scones</b>' ]
}

@test "a snippet of a short text is all of it, with the symbols at its ends" {
    [ "$(answer ocelot '.hits[0].snippets[0].text' -i "$small")" = '$5 for an ocelot, or 5 €' ]
}

@test "a snippet of a long article is a passage with the words of the query" {
    answer '+fourteen +doors inquiry' '.hits[].snippets[0].text' >texts
    [ "$(awk '{ print NF }' <(answer 'fourteen doors' '.hits[0].snippets[0].text' | tr '\n' ' '))" -lt 120 ]
    grep -qi 'fourteen doors' texts
}

@test "a hit without a word of the query shows its beginning" {
    answer language:fr '.hits[] | select(.id == "cda-2023-cafe-mondulkiri") | .snippets[0]' |
        holds '.start == 0 and .marks == [] and (.text | startswith("SEN MONOROM"))'
}

# ---- text, tsv, trec ----

@test "text shows rank, title, date, source, score, snippet with marks, names and id" {
    run -0 searcher -n 1 -q '+dredger inquiry unlit'
    [ "${lines[0]}" = "1. Unlit dredger sank ferry, Cambodian inquiry finds" ]
    [[ ${lines[1]} == *2022-11-19*"Halden Wire"*score* ]]
    [[ ${lines[2]} == *"*inquiry*"* ]]
    [[ ${lines[3]} == "   names: Cambodia, "* ]]
    [[ ${lines[4]} == *hw-2022-0141 ]]
}

@test "text says that an article has no date" {
    run -0 searcher -i "$small" cholera
    [[ $output == *"no date"* ]]
}

@test "tsv has rank, score, date, source, title and id" {
    run -0 searcher -f tsv -n 1 -q '+dredger inquiry unlit'
    [[ $output =~ ^1$'\t'[0-9]+\.[0-9]+$'\t'2022-11-19T11:00:00Z$'\t'Halden\ Wire$'\t'Unlit\ dredger.*$'\t'hw-2022-0141$ ]]
}

@test "tsv keeps its six columns where an article has tabs" {
    run -0 searcher -i "$small" -f tsv puffin
    [ "$(awk -F '\t' '{ print NF }' <<<"$output")" = 6 ]
}

@test "trec is a run of six columns, ranks from 1, scores not rising" {
    searcher -f trec -n 100 --batch "$fixtures/queries.tsv" >run
    awk 'NF != 6 || $2 != "Q0" { exit 1 }
         $1 == q && ($4 != rank + 1 || $5 > score) { exit 1 }
         $1 != q && $4 != 1 { exit 1 }
         { q = $1; rank = $4; score = $5 }' run
    [ "$(cut -d ' ' -f 1 run | uniq | wc -l)" = 63 ]
}

@test "an id with white space stays one word of a run" {
    run -0 searcher -i "$small" -f trec hyena
    [ "$(awk '{ print NF }' <<<"$output" | uniq -c | awk '{ print $1, $2 }')" = "2 6" ]
}

# C0 but tab and line feed, DEL, C1, and what turns the direction of text.
unwelcome='[\x00-\x08\x0b-\x1f\x7f\x{80}-\x{9f}\x{202a}-\x{202e}\x{2066}-\x{2069}]'

@test "control and bidi characters never reach what people see" {
    for format in text tsv trec; do
        searcher -i "$small" -f "$format" -n 100 -q 'hyena puffin otter' >shown
        [ -s shown ]
        run -1 grep -nP "$unwelcome" shown
    done
}

@test "control and bidi characters stay out of coloured text but for the colours" {
    searcher -i "$small" --color always -n 100 hyena | sed 's/\x1b\[[0-9;]*m//g' >shown
    [ -s shown ]
    run -1 grep -nP "$unwelcome" shown
}

@test "JSON keeps the text that was stored, control and bidi characters too" {
    [[ "$(answer hyena '.hits[] | select(.id == "hostile") | .title' -i "$small")" == \
        *$'\e[31m'*$'\u202e'* ]]
}

@test "JSON itself has no raw control characters" {
    searcher -i "$small" -f json -n 100 hyena >shown
    [ -s shown ]
    run -1 grep -nP '[\x00-\x09\x0b-\x1f]' shown
}

# ---- colour ----

@test "--color always colours, never and a pipe do not" {
    [[ "$(searcher --color always -n 1 ferry)" == *$'\e['*m* ]]
    [[ "$(searcher --color never -n 1 ferry)" != *$'\e'* ]]
    [[ "$(searcher -n 1 ferry)" != *$'\e'* ]]
}

on_terminal() { # TERM COMMAND
    TERM=$1 script -qec "$2" /dev/null
}

@test "colours on a terminal" {
    need_terminal
    [[ "$(on_terminal xterm "'$bin/searcher' -n 1 ferry")" == *$'\e['*m* ]]
}

@test "does not colour on a terminal with NO_COLOR, and does with an empty one" {
    need_terminal
    [[ "$(NO_COLOR=1 on_terminal xterm "'$bin/searcher' -n 1 ferry")" != *$'\e['*m* ]]
    [[ "$(NO_COLOR='' on_terminal xterm "'$bin/searcher' -n 1 ferry")" == *$'\e['*m* ]]
}

@test "does not colour on a dumb terminal" {
    need_terminal
    run -0 on_terminal dumb "'$bin/searcher' -n 1 ferry"
    [[ $output == "1. "* && $output != *$'\e['*m* ]]
}

@test "--color always goes before NO_COLOR, --color never before a terminal" {
    need_terminal
    [[ "$(NO_COLOR=1 searcher --color always -n 1 ferry)" == *$'\e['*m* ]]
    [[ "$(on_terminal xterm "'$bin/searcher' --color never -n 1 ferry")" != *$'\e['*m* ]]
}

# ---- batches ----

@test "a batch answers each line under its number or its id" {
    printf 'ferry\nQ7\tcrab\n' >queries
    run -0 searcher -f tsv -n 1 --batch queries
    [[ ${lines[0]} == $'1\t1\t'* ]]
    [[ ${lines[1]} == $'Q7\t1\t'* ]]
}

@test "a batch may come from standard input" {
    printf 'ferry\ncrab\n' >queries
    same "$(searcher -f tsv --batch - <queries)" "$(searcher -f tsv --batch queries)"
}

@test "a line of a batch with NUL bytes is told and answered as no query" {
    printf 'ferry\0pier\nferry\n7\tf\0e\0r\0' >queries
    run -3 --separate-stderr searcher -f tsv -n 1 --batch queries
    same "$(grep -v '^  ' <<<"$stderr")" 'queries:1: not a text: it has NUL bytes (binary, or UTF-16)
queries:3: not a text: it has NUL bytes (binary, or UTF-16)'
    [ "$(cut -f 1 <<<"$output")" = 2 ]
    run -3 --separate-stderr searcher -f json --fields id -n 1 --batch queries
    same "$(jq -c '[.qid, .query, .error.offset]' <<<"$output" | paste -s -d ' ')" \
        '["1","ferry",5] ["2","ferry",null] ["7","f",1]'
}

@test "a batch passes over empty lines, which count as lines" {
    printf 'ferry\n\n  \ncrab\n' >queries
    [ "$(searcher -f tsv -n 1 --batch queries | cut -f 1 | paste -s -d ' ')" = "1 4" ]
}

@test "a batch may have CRLF, and need not end its last line" {
    printf 'Q1\tferry\r\nQ2\t+crab\r\nQ3\tport' >crlf
    printf 'Q1\tferry\nQ2\t+crab\nQ3\tport\n' >lf
    same "$(searcher -f json --batch crlf)" "$(searcher -f json --batch lf)"
}

@test "a batch gives each query what it gets alone" {
    printf 'ferry inquiry\nWHO cholera\n' >queries
    same "$(searcher -f tsv --batch queries | cut -f 2-)" \
        "$(searcher -f tsv -q 'ferry inquiry'; searcher -f tsv -q 'WHO cholera')"
}

@test "in JSON a batch is an object a line, with the query's id" {
    printf 'Q1\tferry\nQ2\tzzyzx\n' >queries
    run -0 searcher -f json --batch queries
    [ "$(jq -c '[.qid, (.hits | length > 0)]' <<<"$output" | paste -s -d ' ')" = \
        '["Q1",true] ["Q2",false]' ]
}

@test "a broken line of a batch costs one answer, is told with file and line, and is exit 3" {
    printf 'ferry\ncrab "open\nport\n' >queries
    run -3 --separate-stderr searcher -f tsv -n 1 --batch queries
    [[ ${stderr_lines[0]} == "queries:2: "* ]]
    [ "$(cut -f 1 <<<"$output" | paste -s -d ' ')" = "1 3" ]
}

@test "a broken line of a batch has its object in JSON" {
    printf 'Q1\tferry\nQ2\t"open\n' >queries
    run -3 --separate-stderr searcher -f json -n 1 --batch queries
    [ "$(jq -c '[.qid, has("error")]' <<<"$output" | paste -s -d ' ')" = '["Q1",false] ["Q2",true]' ]
}

@test "a batch that finds nothing at all is exit 1" {
    printf 'zzyzx\nqqfrx\n' >queries
    run -1 searcher -f tsv --batch queries
}

@test "a batch that is not there is exit 66 and named" {
    run -66 --separate-stderr searcher --batch nowhere
    [[ $stderr == *"'nowhere'"* ]]
}

@test "--count answers a batch with an id and a number a line" {
    printf 'Q1\tferry\nQ2\tzzyzx\n' >queries
    run -0 searcher --count --batch queries
    same "$output" "Q1"$'\t'"$(searcher -c ferry)"$'\n'"Q2"$'\t'"0"
}

@test "--qrels scores a batch in one line" {
    printf 'Q1\tunlit dredger inquiry\nQ2\tzzyzx\n' >queries
    printf 'Q1 0 hw-2022-0141 3\nQ2 0 hw-2022-0141 1\n' >qrels
    run -0 searcher --batch queries --qrels qrels
    [ "$output" = "queries 2  ndcg@10 0.5000  map 0.5000  p@10 0.0500  recall@100 0.5000  mrr@10 0.5000" ]
}

@test "--qrels tells of a broken query beside its one line, and scores it 0" {
    printf '1\tferry\n2\t"ferry\n' >queries
    printf '1 0 x 1\n2 0 x 1\n' >qrels
    run -3 --separate-stderr searcher --batch queries --qrels qrels
    [ "${#lines[@]}" = 1 ]
    [[ ${stderr_lines[0]} == queries:2:* ]]
    [[ $output == "queries 2 "* ]]
}

@test "--qrels needs a batch" {
    run -2 searcher --qrels "$fixtures/qrels.txt" ferry
}

@test "judgements that are not there are exit 66 and named" {
    run -66 --separate-stderr searcher --batch "$fixtures/queries.tsv" --qrels nowhere
    [[ $stderr == *"'nowhere'"* ]]
}

# ---- indexes that are not well ----

@test "an index of another version is refused" {
    cp -r "$small" newer
    sed -i 's/^# pressmark .*/# pressmark 999/' newer/XAPIANDB
    run -66 --separate-stderr searcher -i newer cholera
    [[ $stderr == *999* ]]
}

@test "an index whose segment is gone is told, not searched in part" {
    cp -r "$small" torn
    rm -r torn/segment-*
    run --separate-stderr searcher -i torn cholera
    [[ $status == 7[05] ]]
    [ -n "$stderr" ]
}

@test "an index with a broken segment is told and does not bring the program down" {
    cp -r "$small" broken
    for table in broken/segment-*/postlist.glass; do
        head -c 3000 /dev/urandom | dd of="$table" conv=notrunc status=none
    done
    run --separate-stderr searcher -i broken cholera
    [[ $status == 7[045] ]]
    [ -n "$stderr" ]
}

@test "an author and the words under a picture are found, and stand in no snippet's way" {
    printf '%s\n' '{"id":"a","title":"T","body":"Rice grew.","author":"Sok Dara","captions":["A heron wades."]}' \
        '{"id":"b","title":"T","body":"Dara Sok Dara wades.","author":"Prak","captions":"An otter."}' \
        >margins.ndjson
    make_index margins margins.ndjson
    same "$(found heron -i margins)" a
    same "$(found prak -i margins)" b
    same "$(found otter -i margins)" b
    same "$(found '"sok dara"' -i margins)" 'a b'
    same "$(answer dara '.hits[0].id' -i margins)" b
}
