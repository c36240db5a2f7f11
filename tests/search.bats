#!/usr/bin/env bats
# bin/searcher: what is found, how it is asked for, and how it is shown.
#
# Two indexes serve all tests: the archive of fixtures/, where English, French, German and Khmer
# stand together, and `small`, a few sentences that each try one thing.

load helper
tested=searcher

setup_file() {
    cd "$BATS_FILE_TMPDIR"
    make_index archive "${archive[@]}"
    cat >small.ndjson <<'END'
{"id":"us","title":"T","body":"The US sent ships to the port."}
{"id":"u.s.","title":"T","body":"The U.S. navy came too."}
{"id":"us-small","title":"T","body":"They told us nothing about boats."}
{"id":"who","title":"T","body":"The WHO warned of cholera."}
{"id":"who-small","title":"T","body":"A man who sold crabs."}
{"id":"it","title":"T","body":"The IT department slept."}
{"id":"it-small","title":"T","body":"Nobody had seen it since."}
{"id":"shout","title":"ADMIRAL TOLD US ALL ABOUT HIS PARROT","body":"Nothing else is known."}
{"id":"cafe","title":"T","body":"A cafe by the river."}
{"id":"café","title":"T","body":"A café by the bridge."}
{"id":"café-nfd","title":"T","body":"A cafe\u0301 by the gate."}
{"id":"resume","title":"T","body":"They resume talks."}
{"id":"s-typographic","title":"T","body":"Ruritania’s king sneezed."}
{"id":"s-straight","title":"T","body":"Ruritania's queen laughed."}
{"id":"s-none","title":"T","body":"Ruritania has a flag."}
{"id":"shy","title":"T","body":"A lighthouse was painted."}
{"id":"shy-hyphen","title":"T","body":"A light­house was sold."}
{"id":"zwsp","title":"T","body":"pepper​corn sauce"}
{"id":"br-defence","title":"T","body":"defence"}
{"id":"us-defense","title":"T","body":"defense"}
{"id":"br-labour","title":"T","body":"labour"}
{"id":"us-labor","title":"T","body":"labor"}
{"id":"br-centre","title":"T","body":"centre"}
{"id":"us-center","title":"T","body":"center"}
{"id":"br-organise","title":"T","body":"organised"}
{"id":"us-organize","title":"T","body":"organizing"}
{"id":"line-break","title":"T","body":"a silver\nanchor sank"}
{"id":"turned-round","title":"T","body":"an anchor of silver, an anchor silver"}
{"id":"apart","title":"T","body":"silver and an anchor"}
{"id":"two-fields","title":"Golden","body":"Trumpet sold."}
{"id":"hamlet","title":"T","body":"He asked whether to be or not to be."}
{"id":"thethe","title":"T","body":"A band called The The played."}
{"id":"fields","title":"Quince harvest","author":"Rosalind Quill","source":"Tidewater Gazette","section":"Harbours","tags":["figs","plums"],"language":"en","body":"Nothing of note."}
{"id":"body-quince","title":"T","body":"quince quill gazette harbours figs"}
{"id":"d2019","title":"T","date":"2019","body":"calendar"}
{"id":"d2019-05","title":"T","date":"2019-05","body":"calendar"}
{"id":"d2019-05-04","title":"T","date":"2019-05-04","body":"calendar"}
{"id":"d2019-05-04T23","title":"T","date":"2019-05-04T23:30:00Z","body":"calendar"}
{"id":"d2019-05-31","title":"T","date":"2019-05-31T23:59:59Z","body":"calendar"}
{"id":"d2019-06-01","title":"T","date":"2019-06-01","body":"calendar"}
{"id":"d2020","title":"T","date":"2020","body":"calendar"}
{"id":"undated","title":"T","body":"calendar"}
{"id":"hostile","title":"Title \u001b[31mred\u001b[0m \u202egnp\u202c end","author":"Bad\u001b]0;owned\u0007 Author","source":"Src\u009b31m \u2066iso\u2069","body":"A hyena \u001b[2J clears \u202e the \u200f screen\u0008\u0008 \u007f and \u009b1m more."}
{"id":"hostile \u001b[7m id","title":"T","body":"Another hyena."}
{"id":"markup","title":"Tea & <b>scones</b>","body":"An otter said \"<i>x < y & z</i>\"\n and 'left'."}
{"id":"symbols","title":"T","body":"$5 for an ocelot, or 5 €"}
{"id":"tab","title":"Left\tright","source":"A\tB","body":"A puffin\tflew."}
END
    make_index small small.ndjson
    export PRESSMARK_INDEX=$BATS_FILE_TMPDIR/archive small=$BATS_FILE_TMPDIR/small
}

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

# ---- words ----

@test "any of the words may match" {
    check_rows all -i "$small" <<'END'
cholera crabs|who who-small
CHOLERA|who
zzyzx cholera|who
warning|who
END
}

@test "a capitalised acronym is not the function word" {
    check_rows all -i "$small" <<'END'
US|u.s. us
U.S.|u.s. us
WHO|who
IT|it
END
}

@test "a small us is not the country, unless nothing else is there to find" {
    run -0 found us -i "$small"
    [[ " $output " == *" us-small "* ]]
    [ "$(answer us '.hits[0].id' -i "$small")" != us ]
}

@test "a headline in capitals holds no acronyms" {
    [[ "$(found US -i "$small")" != *shout* ]]
    [[ "$(found us -i "$small")" == *shout* ]]
}

@test "an acronym is no function word though the archive holds other languages" {
    for word in US WHO IT; do
        same "$(found "$word")" "$(found "$word" -l en)"
    done
}

@test "accents do not matter, composed or not" {
    check_rows all -i "$small" <<END
cafe|cafe café café-nfd
café|cafe café café-nfd
CAFÉ|cafe café café-nfd
$(printf 'cafe\u0301')|cafe café café-nfd
résumé|resume
END
}

@test "British and American spellings find each other" {
    check_rows all -i "$small" <<'END'
defence|br-defence us-defense
defense|br-defence us-defense
labour|br-labour us-labor
labor|br-labour us-labor
centre|br-centre us-center
centers|br-centre us-center
organise|br-organise us-organize
organize|br-organise us-organize
END
}

@test "possessives find the name, with either apostrophe" {
    check_rows all -i "$small" <<'END'
ruritania|s-none s-straight s-typographic
ruritania's|s-none s-straight s-typographic
ruritania’s|s-none s-straight s-typographic
END
}

@test "a soft hyphen is transparent, a zero-width space parts" {
    check_rows all -i "$small" <<'END'
lighthouse|shy shy-hyphen
light­house|shy shy-hyphen
light|
corn|zwsp
pepper|zwsp
peppercorn|
END
}

@test "function words are left out, and the answer says which" {
    [ "$(found 'the cholera of a' -i "$small")" = who ]
    [ "$(answer 'the cholera of a' '.warnings | tojson' -i "$small")" = \
        '[{"code":"stop-words","word":"the, of, a","instead":null,"text":"left out as too common: the, of, a"}]' ]
}

@test "function words are left out though the archive holds other languages" {
    same "$(found 'who sank the ferry')" "$(found 'sank ferry')"
    [[ "$(answer 'the ferry' '.warnings[].word')" == the ]]
}

@test "function words are looked for where nothing else is" {
    [ "$(answer 'to be or not to be' '.hits[0].id' -i "$small")" = hamlet ]
    [ "$(searcher -i "$small" -c -q 'the the')" -gt 5 ]
}

@test "function words count in a phrase" {
    check_rows all -i "$small" <<'END'
"to be or not to be"|hamlet
"the the"|thethe
END
}

# ---- operators ----

@test "a word with + must be there" {
    check_rows all -i "$small" <<'END'
+cholera crabs|who
crabs +cholera|who
+cholera +crabs|
+the +cholera|who
END
}

@test "a word with + adds to what is found without cutting what only may match" {
    [ "$(searcher -c -q '+ferry inquiry')" = "$(searcher -c ferry)" ]
    [ "$(answer '+ferry inquiry' '.hits[0].id')" = hw-2022-0141 ]
}

@test "a word with - must not be there" {
    check_rows all -i "$small" <<'END'
cholera crabs -crab|who
river bridge -"the bridge"|cafe
END
}

@test "only words with - leave all the others" {
    local all not
    all=$(searcher -c --since 2000 -q '') not=$(searcher -c --since 2000 -q -ferry)
    [ "$((all - not))" = "$(searcher -c --since 2000 ferry)" ]
}

@test "finds a phrase across a line break, and in order only" {
    check_rows all -i "$small" <<'END'
"silver anchor"|line-break
"anchor silver"|turned-round
"an anchor"|apart turned-round
“silver anchor”|line-break
"silver anchors"|line-break
END
}

@test "no phrase crosses from the title into the body" {
    check_rows all -i "$small" <<'END'
"golden trumpet"|
+golden +trumpet|two-fields
END
}

@test "finds phrases of the archive" {
    check_rows first <<'END'
"fourteen doors"|gt-2023-compensation-families
"plucked from roof"|https://pacificrimdispatch.example/2022/10/typhoon-rescue-puerto-princesa
END
}

@test "a field narrows to its words" {
    check_rows all -i "$small" <<'END'
title:quince|fields
headline:quinces|fields
quince|body-quince fields
author:quill|fields
byline:rosalind|fields
source:gazette|fields
publisher:tidewater|fields
section:harbour|fields
tag:figs|fields
TITLE:quince|fields
author:"Rosalind Quill"|fields
author:"Quill Rosalind"|
-title:quince quince|body-quince
title:quince note|fields
title:quince figs|
source:tidewater +note|fields
author:quill source:tidewater|fields
author:quill source:nowhere|
id:body-quince|body-quince
END
}

@test "finds all articles of one language" {
    same "$(found language:de)" "$(found lang:de)"
    [[ " $(found language:fr) " == *" cda-2023-cafe-mondulkiri "* ]]
}

@test "finds articles by byline in the archive" {
    local bylines
    bylines=$(cat "$fixtures/wire.ndjson" "$fixtures"/articles/*/*.txt | grep -c Redwine)
    [ "$(searcher -c -q 'author:redwine')" = "$bylines" ]
}

@test "--literal takes operators for plain words" {
    check_rows all -i "$small" --literal <<'END'
"cholera|who
-cholera|who
foo:cholera|who
+zzyzx cholera|who
"silver anchor"|apart line-break turned-round
END
}

# ---- dates ----

@test "--since and --until take years, both ends included" {
    [ "$(found calendar -i "$small" --since 2020)" = d2020 ]
    [ "$(found calendar -i "$small" --since 2019 --until 2019)" = \
        "d2019 d2019-05 d2019-05-04 d2019-05-04T23 d2019-05-31 d2019-06-01" ]
    [ "$(found calendar -i "$small" --until 2018)" = "" ]
}

@test "--since and --until take months, both ends included" {
    [ "$(found calendar -i "$small" --since 2019-05 --until 2019-05)" = \
        "d2019-05 d2019-05-04 d2019-05-04T23 d2019-05-31" ]
    [ "$(found calendar -i "$small" --since 2019-06)" = "d2019-06-01 d2020" ]
}

@test "--since and --until take days, both ends included" {
    [ "$(found calendar -i "$small" --since 2019-05-04 --until 2019-05-04)" = \
        "d2019-05-04 d2019-05-04T23" ]
    [ "$(found calendar -i "$small" --since 2019-05-31)" = "d2019-05-31 d2019-06-01 d2020" ]
}

@test "an article without a date is found only where no date is asked for" {
    [[ " $(found calendar -i "$small") " == *" undated "* ]]
    [[ " $(found calendar -i "$small" --since 0001 --until 9999) " != *" undated "* ]]
}

@test "an empty query with dates finds all articles of that time, newest first" {
    [ "$(answer '' '.hits[].id' --since 2019-05-04 -i "$small" | paste -s -d ' ')" = \
        "d2020 d2019-06-01 d2019-05-31 d2019-05-04T23 d2019-05-04" ]
}

# ---- broken and odd queries ----

@test "a broken query is exit 2, with a caret under the place" {
    run -2 --separate-stderr searcher -q 'ferry "open'
    [ -z "$output" ]
    [[ ${stderr_lines[0]} == "searcher: "* ]]
    [ "${stderr_lines[1]}" = '  ferry "open' ]
    [ "${stderr_lines[2]}" = '        ^' ]
}

@test "the caret counts characters, not bytes" {
    run -2 --separate-stderr searcher -q 'café "nö" x "open'
    [ "${stderr_lines[1]}" = '  café "nö" x "open' ]
    [ "${stderr_lines[2]}" = '              ^' ]
}

@test "an unknown field is exit 2, with a caret under it" {
    run -2 --separate-stderr searcher -q 'ferry autor:joy'
    [[ ${stderr_lines[0]} == *field* ]]
    [ "${stderr_lines[2]}" = '        ^' ]
}

@test "a field with nothing behind it is exit 2" {
    run -2 --separate-stderr searcher -q 'ferry title:'
    [[ ${stderr_lines[2]} == *^ ]]
}

@test "a + with nothing to look for is exit 2" {
    run -2 --separate-stderr searcher -q 'ferry +"..."'
    [ "${stderr_lines[2]}" = '        ^' ]
}

@test "an address with a colon is no field" {
    [ "$(searcher -c -q 'https://example.org/ferry')" -gt 0 ]
}

@test "a time of day is no field" {
    [ "$(searcher -c -q '7:40 ferry')" -gt 0 ]
}

@test "a broken query in JSON says so in an object, with the byte" {
    run -2 --separate-stderr searcher -f json -q 'né "open'
    holds '.version == 2 and .query == "né \"open" and .error.offset == 4 and
        (.error.message | length) > 0 and (has("hits") | not)' <<<"$output"
}

@test "a broken query with control characters is shown without them" {
    run -2 --separate-stderr searcher -q $'\e[31m "open'
    [[ $stderr != *$'\e'* ]]
}

@test "a query without a word finds nothing" {
    for query in '' ' ' ... + -; do
        run -1 --separate-stderr searcher -q "$query"
        [ -z "$stderr" ]
    done
}

@test "a query of invalid UTF-8 is mended" {
    run -0 searcher -f json -q $'ferry \xff\xc3'
    holds '.query == "ferry ��"' <<<"$output"
}

@test "a query of many words is answered" {
    not_under_valgrind "thousands of words"
    same "$(searcher -c -q "$(yes ferry | head -n 3000 | paste -s -d ' ')")" "$(searcher -c ferry)"
    same "$(searcher -c -q "$(seq -f x%.0fx 5000 | paste -s -d ' ') ferry")" "$(searcher -c ferry)"
}

@test "a query of more than 64 KiB is exit 2" {
    run -2 --separate-stderr searcher -q "$(head -c 70000 /dev/zero | tr '\0' a)"
}

@test "a word of 1,000 bytes is answered" {
    run -1 searcher -q "$(head -c 1000 /dev/zero | tr '\0' a)"
}

# ---- other languages ----

@test "questions in French, German and Khmer find their articles first" {
    check_rows first <<'END'
barrages du Mékong alerte crue|fixtures/articles/cahier/2020-09-18-barrages-mekong.txt
culture du café à Mondolkiri|cda-2023-cafe-mondulkiri
l'éléphant et le caféier|cda-2023-cafe-mondulkiri
Bagger ohne Licht vor der Fähre|fixtures/articles/hafenblatt/2021-11-06-bagger-heron.txt
Woher kommt die Cholera, Frau Müller?|hhb-2022-mueller
សហគមន៍នេសាទ|fixtures/articles/tonlethmey/2022-05-10-fishing-community.txt
ទន្លេសាប|fixtures/articles/tonlethmey/2022-05-10-fishing-community.txt
END
}

@test "finds a Khmer name by itself that the text runs together with its neighbours" {
    check_rows first <<'END'
បឹងទន្លេសាប|fixtures/articles/tonlethmey/2022-05-10-fishing-community.txt
END
}

@test "marks Khmer words at character bounds" {
    answer 'សហគមន៍នេសាទ' '.hits[0].snippets[0]' |
        holds '(.marks | length) > 0 and (.text | contains("\ufffd") | not)'
}

# ---- several indexes ----

@test "several indexes are searched as one" {
    [ "$(searcher -i "$small" -i "$PRESSMARK_INDEX" -c ferry)" = "$(searcher -c ferry)" ]
    local both
    both=$(found cholera -i "$small" -i "$PRESSMARK_INDEX")
    same "$(tr ' ' '\n' <<<"$both" | sort)" \
        "$({ found cholera -i "$small"; found cholera; } | tr ' ' '\n' | sort)"
}

@test "searches several indexes with all the archive's questions, a page of any size" {
    local limits=(1 2 3 5 10)
    ! under_valgrind || limits=(1)
    for limit in "${limits[@]}"; do
        run -0 --separate-stderr searcher -i "$small" -i "$PRESSMARK_INDEX" -n "$limit" -f tsv \
            --batch "$fixtures/queries.tsv"
        [ "$(cut -f 1 <<<"$output" | sort -u | wc -l)" = 63 ]
    done
}

# ---- how many ----

@test "-n limits the hits, and the default is ten" {
    [ "$(searcher -f tsv -n 3 -q 'ferry port' | wc -l)" = 3 ]
    [ "$(searcher -f tsv -q 'ferry port' | wc -l)" = 10 ]
}

@test "-n 0 shows no hit and still says that there are some" {
    run -0 searcher -f json -n 0 ferry
    holds '.total > 0 and .hits == []' <<<"$output"
}

@test "--offset passes over hits and keeps their ranks" {
    same "$(searcher -f tsv --offset 4 -n 3 ferry)" \
        "$(searcher -f tsv -n 100 ferry | sed -n 5,7p)"
}

@test "pages put together are the whole list" {
    not_under_valgrind "many searches"
    local page=0
    while [ $page -lt 80 ]; do
        searcher -f tsv --offset $page -n 16 -q 'ferry port mekong people'
        page=$((page + 16))
    done >pages
    same "$(cat pages)" "$(searcher -f tsv -n 1000 -q 'ferry port mekong people')"
}

@test "an offset beyond the end shows nothing and is still something found" {
    run -0 searcher -f json --offset 5000 ferry
    holds '.total > 0 and .hits == []' <<<"$output"
}

@test "--count is exactly the number of hits of an endless page" {
    not_under_valgrind "many searches"
    while IFS=$'\t' read -r qid query; do
        printf '%s\t%s\n' "$qid" "$(searcher -f tsv -n 100000 -q "$query" | wc -l)"
    done < <(head -n 12 "$fixtures/queries.tsv") >lines
    same "$(head -n 12 "$fixtures/queries.tsv" | searcher --count --batch -)" "$(cat lines)"
}

@test "--count in JSON is exact and has no hits" {
    run -0 searcher --count -f json ferry
    holds '.total_exact == true and .total > 0 and (has("hits") | not)' <<<"$output"
}

@test "a total that is not exact is marked as an estimate, and no less than what is shown" {
    searcher -f json -n 5 --batch "$fixtures/queries.tsv" >answers
    local exact
    exact=$(searcher --count --batch "$fixtures/queries.tsv" | cut -f 2 | jq -s .)
    jq -es --argjson exact "$exact" '[range(63) as $i | .[$i] | .total >= (.hits | length) and
        ((.total_exact | not) or .total == $exact[$i])] | length == 63 and all' answers
}

@test "a total of few articles is exact, and one of very many is marked as an estimate" {
    seq 9000 | awk '{
        printf "{\"id\":\"%d\",\"body\":\"%s %s %s", $1, $1 % 2 ? "walrus" : "seal",
            $1 % 3 ? "gull" : "heron", $1 % 27 ? "sand" : "mud"
        for (i = $1 % 97; i > 0; i--) printf " rest"
        print "\"}" }' >many.ndjson
    make_index many many.ndjson
    [ "$(searcher -i many -n 1 -q mud | tail -n 1)" = "1 of 333 articles" ]
    [[ "$(searcher -i many -n 1 -q 'walrus heron' | tail -n 1)" == "1 of about "* ]]
    [ "$(searcher -i many -c -q 'walrus heron')" = 6000 ]
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
