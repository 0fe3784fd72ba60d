"""Whoosh alone, without a line of ours, opens what we wrote."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from indexer.engines import open_engine

from .entries import make_entry

READ = """
import sys
sys.modules["indexer"] = None  # whoever tries to import it fails
from whoosh import index
from whoosh.query import Phrase, Term

found = index.open_dir(sys.argv[1])
with found.searcher() as searcher:
    counts = [searcher.search(query, limit=None) for query in (
        Term("text_words", "prison"), Phrase("text_words", ["the", "prison"]), Term("person", "lin-aiping"))]
    print(found.doc_count(), *map(len, counts), sorted(hit["id"] for hit in counts[0]))
"""


def test_stock_whoosh_opens_and_searches_it(tmp_path: Path) -> None:
    engine = open_engine("whoosh", tmp_path)
    with engine.writer() as writer:
        for number in range(30):
            writer.add(
                make_entry(f"d{number}", "the prison" if number < 3 else "prison the", person=["lin-aiping"] * 2)
            )
        writer.commit({})
    with engine.writer() as writer:
        writer.delete("d0")
        for number in range(3, 30):
            writer.add(make_entry(f"d{number}", "the court"))
        writer.commit({})
    done = subprocess.run(
        [sys.executable, "-c", READ, str(tmp_path)], capture_output=True, text=True, check=False, cwd=tmp_path
    )
    assert done.stderr == ""
    assert done.stdout.strip() == "29 2 2 2 ['d1', 'd2']"
