"""How does a command end that goes on until it is told to?  In the same way for Ctrl-C and for a service manager."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType


@contextmanager
def until_stopped(say: Callable[[str], None]) -> Iterator[None]:
    """End what is done inside at SIGINT or SIGTERM, without an error, and say "stopped".

    For the main thread.  Other exceptions pass.
    """

    def stop(number: int, frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    except KeyboardInterrupt:
        pass
    finally:
        signal.signal(signal.SIGTERM, before)
    say("stopped")
