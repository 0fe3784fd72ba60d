"""Every error as a page for readers and as a problem for programs (RFC 9457).

An answer to a client never carries a traceback; how an error is logged is told in ``Application.log_exception``.
"""

from __future__ import annotations

from flask import Flask, Response, json, render_template, request
from werkzeug.exceptions import HTTPException, InternalServerError, ServiceUnavailable

from indexer.errors import IndexFault
from search_app.request import BadRequest
from search_app.views.markup import said, words
from search_app.wording import N_

HEADINGS = {
    400: N_("This address asks for something that cannot be done"),
    404: N_("There is nothing at this address"),
    405: N_("This address cannot be used in that way"),
    413: N_("The request is too long"),
    414: N_("The request is too long"),
    421: N_("This server does not answer for that host name"),
    500: N_("Something went wrong here"),
    503: N_("The index cannot be searched at the moment"),
}

#: What to do, where the error itself does not say it in the reader's language; ``ANYTHING`` for any other status.
REMEDIES = {
    404: N_("Check the address, or search for the document; it may have been removed."),
    405: N_("Open the address in the ordinary way."),
    413: N_("Shorten the query or choose fewer filters."),
    414: N_("Shorten the query or choose fewer filters."),
    421: N_("Use one of the names in the setting server.hosts, or add this one to it."),
    500: N_("The error was noted without the search. Please try again; if it stays, report what you did."),
    503: N_("Please try again later. Who runs this collection reads below what is wrong and how to mend it."),
}
ANYTHING = N_("Go back and try again, or begin a new search.")


def handle_errors(app: Flask) -> None:
    """Register the handlers of ``app``."""

    @app.errorhandler(HTTPException)
    def http_error(error: HTTPException) -> Response:
        return _answer(error)

    @app.errorhandler(BadRequest)
    def bad_request(error: BadRequest) -> Response:
        return _answer(_as_http(400, str(error)), said(error.remark.code, dict(error.remark.values)))

    @app.errorhandler(IndexFault)
    def index_fault(error: IndexFault) -> Response:
        app.logger.error("the index cannot be searched: %s", type(error).__name__)
        return _answer(ServiceUnavailable(description=str(error)), detail=str(error))

    @app.errorhandler(Exception)
    def unexpected(error: Exception) -> Response:
        if error.__traceback__:
            app.log_exception((type(error), error, error.__traceback__))
        return _answer(InternalServerError(description=REMEDIES[500]))


def _as_http(status: int, detail: str) -> HTTPException:
    error = HTTPException(description=detail)
    error.code = status
    return error


def _answer(error: HTTPException, remedy: str = "", detail: str = "") -> Response:
    """Return the page or the problem of an error.

    ``remedy`` tells the reader what to do, where the status alone does not; ``detail`` is in English, for who runs
    the server.
    """
    status = error.code or 500
    kept = error.get_response(request.environ)
    if 300 <= status < 400:
        return Response(status=status, headers={"Location": kept.headers["Location"]})
    if request.path.startswith("/api/") or request.path.endswith(".json"):
        response = _problem(status, error)
    else:
        page = render_template("error.html", status=status, heading=HEADINGS.get(status),
                               remedy=remedy or words(REMEDIES.get(status, ANYTHING)), detail=detail)  # fmt: skip
        response = Response(page, status, mimetype="text/html")
    if "Allow" in kept.headers:
        response.headers["Allow"] = kept.headers["Allow"]
    return response


def _problem(status: int, error: HTTPException) -> Response:
    body = {"type": "about:blank", "title": error.name, "status": status, "detail": error.description}
    return Response(json.dumps(body) + "\n", status, mimetype="application/problem+json")
