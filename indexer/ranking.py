"""Every constant that decides an order, each with the measurement that set it.

Figures are nDCG@10 as ``python -m evaluation.relevance.ablation`` gives it: on every tenth query of CMRC 2018 and DRCD,
all of Cranfield (graded), the development queries, our own over the shipped collection, ``scripts`` (stretches of the
Universal Declaration in one of two scripts) and ``languages`` (names that our collection has in both languages).  One
query more or less right moves them by 0.002, 0.001, 0.002, 0.04, 0.02, 0.008 and 0.003.
"""

from __future__ import annotations

#: Saturation of BM25.  DRCD 0.9575, 0.9592, 0.9575 and CMRC 0.9758, 0.9761, 0.9782 at 0.8, 1.2 and 2.0.
K1 = 1.2

#: Weight and length norm of a text's title and body: a title is short, and says more.  At a title's weight of 1, 2 and
#: 3 Cranfield 0.3484, 0.3621 and 0.3674, CMRC 0.9881, 0.9891 and 0.9903, DRCD 0.9631, 0.9631 and 0.9637, our own
#: queries 0.9737, 0.9769 and 0.9769, development 0.9711 at each.  The norms are the usual values of BM25F.
TITLE_WEIGHT, TITLE_B = 3.0, 0.5
TEXT_WEIGHT, TEXT_B = 1.0, 0.75

#: Mentions of an entity in the text that one in the title is worth: a little more than its words.
TITLE_MENTION = 3

#: How far the length of a document counts against its mentions of an entity: a long report that names somebody ten
#: times says more of them than a short note that does so twice.  Development queries 0.949, 0.947 and 0.953 at 0.3, 0.5
#: and 0.75: the torture of a long report against the crackdown of a short one, one query each.
KEYWORD_B = 0.3

#: Weight of a match by characters against one by words: characters know no words.  CMRC 0.9759, 0.9761 and 0.9779,
#: DRCD 0.9592, 0.9592 and 0.9583 at 0.3, 0.6 and 1.0.
CHARS_BOOST = 0.8

#: What pairs of Han characters of the query are worth wherever they stand: they bridge cuts that went wrong.  DRCD
#: 0.9503, 0.9568, 0.9592 and 0.9571, CMRC 0.9730, 0.9770, 0.9761 and 0.9765 at 0, 0.3, 0.6 and 1.0.
PAIRS_LIFT = 0.5

#: Weight of a mention of the entity against the words themselves: languages 0.966, 0.955, 0.953 and 0.956 at 0.7, 0.85,
#: 0.95 and 1.2, DRCD 0.9617, 0.9623, 0.9625 and 0.9625; our own queries 0.977, and 0.978 at 1.2.
ENTITY_BOOST = 0.95

#: What the words as they were typed add to it: languages 0.9552, 0.9554, 0.9527 and 0.9502 at 0, 0.25, 0.5 and 1, CMRC
#: 0.9945, 0.9945, 0.9937 and 0.9937, DRCD 0.9615, 0.9625, 0.9625 and 0.9623.
LITERAL_LIFT = 0.25

#: What the words of the query are worth where they stand together, as a share of one word's score: scripts 0.967,
#: 0.976, 0.976 and 0.976 at 0, 0.25, 0.5 and 1, Cranfield 0.3610, 0.3612, 0.3621 and 0.3624.
PHRASE_LIFT = 0.5

#: What the script of the query adds to documents in it: of two that say the same, the exact script comes first, and of
#: two that name somebody alike, the one in the language of the query.  scripts 0.892, 0.976, 0.982, 0.987, 0.986 and
#: 0.986 at 0, 0.1, 0.3, 0.6, 1 and 2, languages 0.901, 0.913, 0.936, 0.953, 0.960 and 0.971, development 0.965, 0.965,
#: 0.971, 0.971, 0.971 and 0.971, our own queries, to which the language is one, 0.9772, 0.9772, 0.9772, 0.9769, 0.9769
#: and 0.9763.
SCRIPT_LIFT = 0.6

#: What an exact form adds to its stem, and a word that decides nothing to those that do: Cranfield 0.3614, 0.3621,
#: 0.3603 and 0.3528 at 0, 0.15, 0.3 and 0.5.
EXACT_LIFT = 0.15

#: A document has most of a query with this share of what its units tell (their inverse document frequencies): in a
#: short query, and in a long question, which has words that no answer repeats.  With 0.5 and 0.25, 0.4 and 0.2, 0.34
#: and 0.15: Cranfield 0.358, 0.362, 0.364; CMRC 0.978, 0.982, 0.986; DRCD 0.958, 0.964, 0.963; the lower they are, the
#: more queries that have no answer get one.
MOST, MOST_OF_LONG = 0.4, 0.2

#: With this many informative words, too few complete answers are filled up with most.
LONG_QUERY, FEW_ANSWERS = 4, 10

#: An unspaced Han run of up to this many characters is tried whole (measured on 852 names over 143 articles: cut into
#: jieba's words they gave 144 matches without the name, kept whole 19).
WHOLE_RUN = 4
