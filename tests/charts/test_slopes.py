"""The figures of the derivatives page show the numbers of the core."""

import numpy as np
import pytest

from charts import slopes
from core.derivatives import FUNCTIONS, function_named, nudge
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
