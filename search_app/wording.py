"""The words of the interface for values that come from the index: facets, languages, kinds, statuses.

Keys are the values of the JSON, which stay the same in every language; the texts are messages of the
catalogues.  ``N_`` only marks a text for extraction.
"""

from __future__ import annotations

from collections.abc import Mapping


def N_(message: str) -> str:
    """Mark a message for extraction and return it unchanged."""
    return message


FACETS: Mapping[str, str] = {
    "charge": N_("Charge"),
    "person": N_("Person"),
    "organisation": N_("Organisation"),
    "violation": N_("Violation"),
    "topic": N_("Topic"),
    "place": N_("Place"),
    "language": N_("Language"),
    "publisher": N_("Publisher"),
    "kind": N_("Kind of text"),
    "year": N_("Year"),
}

#: What was searched besides the words of the query.
EXPANSIONS: Mapping[str, str] = {**FACETS, "word": N_("Regional word"), "translation": N_("Translated word")}

#: What a filter asks that several bear, by facet.
QUESTIONS: Mapping[str, str] = {
    "person": N_("Which person?"),
    "organisation": N_("Which organisation?"),
    "charge": N_("Which charge?"),
    "violation": N_("Which violation?"),
    "topic": N_("Which topic?"),
    "place": N_("Which place?"),
    "publisher": N_("Which publisher?"),
}

#: Heading of a list of entities of one kind.
KINDS: Mapping[str, str] = {
    "person": N_("People"),
    "organisation": N_("Organisations"),
    "charge": N_("Charges"),
    "violation": N_("Violations"),
    "place": N_("Places"),
    "topic": N_("Topics"),
}

#: What a facet says when there is nothing to choose.
NOTHING: Mapping[str, str] = {
    "charge": N_("No charge is named in these documents."),
    "person": N_("Nobody is named in these documents."),
    "organisation": N_("No organisation is named in these documents."),
    "violation": N_("No violation is named in these documents."),
    "topic": N_("No topic was recognised in these documents."),
    "place": N_("No place is named in these documents."),
    "publisher": N_("No publisher of these documents is known."),
    "language": N_("There is nothing to choose."),
    "kind": N_("There is nothing to choose."),
}

#: The page that lists every one of a kind.
LISTS: Mapping[str, str] = {
    "person": N_("People named in these documents"),
    "organisation": N_("Organisations named in these documents"),
    "charge": N_("Charges named in these documents"),
}

#: What such a list can be ordered by.
ORDERS: Mapping[str, str] = {
    "name": N_("name"),
    "count": N_("number of documents"),
}

#: The documents of a facet that have no value of it.
WITHOUT: Mapping[str, str] = {
    "charge": N_("no charge named"),
    "person": N_("nobody named"),
    "organisation": N_("no organisation named"),
    "violation": N_("no violation named"),
    "topic": N_("no topic recognised"),
    "place": N_("no place named"),
    "publisher": N_("publisher not known"),
    "language": N_("not known"),
    "kind": N_("not known"),
    "year": N_("no date known"),
}

LANGUAGES: Mapping[str, str] = {
    "en": N_("English"),
    "zh": N_("Chinese"),
    "zh-Hans": N_("Chinese, simplified"),
    "zh-Hant": N_("Chinese, traditional"),
    "mixed": N_("Mixed"),
    "other": N_("Other"),
}

TEXTS: Mapping[str, str] = {
    "source": N_("Source"),
    "digest": N_("Summary by hrsearch"),
    "note": N_("Note by hrsearch"),
}

#: Words for the values of facets whose values are no names.
OWN_WORDS: Mapping[str, Mapping[str, str]] = {"language": LANGUAGES, "kind": TEXTS}

#: Said beside every text that hrsearch itself wrote.
BADGES: Mapping[str, str] = {
    "digest": N_("summary by hrsearch, not the source’s words"),
    "note": N_("background note by hrsearch, not a source"),
}

SORTS: Mapping[str, str] = {
    "relevance": N_("relevance"),
    "-date": N_("newest"),
    "date": N_("oldest"),
}

STATUSES: Mapping[str, str] = {
    "disappeared": N_("disappeared"),
    "summoned": N_("summoned"),
    "administratively_detained": N_("administratively detained"),
    "criminally_detained": N_("criminally detained"),
    "residential_surveillance": N_("under residential surveillance"),
    "arrested": N_("arrested"),
    "bailed": N_("released on bail"),
    "charged": N_("charged"),
    "tried": N_("tried"),
    "convicted": N_("convicted"),
    "sentenced": N_("sentenced"),
    "acquitted": N_("acquitted"),
    "released": N_("released"),
    "died_in_custody": N_("died in custody"),
}

#: What one entity of a kind is called above its name.
ONE: Mapping[str, str] = {
    "person": N_("Person"),
    "organisation": N_("Organisation"),
    "charge": N_("Charge"),
}

MODALITIES: Mapping[str, str] = {
    "stated": N_("stated by the document"),
    "reported": N_("reported by the document, from others"),
    "claimed": N_("claimed by somebody the document quotes"),
}

#: What makes two bearers look like one, what would tie them, and what speaks against it (search_app.entities.entity).
GROUNDS: Mapping[str, str] = {
    "same_characters": N_("both are written %(values)s"),
    "same_sound": N_("the characters are read like the name in Latin letters (%(values)s)"),
    "same_spelling": N_("their names are spelt alike (%(values)s)"),
    "shared_charge": N_("both are named with the charge %(values)s"),
    "shared_organisation": N_("both are named with %(values)s"),
    "shared_place": N_("both are named with %(values)s"),
    "shared_publisher": N_("both stand in documents published by %(values)s"),
    "same_role": N_("both are called %(values)s"),
    "same_birth": N_("both were born in %(values)s"),
    "same_time": N_("both stand in documents of %(values)s"),
    "not_same_as": N_("the authority files keep them apart"),
    "parted": N_("a researcher keeps them apart: %(values)s"),
    "named_together": N_("one document names both: %(values)s"),
    "different_characters": N_("their characters differ (%(values)s)"),
    "different_births": N_("they were born in different years (%(values)s)"),
    "different_times": N_("they stand in documents of different years (%(values)s)"),
    "different_roles": N_("they are described differently (%(values)s)"),
}
