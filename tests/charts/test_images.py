"""The lit pixel, the strip and the words of a frame are one and the same number."""

import base64
import struct
import zlib

import numpy as np
import pytest

from charts.images import (
    asked_place,
    growth_chart,
    index_formula,
    mixed_chart,
    order_table,
    png,
    stack_chart,
    stops,
    vector_chart,
)
from core.images import PICTURES, draw, pixel_of, pixel_of_numpy, unroll
from ui.live_figure.packing import pack


def every_chart(n):
    image = draw("cat", n)
    images = tuple(draw(name, n) for name in PICTURES)
    return (
        vector_chart("cat", n, min(5, 3 * n * n - 1), image),
        growth_chart(),
        stack_chart(tuple(PICTURES), n, "", images),
    )


@pytest.mark.parametrize("n", [2, 16, 64, 128])
def test_every_frame_fits_the_figure_and_the_page_its_budget(n):
    total = len(pack(mixed_chart("cat", n, draw("cat", n))).text)
    for fig, sweep in every_chart(n):
        for trace, attributes in sweep.moving.items():
            assert trace < len(fig.data)
            for rows in attributes.values():
                assert len(rows) == len(sweep.values)
                assert len({len(row) for row in rows}) == 1
        total += len(pack(fig, sweep).text)
    assert total < 500_000


@pytest.mark.parametrize("n", [3, 16, 64])
def test_a_frame_tells_its_own_number(n):
    image = draw("noise", n)
    fig, sweep = vector_chart("noise", n, 5, image)
    x = unroll(image)[:, 0]
    for k in range(0, len(sweep.values), 7):
        i = int(sweep.values[k])
        at = pixel_of(i, n, n)
        assert sweep.says[k].startswith(f"x[{i}] = {x[i]:.0f}: row {at.row}, ")
        assert (
            sweep.readout[1].shown[k] == f"{image[at.row, at.column, at.channel]:.0f}"
        )
        assert pixel_of_numpy(int(sweep.readout[2].shown[k]), n, n) == at
        for mark in sweep.marks[1:4]:
            mine = fig.data[mark].xaxis == f"x{at.channel + 3}"
            column = sweep.moving[mark]["x"][k][0]
            assert column == at.column if mine else np.isnan(column)
            assert sweep.moving[mark]["y"][k][0] == at.row


def test_short_vectors_stop_everywhere_and_long_ones_around_borders():
    assert list(stops(16, 0)) == list(range(768))
    long = set(stops(64, 7000))
    assert len(long) < 700
    for middle in (0, 4096, 8192, 12287, 7000):
        near = {i for i in range(middle - 12, middle + 13) if 0 <= i < 12288}
        assert near <= long


def test_the_strip_of_x_is_stacked_column_by_column():
    _, sweep = stack_chart(("a", "b"), 4, "", (draw("cat", 4), draw("noise", 4)))
    assert sweep.readout[0].shown == ("(48, 0)", "(48, 1)", "(48, 2)")


def test_a_png_holds_the_levels():
    image = draw("noise", 5)
    data = base64.b64decode(png(image).split(",")[1])
    size = struct.unpack(">I", data[33:37])[0]
    lines = np.frombuffer(zlib.decompress(data[41 : 41 + size]), np.uint8)
    assert np.array_equal(lines.reshape(5, 16)[:, 1:].reshape(5, 5, 3), image)


def test_formula_and_table_name_the_index():
    assert "= 4229" in index_formula(4229, 64)
    table = order_table(4229, 64, draw("cat", 64))
    assert list(table["notes"])[1] == "(2, 5, green)"
    assert len(order_table(11, 2, draw("cat", 2))) == 4


def test_the_question_is_about_a_picture_not_on_screen():
    assert asked_place(64)[1] == 10205
    assert "50 × 50" in asked_place(100)[0]
