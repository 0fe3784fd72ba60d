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


class Segmenter:
    """jieba's default mode over folded text, with the names of the authority files as words of their own.

    jieba and its dictionary (0.8 s) are loaded at the first cut, not before.
    """

    def __init__(self, names: Iterable[str] = ()) -> None:
        """``names`` are folded Han names; others are of no use to a segmenter and are left out."""
        self._names = sorted({name for name in names if len(name) > 1})
        self._tokenizer: Any = None
        digest = hashlib.sha256("\n".join(self._names).encode()).hexdigest()
        #: Changes with the user dictionary.
        self.version = f"jieba-0.42.1+{digest[:12]}"

    def cut(self, run: str) -> list[str]:
        """Cut one run of folded Han text into words, in order, without gaps or overlaps."""
        if self._tokenizer is None:
            self._tokenizer = self._load()
        if len(run) == 1:
            return [run]
        return list(self._tokenizer.cut(run))

    def _load(self) -> Any:
        import jieba

        jieba.setLogLevel(logging.WARNING)
        tokenizer = jieba.Tokenizer()
        tokenizer.tmp_dir = str(_private_folder())
        tokenizer.initialize()
        for name in self._names:
            tokenizer.add_word(name)
        return tokenizer
