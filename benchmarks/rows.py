"""A row of the report, and the statistics that budgets are written in."""

import math
import statistics
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from ui.contents import CONTENTS


@dataclass(frozen=True)
class Row:
    """One budget: what was measured, what it may be, and beside what."""

    name: str
    figure: float
    budget: float
    unit: str
    reference: str
    kind: str = ""
    failed: str = ""

    @property
    def ok(self) -> bool:
        """Within the budget, and nothing went wrong on the way."""
        return self.figure <= self.budget and not self.failed

    def line(self, width: int) -> str:
        """The row as one line of the report."""
        figure = f"{self.kind} {_short(self.figure)} {self.unit}".strip()
        budget = f"≤ {_short(self.budget)} {self.unit}"
        verdict = "ok" if self.ok else "OVER"
        said = f"  {self.failed}" if self.failed else ""
        return (
            f"{self.name:<{width}}  {figure:>14}  {budget:>9}  {verdict:<4}  "
            f"{self.reference}{said}"
        )


@dataclass(frozen=True)
class Plan:
    """How much to measure: which pages, and how often."""

    pages: tuple[str, ...] = field(
        default_factory=lambda: tuple(page.url_path for page in CONTENTS)
    )
    quick: bool = False

    def times(self, count: int) -> int:
        """`count` repetitions, or a fifth of them when it has to be quick."""
        return max(3, count // 5) if self.quick else count


def attempt(name: str, measure: Callable[[], Iterable[Row]]) -> Iterator[Row]:
    """The rows that `measure` gives; when it breaks, a row that says how.

    One page that cannot be measured does not hide the figures of the others.
    """
    try:
        yield from measure()
    except Exception as error:
        said = str(error).strip().splitlines() or [type(error).__name__]
        yield Row(name, math.inf, math.inf, "", "", failed=f"not measured: {said[0]}")


def p50(samples: Sequence[float]) -> float:
    """The median."""
    return statistics.median(samples)


def p95(samples: Sequence[float]) -> float:
    """The value that nineteen of twenty samples do not exceed."""
    ordered = sorted(samples)
    return ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))]


def _short(value: float) -> str:
    return f"{value:.0f}" if abs(value) >= 100 else f"{value:.3g}"
