"""What can be chosen for a training run, and a run's choices as one short text."""

from collections.abc import Mapping
from dataclasses import replace

from core.activations import ACTIVATIONS
from core.datasets import DATASETS
from core.points import OWN
from core.shallow import LIMIT, run_size
from core.training import LARGE, Choices

USUAL = Choices("flower", 400, 0.2, 0, 0.2, 4, "tanh", "random", 1.2, 10_000)

# The same run with more and more hidden units.
SIZES = (1, 2, 3, 4, 5, 20, 50)
BY_UNITS: Mapping[int, Choices] = {n: replace(USUAL, n_h=n, steps=5000) for n in SIZES}

# The name in an address, and the name for reading.
DATA: Mapping[str, str] = {name: name for name in DATASETS} | {OWN: "your own"}
ACTIVATION_NAMES: Mapping[str, str] = {g.name: g.label for g in ACTIVATIONS.values()}
STARTS: Mapping[str, str] = {
    "random": "random: 0.01 · randn",
    "fan_in": "random: randn / √inputs",
    "constant": "all weights 0.01",
    "zeros": "all weights 0",
    LARGE: "random: 10 · randn",
}
BATCHES: Mapping[str, str] = {"0": "all", "1": "1", "4": "4", "16": "16", "64": "64"}

ALPHAS = (
    *(0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 0.6, 1.0, 1.2),
    *(3.0, 10.0, 30.0, 100.0, 1000.0),
)
STEPS = (10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000)
PENALTIES = (0.0, 0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3)

# The name in an address, and the field of Choices.
FIELDS: Mapping[str, str] = {
    "data": "data",
    "m": "m",
    "noise": "noise",
    "seed": "seed",
    "held": "held_out",
    "n_h": "n_h",
    "g": "activation",
    "init": "scheme",
    "alpha": "alpha",
    "steps": "steps",
    "batch": "batch",
    "l2": "l2",
}
# What each may be: one of a few, or a number from a lowest to a highest.
OPTIONS: Mapping[str, tuple[str | float, ...]] = {
    "data": tuple(DATA),
    "g": tuple(ACTIVATION_NAMES),
    "init": tuple(STARTS),
    "alpha": ALPHAS,
    "steps": STEPS,
    "batch": tuple(map(int, BATCHES)),
    "l2": PENALTIES,
}
SPANS: Mapping[str, tuple[float, float]] = {
    "m": (20, 5000),
    "noise": (0.0, 1.0),
    "seed": (0, 99),
    "held": (0.0, 0.5),
    "n_h": (1, 50),
}
SAME = "usual"  # how the usual run is written, which differs in nothing


def write(choices: Choices) -> str:
    """What differs from the usual run: n_h:8,alpha:3. Own points are not in it."""
    parts = [
        f"{key}:{value if isinstance(value, str) else f'{value:.10g}'}"
        for key, field in FIELDS.items()
        if (value := getattr(choices, field)) != getattr(USUAL, field)
    ]
    return ",".join(parts) or SAME


def read(text: str, points: str = "") -> Choices:
    """The choices that `write` wrote, with these own points.

    Raises ValueError with a reason for anything else.
    """
    changes: dict[str, object] = {}
    for part in text.split(",") if text != SAME else []:
        key, _, value = part.partition(":")
        if key not in FIELDS:
            raise ValueError("it has to look like n_h:8,alpha:3")
        changes[FIELDS[key]] = read_value(key, value)
    choices = replace(USUAL, **changes)  # type: ignore[arg-type]
    return with_points(choices, points)


def read_value(key: str, text: str) -> str | float | int:
    """One value, checked against what may be chosen. Raises ValueError."""
    kind = type(getattr(USUAL, FIELDS[key]))
    try:
        value: str | float | int = kind(text)
    except ValueError:
        raise ValueError(f"{key} has to be a number") from None
    low, high = SPANS.get(key, (0, 0))
    fits = value in OPTIONS[key] if key in OPTIONS else low <= value <= high  # type: ignore[operator]
    if fits:
        return value
    raise ValueError(f"{key} is not on its scale")


def with_points(choices: Choices, points: str) -> Choices:
    """Own points where they are asked for, and only there: equal runs are equal."""
    if choices.data == OWN:
        return replace(choices, points=points, m=USUAL.m, noise=USUAL.noise)
    return replace(choices, points="")


def steps_that_fit(m: int, n_h: int) -> int:
    """How many steps on m examples with n_h units one press may take."""
    return LIMIT // run_size(m, n_h, 1)
