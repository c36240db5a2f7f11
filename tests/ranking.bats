#!/usr/bin/env bats
# What counts beside how often words stand in an article: where they stand, and how it was asked.

load helper
tested=searcher

setup_file() {
    cd "$BATS_FILE_TMPDIR"
    # Of the same words and length: side by side; the other way round; seven between; eight; far.
    # Who is further is newer, so that what ties would come first.
    jq -nc '
        def pad($n): [range($n) | "filler"] | join(" ");
        {id: "beside", date: "2020", body: "\(pad(40)) walrus hunger \(pad(60))"},
        {id: "turned", date: "2021", body: "\(pad(40)) hunger walrus \(pad(60))"},
        {id: "seven", date: "2022", body: "\(pad(40)) walrus \(pad(7)) hunger \(pad(53))"},
        {id: "eight", date: "2023", body: "\(pad(40)) walrus \(pad(8)) hunger \(pad(52))"},
        {id: "far", date: "2024", body: "\(pad(40)) walrus \(pad(59)) hunger \(pad(1))"},
        {id: "early", date: "2019", body: "\(pad(28)) otter \(pad(20)) famine \(pad(52))"},
        {id: "late", date: "2025", body: "\(pad(31)) otter \(pad(17)) famine \(pad(52))"},
        (range(80) | {id: "none\(.)", date: "2010", body: pad(102)}),
        (range(70) | {id: "many\(.)", date: "20\(10 + . % 13)", body:
            "\(pad(40)) lagoon \(pad(. % 9)) tide \([range(. % 5 + 1)] | map("tide") | join(" "))"})' >all.ndjson
    make_index x all.ndjson
    export PRESSMARK_INDEX=$BATS_FILE_TMPDIR/x
}

ids() { # [OPTION]... -q QUERY
    searcher --template '{id} ' "$@"
}

@test "words that the query has side by side rank articles that have them so" {
    same "$(ids -q 'walrus hunger')" 'turned beside seven far eight '
    # By the words alone all tie, and the newest comes first.
    same "$(ids --rank bm25 -q 'walrus hunger')" 'far eight seven turned beside '
    # Signs and operators tell otherwise what belongs together.
    same "$(ids -q 'walrus OR hunger')" 'far eight seven turned beside '
    same "$(ids -q '+walrus hunger')" 'far eight seven turned beside '
    same "$(ids -q 'walrus AND hunger')" 'far eight seven turned beside '
}

@test "what stands between words of the query need not stand between those of an article" {
    same "$(ids -q 'walrus and the hunger' 2>/dev/null)" 'turned beside seven far eight '
    same "$(ids -n 5 -q 'walrus otter hunger')" 'far eight seven turned beside '
}

@test "words among the first thirty count more" {
    same "$(ids -q 'otter famine')" 'early late '
    same "$(ids --rank bm25 -q 'otter famine')" 'late early '
    # Of a single word nothing is looked at.
    same "$(ids -q otter)" 'late early '
}

@test "a word as it is written leaves nearness out, whether it is checked early or late" {
    same "$(ids -q 'walrus hunger =filler')" 'far eight seven turned beside '
    same "$(searcher -f json --facet year -q 'walrus hunger =filler' | jq -r '[.hits[].id] | join(" ")')" \
        'far eight seven turned beside'
}

@test "pages of any size, and those by cursor, are one list" {
    local all size
    all=$(ids -n 100 -q 'lagoon tide')
    same "$(wc -w <<<"$all")" 70
    [ "$all" != "$(ids -n 100 --rank bm25 -q 'lagoon tide')" ]
    for size in 9 29 30 31 50; do
        local next='' pages='' offset ids
        for ((offset = 0; offset < 70; offset += size)); do
            pages+=$(ids -n "$size" --offset "$offset" -q 'lagoon tide')
        done
        same "$size: $pages" "$size: $all"
        pages=
        while :; do
            searcher -f json -n "$size" ${next:+--after "$next"} -q 'lagoon tide' |
                jq -r '([.hits[].id + " "] | add // ""), .next // ""' >page
            { IFS= read -r ids && read -r next; } <page
            pages+=$ids
            [ -n "$next" ] || break
        done
        same "$size: $pages" "$size: $all"
    done
    # A page of one, around the last that nearness is looked at in.
    local offset one=
    for offset in 0 28 29 30 31; do
        one+=$(ids -n 1 --offset "$offset" -q 'lagoon tide')
    done
    same "$one" "$(cut -d ' ' -f 1,29-32 <<<"$all") "
    # The score never rises.
    searcher -f json -n 100 -q 'lagoon tide' | holds '[.hits[].score] | . == (sort | reverse)'
}

@test "an index in several parts gives the same scores" {
    split -l 20 "$BATS_FILE_TMPDIR/all.ndjson" part.
    for part in part.*; do
        make_index parts "$part"
    done
    for query in 'walrus hunger' 'lagoon tide' 'otter famine filler'; do
        same "$(searcher -i parts -f tsv -n 100 -q "$query" | cut -f 1,2,6)" \
            "$(searcher -f tsv -n 100 -q "$query" | cut -f 1,2,6)"
    done
}

@test "an explanation shows what nearness gives to the best" {
    searcher -f json -n 1 --explain turned -q 'walrus hunger' >answer
    holds '.explanation.clauses | map(select(.role == "near")) | .[0].text == "walrus hunger" and .[0].score > 1' <answer
    holds '(.hits[0].score - .explanation.score | fabs) < 1e-9' <answer
    holds '.explanation | ([.clauses[] | select(.depth == 1) | .score] | add) - .score | fabs < 1e-9' <answer
    # Not to those behind them, nor where it is nothing.
    local last
    last=$(ids -n 100 -q 'lagoon tide' | awk '{ print $NF }')
    searcher -f json --explain "$last" -q 'lagoon tide' |
        holds '.explanation.matches and (.explanation.clauses | map(.role) | index("near") | not)'
    searcher -f json --explain far -q 'walrus hunger' |
        holds '.explanation.clauses | map(.role) | index("near") | not'
}

@test "a sentence that asks is about its other words" {
    local short
    short=$(ids -q 'walrus hunger')
    same "$(ids -q 'I am interested in articles concerning the walrus hunger' 2>/dev/null)" "$short"
    run -0 --separate-stderr searcher -c -q 'Find articles about the walrus and related hunger'
    [[ $output = 5 && $stderr = *'left out as too common: Find, articles, about, the, and, related'* ]]
    # Not if that leaves one word, nor in a few words without a sentence.
    run -0 --separate-stderr searcher -c -q 'the related walrus'
    [[ $stderr != *'related'* ]]
    run -0 --separate-stderr searcher -c -q 'related walrus hunger'
    [[ $stderr != *'left out'* ]]
    # Nor with a list of one's own, or by words alone.
    : >nothing
    run -0 --separate-stderr searcher -c --stop-words nothing -q 'articles about the walrus hunger'
    [[ $stderr != *'left out'* ]]
    run -0 --separate-stderr searcher -c --rank bm25 -q 'articles about the walrus hunger'
    [[ $stderr = *'left out as too common: about, the'* && $stderr != *articles* ]]
}

@test "an unknown ranking is refused" {
    run -2 --separate-stderr searcher --rank best walrus
    [[ $stderr = *"unknown ranking 'best': there are news and bm25"* ]]
}

@test "newer articles count more, by half with each half-life" {
    local day age
    for age in 0 30 60 600; do
        day=$(date -u -d "-$age days" +%F)
        printf '{"id":"old%s","date":"%s","body":"a heron by the canal"}\n' "$age" "$day"
    done >aged.ndjson
    echo '{"id":"undated","body":"a heron by the canal"}' >>aged.ndjson
    # Much better, and old; none of the words, and of today.
    echo '{"id":"best","date":"2001","title":"Heron heron heron","body":"heron"}' >>aged.ndjson
    printf '{"id":"other%s","date":"'"$day"'","body":"nothing"}\n' {1..30} >>aged.ndjson
    # A segment for each two articles, which each have their own bounds.
    split -l 2 aged.ndjson part.
    for part in part.*; do
        make_index aged "$part"
    done
    gained() { # ID OPTION...
        searcher -i aged -f json --explain "$1" "${@:2}" -q heron |
            jq '[.explanation.clauses[] | select(.text == "recency") | .score * 100 | round] | add // 0'
    }
    same "$(for id in old0 old30 old60 undated; do gained $id --recency 30d; done | xargs)" '460 230 115 0'
    same "$(gained old60 --recency 60d) $(gained old60)" '230 0'
    same "$(searcher -i aged --template '{id} ' --recency 30d -q heron)" 'old0 old30 best old60 old600 undated '
    same "$(searcher -i aged --template '{id} ' --recency 2w -n 1 -q heron)" 'old0 '
    same "$(searcher -i aged --template '{id} ' -n 1 -q heron)" 'best '
    same "$(searcher -i aged -c --recency 1y -q heron)" 6
    # Pages are one list.
    local next='' pages=
    while :; do
        searcher -i aged -f json -n 2 ${next:+--after "$next"} --recency 30d -q heron >page
        pages+=$(jq -r '.hits[].id + " "' page | tr -d '\n')
        next=$(jq -r '.next // empty' page)
        [ -n "$next" ] || break
    done
    same "$pages" 'old0 old30 best old60 old600 undated '
}

@test "a half-life is a time" {
    for halflife in '' 30 d 0d 30x 30dd -1d 1000000d; do
        run -2 --separate-stderr searcher --recency "$halflife" walrus
        [[ $stderr = *"'$halflife' is no time like 30d, 2w, 6m or 1y"* ]]
    done
}

# Nearness is looked at in the 30 best; of those with the score of the last, in the newest.
@test "which articles nearness is looked at in does not depend on the order they came in" {
    cd "$BATS_TEST_TMPDIR"
    for count in 31 40; do
        for i in $(seq "$count"); do
            body='walrus one two three four five six seven eight nine herring'
            # Of the two where the words are near, only one is among the 30.
            case $i in 1 | $((count - 5))) body='one two three four five walrus herring six seven eight nine' ;; esac
            printf '{"id":"%s","date":"2024-01-01T%02d:%02d","body":"%s"}\n' \
                "$i" $((i / 60)) $((i % 60)) "$body"
        done >articles
        # Words that most articles have are not looked at.
        printf '{"id":"other-%s","body":"seal"}\n' $(seq 100) >others
        for order in cat tac; do
            $order articles others >in-order
            make_index "$count-$order" in-order
            searcher -i "$count-$order" -n 50 -f ndjson --fields id 'walrus herring' |
                jq -r 'select(.type == "hit").id' >"$order.ids"
            [ "$(head -n 1 "$order.ids")" = $((count - 5)) ]
            [ "$(tail -n 1 "$order.ids")" = 1 ]
        done
        same "$(cat cat.ids)" "$(cat tac.ids)"
    done
}
