#!/usr/bin/env bats
# The names that `indexer entities` finds, and the forms in which it prints them.

load helper

tested=indexer

# An article that has names of each type.
write_article() {
    cat >one.txt <<'END'
General Sok Vannak meets Ruritanian envoys

PHNOM PENH – General Sok Vannak, deputy commander of the Royal Navy of Ruritania (RNR), met envoys
of the Ministry of Commerce in Phnom Penh on Monday. “They came from Thailand,” Vannak said.

Vannak’s visit follows talks between Cambodia and Thailand.
END
}

# The names of an article, by type: "TYPE NAME" lines, sorted.
names() {
    indexer entities -f ndjson "$@" | jq -r '.entities[] | "\(.type) \(.name)"' | sort -u
}

@test "people, organisations and places are found, without the 's behind them" {
    write_article
    names one.txt >found
    cat found
    for name in 'person Sok Vannak' 'place Thailand' 'place Cambodia' \
        'place Phnom Penh' 'organisation Ministry of Commerce'; do
        grep -qxF "$name" found || { echo "no $name"; return 1; }
    done
}

@test "angle brackets around a ticker or a firm are no part of a name" {
    cat >one.ndjson <<'END'
{"id":"1","title":"Kestrel Group Inc <KGI> buys Heron Holdings <HH>","body":"Kestrel Group Inc <KGI> said it had agreed to buy the Heron Bank <HB> of Lunda. It also owns <Marlin Industries Inc> and <Otter and Sons Corp>, a spokesman for Kestrel Group Inc < KGI > said. Heron Petroleum Corp <HPC.O> was sold by <Siskin Securities Ltd>."}
END
    names one.ndjson >found
    cat found
    grep -qxF 'organisation Marlin Industries Inc' found
    run ! grep '[<>]' found
}

@test "text shows under each title its names, the most frequent first" {
    printf 'Talks in Thailand\n\nThe talks in Thailand went on. Cambodia and Thailand agreed.\n' >a.txt
    printf 'An otter\n\nAn otter came.\n' >b.txt
    same "$(indexer entities a.txt b.txt)" 'Talks in Thailand
   3  place         Thailand
   1  place         Cambodia

An otter'
}

@test "ndjson has the bytes where each name stands" {
    write_article
    indexer read one.txt >article
    indexer entities -f ndjson one.txt >found
    same "$(jq -r '.title, .id' found)" "$(jq -r '.title, .id' article)"
    [ "$(jq '.entities | length' found)" -gt 5 ]
    jq -r '.entities[] | ([.name] + (.aliases // [])) as $names | .mentions | to_entries[] |
        .key as $part | .value[] | [$part] + . + [$names | join("|")] | @tsv' found >mentions
    [ "$(wc -l <mentions)" -gt 8 ]
    while IFS=$'\t' read -r part start end names; do
        text=$(jq -j ".$part" article | tail -c +$((start + 1)) | head -c $((end - start)))
        [[ "|$names|" == *"|$text|"* ]] || { echo "$text is none of $names"; return 1; }
    done <mentions
}

@test "conll has a token a line, and --conll finds the same in it" {
    write_article
    indexer entities -f conll one.txt >found
    same "$(head -n 1 found)" '-DOCSTART- O'
    grep -qx 'Sok I-PER' found
    grep -qx '’s O' found
    cut -d ' ' -f 1 found >tokens
    indexer entities --conll tokens | cmp - found
}

@test "--conll keeps the columns of a line and its empty lines" {
    printf 'In\tIN\tO\nThailand\tNNP\tB-geo\r\n\n\nThailand NNP\n' >tokens
    same "$(indexer entities --conll tokens)" \
        $'In\tIN\tO O\nThailand\tNNP\tB-geo B-LOC\n\n\nThailand NNP B-LOC'
    same "$(indexer entities --conll - <tokens | tail -n 1)" 'Thailand NNP B-LOC'
}

@test "--conll of what is not there is no input, of nothing a mistake in usage" {
    run -66 indexer entities --conll absent
    run -2 indexer entities --conll
    run -2 indexer entities
    run -2 indexer entities -f xml one.txt
}

@test "a bad record is told and passed over" {
    printf '{"title":"T","body":"In Thailand."}\n{oops\n' >some.ndjson
    run -3 --separate-stderr indexer entities -f ndjson some.ndjson
    same "$(jq -r '.entities[].name' <<<"$output")" Thailand
    [[ $stderr == "some.ndjson:2: "* ]]
}

@test "other languages go by rules: runs of capitals, confirmed where a sentence begins" {
    printf '%s\n' '{"language":"fr","title":"Une visite","body":"Le ministre Paul Dupont est venu.' \
        'Dupont a parlé de la Banque de Lunda. Hier, la pluie tombait."}' | tr '\n' ' ' >fr.ndjson
    same "$(names fr.ndjson)" $'other Banque de Lunda\nother Dupont\nother Paul Dupont'
    same "$(names --rules fr.ndjson)" "$(names fr.ndjson)"
}

@test "by rules, text without small letters has no names" {
    printf '{"language":"fr","title":"UNE VISITE A LUNDA","body":"PAUL DUPONT EST VENU."}' >fr.json
    same "$(indexer entities -f ndjson fr.json | jq -c .entities)" '[]'
}

@test "names are shown on one line, without what steers a terminal" {
    printf '{"title":"T","body":"The ministers of both countries met the \\u001b[31mfarmers of the north in Phnom\\nPenh today."}' >odd.json
    indexer entities odd.json >found
    grep -q 'Phnom Penh' found
    ! grep -q $'\e' found
}

@test "what is found in the data does not get worse" {
    [ -d "$project/../shared/ner" ] || skip "no ../shared/ner"
    not_under_valgrind "a hundred thousand tokens"
    local set typed span
    while read -r set typed span; do
        indexer entities --conll "$project/../shared/ner/$set/test.conll" >found
        python3 "$project/../shared/score_ner.py" "$project/../shared/ner/$set/test.conll" found |
            awk -v typed="$typed" -v span="$span" \
                '{ print; exit !($8 >= typed && $11 >= span) }' || { echo "$set"; return 1; }
    done <<'END'
gmb 84 90
wikigold 50 75
crossner-politics 65 75
END
}

@test "what is found in an article does not depend on those before it" {
    write_article
    # The same words, with other marks: their hashes are the same.
    sed 's/’/´/g; s/“/«/g; s/”/»/g; s/–/—/g' one.txt >other.txt
    cat >first.txt <<'END'
Ibrahim Pasha’s men

“Ibrahim Pasha” of Ismir met «Isa Bey» – and İbrahim Paşa’s “Isa Bey” – in Izmir.
END
    cat >second.txt <<'END'
İbrahim Pasha's men

«İbrahim Pasha» of İsmir met “İsa Bey” — and Ibrahim Paşa's »İsa Bey« — in İzmir.
END
    for article in one.txt other.txt first.txt second.txt; do
        indexer entities -f conll $article >alone
        for before in one.txt other.txt first.txt second.txt; do
            indexer entities -f conll $before $article >after
            same "$(tail -n "$(wc -l <alone)" after)" "$(cat alone)"
        done
    done
}
