"""How the tools of Python are timed: knows nothing of them."""

import statistics
import sys
import time
from contextlib import nullcontext

ROWS = 1_000
USERS = 10_000
RUNS = int(sys.argv[1])


def report(table, tool, work, around=nullcontext):
    """Prints the median time of `work`, each time within `around()`, which is not timed. The first two runs warm up."""
    times = []
    for _ in range(RUNS + 2):
        with around():
            start = time.perf_counter()
            made = work()
            times.append(time.perf_counter() - start)
            del made
    print(table, tool, f"{statistics.median(times[2:]) * 1e3:.3f}", sep="\t", flush=True)
