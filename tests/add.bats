#!/usr/bin/env bats
# bin/indexer add: where articles come from, and what is refused.

load add

# ---- where articles come from ----

@test "adds all articles of files, folders, arrays and NDJSON" {
    run -0 --separate-stderr indexer add -i x "${archive[@]}"
    [[ $stderr == "76 added, 0 failed, "*" seconds" ]]
}

@test "reads a folder with its sub-folders" {
    mkdir -p news/2024/may
    echo 'The walrus of May.' >news/2024/may/a.txt
    echo 'The walrus of June.' >news/b.txt
    add -q news
    [ "$(searcher -i x -c walrus)" = 2 ]
}

@test "passes over names in a folder that start with a dot" {
    mkdir -p news/.trash
    echo 'The walrus is seen.' >news/a.txt
    echo 'The walrus is hidden.' | tee news/.draft >news/.trash/b.txt
    add -q news
    [ "$(searcher -i x -c walrus)" = 1 ]
}

@test "takes a file with a dot in front when it is named" {
    echo 'The walrus is hidden.' >.draft
    add -q .draft
    [ "$(searcher -i x -c walrus)" = 1 ]
}

@test "reads standard input for -" {
    add -q - <<<'The walrus came down a pipe.'
    [ "$(searcher -i x -c walrus)" = 1 ]
}

@test "reads NDJSON from standard input" {
    printf '{"id":"%s","body":"walrus"}\n' a b c | add -q -
    [ "$(walrus .id | paste -s)" = $'a\tb\tc' ]
}

@test "reads files in the order given, and standard input among them" {
    echo '{"id":"w","body":"walrus one"}' >1.json
    echo '{"id":"w","body":"walrus three"}' >3.json
    echo '{"id":"w","body":"walrus two"}' | add -q 1.json - 3.json
    [ "$(walrus .snippets[0].text)" = "walrus three" ]
}

@test "adds to an index that is there" {
    echo 'A first walrus.' >1.txt
    echo 'A second walrus.' >2.txt
    add -q 1.txt
    add -q 2.txt
    [ "$(searcher -i x -c walrus)" = 2 ]
}

@test "an index that is named as input is passed over, and a line says so" {
    echo 'A walrus.' >1.txt
    add -q 1.txt
    run -0 --separate-stderr indexer add -i x x
    [[ ${stderr_lines[0]} == *"'x' is an index, not articles: passed over" ]]
    [[ ${stderr_lines[1]} == "0 added, "* ]]
    run -0 --separate-stderr indexer read x 1.txt
    [[ $stderr == *"'x' is an index"* ]]
    [ "${#lines[@]}" = 1 ]
    run -0 --separate-stderr indexer sync -i y x
    [[ $stderr == *"/x' is an index"* ]]
    [ -z "$output" ]
    [ "$(searcher -i x -c walrus)" = 1 ]
}

# ---- formats ----

@test "finds the format by content, not by name" {
    printf '{"id":"a","body":"walrus"}\n' >object.txt
    printf '{\n  "id": "b",\n  "body": "walrus"\n}\n' >printed.ndjson
    printf '[{"id":"c","body":"walrus"},\n{"id":"d","body":"walrus"}]' >array.xml
    printf '{"id":"e","body":"walrus"}\n{"id":"f","body":"walrus"}\n' >lines.json
    printf 'Plain walrus.' >plain.json
    add -q object.txt printed.ndjson array.xml lines.json plain.json
    [ "$(walrus .id | tail -n 6 | paste -s -d ' ')" = "a b c d e f" ]
    [ "$(searcher -i x -c '"plain walrus"')" = 1 ]
}

@test "takes a text that begins with a bracket as text" {
    echo '[Photo: a walrus on the ice]' >a.txt
    add -q a.txt
    [ "$(searcher -i x -c walrus)" = 1 ]
}

@test "--format text takes JSON for a text" {
    echo '{"id":"a","body":"walrus"}' >a.json
    add -q --format text a.json
    [ "$(walrus .id)" = "$PWD/a.json" ]
}

@test "--format json takes a text for broken JSON" {
    echo 'A walrus.' >a.txt
    run -3 --separate-stderr add --format json a.txt
    [[ ${stderr_lines[0]} == "a.txt:1: "* ]]
}

@test "--format json reads objects one after another" {
    printf '{"id":"a","body":"walrus"}\n\n{"id":"b",\n"body":"walrus"}' >a.txt
    add -q --format json a.txt
    [ "$(searcher -i x -c walrus)" = 2 ]
}

@test "--format ndjson wants an object on every line" {
    printf '{"id":"a","body":"walrus"}\n{"id":"b",\n"body":"walrus"}\n' >a.txt
    run -3 --separate-stderr add --format ndjson a.txt
    [[ ${stderr_lines[0]} == "a.txt:2: "* ]]
    [[ ${stderr_lines[1]} == "a.txt:3: "* ]]
    [ "$(walrus .id)" = a ]
}

@test "an unknown format is a wrong command line" {
    echo 'A walrus.' >a.txt
    run -2 --separate-stderr add --format pdf a.txt
    [[ $stderr == *"'pdf'"* ]]
    [ ! -e x ]
}

# ---- bad input ----

@test "tells file and line of a bad record, takes the rest, and exits 3" {
    printf '%s\n' '{"id":"a","body":"walrus"}' '{broken' '[1]' '{"id":"d","body":{"x":1}}' \
        '{"id":"e","title":"","body":""}' '{"id":"f","body":"walrus"}' >a.ndjson
    run -3 --separate-stderr add a.ndjson
    [[ ${stderr_lines[0]} == "a.ndjson:2: "* ]]
    [[ ${stderr_lines[1]} == "a.ndjson:3: "* ]]
    [[ ${stderr_lines[2]} == "a.ndjson:4: "*body* ]]
    [[ ${stderr_lines[3]} == "a.ndjson:5: "* ]]
    [[ ${stderr_lines[4]} == "2 added, 4 failed, "* ]]
    [ "$(walrus .id | paste -s -d ' ')" = "a f" ]
}

@test "tells the line of a bad record in an array, and takes the rest" {
    printf '[\n {"id":"a","body":"walrus"},\n {"id":"b","body":walrus},\n {"id":"c","body":"walrus"}\n]\n' \
        >a.json
    run -3 --separate-stderr add a.json
    [[ ${stderr_lines[0]} == "a.json:3: "* ]]
    [ "$(walrus .id | paste -s -d ' ')" = "a c" ]
}

@test "names standard input where a record of it is bad" {
    run -3 --separate-stderr add - < <(printf '%s\n' '{"id":"a","body":"walrus"}' '{broken')
    [[ ${stderr_lines[0]} == "standard input:2: "* ]]
}

@test "tells of bad records though asked to be quiet" {
    printf '%s\n' '{"id":"a","body":"walrus"}' '{broken' >a.ndjson
    run -3 --separate-stderr add -q a.ndjson
    [[ $stderr == "a.ndjson:2: "* ]]
}

@test "--strict publishes nothing when a record is bad, and exits 65" {
    printf '%s\n' '{"id":"a","body":"walrus"}' '{broken' >a.ndjson
    run -65 --separate-stderr add --strict a.ndjson
    [[ ${stderr_lines[0]} == "a.ndjson:2: "* ]]
    [ ! -e x ]
}

@test "--strict leaves an index as it was when a record is bad" {
    echo '{"id":"old","body":"walrus"}' | add -q -
    cp -r x before
    printf '%s\n' '{"id":"a","body":"walrus"}' '{broken' >a.ndjson
    run -65 add --strict a.ndjson
    diff -r --exclude=lock before x
}

@test "--strict publishes when all is well" {
    echo '{"id":"a","body":"walrus"}' | add -q --strict -
    [ "$(searcher -i x -c walrus)" = 1 ]
}

@test "--strict publishes nothing when a file cannot be read" {
    echo 'A walrus.' >a.txt
    run -65 --separate-stderr add --strict a.txt nothing.txt
    [ ! -e x ]
}

@test "exits 66 and makes no index when nothing can be read" {
    run -66 --separate-stderr add nothing.txt
    [[ ${stderr_lines[0]} == *"'nothing.txt'"* ]]
    [ ! -e x ]
}

@test "exits 3 and takes the rest when one of two files cannot be read" {
    echo 'A walrus.' >a.txt
    run -3 --separate-stderr add nothing.txt a.txt
    [[ ${stderr_lines[0]} == *"'nothing.txt'"* ]]
    [ "$(searcher -i x -c walrus)" = 1 ]
}

@test "an unreadable file is told and the rest goes in" {
    [ "$(id -u)" != 0 ] || skip "root can read every file"
    echo 'A walrus.' | tee a.txt >b.txt
    chmod 000 a.txt
    run -3 --separate-stderr add a.txt b.txt
    [[ ${stderr_lines[0]} == *"'a.txt'"* ]]
    [ "$(searcher -i x -c walrus)" = 1 ]
}

@test "refuses a FIFO at once instead of waiting for a writer" {
    mkfifo pipe
    run -66 --separate-stderr timeout 20 "$bin/indexer" add -i x pipe
    [[ ${stderr_lines[0]} == *"'pipe'"* ]]
}

@test "tells of a FIFO in a folder and takes the rest" {
    mkdir news
    mkfifo news/pipe
    echo 'A walrus.' >news/a.txt
    run timeout 20 "$bin/indexer" add -q -i x news
    [ "$status" -ne 124 ]
    [ "$(searcher -i x -c walrus)" = 1 ]
}

@test "tells of a dangling symbolic link and takes the rest" {
    mkdir news
    ln -s nowhere news/link
    echo 'A walrus.' >news/a.txt
    run -3 --separate-stderr add news
    [[ ${stderr_lines[0]} == *"'news/link'"* ]]
    [ "$(searcher -i x -c walrus)" = 1 ]
}

@test "a loop of symbolic links ends" {
    mkdir -p news/deep
    ln -s .. news/deep/up
    ln -s self news/self
    echo 'A walrus.' >news/deep/a.txt
    run -3 --separate-stderr add news
    [ "$(searcher -i x -c walrus)" = 1 ]
}

@test "follows a symbolic link to a file in a folder" {
    mkdir news
    echo 'A walrus.' >a.txt
    ln -s ../a.txt news/link.txt
    add -q news
    [ "$(walrus .id)" = "$PWD/a.txt" ]
}

# ---- bytes ----

@test "takes UTF-8 with a little damage and shows where it was" {
    printf 'A walrus – “large” – in the café \xff\xfe there.\n' >a.txt
    add -q a.txt
    [ "$(walrus .snippets[0].text)" = 'A walrus – “large” – in the café �� there.' ]
}

@test "takes what is no UTF-8 for what it is" {
    printf 'A walrus in the caf\xe9 there, said Fran\xe7ois.\n' >a.txt
    add -q a.txt
    [ "$(walrus .snippets[0].text)" = 'A walrus in the café there, said François.' ]
}

@test "takes JSON that is no UTF-8" {
    printf '{"id":"a","body":"walrus in the caf\xe9 there"}\n' >a.json
    add -q a.json
    [ "$(walrus .snippets[0].text)" = 'walrus in the café there' ]
}

@test "reads a text with CRLF as one with LF" {
    printf 'Walrus elected\r\n\r\nThe walrus won.\r\nNobody minded.\r\n' >a.txt
    add -q a.txt
    [ "$(walrus '[.title, .snippets[0].text] | tojson')" = \
        '["Walrus elected","The walrus won.\nNobody minded."]' ]
}

@test "reads NDJSON with CRLF" {
    printf '{"id":"%s","body":"walrus"}\r\n' a b >a.ndjson
    add -q a.ndjson
    [ "$(walrus .id | paste -s -d ' ')" = "a b" ]
}

@test "passes over a byte order mark of a text" {
    printf '\xef\xbb\xbfWalrus elected\n\nThe walrus won.\n' >a.txt
    add -q a.txt
    [ "$(walrus .title)" = "Walrus elected" ]
}

@test "passes over a byte order mark of JSON" {
    printf '\xef\xbb\xbf{"id":"a","body":"walrus"}' >a.json
    add -q a.json
    [ "$(walrus .id)" = a ]
}

@test "refuses a file with NUL bytes as no text, and takes the rest" {
    printf 'PK\0\0walrus\0' >film.txt
    echo 'A walrus.' >a.txt
    run -3 --separate-stderr add film.txt a.txt
    [[ ${stderr_lines[0]} == "film.txt:1: "*binary* ]]
    [ "$(searcher -i x -c walrus)" = 1 ]
}

@test "keeps the text after a NUL that JSON spells out" {
    echo '{"id":"a","body":"walrus\u0000after"}' | add -q -
    [ "$(searcher -i x -c after)" = 1 ]
}

@test "takes half a surrogate pair for an unreadable character or a bad record" {
    printf '%s\n' '{"id":"a","body":"walrus \ud800 one"}' '{"id":"b","body":"walrus"}' >a.ndjson
    run add -q a.ndjson
    [[ $status == [03] ]]
    [[ "$(walrus .id | paste -s -d ' ')" == *b ]]
}

@test "an empty file counts as failed" {
    : >a.txt
    run -3 --separate-stderr add a.txt
    [[ ${stderr_lines[0]} == "a.txt:1: "* ]]
    [ ! -e x ]
}

@test "takes a line of one megabyte" {
    not_under_valgrind "a megabyte of words"
    { yes 'walrus and narwhal' | head -c 1000000 | tr '\n' ' '; echo zebra; } >a.txt
    add -q a.txt
    [ "$(searcher -i x -c zebra)" = 1 ]
}

@test "takes a megabyte without a single space" {
    { head -c 1000000 /dev/zero | tr '\0' a; echo ' walrus'; } >a.txt
    add -q a.txt
    [ "$(searcher -i x -c walrus)" = 1 ]
}

@test "refuses 100,000 opening brackets without falling over" {
    head -c 100000 /dev/zero | tr '\0' '[' >a.json
    run -3 --separate-stderr add a.json
    [[ ${stderr_lines[0]} == "a.json:1: "* ]]
}

@test "refuses 10,000 opened objects in a line and takes the next" {
    { yes '{"a":' | head -n 10000 | tr -d '\n'; echo; } >a.ndjson
    echo '{"id":"b","body":"walrus"}' >>a.ndjson
    run -3 --separate-stderr add --format ndjson a.ndjson
    [[ ${stderr_lines[0]} == "a.ndjson:1: "* ]]
    [ "$(walrus .id)" = b ]
}

@test "finds words of 300 bytes, and tells them apart" {
    local long
    long=$(printf '%0300d' 0 | tr 0 b)
    printf '{"id":"%s","body":"%s"}\n' one "${long}x" two "${long}y" >a.ndjson
    add -q a.ndjson
    [ "$(found "${long}x" -i x)" = one ]
}
