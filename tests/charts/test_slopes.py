"""The figures of the derivatives page show the numbers of the core."""

import re
from decimal import Decimal

import numpy as np
import pytest

from charts import slopes
from charts.formulas import digits_of_rise, slope_formula
from core.derivatives import FUNCTIONS, from_expression, function_named, nudge
from core.rounding import readable
from core.sweep import Sweep
from ui.live_figure.packing import pack

EVERY = [*((name, "") for name in FUNCTIONS), ("own", "a*sin(a)"), ("own", "log(a)")]
MOVING = (
    lambda name, typed: slopes.slope_chart(name, typed, 0.001),
    lambda name, typed: slopes.lens_chart(name, typed, 1e-15),
    slopes.derivative_chart,
    lambda name, typed: slopes.error_chart(name, typed, 0.001),
)


def rows(sweep: Sweep) -> set[int]:
    """How many frames each moving or growing part of a sweep has."""
    moving = [len(r) for part in sweep.moving.values() for r in part.values()]
    said = [len(sweep.says)] if sweep.says else []
    shown = [len(number.shown) for number in sweep.readout]
    grown = [len(r) for r in sweep.growing.values()]
    return {len(sweep.values), len(sweep.shown), *moving, *said, *shown, *grown}


@pytest.mark.parametrize(("name", "typed"), EVERY)
@pytest.mark.parametrize("chart", MOVING)
def test_every_part_of_a_sweep_has_as_many_frames_as_values(chart, name, typed):
    _, sweep = chart(name, typed)
    assert len(rows(sweep)) == 1


@pytest.mark.parametrize(("name", "typed"), EVERY)
def test_what_is_said_in_a_frame_is_what_the_core_computes(name, typed):
    function = function_named(name, typed)
    _, sweep = slopes.slope_chart(name, typed, 0.1)
    for i in (0, sweep.nearest(2.0), len(sweep.values) - 1):
        at = nudge(function.f, sweep.values[i], 0.1)
        assert sweep.readout[0].shown[i] == readable(float(at.f_a))
        assert sweep.readout[1].shown[i] == readable(float(at.slope))
        if np.isfinite(at.rise):
            assert readable(float(at.rise)) in sweep.says[i]
        else:
            assert "has no value" in sweep.says[i]


@pytest.mark.parametrize("case", [("3a", 2.0), ("a2", 2.0), ("a2", 5.0)])
def test_the_notes_own_places_are_frames(case):
    name, a = case
    _, sweep = slopes.slope_chart(name, "", 0.001)
    assert sweep.values[sweep.nearest(a)] == a


def test_the_page_is_small_enough_for_a_slow_line():
    drawings = [pack(*chart("a2", "")) for chart in MOVING]
    assert sum(len(drawing.text) for drawing in drawings) < 400_000


def test_outside_the_domain_no_figure_complains():
    _, sweep = slopes.error_chart("log", "", 0.001)
    assert np.isnan(sweep.moving[0]["y"][sweep.nearest(-1.0)]).all()
    assert "no slope" in slopes.error_sentence(FUNCTIONS["log"], -1.0)


def test_all_digits_means_all_of_them():
    at = nudge(FUNCTIONS["a2"].f, 2.0, 0.001)
    short = slopes.nudge_table(at, 4.0, all_digits=False)
    long = slopes.nudge_table(at, 4.0, all_digits=True)
    assert list(short["value"])[3] == "4.004001"
    assert float(list(long["value"])[3]) == float(at.f_a_h)


STEPS = [float(f"1e-{k}") for k in range(16)]


def written(text: str) -> Decimal:
    """The number that a reader takes from a formula, exactly."""
    return Decimal(text.replace(r" \times 10^{", "e").strip("(){} "))


@pytest.mark.parametrize("name", list(FUNCTIONS))
@pytest.mark.parametrize("h", STEPS)
@pytest.mark.parametrize("all_digits", [False, True])
def test_the_formula_is_true_with_the_numbers_put_in(name, h, all_digits):
    function = FUNCTIONS[name]
    for a in (0.5, 2.0, 2.37):
        at = nudge(function.f, a, h)
        text = slope_formula(function, at, 1.0, all_digits=all_digits)
        numbers = re.sub(
            r"\\(small|footnotesize|scriptsize)", "", text.split(r"= \frac{")[1]
        )
        after, before = map(written, numbers.split("}{")[0].split(" - ", 1))
        step = written(numbers.split("}{")[1].split("$")[0])
        # Seventeen digits tell two floats apart, not more.
        room = 2e-16 * float(max(abs(after), abs(before)))
        rise = float(after - before)
        assert rise == pytest.approx(float(at.rise), rel=2e-7, abs=room)
        assert float(step) == h
        assert (after != before) is bool(at.rise)


@pytest.mark.parametrize("name", list(FUNCTIONS))
@pytest.mark.parametrize("h", STEPS)
def test_the_table_tells_a_from_a_plus_h_and_their_values_apart(name, h):
    at = nudge(FUNCTIONS[name].f, 2.0, h)
    value = dict(
        slopes.nudge_table(at, 4.0, all_digits=False)[["", "value"]].to_numpy()
    )
    assert value["a"] != value["a + h"]
    assert (value["f(a)"] != value["f(a + h)"]) is bool(at.rise)


@pytest.mark.parametrize(
    ("name", "a", "said"),
    [
        ("a2", 0.0, "nothing is rounded away"),
        ("a3", 0.0, "f″ is 0"),
        ("sin", 0.0, "f″ is 0"),
        ("3a", 0.0, "straight line"),
        ("3a", 2.0, "straight line"),
        ("a2", 2.0, "Here they balance"),
    ],
)
def test_what_to_notice_is_true_here(name, a, said):
    assert said in slopes.error_sentence(FUNCTIONS[name], a)


def test_no_more_digits_than_it_takes():
    square = FUNCTIONS["a2"].f
    digits = [digits_of_rise(nudge(square, 2.0, h)) for h in (1e-3, 1e-8, 1e-15)]
    assert digits == [7, 9, 17]


@pytest.mark.parametrize("name", list(FUNCTIONS))
@pytest.mark.parametrize("h", STEPS)
def test_the_question_has_the_rise_for_an_answer_or_the_slope_times_h(name, h):
    function = FUNCTIONS[name]
    _, truth, why, computed = slopes.rise_question(function, h)
    a = 3.0 if name in {"3a", "a2", "log", "inverse", "sin", "sigmoid"} else 1.5
    at = nudge(function.f, a, h)
    assert computed == float(at.rise)
    exact = h * float(function.df(at.a))
    if h >= 1e-10:
        assert truth == computed
    else:
        assert truth == pytest.approx(exact, rel=0.011)
    ends = re.search(r"from (.*) to ([^:]*):", why)
    assert ends is None or ends[1] != ends[2]


def test_rounding_is_named_where_it_decides():
    _, truth, why, computed = slopes.rise_question(FUNCTIONS["a2"], 1e-15)
    assert truth == pytest.approx(6e-15)
    assert computed == 3.0000000000000009**2 - 9
    assert "NumPy gets 5.329 × 10⁻¹⁵" in why


@pytest.mark.parametrize(
    ("typed", "a", "said"),
    [
        ("1/(a-2)", 2.0, "1/(a - 2) has no value at a = 2."),
        ("sqrt(-a)", -0.1, "has no value at a + h = 0.1."),
        ("sqrt(a)", 0.0, "has a value at a = 0, but no slope."),
        ("a*log(a)", -1.0, r"a\*log(a) has no value at a = −1."),
    ],
)
def test_it_is_said_why_there_is_no_slope(typed, a, said):
    function = function_named("own", typed)
    at = nudge(function.f, a, 0.2)
    assert slopes.no_slope_sentence(function, at).endswith(said)


def test_the_domain_of_a_known_function_is_said():
    function = FUNCTIONS["log"]
    said = slopes.no_slope_sentence(function, nudge(function.f, -1.0, 0.1))
    assert said.endswith("It is defined for a > 0.")


@pytest.mark.parametrize("name", list(FUNCTIONS))
def test_the_secant_does_not_run_through_the_rise(name):
    """Half a line of text, some 10 of 400 pixels, is free around the word."""
    _, sweep = slopes.slope_chart(name, "", 1.0)
    view = FUNCTIONS[name].view
    label, secant = sweep.moving[5], sweep.moving[1]
    for i, a in enumerate(sweep.values):
        at = nudge(FUNCTIONS[name].f, a, 1.0)
        x, y = label["x"][i][1], label["y"][i][1]
        if view.bottom < y < view.top and x < view.right:
            line = np.interp(x, secant["x"][i], secant["y"][i])
            assert abs(y - line) > 10 / 400 * (view.top - view.bottom), (a, at.rise)


def test_a_nudge_is_asked_for_where_the_function_has_a_value() -> None:
    question, truth, *_ = slopes.rise_question(from_expression("log(-a)"), 1e-3)
    assert "At a = −0.5" in question
    assert truth == pytest.approx(np.log(0.499) - np.log(0.5), rel=1e-9)
    assert slopes.rise_question(from_expression("log(a-4)"), 1e-3) is None
