"""Mini-batches: which examples each step of gradient descent looks at."""

from collections.abc import Iterator

import numpy as np

Columns = np.ndarray[tuple[int], np.dtype[np.int64]]


def batches(m: int, size: int, seed: int = 0) -> Iterator[Columns]:
    """The columns of X for step 1, step 2, … without end.

    Each pass over the m examples shuffles them and cuts them into batches of `size`;
    the last one of a pass may be smaller. With size ≥ m every batch holds all examples
    in their own order, which is plain gradient descent. Raises ValueError for an empty
    batch.
    """
    if size < 1:
        raise ValueError(f"A batch needs at least one example, not {size}.")
    rng = np.random.default_rng(seed)
    while True:
        order = rng.permutation(m) if size < m else np.arange(m)
        for start in range(0, m, size):
            yield order[start : start + size]


def batches_in_a_pass(m: int, size: int) -> int:
    """How many steps it takes to see each of m examples once; size 0 means all."""
    return -(-m // size) if size else 1
