#!/usr/bin/env bats
# What the documents say is so: their commands, their options, their lists, their links.

load helper

man=$project/docs/man

# A folder like a checkout, with the programs also under the names they are installed by.
checkout() {
    unset PRESSMARK_INDEX
    mkdir build path
    ln -s "$(realpath "$bin")" bin
    ln -s "$fixtures" fixtures
    ln -s "$(realpath "$bin")/indexer" path/pressmark-indexer
    ln -s "$(realpath "$bin")/searcher" path/pressmark-searcher
    PATH=$PWD/path:$PATH
}

blocks() { # [--list|--other] DOCUMENT
    "$BATS_TEST_DIRNAME/doc-blocks" "$@"
}

# ---- commands ----

@test "README prints what its commands print" {
    checkout
    blocks "$project/README.md"
}

@test "the indexer's man page prints what its examples print" {
    checkout
    blocks "$man/pressmark-indexer.1"
}

@test "the searcher's man page prints what its examples print" {
    checkout
    command -v quest >/dev/null || skip "no quest (xapian-examples)"
    blocks "$man/pressmark-searcher.1"
}

@test "the man page of queries prints what its examples print" {
    checkout
    blocks "$man/pressmark-query.7"
}

@test "README has no block that is not run but those for a bare machine" {
    run -0 blocks --other "$project/README.md"
    same "$(sed 's/^[0-9]*://; s/ *#.*//' <<<"$output")" $'sudo apt install make git\nmake demo'
}

@test "EXAMPLES of man pages have no block that is not run" {
    local page example
    for page in "$man"/*.[1-8]; do
        example=$(grep -n '^\.Sh EXAMPLES' "$page" | cut -d : -f 1)
        run -0 blocks --other "$page"
        awk -F : -v from="$example" '$1 > from { print; bad = 1 } END { exit bad }' <<<"$output"
        [ "$(blocks --list "$page" | wc -l)" -ge 5 ]
    done
}

@test "a document that prints something else is found out" {
    printf '%s\n' '```console' '$ printf "a\nb c\nd\n"' 'a' 'b ...' '...' '```' >good.md
    blocks good.md
    local line
    for line in x 'a b' 'c ...' '... b' '*' '?' ''; do
        printf '%s\n' '```console' '$ echo a' "$line" '```' >bad.md
        run -1 blocks bad.md
        [[ $output == "bad.md:2: echo a"* ]]
    done
}

@test "a document without commands is found out" {
    echo 'No commands.' >bad.md
    run -1 blocks bad.md
}

@test "README names both programs and the two commands for a bare machine" {
    grep -q 'bin/indexer add' "$project/README.md"
    grep -q 'bin/searcher ' "$project/README.md"
    grep -qE '^make demo( |$)' "$project/README.md"
    grep -qE '^make test( |$)' "$project/README.md"
}

# ---- options ----

# The commands that a help of the indexer names.
commands_of_help() {
    program indexer --help | sed -nE 's/^  ([a-z]+)  +.*/\1/p'
}

# The options of a help, "-i, --index DIR" a line; "--name" where there is no letter.
options_of_help() { # PROGRAM [COMMAND]
    local name=$1
    shift
    program "$name" "$@" --help |
        sed -nE 's/^  (-[a-z], |    )(--[a-z-]+)(\[=[A-Z]+\]| [A-Z]+)?( .*)?$/\1\2\3/p' | sed 's/^ *//' | sort
}

# The same from a section of a man page.
options_of_man() { # PAGE SECTION
    awk -v section="$2" '
        /^\.S[hs] / { inside = $2 == section }
        inside && /^\.It Fl/ {
            sub(/^\.It Fl /, "-")
            sub(/ , Fl -/, ", --")
            if (sub(/ Ns Op = Ns Ar /, "[=")) $0 = $0 "]"
            sub(/ Ar /, " ")
            print
        }' "$man/$1.1" | sort
}

@test "the options of each command stand in the man page, and no others" {
    local command options commands=0 all=0
    for command in $(commands_of_help); do
        options=$(options_of_help indexer "$command")
        same "$(options_of_man pressmark-indexer "$command")" "$options"
        commands=$((commands + 1)) all=$((all + $(wc -l <<<"$options")))
    done
    [ $commands -ge 6 ]
    [ $all -ge 26 ]
}

@test "the synopsis has every command, with every option that is its own" {
    local command option
    for command in $(commands_of_help); do
        awk -v command="$command" '
            /^\.Sh/ { inside = $2 == "SYNOPSIS" }
            inside && /^\.Cm/ { on = $2 == command }
            /^\.Nm/ { on = 0 }
            inside && /^\.Cm/ && $2 == command { on = 1 }
            on' "$man/pressmark-indexer.1" >synopsis
        [ -s synopsis ] || { echo "no $command"; return 1; }
        for option in $(options_of_help indexer "$command" |
            sed -E 's/^-([a-z]), .*/\1/; s/^-(-[a-z-]+).*/\1/' | grep -vx h); do
            grep -qE -e "Fl $option( |$)" synopsis || { echo "$command: no $option"; return 1; }
        done
    done
}

@test "the searcher's options stand in the man page, and no others" {
    same "$(options_of_man pressmark-searcher OPTIONS)" "$(options_of_help searcher)"
    [ "$(options_of_help searcher | wc -l)" -ge 30 ]
}

@test "the indexer's commands stand in the man page, and no others" {
    same "$(awk '/^\.S[hs] / { if ($1 == ".Sh") inside = $2 == "COMMANDS"; else if (inside) print $2 }' \
        "$man/pressmark-indexer.1")" \
        "$(commands_of_help)"
}

# ---- lists ----

@test "the keys that the indexer reads stand in the man page, and no others" {
    same "$(sed -nE 's/^\.It Va [a-z_]+ Ta ([^T]*) Ta .*/\1/p' "$man/pressmark-indexer.1" |
        tr -s ', ' '\n' | sort)" \
        "$(sed -nE 's/^    \{"([A-Za-z_]+)", [A-Z]+, AT.*/\1/p' "$project/common/article_json.c" | sort)"
}

@test "the languages that have stems stand in the man page, and no others" {
    same "$(awk '/common\/language\.c/ { getline; getline; print }' "$man/pressmark-indexer.1")" \
        "$(sed -nE 's/^    \{"([a-z]+)", "[a-z]+", true,.*/\1/p' "$project/common/language.c" |
            paste -s -d ' ')"
}

@test "the fields of queries stand in the man page, and no others" {
    same "$(awk '/^\.S[hs] / { inside = $2 == "Fields" } inside && /^\.It Cm/ { $1 = $2 = ""; print }' \
        "$man/pressmark-query.7" | tr -s ' ,' '\n' | grep . | grep -vx date | sort)" \
        "$(awk -F '[{,]' '/\[PM_FIELD_/ && /WORDS|WHOLE/ { print $2; print $3 }' \
            "$project/common/schema.c" | tr -d ' "' | grep -v NULL | sort)"
}

@test "each form of the grammar of queries has its test, in the same order" {
    local forms
    forms=$(awk '/^\.S[hs] / { inside = $2 == "GRAMMAR" } inside && /^\.It Li .* Ta / {
            sub(/^\.It Li /, ""); sub(/ Ta .*/, ""); gsub(/^"|"$/, ""); gsub(/\\\(dq/, "\"")
            print }' "$man/pressmark-query.7")
    forms=$(sed '/^a b OR c d$/,$d' <<<"$forms") # which is not of the table but of what binds
    same "$forms" "$(awk '/^static void reads_each_line_of_the_grammar/ { on = 1 } /^}/ { on = 0 } on' \
        "$project/tests/unit/test_query.c" | grep -oE '\{"([^"\\]|\\.)*", ' |
        sed -E 's/^\{"//; s/", $//; s/\\"/"/g')"
}

@test "the formats stand in the man page, and no others" {
    same "$(awk '/^\.It/ { inside = $0 == ".It Fl f , Fl -format Ar FORMAT" } /^See/ { inside = 0 }
            inside && /^\.Cm/ { print $2 }' "$man/pressmark-searcher.1")" \
        "$(searcher --help | sed -nE '/^Formats:/,$s/^  ([a-z0-9]+) .*/\1/p')"
}

# What a complaint names behind "there are".
names_of_complaint() { # OPTION VALUE
    searcher -i x "$@" -q x 2>&1 | sed 's/.*there are //' | tr -s ', ' '\n'
}

@test "the values of a template stand in the man page, and no others" {
    same "$(awk '/^\.S[hs] / { inside = $2 == "Template" } inside && /^\.It Li/ { print $3 }' \
        "$man/pressmark-searcher.1" | tr -d '{}')" "$(names_of_complaint --template '{x}')"
}

@test "the facets and the times stand in the man page, and no others" {
    local facets
    facets=$(awk '/^\.It/ { inside = /--?facet Ar LIST$/ } /^See/ { inside = 0 } inside && /^\.Cm/ { print $2 }' \
        "$man/pressmark-searcher.1")
    same "$facets" "$(names_of_complaint --facet x)"
    same "$(awk '/^\.It/ { inside = /-timeline Ar BY$/ } inside && /^\.Cm/ { print $2 }' \
        "$man/pressmark-searcher.1" | sort)" "$(sed -n '/^year$/,$p' <<<"$facets" | sort)"
}

# The names of keys that an item of a list in the man page begins with.
keys_of_man() { # PAGE SECTION
    awk -v section="$2" '/^\.S[hs] / { inside = substr($0, 5) == section }
        inside && /^\.It Va/ { print $3 }' "$man/$1.1" | sort
}

# The names of keys that are told of in one item of the searcher's man page.
keys_in_item() { # ITEM
    awk -v item="$1" '/^\.(It|El|S[hs])/ { inside = /^\.It/ && $3 == item }
        inside && /^\.Va/ { print $2 }' "$man/pressmark-searcher.1" | sort -u
}

# An index with an article for each key, and the options that give an answer all of its keys.
json_base() {
    archive_index x
    echo '{"id": "n1", "title": "Walrus", "desk": "coast"}' | "$bin/indexer" add -q -i x -
    everything=(--group story --facet source --timeline year)
}

@test "the keys of JSON results stand in the man page, and no others" {
    local base
    json_base
    base=$(printf 'q\tthe walrus smuglers radar\n' |
        searcher -i x -l en --batch - -f json "${everything[@]}" --explain n1 -n 1 --sort -date)
    same "$(keys_of_man pressmark-searcher JSON)" "$(jq -r keys[] <<<"$base" | sort)"
    same "$(jq .version <<<"$base")" 2
    same "$(keys_in_item warnings)" "$(jq -r '.warnings[] | keys[]' <<<"$base" | sort -u)"
    same "$(keys_in_item facets)" "$(jq -r '.facets.source[] | keys[]' <<<"$base" | sort -u)"
    same "$(keys_in_item timeline)" "$(jq -r '.timeline[] | keys[]' <<<"$base" | sort -u)"
    same "$(keys_in_item explanation)" \
        "$(jq -r '.explanation | keys[], (.clauses[] | keys[])' <<<"$base" | sort -u)"
    for option in -c --explain-query; do
        searcher -i x -f json $option -q walrus | jq -e '[has("hits"), .version] == [false, 2]'
    done
    same "$(searcher -i x -f json --explain-query -q walrus | jq -c keys_unsorted)" \
        '["version","query","tree","warnings","suggestion"]'
}

@test "the keys of hits in JSON stand in the man page, and no others" {
    local hit
    json_base
    hit=$(searcher -i x -f json -q walrus | jq .hits[0])
    same "$(keys_of_man pressmark-searcher 'Hits in JSON')" "$(jq -r keys[] <<<"$hit" | sort)"
    hit=$(searcher -i x -f json --group story -n 1 -q 'river accord mekong' | jq .hits[0])
    same "$(keys_in_item snippets)" "$(jq -r '.snippets[] | keys[]' <<<"$hit" | sort -u)"
    same "$(keys_in_item copies)" "$(jq -r '.copies[] | keys[]' <<<"$hit" | sort -u)"
    same "$(keys_of_man pressmark-searcher 'Hits in JSON')" \
        "$(names_of_complaint -f json --fields x | sort)"
}

@test "the records of JSON lines and their keys stand in the man page, and no others" {
    local type
    json_base
    printf 'q\twalrus\nr\t"\n' >queries
    run -3 --separate-stderr searcher -i x --batch queries -f ndjson "${everything[@]}" --explain n1 -n 10
    same "$(awk '/^\.S[hs] / { inside = $2 == "NDJSON" } inside && /^\.It Li/ { print $3 }' \
        "$man/pressmark-searcher.1")" "$(jq -r .type <<<"$output" | uniq)"
    jq -es 'all(.[]; has("qid"))' <<<"$output"
    for type in begin end error; do
        same "$(keys_in_item $type)" "$(jq -r "select(.type == \"$type\") | keys[]" <<<"$output" |
            grep -vx -e type -e qid | sort)"
    done
    same "$(jq -r 'select(.type == "hit") | keys[]' <<<"$output" | grep -vx -e type -e qid | sort)" \
        "$(keys_of_man pressmark-searcher 'Hits in JSON')"
}

@test "the codes of warnings stand in the man page, and no others" {
    local word
    archive_index x
    for word in {a..k}{a..k}; do
        echo "Many$word."
    done | "$bin/indexer" add -q -i x -
    {
        searcher -i x -f json -q 'the ferry smuglers qqqqqq~ many*' || true
        searcher -i x -f json --correct -q 'smuglers' || true
        searcher -i x -f json -q '...' || true
    } >answers
    same "$(awk '/^\.S[hs] / { inside = $2 == "DIAGNOSTICS" } inside && /^\.It Li/ { print $3 }' \
        "$man/pressmark-searcher.1" | sort)" "$(jq -r '.warnings[].code' answers | sort -u)"
    same "$(jq -r '.warnings[].code' answers | sort -u)" \
        "$(cat "$project"/searcher/{,*/}*.c | grep -A1 pm_warnings_add | grep -oE '"[a-z]+(-[a-z]+)*"' |
            tr -d '"' | sort -u)"
}

@test "the keys of the JSON summary stand in the man page, and no others" {
    same "$(keys_of_man pressmark-indexer OUTPUT)" \
        "$(indexer add -i x --json "$fixtures/wire.ndjson" | jq -r 'keys[]')"
}

@test "the keys of the JSON of delete stand in the man page, and no others" {
    make_index x "$fixtures/wire.ndjson"
    same "$(keys_of_man pressmark-indexer delete)" \
        "$(indexer delete -i x --json hw-2022-0141 | jq -r 'keys[]')"
}

@test "the keys of the JSON statistics stand in the man page, and no others" {
    make_index x "$fixtures/wire.ndjson"
    same "$(awk '/^Print one JSON object, with/ { on = 1; next } /^\.It/ { on = 0 }
            on && /^\.Va/ { sub(/^\.Va /, ""); print }' "$man/pressmark-indexer.1" |
        tr -s ' ,.' '\n' | grep . | sort)" \
        "$(indexer stats -i x --json | jq -r 'keys[]' | sort)"
}

@test "the exit codes of the helps stand in the man pages and in README" {
    local name code
    for name in indexer searcher; do
        for code in $(program $name --help | tr '\n' ' ' | sed 's/.*Exit: //' |
            grep -oE '(^|, *|/)[0-9]+' | grep -oE '[0-9]+'); do
            awk -v code="$code" '/^\.Sh/ { inside = /EXIT STATUS/ }
                inside && /^\.It/ { for (i = 2; i <= NF; i++) found += $i == code }
                END { exit !found }' "$man/pressmark-$name.1" ||
                { echo "$code: not in the man page of $name"; return 1; }
            grep -qE "^\| (.*, )?$code(,.*)? \|" "$project/README.md" ||
                { echo "$code: not in README"; return 1; }
        done
    done
}

# ---- form ----

@test "the tables of pressmark-query(7) fit a terminal of 80 columns" {
    command -v groff >/dev/null || skip "no groff"
    same "$(groff -mdoc -Tutf8 -ww -rLL=80n "$man/pressmark-query.7" 2>&1 >/dev/null | wc -l)" 0
}

@test "mandoc finds nothing wrong with the man pages" {
    command -v mandoc >/dev/null || skip "no mandoc"
    run -0 mandoc -T lint -W warning "$man"/*.[1-8]
    [ -z "$output" ]
}

@test "links between documents point at files that are there" {
    local document target links=0
    for document in "$project"/*.md "$project"/docs/*.md "$project"/fixtures/*.md; do
        for target in $(grep -oE '\]\([^)]*\)' "$document" | sed -E 's/^\]\(//; s/\)$//; s/#.*//'); do
            [[ $target != *://* ]] || continue
            links=$((links + 1))
            [ -e "$(dirname "$document")/$target" ] ||
                { echo "${document#"$project"/}: no $target"; return 1; }
        done
    done
    [ $links -ge 10 ]
}

@test "files that the documents name are there" {
    local name names=0
    for name in $(cat "$project"/README.md "$project"/docs/*.md | grep -oE '`[^` ]+`' | tr -d '`' |
        grep -E '^(common|indexer|searcher|tests|docs|fixtures)/[A-Za-z0-9_./-]+$'); do
        names=$((names + 1))
        # A module may be named without its endings: common/fold is fold.h and fold.c.
        compgen -G "$project/${name%/}*" >/dev/null || { echo "no $name"; return 1; }
    done
    [ $names -ge 10 ]
}
