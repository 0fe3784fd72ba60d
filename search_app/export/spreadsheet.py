"""Cells that a spreadsheet takes as what they are."""

from __future__ import annotations

# A spreadsheet takes a cell that begins so for a formula, and runs it.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def safe_cell(value: str) -> str:
    """Return a cell that no spreadsheet takes for a formula: a quotation mark goes before one that looks so."""
    return f"'{value}" if value.startswith(_FORMULA) else value
