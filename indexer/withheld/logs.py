"""Keeps withheld names out of what this process says: its log, whoever writes it, and its messages.

Libraries name files and addresses in their logs, and errors name the path that they are about.
"""

from __future__ import annotations

import logging
from typing import Any

from indexer.withheld import NOBODY, Withheld

_PLAIN = logging.getLogRecordFactory()

_in_force = NOBODY


def keep_names_out_of_logs(withheld: Withheld) -> None:
    """Mark the names in every log record of this process from now on; without names, records are as they were."""
    global _in_force
    _in_force = withheld

    def marked(*arguments: Any, **named: Any) -> logging.LogRecord:
        record = _PLAIN(*arguments, **named)
        record.msg, record.args = withheld.mark(record.getMessage()), ()
        if record.exc_info:
            record.exc_text = withheld.mark(logging.Formatter().formatException(record.exc_info))
        return record

    logging.setLogRecordFactory(marked if withheld else _PLAIN)


def without_names(message: str) -> str:
    """Return a message of this process without the names of the list that was read last."""
    return _in_force.mark(message)
