"""The lit pixel, the strip and the words of a frame are one and the same number."""

import base64
import io
import struct
import zlib

import numpy as np
import pytest
from PIL import Image

from charts.images import (
    REACH,
    asked_place,
    growth_chart,
    index_formula,
    mixed_chart,
    mixed_notice,
    order_table,
    plane_png,
    png,
    stack_chart,
    vector_chart,
)
from core.images import (
    PICTURES,
    draw,
    pixel_of,
    pixel_of_numpy,
    unroll,
    unroll_numpy,
)
from core.rounding import readable
from ui.live_figure.packing import pack


def every_chart(n):
    image = draw("cat", n)
    images = tuple(draw(name, n) for name in PICTURES)
    return (
        vector_chart("cat", n, image),
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
                some = rows if isinstance(rows, np.ndarray) else list(rows)[::97]
                assert len({len(row) for row in some}) == 1
        total += len(pack(fig, sweep).text)
    assert total < 500_000


@pytest.mark.parametrize("n", [3, 16, 64])
def test_a_frame_tells_its_own_number(n):
    image = draw("noise", n)
    fig, sweep = vector_chart("noise", n, image)
    assert sweep.values.tolist() == list(range(3 * n * n))
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


@pytest.mark.parametrize("n", [2, 5, 64])
def test_the_cells_of_a_frame_are_the_neighbours_in_x(n):
    image = draw("noise", n)
    fig, sweep = vector_chart("noise", n, image)
    count = 3 * n * n
    panels = (("x6", unroll, pixel_of, None), ("x8", unroll_numpy, pixel_of_numpy, 2))
    for panel, unrolled, pixel, readout in panels:
        x = unrolled(image)[:, 0]
        numbers, places = (
            sweep.moving[t]["text"]
            for t, trace in enumerate(fig.data)
            if trace.xaxis == panel and trace.mode == "text"
        )
        cells = [
            sweep.moving[t]["y"]
            for t, trace in enumerate(fig.data)
            if trace.xaxis == panel and trace.mode == "markers"
        ]
        for i in {0, 1, n * n - 1, n * n, count // 2, count - 1}:
            middle = i if readout is None else int(sweep.readout[readout].shown[i])
            for k, j in enumerate(range(middle - REACH, middle + REACH + 1)):
                if not 0 <= j < count:
                    assert places.row(i)[k] is None
                    continue
                channel = pixel(j, n, n).channel
                assert numbers.row(i)[k] == f"{'RGB'[channel]} {x[j]:.0f}"
                assert places.row(i)[k] == f"{j}"
                filled = [c for c in range(3) if np.isfinite(cells[c].row(i)[k])]
                assert filled == [channel]


def test_the_strip_of_x_is_stacked_column_by_column():
    _, sweep = stack_chart(("a", "b"), 4, "", (draw("cat", 4), draw("noise", 4)))
    assert sweep.readout[0].shown == ("(48, 0)", "(48, 1)", "(48, 2)")


def test_a_png_holds_the_levels():
    image = draw("noise", 5)
    data = base64.b64decode(png(image).split(",")[1])
    size = struct.unpack(">I", data[33:37])[0]
    lines = np.frombuffer(zlib.decompress(data[41 : 41 + size]), np.uint8)
    assert np.array_equal(lines.reshape(5, 16)[:, 1:].reshape(5, 5, 3), image)


@pytest.mark.parametrize("channel", [0, 1, 2])
def test_a_plane_is_its_channel_in_its_own_colour(channel):
    image = draw("noise", 5)
    data = base64.b64decode(plane_png(image, channel).split(",")[1])
    shown = np.array(Image.open(io.BytesIO(data)).convert("RGB"))
    assert np.array_equal(shown, image * np.eye(3)[channel])


def test_formula_and_table_name_the_index():
    assert "= 4229" in index_formula(4229, 64)
    table = order_table(4229, 64, draw("cat", 64))
    assert list(table["notes"])[1] == "(2, 5, green)"
    assert len(order_table(11, 2, draw("cat", 2))) == 4


def test_the_question_is_about_a_picture_not_on_screen():
    assert asked_place(64)[1] == 10205
    assert "50 × 50" in asked_place(100)[0]


@pytest.mark.parametrize(
    ("name", "n", "grey"),
    [("cat", 64, True), ("cat", 2, False), ("noise", 64, False), ("sunset", 6, True)],
)
def test_the_mixed_picture_is_called_what_it_is(name, n, grey):
    image = draw(name, n)
    by_hand = [np.ptp(each) for each in unroll(image).reshape(-1, 3)]
    words = mixed_notice(image)
    assert f"differ by {readable(float(np.mean(by_hand)), 3)} of 255" in words
    assert ("most of the colour is gone" in words) == grey


def test_two_pictures_leave_no_band_under_them_on_a_phone():
    fig = mixed_chart("cat", 8, draw("cat", 8))
    left, right = fig.layout.xaxis2.domain
    assert fig.layout.meta["square"] == pytest.approx(right - left)
    assert right == 1
