#!/usr/bin/env bats
# bin/searcher --eval: topics and judgements, as they are and as they should not be.
# That the figures are right is for relevance.bats, which has a reference.

load helper
tested=searcher

setup_file() {
    cd "$BATS_FILE_TMPDIR"
    make_index archive "${archive[@]}"
    export PRESSMARK_INDEX=$BATS_FILE_TMPDIR/archive
}

evaluate() { # [OPTION]...
    searcher --eval --topics topics --qrels qrels "$@"
}

# Fails unless standard error was these lines.
told() { # LINE...
    same "$stderr" "$(printf '%s\n' "$@")"
}

all_found='ndcg@10 1.0000  map 1.0000  p@10 0.1000  recall@100 1.0000  mrr@10 1.0000'
half_found='ndcg@10 0.5000  map 0.5000  p@10 0.0500  recall@100 0.5000  mrr@10 0.5000'
none_found='ndcg@10 0.0000  map 0.0000  p@10 0.0000  recall@100 0.0000  mrr@10 0.0000'

# ---- figures ----

@test "all topics have one line of figures" {
    printf 'Q1\tunlit dredger inquiry\nQ2\tzzyzx\n' >topics
    printf 'Q1 0 hw-2022-0141 3\nQ2 0 hw-2022-0141 1\n' >qrels
    run -0 --separate-stderr evaluate
    same "$output" "queries 2  $half_found"
    [ -z "$stderr" ]
}

@test "--batch with --qrels is the same" {
    printf 'Q1\tunlit dredger inquiry\nQ3\tferry\nQ2\t"\nferry\n' >topics
    printf 'Q1 0 hw-2022-0141 3\nQ2 0 hw-2022-0141 1\nQ4 0 x 1\n' >qrels
    run -3 evaluate --per-query
    [ "${#lines[@]}" -gt 5 ]
    same "$(searcher --batch topics --qrels qrels --per-query 2>&1)" "$output"
}

@test "--per-query has a line for each query with something relevant, in the order of judgements" {
    printf 'Q1\tunlit dredger inquiry\nQ2\tzzyzx\nQ3\tferry\n' >topics
    printf '%s\n' 'Q2 0 hw-2022-0141 1' 'Q3 0 hw-2022-0141 0' 'Q4 0 x 1' 'Q1 0 hw-2022-0141 3' >qrels
    run -0 --separate-stderr evaluate --per-query
    same "$output" "query"$'\t'"ndcg@10"$'\t'"map"$'\t'"p@10"$'\t'"recall@100"$'\t'"mrr@10
Q2"$'\t'"0.0000"$'\t'"0.0000"$'\t'"0.0000"$'\t'"0.0000"$'\t'"0.0000
Q4"$'\t'"0.0000"$'\t'"0.0000"$'\t'"0.0000"$'\t'"0.0000"$'\t'"0.0000
Q1"$'\t'"1.0000"$'\t'"1.0000"$'\t'"0.1000"$'\t'"1.0000"$'\t'"1.0000
queries 3  ndcg@10 0.3333  map 0.3333  p@10 0.0333  recall@100 0.3333  mrr@10 0.3333"
}

@test "topics may come on standard input" {
    echo 'Q1 0 hw-2022-0141 3' >qrels
    run -0 searcher --eval --topics - --qrels qrels <<<$'Q1\tunlit dredger inquiry'
    same "$output" "queries 1  $all_found"
}

@test "topics and judgements may begin with a byte order mark and have lines of CR LF" {
    printf '\xef\xbb\xbfQ1 \tunlit dredger inquiry\r\n\r\n' >topics
    printf '\xef\xbb\xbfQ1\tQ0\thw-2022-0141\t3\r\n\r\n' >qrels
    run -0 --separate-stderr evaluate
    same "$output" "queries 1  $all_found"
    [ -z "$stderr" ]
}

@test "ids that begin alike are kept apart, as are long ones" {
    local long
    long=$(printf '%0300d' 7)
    printf '%s\tunlit dredger inquiry\n' Q1 Q "$long" "${long}1" >topics
    printf '%s 0 hw-2022-0141 1\n' Q10 Q "$long" >qrels
    run -0 --separate-stderr evaluate --per-query
    same "$(cut -f 1,2 <<<"$output" | sed -n 2,4p)" \
        $'Q10\t0.0000\nQ\t1.0000\n'"$long"$'\t1.0000'
    same "${stderr_lines[0]}" "topics:1: topics without judgements, left out: 2 ('Q1', '${long}1')"
}

# ---- TREC's topics ----

@test "topics of TREC have their title for a query, in one line or several, closed or not" {
    cat >topics <<'END'

<top>
<num> Number: 051
<title> Topic:  Unlit dredger
  inquiry

<desc> Description:
Nothing <b>of</b> this is asked: "
<narr> Narrative:
Nor 1 < 2.
</top>

<top><num>Number: A052</num><title>zzyzx</title><desc>squid</desc></top><top>
<num>53
<TITLE>
zzyzx
</TOP>
END
    run -0 searcher --batch topics --explain-query
    same "$(cut -f 1 <<<"$output")" $'51\nA052\n53'
    same "$(head -n 1 <<<"$output" | cut -f 2-)" "$(searcher --explain-query -q 'Unlit dredger inquiry')"
    same "$(sed -n 3p <<<"$output" | cut -f 2-)" "$(searcher --explain-query -q zzyzx)"
    printf '%s 0 hw-2022-0141 1\n' 51 A052 >qrels
    run -0 evaluate
    same "${lines[-1]}" "queries 2  $half_found"
}

@test "topics of TREC that are malformed are told with their line, and the others asked" {
    cat >topics <<'END'
<top>
<num> 1
<desc> without a title
</top>
by the way
and so on
<top> <title> without a number </top>
<top> <num> 2 <title> cut off
<top> <num> 3 <title> "broken </top>
<top> <num> 4 <title> unlit dredger inquiry </top>
<top> <num> 5 <title> the end
END
    printf '%s 0 hw-2022-0141 1\n' 3 4 >qrels
    run -3 --separate-stderr evaluate
    same "$output" "queries 2  $half_found"
    told 'topics:1: a topic without a <title>; left out' \
        'topics:5: text outside of <top> and </top>; left out' \
        'topics:7: a topic without a <num>; left out' \
        'topics:8: a topic without its </top>; left out' \
        "topics:9: this quotation mark has no partner; '3' scores 0" '  "broken' '  ^' \
        'topics:11: a topic without its </top>; left out'
    run -3 --separate-stderr searcher --batch topics -c
    same "$output" $'4\t'"$(searcher -c unlit dredger inquiry)"
    same "${stderr_lines[0]}" 'topics:1: a topic without a <title>'
}

# ---- what is wrong ----

@test "lines that are no topics are told and left out" {
    printf 'ferry\n\tferry\nQ1\t\nQ1\t \nQ1\tunlit dredger inquiry\nQ1\tferry\n' >topics
    echo 'Q1 0 hw-2022-0141 3' >qrels
    run -3 --separate-stderr evaluate
    same "$output" "queries 1  $all_found"
    told "topics:"{1,2,3,4}": not 'ID TAB QUERY'; left out" \
        "topics:6: a second topic with the id 'Q1'; left out"
}

@test "a topic that is no text scores 0" {
    printf 'Q1\tunlit dredger inquiry\nQ2\tunlit\0dredger\n' >topics
    printf 'Q1 0 hw-2022-0141 3\nQ2 0 hw-2022-0141 3\n' >qrels
    run -3 --separate-stderr evaluate
    same "$output" "queries 2  $half_found"
    [[ ${stderr_lines[0]} == "topics:2: not a text"*"; 'Q2' scores 0" ]]
}

@test "topics without judgements are told in one line, and not even asked" {
    printf 'Q1\tunlit dredger inquiry\n' >topics
    printf 'U%s\t"\n' {1..7} >>topics
    printf 'N1\t"\n' >>topics
    printf 'Q1 0 hw-2022-0141 3\nN1 0 x 0\nN1 0 y -1\n' >qrels
    run -0 --separate-stderr evaluate
    same "$output" "queries 1  $all_found"
    told "topics:2: topics without judgements, left out: 7 ('U1', 'U2', 'U3', 'U4', 'U5', ...)" \
        "topics:9: topics without a relevant article, left out: 1 ('N1')"
}

@test "judgements without a topic are told in one line, and score 0" {
    printf 'Q1\tunlit dredger inquiry\n' >topics
    printf '%s\n' 'Q1 0 hw-2022-0141 3' 'Z 0 x 0' 'Y 0 x 1' 'Y 0 y 1' 'X 0 x 0' 'X 0 y 1' >qrels
    run -0 --separate-stderr evaluate
    [[ $output == "queries 3  ndcg@10 0.3333"* ]]
    told "qrels:3: judged queries without a topic, scored 0: 2 ('Y', 'X')"
}

@test "topics and judgements of different sets are exit 1" {
    printf 'Q1\tunlit dredger inquiry\n' >topics
    echo '1 0 hw-2022-0141 3' >qrels
    run -1 --separate-stderr evaluate
    same "$output" "queries 1  $none_found"
    told "topics:1: topics without judgements, left out: 1 ('Q1')" \
        "qrels:1: judged queries without a topic, scored 0: 1 ('1')"
}

@test "of several grades of an article the last counts, and that is told" {
    printf 'Q1\tunlit dredger inquiry\nQ2\tferry\n' >topics
    printf '%s\n' 'Q1 0 hw-2022-0141 0' 'Q2 0 hw-2022-0141 1' 'Q1 0 hw-2022-0141 2' \
        'Q2 0 hw-2022-0141 1' 'Q2 0 hw-2022-0141 0' >qrels
    run -0 --separate-stderr evaluate
    same "$output" "queries 1  $all_found"
    told "topics:2: topics without a relevant article, left out: 1 ('Q2')" \
        "qrels:3: articles with several grades, of which the last counts: 2 ('Q1 hw-2022-0141', 'Q2 hw-2022-0141')"
}

@test "a judgement that is malformed is exit 65 and named, and nothing is scored" {
    local line
    printf 'Q1\tunlit dredger inquiry\n' >topics
    for line in 'Q1 0 x' 'Q1 0 x one' 'Q1 0 x 1 2' 'Q1 0 x 1x' 'Q1 0 x nan' 'Q1 0 x inf' 'Q1' \
        'Q1 0 x 1\0'; do
        printf 'Q1 0 hw-2022-0141 3\n\n%b\nQ1 0 y 1\n' "$line" >qrels
        run -65 --separate-stderr evaluate
        [ -z "$output" ]
        told "searcher: qrels:3: not 'QUERY 0 ARTICLE GRADE'; nothing was scored"
    done
}

@test "judgements that are none are exit 65 and named" {
    printf 'Q1\tunlit dredger inquiry\n' >topics
    echo >qrels
    run -65 --separate-stderr evaluate
    told "searcher: no judgements in 'qrels'"
}

@test "files that cannot be opened or read are named" {
    printf 'Q1\tunlit dredger inquiry\n' >topics
    echo 'Q1 0 hw-2022-0141 3' >qrels
    run -66 --separate-stderr searcher --eval --topics topics --qrels nowhere
    told "searcher: cannot open 'nowhere': No such file or directory"
    run -66 --separate-stderr searcher --eval --topics nowhere --qrels qrels
    told "searcher: cannot open 'nowhere': No such file or directory"
    run -74 --separate-stderr searcher --eval --topics topics --qrels .
    told "searcher: cannot read '.': Is a directory"
    run -74 --separate-stderr searcher --eval --topics . --qrels qrels
    told "searcher: cannot read '.': Is a directory"
}

@test "what is missing of the options is told" {
    local options row
    while IFS='|' read -ra row; do
        read -ra options <<<"${row[0]}"
        run -2 --separate-stderr searcher "${options[@]}"
        same "${stderr_lines[0]}" "searcher: ${row[1]}"
    done <<'END'
--eval|--eval needs --topics
--eval --qrels q|--eval needs --topics
--eval --topics t|--eval needs --qrels
--topics t --qrels q|--topics needs --eval
--qrels q|--qrels needs --eval and --topics, or --batch
--qrels q ferry|--qrels needs --eval and --topics, or --batch
--batch t --per-query|--per-query needs --eval
--eval --topics t --qrels q ferry|a query beside --topics: 't'
--eval --topics t --qrels q --batch b|--batch beside --topics: 't'
END
}

@test "what hostile ids say of terminals is not told" {
    printf 'a\x1b[31m\x9b\tferry\n' >topics
    echo 'Q1 0 hw-2022-0141 3' >qrels
    run -1 --separate-stderr evaluate
    same "${stderr_lines[0]}" "topics:1: topics without judgements, left out: 1 ('a[31m"$'\uFFFD'"')"
}
