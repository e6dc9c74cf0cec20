"""Compute data/why_now.csv: `python -m benchmarks.why_now` (a few minutes).

Every training of the page "Why now?": the same seeds give the same file, byte for byte.
"""

import argparse
import sys
from collections.abc import Iterator
from itertools import product
from pathlib import Path

from threadpoolctl import threadpool_limits

from core.scale import (
    AMOUNTS,
    MODELS,
    SEEDS,
    STORED,
    SUBJECTS,
    count_right,
    write_curves,
)


def rows() -> Iterator[tuple[str, str, int, int, int]]:
    """Subject, model, m, seed, and how many of the test examples came out right."""
    for key, model, m in product(SUBJECTS, MODELS, AMOUNTS):
        for seed in SEEDS:
            yield key, model, m, seed, count_right(SUBJECTS[key], model, m, seed)
        print(f"{key}, {model}, m = {m}", file=sys.stderr, flush=True)


def main() -> None:
    """Write the file, or another one to compare it with."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.why_now")
    parser.add_argument("--to", type=Path, default=STORED, help="another file")
    # One thread: the order in which a sum is split depends on their number.
    with threadpool_limits(1):
        write_curves(parser.parse_args().to, rows())


if __name__ == "__main__":
    main()
