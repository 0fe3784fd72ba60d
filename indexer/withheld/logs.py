"""Keeps withheld names out of every log, whoever writes it: libraries name files and addresses too."""

from __future__ import annotations

import logging
from typing import Any

from indexer.withheld import Withheld

_PLAIN = logging.getLogRecordFactory()


def keep_names_out_of_logs(withheld: Withheld) -> None:
    """Mark the names in every log record of this process from now on; without names, records are as they were."""

    def marked(*arguments: Any, **named: Any) -> logging.LogRecord:
        record = _PLAIN(*arguments, **named)
        record.msg, record.args = withheld.mark(record.getMessage()), ()
        if record.exc_info:
            record.exc_text = withheld.mark(logging.Formatter().formatException(record.exc_info))
        return record

    logging.setLogRecordFactory(marked if withheld else _PLAIN)
