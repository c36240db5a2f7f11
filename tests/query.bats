#!/usr/bin/env bats
# The language of queries from end to end: what each construct of pressmark-query(7) finds, what
# a broken one is told, and what is said of words that were left out, completed or put right.
#
# `press` is an archive of a few sentences that each try one thing.

load helper
tested=searcher

setup_file() {
    cd "$BATS_FILE_TMPDIR"
    cat >press.ndjson <<'END'
{"id":"a","body":"amber"}
{"id":"b","body":"birch"}
{"id":"c","body":"cedar"}
{"id":"ab","body":"amber birch"}
{"id":"ac","body":"amber cedar"}
{"id":"bc","body":"birch cedar"}
{"id":"abc","body":"amber birch cedar"}
{"id":"row","body":"the silver anchor sank at once"}
{"id":"turned","body":"the anchor of silver sank at once"}
{"id":"gap1","body":"a silver old anchor"}
{"id":"gap3","body":"a silver and very old anchor"}
{"id":"forms","body":"two silver anchors"}
{"id":"n3","body":"minister one two resigned"}
{"id":"n6","body":"minister one two three four five resigned"}
{"id":"n6-turned","body":"resigned one two three four five minister"}
{"id":"n-phrase","body":"the minister had then stepped down from his post"}
{"id":"n-split","body":"the minister stepped on it, then fell down"}
{"id":"n-far","body":"minister one two three four five six seven eight nine ten eleven twelve resignation"}
{"id":"n-third","body":"minister resigned one two three four five six seven scandal"}
{"id":"n-field","title":"Envoy recalled","body":"envoy one two three four five six seven eight nine ten eleven twelve recalled"}
{"id":"twice","body":"what the envoys had had, walrus upon walrus"}
{"id":"thrice","body":"a walrus had a walrus, some walrus had none"}
{"id":"once","body":"no envoy had a walrus"}
{"id":"br","body":"a defence pact was organised"}
{"id":"us","body":"a defense pact was organized"}
{"id":"cafe","body":"a cafe by the river"}
{"id":"café","body":"a café by the bridge"}
{"id":"café-nfd","body":"a cafe\u0301 by the gate"}
{"id":"patrol","body":"a patrol by night"}
{"id":"patrols","body":"two patrols by day"}
{"id":"patrol's","body":"the patrol’s lamp"}
{"id":"border","body":"the Border Patrol came"}
{"id":"borders","body":"the border patrols came"}
{"id":"state","body":"a letter from Salem, OR, of last year"}
{"id":"post","title":"Tern","source":"The Morning Post","author":"Rosalind Quillfeather","section":"Harbours","tags":["figs","wild plums"],"date":"2024-05-19","body":"sparrow"}
{"id":"times","title":"Ternary","source":"Evening Times","author":"Rosa Quillon","tags":["figs"],"date":"2024-05","body":"sparrow"}
{"id":"wire","title":"Plain","source":"Halden Wire","date":"2024","body":"sparrow tern","entities":["Lake Ternwick"]}
{"id":"french","language":"fr","date":"2023-12-31T23:59:59Z","body":"moineau sparrow"}
{"id":"undated","source":"Post of Evening","body":"sparrow"}
{"id":"kampuchea","body":"kampuchea"}
{"id":"kampuchae","body":"kampuchae"}
{"id":"campuchia","body":"campuchia"}
{"id":"kompuchia","body":"kompuchia"}
END
    # More than a hundred words that begin alike, the first of them in the most articles.
    seq 130 | awk '{ printf "{\"id\":\"w%03d\",\"body\":\"quux%03d", $1, $1
        if ($1 > 120) printf " quux001 quux002"
        print "\"}" }' >many.ndjson
    make_index press press.ndjson many.ndjson
    export PRESSMARK_INDEX=$BATS_FILE_TMPDIR/press
}

# The tree of a query as it was understood.
tree() { # QUERY [OPTION]...
    local query=$1
    shift
    searcher --explain-query "$@" -q "$query"
}

# Two queries that are one and the same.
one_tree() { # QUERY QUERY
    same "$(tree "$1")" "$(tree "$2")"
}

# ---- operators, brackets and signs ----

@test "AND, OR, NOT and brackets find what they say" {
    check_rows all <<'END'
amber OR birch|a ab abc ac b bc
amber OR birch OR cedar|a ab abc ac b bc c
amber AND birch|ab abc
amber AND birch AND cedar|abc
amber AND NOT birch|a ac
amber NOT birch|a ac
amber NOT birch NOT cedar|a
birch && cedar|abc bc
amber && !birch|a ac
amber birch !cedar|a ab b
amber !cedar!|a ab
Amber! cedar!|a ab abc ac bc c
amber NOT (birch OR cedar)|a
(amber OR birch) AND cedar|abc ac bc
amber AND (birch OR cedar)|ab abc ac
(amber AND birch) OR (birch AND cedar)|ab abc bc
((amber)) AND ((birch))|ab abc
(amber birch) NOT (cedar)|a ab b
amber OR (sparrow NOT tern) NOT source:times source:post|a ab abc ac french times undated
END
}

@test "NOT at the beginning leaves all the others" {
    local all
    all=$(searcher -c -q -zzyzx)
    [ "$all" -gt 150 ]
    [ "$(searcher -c -q 'NOT amber')" = $((all - 4)) ]
    [ "$(searcher -c -q 'NOT (amber OR birch OR cedar)')" = $((all - 7)) ]
    [ "$(searcher -c -q 'NOT amber birch')" = $((all - 6)) ]
    [ "$(searcher -c -q 'NOT amber AND NOT birch')" = $((all - 6)) ]
    [ "$(searcher -c -q 'birch OR NOT amber')" = $((all - 2)) ]
}

@test "NEAR binds before clauses side by side, these before NOT, AND and OR" {
    check_rows all <<'END'
amber OR birch AND cedar|a ab abc ac bc
birch AND cedar OR amber|a ab abc ac bc
amber birch AND cedar|abc ac bc
cedar NOT amber birch|c
amber NOT birch OR cedar|a abc ac bc c
amber OR cedar NOT birch|a ab abc ac c
amber birch OR cedar|a ab abc ac b bc c
silver NEAR/1 anchor amber|a ab abc ac forms row
END
}

@test "binds as the table of the manual says" {
    one_tree 'amber birch OR cedar dahlia' '(amber birch) OR (cedar dahlia)'
    one_tree 'amber birch AND cedar' '(amber birch) AND cedar'
    one_tree 'amber OR birch AND cedar' 'amber OR (birch AND cedar)'
    one_tree 'amber NOT birch cedar' 'amber AND (NOT (birch cedar))'
    one_tree 'amber NEAR birch cedar' '(amber NEAR birch) cedar'
    one_tree '-amber NEAR birch' '-(amber NEAR birch)'
    one_tree 'amber AND -birch' 'amber AND NOT birch'
    one_tree 'amber || birch && !cedar' 'amber OR (birch AND NOT cedar)'
    one_tree '+amber OR +birch' 'amber OR birch'
    [ "$(tree 'amber OR birch AND cedar')" = '(or (word "amber") (and (word "birch") (word "cedar")))' ]
}

@test "operators in small letters, in quotation marks and behind a sign are words" {
    check_rows all <<'END'
amber and birch|a ab abc ac b bc
"amber OR birch"|
=OR|state
+OR salem|state
"AND"|
"(AND)"|
END
    [ "$(tree 'amber near/2 birch not')" = \
        '(list (word "amber") (word "near/2") (word "birch") (word "not"))' ]
}

@test "+ and - stand before words, phrases, brackets and fields" {
    check_rows all <<'END'
+amber birch|a ab abc ac
+amber +birch|ab abc
amber birch -cedar|a ab b
+amber -birch -cedar|a
+amber -(birch cedar)|a
+(amber birch) +cedar|abc ac bc
+"silver anchor" sank|forms row
sank -"silver anchor"|turned
sparrow -source:post|french times wire
sparrow -title:tern -lang:fr|times undated wire
+title:tern|post
amber -birch +cedar|ac c
-amber +(cedar birch) -b|b bc c
END
}

@test "a sign in a word or by itself is punctuation" {
    one_tree 'amber - birch' 'amber   -   birch'
    [ "$(found 'amber - birch')" = "a ab abc ac b bc" ]
    [ "$(found 'silver-anchor' | tr ' ' '\n' | grep -c .)" -gt 3 ]
    [ "$(found '+silver-anchor')" = "forms row" ]
    [ "$(found '+silver-anchor -two')" = "row" ]
}

# ---- phrases ----

@test "a phrase is words in a row, in any of their forms" {
    check_rows all <<'END'
"silver anchor"|forms row
“silver anchors”|forms row
„silver anchor“|forms row
«silver anchor»|forms row
"anchor silver"|
"the silver anchor"|row
"silver"|forms gap1 gap3 row turned
"Border Patrol"|border borders
END
}

@test "a phrase with ~N lets so many other words stand among its own, in order" {
    check_rows all <<'END'
"silver anchor"~1|forms gap1 row
"silver anchor"~2|forms gap1 row
"silver anchor"~3|forms gap1 gap3 row
"anchor silver"~1|turned
"anchor silver"~100|turned
"minister resigned"~5|n-third n3 n6
"silver anchor"~1 -"silver anchor"|gap1
END
}

# ---- NEAR ----

@test "NEAR joins words at most so far apart, in any order" {
    check_rows all <<'END'
minister NEAR/1 resigned|n-third
minister NEAR/3 resigned|n-third n3
minister NEAR/5 resigned|n-third n3
minister NEAR/6 resigned|n-third n3 n6 n6-turned
resigned NEAR/6 minister|n-third n3 n6 n6-turned
minister NEAR resigned|n-third n3 n6 n6-turned
minister NEAR/6 resigning|n-third n3 n6 n6-turned
END
}

@test "NEAR counts over stems, wildcards, misspelt words, phrases and brackets" {
    check_rows all <<'END'
minister NEAR/13 resign*|n-far n-third n3 n6 n6-turned
minister NEAR/12 resign*|n-third n3 n6 n6-turned
ministor~ NEAR/3 resigned|n-third n3
minister NEAR/5 "stepped down"|n-phrase
minister NEAR/5 (resign* OR "stepped down")|n-phrase n-third n3
minister NEAR/5 (resign* OR stepped)|n-phrase n-split n-third n3
"stepped down" NEAR/5 minister|n-phrase
"silver anchor" NEAR/2 sank|row
"silver anchor"~1 NEAR/1 old|
END
}

@test "NEAR stands in NEAR, each with its own distance" {
    check_rows all <<'END'
(minister NEAR/1 resigned) NEAR/9 scandal|n-third
(minister NEAR/1 resigned) NEAR/3 scandal|
scandal NEAR/9 (resigned NEAR/1 minister)|n-third
(minister NEAR/3 (resign* OR "stepped down")) NEAR/9 scandal|n-third
minister NEAR/9 resigned NEAR/9 scandal|n-third
minister NEAR/8 resigned NEAR/8 scandal|n-third
(scandal NEAR/9 minister) OR (amber NEAR/1 cedar)|ac n-third
amber NEAR/2 birch NEAR/2 cedar|abc
END
}

@test "NEAR stands in every other construct" {
    check_rows all <<'END'
NOT (amber OR birch OR cedar OR sparrow OR quux*) AND minister NEAR/6 resigned NOT scandal|n3 n6 n6-turned
minister -minister NEAR/6 resigned|n-far n-phrase n-split
+minister NEAR/3 resigned scandal|n-third n3
(minister NEAR/3 resigned) AND scandal|n-third
(minister NEAR/3 resigned)^2 amber|a ab abc ac n-third n3
END
}

@test "NEAR behind a field looks into that field only" {
    check_rows all <<'END'
envoy NEAR/5 recalled|n-field
title:(envoy NEAR/5 recalled)|n-field
title:envoy NEAR/5 title:recalled|n-field
envoy NEAR/13 recalled one|n-far n-field n-third n3 n6 n6-turned
title:(minister NEAR resigned)|
author:(rosalind NEAR/1 quillfeather)|post
END
    # Neither distance reaches from the title into the body.
    [ "$(found 'sparrow NEAR/100 tern')" = wire ]
    [ "$(found 'sparrow NEAR/100 ternary')" = "" ]
}

@test "a word stands beside itself where it stands twice" {
    check_rows all <<'END'
walrus|once thrice twice
walrus NEAR walrus|thrice twice
walrus NEAR/2 walrus|thrice twice
walrus NEAR/1 walrus|
walrus NEAR walrus NEAR walrus|thrice
walr* NEAR/2 (walrus OR had)|once thrice twice
"walrus walrus"|
"walrus walrus"~1|thrice twice
"walrus walrus walrus"~3|thrice
"had had"|twice
="had had"|twice
+had-had|twice
"walrus had walrus"~4|thrice
"had had" NEAR had|
END
}

# ---- as it is written ----

@test "=word finds what is written so, in capitals or not" {
    check_rows all <<'END'
patrol|border borders patrol patrol's patrols
=patrol|border patrol
=PATROL|border patrol
=patrols|borders patrols
=patrol's|patrol's
=patrol’s|patrol's
defence|br us
=defence|br
=defense|us
=organized|us
cafe|cafe café café-nfd
=cafe|cafe
=café|café café-nfd
=patrolling|
END
}

@test '="words" finds a row of words as they are written' {
    check_rows all <<'END'
="border patrol"|border
="Border Patrols"|borders
="patrol border"|
="a defence pact"|br
="a café by the"|café café-nfd
“border patrol”|border borders
=“border patrol”|border
END
}

@test "what is written so combines with all the rest" {
    check_rows all <<'END'
=patrol -border|patrol
patrol -=patrol|borders patrol's patrols
patrol NOT =patrols|border patrol patrol's
=patrol OR =patrols|border borders patrol patrols
=patrol night|patrol
+=patrol night|border patrol
(=defence OR =cafe) AND (pact OR river)|br cafe
title:=tern|post
title:=terns|
source:="morning post"|post
source:="post morning"|
author:=rosa|times
title:=tern sparrow|post
END
}

@test "the total of words as written is exact where all were looked at, and else an estimate" {
    seq 400 | awk '{ printf "{\"id\":\"%03d\",\"body\":\"%s\"}\n", $1, $1 % 4 ? "colours" : "colour" }' >many.ndjson
    make_index x many.ndjson
    answer '=colour' '[.total, .total_exact, (.hits | length)] | tojson' -i x >all
    [ "$(cat all)" = '[100,true,100]' ]
    run -0 searcher -i x -f json -n 5 -q '=colour'
    holds '.total_exact == false and (.hits | length) == 5 and .total >= 5 and .total < 400' <<<"$output"
    run -0 searcher -i x -n 5 -q '=colour'
    [[ ${lines[-1]} == "5 of about "*" articles" ]]
    [ "$(searcher -i x -c -q '=colour')" = 100 ]
    run -0 searcher -i x -c -f json -q '="colour"'
    holds '.total == 100 and .total_exact' <<<"$output"
    run -0 searcher -i x -f json -n 5 --facet language -q '=colour'
    holds '.total == 100 and .total_exact and .facets.language == [{value: "en", count: 100}]' <<<"$output"
}

@test "the hits of words as written are those of the endless page, on every page" {
    seq 400 | awk '{ printf "{\"id\":\"%03d\",\"body\":\"%s\"}\n", $1, $1 % 37 ? "colours" : "colour" }' >many.ndjson
    make_index x many.ndjson
    same "$(searcher -i x -f tsv -n 400 -q '=colour' | cut -f 6 | paste -s -d ' ')" \
        "037 074 111 148 185 222 259 296 333 370"
    same "$(for at in 0 3 6 9; do searcher -i x -f tsv -n 3 --offset $at -q '=colour'; done)" \
        "$(searcher -i x -f tsv -n 400 -q '=colour')"
}

# ---- completed and misspelt words ----

@test "word* finds all that begins so" {
    check_rows all <<'END'
patro*|border borders patrol patrol's patrols
PATRO*|border borders patrol patrol's patrols
caf*|cafe café café-nfd
CAFÉ*|cafe café café-nfd
title:tern*|post times
tern*|post times wire
author:quillf*|post
author:quill*|post times
author:ros* -author:quillon|post
source:morn*|post
tag:plum*|post
sparrow -title:tern*|french undated wire
amber AND ced*|abc ac
+amb* +bir* -ced*|ab
END
}

@test "word* of more than 100 words takes those of the most articles, and says so" {
    run -0 searcher -f json -n 1000 -q 'quux*'
    holds '[.warnings[] | {code, word}] == [{code: "wildcard-cut", word: "quux*"}]' <<<"$output"
    # The two words that ten more articles have are always taken: with them come those ten.
    holds '[.hits[].id] | index("w001") and index("w002") and
        (map(select(. > "w120")) | length == 10)' <<<"$output"
    holds '.total >= 100 and .total < 130' <<<"$output"
    run -0 --separate-stderr searcher -n 1 -q 'quux*'
    [ "${#stderr_lines[@]}" = 1 ]
    [[ $stderr == "searcher: "*"quux*"* ]]
    run -0 --separate-stderr searcher -n 1 -q 'quux00*'
    [ -z "$stderr" ]
    [ "$(searcher -c -q 'quux00*')" = 19 ]
}

@test "a wildcard is the same for an index of many segments" {
    grep -h . "$BATS_FILE_TMPDIR/many.ndjson" | split -l 20 - part-
    for part in part-*; do make_index x "$part" -f ndjson; done
    make_index whole "$BATS_FILE_TMPDIR/many.ndjson"
    [ "$(indexer stats -i x --json | jq .segments)" -gt 3 ]
    same "$(searcher -i x -f tsv -n 200 -q 'quux*' 2>&1)" \
        "$(searcher -i whole -f tsv -n 200 -q 'quux*' 2>&1)"
}

@test "a wildcard or misspelt word that no word of the index is like is told" {
    for query in 'zzyz*' 'zzyzx~' 'title:amber*' 'author:zzy*'; do
        run -1 searcher -f json -q "$query"
        holds "[.warnings[] | {code, word}] == [{code: \"no-word\", word: \"$query\"}]" \
            <<<"${output/"${query#*:}"/"${query#*:}"}" ||
            holds "[.warnings[] | {code, word}] == [{code: \"no-word\", word: \"${query#*:}\"}]" <<<"$output"
    done
    run -0 --separate-stderr searcher -q 'amber zzyz*'
    [[ $stderr == "searcher: "*"zzyz*"* ]]
    [ "${#stderr_lines[@]}" = 1 ]
    run -1 searcher -q '+amber +zzyz*'
}

@test "word~ and word~2 find what is one or two letters off" {
    check_rows all <<'END'
kampuchea~|kampuchae kampuchea
kampuchea~1|kampuchae kampuchea
kampuchea~2|campuchia kampuchae kampuchea kompuchia
kompuchea~2|kampuchae kampuchea kompuchia
KAMPUCHAE~1|kampuchae kampuchea
title:terns~|post
title:ternery~|times
amber AND birsh~|ab abc
+ambre~ -birch|a ac
END
    # Two letters from each: swapped neighbours are one.
    check_rows all <<'END'
kampuhcea~1|kampuchea
kampuhcae~1|kampuchae
END
}

# ---- weights ----

@test "^N changes the order and nothing else" {
    same "$(searcher -f tsv -n 1 -q 'tern^100 silver' | cut -f 5 | grep -ci tern)" 1
    same "$(searcher -f tsv -n 1 -q 'tern silver^100' | cut -f 6)" \
        "$(searcher -f tsv -n 1 -q '(tern (silver))^2 silver^100' | cut -f 6)"
    same "$(found 'tern^100 silver')" "$(found 'tern silver^0.01')"
}
