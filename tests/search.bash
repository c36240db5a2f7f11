# What the tests of searching share.
#
# Two indexes serve them all: the archive of fixtures/, where English, French, German and Khmer
# stand together, and `small`, a few sentences that each try one thing.

load helper
tested=searcher

setup_file() {
    cd "$BATS_FILE_TMPDIR"
    make_index archive "${archive[@]}"
    cat >small.ndjson <<'END'
{"id":"us","title":"T","body":"The US sent ships to the port."}
{"id":"u.s.","title":"T","body":"The U.S. navy came too."}
{"id":"us-small","title":"T","body":"They told us nothing about boats."}
{"id":"who","title":"T","body":"The WHO warned of cholera."}
{"id":"who-small","title":"T","body":"A man who sold crabs."}
{"id":"it","title":"T","body":"The IT department slept."}
{"id":"it-small","title":"T","body":"Nobody had seen it since."}
{"id":"shout","title":"ADMIRAL TOLD US ALL ABOUT HIS PARROT","body":"Nothing else is known."}
{"id":"cafe","title":"T","body":"A cafe by the river."}
{"id":"café","title":"T","body":"A café by the bridge."}
{"id":"café-nfd","title":"T","body":"A cafe\u0301 by the gate."}
{"id":"resume","title":"T","body":"They resume talks."}
{"id":"s-typographic","title":"T","body":"Ruritania’s king sneezed."}
{"id":"s-straight","title":"T","body":"Ruritania's queen laughed."}
{"id":"s-none","title":"T","body":"Ruritania has a flag."}
{"id":"shy","title":"T","body":"A lighthouse was painted."}
{"id":"shy-hyphen","title":"T","body":"A light­house was sold."}
{"id":"zwsp","title":"T","body":"pepper​corn sauce"}
{"id":"br-defence","title":"T","body":"defence"}
{"id":"us-defense","title":"T","body":"defense"}
{"id":"br-labour","title":"T","body":"labour"}
{"id":"us-labor","title":"T","body":"labor"}
{"id":"br-centre","title":"T","body":"centre"}
{"id":"us-center","title":"T","body":"center"}
{"id":"br-organise","title":"T","body":"organised"}
{"id":"us-organize","title":"T","body":"organizing"}
{"id":"line-break","title":"T","body":"a silver\nanchor sank"}
{"id":"turned-round","title":"T","body":"an anchor of silver, an anchor silver"}
{"id":"apart","title":"T","body":"silver and an anchor"}
{"id":"two-fields","title":"Golden","body":"Trumpet sold."}
{"id":"hamlet","title":"T","body":"He asked whether to be or not to be."}
{"id":"thethe","title":"T","body":"A band called The The played."}
{"id":"fields","title":"Quince harvest","author":"Rosalind Quill","source":"Tidewater Gazette","section":"Harbours","tags":["figs","plums"],"language":"en","body":"Nothing of note."}
{"id":"body-quince","title":"T","body":"quince quill gazette harbours figs"}
{"id":"d2019","title":"T","date":"2019","body":"calendar"}
{"id":"d2019-05","title":"T","date":"2019-05","body":"calendar"}
{"id":"d2019-05-04","title":"T","date":"2019-05-04","body":"calendar"}
{"id":"d2019-05-04T23","title":"T","date":"2019-05-04T23:30:00Z","body":"calendar"}
{"id":"d2019-05-31","title":"T","date":"2019-05-31T23:59:59Z","body":"calendar"}
{"id":"d2019-06-01","title":"T","date":"2019-06-01","body":"calendar"}
{"id":"d2020","title":"T","date":"2020","body":"calendar"}
{"id":"undated","title":"T","body":"calendar"}
{"id":"hostile","title":"Title \u001b[31mred\u001b[0m \u202egnp\u202c end","author":"Bad\u001b]0;owned\u0007 Author","source":"Src\u009b31m \u2066iso\u2069","body":"A hyena \u001b[2J clears \u202e the \u200f screen\u0008\u0008 \u007f and \u009b1m more."}
{"id":"hostile \u001b[7m id","title":"T","body":"Another hyena."}
{"id":"markup","title":"Tea & <b>scones</b>","body":"An otter said \"<i>x < y & z</i>\"\n and 'left'."}
{"id":"symbols","title":"T","body":"$5 for an ocelot, or 5 €"}
{"id":"tab","title":"Left\tright","source":"A\tB","body":"A puffin\tflew."}
END
    make_index small small.ndjson
    export PRESSMARK_INDEX=$BATS_FILE_TMPDIR/archive small=$BATS_FILE_TMPDIR/small
}
