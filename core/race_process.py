"""A race in a process of its own: `python -m core.race_process dot` writes JSON.

Python's loops hold the lock that the threads of a server share. In a process of its
own a race slows down no page.
"""

import json
import sys
from collections.abc import Callable, Mapping
from dataclasses import asdict

from core import race, rewriting
from core.stopwatch import Timing

RACES: Mapping[str, Callable[[], tuple[Timing, ...]]] = {
    "dot": race.full_race,
    "logistic": rewriting.full_race,
}


def written(timings: tuple[Timing, ...]) -> str:
    """Timings as text."""
    return json.dumps([asdict(timing) for timing in timings])


def read(text: str) -> tuple[Timing, ...]:
    """Timings from their text. Raises ValueError for anything else."""
    try:
        return tuple(Timing(**timing) for timing in json.loads(text))
    except TypeError as error:
        raise ValueError(f"not the timings of a race: {error}") from error


if __name__ == "__main__":
    sys.stdout.write(written(RACES[sys.argv[1]]()))
