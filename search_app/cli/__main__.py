"""``python -m search_app.cli``: the command line without its script."""

from search_app.cli import main

main()
