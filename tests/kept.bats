#!/usr/bin/env bats
# bin/indexer add: what is kept of an article, what is said, and what stands in the index.

load add

# ---- ids ----

@test "keeps the id that is given" {
    echo '{"id":"given-1","url":"https://x.example/1","body":"walrus"}' | add -q -
    [ "$(walrus .id)" = given-1 ]
}

@test "takes a number for an id" {
    echo '{"id":4711,"body":"walrus"}' | add -q -
    [ "$(walrus .id)" = 4711 ]
}

@test "takes the url where no id is given" {
    echo '{"url":"https://x.example/1","body":"walrus"}' >a.json
    add -q a.json
    [ "$(walrus .id)" = https://x.example/1 ]
}

@test "takes the absolute real path of a file that holds one article" {
    mkdir real
    echo 'A walrus.' >real/a.txt
    ln -s real/a.txt link.txt
    add -q ./link.txt
    [ "$(walrus .id)" = "$PWD/real/a.txt" ]
}

@test "takes a hash where there is neither id nor url nor a file of its own" {
    printf '{"body":"walrus %s"}\n' one two >a.ndjson
    add -q a.ndjson
    walrus .id >ids
    [ "$(grep -cxE '[0-9a-f]{32}' ids)" = 2 ]
    [ "$(sort -u ids | wc -l)" = 2 ]
}

@test "gives an article the same id in every run" {
    printf '{"body":"walrus %s","date":"2024"}\n' one two >a.ndjson
    add -q a.ndjson
    indexer add -q -i y - <a.ndjson
    same "$(answer walrus '.hits[].id' -i y | sort)" "$(walrus .id)"
}

@test "of two articles with one id in a batch the later wins, and is counted" {
    printf '{"id":"w","body":"walrus %s"}\n' early late >a.ndjson
    run -0 --separate-stderr add --json a.ndjson
    [ "$(jq -c '[.added, .repeated]' <<<"$output")" = '[1,1]' ]
    [ "$(walrus .snippets[0].text)" = "walrus late" ]
}

@test "an id met three times in a batch counts twice as repeated" {
    printf '{"id":"w","body":"walrus %s"}\n' one two three >a.ndjson
    run -0 --separate-stderr add --json a.ndjson
    [ "$(jq -c '[.added, .repeated]' <<<"$output")" = '[1,2]' ]
    [ "$(searcher -i x -c walrus)" = 1 ]
}

@test "an article takes the place of the published one with its id, and is counted" {
    echo '{"id":"w","body":"walrus first"}' | add -q -
    run -0 --separate-stderr add --json - <<<'{"id":"w","body":"walrus second"}'
    [ "$(jq -c '[.added, .updated]' <<<"$output")" = '[0,1]' ]
    [ "$(walrus .snippets[0].text)" = "walrus second" ]
    [ "$(searcher -i x -c walrus)" = 1 ]
}

@test "adding the whole archive again adds nothing and publishes nothing" {
    archive_index x
    run -0 --separate-stderr add --json "${archive[@]}"
    [ "$(jq -c '[.added, .unchanged, .published]' <<<"$output")" = '[0,76,false]' ]
    [ "$(indexer stats -i x --json | jq .publish)" = 1 ]
}

@test "an id of 1,000 bytes is kept whole and told from its neighbour" {
    local long
    long=$(printf '%01000d' 0)
    printf '{"id":"%s","body":"walrus"}\n' "${long}a" "${long}b" "${long}a" >a.ndjson
    add -q a.ndjson
    same "$(walrus .id)" "${long}a"$'\n'"${long}b"
}

# ---- what is kept of an article ----

@test "keeps unknown keys, nested ones too, and gives them back under extra" {
    echo '{"id":"a","body":"walrus","colour":"red","meta":{"page":[1,2]}}' | add -q -
    [ "$(walrus '.extra | tojson')" = '{"colour":"red","meta":{"page":[1,2]}}' ]
}

@test "knows the usual names of a key" {
    cat >a.ndjson <<'END'
{"id":"a","headline":"T","content":"walrus","byline":"A","publisher":"S","published":"2024-05-01","link":"u","lang":"en","keywords":["k"]}
{"id":"b","title":"T","text":"walrus","author":"A","source":"S","date":"2024-05-01","url":"u","language":"en","tags":["k"]}
{"id":"c","Title":"T","BODY":"walrus","Author":"A","outlet":"S","datePublished":"2024-05-01","url":"u","language":"en","tags":"k"}
END
    add -q a.ndjson
    local one='{"title":"T","author":"A","source":"S","date":"2024-05-01","url":"u","language":"en","tags":["k"]}'
    same "$(walrus '{title, author, source, date, url, language, tags} | tojson')" \
        "$one"$'\n'"$one"$'\n'"$one"
}

@test "joins a body that comes as a list of paragraphs" {
    echo '{"id":"a","body":["walrus one","walrus two"]}' | add -q -
    [ "$(walrus .snippets[0].text)" = $'walrus one\n\nwalrus two' ]
}

@test "keeps the file that an article came from" {
    printf '{"id":"%s","body":"walrus"}\n' a b >two.ndjson
    add -q two.ndjson
    [ "$(walrus .path | uniq)" = "$PWD/two.ndjson" ]
}

@test "finds an article by a word that only its entities hold" {
    echo '{"id":"a","title":"T","body":"walrus","entities":[{"type":"person","name":"Hun Zebra"}]}' |
        add -q -
    [ "$(found zebra -i x)" = a ]
    [ "$(found entity:zebra -i x)" = a ]
    [ "$(walrus '.entities | tojson')" = '[{"type":"person","name":"Hun Zebra","salience":0}]' ]
}

@test "gives what is searched for in entities more weight than what stands in the body" {
    printf '%s\n' '{"id":"a","title":"T","body":"zebra walrus narwhal"}' \
        '{"id":"b","title":"T","body":"zebra walrus narwhal","entities":["zebra"]}' |
        add -q --boost entity=5 -
    [ "$(answer zebra '.hits[0].id' -i x)" = b ]
}

@test "takes the language of an article before that of the command line" {
    printf '%s\n' '{"id":"a","language":"de","body":"walrus"}' '{"id":"b","body":"walrus"}' |
        add -q --language fr -
    [ "$(walrus .language | paste -s -d ' ')" = "de fr" ]
}

@test "stems by the language of the command line" {
    echo 'Les journaux annoncent le walrus.' >a.txt
    add -q --language fr a.txt
    [ "$(searcher -i x -c journal)" = 1 ]
}

@test "an unknown language is a wrong command line" {
    echo 'A walrus.' >a.txt
    run -2 --separate-stderr add --language xx a.txt
    [[ $stderr == *"'xx'"* ]]
}

# ---- titles ----

@test "takes a first line that is a headline for the title" {
    printf 'Walrus elected mayor\n\nThe walrus won.\n' >a.txt
    add -q a.txt
    [ "$(walrus '[.title, .title_from, .snippets[0].text] | tojson')" = \
        '["Walrus elected mayor","text","The walrus won."]' ]
}

@test "takes a headline without a blank line after it" {
    printf 'Walrus elected mayor\nThe walrus won by four votes.\nNobody minded.\n' >a.txt
    add -q a.txt
    [ "$(walrus .title)" = "Walrus elected mayor" ]
}

@test "makes a title of the first sentence where there is no headline, and says so" {
    printf 'The walrus won in St. Ives. Nobody minded.\n\nMore tomorrow.\n' >a.txt
    add -q a.txt
    [ "$(walrus '[.title, .title_from] | tojson')" = '["The walrus won in St. Ives.","made"]' ]
}

@test "says that a title came in a field" {
    echo '{"id":"a","title":"T","body":"walrus"}' | add -q -
    [ "$(walrus .title_from)" = field ]
}

@test "makes a title for JSON without one" {
    echo '{"id":"a","body":"A walrus sang. Nobody minded."}' | add -q -
    [ "$(walrus '[.title, .title_from] | tojson')" = '["A walrus sang.","made"]' ]
}

# ---- dates ----

@test "keeps a date as precise as it came" {
    printf '{"id":"%s","body":"walrus","date":"%s"}\n' a 2019 b 2019-05 c 2019-05-04 \
        d 2019-05-04T10:11:12Z >a.ndjson
    add -q a.ndjson
    [ "$(walrus .date | paste -s -d ' ')" = "2019 2019-05 2019-05-04 2019-05-04T10:11:12Z" ]
}

@test "keeps a moment of another time zone in universal time" {
    echo '{"id":"a","body":"walrus","date":"2019-05-04T01:00:00+07:00"}' | add -q -
    [ "$(walrus .date)" = 2019-05-03T18:00:00Z ]
}

@test "warns of a date that cannot be read and keeps the article, and the date under extra" {
    printf '{"id":"%s","body":"walrus","date":"%s"}\n' a 'next tuesday' b 2024-13-45 >a.ndjson
    run -0 --separate-stderr add a.ndjson
    [[ ${stderr_lines[0]} == "a.ndjson:1: warning: "*date* ]]
    [[ ${stderr_lines[1]} == "a.ndjson:2: warning: "*date* ]]
    [ "$(walrus '[.date, .extra.date] | tojson' | paste -s -d ' ')" = \
        '[null,"next tuesday"] [null,"2024-13-45"]' ]
}

@test "warns of a bad date under each of its names" {
    printf '{"id":"a","body":"walrus","published":"soon"}\n' >a.json
    run -0 --separate-stderr add a.json
    [[ ${stderr_lines[0]} == "a.json:1: warning: "*date* ]]
}

@test "keeps an article without a date and says nothing of it" {
    echo '{"id":"a","body":"walrus"}' >a.json
    run -0 --separate-stderr add a.json
    [ "${#stderr_lines[@]}" = 1 ]
    [ "$(walrus '[.date, .date_from] | tojson')" = '[null,null]' ]
}

# ---- boosts ----

@test "--boost is kept with the index" {
    echo 'A walrus.' | add -q --boost title=2.5,lede=4 -
    [ "$(indexer stats -i x --json | jq -r .boosts)" = title=2.5,lede=4,entity=1 ]
}

@test "another boost on a later add is refused and names the one that is kept" {
    echo 'A walrus.' | add -q --boost title=5 -
    run -2 --separate-stderr add --boost title=4 - <<<'Another walrus.'
    [[ $stderr == *title=5* ]]
    [ "$(searcher -i x -c walrus)" = 1 ]
}

@test "the same boost on a later add is fine, and none is too" {
    echo 'A walrus.' | add -q --boost title=5 -
    echo 'Another walrus.' | add -q --boost title=5,lede=1 -
    echo 'The third walrus.' | add -q -
    [ "$(searcher -i x -c walrus)" = 3 ]
}

@test "--boost takes whole and half numbers only" {
    not_under_valgrind "many runs"
    for boost in title=1.3 title=-1 title=51 title= title nose=2; do
        run -2 --separate-stderr add --boost "$boost" - <<<'A walrus.'
    done
    [ ! -e x ]
}

@test "a title with a high boost comes before a body full of the word, with none after it" {
    printf '%s\n' '{"id":"t","title":"Zebra","body":"one two three four five six"}' \
        '{"id":"b","title":"Other","body":"one two zebra four zebra six"}' >a.ndjson
    indexer add -q -i high --boost title=20 a.ndjson
    indexer add -q -i none --boost title=0 a.ndjson
    [ "$(answer zebra '.hits[0].id' -i high)" = t ]
    [ "$(answer zebra '.hits[0].id' -i none)" = b ]
}

@test "a first paragraph with a high boost comes before a later one" {
    printf '%s\n' '{"id":"l","title":"T","body":"zebra one\n\ntwo three"}' \
        '{"id":"m","title":"T","body":"one two\n\nzebra three zebra"}' >a.ndjson
    indexer add -q -i high --boost lede=20 a.ndjson
    [ "$(answer zebra '.hits[0].id' -i high)" = l ]
}

# ---- what is said ----

@test "says nothing on standard output, and one line on standard error" {
    echo 'A walrus.' >a.txt
    run -0 --separate-stderr add a.txt
    [ -z "$output" ]
    [[ $stderr =~ ^1\ added,\ 0\ failed,\ [0-9.]+\ seconds$ ]]
}

@test "-q says nothing at all" {
    echo 'A walrus.' >a.txt
    run -0 add -q a.txt
    [ -z "$output" ]
    [ -e x ]
}

@test "--json prints one object with the counts on standard output, and nothing else" {
    printf '%s\n' '{"id":"a","body":"walrus"}' '{"id":"a","body":"walrus"}' >a.ndjson
    run -0 --separate-stderr add --json a.ndjson
    [ -z "$stderr" ]
    [ "${#lines[@]}" = 1 ]
    holds '.added == 1 and .repeated == 1 and .unchanged == 0 and .updated == 0 and
        .failed == 0 and
        (.seconds | type) == "number"' <<<"$output"
}

@test "--json prints its object when records are bad and when nothing is published" {
    printf '%s\n' '{"id":"a","body":"walrus"}' '{broken' >a.ndjson
    run -65 --separate-stderr add --strict --json a.ndjson
    holds '.added == 0 and .failed == 1' <<<"$output"
}

@test "a summary that cannot be written is exit 74" {
    echo 'A walrus.' >a.txt
    run -74 --separate-stderr bash -c '"$0" add --json -i x a.txt >/dev/full' "$bin/indexer"
    [[ $stderr == *"No space left on device"* ]]
}

@test "shows progress on a terminal and clears it" {
    need_terminal
    run -0 env TERM=xterm script -qec "'$bin/indexer' add -i x '$fixtures/wire.ndjson'" /dev/null
    [[ $output == *$'\r'*"27 added"* ]]
}

@test "shows no progress on a terminal when asked to be quiet" {
    need_terminal
    run -0 script -qec "'$bin/indexer' add -q -i x '$fixtures/wire.ndjson'" /dev/null
    [ -z "$output" ]
    [ -e x ]
}

# ---- the index ----

@test "without -i and PRESSMARK_INDEX it says so" {
    echo 'A walrus.' >a.txt
    run -2 --separate-stderr indexer add a.txt
    [[ $stderr == *-i* ]]
    [[ $stderr == *PRESSMARK_INDEX* ]]
}

@test "an empty PRESSMARK_INDEX is none" {
    echo 'A walrus.' >a.txt
    PRESSMARK_INDEX='' run -2 indexer add a.txt
}

@test "adds to the index that PRESSMARK_INDEX names" {
    echo 'A walrus.' >a.txt
    PRESSMARK_INDEX=x indexer add -q a.txt
    [ "$(searcher -i x -c walrus)" = 1 ]
}

@test "-i goes before PRESSMARK_INDEX" {
    echo 'A walrus.' >a.txt
    PRESSMARK_INDEX=y indexer add -q -i x a.txt
    [ -e x ]
    [ ! -e y ]
}

@test "refuses a folder that holds other files and no index, and leaves it alone" {
    mkdir photos
    echo cat >photos/cat.jpg
    echo 'A walrus.' >a.txt
    run -2 --separate-stderr indexer add -i photos a.txt
    [[ $stderr == *"'photos'"* ]]
    same "$(find photos | sort)" $'photos\nphotos/cat.jpg'
    [ "$(cat photos/cat.jpg)" = cat ]
}

@test "makes its index in an empty folder" {
    mkdir x
    echo 'A walrus.' | add -q -
    [ "$(searcher -i x -c walrus)" = 1 ]
}

@test "refuses to put an index where a file is" {
    echo cat >x
    run -2 --separate-stderr add - <<<'A walrus.'
    [ "$(cat x)" = cat ]
}

@test "every add that adds something is one publish" {
    for i in 1 2 3; do
        printf '{"body":"walrus %s"}\n' "$i" "${i}0" | add -q -
    done
    [ "$(indexer stats -i x --json | jq -c '[.publish, .segments, .articles]')" = '[3,3,6]' ]
}

@test "stats shows what the index holds" {
    archive_index x
    run -0 --separate-stderr indexer stats -i x
    [[ $output == *"articles"*76* ]]
}

@test "stats of no index is exit 66" {
    run -66 --separate-stderr indexer stats -i x
    [[ $stderr == *"'x'"* ]]
}

# ---- the command line ----

@test "--help goes to standard output and exits 0" {
    run -0 --separate-stderr indexer add --help
    [[ $output == "usage: indexer add "* ]]
    [ -z "$stderr" ]
    run -0 --separate-stderr indexer --help
    [[ $output == "usage: indexer "* ]]
}

@test "--version names the version" {
    run -0 --separate-stderr indexer --version
    [[ $output =~ ^pressmark\ [0-9]+\.[0-9]+ ]]
}

@test "an unknown option is exit 2 and named" {
    run -2 --separate-stderr add --frobnicate
    [[ $stderr == *--frobnicate* ]]
    [ -z "$output" ]
}

@test "an unknown letter is exit 2 and named" {
    run -2 --separate-stderr add -Z
    [[ $stderr == *-Z* ]]
}

@test "an option without its value is exit 2 and named" {
    run -2 --separate-stderr indexer add a.txt --index
    [[ $stderr == *--index* ]]
}

@test "an unknown command is exit 2 and named" {
    run -2 --separate-stderr indexer frobnicate
    [[ $stderr == *frobnicate* ]]
}

@test "no command is exit 2" {
    run -2 indexer
}

@test "no path is exit 2 and leaves no index" {
    run -2 --separate-stderr add
    [ ! -e x ]
}

@test "options may stand after paths" {
    echo 'A walrus.' >a.txt
    indexer add a.txt -q -i x
    [ "$(searcher -i x -c walrus)" = 1 ]
}

@test "-- ends the options" {
    echo 'A walrus.' >-q
    add -q -- -q
    [ "$(searcher -i x -c walrus)" = 1 ]
}
