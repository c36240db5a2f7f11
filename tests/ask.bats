#!/usr/bin/env bats
# What is said of a query: its errors and limits, times, suggestions, synonyms and its tree.
# What each form finds stands in query.bats.

load helper
tested=searcher

setup_file() {
    cd "$BATS_FILE_TMPDIR"
    cat >small.ndjson <<'END'
{"id":"a","title":"Grain","body":"grain export ban","source":"Morning Post","date":"2024-05-02"}
{"id":"b","title":"Ships","body":"grain ships sail; the export was banned","source":"Evening Times","date":"2024-08-31"}
{"id":"c","title":"Navy","body":"the navy bought naval guns for defence","source":"Evening Post","author":"Ada Nopps","date":"2023"}
{"id":"d","title":"Navigation","body":"navigation at night, a defense of lamps"}
{"id":"e","title":"Reading","body":"export one two three four five six grain","date":"2024-06"}
{"id":"f","title":"Café","body":"a café by the port of Sihanoukville"}
{"id":"g","title":"Cafe","body":"a cafe by the quay"}
{"id":"h","title":"Fleet","body":"minister of defence spoke; ministers of defence met"}
END
    make_index small small.ndjson
    # More words of one beginning than a wildcard may become, the last of them the most common.
    awk 'BEGIN { for (i = 0; i < 130; i++) {
            word = sprintf("zeb%c%c", 97 + i / 26, 97 + i % 26)
            printf "{\"id\":\"%s\",\"title\":\"T\",\"author\":\"%s\",\"body\":\"%s%s\"}\n", word, word, word,
                (i == 129 ? " last" : "") }
        for (i = 0; i < 3; i++)
            printf "{\"id\":\"l%d\",\"title\":\"T\",\"author\":\"zebez\",\"body\":\"zebez\"}\n", i }' >many.ndjson
    make_index many many.ndjson
    export PRESSMARK_INDEX=$BATS_FILE_TMPDIR/small
    many=$BATS_FILE_TMPDIR/many
    export many
}

@test "words for times are seen from today" {
    local today yesterday
    today=$(date -u +%F) yesterday=$(date -u -d yesterday +%F)
    printf '{"id":"%s","title":"T","date":"%s"}\n' now "$today" before "$yesterday" old 2001-01-01 >days.ndjson
    make_index days days.ndjson
    same "$(found date:today -i days)" now
    same "$(found date:yesterday -i days)" before
    same "$(found date:2d -i days)" 'before now'
    same "$(found date:..30d -i days)" 'before now old'
    same "$(found date:yesterday.. -i days)" 'before now'
    same "$(searcher -f tsv -i days --since yesterday | cut -f 6 | sort | paste -s -d ' ')" 'before now'
}

# Each row: the query, the column of the caret (from 0), a part of the message.
@test "a broken query is exit 2, with its place" {
    while IFS='|' read -r query column message; do
        run -2 --separate-stderr searcher -q "$query"
        [ -z "$output" ]
        [[ ${stderr_lines[0]} == *"$message"* ]] || { printf '%s\n' "$query: $stderr"; return 1; }
        [[ ${stderr_lines[2]} == "$(printf '  %*s^' "$column" '')" ]] ||
            { printf '%s\n' "$query: $stderr"; return 1; }
    done <<'END'
*ank|0|asterisk
gra*n|3|asterisk
café gra*n|8|asterisk
សហ gra*n|6|asterisk
ab*|2|3 letters
(navy|0|bracket
navy)|4|bracket
"navy|0|quotation
navy AND|5|AND
OR navy|0|OR
navy^0|4|
foo:bar|0|no such field
date:someday|5|no date
the~1|3|4 letters
author:grian~|0|fuzzy
language:xx|0|no such language
END
}

@test "nested ten thousand deep or 64 KB long, a query ends with an error or an answer" {
    printf '(%.0s' {1..10000} >deep
    run -2 searcher -q "$(cat deep)navy"
    yes 'NOT' | head -n 10000 | paste -s -d ' ' >nots
    run -2 searcher -q "$(cat nots) navy"
    yes 'navy' | head -n 13000 | paste -s -d ' ' >long
    run -0 searcher -c -q "$(cat long)"
    same "$output" 1
    yes 'navy' | head -n 14000 | paste -s -d ' ' >longer
    run -2 searcher -c -q "$(cat longer)"
    yes 'nav*' | head -n 1000 | paste -s -d ' ' >stars
    run -2 searcher -c -q "$(cat stars)"
    yes '"the navy"' | head -n 101 | paste -s -d ' ' >phrases
    run -2 --separate-stderr searcher -c -q "$(cat phrases)"
    [[ $stderr == *"more than 100 phrases"* ]]
    run -0 searcher -c -q "$(head -c 1099 phrases)"
    yes '+navy' | head -n 2000 | paste -s -d ' ' >clauses
    run -0 searcher -c -q "$(cat clauses) bought guns"
    same "$output" 1
    run -2 --separate-stderr searcher -c -q "$(cat clauses) bought guns -ferry"
    [[ $stderr == *"more than 2000 clauses"* ]]
}

@test "a wildcard that was cut says so, and keeps the most common" {
    run -0 --separate-stderr searcher -i "$many" -c -q 'zeb*'
    [[ $stderr == *"more than 100 words"* ]]
    [ "$output" -lt 130 ]
    same "$(searcher -i "$many" -c -q 'zeb* AND zebez' 2>/dev/null)" 4
    same "$(searcher -i "$many" -c -q 'author:zeb* AND author:zebez' 2>/dev/null)" 4
}

@test "a wildcard for nothing says so" {
    run -1 --separate-stderr searcher -q 'qqq*'
    [[ $stderr == *"no word of the index is like qqq*"* ]]
    same "$(answer 'qqq*' '.warnings[].code')" no-word
}

@test "a slip is told, and taken only when asked" {
    run -1 --separate-stderr searcher -c defnece
    [[ $stderr == *"did you mean: defence?"* ]]
    same "$(answer defnece .suggestion)" defence
    same "$(answer '+defnece (grian OR ships)' .suggestion)" '+defence (grain OR ships)'
    # A slip in what is not wanted lets in what was to be left out.
    same "$(answer 'grain -defnece' .suggestion)" 'grain -defence'
    same "$(answer 'ships !(defnece ships) -"defnece"' .suggestion)" 'ships !(defence ships) -"defnece"'
    same "$(answer 'ships NOT -title:defnece' .suggestion)" 'ships NOT -title:defence'
    same "$(answer defnece '.warnings[] | .code + " " + .word + " " + .instead')" \
        'spelling defnece defence'
    same "$(answer 'Defnece' .suggestion)" Defence
    same "$(answer =defence '.total')" 2
    same "$(answer defnece '.query, .total, .warnings[0].code' --correct)" $'defence\n3\ncorrected'
    same "$(answer 'navigation grain' .suggestion)" null
}

@test "of very many slips the first are put right" {
    # Of the words that the index does not have, 32 are looked at.
    same "$(answer "$(printf 'zzqv%d ' {1..31}) grian" .suggestion | tail -c 6)" grain
    same "$(answer "$(printf 'zzqv%d ' {1..32}) grian" .suggestion)" null
}

@test "exact words at the top are looked for as far as the page needs" {
    awk 'BEGIN { for (i = 0; i < 3000; i++)
        printf "{\"id\":\"%04d\",\"title\":\"T\",\"body\":\"%s\"}\n", i, (i % 2 ? "defence" : "defense") }' >half.ndjson
    make_index half half.ndjson
    same "$(searcher -i half -f json -n 3 -q =defence | jq -c '[[.hits[].id], .total_exact]')" \
        '[["0001","0003","0005"],false]'
    same "$(searcher -i half -c -q =defence)" 1500
    same "$(searcher -i half -n 0 -f json -q =defence | jq -c '[.total, .total_exact]')" '[1500,true]'
    same "$(searcher -i half -n 2000 -f json -q =defence | jq -c '[.total, .total_exact, (.hits | length)]')" \
        '[1500,true,1500]'
}

@test "synonyms stand for each other" {
    printf '# groups\nnavy, fleet\nships, men of war, sail\n' >groups
    same "$(found fleet --synonyms groups)" 'c h'
    same "$(found 'title:fleet' --synonyms groups)" 'c h'
    same "$(searcher --synonyms groups --explain-query fleet)" '(list (or (word "fleet") (word "navy")))'
    printf 'navy\n' >broken
    run -65 --separate-stderr searcher --synonyms broken navy
    [[ $stderr == *broken:1:* ]]
    run -66 searcher --synonyms nowhere navy
}

@test "stop words of one's own replace ours" {
    printf 'grain\n' >words
    same "$(answer 'grain ships' '.warnings[0] | .code + " " + .word' --stop-words words)" 'stop-words grain'
    same "$(searcher -c -q 'the navigation' --stop-words words 2>/dev/null || searcher -c --stop-words words -q 'the navigation')" \
        "$(searcher -c --literal -q 'the navigation' --stop-words words)"
    printf 'two words\n' >broken
    run -65 --separate-stderr searcher --stop-words broken navy
    [[ $stderr == *broken:1:* ]]
}

@test "--explain-query prints the tree and searches nothing" {
    while IFS='|' read -r query tree; do
        same "$(searcher --explain-query -i "$PRESSMARK_INDEX" -q "$query")" "$tree"
    done <<'END'
navigation|(list (word "navigation"))
+navy -title:grain|(list (must (word "navy")) (must-not (field title (word "grain"))))
"a b"~2^3|(list (boost 3 (phrase "a b" 2)))
nav* NEAR/4 (a OR b)|(list (near 4 (prefix "nav") (or (word "a") (word "b"))))
date:2024-05..|(list (date "2024-05" *))
END
}

@test "--literal takes signs and operators as words" {
    same "$(found 'navy AND OR *x +-' --literal)" c
}
