"""The figures and words of the sigmoid page show the numbers of the core."""

import numpy as np
import pytest

from charts import sigmoid as charts
from core.activations import sigmoid
from core.rounding import readable
from ui.live_figure.packing import pack

SWEEPS = {
    "w": charts.drag_w(0.5),
    "b": charts.drag_b(2.0),
    "length": charts.drag_length(360.0),
    "angle": charts.drag_angle(0.05),
}


@pytest.mark.parametrize("name", SWEEPS)
def test_every_frame_fits_the_figure(name):
    fig, sweep = SWEEPS[name]
    assert len(sweep.says) == len(sweep.shown) == len(sweep.values)
    for readout in sweep.readout:
        assert len(readout.shown) == len(sweep.values)
    assert len(pack(fig, sweep).text) < 500_000


def test_a_full_turn_of_w_has_no_second_part():
    _, sweep = SWEEPS["length"]
    assert sweep.readout[0].shown == sweep.shown
    assert set(sweep.readout[1].shown) == {"0"}
    _, sweep = SWEEPS["angle"]
    assert sweep.readout[0].shown[sweep.nearest(90)] == "0"


def test_what_is_right_has_one_decimal():
    _, sweep = charts.drag_angle(1.0)
    assert sweep.readout[2].shown[sweep.nearest(200)] == "0.8 %"
    assert all(len(text) <= len("99.2 %") for text in sweep.readout[2].shown)


def test_lengths_are_round_numbers():
    _, sweep = SWEEPS["length"]
    assert (sweep.shown[0], sweep.shown[-1]) == ("0.05", "8")
    assert all(len(text) <= 4 for text in sweep.shown)
    assert (np.diff(sweep.values) > 0).all()


def test_a_probability_is_never_shown_as_1_where_it_is_less():
    assert charts.probability_text(20.0) == "1 − 2.061 × 10⁻⁹"
    assert charts.probability_text(1000.0) == "1"
    assert charts.probability_text(4.0) == readable(float(sigmoid(np.array(4.0))))
    row = charts.limits_table().set_index("z").loc["20"]
    assert list(row) == ["1 − 2.061 × 10⁻⁹", "1 − 2.061 × 10⁻⁹", "4.852 × 10⁸"]


def test_one_number_is_written_in_one_way():
    row = charts.limits_table().set_index("z").loc["−20"]
    assert set(row) == {"2.061 × 10⁻⁹"}


@pytest.mark.parametrize("b", [-2.0, 0.5])
def test_a_flat_line_is_not_said_to_leave_the_band(b):
    assert "both sides" not in charts.notice(0.0, b)
    assert ("outside" in charts.notice(0.0, b)) == (b < 0)
    assert "both sides" in charts.notice(0.1, b)
    assert "no green point" in charts.shift_words(0.0)
    assert "x = −b / w" in charts.shift_words(0.1)
    _, sweep = charts.drag_b(0.0)
    assert np.isnan(sweep.moving[6]["x"]).all()


def test_each_view_asks_about_what_it_shows():
    (far, *_), (strip, question, *_) = (
        charts.QUESTIONS[view] for view in charts.QUESTIONS
    )
    assert far != strip
    assert "w gets twice as long" in question
