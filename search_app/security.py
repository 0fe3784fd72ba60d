"""What every response carries, and who is answered at all.

No cookie is ever set: the application has no session.  Nothing here, and no error handler, writes a query to
a log.
"""

from __future__ import annotations

from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException

#: Nothing is allowed but our own sheet, script, pictures and form target; no inline code, no framing.
CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "script-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)

_HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-DNS-Prefetch-Control": "off",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}

#: A year: an address under /static names the version of the file it wants.
_STATIC_CACHE = "public, max-age=31536000, immutable"


class MisdirectedRequest(HTTPException):
    """The request names a host that this server does not answer for (RFC 9110, 15.5.20)."""

    code = 421
    name = "Misdirected Request"
    description = "This server does not answer for that host name. Use one of the names in the setting server.hosts."


def protect(app: Flask, hosts: list[str], cors_origin: str) -> None:
    """Refuse foreign hosts and put the headers on every response of ``app``, errors included.

    ``hosts`` are names without a port, an IPv6 address in brackets.  ``cors_origin`` is the one origin whose
    pages may read the API, or "".
    """
    allowed = {host.lower() for host in hosts}

    @app.before_request
    def refuse_foreign_hosts() -> None:
        if host_name(request.environ.get("HTTP_HOST", "")) not in allowed:
            raise MisdirectedRequest

    @app.after_request
    def add_headers(response: Response) -> Response:
        response.headers.update(_HEADERS)
        static = request.endpoint == "static" and response.status_code == 200
        response.headers["Cache-Control"] = _STATIC_CACHE if static else "no-store"
        if request.query_string and not static:
            response.headers["X-Robots-Tag"] = "noindex, nofollow"  # a search or a filter, in whatever form
        if cors_origin and request.path.startswith("/api/"):
            response.headers["Vary"] = "Origin"
            if request.headers.get("Origin") == cors_origin:
                response.headers["Access-Control-Allow-Origin"] = cors_origin
        return response


def host_name(host: str) -> str:
    """Return the host of a Host header without its port, in lower case and without the root's dot."""
    name, colon, port = host.rpartition(":")
    bare = name if colon and port.isdigit() and (name.endswith("]") or ":" not in name) else host
    return bare.lower().removesuffix(".")
