/*
 * A text much like most that are deflated: by its letters and repetitions, those get codes that are
 * short.  What it says is invented.
 */
#ifndef DEFLATE_SAMPLE_H
#define DEFLATE_SAMPLE_H

static const char deflate_sample[] =
    "{\"id\":\"4071\",\"path\":\"/srv/news/1998/wire-0114.jsonl\",\"language\":\"en\",\"date\":"
    "\"1998-01-14T09:30:00Z\",\"author\":\"Helen Marsh\",\"source\":\"The Halden Courier\","
    "\"entities\":[{\"type\":\"organization\",\"name\":\"Ministry of Transport\",\"aliases\":["
    "\"Transport Ministry\"],\"salience\":58,\"mentions\":{\"title\":[[0,18]],\"body\":[[31,52],"
    "[702,720]]}},{\"type\":\"person\",\"name\":\"Daniel Ortmann\",\"salience\":37,\"mentions\":{"
    "\"body\":[[164,178],[905,912],[1260,1267]]}},{\"type\":\"place\",\"name\":\"Port Selwyn\","
    "\"salience\":21,\"mentions\":{\"body\":[[88,99]]}}],\"title_from\":\"field\",\"date_from\":"
    "\"field\",\"entities_from\":\"model\",\"extra\":{\"topics\":[\"ports\",\"trade\"],\"places\":["
    "\"halden\"]}}\n"
    "Transport Ministry to rebuild the northern piers at Port Selwyn\n"
    "HALDEN, Jan 14 - The Ministry of Transport said on Wednesday it would spend 46.5 mln dlrs to "
    "rebuild two piers at Port Selwyn that were damaged in the storms of last October, and that "
    "work would begin in March.\n"
    "Daniel Ortmann, the minister, told reporters that the project would be paid for by the "
    "government and by a loan of 20 million dollars from the Coastal Development Bank. \"We have "
    "lost a quarter of our trade since the autumn,\" he said. \"Ships that used to call here every "
    "week now go to other ports, and some of them will not come back unless we act this year.\"\n"
    "The company that runs the harbour said its revenue fell 12 pct to 118.2 mln in the fourth "
    "quarter, compared with 134.3 mln a year earlier, while its net loss was 3.7 mln, or 41 cts "
    "per share. It expects to return to profit in 1999.\n"
    "Analysts said the plan was larger than had been expected. \"There is a risk that the cost "
    "will rise, as it has with most of these projects, but the alternative would be worse,\" said "
    "Ruth Calder, an economist at the University of Halden. She added that exports of grain, "
    "timber and copper had been moved by rail since November, which is about 30 percent more "
    "expensive.\n"
    "Shr 41 cts loss vs 26 cts profit. Net loss 3,702,000 vs profit 2,348,000. Revs 118.2 mln vs "
    "134.3 mln. Year: shr profit 1.09 dlrs vs 2.31 dlrs, net 9,842,500 vs 20,858,000, revs 497.6 "
    "mln vs 528.0 mln. Avg shrs 9,030,000 vs 9,029,700. Table: Jan 17,450 15.8; Feb 16,930 14.2; "
    "Mar 18,205 16.7.\n"
    "Unions representing the dock workers welcomed the announcement but asked for more details. "
    "They have called a meeting for Friday. A spokeswoman for the opposition, which has long "
    "criticised the minister over delays at the country's airports, said that the money should "
    "have been made available before the winter. Ortmann rejected this, saying that engineers "
    "needed three months to examine the foundations under water.\n"
    "The first of the new piers is to be opened by the end of August, the second one in the "
    "following spring, according to the ministry.\n";

#endif
