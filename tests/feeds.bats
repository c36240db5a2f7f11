#!/usr/bin/env bats
# Feeds and agencies' XML: RSS, Atom, NITF, NewsML-G2, and what hostile or broken ones may cost.

load helper

tested=indexer

# ---- what is read ----

@test "a byline in the key of an author is its name" {
    cat >lines.ndjson <<'END'
{"id":"a","title":"T","byline":"By Sok Dara"}
{"id":"b","title":"T","author":"BY SOK DARA, Wire"}
{"id":"c","title":"T","author":"By our correspondent"}
{"id":"d","title":"T","author":"Bytes Limited"}
{"id":"e","title":"T","author":"By"}
{"id":"f","title":"T","authors":["By Sok Dara","By Chan Mony"]}
END
    "$bin/indexer" add -q -i named lines.ndjson
    same "$("$bin/indexer" dump -i named | jq -r '"\(.id) \(.author)"' | sort)" \
        "$(printf '%s\n' 'a Sok Dara' 'b SOK DARA, Wire' 'c By our correspondent' 'd Bytes Limited' 'e By' \
            'f Sok Dara, Chan Mony')"
}

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

# ---- records ----

# A feed of one good item, of what is on standard input, and of another good one.
between() {
    printf '<?xml version="1.0"?>\n<rss version="2.0"><channel><title>S</title>\n'
    printf '<item><title>first</title></item>\n'
    cat
    printf '\n<item><title>last</title></item>\n</channel></rss>\n'
}

# The titles of those that can be read, on one line, and the places of those that cannot.
read_places() { # PATH [OPTION]...
    local path=$1
    shift
    indexer read --errors bad.ndjson "$@" "$path" >good.ndjson 2>err.txt || [ $? -eq 3 ]
    printf '%s;%s' "$(jq -r .title good.ndjson | paste -s -d ' ')" \
        "$(jq -r '"\(.line):\(.byte):\(.code)"' bad.ndjson | paste -s -d ' ')"
}

@test "a malformed item costs itself alone, and its place is told" {
    local row
    while IFS= read -r row; do
        between <<<"$row" >feed.xml
        same "$row $(read_places feed.xml)" "$row first last;4:101:syntax"
        [ "$(wc -l <err.txt)" -le 2 ]
    done <<'ROWS'
<item><title>a<b></title></item>
<item><title>never ended</title>
<item a="forgotten><title>a</title></item>
<item><title>a</title></item b
<item></title></item>
<item><title a=1>a</title></item>
<item></channel></rss></item>
ROWS
}

@test "the line of a fault inside an item is told" {
    between <<<$'<item>\n<title>a</title>\n<b></c>\n</item>' >feed.xml
    same "$(read_places feed.xml)" "first last;6:101:syntax"
    [[ $(cat err.txt) == "feed.xml:6: not well-formed: <b> ends with </c>"* ]]
}

@test "what only looks like the end or the beginning of an item is none" {
    local row
    while IFS= read -r row; do
        between <<<"$row" >feed.xml
        same "$row $(read_places feed.xml)" "$row first middle last;"
    done <<'ROWS'
<item><title>middle</title><description><![CDATA[</item> <item>]]></description></item>
<item><title>middle</title><!-- </item> --></item>
<!-- <item><title>no</title></item> --><item><title>middle</title></item>
<item><title>middle</title><?x </item> ?></item>
<item a="/>]]>"><title>middle</title></item>
<item a='>"'><title>middle</title></item>
<x:item xmlns:x="urn:other"><x:title>no</x:title></x:item><item><title>middle</title></item>
<item><title>middle</title><x:item xmlns:x="urn:other"/></item>
<items><title>no</title></items><item ><title>middle</title></item >
<rss:item><rss:title>middle</rss:title></rss:item>
<r:item xmlns:r="http://purl.org/rss/1.0/"><r:title>middle</r:title></r:item>
ROWS
}

@test "common faults are mended" {
    local row
    while IFS='|' read -r row wanted; do
        printf "$row" | between >feed.xml
        same "$row|$(read_places feed.xml)" "$row|first $wanted last;"
    done <<'ROWS'
<item><title>fish & chips</title></item>|fish & chips
<item><title>AT&T; x</title></item>|AT&T; x
<item><title>a < b</title></item>|a < b
<item><title>caf&eacute;&hellip;</title></item>|café…
<item><title>a\001\013b</title></item>|ab
<item><title><![CDATA[a\002b & c]]></title></item>|ab & c
<item><title>&#146;s</title></item>|’s
<item><title>a&#0;b&#xD800;c</title></item>|a�b�c
<item><title>a]]>b</title></item>|a]]>b
<item><title><![CDATA[a]]]]><![CDATA[>b]]></title></item>|a]]>b
<item><title>a\xef\xbf\xbfb</title></item>|ab
<item><media:x/><title>unbound</title></item>|unbound
<item><link a="x&y"/><title>b</title></item>|b
ROWS
}

@test "a feed that is cut short keeps what came before, and fails once" {
    local wanted
    wanted=$(between <<<'<item><title>a</title></item>')
    printf '%s' "${wanted%t</title>*}" >feed.xml
    same "$(read_places feed.xml)" "first a;6:132:syntax"
    printf '%s' "${wanted%</rss>*}" >feed.xml
    same "$(read_places feed.xml)" "first a last;7:175:syntax"
    [[ $(cat err.txt) == *"the document ends before its <rss> does"* ]]
}

@test "an empty feed has no articles, and that is no fault" {
    printf '<?xml version="1.0"?><rss version="2.0"><channel/></rss>' >feed.xml
    printf '<feed xmlns="http://www.w3.org/2005/Atom"/>' >feed.atom
    same "$(indexer read feed.xml feed.atom; echo $?)" 0
}

@test "feeds one behind the other are read, each with its own head" {
    sed 's/<title>S/<title>Other/' <(between <<<'') | cat <(between <<<'') - >two.xml
    same "$(reads_source two.xml)" 'S S Other Other'
}

reads_source() {
    indexer read "$1" | jq -r .source | paste -s -d ' '
}

@test "a feed of UTF-16 is read, whatever its declaration says" {
    between <<<'<item><title>សំណាង</title></item>' |
        sed 's/version="1.0"?/version="1.0" encoding="UTF-16"?/' | iconv -t UTF-16 >feed.xml
    same "$(read_places feed.xml)" "first សំណាង last;"
}

# ---- which files are XML ----

@test "the root says which format it is, and --format may insist" {
    local row
    while IFS='|' read -r row wanted; do
        printf "$row" >file
        run --separate-stderr indexer read file
        same "$row|$(jq -r .title <<<"$output")$stderr" "$row|$wanted"
    done <<'ROWS'
<?xml version="1.0"?><svg/>|file:1: XML, but not RSS, Atom, NITF or NewsML-G2 (root <svg>)
<urlset xmlns="x"><url/></urlset>|file:1: XML, but not RSS, Atom, NITF or NewsML-G2 (root <urlset>)
<?xml version="1.0"?>|file:1: not XML: it has no element
 <!-- x --><?y?><!DOCTYPE nitf [<!ENTITY a "]>">]><nitf><head><title>T</title></head></nitf>|T
A text that mentions <rss><channel><item> is a text|A text that mentions <rss><channel><item> is a text
<b>Bold</b> words begin this one|<b>Bold</b> words begin this one
<!-- not --> XML <rss/> at all|<!-- not --> XML <rss/> at all
<3 is a heart <rss/>|<3 is a heart <rss/>
ROWS
    printf '<all><nitf><head><title>T</title></head></nitf></all>' >file
    same "$(indexer read -f nitf file | jq -r .title)" T
    run -3 indexer read -f rss file
    [[ $output == "file:1: XML without any <item> (root <all>)"* ]]
    printf 'words' >file
    run -3 indexer read -f atom file
    [[ $output == "file:1: not XML: it has no element"* ]]
}

@test "an item alone in its file has the file's name for an id, one of a feed has not" {
    printf '<nitf><head><title>T</title></head></nitf>\n' >2024-05-06-one.xml
    between <<<'' >2024-05-07-feed.xml
    same "$(indexer read 2024-05-06-one.xml | jq -r '"\(.id) \(.date)"')" "$PWD/2024-05-06-one.xml 2024-05-06"
    same "$(indexer read 2024-05-07-feed.xml | jq -r .date | uniq)" null
}

# ---- hostile ones ----

# Reads within so many seconds of the processor, and in one GB of addresses; a sanitizer needs more.
within() { # SECONDS PATH
    local seconds=$1 memory=1000000
    ! sanitized || { seconds=$((seconds * 6)); memory=unlimited; }
    (ulimit -t "$seconds" -v "$memory"
        exec "$bin/indexer" read --errors bad.ndjson "$2" >good.ndjson 2>err.txt) || [ $? -eq 3 ]
    printf '%s;%s' "$(jq -r .title good.ndjson | paste -s -d ' ' | cut -c 1-60)" \
        "$(jq -r '"\(.line):\(.code)"' bad.ndjson | paste -s -d ' ')"
}

@test "entities of a DOCTYPE are not expanded: no amplification, no file is read" {
    not_under_valgrind "megabytes of hostile XML"
    {
        echo '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa">'
        for i in {1..20}; do echo "<!ENTITY a$i '&a$((i - 1));&a$((i - 1));&a$((i - 1));'>"; done
        echo '<!ENTITY host SYSTEM "file:///etc/hostname"><!ENTITY % p SYSTEM "file:///etc/hostname"> %p;'
        echo ']><rss><channel><title>&a20;</title>'
        echo '<item><title>first</title></item>'
        echo '<item><title>&a20;</title></item>'
        echo '<item><title>&host;</title></item>'
        echo '<item><title a="&a20;">x</title></item>'
        echo '<item><title>last</title></item></channel></rss>'
    } >feed.xml
    same "$(within 5 feed.xml)" "first last;25:syntax 26:syntax 27:syntax"
    [[ $(cat err.txt) == *"it uses '&host;' of its DOCTYPE, which is not expanded"* ]]
    ! grep -qF "$(cat /etc/hostname)" good.ndjson
}

@test "one entity used a million times costs one item" {
    not_under_valgrind "megabytes of hostile XML"
    {
        printf '<!DOCTYPE rss [<!ENTITY a "%s">]><rss><channel>\n' "$(head -c 50000 /dev/zero | tr '\0' a)"
        printf '<item><title>%s</title></item>\n' "$(yes '&a;' | head -100000 | tr -d '\n')"
        echo '<item><title>last</title></item></channel></rss>'
    } >feed.xml
    same "$(within 5 feed.xml)" "last;2:syntax"
}

@test "nesting, attributes, tags and bytes without end cost one item and little time" {
    not_under_valgrind "megabytes of hostile XML"
    # The last four are tens of megabytes, with the same limit as tags.
    local what kinds='depth html attributes tags values quotes comments spaces many bytes text'
    ! sanitized || kinds=${kinds% spaces*}
    for what in $kinds; do
        case $what in
        depth) yes '<b>' | head -100000 | tr -d '\n' ;;
        html) printf '<description><![CDATA[%s%s' "$(yes '<b>' | head -100000 | tr -d '\n')" \
            "$(yes '</i>' | head -100000 | tr -d '\n')" ;;
        attributes) printf '<b'; seq -f ' a%g=""' 100000 | tr -d '\n'; printf '/>' ;;
        spaces) seq -f '<b xmlns:a%g="x"/>' 100000 | tr -d '\n' ;;
        tags) yes '<b/>' | head -2000000 | tr -d '\n' ;;
        many) yes "<b $(seq -f 'a%g=""' 150 | paste -s -d ' ')/>" | head -10000 | tr -d '\n' ;;
        text) yes '<![CDATA[<]]>' | head -3000000 | tr -d '\n'; head -c 11000000 /dev/zero | tr '\0' '<' ;;
        bytes) head -c 70000000 /dev/zero | tr '\0' a ;;
        values) seq 200000 | sed 's|.*|<category>&</category><author>&</author>|' | tr -d '\n' ;;
        quotes) printf '<description><![CDATA[%s' "$(yes '<a b="' | head -200000 | tr -d '\n')" ;;
        comments) printf '<description><![CDATA[%s' "$(yes '<!-- <script> ' | head -200000 | tr -d '\n')" ;;
        esac >inner
        case $what in html | quotes | comments) printf ']]></description>' >>inner ;; esac
        { printf '<item><title>a</title>'; cat inner; printf '</item>'; } | between >feed.xml
        case $what in
        html | values | quotes | comments) same "$what $(within 10 feed.xml)" "$what first a last;" ;;
        depth) same "$what $(within 10 feed.xml)" "$what first last;4:syntax" ;;
        *) same "$what $(within 10 feed.xml)" "$what first last;4:too-large" ;;
        esac
    done
}

@test "markup without end before the root, and between items, is no more than read" {
    not_under_valgrind "megabytes of hostile XML"
    # A sanitizer sees the same in a tenth.
    local mega=1000000
    ! sanitized || mega=100000
    printf '<?xml version="1.0"?><!DOCTYPE rss [ <!ENTITY a "' >feed.xml
    head -c $((100 * mega)) /dev/zero | tr '\0' a >>feed.xml
    same "$(within 10 feed.xml)" ";1:syntax"
    { printf '<!-- '; head -c $((100 * mega)) /dev/zero | tr '\0' a; printf -- '-->'; } | between >feed.xml
    same "$(within 10 feed.xml)" "first last;"
    yes '<b>' | head -$mega | tr -d '\n' | between >feed.xml
    same "$(within 10 feed.xml)" "first last;7:syntax"
}
