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
