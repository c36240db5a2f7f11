#!/usr/bin/env bats
# Each command of the indexer under valgrind, with each format, and with what is odd and broken.

load ../valgrind
tested=indexer

# Input that is odd in its bytes, its keys, its dates or its form; some of it is no article.
odd_input() {
    mkdir odd
    cat >odd/keys.ndjson <<'END'
{"id":"unknown","title":"T","desk":"coast","Desk":"sea","":"nothing","page":{"of":[1,[2,{"three":null}]]}}
{"id":4711,"headline":"H","content":["one","two"],"byline":[{"name":"A"},"B"],"publisher":"S","keywords":"a, b ,,c"}
{"id":"dates","title":"T","date":"2024-05-01T10:30:00+07:00","published":"2023","pubDate":"bad"}
{"id":"bad date","title":"T","date":"next tuesday"}
{"id":"no day","title":"T","date":"2024-13-45"}
{"id":"numbers","title":"T","a":9007199254740993,"b":1e15,"d":-0.0,"e":1e300,"g":1e-300,"h":1E3,"i":-5}
{"id":"groups","title":"T","entities":{"person":["A","B"],"place":[{"name":"C"}]}}
{"id":"names","title":"RCAF drills","body":"General Sok Vannak of the Royal Cambodian Armed Forces (RCAF).","entities":[{"type":"org","name":"Royal Cambodian Armed Forces","aliases":["RCAF"]},"Nobody"]}
{"id":"control","title":"a\u0001\u001f\u007fb","body":"x\u0000y\u0002\tz\r\nnew\r\rline\u2028\u202e\ufeff"}
{"id":"escapes","title":"\"\\\/\b\f","body":"<>&'\u00e9\ud83d\ude00 \ud800 \\u0041"}
{"id":"language","title":"T","language":"klingon","lang":"fr","body":"l'armée des journaux"}
{"id":"khmer","title":"សហគមន៍នេសាទ","body":"ទន្លេសាប light­house pepper​corn cafe\u0301"}
{"id":"twice","title":"T","body":"early"}
{"id":"twice","title":"T","body":"late"}
{"id":"margins","title":"T","author":"Sok Dara","captions":["A heron wades."],"section":"S","path":"p","url":"u"}
{"id":"empty","title":"","body":""}
{"id":"no text"}
{"body":{"x":1}}
{broken
[1,2]
"END"
END
    printf '{"id":"long%s","body":"%0300d %01000d"}\n' 1 7 8 2 9 6 >odd/long.ndjson
    printf 'Walrus elected\r\n\r\nThe walrus won in St. Ives.\r\nNobody minded.\r\n' >odd/crlf.txt
    printf 'A walrus \xff\xfe in the caf\xe9 there, said Fran\xe7ois.\n' >odd/latin.txt
    printf 'A walrus – “large” – in the café \xff\xfe there.\n' >odd/damaged.txt
    printf '\xef\xbb\xbfMark\n\nA walrus.' >odd/mark.txt
    printf '\xff\xfeW\0a\0l\0r\0u\0s\0' >odd/utf-16.txt
    printf 'PK\0\0walrus\0' >odd/binary.txt
    printf '[Photo: a walrus on the ice]\n' >odd/bracket.txt
    printf '[\n {"id":"e1","body":"walrus"},\n {"id":"e2","body":walrus},\n {"id":"e3"' >odd/cut.json
    printf '<?xml version="1.0"?>\n<rss version="2.0"><channel><item><title>a<b></title></item>
        <item><title>never ended</title>' >odd/cut.xml
    printf '<html><body><h1>Open<p>a <b>walrus' >odd/cut.html
    printf 'id,title,body\n1,"open,walrus\n' >odd/cut.csv
    printf -- '---\ntitle: [\n---\nA walrus.\n' >odd/cut.md
    head -c 3000 "$fixtures/feeds/hafen.csv" | tr 'a' '\351' >odd/charset.csv
    head -c 5000 /dev/zero | tr '\0' '[' >odd/deep.json
    : >odd/nothing.txt
}

@test "all formats, what is odd and what is broken are read and added" {
    odd_input
    ends_with 3 indexer add -i x --json --errors bad.ndjson "${archive[@]}" "$fixtures/feeds" \
        "$fixtures/saved" "$fixtures/web" "$project/tests/fuzz/seeds" odd >summary 2>told
    holds '.added > 150 and .failed > 10' <summary
    holds '.code' <bad.ndjson
    ends_with 3 indexer read --retry bad.ndjson >again.ndjson
    ends_with 0 indexer check -i x
    ends_with 0 indexer dump -i x >one.ndjson
    ends_with 0 indexer stats -i x --json >stats
    holds '.articles > 150' <stats
    # The dump comes in with little memory, so that its words wait in files and are merged.
    ends_with 0 indexer add -q -i again --memory=1K --jobs=3 one.ndjson
    "$bin/indexer" dump -i again | cmp - one.ndjson
}

@test "articles are replaced, deleted, merged, written anew and followed" {
    mkdir files
    cp "$fixtures"/articles/halden/* "$fixtures"/json/* files
    ends_with 0 indexer sync -q --apply -i x files
    "$bin/indexer" dump -i x | jq -c '.body += " Corrected."' >corrected.ndjson
    head -n 3 corrected.ndjson >files/new.ndjson
    rm "$(find files -name '*.txt' | sort | head -n 1)"
    ends_with 0 indexer sync -i x files
    ends_with 0 indexer sync -q --apply --writer=api -i x files
    ends_with 0 indexer add -q -i x --publish-every 2 --boost title=3 - \
        < <(tail -n +4 corrected.ndjson | head -n 7)
    ends_with 3 indexer delete -q -i x nobody "$(tail -n 1 corrected.ndjson | jq -r .id)"
    ends_with 0 indexer delete -i x --query '"coastal guard" OR ferry'
    ends_with 0 indexer stats -i x
    ends_with 0 indexer check -i x
    ends_with 0 indexer compact -i x
    ends_with 0 indexer check -q -i x
}

@test "names are found by the model and by rules, and tokens are tagged" {
    ends_with 0 indexer entities -f ndjson "$fixtures/wire.ndjson" >model
    holds '.entities | length > 0' <model
    ends_with 0 indexer entities --rules "$fixtures/articles/halden"
    ends_with 0 indexer entities -f conll "$fixtures/articles/halden" >tokens
    ends_with 0 indexer entities --conll tokens >tagged
    [ -s tagged ]
}

@test "a damaged index is told of, and so is a command line that makes no sense" {
    make_index x "$fixtures/wire.ndjson"
    head -c 8192 /dev/zero | tr '\0' '\377' |
        dd of=x/segment-000001/postlist.glass bs=8192 conv=notrunc status=none
    truncate -s 9000 x/segment-000001/docdata.glass
    ends_with 70 indexer check -i x
    ends_with '70 74' indexer dump -i x
    ends_with 2 indexer add -i x --boost nose=2 "$fixtures/wire.ndjson"
    ends_with 66 indexer add -i y nowhere
}
