"""Whatever characters a Chinese text has, it is read: no family name, beside no word, stops a document."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from indexer.extract.lexicon import phrases, ranked, words
from indexer.extract.person_han import han_persons

FAMILIES = sorted(ranked("surnames_han"))
COMMON = sorted(word for word in phrases("common_han") if len(word) <= 3)
AROUND = [
    *sorted(words("roles_han"))[:200],
    *sorted(words("sayings_han"))[:100],
    "，",
    "。",
    " ",
    "说",
    "的",
    "\n",
    "明明",
]

PIECES = st.one_of(st.sampled_from(FAMILIES), st.sampled_from(COMMON), st.sampled_from(AROUND))


def test_every_family_name_is_read_before_ordinary_words() -> None:
    for family in FAMILIES:
        for text in (f"{family}法庭。", f"{family}国家说", f"{family}明明说", f"{family}{family}国", f"律师{family}明"):
            assert all(0 <= person.start < person.end <= len(text) for person in han_persons(text))


@given(st.lists(PIECES, max_size=14).map("".join))
def test_any_run_of_names_and_words_is_read(text: str) -> None:
    persons = han_persons(text)
    assert all(0 <= person.start < person.end <= len(text) for person in persons)
    assert all(left.end <= right.start for left, right in pairwise(persons))
