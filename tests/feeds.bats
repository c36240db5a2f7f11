#!/usr/bin/env bats
# Feeds and agencies' XML: RSS, Atom, NITF, NewsML-G2, and what hostile or broken ones may cost.

load helper

tested=indexer

# ---- what is read ----

# An article that has no id in the feed has one made of its content, which is not compared.
@test "every feed among the fixtures gives the articles beside it" {
    local wanted feed is wrong=
    for wanted in "$fixtures"/feeds/*.wanted.ndjson; do
        feed=$(echo "${wanted%.wanted.ndjson}".[!w]*)
        is=$(indexer read "$feed" 2>/dev/null |
            jq -cS 'del(.path) | if .id | test("^[0-9a-f]{32}$") then del(.id) else . end')
        same "$is" "$(jq -cS . "$wanted")" || wrong+=" ${feed##*/}"
    done
    echo "differ:$wrong"
    [ -z "$wrong" ]
}
