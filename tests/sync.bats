#!/usr/bin/env bats
# An index that follows folders: the plan, and what doing it leaves.

load helper

tested=indexer

setup() {
    begin_test
    mkdir d d/sub
    article d/one.txt Otter
    article d/two.txt Heron
    article d/sub/three.txt Walrus
}

article() { # FILE WORD
    printf 'The %s Comes Home\n\nA %s came.\n' "$2" "$2" >"$1"
}

# The plan, without the way to the folder: "new one.txt" and so on, in one line.
plan() { # [OPTION]...
    indexer sync -q -i x "$@" d | sed "s|$PWD/d/||" | tr '\t' ' ' | paste -s -d ,
}

apply() {
    indexer sync -i x --apply --json "$@" d | tail -n 1
}

# The titles in the index.
titles() {
    indexer dump -i x | jq -r .title | cut -d ' ' -f 2 | sort | paste -s -d ' '
}

@test "a plan is shown and nothing is done, --apply does it, and then nothing is left to do" {
    same "$(plan)" 'new one.txt,new sub/three.txt,new two.txt'
    [ ! -e x ]
    apply | holds '.added == 3 and .removed == 0 and .published'
    same "$(titles)" 'Heron Otter Walrus'
    [ -z "$(plan)" ]
    apply | holds '.added == 0 and .published == false and .publish == 1'
    run -0 --separate-stderr indexer sync -i x d
    [ "$stderr" = '3 as they were: nothing to do' ]
}

@test "what is new, changed and gone is known, in sub-folders too" {
    apply
    article d/four.txt Seal
    article d/sub/three.txt Dugong
    rm d/one.txt
    same "$(plan)" 'new four.txt,gone one.txt,changed sub/three.txt'
    run -0 --separate-stderr indexer sync -i x d
    [ "$stderr" = '1 new, 1 changed, 1 gone, 1 as they were: --apply does it' ]
    apply | holds '.added == 1 and .updated == 1 and .removed == 1'
    same "$(titles)" 'Dugong Heron Seal'
    indexer check -q -i x
}

@test "a change that leaves size and words alone is known by its time, one of the time only is none" {
    apply
    touch d/one.txt
    [ -z "$(plan)" ]
    apply | holds '.published' # the list has the new time
    sed -i s/Otter/Seals/g d/two.txt d/one.txt
    same "$(plan)" 'changed one.txt'
}

@test "a file of the size and time that were read is not looked into" {
    apply
    touch -r d/one.txt stamp
    sed -i s/Otter/Seals/g d/one.txt
    touch -r stamp d/one.txt
    [ -z "$(plan)" ]
}

@test "an article that its file has no longer goes, and the others stay as they are" {
    printf '{"id":"%s","title":"T %s","body":"B"}\n' 1 A 2 B 3 C >d/list.ndjson
    apply
    same "$(titles)" 'A B C Heron Otter Walrus'
    printf '{"id":"%s","title":"T %s","body":"B"}\n' 1 A 3 D >d/list.ndjson
    apply | holds '.unchanged == 1 and .updated == 1 and .removed == 1'
    same "$(titles)" 'A D Heron Otter Walrus'
}

@test "a file with a bad record loses nothing, and is read again the next time" {
    printf '{"id":"%s","title":"T %s","body":"B"}\n' 1 A 2 B >d/list.ndjson
    apply
    printf '{"id":"1","title":"T E","body":"B"}\n{oops\n' >d/list.ndjson
    run -3 indexer sync -q -i x --apply --errors bad.ndjson d
    same "$(titles)" 'B E Heron Otter Walrus'
    same "$(jq -c '[.file, .line]' bad.ndjson)" "[\"$PWD/d/list.ndjson\",2]"
    same "$(plan)" 'new list.ndjson'
    printf '{"id":"1","title":"T E","body":"B"}\n' >d/list.ndjson
    apply
    same "$(titles)" 'E Heron Otter Walrus'
    [ -z "$(plan)" ]
}

@test "a moved file keeps its articles, under their ids" {
    printf '{"id":"1","title":"T A","body":"B"}' >d/a.json
    apply
    mv d/a.json d/z.json
    mv d/one.txt d/zone.txt
    same "$(plan)" 'gone a.json,gone one.txt,new z.json,new zone.txt'
    apply | holds '.added == 1 and .updated == 1 and .removed == 1'
    same "$(titles)" 'A Heron Otter Walrus'
    searcher -i x -q "path:$PWD/d/z.json" -f tsv | grep -q A
}

@test "an article that another file has as well comes back when that file goes" {
    printf '{"id":"1","title":"T A","body":"B"}' >d/a.json
    apply
    printf '{"id":"1","title":"T C","body":"B"}' >d/c.json
    apply
    same "$(titles)" 'C Heron Otter Walrus'
    [ -z "$(plan)" ]
    rm d/c.json
    same "$(plan)" 'again a.json,gone c.json'
    apply
    same "$(titles)" 'A Heron Otter Walrus'
    [ -z "$(plan)" ]
}

@test "two files of one run with the same article are known as such" {
    printf '{"id":"1","title":"T A","body":"B"}' >d/a.json
    printf '{"id":"1","title":"T C","body":"B"}' >d/c.json
    apply | holds '.repeated == 1'
    rm d/c.json
    apply
    same "$(titles)" 'A Heron Otter Walrus'
}

@test "articles that were added before are known by their files" {
    indexer add -q -i x d
    rm d/one.txt
    same "$(plan)" 'gone one.txt,new sub/three.txt,new two.txt'
    apply | holds '.unchanged == 2 and .removed == 1'
    same "$(titles)" 'Heron Walrus'
}

@test "an article that was deleted stays so until its file changes" {
    apply
    indexer delete -q -i x "$PWD/d/one.txt"
    [ -z "$(plan)" ]
    article d/one.txt Seal
    apply
    same "$(titles)" 'Heron Seal Walrus'
}

@test "other folders and articles without a file are left alone" {
    mkdir e
    article e/far.txt Narwhal
    printf '{"id":"1","title":"T A","body":"B"}' | indexer add -q -i x -
    indexer sync -q -i x --apply d e
    rm d/one.txt e/far.txt
    apply
    same "$(titles)" 'A Heron Narwhal Walrus'
    same "$(plan e --allow-empty)" "gone $PWD/e/far.txt"
}

@test "a folder all of whose files have gone is not emptied without --allow-empty" {
    apply
    mv d away
    mkdir d
    run -66 indexer sync -i x --apply d
    [[ $output == *"all 3 files of '$PWD/d' have gone: is it mounted?"* ]]
    [ "$(indexer stats -i x --json | jq .articles)" = 3 ]
    apply --allow-empty | holds '.removed == 3'
}

@test "what else lies in a folder whose files have gone does not let them go" {
    apply
    mv d away
    mkdir d
    : >d/empty.txt
    article d/new.txt Narwhal
    run -66 indexer sync -i x --apply d
    [[ $output == *"all 3 files of '$PWD/d' have gone: is it mounted?"* ]]
    # One that is bad is known by its articles.
    rm -rf d
    cp -r away d
    printf '{"id":"n","body":"Narwhal"}\n{broken\n' >d/bad.ndjson
    run -3 indexer sync -q -i x --apply d
    find d -name "*.txt" -delete
    run -3 indexer sync -q -i x --apply d
    [ "$(indexer stats -i x --json | jq .articles)" = 1 ]
}

@test "a file that stays bad is no reason to publish again" {
    : >d/empty.txt
    run -3 indexer sync -q -i x --apply d
    run -3 --separate-stderr indexer sync -q -i x --json --apply d
    holds '.failed == 1 and (.published | not)' <<<"${lines[-1]}"
}

@test "a file whose name is not UTF-8 is told, and what add made of it stays" {
    article d/$'caf\xe9.txt' Narwhal
    indexer add -q -i x d
    run -3 --separate-stderr indexer sync -i x --apply d
    [[ $stderr == *"is not UTF-8: rename it, or 'add' it"* ]]
    same "$(titles)" 'Heron Narwhal Otter Walrus'
}

@test "an index inside the folder is no article" {
    indexer sync -q -i d/x --apply d
    run -0 indexer sync -q -i d/x d
    [ -z "$output" ]
    indexer add -q -i y d
    [ "$(indexer stats -i y --json | jq .articles)" = 3 ]
}

@test "a folder that is not there is an error, and nothing is done for the others" {
    rm -r d/sub
    run -66 indexer sync -i x --apply d d/sub
    [ "$output" = "indexer sync: cannot open 'd/sub': No such file or directory" ]
    [ ! -e x ]
    run -2 indexer sync -i x --apply d/one.txt
    run -2 indexer sync -i x
}

@test "files that cannot be looked at are not taken for gone" {
    [ "$(id -u)" != 0 ] || skip "root can read every folder"
    apply
    chmod 000 d/sub
    run indexer sync -i x --apply d
    chmod 755 d/sub
    [ "$status" = 3 ]
    same "$(titles)" 'Heron Otter Walrus'
}

@test "a link is a file of its own, and goes when it goes" {
    article far.txt Narwhal
    ln -s ../far.txt d/link.txt
    apply
    same "$(titles)" 'Heron Narwhal Otter Walrus'
    article far.txt Seal
    same "$(plan)" 'changed link.txt'
    rm d/link.txt
    same "$(plan)" 'gone link.txt'
}

@test "what took the place of a file it is not, is told and the file's articles stay" {
    apply
    rm d/one.txt
    mkfifo d/one.txt
    run -3 timeout 20 "$bin/indexer" sync -q -i x --apply d
    same "$(titles)" 'Heron Otter Walrus'
}

@test "a path of any length and with any characters is known again" {
    local deep=d/$(printf 'x%.0s' {1..200})/$(printf 'y%.0s' {1..200})
    mkdir -p "$deep"
    article "$deep/a \"b\" \\"$'\t\n'"c.txt" Narwhal
    apply
    [ -z "$(plan)" ]
    rm -r d/xxx*
    apply | holds '.removed == 1'
    same "$(titles)" 'Heron Otter Walrus'
    # Known by its articles alone.
    mkdir -p "$deep"
    article "$deep/f.txt" Seal
    indexer add -q -i x d
    rm "$deep/f.txt"
    apply | holds '.removed == 1'
}

@test "the plan is JSON for programs" {
    apply
    rm d/one.txt
    same "$(indexer sync -q -i x --json d)" "{\"what\":\"gone\",\"path\":\"$PWD/d/one.txt\"}"
}

@test "compaction, deletion and adding keep the list of files" {
    apply
    printf '{"id":"1","title":"T A","body":"B"}' | indexer add -q -i x -
    indexer delete -q -i x 1
    indexer compact -i x
    [ -z "$(plan)" ]
    indexer check -q -i x
}

@test "check finds a list of files that is gone or broken" {
    apply
    cp x/files-1 list
    echo '{}' >>x/files-1
    run -70 indexer check -i x
    [[ $output == *"x/files-1:4: not a line of ours"* ]]
    rm x/files-1
    run -70 indexer check -i x
    [[ $output == *"files-1"* ]]
    cp list x/files-1
    indexer check -q -i x
}
