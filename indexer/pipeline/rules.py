"""What do records and tokens depend on besides the documents?  The authority files and the analyzer."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from indexer.analysis import Analyzer
from indexer.authority import Authority, load_authority

#: Bumped when splitting, language or extraction give other records for the same files.
RULES_VERSION = 1


@dataclass(frozen=True, slots=True)
class Rules:
    """What records and tokens depend on besides the documents: the authority files and the analyzer."""

    authority: Authority
    analyzer: Analyzer

    @property
    def version(self) -> str:
        """Changes whenever an old record or posting might differ from a new one."""
        return f"{RULES_VERSION}/{self.analyzer.version}/{self.authority.version}"


def load_rules(authority_folder: Path) -> Rules:
    """Load the authority files and make the analyzer that knows their names.  Raises: AuthorityError."""
    authority = load_authority(authority_folder)
    return Rules(authority, Analyzer(authority.han_names()))
