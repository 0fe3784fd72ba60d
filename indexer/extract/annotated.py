"""What is known of one field of a document?  Folded text, names, sentences: worked out once, for every rule."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from indexer.authority import Authority, Match
from indexer.extract.anchored import Anchors
from indexer.extract.jurisdiction import Jurisdictions
from indexer.extract.naming import Field
from indexer.fold import Folded, fold
from indexer.sentences import sentences


class AnnotatedText:
    """The text of one field; each annotation is made when a rule first asks for it, and kept.

    Spans in ``quiet`` name nobody.  Without ``authority`` nothing is listed.
    """

    def __init__(
        self, field: Field, text: str, authority: Authority | None = None, quiet: Sequence[tuple[int, int]] = ()
    ) -> None:
        self.field: Field = field
        self.text = text
        self.authority = Authority() if authority is None else authority
        self.quiet = tuple(quiet)

    @cached_property
    def folded(self) -> Folded:
        """The folded text, with the way back."""
        return fold(self.text)

    @cached_property
    def anchors(self) -> Anchors:
        """Where the words stand with which rules begin."""
        return self.folded_anchors.outward(self.folded, self.text)

    @cached_property
    def folded_anchors(self) -> Anchors:
        """The same of the folded text."""
        return Anchors.found(self.folded.text)

    @cached_property
    def matches(self) -> list[Match]:
        """The names of the authority files, in the order of the text, in folded offsets."""
        return self.authority.find(self.folded, self.text)

    @cached_property
    def jurisdictions(self) -> Jurisdictions:
        """What the text tells of jurisdictions."""
        return Jurisdictions(self.folded_anchors, self.matches, self.authority)

    @cached_property
    def sentences(self) -> list[tuple[int, int]]:
        """The spans of the sentences."""
        return sentences(self.text)
