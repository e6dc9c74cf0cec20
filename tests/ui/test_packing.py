"""A figure's frames, packed for the browser."""

import warnings

import numpy as np

from charts.base import figure, scatter
from core.sweep import Sweep
from ui.live_figure.packing import pack
from ui.shared.packed import unpack


def test_what_is_too_large_to_show_is_infinite_and_no_warning_is_given():
    rows = np.array([[1.5], [-1e256], [1e256]])
    sweep = Sweep("step", np.arange(3.0), ("0", "1", "2"), {0: {"y": rows}})
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        drawing = pack(figure([scatter(x=[0])]), sweep)
    shown = unpack(drawing.text)["sweep"]["moving"]["0"]["y"]
    assert np.ravel(shown).tolist() == [1.5, -np.inf, np.inf]
