#!/usr/bin/env bats
# From names in the text to entities: what is one and the same, how it is stored, how it is found.

load helper

tested=indexer

# An article of that title and body, as JSON.
article() { # ID TITLE BODY
    jq -cn --arg id "$1" --arg title "$2" --arg body "$3" '{$id, $title, $body}'
}

# Each entity of an article of that body, "type name|alias|alias", in their order.
found() { # BODY
    article a 'Notes of the week' "$1" | indexer entities -f ndjson - |
        jq -r '.entities[] | .type + " " + ([.name] + (.aliases // []) | join("|"))'
}

has() { # LINE LIST
    grep -qxF -e "$1" <<<"$2" || { printf 'no "%s" in:\n%s\n' "$1" "$2"; return 1; }
}

ids() { # QUERY [OPTIONS]
    { searcher -i x -f ndjson "$@" || [ $? -eq 1 ]; } | jq -r '.id // empty' | sort | paste -sd ' '
}

@test "ranks and titles are no part of a person's name" {
    local names
    names=$(found 'General Mao Sophan met Prime Minister Hun Manet in Phnom Penh on Monday.')
    has 'person Mao Sophan' "$names"
    has 'person Hun Manet' "$names"
    names=$(found 'Sen. Paul Alder met Prime Minister Hun Sen. Mr. Hun Sen said that Alder came with Sen. Jane Reed.')
    has 'person Paul Alder|Alder' "$names"
    has 'person Jane Reed' "$names"
    grep -q '^person Hun Sen' <<<"$names"
    run ! grep -q 'Sen\.' <<<"$names"
    names=$(found 'It was Mr. Amartya Sen. He left. The book by Mr. Sen. He wrote it in London.')
    has 'person Amartya Sen|Sen' "$names"
    names=$(found 'Prime Minister Hun Manet met Mr. Sen. He left.')
    has 'person Sen' "$names"
}

@test "a part of a name is the person, if there is one only" {
    local names
    names=$(found 'Mr John Smith came to London. Smith said that the visit went well. John Smith left.')
    has 'person John Smith|Smith' "$names"
    names=$(found 'John Smith and Peter Smith came to London. Mr Smith said that all went well.')
    has 'person John Smith' "$names"
    has 'person Peter Smith' "$names"
    has 'person Smith' "$names"
}

@test "a firm that is called like a person is a body" {
    local names
    names=$(found 'Anna Reed, an analyst with Harlan Moore, said that prices fell. Harlan Moore sells bonds.')
    has 'organisation Harlan Moore' "$names"
    has 'person Anna Reed' "$names"
    names=$(found 'Harlan Moore lent money. The bonds were sold by Harlan Moore Capital Markets in London.')
    ! grep -q '^person' <<<"$names"
}

@test "a word that stands in small letters, too, is nobody's name" {
    local names
    names=$(found 'John Brown came to London. Mr Brown wore a brown coat, and Brown said so.')
    has 'person John Brown|Brown' "$names"
    names=$(found 'Rice for Kampot was late. The rice came by boat.')
    ! grep -q 'Rice' <<<"$names"
}

@test "an acronym is what it is short for, in brackets either way, and elsewhere" {
    local names
    names=$(found 'The Royal Cambodian Armed Forces (RCAF) trained. Officers of the RCAF said so.')
    has 'organisation Royal Cambodian Armed Forces|RCAF' "$names"
    names=$(found 'The IMF (International Monetary Fund) lent. The IMF said so.')
    has 'organisation International Monetary Fund|IMF' "$names"
    names=$(found 'The International Monetary Fund lent money to Brazil. The IMF said so.')
    has 'organisation International Monetary Fund|IMF' "$names"
    names=$(found 'The World Trade Organization (IMF) met.')
    ! grep -q 'World Trade Organization|IMF' <<<"$names"
}

@test "a country is its people and its other names" {
    local names
    names=$(found 'Cambodian officials came to Cambodia. U.S. officials came from the United States.')
    has 'place Cambodia|Cambodian' "$names"
    has 'place United States|U.S.' "$names"
    has 'place United States|U.S.A.' "$(found 'The U.S.A. sent ships. The United States said so.')"
}

@test "a quantity is no part of the name behind it" {
    local names
    names=$(found 'Rates: 0.4417 United Kingdom, 162,046 Okapi Corp shares. The 20th Century Fund met.')
    run ! grep -E '[0-9][.,][0-9]' <<<"$names"
    has 'place United Kingdom' "$names"
}

# Cases of what is found in a body, a line each: BODY|a line that is there|!one that is not|...
check_found() {
    grep . >rows
    jq -Rc '{id: "a", title: "Notes of the week", body: split("|")[0]}' rows |
        indexer entities -f ndjson - |
        jq -r '.entities | map(.type + " " + ([.name] + (.aliases // []) | join(","))) | join("\t")' >names
    [ "$(wc -l <names)" = "$(wc -l <rows)" ]
    awk -F '|' '
        NR == FNR { names[FNR] = $0; next }
        {
            n = split(names[FNR], name, "\t")
            for (i = 2; i <= NF; i++) {
                not = $i ~ /^!/
                met = 0
                for (j = 1; j <= n; j++)
                    met += not ? name[j] ~ "^(" substr($i, 2) ")$" : name[j] == $i
                if (!met == !not) {
                    print $1 "\n    " $i "\n    " names[FNR]
                    wrong = 1
                }
            }
        }
        END { exit wrong }' names rows
}

@test "a country of several words is nobody" {
    check_found <<'END'
Saudi Arabia bought oars. Nobody rowed.|place Saudi Arabia|!person .*
Saudi Arabians like oars.|!person .*
Mr Jordan bought a sail.|person Jordan|!place .*
END
}

@test "two countries that a hyphen joins are two" {
    check_found <<'END'
Rowers hailed the Cambodia-China ferry, and the Laos-South Korea one.|place Laos|place South Korea|!.*-.*
Boats of Guinea-Bissau and of Oslo sank.|place Guinea-Bissau
END
}

@test "what an office is of is no body" {
    check_found <<'END'
The frigate's captain shook hands with Thai Minister of National Defence Peter Marsh.|person Peter Marsh|!.* National Defence
Harbour owners wrote to Commerce Secretary Walter Penrose about the fee.|person Walter Penrose|!organisation Commerce
A letter reached U.S. Agriculture Secretary Ellen Marsh in Denver.|person Ellen Marsh|!organisation .*Agriculture
The tender goes to the Ministry of International Trade and Industry, which buys no boats.|organisation Ministry of International Trade and Industry|!organisation Industry
Brokers asked the Treasury for a second auction.|organisation Treasury
END
}

@test "a firm is known by words that begin or end its name, or stand behind it" {
    check_found <<'END'
Banque Penrose lent Walter Marsh an oar.|organisation Banque Penrose|person Walter Marsh
Clerks of Banque Penrose rowed. Penrose sold oars in Oslo.|organisation Banque Penrose,Penrose|!person .*
Societe Marsh and Caisse Penrose sold oars.|organisation Societe Marsh|organisation Caisse Penrose|!person .*
Oars were sold by Kennard AG of Oslo. Kennard said so.|organisation Kennard AG,Kennard|!person Kennard.*
The Harlan Moore industrial average fell in Oslo.|organisation Harlan Moore|!person .*
Francisco Sa rowed, and so did Maria de Sa.|person Maria de Sa|!organisation .*
END
}

@test "what is no body is none, nor is an acronym of it" {
    check_found <<'END'
Rowers came to the East Asia Summit in Oslo.|other East Asia Summit|!place East.*
Old sailors remember the Panama Canal Zone.|place Panama Canal Zone
The Mekong River Initiative began in Oslo.|other Mekong River Initiative|!organisation .*
Kep and Kampot now have a memorandum of understanding (MOU). Fishermen have not read the MOU.|other MOU|!organisation MOU
Growers in Kampot praised the Laos-Vietnam Free Trade Agreement (FTA). No customs office has a copy of the FTA.|other FTA|!organisation FTA
Bavet wants to be a Special Economic Zone (SEZ). Rents inside the SEZ doubled.|other SEZ|!organisation SEZ
Nothing in Cambodia's Defence Policy (2031) forbids a second dock.|!organisation Defence Policy
Two boats of the Royal Cambodian Armed Forces (RCAF) were painted.|organisation Royal Cambodian Armed Forces,RCAF
Lawyers for Belgium read the General Agreement on Tariffs and Trade (GATT) aloud, since GATT has no chapter on salt.|organisation General Agreement on Tariffs and Trade,GATT
The Institute for Public Policy counted the pots.|organisation Institute for Public Policy
END
}

@test "a kind of body alone is the longer name, or none" {
    check_found <<'END'
The European Commission wants cleaner engines. The Commission will not pay for them in Spain.|organisation European Commission,Commission
Few in the Kingdom had heard of the ferry before it left Vietnam.|!.* Kingdom
Western tourists stayed away from Kep. Western hotels closed.|!.* Western
END
}

@test "numbers and units before a name are no part of it" {
    check_found <<'END'
The clerk wrote 0.4417 United Kingdom pounds beside the price in Oslo.|place United Kingdom|!.* 0.4417.*
Cooks of the 12-nation Mekong Rice Council met in Oslo.|organisation Mekong Rice Council|!.* 12.*
Nobody kept the menu of the 1986 Tokyo Summit in Oslo.|other 1986 Tokyo Summit
The 25th Division marched past Oslo.|organisation 25th Division
Posters of 20th Century Fox covered the wall, held with tape of 3M from Oslo.|organisation 20th Century Fox
END
}

@test "a country's money is no mention of it" {
    check_found <<'END'
The ferry was worth US$44 million in Oslo.|!place United States.*|place Oslo
The pier costs U.S.$2 million or US $6 million in Oslo, and HK$9.5 million.|!place United States.*|!.* HK
She told the US that $8 million was lost.|place United States,US
END
}

@test "Korea is the one of the two that the article names" {
    check_found <<'END'
Wool came from Cambodia and from South Korea. Korean sheep are rare, and nobody in Korea counts them.|place South Korea,Korean,Korea
North Korea and South Korea sent a choir each. A Korean piano stood in Kep.|place Korea,Korean|place North Korea|place South Korea
A bus with West German plates broke down in Sri Lanka.|place Sri Lanka|place West Germany,West German
END
}

@test "a name that was torn apart or cut short is whole" {
    check_found <<'END'
Merrill Lynch and Co <MER> opened a branch in Kep. Merrill Lynch has no plans for Kampot.|organisation Merrill Lynch and Co,Merrill Lynch|!person .*|!place Co
The port of Kep let Goldman, Sachs and Co count its cranes.|organisation Goldman, Sachs and Co
Oars of Alex. Penrose and Sons Inc sank in Oslo.|organisation Alex. Penrose and Sons Inc|!person .*
Oars were sold by Alex. Penrose Inc of Oslo.|organisation Alex. Penrose Inc|!person Alex
Nobody rowed with Alex. Walter Penrose slept in Oslo.|person Alex|person Walter Penrose
It was a duel between Kennard and Penrose, Kennard and Co wrote from Boston.|!.* Penrose, Kennard and Co
END
}

@test "a state with its people in its name is whole, and no other state" {
    check_found <<'END'
Geese from the People's Republic of China landed.|place China,People's Republic of China|!place Taiwan.*
Geese from the People’s Republic of China landed. The Republic of China has swans.|place China,People’s Republic of China|place Taiwan,Republic of China
The Democratic People's Republic of Korea keeps ducks.|place North Korea,Democratic People's Republic of Korea|!organisation .*|!place South Korea.*
She went by barge to the Lao People’s Democratic Republic in May.|place Laos,Lao People’s Democratic Republic|!organisation .*
The People's Republic of Kampuchea was recognised by Vietnam.|place Cambodia,People's Republic of Kampuchea
The Mongolian People's Republic sent wool.|place Mongolia,Mongolian People's Republic
The Peoples' Republic of China sent wool.|place China,Peoples' Republic of China
A ship of the PEOPLE'S REPUBLIC OF CHINA was seen.|!place Taiwan.*
The Cambodian People's Party won. The People's Liberation Army trained.|organisation Cambodian People's Party|organisation People's Liberation Army
END
}

@test "spellings that differ by hyphens, accents and spaces are one" {
    check_found <<'END'
The choir of President Yoon Suk-yeol sang. President Yoon Suk Yeol clapped in Kep.|person Yoon Suk-yeol,Yoon Suk Yeol
A parrot of President José Sarney flew off. Children of Kep brought President Jose Sarney another.|person José Sarney,Jose Sarney
A statue of Kim Il Sung stands in Kep. President Kim Ilsung never saw it.|person Kim Il Sung,Kim Ilsung
END
}

@test "headings of tables are no people" {
    check_found <<'END'
Shr 51 cts, Shr was 62 cts|!.* Shr
Mths Shr was 51 cts, last year 62 cts.|!.* Mths.*|!.* Shr
END
}

@test "whoever has a Khmer honorific is a person, without it and whole" {
    check_found <<'END'
The visit of Samdech Moha Borvor Thipadei Hun Manet to Seoul was long.|person Hun Manet|!organisation .*
On Monday Samdech Techo Hun Sen spoke to the press.|person Hun Sen
Samdech Techo Hun Sen, President of the Senate, said so.|person Hun Sen|!place .*
Defence Minister Samdech Pichey Sena Tea Banh met him.|person Tea Banh
Samdech Kittisangahabandit Men Sam An opened the museum.|person Men Sam An
Interior Minister Samdech Krolahom Sar Kheng told the police.|person Sar Kheng
Samdech Akka Moha Sena Padei Techo Hun Sen spoke in Phnom Penh.|person Hun Sen|!place Techo
Cooks remember the then Prime Minister Hun Sen with fondness. A cook served Cambodian Prime Minister Samdech Techo Hun Sen twice.|person Hun Sen|!person Hun
Samdech Techo Hun Sen Tuesday told reporters that he was well.|person Hun Sen
Oknha Mong Reththy Group sold palm oil yesterday.|organisation Oknha Mong Reththy Group
Samdech Techo Hun Sen Visits Beijing for Talks with Xi Jinping|!person .*Visits.*
END
}

@test "the most salient comes first, for its place and for its number" {
    article a 'Old ties to Thailand' 'Officials of Vietnam came. Vietnam was glad.

    Then Laos came, and Laos went, and Laos came back to Phnom Penh.' >a.json
    indexer entities -f ndjson a.json | jq '[.entities[].salience]' >found
    jq -e '. == (sort | reverse) and min >= 0 and max <= 99' found
    same "$(indexer entities -f ndjson a.json | jq -r '.entities[0].name')" Thailand
}

@test "names are searched by their type, by what else they are called, and counted" {
    {
        article a 'The army' 'General Mao Sophan of the Royal Cambodian Armed Forces (RCAF) spoke.'
        article b 'A visit' 'Minister John Smith came to Phnom Penh. Mr Smith met Mao Sophan.'
        article c 'A walrus' 'A walrus came.'
    } | indexer add -q -i x -
    same "$(ids person:sophan)" 'a b'
    same "$(ids 'person:"mao sophan"')" 'a b'
    same "$(ids org:rcaf)" a
    same "$(ids 'org:"royal cambodian armed forces"')" a
    same "$(ids 'entity:"phnom penh"')" b
    [ -z "$(ids place:sophan)" ]
    same "$(ids 'person:="Mao Sophan"')" 'a b'
    [ -z "$(ids 'org:="Mao Sophan"')" ]
    same "$(searcher -i x -f json --facet person,entity 'person:sophan' |
        jq -c '.facets | [.person[0], (.entity | length)]')" '[{"value":"Mao Sophan","count":2},4]'
    searcher -i x walrus >out
    run ! grep -q names: out
    searcher -i x person:smith | grep -q 'names: .*John Smith'
}

@test "entities of the input win, and --entities off finds none" {
    article a T 'General Mao Sophan came to Thailand.' |
        jq -c '.entities = [{type: "ORG", name: "Okapi"}]' | indexer add -q -i x -
    same "$(ids org:okapi)" a
    [ -z "$(ids person:sophan)" ]
    article b T 'General Mao Sophan came to Thailand.' >b.json
    indexer add -q -i x --entities off b.json
    [ -z "$(ids person:sophan)" ]
    run -2 indexer add -i x --entities maybe b.json
}

@test "names that were found are in a dump, are found anew, and change no article" {
    article a T 'General Mao Sophan came to Thailand.' | indexer add -q -i x -
    indexer dump -i x >dump
    jq -e '.entities_from == "model" and (.entities | length == 2)' dump
    indexer add -i x dump 2>&1 | grep -q '1 unchanged'
    jq -c '.entities = [{type: "person", name: "Stale Name"}] | .id = "b"' dump | indexer add -q -i x -
    [ -z "$(ids person:stale)" ]
    same "$(ids person:sophan)" 'a b'
    indexer check -q -i x
}

@test "a thousand people of one name take no time" {
    for ((i = 0; i < 3000; i++)); do
        printf 'President John%s Smith%s met Smith and Mr. Smith%s (JS) in London. ' "$i" "$i" "$i"
    done | jq -Rcs '{id: "a", title: "T", body: .}' >many.json
    in_seconds 20 "$bin/indexer" entities -f ndjson many.json | jq -e '.entities | length > 100'
}

@test "a title made of the first sentence has no names of its own" {
    jq -cn '{id: "a", body: "Hun Manet came to Thailand. It rained."}' |
        indexer entities -f ndjson - | jq -c '[.entities[].mentions]' >found
    same "$(<found)" '[{"body":[[0,9]]},{"body":[[18,26]]}]'
}

# Articles that call the same by different names.
make_names() {
    {
        article both 'Drill' 'The Royal Cambodian Armed Forces (RCAF) trained at sea.'
        article long 'Visit' 'Officers of the Royal Cambodian Armed Forces came to Thailand.'
        article short 'Boats' 'Two patrol boats were handed to the RCAF in Sihanoukville.'
        article people 'Talks' 'General Mao Sophan met Thai officers in Bangkok.'
        article none 'Walrus' 'A royal walrus swam past the forces of the sea.'
    } | indexer add -q -i x -
}

tree() { # QUERY
    searcher -i x --explain-query -q "$1" 2>/dev/null
}

@test "a query that names somebody finds the articles that call them otherwise" {
    make_names
    same "$(ids rcaf)" 'both long short'
    same "$(ids --name-boost 0 rcaf)" 'both short'
    same "$(ids 'royal cambodian armed forces' | tr ' ' '\n' | grep -c short)" 1
    same "$(ids org:rcaf)" 'both long short'
    same "$(ids 'rcaf AND officers')" long
    same "$(ids place:thailand)" 'long people'
    run -2 searcher -i x --name-boost -1 rcaf
    run -2 searcher -i x --name-boost much rcaf
}

@test "--explain-query and --explain show whom a query names" {
    make_names
    same "$(tree rcaf)" '(list (word "rcaf") (name "rcaf=o" "royal cambodian armed forces=o"))'
    same "$(tree 'boats of royal cambodian armed forces')" '(list (word "boats") (word "of") (word "royal") (word "cambodian") (word "armed") (word "forces") (name "rcaf=o" "royal cambodian armed forces=o"))'
    same "$(tree 'mao sophan mao sophan')" '(list (word "mao") (word "sophan") (word "mao") (word "sophan") (name "mao sophan=p"))'
    searcher -i x --explain long -q rcaf | grep -E '^ +[0-9.]+ +may +\(name rcaf\)$'
}

@test "what is no name, or is meant as it stands, gets no clause for names" {
    make_names
    for query in walrus '"rcaf"' '+rcaf' '-rcaf' 'NOT rcaf' '=rcaf' 'title:rcaf' 'forces'; do
        [[ $(tree "$query") != *'(name'* ]] || { tree "$query"; return 1; }
    done
    # A word that is a name in few of the articles that have it.
    for ((i = 0; i < 9; i++)); do
        article "m$i" 'Notes of the week' 'A mao is a walrus, and the sophan swam, and a mao is no boat.'
    done | indexer add -q -i x -
    same "$(tree mao)" '(list (word "mao"))'
}

@test "mentions of whom a query names are marked, however they are called" {
    make_names
    show() { searcher -i x --marks '[ ]' -q "$@"; }
    show rcaf | grep -qF 'the [Royal Cambodian Armed Forces] came'
    show org:rcaf | grep -qF 'the [Royal Cambodian Armed Forces] came'
    show place:thailand | grep -qF '[Thai] officers'
    show thailand | grep -qF 'to [Thailand]'
    ! show walrus | grep -qF '[royal'
}

@test "the mentions of entities of the input are found, and say how salient they are" {
    article a 'RCAF drills' "General Sok Vannak's day.

    The Royal Cambodian Armed Forces and Neill-Sok Vannak; the rcaf, Sok Van." |
        jq -c '.entities = [{type: "person", name: "Sok Vannak"}, "Nobody",
                            {type: "org", name: "Royal Cambodian Armed Forces", aliases: ["RCAF"]}]' >a.json
    indexer add -q -i x a.json
    indexer dump -i x >dump
    same "$(jq -c '.entities[] | [.name, .salience, .mentions]' dump)" \
        '["Sok Vannak",42,{"body":[[8,18],[74,84]]}]
["Nobody",0,null]
["Royal Cambodian Armed Forces",55,{"title":[[0,4]],"body":[[35,63]]}]'
    indexer add -i x dump 2>&1 | grep -q '1 unchanged'
    indexer add -i x a.json 2>&1 | grep -q '1 unchanged'
    indexer check -q -i x
    searcher -i x --marks '[ ]' -q 'entity:rcaf' | grep -qF '[Royal Cambodian Armed Forces]'
}

@test "entity: looks in names of all types, whose words are in the index once" {
    jq -nc '{id: "a", title: "T", body: "B", entities: [
            {type: "person", name: "Mao Sophan"}, {type: "org", name: "Sophan Bank"},
            {type: "place", name: "Sophan Hill"}, {type: "law", name: "Land Act"}]},
        {id: "b", title: "T", body: "B", entities: [{type: "place", name: "Bank Street"}]}' |
        indexer add -q -i x -
    same "$(xapian-delve -a -A Z -1 x | grep -c '^ZXE.*sophan$')" 3
    same "$(ids 'entity:sophan')" a
    same "$(ids 'entity:bank')" 'a b'
    same "$(ids 'entity:ban*')" 'a b'
    same "$(ids 'entity:act')" a
    same "$(ids 'entity:="sophan bank"')" a
    same "$(ids 'entity:"sophan bank"')" a
    [ -z "$(ids 'entity:"bank sophan"')" ]
    [ -z "$(ids 'entity:"mao bank"')" ]
    same "$(ids 'entity:(mao NEAR/2 sophan)')" a
    same "$(ids 'entity:((mao OR land) NEAR/2 (sop* OR act))')" a
    same "$(ids 't -entity:sophan')" b
    [ -z "$(ids 't -entity:bank')" ]
    [ -z "$(ids 'entity:=banks')" ]
}

@test "a name of one word has no place in its field, a longer one has" {
    jq -nc '{id: "a", title: "T", body: "B", tags: ["food", "sea food"], entities: [
            {type: "place", name: "Japan"}, {type: "org", name: "Bank of Japan", aliases: ["BoJ"]}]}' |
        indexer add -q -i x -
    with_places() { grep -aoE 'Z(XE|K)[A-Z]?[a-z]+' x/segment-000001/positions.glass | sort -u; }
    same "$(with_places)" $'ZKfood\nZKsea\nZXEObank\nZXEOjapan\nZXEOof'
    same "$(ids 'entity:japan entity:boj place:japan tag:"sea food" entity:"bank of japan"')" a
    [ -z "$(ids 'place:"bank of japan"')" ]
}

# Articles of which some take the firm Harlan Moore for a man, and some spell it out.
make_firms() {
    {
        article man1 'Prices' 'Harlan Moore said on Monday that prices fell.'
        article man2 'Prices' 'Harlan Moore said on Tuesday that prices fell.'
        article man3 'Boats' 'Harlan Moore met Peter Marsh in Oslo.'
        article firm1 'Bonds' 'Bonds were sold by Harlan Moore Capital Markets in London. Harlan Moore lent money.'
        article firm2 'Bonds' 'Harlan Moore and Co opened a branch in Kep. Harlan Moore has no plans for Kampot.'
        article surname1 'Talks' 'Walter Penrose came to Oslo. Mr Penrose said that it rained.'
        article surname2 'Talks' 'A letter of Penrose and Anna Reed reached Oslo. Mr Penrose signed it.'
        article surname3 'Piers' 'Penrose Holdings Inc sold two boats. Penrose will buy a pier in Oslo.'
        article surname4 'Piers' 'Penrose Holdings Inc sold a pier. Penrose will buy boats in Oslo.'
    } | indexer add -q -i x -
}

# The figure of each value of a facet, "value count" lines.
facet() { # FACET QUERY
    searcher -i x -f json -n 0 --facet "$1" "$2" | jq -r ".facets.$1[] | .value + \" \" + (.count | tostring)"
}

@test "a firm that some articles take for a person counts as what others spell out" {
    make_firms
    same "$(facet person Oslo)" $'Anna Reed 1\nPenrose 1\nPeter Marsh 1\nWalter Penrose 1'
    has 'Harlan Moore 3' "$(facet org 'said OR Oslo')"
    has 'Harlan Moore 3' "$(facet entity 'said OR Oslo')"
    searcher -i x -f json -n 0 --facet person,org,place id:man1 |
        jq -c '[.facets.person, .facets.org, .missing.person, .missing.org, .missing.place]' >counts
    same "$(<counts)" '[[],[{"value":"Harlan Moore","count":1}],1,0,1]'
}

@test "names are told apart alike in an index of many articles" {
    make_firms
    jq -cn 'range(300) | {id: "w\(.)", title: "A walrus", body: "A walrus came."}' |
        indexer add -q -i x -
    facet person 'said OR Oslo OR lent' >people
    same "$(<people)" $'Anna Reed 1\nPenrose 1\nPeter Marsh 1\nWalter Penrose 1'
    same "$(facet org id:man1)" 'Harlan Moore 1'
    [ -z "$(facet person id:man1)" ]
}

@test "a search for a firm finds the articles that take it for a person" {
    make_firms
    same "$(ids 'org:"harlan moore"')" 'firm1 firm2 man1 man2 man3'
    same "$(ids 'org:="Harlan Moore"')" 'firm1 firm2 man1 man2 man3'
    same "$(searcher -i x -c 'org:="Harlan Moore"')" 5
    same "$(ids 'org:="Harlan Moore" said')" 'man1 man2'
    same "$(ids 'said NOT org:="Harlan Moore"')" surname1
    [ -z "$(ids 'org:="HARLÁN Moore"')" ]
    same "$(ids 'person:="Harlan Moore"')" 'man1 man2 man3'
    same "$(ids org:penrose)" 'surname3 surname4'
    same "$(ids org:=Penrose)" 'surname3 surname4'
    searcher -i x --marks '[ ]' -q 'org:"harlan moore" Monday' | grep -qF '[Harlan Moore] said'
}
