#!/usr/bin/env bats
# Saved text: twenty-odd layouts with the wanted result beside each, and what holds for all.

load helper

tested=indexer
saved=$fixtures/saved

# What stands in JSON of layouts, an object each, under the name of its file.
by_name() { # FILTER
    jq -S "{(.path // input_filename | split(\"/\")[-1] | sub(\"[.][a-z]+\\\\Z\"; \"\")): $1}" "${@:2}"
}

@test "each layout gives what stands beside it" {
    by_name . "$saved"/*.json >wanted
    indexer read "$saved"/*.txt | by_name 'del(.id, .path)' >is
    diff -u wanted is
    [ "$(ls "$saved"/*.txt | wc -l)" = "$(grep -c '^{' wanted)" ]
}

# The words of the text on standard input, each once.
words() {
    grep -oE '[[:alnum:]]+' | sort -u
}

@test "no word of a layout is lost: it is in a field, or it says the date" {
    local lost=0 layout layouts=("$saved"/*.txt "$fixtures"/articles/*/*.txt)
    # What is read of each, in a file of its own.
    indexer read "${layouts[@]}" | jq -r '"\u0001", (del(.id, .path) | .. | strings)' |
        awk '/^\001$/ { close(file); file = "read-" ++n; next } { print >file }'
    [ "$(ls read-* | wc -l)" = ${#layouts[@]} ]
    local n=0
    for layout in "${layouts[@]}"; do
        n=$((n + 1))
        words <"$layout" >in
        words <read-$n >out
        comm -23 in out | grep -vixE \
            '[0-9]+|january|february|march|april|may|june|july|august|september|october|november|december|monday|thursday|by|and|par|von|tags' \
            >missing || continue
        # In natural capitals, a name is still the same.
        grep -vixFf out missing | sed "s|^|${layout##*/}: |" | grep . && lost=1
    done
    [ $lost = 0 ]
}
