"""What the current request asks for."""

from __future__ import annotations

from flask import request

from search_app.links import State, changed, parse_state, read_state

#: The fields of a careful reader's buttons: a whole state as an address would have it, and what leads on from it.
BASE, TO = "of", "to"


def requested_state() -> State:
    """Return the State of the request: from its address, or for a careful reader from its body."""
    if request.method != "POST":
        return read_state(request.args)
    if BASE not in request.form:
        return read_state(request.form)
    return changed(parse_state(request.form[BASE]), request.form.get(TO, ""))
