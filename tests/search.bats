#!/usr/bin/env bats
# bin/searcher: what is found.

load search

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

@test "an acronym that is demanded is found in headlines set in capitals, if no other word is like it" {
    cd "$BATS_TEST_TMPDIR"
    jq -nc '("USDA REPORTS RICE STOCKS DOWN", "The USDA said so", "WHO SENDS AIDS DOCTORS NORTH",
             "AIDS is rare, the WHO said", "Aid came, who sent it?", "More aid for those who wait",
             "START OF TALKS IS NEAR", "They start", "All start", "We start", "START talks went on",
             "A start", "The start", "No start", "Some start") |
            {id: (. | ascii_downcase | gsub("[^a-z]+"; "-")), title: ., body: "Text."}' |
        indexer add -q -i x -
    check_rows all -i x <<'END'
+USDA|the-usda-said-so usda-reports-rice-stocks-down
"USDA"|the-usda-said-so usda-reports-rice-stocks-down
rice -USDA|
+AIDS|aids-is-rare-the-who-said
+WHO|aids-is-rare-the-who-said
+START|start-talks-went-on
END
}

@test "several words in capitals are found as in small letters, whatever stands beside them" {
    cd "$BATS_TEST_TMPDIR"
    jq -nc '("Prices rose up to 5 pct", "UP TO DATE", "The US Army went", "No army of us went",
             "Bank of Japan to buy", "AT&T said", "The TO fund is UP") |
            {id: (. | ascii_downcase | gsub("[^a-z]+"; "-")), title: ., body: "Text.",
             date: "1987-03-01"}' |
        indexer add -q -i x -
    check_rows all -i x <<'END'
"UP TO"|prices-rose-up-to-pct up-to-date
"UP TO" date:1987|prices-rose-up-to-pct up-to-date
title:"UP TO"|prices-rose-up-to-pct up-to-date
="UP TO"|prices-rose-up-to-pct up-to-date
="UP TO" text|prices-rose-up-to-pct up-to-date
"BANK OF JAPAN TO"|bank-of-japan-to-buy
"BANK OF JAPAN TO" date:1987|bank-of-japan-to-buy
"JAPAN TO" bank|bank-of-japan-to-buy
"US ARMY"|the-us-army-went
"US Army"|the-us-army-went
AT&T|at-t-said
END
}

@test "what an ampersand joins is a phrase, in an index of several languages too" {
    cd "$BATS_TEST_TMPDIR"
    jq -nc '("AT&T said", "The D-day of R. Moss", "At the T bar", "R&D went on") |
            {id: (. | ascii_downcase | gsub("[^a-z]+"; "-")), title: ., body: "Text."},
            {id: "fr", language: "fr", title: "Les R et les D", body: "Un texte."}' |
        indexer add -q -i x -
    check_rows all -i x <<'END'
AT&T|at-t-said
at&t|at-t-said
R&D|r-d-went-on
moss R&D|r-d-went-on the-d-day-of-r-moss
-R&D text|at-t-said at-the-t-bar fr the-d-day-of-r-moss
END
    run -0 searcher -i x --format html 'R&D'
    [[ $output == *'<mark>R&amp;D</mark> went on'* ]]
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

@test "a query without a word finds nothing, and says so" {
    local query
    for query in '' ' ' ... + - '!!!' '(...)'; do
        run -1 --separate-stderr searcher -c -q "$query"
        [ "$output" = 0 ]
        [ "$stderr" = "searcher: there is no word in the query '$query'" ]
    done
    [ "$(answer '!!!' '.warnings[].code')" = empty ]
    [ "$(answer 'source:nobody' '.warnings | length')" = 0 ]
    run -0 --separate-stderr searcher -n 1 --since 2024
    [ -z "$stderr" ]
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
    over_and_over
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
    over_and_over
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

@test "a total is exact, of few articles and of very many" {
    seq 9000 | awk '{
        printf "{\"id\":\"%d\",\"body\":\"%s %s %s", $1, $1 % 2 ? "walrus" : "seal",
            $1 % 3 ? "gull" : "heron", $1 % 27 ? "sand" : "mud"
        for (i = $1 % 97; i > 0; i--) printf " rest"
        print "\"}" }' >many.ndjson
    make_index many many.ndjson
    [ "$(searcher -i many -n 1 -q mud | tail -n 1)" = "1 of 333 articles" ]
    [ "$(searcher -i many -n 1 -q 'walrus heron' | tail -n 1)" = "1 of 6000 articles" ]
    [ "$(searcher -i many -c -q 'walrus heron')" = 6000 ]
}
