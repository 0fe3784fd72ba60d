"""Documents to entries, on every core, with memory that does not grow with the collection."""

from __future__ import annotations

import multiprocessing
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from typing import TypeVar

Job = TypeVar("Job")
Made = TypeVar("Made")

#: Size of the jobs that are handed to a process at once, in characters: about half a second of work.
BATCH_CHARS = 200_000

#: Below this many jobs the start of processes (1.5 s each) costs more than it saves.
FEW_JOBS = 60

#: Batches under way for each process: enough that none waits, few enough that memory stays flat.
BATCHES_PER_PROCESS = 3


def process_count(setting: int) -> int:
    """Return the number of processes: the setting, or one for each core where it is 0."""
    return setting or len(os.sched_getaffinity(0))


def spread(
    jobs: Iterable[Job],
    size: Callable[[Job], int],
    make: Callable[[list[Job]], Made],
    prepare: Callable[..., None],
    arguments: tuple[object, ...],
    processes: int,
    expected: int,
) -> Iterator[Made]:
    """Yield what ``make`` makes of the jobs, batch by batch in their order, on ``processes`` processes.

    ``prepare(*arguments)`` is called once in each process before its first batch, here too when no process is
    worth starting.  ``make`` and ``prepare`` must be functions of a module, so that a process can find them.
    """
    if processes == 1 or expected < FEW_JOBS:
        prepare(*arguments)
        yield from map(make, _batches(jobs, size))
        return
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(processes, context, prepare, arguments) as pool:
        running: deque[Future[Made]] = deque()
        for batch in _batches(jobs, size):
            running.append(pool.submit(make, batch))
            if len(running) >= BATCHES_PER_PROCESS * processes:
                yield running.popleft().result()
        while running:
            yield running.popleft().result()


def _batches(jobs: Iterable[Job], size: Callable[[Job], int]) -> Iterator[list[Job]]:
    batch: list[Job] = []
    total = 0
    for job in jobs:
        batch.append(job)
        total += size(job)
        if total >= BATCH_CHARS:
            yield batch
            batch, total = [], 0
    if batch:
        yield batch
