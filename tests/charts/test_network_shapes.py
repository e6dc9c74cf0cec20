"""The drawing of a network: every symbol lights its part and says its shape."""

import numpy as np
import pytest

from charts import shape_words, transposed
from charts.network_shapes import network_chart, spots
from core.network_shapes import both_ways, network_shapes, small_numbers
from core.notation import symbols
from core.predictions import read_shape
from ui.live_figure.packing import pack

NETS = [
    ((3, 4, 1), 5),
    ((1, 1, 1), 1),
    ((12_288, 20, 1), 209),
    ((6, 7, 5, 8, 2), 40),
]
each_net = pytest.mark.parametrize(("sizes", "m"), NETS)


@each_net
def test_every_part_has_as_many_frames(sizes, m):
    _, sweep = network_chart(sizes, m)
    frames = len(symbols(len(sizes) - 1))
    assert len(sweep.values) == len(sweep.says) == len(sweep.shown) == frames
    for rows in sweep.moving.values():
        assert {len(row) for row in rows.values()} == {frames}
        assert len({np.shape(row)[1] for row in rows.values()}) == 1


@each_net
def test_the_drawing_stays_small(sizes, m):
    assert len(pack(*network_chart(sizes, m)).text) < 60_000


def test_a_symbol_says_its_shape():
    _, sweep = network_chart((3, 4, 1), 5)
    letters, numbers = (
        dict(zip(sweep.shown, r.shown, strict=True)) for r in sweep.readout
    )
    assert (letters["W[1]"], numbers["W[1]"]) == ("(n_h, n_x)", "(4, 3)")
    assert (letters["A[2]"], numbers["A[2]"]) == ("(n_y, m)", "(1, 5)")
    assert numbers["a[1]⁽ⁱ⁾"] == "(4, 1)"
    assert numbers["aⱼ[1]"] == "one number"


def test_each_symbol_is_touched_at_a_place_of_its_own():
    _, sweep = network_chart((3, 4, 1), 5)
    marks = sweep.moving[sweep.marks[0]]
    places = {
        (float(x), float(y))
        for x, y, name in zip(
            marks["x"][:, 0], marks["y"][:, 0], sweep.shown, strict=True
        )
        if "[1]" in name
    }
    assert len(places) == sum("[1]" in name for name in sweep.shown)


@pytest.mark.parametrize("n", [1, 6, 7, 1000])
def test_what_is_left_out_leaves_a_gap(n):
    drawn = spots(n)
    assert len(drawn) == min(n, 6)
    assert drawn[0] == 1
    assert drawn[-1] == n
    assert (None in drawn) == (n > 6)


@pytest.mark.parametrize("product", shape_words.PRODUCTS)
@pytest.mark.parametrize("sizes", [(3, 4, 1), (2, 6, 3), (2, 2, 2, 2)])
def test_the_question_is_not_answered_by_the_page(product, sizes):
    """It asks about another network, and its truth is that network's."""
    words, truth, _ = shape_words.question(product, sizes, 9)
    n_x, n_h, n_y, m = (
        int(part.split()[0].strip(",.")) for part in words.split("= ")[1:]
    )
    assert ((n_x, n_h, n_y), m) != (sizes, 9)
    first, last = network_shapes((n_x, n_h, n_y), m)
    assert truth == {"Wx": (n_h, 1), "WX": first.Z, "WA": last.Z}[product]
    assert read_shape(str(truth)) == truth
    assert str(truth) not in words


def test_the_table_has_every_symbol():
    table = shape_words.shapes_table((3, 4, 1), 5)
    assert len(table) == len(symbols())
    assert list(table[table["symbol"] == "W[1] `W1`"]["here"]) == ["(4, 3)"]


def test_only_a_square_w_is_multiplied_the_wrong_way():
    _, sweep = transposed.transposed_chart()
    W, X = small_numbers(transposed.MOST_UNITS, transposed.N_X, transposed.M, 3)
    for n, said, outcome in zip(
        range(1, 7), sweep.says, sweep.readout[1].shown, strict=True
    ):
        both = both_ways(W[:n], X)
        assert (outcome == "error") == (n != transposed.N_X)
        assert (both.error or "No error") in said
    right, wrong = both_ways(W[:3], X).right, both_ways(W[:3], X).transposed
    assert right.shape == wrong.shape
    assert (right != wrong).any()
