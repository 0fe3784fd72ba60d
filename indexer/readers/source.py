"""One file as a reader sees it: its bytes, its hash, and its text made plain."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

_OPENING_BYTES = 2048
_LINE_ENDS = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_SPACES = re.compile(r"[\u00a0\u2007\u202f]")
#: Controls, soft hyphens, zero-width spaces and marks of direction show nothing.  The zero-width joiners stay:
#: Uyghur, Persian and Indic spelling needs them.
_INVISIBLE = re.compile(
    r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]"
)
_SURROGATE = re.compile(r"[\ud800-\udfff]")


@dataclass(frozen=True)
class Source:
    """A file and the name under which it is reported."""

    path: Path
    name: str

    @cached_property
    def content(self) -> bytes:
        """All bytes of the file."""
        return self.path.read_bytes()

    @cached_property
    def sha256(self) -> str:
        """The hash of the file's bytes, in hexadecimal; the file is not held in memory for it."""
        with self.path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()

    def opening(self) -> bytes:
        """Return the first bytes of the file."""
        with self.path.open("rb") as file:
            return file.read(_OPENING_BYTES)


def plain(text: str) -> str:
    """Return text in NFC with ``\\n`` line ends, ordinary spaces, and without characters that show nothing."""
    text = _INVISIBLE.sub("", _SPACES.sub(" ", _LINE_ENDS.sub("\n", text)))
    return unicodedata.normalize("NFC", _SURROGATE.sub("\ufffd", text))
