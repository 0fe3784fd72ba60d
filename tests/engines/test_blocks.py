"""What is written many numbers or keys at a time is what pickle and Whoosh would write, or read the same."""

from __future__ import annotations

import pickle
from itertools import accumulate, chain, pairwise
from pathlib import Path

import numpy as np
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from whoosh.filedb.filestore import FileStorage
from whoosh.filedb.filetables import OrderedHashReader
from whoosh.formats import Positions
from whoosh.util.numeric import byte_to_length, length_to_byte

from indexer.engines.whoosh.inverted import Inverted, offsets
from indexer.engines.whoosh.pickles import Stream, integers, positions
from indexer.engines.whoosh.stock import _decode_positions
from indexer.engines.whoosh.terms import TermTable

#: Numbers that take one, two and four bytes.
numbers = st.one_of(st.integers(0, 300), st.integers(0, 70_000), st.integers(0, 2**31 - 1))


@given(st.lists(numbers, min_size=1))
def test_pickled_numbers_are_read_back(listed: list[int]) -> None:
    stream = integers(np.array(listed, np.int32))
    assert [pickle.loads(one + b".") for one in _apart(stream)] == listed


def _apart(stream: Stream) -> list[bytes]:
    """Return the pickle of each number, written with a byte left free before it."""
    many = len(stream.ends) - 1
    written = np.zeros(stream.ends[-1] + many, np.uint8)
    stream.write(written, 1 + np.arange(many))
    starts = (stream.ends[:-1] + np.arange(many)).tolist()
    assert not written[starts].any()
    return [written[start + 1 : end].tobytes() for start, end in pairwise([*starts, len(written)])]


steps = st.lists(st.one_of(st.integers(1, 40), st.integers(1, 70_000)), min_size=1, max_size=90)


@given(st.lists(steps, min_size=1, max_size=5))
@example([[1] * 240, [3], [1] * 255, [2] * 256, [1, 70_000], [1] * 70_000, [300] * 4])
def test_whoosh_reads_the_positions(listed: list[list[int]]) -> None:
    expected = [list(accumulate(one)) for one in listed]
    counts = np.array(list(map(len, listed)), np.int32)
    stream = positions(np.concatenate([np.array(one, np.int32) for one in listed]), counts)
    values = [pickle.loads(one + b".") for one in _apart(stream)]
    reader = Positions()
    assert [reader.decode_positions(value) for value in values] == expected
    assert [reader.decode_frequency(value) for value in values] == counts.tolist()
    for written in (values, [reader.encode(one) for one in expected]):
        assert _decode_positions(written).tolist() == list(chain.from_iterable(expected))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sets(st.binary(min_size=1, max_size=3), min_size=1, max_size=400), st.integers(1, 9))
def test_whoosh_finds_every_key_of_a_table(tmp_path: Path, found: set[bytes], portion: int) -> None:
    keys = sorted(found)
    storage = FileStorage(str(tmp_path))
    table = TermTable(storage.create_file("table"))
    for at in range(0, len(keys), portion):
        some = keys[at : at + portion]
        table.extend(some, np.array([key.ljust(4, b".") for key in some]))
    table.close()
    reader = OrderedHashReader(storage.open_file("table"))
    try:
        assert list(reader.items()) == [(key, key.ljust(4, b".")) for key in keys]
        assert all(reader[key] == key.ljust(4, b".") for key in keys)
        assert b"none such" not in reader
        assert [reader.closest_key(key) for key in keys] == keys
    finally:
        reader.close()


@given(st.lists(st.lists(st.integers(1, 5), min_size=1, max_size=6), min_size=1, max_size=9), st.integers(1, 20))
def test_portions_are_the_lists_again(counts: list[list[int]], size: int) -> None:
    flat = [count for term in counts for count in term]
    whole = Inverted(
        [bytes([number]) for number in range(len(counts))],
        offsets(np.array(list(map(len, counts)))),
        np.concatenate([np.arange(len(term), dtype=np.int32) for term in counts]),
        np.array(flat, np.int32),
        np.arange(sum(flat), dtype=np.uint32),
        np.zeros(1, np.int64),
    )
    portions = list(whole.portions(size))
    for name in ("documents", "counts", "places"):
        assert np.array_equal(np.concatenate([getattr(one, name) for one in portions]), getattr(whole, name))
    assert [term for one in portions for term in one.terms] == whole.terms
    assert [many for one in portions for many in np.diff(one.bounds).tolist()] == list(map(len, counts))
    largest = max(map(sum, counts))
    assert all(one.places is not None and len(one.places) < size + largest for one in portions)


def test_a_length_is_noted_as_the_byte_that_whoosh_makes_of_it() -> None:
    assert [length_to_byte(byte_to_length(byte)) for byte in range(256)] == list(range(256))
