# What the tests of adding share.

load helper
tested=indexer

setup_file() {
    unset PRESSMARK_INDEX
}

add() {
    indexer add -i x "$@"
}

# What jq says of the articles in x that have the word "walrus", by id.
walrus() {
    answer walrus ".hits | sort_by(.id)[] | $1" -i x
}
