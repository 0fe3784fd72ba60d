"""The unlisted persons and organisations of one field in Chinese characters."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Sequence

from indexer.extract.annotated import AnnotatedText
from indexer.extract.naming import NamedKind, Naming
from indexer.extract.organisation_han import han_organisations
from indexer.extract.person_han import han_persons
from indexer.extract.signatories_han import han_signatories
from indexer.extract.spans import Spans
from indexer.extract.wrapped import join_lines

#: Languages of a broadcaster are no bodies of their own: 德国之声中文网.
_OF_THE_SAME = re.compile("(?:中文|英文|粤语|普通话|华语|藏语|维吾尔语)(?:网|部|台|组|频道)?\\Z")
_HAN_CHARACTER = "[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U000323af]"
_HAN = re.compile(_HAN_CHARACTER + _HAN_CHARACTER)


def han_names(text: AnnotatedText, listed: Sequence[Naming], familiar: Collection[str] = ()) -> list[Naming]:
    """Return the unlisted persons and organisations of one field in Chinese characters, in order.

    What ``listed`` namings and quiet spans hold is left alone; only an organisation whose name goes on after a
    listed one is another (苹果日报 and 苹果日报印刷有限公司).
    ``familiar`` are folded names of persons elsewhere in the document.
    """
    folded = text.folded
    if not _HAN.search(folded.text):
        return []
    joined = join_lines(folded.text)
    bodies = [joined.inward(folded.offset(n.start), folded.offset(n.end)) for n in listed if n.kind == "organisation"]
    people = [joined.inward(folded.offset(n.start), folded.offset(n.end)) for n in listed if n.kind == "person"]
    silent = [joined.inward(folded.offset(start), folded.offset(end)) for start, end in text.quiet]
    held = Spans([*bodies, *people, *silent])
    signed = [s for s in han_signatories(joined.text) if not held.touch(s.start, s.end)]
    listing = [(s.start, s.end) for s in signed]
    persons = han_persons(joined.text, [*bodies, *people, *silent, *listing], familiar)
    named = [*people, *silent, *listing, *((p.start, p.end) for p in persons)]
    touched = Spans(bodies)
    found: list[tuple[NamedKind, int, int, str]] = [("person", p.start, p.end, p.rule) for p in persons]
    found.extend((s.kind, s.start, s.end, "signatory list") for s in signed)
    for body in han_organisations(joined.text, named):
        listed_only = touched.touch(body.start, body.end) and _OF_THE_SAME.search(body.name)
        if not listed_only and not (touched.touch(body.start, body.end) and touched.touch(body.end - 1, body.end)):
            found.append(("organisation", body.start, body.end, body.rule))
    return [
        _naming(kind, text, folded.original(*joined.outward(start, end)), rule)
        for kind, start, end, rule in sorted(found, key=lambda f: f[1])
    ]


def _naming(kind: NamedKind, text: AnnotatedText, span: tuple[int, int], rule: str) -> Naming:
    written = text.text[slice(*span)]
    name = "".join(c for c in written if not c.isspace() and unicodedata.category(c) != "Cf")
    return Naming(kind, text.field, *span, written, name, rule, han=True)
