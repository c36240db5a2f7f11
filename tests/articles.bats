#!/usr/bin/env bats
# Questions that a researcher would ask of five real articles: the right one comes first.
#
# The articles are not part of the project; where they are absent these tests are skipped.

load helper

articles=$project/../shared/articles

setup_file() {
    [ ! -d "$articles" ] || make_index "$BATS_FILE_TMPDIR/x" "$articles"
}

# Not in setup_file, where older versions of bats take a skip for a failure.
setup() {
    [ -d "$articles" ] || skip "no articles at ../shared/articles"
    cd "$BATS_TEST_TMPDIR" || return 1
}

teardown() {
    :
}

# Fails with every question that brings up another article first.
ask_rows() {
    cat >rows
    awk -F '|' '{ print NR "\t" $1 }' rows >queries
    searcher -i "$BATS_FILE_TMPDIR/x" -f tsv -n 1 --batch queries >answers
    same "$(awk -F '\t' '
        NR == FNR { sub(/.*\//, "", $7); sub(/_.*/, "", $7); first[$1] = $7; next }
        { sub(/[|][^|]*$/, ""); print $0 "|" first[FNR] }' answers rows)" "$(cat rows)"
}

@test "all five articles are in" {
    [ "$(indexer stats -i "$BATS_FILE_TMPDIR/x" --json | jq .articles)" = 5 ]
}

@test "questions by name find the right article first" {
    ask_rows <<'END'
which general leads the army delegation|001
Li Qiaoming|001
Seng Vanly|001
who is Seun Sam and what does he say on military aid|001
Sim Vireak|002
Xi Jinping initiatives|002
Kim Chang-wook presents credentials|003
ambassador Jang Yun Gon|004
Kim Il-sung and Sihanouk|004
Admiral chief of staff visit Seoul 2024|000
END
}

@test "questions by acronym find the right article first" {
    ask_rows <<'END'
FTA tariffs|003
KOICA|003
SEZ investors|004
WTO trade|002
NATO standard arms|000
COC negotiations|002
KASI|000
END
}

@test "questions by topic find the right article first" {
    ask_rows <<'END'
arms procurement alternatives to China|000
defense budget growth|000
Funan canal worries|000
vaccine doses donated during the pandemic|002
visa waiver for tourists|003
pop music and language learners|003
closed museum in Siem Reap sanctions|004
Pyongyang embassy location|004
Cuba recognises the South|004
four-day trip to Beijing by the army commander|001
END
}

@test "questions by phrase find the right article first" {
    ask_rows <<'END'
"golden dragon" robot dogs|000
"one-China policy"|002
"courtesy call" defence minister|001
"free trade agreement"|003
"hermit kingdom"|004
"new era" community of common destiny|001
END
}

@test "British and American spellings ask the same question" {
    for pair in 'defence ties:defense ties' 'modernisation of the navy:modernization of the navy' \
        'labour programme:labor program'; do
        same "$(searcher -i "$BATS_FILE_TMPDIR/x" -f tsv -q "${pair%:*}")" \
            "$(searcher -i "$BATS_FILE_TMPDIR/x" -f tsv -q "${pair#*:}")"
    done
}

@test "headlines become titles, and texts without one have a made title" {
    searcher -i "$BATS_FILE_TMPDIR/x" -f json -n 5 cambodia |
        jq -r '.hits[] | (.id | split("/")[-1][:3]) + " " + .title_from' | sort >titles
    same "$(cat titles)" $'000 text\n001 text\n002 made\n003 text\n004 made'
}

# What the indexer reads in the five articles: number, tab, the filter's answer.
reads_by_number() { # FILTER
    indexer read "$articles" | jq -r '(.path | split("/")[-1][:3]) + "\t" + (('"$1"') | tostring)' | sort
}

@test "authors, papers and dates are those that the articles say, and empty where they say none" {
    same "$(reads_by_number '[.author, .source, .date, .date_text] | map(. // "-") | join(" | ")')" \
        $'000\t- | - | - | -
001\tSamban Chandara | The Phnom Penh Post | 2024-03-25 | -
002\tSim Vireak | FRESH NEWS | - | Jun. 19
003\tDr. Seun Sam | The Phnom Penh Post | - | -
004\tSokvy Rim | - | - | -'
}

@test "what stands around the articles is kept, beside the body" {
    same "$(reads_by_number '(.extra // {}) | map_values(if type == "array" then length else . end)')" \
        $'000\t{"pull_quotes":3}
001\t{"pictures":1,"captions":1,"furniture":1,"dateline":"PHNOM PENH"}
002\t{"affiliations":1,"dateline":"Phnom Penh (FN), Jun. 19"}
003\t{"captions":1,"affiliations":1}
004\t{"captions":1,"affiliations":1}'
    same "$(reads_by_number '.tags // []')" $'000\t[]\n001\t[]\n002\t[]\n003\t["opinion"]\n004\t[]'
}

@test "no furniture is left in the bodies, and nothing of them is lost" {
    reads_by_number .body >bodies
    run grep -E 'scroll to|[.]jpg|PHOTO:|Supplied|STPM|#opinion|FRESH NEWS|Post-$|own[.]$|[.][.][.]' bodies
    [ $status -eq 1 ]
    same "$(reads_by_number '.body | split("\n") | map(select(length > 0)) | length')" \
        $'000\t28\n001\t13\n002\t36\n003\t25\n004\t20'
    reads_by_number '.body[:3]' >beginnings
    same "$(cat beginnings)" $'000\tCam\n001\tWhi\n002\tCam\n003\tIn \n004\tIn '
}
