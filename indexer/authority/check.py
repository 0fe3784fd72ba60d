"""Are the authority files in order?  Finds what is wrong in them, with file, line and remedy.

``check`` is the one door.  Loading stops at what it cannot read; this room reads on and also sees what only shows
across records: order, missing sources, names that two records share, ids that lead nowhere, scripts that differ.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from indexer.authority.parted import FILE as PARTED
from indexer.authority.parted import read as read_parted
from indexer.authority.records import AuthorityRecord, line_of, record_of
from indexer.authority.selective import expand
from indexer.fold import fold_text, is_han
from indexer.model import KINDS, PLURAL, Kind

#: A line of a file's header that explains keys: their names, then at least two spaces, then the explanation.
_EXPLAINED = re.compile(r"#\s+([a-z_]+(?:,\s*[a-z_]+)*),?\s{2,}\S")
#: Keys whose values are ids, and the kind they belong to; None is any kind.
_ID_KEYS: Mapping[str, Kind | None] = {
    "see": None,
    "not_same_as": None,
    "family": "charge",
    "law": "topic",
    "also_law": "topic",
    "within": "place",
    "country": "place",
}
#: Kinds whose Chinese names are words of one language, so that both scripts must list the same forms.  Names of
#: persons, organisations and places differ between the mainland, Hong Kong and Taiwan.
_SAME_IN_BOTH_SCRIPTS = frozenset(("charge", "violation", "topic"))


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing to put right: the file's name, the line of its record (1-based), what is wrong and the remedy."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}, line {self.line}: {self.message}"


@dataclass
class _File:
    """One file as it stands: its text, its rows that make records, and what was found wrong in it so far."""

    kind: Kind
    name: str
    text: str
    records: list[AuthorityRecord] = field(default_factory=list)
    rows: list[Mapping[str, Any]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def explained(self) -> set[str]:
        """The keys that the file's header explains."""
        header = self.text.partition("\n[[")[0].split("\n")
        return {key for line in header if (keys := _EXPLAINED.match(line)) for key in re.split(r",\s*", keys[1])}

    def report(self, id: str, message: str) -> None:
        self.problems.append(Problem(self.name, line_of(self.text, id), f"{id}: {message}"))


def check(folder: Path) -> list[Problem]:
    """Return everything that is wrong in the authority files of a folder, by file and line; empty when all is well.

    A kind without a file has no records and is no problem.  Raises: OSError when a file cannot be opened.
    """
    paths = [(kind, folder / f"{PLURAL[kind]}.toml") for kind in KINDS]
    files = [_read(kind, path) for kind, path in paths if path.is_file()]
    ids = {file.kind: {record.id for record in file.records} for file in files}
    for file in files:
        _check_order(file)
        _check_shared_names(file)
        explained = file.explained
        for row, record in zip(file.rows, file.records, strict=True):
            for key in sorted(row.keys() - explained):
                file.report(record.id, f"the header does not explain the key {key}; explain it there, or correct it")
            for message in _record_problems(file.kind, row, record, ids):
                file.report(record.id, message)
    return sorted([*(problem for file in files for problem in file.problems), *_parted_problems(folder)])


def _parted_problems(folder: Path) -> Iterator[Problem]:
    """Yield what is wrong in the file of those who are kept apart, by the line of its table."""
    _, problems = read_parted(folder)
    lines = (folder / PARTED).read_text(encoding="utf-8").split("\n") if problems else []
    tables = [1, *(number for number, line in enumerate(lines, 1) if line.strip() == "[[parted]]")]
    for table, message in problems:
        yield Problem(PARTED, tables[table], message)


def _read(kind: Kind, path: Path) -> _File:
    file = _File(kind, path.name, path.read_text(encoding="utf-8"))
    try:
        tables = tomllib.loads(file.text)
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        file.problems.append(Problem(file.name, int(line[1]) if line else 1, f"not readable as TOML: {error}"))
        return file
    for table in tables:
        if table != kind:
            line_number = next((n for n, line in enumerate(file.text.split("\n"), 1) if table in line), 1)
            message = f"[[{table}]] is not known here; this file holds [[{kind}]] tables alone"
            file.problems.append(Problem(file.name, line_number, message))
    for row in tables.get(kind, ()):
        try:
            record = record_of(kind, row)
        except ValueError as error:
            file.problems.append(Problem(file.name, line_of(file.text, str(row.get("id", ""))), str(error)))
        else:
            file.rows.append(row)
            file.records.append(record)
    return file


# ---------------------------------------------------------------- across the records of a file


def _check_order(file: _File) -> None:
    seen: set[str] = set()
    last = ""
    for record in file.records:
        if record.id in seen:
            file.report(record.id, "this id stands twice; give one of the two another")
        elif record.id < last:
            file.report(record.id, f"stands after {last}; records are sorted by id, move it up")
        seen.add(record.id)
        last = max(last, record.id)


def _check_shared_names(file: _File) -> None:
    bearers: dict[str, list[AuthorityRecord]] = defaultdict(list)
    for record in file.records:
        for key in {_key(name) for name in record.all_names()}:
            bearers[key].append(record)
    reported: set[tuple[str, str]] = set()
    for name, records in bearers.items():
        plain = [record for record in records if not record.distinguisher]
        if len(records) < 2 or len(plain) < 2 or (plain[0].id, plain[1].id) in reported:
            continue
        reported.add((plain[0].id, plain[1].id))
        file.report(
            plain[1].id,
            f"shares the name “{name}” with {plain[0].id}; give it a distinguisher, or the name to one of them alone",
        )


# ---------------------------------------------------------------- one record


def _record_problems(
    kind: Kind, row: Mapping[str, Any], record: AuthorityRecord, ids: Mapping[Kind, set[str]]
) -> Iterator[str]:
    if not record.source:
        yield 'has no source; say where its names come from, as in source = ["…"]'
    yield from _list_problems(record)
    yield from _script_problems(kind, record)
    yield from _reference_problems(row, record, ids)
    yield from _example_problems(record)
    if kind == "charge":
        yield from _charge_problems(row, record)


def _list_problems(record: AuthorityRecord) -> Iterator[str]:
    for language, names in record.names.items():
        for name in _repeated(names):
            yield f"names.{language} lists “{name}” twice; take one away"
    full = {_key(name) for name in record.all_names()}
    for name in record.weak:
        if _key(name) in full:
            yield f"“{name}” stands in names and in weak; a weak form is no full name, take it out of one of them"


def _repeated(names: Iterable[str]) -> list[str]:
    seen: set[str] = set()
    return [name for name in names if name in seen or seen.add(name)]  # type: ignore[func-returns-value]


def _script_problems(kind: Kind, record: AuthorityRecord) -> Iterator[str]:
    simplified, traditional = record.names.get("zh-Hans", ()), record.names.get("zh-Hant", ())
    for name in simplified:
        if wrong := "".join(filter(_only_traditional, name)):
            yield f"names.zh-Hans has “{name}” with the traditional {wrong}; write it in simplified characters"
    for name in traditional:
        if wrong := "".join(filter(_only_simplified, name)):
            yield f"names.zh-Hant has “{name}” with the simplified {wrong}; write it in traditional characters"
    if bool(simplified) != bool(traditional):
        lacking = "zh-Hant" if simplified else "zh-Hans"
        yield f"has no names.{lacking}; give the Chinese names in both scripts"
    elif kind in _SAME_IN_BOTH_SCRIPTS:
        folded = {_key(name): name for name in simplified}, {_key(name): name for name in traditional}
        for key in sorted(folded[0].keys() ^ folded[1].keys()):
            one, other = ("zh-Hans", "zh-Hant") if key in folded[0] else ("zh-Hant", "zh-Hans")
            yield f"“{(folded[0] | folded[1])[key]}” stands in names.{one} alone; add it to names.{other}"


def _reference_problems(row: Mapping[str, Any], record: AuthorityRecord, ids: Mapping[Kind, set[str]]) -> Iterator[str]:
    everywhere = set().union(*ids.values())
    for key, kind in _ID_KEYS.items():
        value = row.get(key, ())
        for id in (value,) if isinstance(value, str) else value:
            if id == record.id:
                yield f"{key} names the record itself; take it away"
            elif id not in (everywhere if kind is None else ids.get(kind, set())):
                place = "any file" if kind is None else f"{PLURAL[kind]}.toml"
                yield f"{key} = {id!r} is no id of {place}; correct it or add that record"


def _example_problems(record: AuthorityRecord) -> Iterator[str]:
    for example in record.examples:
        if not isinstance(example, Mapping) or set(example) != {"text", "found"}:
            yield 'an example must be { text = "…", found = "…" }'
        elif example["found"] not in example["text"] and example["found"] not in record.all_names():
            yield f"an example wants “{example['found']}” found, which is neither in “{example['text']}” nor a name"


def _charge_problems(row: Mapping[str, Any], record: AuthorityRecord) -> Iterator[str]:
    if "selective" in row:
        parts = set(expand(row["selective"]))
        if parts.isdisjoint(record.names.get("zh-Hans", ())):
            yield f"selective = {row['selective']!r} gives none of the Chinese names; correct the pattern or the names"
    elif "、" in next(iter(record.names.get("zh-Hans", ())), ""):
        yield "the first Chinese name has 、 but there is no selective pattern; add one, so that its parts are known"
    if "paragraph" in row and "article" not in row:
        yield "has a paragraph without an article; add the article"
    for key in ("from", "to"):
        if key in row and not re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", str(row[key])):
            yield f"{key} = {row[key]!r} must be a date, as in 1997-10-01"


# ---------------------------------------------------------------- characters

#: Simplified characters that Hong Kong's list of graphemes has too (脱, 温), and those that people there bear in
#: their names (李慧琼, 陳彦霖, 恒生).
_ALSO_TRADITIONAL = frozenset("脱税悦兑蜕户温彦琼恒")


def _key(name: str) -> str:
    return " ".join(fold_text(name).split())


@cache
def _only_traditional(character: str) -> bool:
    """Say whether a character has a simplified form and does not live on in simplified text (GB 2312 lacks it)."""
    return is_han(character) and fold_text(character) != character and not _encodes(character, "gb2312")


@cache
def _only_simplified(character: str) -> bool:
    """Say whether a character is the simplified form of another and unknown to traditional text (Big5 lacks it).

    Characters of Hong Kong's supplement (嘅, 啲) are nobody's simplified form.
    """
    return character in _simplified_forms() and not _encodes(character, "big5")


@cache
def _simplified_forms() -> frozenset[str]:
    """Return the characters into which the fold turns another one."""
    unified = map(chr, range(0x4E00, 0xA000))
    forms = {fold_text(character) for character in unified if fold_text(character) != character}
    return frozenset(forms - _ALSO_TRADITIONAL)


def _encodes(character: str, encoding: str) -> bool:
    try:
        character.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True
