#!/usr/bin/env bats
# The floors of docs/ARCHITECTURE.md hold: who includes whom, and what the library says and does.

load helper

# The table as "FLOOR UNIT" lines; a unit is a module without suffix, or a folder.
floors() {
    awk '/^```floors$/ { inside = 1; next } /^```$/ { inside = 0 }
         inside { for (i = 2; i <= NF; i++) print $1, $i }' docs/ARCHITECTURE.md
}

sources() {
    find common indexer searcher -name '*.[ch]' -o -name '*.cc' -o -name '*.hh' | sort
}

setup_file() {
    cd "$project"
    floors >"$BATS_FILE_TMPDIR/table"
    # "FILE FLOOR UNIT"; "-" for what the table has neither as a module nor in a folder.
    sources | awk '
        NR == FNR { floor[$2] = $1; next }
        { unit = $1; sub(/[.][^.\/]*$/, "", unit)
          while (!(unit in floor) && sub(/\/[^\/]*$/, "", unit)) continue
          print $1, (unit in floor ? floor[unit] " " unit : "- -") }' \
        "$BATS_FILE_TMPDIR/table" - >"$BATS_FILE_TMPDIR/units"
    # "FILE FLOOR UNIT HEADER FLOOR UNIT" for every include, found as the compiler finds it.
    grep -HoE '^ *# *include *"[^"]*' $(sources) | sed 's/:[^"]*"/ /' | awk '
        NR == FNR { unit[$1] = $2 " " $3; next }
        { folder = $1; sub(/\/[^\/]*$/, "", folder); header = "nowhere/" $2
          n = split(folder " common common/db common/glass_reader indexer indexer/input indexer/layout indexer/xml indexer/html indexer/feed indexer/entities indexer/names indexer/glass searcher searcher/query searcher/plan searcher/snippet searcher/output", folders, " ")
          for (i = n; i; i--) if (folders[i] "/" $2 in unit) header = folders[i] "/" $2
          print $1, unit[$1], header, (header in unit ? unit[header] : "- -") }' \
        "$BATS_FILE_TMPDIR/units" - >"$BATS_FILE_TMPDIR/edges"
}

setup() {
    cd "$project" || return 1
    table=$BATS_FILE_TMPDIR/table units=$BATS_FILE_TMPDIR/units edges=$BATS_FILE_TMPDIR/edges
    if [ ! -s "$table" ]; then
        echo 'docs/ARCHITECTURE.md has no table of floors: a block that begins with ```floors'
        return 1
    fi
    library=build/release/libpressmark.a
    case $bin in
    */build/*/bin) library=${bin%/bin}/libpressmark.a ;;
    esac
}

teardown() {
    :
}

# Prints what is against a rule; fails if there is any.
none() {
    local found
    found=$(cat)
    [ -z "$found" ] || { printf '%s\n' "$found"; return 1; }
}

@test "every file stands on a floor" {
    [ "$(wc -l <"$units")" -gt 50 ]
    awk '$2 == "-" { print $1 " is not in the table" }' "$units" | none
}

@test "every row of the table is there, once" {
    while read -r _ unit; do
        [ -d "$unit" ] || compgen -G "$unit.*" >/dev/null || echo "$unit is not there"
    done <"$table" | none
    cut -d ' ' -f 2 "$table" | sort | uniq -d | none
}

@test "every header that is included is there" {
    awk '$4 ~ /^nowhere/ { print $1 " includes " $4 }' "$edges" | none
}

@test "a file includes its own header, its own folder and lower floors only" {
    [ "$(wc -l <"$edges")" -gt 100 ]
    awk '$3 != $6 && $5 >= $2 { print $1 " (floor " $2 ") includes " $4 " (floor " $5 ")" }' \
        "$edges" | none
}

@test "the programs never include each other's headers but the library's door, nor the common part theirs" {
    awk '{ split($1, from, "/"); split($4, to, "/") }
         from[1] != to[1] && to[1] != "common" && !(from[1] == "indexer" && $4 == "searcher/search.h") { print $1 " includes " $4 }' "$edges" | none
}

@test "a folder of a program has one header as its door, but for the tools of readers" {
    awk '$3 != $6 && split($4, part, "/") == 3 && part[3] != part[2] ".h" && part[2] != "input" {
        print $1 " includes " $4 }' "$edges" | none
}

@test "only common/db includes Xapian, at one place, and it alone is C++" {
    [ "$(grep -lE '^ *# *include *[<"]xapian' $(sources))" = common/db/inside.hh ]
    find common indexer searcher -name '*.cc' -o -name '*.cpp' -o -name '*.cxx' -o -name '*.hh' -o -name '*.hpp' |
        grep -v '^common/db/' | none
    # Nor does anything else see more of it than its door.
    awk '$3 != "common/db" && $4 ~ /^common\/db\// && $4 != "common/db/db.h" { print $1 " includes " $4 }' "$edges" | none
    [ -e common/db/inside.hh ] && grep -q '^searcher/.* common/db/db.h ' "$edges"
}

@test "cJSON is included by common/article.h and above floor 2 only" {
    [ -n "$(grep -lE '^ *# *include *<cjson/' $(sources))" ]
    grep -lE '^ *# *include *<cjson/' $(sources) | awk '
        NR == FNR { floor[$1] = $2; next }
        $1 != "common/article.h" && !(floor[$1] > 2) {
            print $1 " (floor " floor[$1] ") includes cJSON" }' "$units" - | none
}

@test "the library is common/ and the searcher without its command line" {
    same "$(ar t "$library" | sort)" \
        "$(for file in common/*.c common/*/*.c common/*/*.cc searcher/*.c searcher/*/*.c; do
            case $file in
            searcher/output/* | searcher/main.c | searcher/options.c | searcher/option_values.c | searcher/eval.c | searcher/topics.c | searcher/qrels.c) ;;
            *) basename "${file%.*}.o" ;;
            esac
        done | sort)"
}

@test "every symbol that the library exports begins with pm_" {
    # Weak symbols are what C++ templates and inline functions leave; two underscores, what
    # sanitizers and coverage add.
    nm -g --defined-only -f posix "$library" |
        awk 'NF >= 2 && $2 !~ /^[VWuvw]$/ && $1 !~ /^pm_/ && $1 !~ /^__/ { print $1 }' | none
    [ "$(nm -g --defined-only "$library" | grep -c ' T pm_')" -gt 50 ]
}

@test "the library neither prints nor exits, but for cli" {
    nm -A -u "$library" | sed 's/^[^:]*:\([^:]*\): *[Uw] */\1 /' |
        awk '$1 != "cli.o" && $2 ~ /^(_*v?printf(_chk)?|puts|putchar|perror|stdout|stderr|exit|_exit|_Exit|quick_exit|abort|err|errx|warn|warnx|error|syslog)(@.*)?$/ {
            print $1 " uses " $2 }' | none
}
