"""Every error that hrsearch raises on purpose.

HrsearchError
├── UsageError            wrong arguments or configuration          exit status 2
│   ├── SettingError      a setting has a value it cannot have
│   ├── AuthorityError    an authority file is wrong: file, line, remedy
│   └── CorrectionError   the file of corrections is wrong: file, line, remedy
├── RefusedError          refused for safety, nothing was changed   exit status 2
├── UnreadableError       one file or row cannot be read            reported by name, skipped
│   └── UnfitError        a correction finds nothing to correct
├── DuplicateError        two different documents claim one id
└── IndexFault
    ├── IndexMissing      there is no index here
    ├── IndexOutdated     the index was written by another schema or analyzer
    ├── IndexDamaged      the index cannot be read; it is never recreated silently
    └── IndexLocked       another process is writing

Every message says what happened, with which value, and what to do next.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


class HrsearchError(Exception):
    """Base of all.  ``exit_status`` is what the command line returns."""

    exit_status = 2


class UsageError(HrsearchError):
    """Wrong arguments or configuration."""


class SettingError(UsageError):
    """A setting has a value it cannot have."""


class AuthorityError(UsageError):
    """An authority file is wrong.  The message names file, line and remedy."""


class CorrectionError(UsageError):
    """The file of corrections is wrong.  The message names file, line and remedy."""


class RefusedError(HrsearchError):
    """Refused for safety; nothing was changed."""


class UnreadableError(HrsearchError):
    """One file or one row cannot be read.

    ``path`` is relative to its root, ``reason`` a sentence for the report.
    """

    exit_status = 1

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = path
        self.reason = reason

    def __reduce__(self) -> tuple[type[UnreadableError], tuple[str, str]]:
        """Let the error come back from another process, which reads documents beside this one."""
        return type(self), (self.path, self.reason)


class UnfitError(UnreadableError):
    """A correction finds nothing in the collection to correct; ``reason`` names its line."""


class DuplicateError(HrsearchError):
    """Two different documents claim one id; the message names both."""


class IndexFault(HrsearchError):
    """Something is wrong with the index itself."""


class IndexMissing(IndexFault):
    """There is no index here."""


class IndexOutdated(IndexFault):
    """The index was written by another schema or analyzer.

    ``meta`` is what was committed with it: which folders it was made from is still of use.
    """

    def __init__(self, message: str, meta: Mapping[str, Any] | None = None) -> None:
        super().__init__(message)
        self.meta: Mapping[str, Any] = meta or {}


class IndexDamaged(IndexFault):
    """The index cannot be read.  It is never recreated silently."""


class IndexLocked(IndexFault):
    """Another process is writing to the index."""
