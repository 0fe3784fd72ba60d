"""The production server: waitress on the configured address."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable
from contextlib import closing

from waitress.server import create_server

from indexer.settings import Settings
from search_app import create_app
from search_app.interrupt import until_stopped


def run(settings: Settings, say: Callable[[str], None]) -> None:
    """Serve until Ctrl-C or SIGTERM.  ``say`` is told the address once requests are answered, and when it is over.

    Raises: IndexFault, AuthorityError or SettingError before anything listens.
    """
    app = create_app(settings)
    host, port = settings["server.host"], settings["server.port"]
    server = create_server(app, host=host, port=port, threads=settings["server.threads"], ident=None)
    shown = f"[{host}]" if ":" in host else host
    with closing(server), until_stopped(say):
        say(f"hrsearch answers at http://{shown}:{server.effective_port}/  (stop it with Ctrl-C)")
        if not is_loopback(host):
            say(
                f"Note: {host} can be reached from other machines and there is no login: whoever reaches it can read "
                "every document and search for anything. Add its name to server.hosts."
            )
        server.run()


def is_loopback(host: str) -> bool:
    """Say whether an address is this machine alone."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
