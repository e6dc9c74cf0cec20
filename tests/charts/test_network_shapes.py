"""The drawing of a network: every symbol lights its part and says its shape."""

import re

import numpy as np
import pytest

from charts import shape_words, transposed
from charts.network_shapes import GAP, Net, _headings, network_chart, spots
from core.network_shapes import both_ways, network_shapes, small_numbers
from core.notation import symbols
from core.predictions import read_shape
from core.rounding import readable
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


@pytest.mark.parametrize(("n_x", "m"), [(1, 1), (2, 5), (3, 2), (4, 5), (6, 6)])
def test_only_a_square_w_is_multiplied_the_wrong_way(n_x, m):
    _, sweep = transposed.transposed_chart(n_x, m)
    W, X = small_numbers(transposed.MOST, n_x, m, transposed.SEED)
    for n, said, outcome in zip(
        range(1, 7), sweep.says, sweep.readout[1].shown, strict=True
    ):
        both = both_ways(W[:n], X)
        assert (outcome == "error") == (n != n_x)
        if both.error:
            assert both.error in said
    right, wrong = W[:n_x] @ X, W[:n_x].T @ X
    said = sweep.says[n_x - 1]
    if n_x == 1:
        assert "its own transpose" in said
        return
    row, column = (int(part.split()[1].strip(",")) - 1 for part in place_in(said))
    assert right[row, column] != wrong[row, column]
    assert f"{readable(wrong[row, column])} instead of" in said


def place_in(said):
    """ "row 1" and "column 2" of the sentence."""
    return re.findall(r"(?:row|column) \d+", said)


@pytest.mark.parametrize("n_x", range(1, 7))
@pytest.mark.parametrize("m", range(1, 7))
def test_no_two_arrays_of_the_products_overlap(n_x, m):
    fig, sweep = transposed.transposed_chart(n_x, m)
    numbers = sweep.moving[3]
    width, depth = fig.layout.xaxis.range[1], -fig.layout.yaxis.range[0]
    for x, y in zip(numbers["x"], numbers["y"], strict=True):
        cells = [
            (round(a, 3), round(b, 3)) for a, b in zip(x, y, strict=True) if a == a
        ]
        assert len(set(cells)) == len(cells)
        assert all(0.5 <= a <= width - 0.5 for a, _ in cells)
        assert all(0.5 <= -b <= depth - 0.5 for _, b in cells)


@pytest.mark.parametrize(
    ("n_x", "n_h", "m"),
    [(4, 4, 5), (3, 4, 5), (1, 1, 2), (1, 3, 2), (12_288, 20, 209), (3, 3, 1000)],
)
def test_figure_and_words_tell_of_the_same_network(n_x, n_h, m):
    words = transposed.on_your_sizes(n_x, n_h, m)
    shown = transposed.shown_sizes(n_x, m)
    _, sweep = transposed.transposed_chart(*shown)
    frame = sweep.nearest(transposed.shown_units(n_h))
    assert ("small example" in words) == (shown != (n_x, m))
    if shown == (n_x, m):
        outcome = sweep.readout[1].shown[frame]
        assert (outcome == "error") == ("ValueError" in words)
        assert sweep.shown[frame] == str(n_h)


@each_net
def test_the_script_prints_every_layer(sizes, m):
    found = [
        eval(code, {"network_shapes": network_shapes, "sizes": sizes, "m": m})
        for label, code in shape_words.script_prints(sizes)
        if label.startswith("shapes of")
    ]
    assert tuple(found) == network_shapes(sizes, m)


@each_net
def test_no_caption_is_wider_than_its_place_on_a_phone(sizes, m):
    fig, _ = network_chart(sizes, m)
    low, high = fig.layout.xaxis.range
    pixels = 350 / (high - low)  # of one unit of the drawing
    net = Net(sizes, m)
    for x, _, text, *_ in _headings(net, 3.0):
        half = len(text.replace(",", "")) * 7 / 2
        assert (x - low) * pixels >= half - 4
        if net.large:
            assert half <= GAP / 2 * pixels + 2
