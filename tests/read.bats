#!/usr/bin/env bats
# What the indexer reads: formats, character sets, dates, and what becomes of bad records.

load helper

tested=indexer

# ---- read ----

@test "read prints the articles of a file and of a folder" {
    printf 'An Otter Comes Home\n\nAn otter came.\n' >one.txt
    mkdir d
    printf '{"title":"T","body":"B","date":"2024-05"}\n{"title":"U","body":"B"}\n' >d/two.ndjson
    same "$(reads '[.title, .date]' one.txt d)" \
        $'["An Otter Comes Home",null]\n["T","2024-05"]\n["U",null]'
}

@test "read prints what add takes: an index of both is the same" {
    indexer read "${archive[@]}" >all.ndjson
    [ "$(wc -l <all.ndjson)" = 76 ]
    make_index x "${archive[@]}"
    make_index y all.ndjson
    "$bin/indexer" dump -i x >x.ndjson
    "$bin/indexer" dump -i y | cmp - x.ndjson
}

@test "read goes on behind a bad record and exits 3" {
    printf '{"title":"T","body":"B"}\n{oops\n{"title":"U","body":"B"}\n' >some.ndjson
    run -3 --separate-stderr indexer read some.ndjson
    same "$(jq -r .title <<<"$output")" $'T\nU'
    [[ $stderr == "some.ndjson:2: "* ]]
}

@test "read of nothing is a mistake in usage, of what is not there has no input" {
    run -2 indexer read
    run -66 indexer read absent.txt
}

@test "pictures and what a browser saves beside a page are passed over, unless they are named" {
    mkdir -p d/page_files d/notes_files
    for name in d/one.txt d/page.htm d/page_files/ad.txt d/notes_files/two.txt d/photo.JPG d/.hid; do
        printf 'An Otter Of %s\n\nAn otter.\n' "$name" >$name
    done
    run -0 --separate-stderr indexer add -i x -f text d
    [[ $stderr == "3 added, 2 files without text passed over, 0 failed, "* ]]
    run -0 --separate-stderr indexer add -i y x
    [[ ${stderr_lines[-1]} == *", 1 file without text passed over, "* ]]
    same "$(indexer dump -i x | jq -r .path | sed 's|.*/d/||' | sort | paste -s)" \
        $'notes_files/two.txt\tone.txt\tpage.htm'
    same "$(reads .title -f text d/photo.JPG)" '"An Otter Of d/photo.JPG"'
}

# ---- failed records ----

@test "--errors writes an object for each record and each file that failed" {
    printf '{"title":"T","body":"B"}\n{oops\n' >some.ndjson
    printf 'PK\3\4 and so on\n' >photo.txt
    run -3 indexer read --errors bad.ndjson some.ndjson photo.txt absent.txt
    same "$(jq -c '[.file, .line, .byte, .code]' bad.ndjson)" \
        '["absent.txt",null,null,"unreadable"]
["some.ndjson",2,25,"syntax"]
["photo.txt",1,0,"syntax"]'
    holds '.message | length > 5' <bad.ndjson
}

@test "--errors writes an empty file when all is well" {
    printf 'One\n\nAn otter.\n' >one.txt
    indexer add -q -i x --errors bad.ndjson one.txt
    [ -f bad.ndjson ] && [ ! -s bad.ndjson ]
}

@test "--errors replaces no file but a list of its own, and is no article itself" {
    mkdir d
    printf 'One\n\nAn otter.\n' >d/one.txt
    printf 'Two\n\nA heron.\n' >d/two.txt
    cp d/one.txt before
    run -2 indexer add -q -i x --errors d/one.txt d/two.txt
    [ "$output" = "indexer add: 'd/one.txt' is there and no list of failures: not replaced" ]
    cmp d/one.txt before
    printf '{oops\n' >d/bad.json
    for i in 1 2; do
        run -3 indexer add -q -i x --errors d/failed.ndjson d
        same "$(jq -r .file d/failed.ndjson)" d/bad.json
    done
}

@test "a reader of the output who leaves ends it quietly, a full disk is told" {
    run -0 --separate-stderr bash -c '"$0/indexer" read "${@}" | head -n 1 | wc -l' "$bin" "${archive[@]}"
    [ "$output" = 1 ] && [ -z "$stderr" ]
    run -74 --separate-stderr bash -c '"$0/indexer" read "${@}" >/dev/full' "$bin" "${archive[@]}"
    [ "$stderr" = "indexer read: cannot write the output: No space left on device" ]
}

@test "a text that begins with a bracket is a text, RTF is told" {
    printf '{Our correspondent writes:}\n\nAn otter came.\n' >one.txt
    same "$(reads '[.title, .id]' one.txt)" "[\"{Our correspondent writes:}\",\"$PWD/one.txt\"]"
    printf '{\\rtf1\\ansi An otter.}' >two.rtf
    run -3 indexer read two.rtf
    [ "$output" = "two.rtf:1: not a text but RTF: save it as text first" ]
    printf '{title: "A"}' >three.json
    run -3 indexer read three.json
}

@test "--errors that cannot be written fails the run before anything is added" {
    printf 'One\n\nAn otter.\n' >one.txt
    run -74 indexer add -q -i x --errors no/such/bad.ndjson one.txt
    run -66 indexer stats -i x
}

@test "--retry reads again what failed, and the list may be the same file" {
    printf '{"title":"T","body":"B"}\n{oops\n' >some.ndjson
    printf 'PK\3\4 and so on\n' >photo.txt
    printf 'One\n\nAn otter.\n' >one.txt
    run -3 indexer add -q -i x --errors bad.ndjson some.ndjson some.ndjson photo.txt one.txt
    [ "$(wc -l <bad.ndjson)" = 3 ]
    printf '{"title":"T","body":"B"}\n{"title":"U","body":"B"}\n' >some.ndjson
    run -3 --separate-stderr indexer add -i x --json --errors bad.ndjson --retry bad.ndjson
    holds '.added == 1 and .unchanged == 1 and .failed == 1' <<<"$output"
    same "$(jq -r .file bad.ndjson)" photo.txt
    printf 'Two\n\nA heron.\n' >photo.txt
    indexer read --retry bad.ndjson | holds '.title == "Two"'
}

@test "--retry with a list that is none reads nothing" {
    printf '{"file":"one.txt"}\nwhat?\n' >bad.ndjson
    printf 'One\n\nAn otter.\n' >one.txt
    run -65 indexer add -q -i x --retry bad.ndjson one.txt
    [ "$output" = "indexer add: bad.ndjson:2: not a line that --errors writes" ]
    run -66 indexer add -q -i x --retry absent.ndjson one.txt
    [ ! -d x ]
}

@test "a file's name may have any white space in it" {
    mkdir d
    printf 'One\n\nAn otter.\n' >'d/a  b.txt'
    printf 'Two\n\nA heron.\n' >$'d/c\td .txt'
    indexer add -q -i x d
    indexer check -i x
    same "$(indexer dump -i x | jq -r .path | sort)" "$(realpath d/*)"
}

# ---- character sets ----

@test "--charset says how all text is written, a wrong name is refused" {
    printf 'Stra\341e\n\nEin Fischotter.\n' >cp.txt
    same "$(reads .title --charset cp437 cp.txt)" '"Straße"'
    run -2 indexer read --charset klingon cp.txt
    [[ $output == *"unknown character set 'klingon'" ]]
}

@test "text in any character set becomes the same article" {
    local text='An Otter’s Café

The minister said: “We are ready,” and left – it was late.'
    printf '%s\n' "$text" >utf-8.txt
    printf '%s\n' "$text" | iconv -t windows-1252 >cp1252.txt
    printf '\357\273\277%s\n' "$text" >bom.txt
    { printf '\377\376' && printf '%s\n' "$text" | iconv -t UTF-16LE; } >utf-16.txt
    same "$(reads '[.title, .body]' cp1252.txt bom.txt utf-16.txt | uniq -c | sed 's/^ *//')" \
        "3 $(reads '[.title, .body]' utf-8.txt)"
    jq -nc '{title: "Café", body: "“Otter”"}' | iconv -t windows-1252 >cp1252.ndjson
    { printf '\377\376' && jq -nc '{title: "Café", body: "“Otter”"}' | iconv -t UTF-16LE; } >a.json
    same "$(reads '[.title, .body]' cp1252.ndjson a.json | uniq)" '["Café","“Otter”"]'
}

# ---- compressed files ----

@test "gzip and zstd are unpacked, also several parts of them in one file" {
    local i
    for i in 1 2 3; do
        printf '{"id":"%s","title":"T %s","body":"B"}\n' "$i" "$i" >"$i.ndjson"
        gzip -k "$i.ndjson"
        zstd -q "$i.ndjson"
    done
    cat 1.ndjson.gz 2.ndjson.gz 3.ndjson.gz >all.gz
    cat 1.ndjson.zst 2.ndjson.zst 3.ndjson.zst >all.zst
    for i in all.gz all.zst; do
        same "$(reads .id "$i" | paste -s)" $'"1"\t"2"\t"3"'
        same "$(reads .id - <"$i" | paste -s)" $'"1"\t"2"\t"3"'
    done
}

@test "a compressed file that is cut short or damaged gives what is before that, and an error" {
    local i kind
    for i in {1..5000}; do
        printf '{"id":"%s","title":"T %s","body":"%s"}\n' "$i" "$i" "$RANDOM$RANDOM$RANDOM"
    done >all.ndjson
    gzip -k all.ndjson
    zstd -q all.ndjson
    for kind in gz zst; do
        head -c 50000 "all.ndjson.$kind" >"cut.$kind"
        run -3 --separate-stderr indexer read --errors bad.ndjson "cut.$kind"
        [ "$(wc -l <<<"$output")" -gt 1000 ]
        same "$(jq -c '[.file, .code]' bad.ndjson)" "[\"cut.$kind\",\"unreadable\"]"
        cp "all.ndjson.$kind" "broken.$kind"
        head -c 2000 /dev/zero | dd of="broken.$kind" bs=1 seek=40000 conv=notrunc status=none
        run -3 --separate-stderr indexer read "broken.$kind"
    done
}

@test "a bomb of zeros is told, and takes neither memory nor the rest" {
    not_under_valgrind "gigabytes"
    head -c 500000000 /dev/zero | gzip -1 >bomb.gz
    printf 'One\n\nAn otter.\n' >one.txt
    for format in text ndjson; do
        # More than what a record may take, less than the bomb.
        grep -q __asan_init "$bin/indexer" || ulimit -v 400000
        run -3 --separate-stderr indexer read -f "$format" --errors bad.ndjson bomb.gz
        [[ "$format $(jq -r .code bad.ndjson)" == @("text syntax"|"ndjson too-large") ]]
    done
    run -3 --separate-stderr indexer read bomb.gz one.txt
    same "$(jq -r .title <<<"$output")" One
}

# ---- what is no file ----

@test "pipes, devices, loops and dangling links cost only themselves" {
    mkdir d
    printf 'One\n\nAn otter.\n' >d/one.txt
    mkfifo d/pipe
    ln -s . d/loop
    ln -s self d/self
    ln -s nowhere d/dangling
    ln -s /dev/zero d/zero
    run -3 --separate-stderr timeout 60 "$bin/indexer" read --errors bad.ndjson d
    same "$(jq -r .title <<<"$output")" One
    for name in pipe self dangling zero; do
        grep -q "\"d/$name\"" bad.ndjson
    done
    run ! grep -q loop bad.ndjson
}

@test "a line beyond all bounds costs only itself" {
    not_under_valgrind "megabytes"
    {
        echo '{"title":"T","body":"B"}'
        head -c 70000000 /dev/zero | tr '\0' x
        printf '\n{"title":"U","body":"B"}\n'
    } >big.ndjson
    run -3 --separate-stderr indexer read --errors bad.ndjson big.ndjson
    same "$(jq -r .title <<<"$output")" $'T\nU'
    same "$(jq -c '[.line, .byte, .code]' bad.ndjson)" '[2,25,"too-large"]'
}

# ---- dates ----

@test "an article of a JSON file that no index could hold is passed over, and told" {
    { printf '[{"id":"big","title":"Big","x":"'
      head -c 67200000 /dev/zero | tr '\0' a
      printf '"},\n{"id":"small","body":"walrus"}]\n'; } >two.json
    run -3 --separate-stderr indexer add -i x --errors bad.ndjson two.json
    same "$(jq -c '[.line, .byte, .code]' bad.ndjson)" '[1,1,"too-large"]'
    [[ $stderr == *"1 added, 1 failed"* ]]
}

@test "--date-from mtime takes the day of the file's last change, and only where there is no other" {
    printf 'One\n\nAn otter.\n' >one.txt
    printf '{"title":"T","body":"B","date":"2024-05"}' >two.json
    touch -d 2023-04-05T10:00Z one.txt two.json
    same "$(reads '[.date, .date_from]' one.txt)" '[null,null]'
    same "$(reads '[.date, .date_from]' --date-from mtime one.txt two.json)" \
        $'["2023-04-05","mtime"]\n["2024-05","field"]'
    run -2 indexer read --date-from ctime one.txt
}

@test "a date is found in the URL, and in the name of a file that holds one article" {
    printf 'One\n\nAn otter.\n' >2024-03-25-otter.txt
    printf 'One\n\nAn otter.\n' >article-120240325.txt
    printf '{"title":"T","body":"B"}\n{"title":"U","body":"B"}\n' >2024-03-25.ndjson
    printf '{"title":"T","body":"B","url":"https://courier.example/2023/04/ferry"}' >2024-03-25.json
    printf '{"title":"T","body":"B","date":"2022","url":"https://courier.example/2023/04/a"}' >x.json
    local file is=
    for file in 2024-03-25-otter.txt article-120240325.txt 2024-03-25.ndjson 2024-03-25.json x.json; do
        is+="$(reads '[.date, .date_from]' "$file" | paste -s -d ' ') "
    done
    same "$is" '["2024-03-25","filename"] [null,null] [null,null] [null,null] ["2023-04","url"] ["2022","field"] '
}

@test "a date in the name of a file that is yet to come is none, without a warning" {
    printf 'One\n\nAn otter.\n' >2150-03-25-plan.txt
    run -0 --separate-stderr indexer read 2150-03-25-plan.txt
    same "$(jq -c '[.date, .date_text]' <<<"$output")$stderr" '[null,null]'
}

@test "dates are read as people write them, and what says no year is kept as text" {
    printf '{"title":"T","body":"B","date":"%s"}\n' 'Monday, March 25, 2024 3:45 PM GMT+7' \
        'Mon, 25 Mar 2024 09:30:00 EST' '25th of March 2024' 'Mar. 2024' '25/03/2024' '3/4/2024' \
        'Jun. 19' 'June 19, 2150' >some.ndjson
    run -0 --separate-stderr indexer read some.ndjson
    same "$(jq -c '[.date, .date_text]' <<<"$output")" '["2024-03-25T08:45:00Z",null]
["2024-03-25T14:30:00Z",null]
["2024-03-25",null]
["2024-03",null]
["2024-03-25",null]
[null,null]
[null,"Jun. 19"]
[null,"2150-06-19"]'
    same "$(sed 's/^[^:]*: //' <<<"$stderr")" "some.ndjson:6: warning: the date '3/4/2024' cannot be read, the article has none
some.ndjson:8: warning: the date '2150-06-19' is yet to come and is not taken"
}
