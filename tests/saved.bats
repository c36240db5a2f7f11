#!/usr/bin/env bats
# Saved text: twenty-odd layouts with the wanted result beside each, and what holds for all.

load helper

tested=indexer
saved=$fixtures/saved

# What is read of a layout, without where it is from, in the order of its keys.
read_sorted() { # FILE
    indexer read "$1" | jq -S 'del(.id, .path)'
}

@test "each layout gives what stands beside it" {
    local wrong=0 layout
    for layout in "$saved"/*.txt; do
        diff -u <(jq -S . "${layout%.txt}.json") <(read_sorted "$layout") >difference ||
            { echo "${layout##*/}:" && cat difference && wrong=1; }
    done
    [ $wrong = 0 ]
}

# The words of the text on standard input, each once.
words() {
    grep -oE '[[:alnum:]]+' | sort -u
}

@test "no word of a layout is lost: it is in a field, or it says the date" {
    local lost=0 layout
    for layout in "$saved"/*.txt "$fixtures"/articles/*/*.txt; do
        words <"$layout" >in
        read_sorted "$layout" | jq -r '.. | strings' | words >out
        comm -23 in out | grep -vixE \
            '[0-9]+|january|february|march|april|may|june|july|august|september|october|november|december|monday|thursday|by|and|par|von|tags' \
            >missing || continue
        # In natural capitals, a name is still the same.
        grep -vixFf out missing | sed "s|^|${layout##*/}: |" | grep . && lost=1
    done
    [ $lost = 0 ]
}
