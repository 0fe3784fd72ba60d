"""``python -m benchmarks.peers build|serve NAME COLLECTION FOLDER [PROCESSES]``: one engine in one process.

``build`` prints seconds, seconds of all processors and peak memory.  ``serve`` prints how long opening and the first
answer took, then does what each line of standard input says and prints the result as one line of JSON:

``answers``   every question answered once, with complete facets: ``[{total, ids, facets}]``
``pass``      every question answered once, as a page asks: milliseconds of each
``memory``    ``[resident, private]`` in MB
``passages``  the passages of the ten hits of every question: milliseconds of each, or null
"""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path

from benchmarks.documents import Collection, Question
from benchmarks.memory import memory
from benchmarks.peers import ALL_VALUES, SHOWN_VALUES, Opened, peer


def main(arguments: Sequence[str]) -> int:
    """Do what the command line says."""
    action, name, collection, folder = arguments[:4]
    if action == "build":
        return _build(name, Collection(Path(collection)), Path(folder), int(arguments[4]))
    return _serve(name, Collection(Path(collection)), Path(folder))


def _build(name: str, collection: Collection, folder: Path, processes: int) -> int:
    begun = time.perf_counter()
    try:
        peer(name).build(collection, folder, processes)
    except NotImplementedError as reason:
        _say({"seconds": None, "reason": str(reason)})
        return 0
    seconds = time.perf_counter() - begun
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    _say({
        "seconds": seconds,
        "cpu_seconds": round(sum(one.ru_utime + one.ru_stime for one in used), 2),
        "documents": collection.count,
        "peak_mb": sum(one.ru_maxrss for one in used) / 1024,
    })  # fmt: skip
    return 0


def _serve(name: str, collection: Collection, folder: Path) -> int:
    module = peer(name)
    questions = collection.questions()
    begun = time.perf_counter()
    opened = module.open(folder)
    open_ms = _since(begun)
    opened.answer(questions[0], SHOWN_VALUES)
    _say({"open_ms": open_ms, "open_to_first_ms": _since(begun)})
    for line in sys.stdin:
        _say(_COMMANDS[line.strip()](opened, questions))
    return 0


def _answers(opened: Opened, questions: Sequence[Question]) -> object:
    return [asdict(opened.answer(question, ALL_VALUES)) for question in questions]


def _pass(opened: Opened, questions: Sequence[Question]) -> object:
    times = []
    for question in questions:
        begun = time.perf_counter()
        opened.answer(question, SHOWN_VALUES)
        times.append(_since(begun))
    return times


def _memory(opened: Opened, questions: Sequence[Question]) -> object:
    return memory()


def _passages(opened: Opened, questions: Sequence[Question]) -> object:
    times = []
    for question in questions:
        make = opened.passages(question)
        if make is None:
            return None
        make()
        begun = time.perf_counter()
        make()
        times.append(_since(begun))
    return times


_COMMANDS: dict[str, Callable[[Opened, Sequence[Question]], object]] = {
    "answers": _answers,
    "pass": _pass,
    "memory": _memory,
    "passages": _passages,
}


def _since(begun: float) -> float:
    return (time.perf_counter() - begun) * 1000


def _say(value: object) -> None:
    print(json.dumps(value), flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
