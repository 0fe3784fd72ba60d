"""The product as a user runs it: ``hrsearch`` in processes of its own."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parents[1]

#: Seconds after which a request has failed.
PATIENCE = 60


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer of the server: its status and body, and milliseconds to its first byte and to its last."""

    status: int
    body: bytes
    first_byte_ms: float
    whole_ms: float


def hrsearch(index: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run one command on an index and wait for it.  Raises: CalledProcessError."""
    return subprocess.run(
        command(*arguments), cwd=ROOT, env=environment(index), capture_output=True, text=True, check=True
    )


def command(*arguments: str) -> list[str]:
    """Return the command line of ``hrsearch``, of this Python."""
    return [sys.executable, "-m", "search_app.cli", *arguments]


def environment(index: Path) -> dict[str, str]:
    """Return an environment in which the index stands in a folder of the bench."""
    return {**os.environ, "HRSEARCH_INDEX_FOLDER": str(index)}


@contextmanager
def served(index: Path) -> Iterator[int]:
    """Serve an index and give the port; the server is ended afterwards.  Raises: RuntimeError if it does not start."""
    server = subprocess.Popen(
        command("serve", "--port", "0"), cwd=ROOT, env=environment(index), stderr=subprocess.PIPE, text=True
    )
    assert server.stderr is not None
    try:
        line = server.stderr.readline()
        told = re.search(r"http://127\.0\.0\.1:(\d+)/", line)
        if told is None:
            raise RuntimeError(line + server.stderr.read())
        # What it logs is read and let go: with a full pipe the server would wait for ever.
        reading = threading.Thread(target=deque, args=(server.stderr, 0))
        reading.start()
        try:
            yield int(told[1])
        finally:
            server.terminate()
            reading.join(PATIENCE)
    finally:
        server.terminate()
        server.wait(PATIENCE)
        server.stderr.close()


class Client:
    """One reader with one connection, which is opened anew where the server closed it."""

    def __init__(self, port: int) -> None:
        self._connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)

    def get(self, path: str, values: Mapping[str, str | Sequence[str]]) -> Reply:
        """Ask for a page with the default language and wait for all of it."""
        begun = time.perf_counter()
        self._connection.request("GET", f"{path}?{urlencode(values, doseq=True)}")
        answer = self._connection.getresponse()
        body = answer.read(1)
        first = time.perf_counter()
        body += answer.read()
        return Reply(answer.status, body, (first - begun) * 1000, (time.perf_counter() - begun) * 1000)

    def search(self, values: Mapping[str, str | Sequence[str]]) -> tuple[Reply, dict[str, Any]]:
        """Ask the API; the second value is its JSON, empty where the status is not 200."""
        reply = self.get("/api/v1/search", values)
        return reply, json.loads(reply.body) if reply.status == 200 else {}

    def close(self) -> None:
        """Hang up."""
        self._connection.close()
