"""What number do numerals in words say?  Chinese and English, as sentences and dates use them."""

from __future__ import annotations

import re

_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2, "兩": 2, "半": 0}
_UNITS = {"十": 10, "百": 100, "千": 1000}

_EN = {
    word: number
    for number, word in enumerate(
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
         "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"]
    )
} | {"a": 1, "an": 1, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60}  # fmt: skip

#: A number as English sentences write it, for use inside a larger pattern.
ENGLISH = (
    r"(?:\d+(?:\.\d+)?|(?:twenty|thirty|forty|fifty|sixty)[- ](?:one|two|three|four|five|six|seven|eight|nine)"
    r"|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen"
    r"|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|an?)"
)
#: A number as Chinese texts write it, in either script.
CHINESE = r"(?:[0-9０-９]+(?:\.[0-9]+)?|[零〇○一二三四五六七八九十百两兩]+)"


def han_number(text: str) -> int | None:
    """Return the value of a Chinese numeral: 一百零五 = 105, 二〇二〇 = 2020, 两 = 2, 12 = 12; None if it is none."""
    text = text.strip()
    if re.fullmatch(r"\d+", text):
        return int(text)
    if not text or any(c not in _DIGITS and c not in _UNITS for c in text) or "半" in text:
        return None
    if not any(c in _UNITS for c in text):
        return int("".join(str(_DIGITS[c]) for c in text))
    total, digit = 0, 0
    for character in text:
        if character in _UNITS:
            total += (digit or 1) * _UNITS[character]
            digit = 0
        else:
            digit = _DIGITS[character]
    return total + digit


def english_number(text: str) -> float | None:
    """Return the value of an English number: "12", "3.5", "twenty-one", "a"; None if it is none."""
    text = text.strip().lower()
    if re.fullmatch(r"\d+(?:\.\d+)?", text):
        return float(text)
    parts = re.split(r"[- ]", text)
    if not all(part in _EN for part in parts):
        return None
    return float(sum(_EN[part] for part in parts))
