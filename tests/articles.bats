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
}

# Fails with every question that brings up another article first.
ask_rows() {
    local rows failed=0 first
    rows=$(cat)
    while IFS='|' read -r query expected; do
        first=$(searcher -i "$BATS_FILE_TMPDIR/x" -f json -n 1 -q "$query" | jq -r '.hits[0].id')
        case ${first##*/} in
        "$expected"_*) ;;
        *) echo "$query: ${first##*/}, not $expected" && failed=1 ;;
        esac
    done <<<"$rows"
    [ $failed = 0 ]
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
ambassador Kim Chang-wook credentials|003
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
