#!/usr/bin/env bats
# Readers of what archives and programs export: tables, Markdown, TREC.

load helper

tested=indexer

# The articles of a fixture must be those of NAME.wanted.json beside it, whatever its path.
reads_as_wanted() { # NAME [OPTION]...
    local file=$fixtures/feeds/$1
    shift
    indexer read "$@" "$file" 2>errors | jq -s 'map(del(.path) | .id |= (split("/") | last))' >is
    diff -u "${file%.*}.wanted.json" is
}

# ---- tables ----

@test "a first line that says what parts the cells is no header" {
    printf 'sep=;\r\nTitle;Text\r\nOtters, again;They came.\r\nOne;too;many\r\n' >a.csv
    run -3 --separate-stderr indexer read a.csv
    same "$(jq -r .title <<<"$output")" 'Otters, again'
    [[ $stderr == "a.csv:4: "* ]]
    printf 'sep=;' >b.csv
    run -0 indexer read b.csv
    [ -z "$output" ]
}

@test "a table with commas is read: quotes, lines in cells, a mark, a bad row" {
    reads_as_wanted ferries.csv
    same "$(sed "s|$fixtures/||" errors)" 'feeds/ferries.csv:7: 2 cells where the header has 7 columns'
}

@test "a table with semicolons and one with tabs are read" {
    reads_as_wanted hafen.csv
    reads_as_wanted estuary.tsv
}

@test "a table is known by its header, whatever its name" {
    cp "$fixtures/feeds/hafen.csv" table.txt
    same "$(reads .title table.txt)" $'"Hafen gesperrt"\n"Möwe gerettet"'
    same "$(indexer read - <"$fixtures/feeds/estuary.tsv" | jq -r .id)" $'t1\nt2'
    printf 'Ferry, pier, harbour\n\nThe title and the date.\n' >text.txt
    same "$(reads .title_from text.txt)" '"text"'
    printf 'title,colour\n\nNo table.\n' >text.txt
    same "$(reads .title_from text.txt)" '"text"'
}

@test "a table without a title or body is told what it has and could have" {
    printf 'colour,size\nred,3\nblue,4\n' >x.csv
    run -3 --separate-stderr indexer read x.csv
    same "$output$stderr" 'x.csv:1: no column has a title or body: there are colour, size, and none of title, headline, body, text, content, articleBody'
}

@test "an unclosed quotation mark costs its line and no more" {
    printf 'title,body\nOne,a\n"Two,b\nThree,c\nFour,d\n' >x.csv
    run -3 --separate-stderr indexer read x.csv
    same "$(jq -r .title <<<"$output")" $'One\nThree\nFour'
    same "$stderr" 'x.csv:3: a quotation mark without its partner'
}

@test "quotation marks that never close take time that grows with the file alone" {
    not_under_valgrind "a hundred thousand rows"
    { echo 'title,body'; yes 'a,"b' | head -n 100000; } >x.csv
    run -3 in_seconds 60 "$bin/indexer" read x.csv
    [ "$(grep -c 'without its partner' <<<"$output")" = 100000 ]
}

@test "a column without a name, a NUL and rows of nothing do no harm" {
    printf 'title,,body\nOne,\0x,a\n,,\n  \nTwo,,b\n' >x.csv
    same "$(reads '[.title, .body, .extra]' x.csv)" '["One","a",{"column 2":" x"}]
["Two","b",null]'
    printf '' >empty.csv
    run -0 indexer read empty.csv
    printf 'title,body' >header.csv
    run -0 indexer read header.csv
    same "$output-" -
}

# ---- TREC ----

@test "TREC records are read: elements, entities, paragraphs, one that never ends" {
    reads_as_wanted river.sgml
    same "$(sed "s|$fixtures/||" errors)" 'feeds/river.sgml:16: a <DOC> without its </DOC>'
}

@test "TREC records may be in Latin-1, and come through a pipe" {
    reads_as_wanted gull.sgml
    same "$(indexer read - <"$fixtures/feeds/gull.sgml" | jq -r .title)" 'Möwe rescued'
}

@test "a TREC record is told with the line and byte that it begins at" {
    printf '<DOC>\n<TEXT>a</TEXT></DOC>\nbetween\n <doc>\n<DOC><TITLE>T</TITLE></DOC>\n<DOC>' >x
    run -3 --separate-stderr indexer read --errors bad.ndjson x
    same "$(jq -r .title <<<"$output")" $'a\nT'
    same "$(jq -c '[.line, .byte]' bad.ndjson)" $'[4,36]\n[6,70]'
}

@test "what is no tag or entity stays text, and a thousand elements are enough" {
    printf '<DOC><TITLE>T</TITLE>1 < 2 & 3 &x; &#65;&#x42;&#0;&#150; <!-- a --> <<A>b</DOC>\n' >x
    same "$(reads '[.body, .extra]' x)" '["1 < 2 & 3 &x; AB�–  <",{"A":"b"}]'
    { printf '<DOC><TEXT>b</TEXT>'; printf '<A%d>x</A>' {1..2000}; echo '</DOC>'; } >x
    run -3 indexer read x
    same "$output" 'x:1: more than 1000 elements'
}

# ---- Markdown ----

@test "Markdown is read: front matter of both kinds, and prose without its marks" {
    reads_as_wanted pier.md
    reads_as_wanted lock.markdown
}

@test "Markdown is known by its front matter, and a text with dashes is not" {
    cp "$fixtures/feeds/pier.md" pier.txt
    cp "$fixtures/feeds/lock.markdown" lock.txt
    same "$(reads .title pier.txt lock.txt)" $'"The pier, reopened"\n"Lock closed"'
    printf -- '---\nAn otter came.\n---\n\nIt left.\n' >text.txt
    same "$(reads .title_from text.txt)" '"made"'
    printf 'An otter *came*.\n' >2024-03-25-otter.md
    same "$(reads '[.title, .body, .date]' 2024-03-25-otter.md)" \
        '["An otter came.","An otter came.","2024-03-25"]'
}

@test "a heading is the title where it comes first, pictures in it do no harm" {
    printf '# A ![gull](g.png) title\n\n# Another\n\nText.\n' >x.md
    same "$(reads '[.title, .body, .extra]' x.md)" \
        '["A title","Another\n\nText.",{"captions":"gull"}]'
    printf -- '---\ntitle: T\n---\n# Another\n\nText.\n' >x.md
    same "$(reads '[.title, .body]' x.md)" '["T","Another\n\nText."]'
}

@test "front matter that cannot be read is told with its line" {
    local row
    while IFS='|' read -r row why; do
        printf -- "$row" >x.md
        run -3 indexer read x.md
        same "$output" "x.md:1: front matter: $why"
    done <<'END'
---\ntitle: "T\n---\nText.\n|found unexpected end of stream in line 3
---\n- a\n- b\n---\nText.\n|not keys and values
---\n? [a, b]\n: c\n---\nText.\n|a key that is no text
---\na: [[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]\n---\nText.\n|more than 16 levels
+++\ntitle = "T"\nnonsense\n+++\nText.\n|not a key and a value in line 3
END
}

@test "aliases of YAML do not unfold" {
    { echo ---; echo 'a: &a [x,x,x,x,x,x,x,x,x]'
      for i in {b..k}; do echo "$i: &$i [*a,*a,*a,*a,*a,*a,*a,*a,*a]"; done
      echo ---; echo Text.; } >x.md
    [ "$(indexer read x.md | wc -c)" -lt 2000 ]
}
