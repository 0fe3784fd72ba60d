"""SQLite's FTS5 with facets in SQL, as an application without a search engine would do it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from benchmarks.documents import FACETS, Collection, Found, Question

_TABLES = """
PRAGMA journal_mode = wal;
PRAGMA synchronous = normal;
PRAGMA cache_size = -262144;
CREATE TABLE document (number INTEGER PRIMARY KEY, id TEXT, title TEXT, text TEXT, year INTEGER);
CREATE VIRTUAL TABLE words USING fts5(text, content='document', content_rowid='number',
                                      tokenize='unicode61 remove_diacritics 0');
CREATE TABLE organisation (document INTEGER, value TEXT);
CREATE TABLE person (document INTEGER, value TEXT);
CREATE TABLE charge (document INTEGER, value TEXT);
CREATE TABLE year (document INTEGER PRIMARY KEY, value INTEGER);
"""


def build(collection: Collection, folder: Path, processes: int) -> None:
    """See ``Peer.build``."""
    if processes > 1:
        raise NotImplementedError("SQLite has one writer")
    with closing(sqlite3.connect(folder / "bench.sqlite", isolation_level=None)) as database:
        database.executescript(_TABLES)
        database.execute("BEGIN")
        for number, document in enumerate(collection.documents()):
            row = (number, document.id, document.title, document.text, document.year)
            database.execute("INSERT INTO document VALUES (?, ?, ?, ?, ?)", row)
            database.execute("INSERT INTO words (rowid, text) VALUES (?, ?)", (number, document.text))
            database.execute("INSERT INTO year VALUES (?, ?)", (number, document.year))
            for name, found in document.values.items():
                database.executemany(f"INSERT INTO {name} VALUES (?, ?)", [(number, value) for value in found])
        database.execute("COMMIT")
        database.execute("INSERT INTO words (words) VALUES ('optimize')")
        for name in FACETS[1:]:
            database.execute(f"CREATE INDEX {name}_of ON {name} (document, value)")
            database.execute(f"CREATE INDEX {name}_by ON {name} (value, document)")
        database.execute("CREATE INDEX year_by ON year (value)")
        database.execute("ANALYZE")
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def open(folder: Path) -> Fts5:
    """See ``Peer.open``."""
    return Fts5(folder)


class Fts5:
    """See ``Opened``."""

    def __init__(self, folder: Path) -> None:
        self._database = sqlite3.connect(folder / "bench.sqlite", isolation_level=None)
        for line in ("cache_size = -262144", "temp_store = memory", "mmap_size = 4000000000"):
            self._database.execute(f"PRAGMA {line}")

    def answer(self, question: Question, values: int) -> Found:
        """See ``Opened.answer``: the matches go to a table of their own, which every facet is joined with."""
        run = self._database.execute
        run("DROP TABLE IF EXISTS temp.found")
        select, arguments = _select(question)
        run(f"CREATE TEMP TABLE found AS {select}", arguments)
        (total,) = run("SELECT count(*) FROM found").fetchone()
        rows = run(
            "SELECT d.* FROM (SELECT document, score FROM found ORDER BY score LIMIT 10) AS best "
            "JOIN document AS d ON d.number = best.document ORDER BY best.score"
        ).fetchall()
        facets = {}
        for name in FACETS:
            counts = run(
                f"SELECT value, count(*) AS many FROM found JOIN {name} ON {name}.document = found.document "
                f"GROUP BY value ORDER BY many DESC LIMIT {values}"
            )
            facets[name] = {str(value): many for value, many in counts}
        return Found(total, [row[1] for row in rows], facets)

    def passages(self, question: Question) -> Callable[[], int] | None:
        """See ``Opened.passages``; its snippets are not compared."""
        return None


def _select(question: Question) -> tuple[str, list[object]]:
    quoted = [f'"{term}"' for term in question.terms]
    joined = {"phrase": f'"{" ".join(question.terms)}"', "or": " OR ".join(quoted)}
    matched = joined.get(question.kind, " AND ".join(quoted))
    select = "SELECT rowid AS document, bm25(words) AS score FROM words WHERE words MATCH ?"
    if question.years:
        return f"{select} AND rowid IN (SELECT document FROM year WHERE value BETWEEN ? AND ?)", [
            matched,
            *question.years,
        ]
    if question.person:
        return f"{select} AND rowid IN (SELECT document FROM person WHERE value = ?)", [matched, question.person]
    return select, [matched]
