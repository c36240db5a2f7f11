#!/usr/bin/env bats
# The first ten of 1,000 queries on a real corpus, from one segment and from eight.  Under a sanitizer
# it is every seventh of them, which still are of every form.

load helper

corpus=$project/../shared/corpora/reuters21578.jsonl

setup_file() {
    cd "$BATS_FILE_TMPDIR"
    [ -e "$corpus" ] || return 0
    make_index one "$corpus" || [ $? -eq 3 ] # an article there is empty
    # Slices that become smaller are never worth merging.
    awk '{ slice = 0; for (n = NR % 36; n >= 8 - slice; slice++) n -= 8 - slice
           print >("slice-" slice ".jsonl") }' "$corpus"
    for slice in {0..7}; do make_index eight "slice-$slice.jsonl" || [ $? -eq 3 ]; done
    jq -r '.title // empty' "$corpus" | make_queries >queries
    ! sanitized || sed -i -n '1~7p' queries
}

# 1,000 queries of words of the titles on standard input, of every form that there is.
make_queries() {
    awk 'BEGIN { forms = split("%1$s|%1$s %2$s|\"%1$s %2$s\"|%1$s %2$s %3$s|%1$s AND %2$s|" \
                "%1$s OR (%2$s NOT %3$s)|%1$s NEAR/5 %2$s|%4$s*|%5$s~|title:%1$s %2$s|" \
                "%1$s date:1987-03|+%1$s -%2$s %3$s|\"%1$s %2$s\"~4|%1$s^3 %2$s|=%1$s %3$s|" \
                "(%4$s* NEAR/8 %2$s) %3$s|title:(%1$s OR %2$s) %3$s|%1$s date:..1987-04-10", form, "|") }
         NR % 19 == 0 && made < 1000 {
             words = 0
             for (i = 1; i <= NF && words < 3; i++) {
                 word = tolower($i)
                 gsub(/[^a-z]/, "", word)
                 if (length(word) > 3) picked[++words] = word
             }
             if (words < 3) next
             query = form[made++ % forms + 1]
             gsub(/%1[$]s/, picked[1], query)
             gsub(/%2[$]s/, picked[2], query)
             gsub(/%3[$]s/, picked[3], query)
             gsub(/%4[$]s/, substr(picked[1], 1, 4), query)
             gsub(/%5[$]s/, picked[1], query)
             print query
         }'
}

setup() {
    cd "$BATS_FILE_TMPDIR" || return 1
    [ -e "$corpus" ] || skip "no ../shared/corpora/reuters21578.jsonl"
    not_under_valgrind "thousands of queries"
}

teardown() {
    :
}

# The first ten of each query: QUERY SCORE DATE SOURCE TITLE ID, without ranks.
first_ten() { # FOLDER [OPTION]...
    "$bin/searcher" -i "$1" -f tsv -n 10 --batch queries "${@:2}" 2>warnings || [ $? -eq 1 ]
}

@test "there are 1,000 queries, most of which find something, and one segment and eight" {
    local queries=1000
    ! sanitized || queries=143
    [ "$(wc -l <queries)" = $queries ]
    [ "$(indexer stats -i one --json | jq -c '[.articles, .segments]')" = '[21577,1]' ]
    [ "$(indexer stats -i eight --json | jq -c '[.articles, .segments]')" = '[21577,8]' ]
    [ "$(first_ten one | cut -f 1 | sort -u | wc -l)" -gt $((queries * 9 / 10)) ]
}

@test "the first ten of 1,000 queries are the same, in the same order" {
    first_ten one >is
    first_ten eight >should_be
    cmp is should_be
}

@test "sorted by date they are the same, too" {
    first_ten one --sort date >is
    first_ten eight --sort date >should_be
    cmp is should_be
}

@test "as stories they are the same, too" {
    # Each story needs all that matches: a tenth of the queries will do.
    local shown=rank,score,id,title,copies
    awk 'NR % 10 == 0' queries >tenth
    "$bin/searcher" -i one -f json --fields "$shown" --group story --batch tenth >is
    "$bin/searcher" -i eight -f json --fields "$shown" --group story --batch tenth >should_be
    cmp is should_be
}
