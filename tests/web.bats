#!/usr/bin/env bats
# What the indexer reads in web pages.  fixtures/web/NAME.json has what a person reads in NAME.html.

load helper

tested=indexer
web=$fixtures/web

# ---- pages in different habits ----

@test "each page of fixtures/web yields what stands beside it" {
    local wanted page is differs=
    for wanted in "$web"/*.json; do
        page=${wanted%.json}.html
        if jq -e .error "$wanted" >/dev/null; then
            is=$(indexer read "$page" 2>&1) || [ $? -eq 3 ]
            [[ $is == *"$(jq -r .error "$wanted")"* ]] && continue
            printf '%s: %s\n' "${page##*/}" "$is"
        else
            indexer read "$page" >line || true
            jq -S 'del(.id, .path)' line >is
            jq -S . "$wanted" | diff -u - is >difference && continue
            printf '%s:\n' "${page##*/}"
            cat difference
        fi
        differs+=" ${page##*/}"
    done
    [ -z "$differs" ] || { echo "differ:$differs"; return 1; }
}

@test "there are at least twenty pages, a wanted result beside each" {
    same "$(cd "$web" && printf '%s\n' *.html | sed 's/html$/json/')" "$(cd "$web" && ls *.json)"
    [ "$(ls "$web"/*.html | wc -l)" -ge 20 ]
}

# ---- what is a page ----

# A page with a title and a paragraph that is long enough to be an article.
page() { # TITLE TEXT
    printf '<html><head><title>%s</title></head><body><h1>%s</h1><p>%s</p>' "$1" "$1" "$2"
    for _ in 1 2 3 4 5; do printf '<p>Otters came down to the harbour on Monday to look at the boats.</p>'; done
    printf '</body></html>\n'
}

@test "a page is known by its suffix or by how it begins, and other markup is none" {
    page One 'An otter.' >a.HTM
    { printf '\n<!-- a note -->\n<?php none ?>\n<!DOCTYPE html>'; page Two 'An otter.'; } >b.txt
    { printf '\xef\xbb\xbf<HTML lang=fr>'; page Three 'An otter.'; } >c
    printf '<rss version="2.0"><channel></channel></rss>\n' >d.txt
    printf 'A line\n\nThe tag <html> begins a page.\n' >e.txt
    indexer read a.HTM b.txt c >lines
    same "$(jq -r .title lines)" $'One\nTwo\nThree'
    same "$(indexer read e.txt | jq -r .title)" 'A line'
    run indexer read d.txt
    [[ $output != *"no article found in this page"* ]]
}

@test "archives of browsers are refused with what to do" {
    printf 'MIME-Version: 1.0\n' | tee a.mht >b.mhtml
    printf 'bplist00' >c.webarchive
    run -3 indexer read a.mht b.mhtml c.webarchive
    [ "$(grep -c 'save it as a page (HTML)' <<<"$output")" = 3 ]
}

@test "--format html reads a page from standard input" {
    same "$(page One 'An otter.' | indexer read -f html - | jq -r .title)" One
}

# ---- character sets ----

# The first line of the body of a page whose head is $1, its bytes as given.
text_of() { # HEAD TEXT
    { printf '%b' "$1"; page T "$(printf '%b' "$2")"; } >page.html
    indexer read page.html | jq -r '.body | split("\n")[0]'
}

@test "the character set is what the page declares, or the bytes show" {
    same "$(text_of '<meta charset=windows-1250>' 'V \xa3odzi by\xb3o 100 wydr.')" 'V Łodzi było 100 wydr.'
    same "$(text_of '<meta http-equiv="Content-Type" content="text/html; charset=koi8-r">' '\xf7\xd9\xc4\xd2\xc1 \xd0\xd2\xc9\xdb\xcc\xc1.')" 'Выдра пришла.'
    same "$(text_of '<?xml version="1.0" encoding="iso-8859-2"?>' 'V \xa3odzi.')" 'V Łodzi.'
    same "$(text_of '' 'Sozusagen \xc3\xbcberm\xc3\xbctig.')" 'Sozusagen übermütig.'
}

@test "a declared character set that lies is seen through" {
    same "$(text_of '<meta charset=iso-8859-1>' 'Sozusagen \xc3\xbcberm\xc3\xbctig.')" 'Sozusagen übermütig.'
    same "$(text_of '<meta charset=utf-16>' 'Sozusagen \xfcberm\xfctig.')" 'Sozusagen übermütig.'
    same "$(text_of '<meta charset=klingon>' 'An otter.')" 'An otter.'
}

@test "UTF-16 with a mark is read, whatever the page declares" {
    { printf '\xff\xfe'; { printf '<meta charset=utf-8>'; page Łódź 'Wydra przyszła.'; } |
        iconv -t UTF-16LE; } >u.html
    same "$(indexer read u.html | jq -r '.title, (.body | split("\n")[0])')" $'Łódź\nWydra przyszła.'
}

# ---- pages that are broken, or mean harm ----

@test "a page may end anywhere" {
    local page=$web/many-boxes.html size at
    mkdir cuts
    size=$(wc -c <"$page")
    for ((at = 0; at < size; at += 97)); do
        head -c "$at" "$page" >"cuts/$at.html"
    done
    # All at once: it would be the same with each, but for the time to start.
    indexer read cuts >out 2>&1 || [ $? -eq 3 ]
    [ -s out ]
}

@test "a page with NUL bytes is read past them" {
    page One 'An o\0tter.' | sed 's/\\0/\x0/' >nul.html
    same "$(indexer read nul.html | jq -r '.body | split("\n") | first, last')" \
        $'An o tter.\nOtters came down to the harbour on Monday to look at the boats.'
}

@test "an empty page, and one of white space, hold no article" {
    : >a.html
    printf ' \n\n' >b.html
    run -3 indexer read a.html b.html
    [ "$(grep -c 'no article found in this page' <<<"$output")" = 2 ]
}

# Fails unless the page on standard input is done with in ten seconds of the processor, whatever
# comes of it.
soon() {
    cat >big.html
    local status=0
    in_seconds 10 "$bin/indexer" read big.html >out 2>told || status=$?
    [ "$status" = 0 ] || [ "$status" = 3 ] || { echo "exit code $status"; return 1; }
}

@test "pages that are nested a million deep take no longer than others, and are told" {
    not_under_valgrind "megabytes"
    yes '<div>' | head -n 2000000 | tr -d '\n' | soon
    grep -q 'nested more than' told
    yes '<table><tr><td>x' | head -n 500000 | tr -d '\n' | soon
    { yes '<b>' | head -n 400; yes '</i>' | head -n 200000; } | tr -d '\n' | soon
}

@test "tags of megabytes take no longer than others" {
    not_under_valgrind "megabytes"
    local before after
    before=$(page One 'An otter.')
    { printf '%s<p ' "${before%%<h1>*}"; seq -f 'a%.0f=1' 500000 | tr '\n' ' '; echo ">${before#*</head>}"; } | soon
    same "$(jq -r .title out)" One
    { printf '<p '; seq -f 'a%.0f="1"' 500000 | tr -d '\n'; echo '>'; } | soon
    { printf '<p title="'; yes 'a ' | head -c 5000000; echo '">'; } | soon
    { printf '<meta name=keywords content="'; seq 1000000 | tr '\n' ','; echo '">'; } | soon
}

@test "what is opened and never closed takes no longer than others" {
    not_under_valgrind "megabytes"
    # A sanitizer is slow without that, and sees no more in a megabyte.
    local what bytes=1000000
    ! sanitized || bytes=100000
    for what in '<!--' '<script>' '<a href="' '<' '</' '&' '&#x' '<?' '<p>' '<li>' '<br>x' '<h1>T</h1>' \
        '<time>2024</time>' '<meta name=date content=2024>' '<title>' '<a href=x>Otters swim</a><p>' \
        '<p>Related</p>' '<p>By Ann</p>' '<td>' 'x - '; do
        yes "$what" | head -c $bytes | tr -d "\n" | soon || { echo "$what"; return 1; }
    done
}

@test "JSON-LD that is deep, long or broken costs its page nothing" {
    local head
    for head in "$(printf '[%.0s' {1..5000})" "$(printf '{"@graph":%.0s' {1..500})" '{"headline":' '{{' '"' \
        '{"@type":"NewsArticle","headline":7,"author":{"name":{"name":"x"}},"datePublished":["x"]}' \
        '{"@type":["NewsArticle",7,null],"author":[null,[],"",{"@id":"#a"}],"keywords":{},"@graph":3}'; do
        { printf '<script type=application/ld+json>%s</script>' "$head"; page One 'An otter.'; } >ld.html
        same "$(indexer read ld.html | jq -r .title)" One
    done
}

@test "a date that cannot be read is told and kept, unless the page has another" {
    local soon='<script type=application/ld+json>{"@type":"NewsArticle","datePublished":"soon"}</script>'
    { echo "$soon" && page One 'An otter.'; } >one.html
    run -0 --separate-stderr indexer read one.html
    [ "$stderr" = "one.html:1: warning: the date 'soon' cannot be read, the article has none" ]
    same "$(jq -c '[.date, .extra.date]' <<<"$output")" '[null,"soon"]'
    { echo "$soon<meta name=pubdate content=2024-05-01>" && page One 'An otter.'; } >two.html
    run -0 --separate-stderr indexer read two.html
    [ -z "$stderr" ]
    same "$(jq -c '[.date, .date_from]' <<<"$output")" '["2024-05-01","meta"]'
}

@test "a byline without a mark of its own is read as in saved text" {
    local by author
    while IFS='|' read -r by author; do
        { echo '<h1>One</h1>' && echo "<p>$by" && page One 'An otter.' | sed 's/<h1>.*<.h1>//'; } >by.html
        same "$(indexer read by.html | jq -r .author)" "$author" || { echo "$by"; return 1; }
    done <<'END'
By Ana Lim and Bo Ek, Harbour desk|Ana Lim, Bo Ek
Von Jörg Müßig|Jörg Müßig
Par Élodie Brûlé|Élodie Brûlé
Por Ana Lim|Ana Lim
Door Jan Smit|Jan Smit
Von der Leyen besucht den Hafen|null
END
}
