"""What the current request asks for."""

from __future__ import annotations

from flask import request

from search_app.links import State, parse_state, read_state

#: The field of a careful reader's form that holds a whole state, as an address would.
TO = "to"


def requested_state() -> State:
    """Return the State of the request: from its address, or for a careful reader from its body."""
    if request.method != "POST":
        return read_state(request.args)
    return parse_state(request.form[TO]) if TO in request.form else read_state(request.form)
