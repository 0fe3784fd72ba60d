"""The command line: arguments in, service or pipeline called, lines out.

Documents and results go to standard output, everything else to standard error.  Exit status: 0 done, 1 done but
some documents failed, 2 wrong usage or configuration, or refused for safety.

What a command needs is imported when it runs: ``hrsearch --help`` loads neither jieba nor the web framework.
"""

from search_app.cli import indexing, searching, serving, sharing
from search_app.cli.root import main

__all__ = ["indexing", "main", "searching", "serving", "sharing"]
