#!/usr/bin/env bats
# The manifest of a segment: damage to any file of it is found by check, and a wrong size by all.

load helper
tested=indexer

articles() { # FROM TO WORD
    awk -v from="$1" -v to="$2" -v word="$3" 'BEGIN { for (i = from; i <= to; i++)
        printf "{\"id\":\"a%d\",\"title\":\"Number %d\",\"body\":\"A %s and more.\"}\n", i, i, word }'
}

# An index x of one segment, and in `files` the files of its database.
make_x() {
    articles 1 200 walrus | indexer add -q -i x -
    segment=x/segment-000001
    files=$(ls $segment | grep glass)
    [ "$(wc -w <<<"$files")" = 5 ]
}

# The manifest as it is to be, by another program than ours.
manifest_of() { # SEGMENT
    local file
    for file in $(cd "$1" && LC_ALL=C ls | grep glass); do
        (cd "$1" && xxhsum -q -H2 "$file")
        echo "# size $(stat -c %s "$1/$file")"
    done
}

# The text on standard input with the first and the last line of a manifest.
seal() {
    local byte sum=$((0xcbf29ce484222325)) text
    text=$(echo '# pressmark manifest 1' && cat)
    for byte in $(od -An -v -tu1 <<<"$text"); do # FNV-1a
        sum=$(((sum ^ byte) * 0x100000001b3))
    done
    printf '%s\n# sum %016x\n' "$text" $sum
}

# Everything that opens x says no, 70, and WHAT on one line; and so nothing is written.
all_refuse() { # WHAT
    local command
    articles 300 300 walrus >more.ndjson
    mkdir -p folder
    cp x/XAPIANDB before
    while read -r command; do
        run -70 --separate-stderr $command
        [ "${#stderr_lines[@]}" = 1 ]
        [[ $stderr == *"$1"* ]] || { echo "$command: $stderr" && return 1; }
    done <<END
searcher -i x walrus
indexer add -i x more.ndjson
indexer sync -i x --apply folder
indexer delete -i x a1
indexer compact -i x
indexer dump -i x
indexer stats -i x
END
    cmp x/XAPIANDB before
}

# ---- what is written ----

@test "a segment has a manifest of its files, whoever wrote it" {
    local segment n=0
    command -v xxhsum >/dev/null || skip "no xxhsum (xxhash)"
    for writer in bulk api; do
        articles 1 50 walrus | indexer add -q -i $writer --writer=$writer -
        articles 3 9 otter | indexer add -q -i $writer --writer=$writer - # a tenth is dead
    done
    for segment in bulk api; do
        articles 51 51 beaver | indexer add -q -i $segment -
        cp -r $segment $segment-compact
        indexer compact -i $segment-compact
        [ "$(indexer stats -i $segment-compact --json | jq -c '[.articles, .segments]')" = '[51,1]' ]
    done
    for segment in {bulk,api}*/segment-*; do
        manifest_of "$segment" | seal | diff - "$segment/manifest"
        (cd "$segment" && xxhsum -q -c manifest)
        n=$((n + 1))
    done
    [ $n -ge 6 ]
}

@test "segments that merge as they come have a manifest" {
    local i
    for i in {1..4}; do
        articles "$i" "$i" walrus | indexer add -q -i x -
    done
    [ "$(echo x/segment-*)" = x/segment-000005 ]
    [ -s x/segment-000005/manifest ]
    run -0 indexer check -i x
}

@test "a deletion and a replacement leave a segment and its manifest as they are" {
    make_x
    (cd $segment && md5sum *) >before
    grep -q manifest before
    indexer delete -q -i x a1 a2
    articles 3 4 otter | indexer add -q -i x -
    (cd $segment && md5sum *) | diff before -
}

# ---- damage ----

@test "check finds one byte changed in any file, and names it" {
    local file at old size
    make_x
    for file in $files; do
        size=$(stat -c %s $segment/$file)
        for at in 0 $((size / 3)) $((size - 1)); do
            cp $segment/$file good
            old=$(od -An -tu1 -j $at -N 1 good)
            printf "\\$(printf %o $((old ^ 1)))" | dd of=$segment/$file bs=1 seek=$at conv=notrunc status=none
            run -70 indexer check -i x
            [ "$(grep -cF "'$segment/$file' is damaged: its hash is " <<<"$output")" = 1 ]
            [ "$(grep -c 'its hash is' <<<"$output")" = 1 ]
            cp good $segment/$file
        done
    done
    run -0 indexer check -i x
}

@test "a file that is cut short is told by all that open the index" {
    local file size
    make_x
    # They are all looked at in the same loop.
    ! sanitized || files=docdata.glass
    for file in $files; do
        cp $segment/$file good
        size=$(stat -c %s good)
        truncate -s -1 $segment/$file
        all_refuse "'$segment/$file' has $((size - 1)) bytes, but should have $size; see 'indexer check'"
        run -70 indexer check -i x
        grep -qF "'$segment/$file' has $((size - 1)) bytes, but should have $size" <<<"$output"
        cp good $segment/$file
    done
    run -0 indexer check -i x
}

@test "a file that has grown is told by all that open the index" {
    make_x
    echo more >>$segment/docdata.glass
    all_refuse "'$segment/docdata.glass' has"
    run -70 --separate-stderr indexer check -i x
    [[ $output == *"'$segment/docdata.glass' has"* ]]
    [ "${lines[-1]}" = '200 articles, 1 problem' ] # it looked at the rest, too
}

@test "a file that is gone, or is none, is told by all that open the index" {
    make_x
    rm $segment/positions.glass
    all_refuse "cannot find '$segment/positions.glass'"
    mkfifo $segment/positions.glass
    all_refuse "'$segment/positions.glass' is no file"
    rm $segment/positions.glass
    mkdir $segment/positions.glass
    run -70 indexer check -i x
    [[ $output == *"'$segment/positions.glass' is no file"* ]]
}

@test "a bit changed in the version file, over which libxapian may crash, is told by all" {
    local at
    articles 1 20 otter | indexer add -q -i x -
    segment=x/segment-000001
    damaged=yes
    cp "$segment/iamglass" good
    for at in 34 47 60; do
        cp good "$segment/iamglass"
        printf "\\x$(printf %02x $((0x$(od -An -tx1 -j $at -N 1 good | tr -d ' ') ^ 64)))" |
            dd of="$segment/iamglass" bs=1 seek=$at conv=notrunc status=none
        run cmp -s good "$segment/iamglass"
        [ "$status" = 1 ]
        all_refuse "'$segment/iamglass' is damaged"
        # Xapian's own check crashes, in a process of its own, which a sanitizer tells of.
        sanitized && continue
        run -70 indexer check -i x
        [[ $output == *"'$segment/iamglass' is damaged: its hash is "* ]]
    done
}

@test "one damaged segment among several is named" {
    make_x
    articles 300 310 walrus | indexer add -q -i x -
    truncate -s -1 x/segment-000002/termlist.glass
    all_refuse segment-000002/termlist.glass
}

@test "a merge does not make damage sound" {
    make_x
    articles 300 310 walrus | indexer add -q -i x -
    printf '\377' | dd of=$segment/docdata.glass bs=1 seek=20000 conv=notrunc status=none
    [ "$(searcher -i x -c walrus)" = 211 ] # no size has changed
    run -70 --separate-stderr indexer compact -i x
    [[ $stderr == *"'$segment/docdata.glass' is damaged: its hash is "* ]]
    [ "${#stderr_lines[@]}" = 1 ]
    [ "$(echo x/segment-*)" = "$segment x/segment-000002" ]
    articles 1 100 otter >more.ndjson # a tenth of the damaged one would be dead
    run -70 indexer add -q -i x more.ndjson
    [ "$(searcher -i x -c walrus)" = 211 ]
}

# ---- the manifest itself ----

@test "a segment without a manifest is searched and added to, and told by check" {
    make_x
    rm $segment/manifest
    [ "$(searcher -i x -c walrus)" = 200 ]
    articles 300 300 walrus | indexer add -q -i x -
    run -70 --separate-stderr indexer check -i x
    same "$output" "$segment: its file manifest is gone, so damage to others may go unseen
201 articles, 1 problem"
    indexer compact -i x
    run -0 indexer check -i x
}

@test "a manifest that is damaged is told by all that open the index" {
    make_x
    cp $segment/manifest good
    sed -i "s/^# size \\(.\\)/# size 1\\1/" $segment/manifest
    all_refuse "'$segment/manifest' is damaged"
    run -70 indexer check -i x
    [ "${lines[0]}" = "'$segment/manifest' is damaged" ]
    : >$segment/manifest
    all_refuse "'$segment/manifest' is damaged"
    head -n -1 good >$segment/manifest
    all_refuse "'$segment/manifest' is damaged"
    head -c 1000000 /dev/zero >$segment/manifest
    all_refuse "'$segment/manifest' is far too large"
}

@test "a manifest can be made by hand, but names files of its segment only" {
    local name
    make_x
    sed '1d; $d' $segment/manifest >lines
    seal <lines | cmp - $segment/manifest
    echo outside >outside
    cp outside $segment/..x
    for name in ../../outside "$PWD/outside" . .. ..x 'docdata.glass/../../../outside' ''; do
        { cat lines && printf '%032d  %s\n# size 8\n' 0 "$name"; } | seal >$segment/manifest
        run -70 --separate-stderr searcher -i x walrus
        [[ $stderr == *"'$segment/manifest' is damaged"* ]]
    done
    { for name in {a..z}; do printf '%032d  %s\n# size 0\n' 0 $name; done; } | seal >$segment/manifest
    run -70 searcher -i x walrus
    seal </dev/null >$segment/manifest
    all_refuse "'$segment/manifest' is damaged"
}
