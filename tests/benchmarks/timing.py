"""What the benchmarks that need no window share: processor time, and what they hand on."""

from __future__ import annotations

import time
from collections.abc import Callable

Taken = tuple[str, str, list[float], str]
"""What was done, on which data, the seconds of each run, and the aim in milliseconds."""


def cpu(runs: int, work: Callable[[], object]) -> list[float]:
    """Seconds of processor time of this process that each run takes: other work on the machine counts little."""
    taken = []
    for _ in range(runs):
        began = time.process_time()
        work()
        taken.append(time.process_time() - began)
    return taken
