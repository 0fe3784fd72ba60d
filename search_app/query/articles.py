"""Which charge does a query name by its article?  "Criminal Law Art. 293", 刑法第一百零五条第二款."""

from __future__ import annotations

import re
from collections.abc import Iterator

from indexer.authority import Authority
from indexer.extract.anchored import Anchors
from indexer.extract.article import article_references, law_names

#: What may stand between a law and the article of it: "Article 293 of the Criminal Law", 《刑法》第293条.
_BETWEEN = re.compile(r"[\s,.《》「」()的]*(?:of (?:the )?(?:prc |chinese |china\'s )?)?[\s,.《》「」()的]*\Z")


def article_names(folded: str, authority: Authority) -> Iterator[tuple[str, int, int]]:
    """Yield the id of the charge and the span (folded offsets), law and article, of each article of one charge.

    A number without its law beside it names nothing.
    """
    references = list(article_references(Anchors.found(folded), authority))
    laws = list(law_names(folded)) if references else ()
    for record, start, end in references:
        for law_start, law_end in laws:
            between = folded[law_end:start] if law_end <= start else folded[end:law_start]
            if _BETWEEN.match(between):
                yield record.id, min(start, law_start), max(end, law_end)
                break
