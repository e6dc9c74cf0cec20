"""Run the benchmarks: `python -m benchmarks [--quick] [benchmark or page …]`."""

import argparse
import sys
import time
from collections.abc import Callable, Iterable

from benchmarks import (
    bench_control,
    bench_drag,
    bench_first_data,
    bench_first_visit,
    bench_people,
    bench_race,
    bench_runs,
    bench_stage,
    bench_steps,
)
from benchmarks.rows import Plan, Row, attempt

BENCHMARKS: dict[str, Callable[[Plan], Iterable[Row]]] = {
    "drag": bench_drag.run,
    "control": bench_control.run,
    "people": bench_people.run,
    "race": bench_race.run,
    "first_data": bench_first_data.run,
    "first_visit": bench_first_visit.run,
    "runs": bench_runs.run,
    "stage": bench_stage.run,
    "steps": bench_steps.run,
}


def main() -> int:
    """Print one line a budget; 1 when one is over."""
    every_page = Plan().pages
    names = [*BENCHMARKS, *every_page]
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", help=f"only these of {', '.join(names)}")
    parser.add_argument("--quick", action="store_true", help="few repetitions, noisy")
    asked = parser.parse_intermixed_args()
    unknown = set(asked.names) - set(names)
    if unknown:
        parser.error(f"no benchmark or page: {', '.join(sorted(unknown))}")
    pages = tuple(page for page in every_page if page in asked.names) or every_page
    chosen = [name for name in BENCHMARKS if name in asked.names] or list(BENCHMARKS)
    plan = Plan(pages, quick=asked.quick)
    width = max(map(len, every_page)) + 24
    over = 0
    began = time.perf_counter()
    for name in chosen:
        for row in attempt(name, lambda name=name: BENCHMARKS[name](plan)):
            print(row.line(width), flush=True)
            over += not row.ok
    spent = time.perf_counter() - began
    print(f"{over} over budget" if over else "All within budget", f"({spent:.0f} s)")
    return 1 if over else 0


if __name__ == "__main__":
    sys.exit(main())
