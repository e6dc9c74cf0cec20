"""The figures and sentences of the training page, against the run they show."""

from dataclasses import replace

import numpy as np
import plotly.graph_objects as go
import pytest

from charts import training
from core.datasets import DATASETS
from core.diagnosis import Finding
from core.shallow import RunTooLarge
from core.sweep import Sweep
from core.training import Choices, Run, train_both
from ui.live_figure.packing import pack

USUAL = Choices("flower", 400, 0.2, 0, 0.2, 4, "tanh", "random", 1.2, 10_000)
SMALL = replace(USUAL, m=60, steps=200)
CHARTS = (training.network_chart, training.logistic_chart, training.cost_chart)


@pytest.fixture(scope="module")
def usual() -> Run:
    return train_both(USUAL)


def check(figure: go.Figure, sweep: Sweep, run: Run) -> None:
    count = len(run.steps)
    assert sweep.values.tolist() == run.steps.tolist()
    assert len(sweep.shown) == count
    for attributes in sweep.moving.values():
        assert {len(rows) for rows in attributes.values()} == {count}
    for trace in sweep.moving:
        assert trace < len(figure.data)
    for each in sweep.maps:
        assert each.z.shape == (count, training.CELLS, training.CELLS)
        assert each.z.min() >= 0
        assert each.z.max() <= 1
    for readout in sweep.readout:
        assert len(readout.shown) == count
    assert len(sweep.says) in {0, count}


@pytest.mark.parametrize(
    "choices",
    [
        SMALL,
        replace(SMALL, held_out=0.0),
        replace(SMALL, steps=0),
        replace(SMALL, scheme="zeros"),
        replace(SMALL, m=20, held_out=0.5, n_h=1, data="spiral", noise=1.0),
        replace(SMALL, activation="linear", alpha=10.0, steps=2000),
    ],
)
def test_every_trace_has_a_row_for_every_kept_step(choices: Choices) -> None:
    run = train_both(choices)
    for chart in CHARTS:
        check(*chart(choices, run), run)
    assert training.notice(choices, run).startswith("**What to notice.**")
    assert "nan" not in training.notice(choices, run)


def test_words_and_readout_give_the_numbers_of_the_core(usual: Run) -> None:
    _, sweep = training.network_chart(USUAL, usual)
    accuracy = usual.network_score.train.accuracy[-1]
    line = usual.logistic_score.train.accuracy[-1]
    assert sweep.says[-1] == (
        f"After 10,000 steps the network gets {100 * accuracy:.3g} % of the training "
        f"points right, logistic regression {100 * line:.3g} %."
    )
    assert sweep.says[0].startswith("Before the first step the network gets")
    assert sweep.says[1].startswith("After 1 step the")
    assert [readout.symbol for readout in sweep.readout] == [
        "J",
        "right",
        "J held out",
        "right held out",
    ]
    assert float(sweep.readout[0].shown[-1]) == pytest.approx(
        usual.network_score.train.J[-1], rel=5e-3
    )


def test_every_point_is_shown_once_by_class_and_part(usual: Run) -> None:
    figure, _ = training.network_chart(USUAL, usual)
    assert sum(len(trace.x) for trace in figure.data) == 400
    symbols = {trace.marker.symbol for trace in figure.data}
    assert symbols == {"circle", "diamond"}
    assert sum(len(trace.x) for trace in figure.data[2:]) == 80


def test_the_square_holds_every_point_and_the_map_fills_it(usual: Run) -> None:
    figure, sweep = training.network_chart(USUAL, usual)
    low, high = figure.layout.xaxis.range
    for trace in figure.data:
        assert np.all((trace.x > low) & (trace.x < high))
        assert np.all((trace.y > low) & (trace.y < high))
    (painted,) = sweep.maps
    assert painted.x[0] < low
    assert painted.x[1] > high


@pytest.mark.parametrize("name", DATASETS)
def test_the_page_stays_within_its_budget(name: str) -> None:
    choices = replace(USUAL, data=name, m=2000, n_h=20, scheme="fan_in", steps=500)
    run = train_both(choices)
    sizes = [len(pack(*chart(choices, run)).text) for chart in CHARTS]
    assert sum(sizes) < 500_000


def test_the_formula_and_the_table_agree_on_the_shapes(usual: Run) -> None:
    table = training.shapes_table(USUAL, 320)
    here = table["here"].str.replace("\u00a0", " ")
    shapes = dict(zip(table[""], here, strict=True))
    start = usual.history.at(0)
    for name in ("W1", "b1", "W2", "b2"):
        assert shapes[name] == str(getattr(start, name).shape)
    assert shapes["X"] == str(usual.split.train.X.shape)
    formula = training.forward_formula(USUAL, 320)
    assert r"\underset{(4,\,2)}{W^{[1]}}" in formula
    assert r"\underset{(2,\,320)}{X}" in formula
    total = sum(getattr(start, name).size for name in ("W1", "b1", "W2", "b2"))
    assert f"**{total} numbers**" in training.parameter_sentence(USUAL)


@pytest.mark.parametrize(
    ("fix", "values"),
    [
        (("alpha", 0.1), {"alpha": 0.1}),
        (("alpha", 0.0003), {"alpha": 0.001}),
        (("scheme", "random"), {"init": "random"}),
        (("activation", "leaky_relu"), {"g": "leaky_relu"}),
        (("steps", 200), {"steps": 200}),
    ],
)
def test_a_remedy_sets_an_input_to_a_value_that_it_has(
    fix: tuple[str, float | str], values: dict[str, object]
) -> None:
    label, sets = training.remedy(Finding("diverged", 3, "", fix))
    assert sets == values
    assert label.startswith(("Train", "Start"))
    (key, value), *_ = values.items()
    options = {
        "alpha": training.ALPHAS,
        "init": training.SCHEMES,
        "g": training.ACTIVATION_NAMES,
        "steps": training.STEPS,
    }
    assert value in options[key]


def test_a_run_too_large_gets_the_largest_size_on_the_scale() -> None:
    _, values = training.smaller_run(RunTooLarge("", largest_steps=9569))
    assert values == {"steps": 5000}


def test_the_fewest_units_are_those_that_get_nearly_all_right() -> None:
    shares = np.array([0.6, 0.9, 0.99, 1.0])
    assert training.fewest_units(shares) == 3
    assert "60 % with 1 unit, 90 % with 2 units" in training.units_explanation(shares)
