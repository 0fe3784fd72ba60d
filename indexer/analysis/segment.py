"""Where do Chinese words begin and end?  The only module that imports jieba."""

from __future__ import annotations

import hashlib
import logging
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any


def _private_folder() -> Path:
    """Return a folder that only this user can write: jieba loads its cache from there with ``marshal``.

    By default jieba would use a predictable name in the shared temporary folder, where another user of the
    machine could leave a file that runs as us.
    """
    base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    folder = base / "hrsearch"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        state = folder.stat()
        if state.st_uid == os.getuid() and not state.st_mode & 0o022:
            return folder
    except OSError:
        pass
    return Path(tempfile.mkdtemp(prefix="hrsearch-"))


#: The segmenter and its dictionary; requirements.txt pins this version.
DICTIONARY = "jieba-0.42.1"

#: Share of jieba's own total by which names make every word rarer, whichever they are.  10,815 names added 1.9 %; at
#: 1.02 one run of the Chinese articles in ../shared/data is cut otherwise
#: than with that sum, at 1.00 and 1.03 17 and 67.
RARER = 1.02


def _jieba() -> Any:
    """Return jieba with its own dictionary."""
    import jieba

    jieba.setLogLevel(logging.WARNING)
    tokenizer = jieba.Tokenizer()
    tokenizer.tmp_dir = str(_private_folder())
    tokenizer.initialize()
    return tokenizer


class Segmenter:
    """jieba's default mode over folded text, with the names of the authority files as words of their own.

    How a run is cut depends on jieba's dictionary and on the names that stand in that run, on no other name.
    jieba and its dictionary (0.8 s) are loaded at the first cut, not before.
    """

    def __init__(self, names: Iterable[str] = (), known: Iterable[str] | None = None) -> None:
        """``names`` are folded Han names; others are of no use to a segmenter and are left out.

        Where ``known`` is given, only these are words; ``version`` stays that of ``names``.
        """
        listed = _usable(names)
        self._names = listed if known is None else _usable(known)
        self._tokenizer: Any = None
        digest = hashlib.sha256("\n".join(listed).encode()).hexdigest()
        #: Changes with the user dictionary.
        self.version = f"{DICTIONARY}+{digest[:12]}"

    def cut(self, run: str) -> list[str]:
        """Cut one run of folded Han text into words, in order, without gaps or overlaps."""
        if self._tokenizer is None:
            self._tokenizer = self._load()
        if len(run) == 1:
            return [run]
        return list(self._tokenizer.cut(run))

    def _load(self) -> Any:
        tokenizer = _jieba()
        total = int(tokenizer.total * RARER)
        # Before any name is added: jieba would suggest the frequency of a name by those added before it.
        suggested = [(name, tokenizer.suggest_freq(name)) for name in self._names]
        for name, frequency in suggested:
            tokenizer.add_word(name, frequency)
        # By their own sum, each name would change how texts are cut that do not have it.
        tokenizer.total = total
        return tokenizer


def _usable(names: Iterable[str]) -> list[str]:
    return sorted({name for name in names if len(name) > 1})
