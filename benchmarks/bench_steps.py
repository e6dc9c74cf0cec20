"""Training alone, without server and browser: the fast loop of the core.

Against scikit-learn's MLPClassifier in the same process: full batch, plain gradient
descent, the same sizes and the same activation on both sides, one thread each. It
shuffles the examples in each pass unless it is told not to; both are measured, and the
budget is against the usual one. Then the cost of a step against the number of points.
"""

import time
import warnings
from collections.abc import Callable, Iterator

import numpy as np
from sklearn.neural_network import MLPClassifier
from threadpoolctl import threadpool_limits

from benchmarks.rows import Plan, Row, p50
from core import datasets, shallow

# Units, points, steps of one measurement, and how many times as fast we have to be.
SIZES = ((4, 400, 1500, 6.0), (64, 400, 300, 2.5), (64, 5000, 150, 4.0))
THEIRS = {"tanh": "tanh", "sigmoid": "logistic"}
REPEATS = 5
POINTS = (1_000, 3_000, 10_000, 30_000, 100_000)
LINEAR_STEPS = 40
SLACK = 1.15  # a hundred times the points may cost this much more than that


def run(plan: Plan) -> Iterator[Row]:
    """One row for each size and activation, and one for the cost of a step."""
    with threadpool_limits(1), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a few steps do not converge
        for n_h, m, steps, times in SIZES:
            for name in THEIRS:
                yield _against(n_h, m, steps, times, name, plan.times(REPEATS))
        yield _linear(plan.times(REPEATS))


def _against(
    n_h: int, m: int, steps: int, times: float, name: str, repeats: int
) -> Row:
    data = datasets.make("flower", m)
    start = shallow.initialize(2, n_h)
    ours, theirs, unshuffled = [], [], []
    for _ in range(repeats):  # in turns, so that a busy moment hits both
        ours.append(
            _seconds(
                lambda: shallow.train(start, data.X, data.Y, name, 0.1, steps, every=0)
            )
        )
        theirs.append(_seconds(lambda: _theirs(n_h, data, name, steps, True)))
        unshuffled.append(_seconds(lambda: _theirs(n_h, data, name, steps, False)))
    ratio = p50(theirs) / p50(ours)
    return Row(
        f"training {n_h} × {m:,}, {name}",
        100 / ratio,
        100 / times,
        "%",
        f"of scikit-learn's time: {ratio:.1f} times as fast, to be {times:g} "
        f"({p50(unshuffled) / p50(ours):.1f} without its shuffling); "
        f"{steps / p50(ours):,.0f} steps a second against {steps / p50(theirs):,.0f}",
        "p50",
    )


def _theirs(
    n_h: int, data: datasets.Dataset, name: str, steps: int, shuffle: bool
) -> None:
    MLPClassifier(
        (n_h,),
        activation=THEIRS[name],
        solver="sgd",
        alpha=0.0,
        batch_size=data.Y.size,
        learning_rate_init=0.1,
        momentum=0.0,
        nesterovs_momentum=False,
        shuffle=shuffle,
        max_iter=steps,
        n_iter_no_change=steps + 1,
        tol=0.0,
        random_state=0,
    ).fit(np.ascontiguousarray(data.X.T), data.Y[0])


def _linear(repeats: int) -> Row:
    a_step = {}
    for m in POINTS:
        data = datasets.make("flower", m)
        start = shallow.initialize(2, 4)
        steps = max(LINEAR_STEPS, LINEAR_STEPS * 10_000 // m)

        def train(data=data, start=start, steps=steps) -> None:
            shallow.train(start, data.X, data.Y, "tanh", 0.1, steps, every=0)

        a_step[m] = min(_seconds(train) for _ in range(repeats)) / steps
    first, last = POINTS[0], POINTS[-1]
    said = ", ".join(f"{m:,}: {1e6 * each:,.0f} µs" for m, each in a_step.items())
    return Row(
        f"a step, {last // first} times the points",
        a_step[last] / a_step[first],
        SLACK * last / first,
        "×",
        said,
    )


def _seconds(act: Callable[[], object]) -> float:
    """Processor time: what else the machine does counts for nothing."""
    began = time.process_time()
    act()
    return time.process_time() - began
