"""In which ways is one name written?

Every name of the authority files stands there once; hyphens, the article, British and American spelling and the
plural are rules.  Input and output are folded (``indexer.fold``), with single spaces.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

#: British and American spellings of the words that names of offences, violations and bodies use: stem, and what
#: must follow it.  Endings in -ise/-ize are one rule; "exercise", "promise" and their like have no -ize.
_REGIONS = (
    (r"\bunauthoris(?=ed\b)", r"\bunauthoriz(?=ed\b)", "unauthoris", "unauthoriz"),
    (r"\borganis(?=e|i|a)", r"\borganiz(?=e|i|a)", "organis", "organiz"),
    (r"\bcriminalis(?=e|i|a)", r"\bcriminaliz(?=e|i|a)", "criminalis", "criminaliz"),
    (r"\bsterilis(?=e|i|a)", r"\bsteriliz(?=e|i|a)", "sterilis", "steriliz"),
    (r"\bstigmatis(?=e|i|a)", r"\bstigmatiz(?=e|i|a)", "stigmatis", "stigmatiz"),
    (r"\bmobilis(?=e|i|a)", r"\bmobiliz(?=e|i|a)", "mobilis", "mobiliz"),
    (r"\bhospitalis(?=e|i|a)", r"\bhospitaliz(?=e|i|a)", "hospitalis", "hospitaliz"),
    (r"\binstitutionalis(?=e|i|a)", r"\binstitutionaliz(?=e|i|a)", "institutionalis", "institutionaliz"),
    (r"\blabour(?=\b|s\b)", r"\blabor(?=\b|s\b)", "labour", "labor"),
    (r"\bharbour(?=\b|i|e)", r"\bharbor(?=\b|i|e)", "harbour", "harbor"),
    (r"\brumour(?=\b|s\b)", r"\brumor(?=\b|s\b)", "rumour", "rumor"),
    (r"\bhonour(?=\b|s\b)", r"\bhonor(?=\b|s\b)", "honour", "honor"),
    (r"\bbehaviour(?=\b)", r"\bbehavior(?=\b)", "behaviour", "behavior"),
    (r"\boffence(?=\b|s\b)", r"\boffense(?=\b|s\b)", "offence", "offense"),
    (r"\bdefence(?=\b)", r"\bdefense(?=\b)", "defence", "defense"),
    (r"\bcentre(?=\b|s\b)", r"\bcenter(?=\b|s\b)", "centre", "center"),
    (r"\bprogramme(?=\b|s\b)", r"\bprogram(?=\b|s\b)", "programme", "program"),
    (r"\blicence(?=\b|s\b)", r"\blicense(?=\b|s\b)", "licence", "license"),
)
_BRITISH = tuple((re.compile(american), british) for _, american, british, _ in _REGIONS)
_AMERICAN = tuple((re.compile(british), american) for british, _, _, american in _REGIONS)
#: Any of them, either way: most names have none, and need no substitution.
_ANY_REGION = re.compile("|".join(british + "|" + american for british, american, _, _ in _REGIONS))
_HAS_LATIN = re.compile(r"[a-z]")
_NO_PLURAL = re.compile(r"(?:s|ed|[^a-z])\Z")


def spellings(name: str, plural: bool = False) -> Iterator[str]:
    """Yield the ways of writing ``name``, itself first; with ``plural`` also the regular plural of an English name."""
    seen = {name: None}
    if _HAS_LATIN.search(name):
        for form in (name, *_plural(name)) if plural else (name,):
            regions = (
                (form, _replace(form, _BRITISH), _replace(form, _AMERICAN)) if _ANY_REGION.search(form) else (form,)
            )
            for regional in regions:
                seen.update(dict.fromkeys(_joined(regional)))
    yield from seen


def _plural(name: str) -> Iterator[str]:
    if not _NO_PLURAL.search(name):
        yield name[:-1] + "ies" if re.search(r"[^aeiou]y\Z", name) else name + "s"


def _replace(name: str, rules: tuple[tuple[re.Pattern[str], str], ...]) -> str:
    for pattern, replacement in rules:
        name = pattern.sub(replacement, name)
    return name


def _joined(name: str) -> Iterator[str]:
    """Yield a name with its hyphens, with spaces for them and without them; without its article; & for and."""
    yield name
    if "-" in name:
        yield name.replace("-", " ")
        yield name.replace("-", "")
    if name.startswith("the "):
        yield name[4:]
    if " & " in name:
        yield name.replace(" & ", " and ")
