"""What do records and tokens depend on besides the documents?

Authority files, analyzer, corrections, and who is withheld.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

from indexer.analysis import ANALYZER_VERSION, Analyzer
from indexer.analysis.segment import DICTIONARY
from indexer.authority import RULES_VERSION as AUTHORITY_VERSION
from indexer.authority import Authority
from indexer.authority.compiled import fingerprint, loaded
from indexer.authority.parted import Partings, load_partings
from indexer.corrections import Corrections, load_corrections
from indexer.fold import FOLD_VERSION
from indexer.withheld import NOBODY, Withheld, load_withheld
from indexer.withheld.logs import keep_names_out_of_logs

#: Bumped when splitting, language or extraction give other records for the same files.
RULES_VERSION = 9

#: Begins the part of a version that stands for the list of withheld names.
WITHHELD = "withheld-"


@dataclass(frozen=True, slots=True)
class Rules:
    """What records and tokens depend on besides the documents.

    ``authority`` knows nobody who is ``withheld``.  ``corrections`` are no part of the version: each concerns one
    document.  Nor are ``partings``: every run looks whether the joins are as they say.  ``files`` stands for the
    authority files that ``authority`` is all of; "" where it lacks somebody.
    """

    authority: Authority
    analyzer: Analyzer
    withheld: Withheld = NOBODY
    corrections: Corrections = field(default_factory=Corrections)
    partings: Partings = field(default_factory=Partings)
    files: str = ""

    @property
    def version(self) -> str:
        """Changes whenever an old record or posting might differ from a new one."""
        withheld = f"/{WITHHELD}{self.withheld.fingerprint}" if self.withheld else ""
        return f"{self.code}/{self.authority.version}{withheld}"

    @property
    def code(self) -> str:
        """The part of the version that is no file: when it changes, every document is made anew."""
        return f"{RULES_VERSION}/{ANALYZER_VERSION}.{FOLD_VERSION}/{DICTIONARY}/{AUTHORITY_VERSION}"


def load_rules(
    authority_folder: Path, corrections: Path | None = None, made: Mapping[str, Any] = MappingProxyType({})
) -> Rules:
    """Load the authority files and the list of withheld names; make the analyzer that knows the names of the files.

    ``corrections`` is the file of corrections; where there is none, nothing is corrected.  ``made`` is what an index
    was committed with: its records are taken where the files have not changed since, in a fifth of the time.

    The analyzer cuts by the names that are known; its version is that of all of them, and tells nobody who is missing.
    Raises: AuthorityError; CorrectionError; SettingError and RefusedError for the list.
    """
    authority = loaded(authority_folder, made)
    withheld = load_withheld(authority)
    keep_names_out_of_logs(withheld)
    known = withheld.known()
    corrected = load_corrections(corrections, authority).shown(withheld.mark, withheld.tells)
    files = "" if withheld else fingerprint(authority_folder)
    partings = load_partings(authority_folder).shown(withheld.mark, withheld.tells)
    analyzer = Analyzer(authority.han_names(), known.han_names() if withheld else None)
    return Rules(known, analyzer, withheld, corrected, partings, files)
