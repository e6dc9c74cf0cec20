"""The network stage in a browser: it computes what NumPy does, and asks nobody."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from core import shallow
from core.activations import ACTIVATIONS
from core.branch import Edit, branch
from core.rounding import readable
from core.training import Choices, plane, train_both
from tests.browser.conftest import OpenTab
from tests.browser.servers import Server, serving
from tests.browser.tab import Tab

ROOT = Path(__file__).parents[2]
FORWARD = (ROOT / "ui" / "network_stage" / "forward.js").read_text("utf-8")
APP = Path(__file__).parent / "apps" / "stage"

STAGE = "[data-testid=network-stage]"
# Every value at some points and over the plane, from theta in float32.
COMPUTE = """({{ n, kind, slope, theta, X, reach, cells }}) => {{
  {source}
  const net = {{ n, kind, slope, theta: Float32Array.from(theta), at: 0 }};
  const units = [...Array(n).keys()];
  const side = Float64Array.from(
    {{ length: cells }}, (_, c) => reach * (2 * c + 1 - cells) / cells);
  const planes = units.map((j) => {{
    const out = new Float64Array(cells * cells);
    unitPlane(net, j, side, out);
    return out;
  }});
  const sum = new Float64Array(cells * cells).fill(B2(net));
  planes.forEach((each, j) => addPlane(sum, each, W2(net, j)));
  return {{
    A1: units.map((j) => X.map(([x1, x2]) => hiddenA(net, j, x1, x2))),
    A2: X.map(([x1, x2]) => outputA(net, x1, x2)),
    planes: planes.map((each) => [...each]),
    surface: [...sum].map(sigmoid),
    largest: units.map((j) => largest(net, j, reach)),
  }};
}}"""


def network(seed: int, n_h: int, scale: float) -> shallow.Parameters:
    """Random parameters that float32 holds exactly."""
    rng = np.random.default_rng(seed)
    shapes = ((n_h, 2), (n_h, 1), (1, n_h), (1, 1))
    draws = [scale * rng.standard_normal(shape) for shape in shapes]
    return shallow.Parameters(*(np.float64(np.float32(draw)) for draw in draws))


@pytest.mark.parametrize("scale", [0.01, 1.0, 60.0])
@pytest.mark.parametrize("name", ACTIVATIONS)
def test_the_forward_pass_is_numpys(new_tab: OpenTab, name: str, scale: float):
    """Each unit and the output within 1e-5, at points and over the plane."""
    parameters = network(seed=3, n_h=6, scale=scale)
    layers = (parameters.W1, parameters.b1, parameters.W2, parameters.b2)
    X = np.random.default_rng(4).uniform(-5, 5, (2, 50))
    got = new_tab().page.evaluate(
        COMPUTE.format(source=FORWARD),
        {
            "n": 6,
            "kind": name,
            "slope": 0.01,
            "theta": np.concatenate([layer.ravel() for layer in layers]).tolist(),
            "X": X.T.tolist(),
            "reach": 4.5,
            "cells": 32,
        },
    )
    at_points = shallow.forward(parameters, X, name)
    over_plane = shallow.forward(parameters, plane(4.5, 32), name)
    assert np.allclose(got["A1"], at_points.A1, rtol=1e-5, atol=1e-5)
    assert np.allclose(got["A2"], at_points.A2[0], rtol=0, atol=1e-5)
    assert np.allclose(got["planes"], over_plane.A1, rtol=1e-5, atol=1e-5)
    assert np.allclose(got["surface"], over_plane.A2[0], rtol=0, atol=1e-5)
    assert np.all(np.array(got["largest"])[:, None] + 1e-5 >= np.abs(over_plane.A1))


# ---- on a page ---------------------------------------------------------------


@pytest.fixture(scope="module")
def stage_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("stage")
    # Beside Nudge's own settings, as if it were Nudge.
    for file in (*APP.glob("*.py"), ROOT / ".streamlit"):
        (folder / file.name).symlink_to(file)
    with serving(folder / "log", folder) as server:
        yield server


# What a key changes is painted in the next frame.
TWO_FRAMES = """() => new Promise((done) =>
  requestAnimationFrame(() => requestAnimationFrame(done)))"""


class Stage:
    """The stage as its visitor knows it."""

    def __init__(self, tab: Tab, path: str = "") -> None:
        self.tab = tab.open(path)
        self.page = tab.page
        self.page.wait_for_selector(f"{STAGE}[data-frame]")
        self.root = self.page.locator(STAGE)
        self.slider = self.root.locator("input[type=range]")
        self.parts = self.root.get_by_role("listbox")

    @property
    def frame(self) -> int:
        return int(self.root.get_attribute("data-frame"))

    @property
    def chosen(self) -> str:
        option = self.parts.get_attribute("aria-activedescendant")
        return self.page.locator(f"[id='{option}']").text_content()

    @property
    def scores(self) -> list[str]:
        return self.root.locator(".scores td").all_inner_texts()

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
        self.page.evaluate(TWO_FRAMES)

    def shows(self, frame: int) -> None:
        self.page.wait_for_selector(f'{STAGE}[data-frame="{frame}"]')

    def set_value(self, value: str) -> None:
        """Type into the field of the chosen part, and train on."""
        self.tab.after(lambda: self.press("Enter", *value, "Enter"))


@pytest.fixture
def open_stage(new_tab: OpenTab, stage_server: Server):
    return lambda path="", **options: Stage(
        new_tab(stage_server.address, **options), path
    )


def choices(steps: int = 2000) -> Choices:
    return Choices("flower", 400, 0.2, 0, 0.2, 4, "tanh", "random", 1.2, steps)


@pytest.fixture(scope="module")
def run():
    return train_both(choices())


def test_it_opens_at_the_step_of_its_address(open_stage, run):
    stage = open_stage("?step=203")
    i = list(run.steps).index(203)
    assert stage.frame == i
    assert "step=203" in stage.tab.path
    J = [readable(float(part.J[i]), 3) for part in parts_of(run)]
    right = [f"{readable(100 * float(p.accuracy[i]), 3)} %" for p in parts_of(run)]
    assert stage.scores == [J[0], right[0], J[1], right[1]]
    assert not stage.tab.complaints


def parts_of(run):
    return (run.network_score.train, run.network_score.held_out)


def test_every_unit_and_weight_is_reached_with_arrow_keys(open_stage, run):
    stage = open_stage("?step=0")
    stage.parts.focus()
    stage.press("Home")
    assert stage.chosen.startswith("input x1")
    stage.press("ArrowRight", "ArrowDown", "ArrowDown")
    weight = readable(float(run.history.W1[0, 1, 0]))
    assert stage.chosen == f"weight from x1 to hidden unit 2 {weight}"
    stage.press("ArrowRight")
    assert stage.chosen.startswith("hidden unit 2, bias")
    stage.press("ArrowDown", "ArrowRight")
    weight = readable(float(run.history.W2[0, 0, 2]))
    assert stage.chosen == f"weight from hidden unit 3 to the output {weight}"
    assert "W2[0, 2]" in stage.root.locator(".panel").inner_text()
    stage.press("Escape")
    assert stage.chosen.startswith("output, bias")


def test_the_formula_has_the_numbers_of_the_core_in_it(open_stage, run):
    stage = open_stage()
    stage.root.get_by_label("x1 of the marked point").fill("1.5")
    stage.root.get_by_label("x2 of the marked point").fill("-0.5")
    stage.parts.focus()
    stage.press("End")
    last = shallow.forward(run.history.at(-1), np.array([[1.5], [-0.5]]), "tanh")
    numbers = stage.root.locator(".lines b").all_inner_texts()
    assert numbers[-3:] == [
        readable(float(last.Z2[0, 0])),
        readable(float(last.A2[0, 0]), 3),
        str(int(last.A2[0, 0] > 0.5)),
    ]


def test_pointing_at_a_unit_shows_it(open_stage):
    stage = open_stage()
    board = stage.root.locator(".board").bounding_box()
    name = stage.root.locator(".panel h4")
    assert name.inner_text() == "Output ŷ"
    # The first input stands at the left, above the middle of the network.
    for share in np.linspace(0.1, 0.6, 40):
        stage.page.mouse.move(board["x"] + 20, board["y"] + share * board["height"])
        stage.press()
        if name.inner_text().startswith("Input"):
            break
    assert name.inner_text().startswith("Input")
    stage.page.mouse.move(0, 0)
    stage.press()
    assert name.inner_text() == "Output ŷ"


def test_playing_and_scrubbing_tell_the_server_nothing(open_stage):
    stage = open_stage("?step=0")
    stage.tab.settle()
    before = stage.tab.reruns
    stage.slider.focus()
    stage.root.get_by_label("Playing speed").select_option("4")
    stage.root.get_by_role("button", name="Play").click()
    stage.page.wait_for_function(
        f"+document.querySelector('{STAGE}').dataset.frame > 20"
    )
    assert stage.tab.reruns == before
    stage.page.wait_for_selector(".nudge-stage .play:not(.playing)")
    stage.tab.until(lambda: stage.tab.reruns == before + 1, "it was not told the end")
    stage.tab.settle()
    assert "step" not in stage.tab.query  # the last step is the page's default


def test_keys_step_and_the_last_one_is_in_the_address(open_stage, run):
    stage = open_stage("?step=0")
    stage.slider.focus()
    stage.tab.after(lambda: stage.press(*["ArrowRight"] * 9))
    stage.shows(9)
    assert stage.tab.query["step"] == str(run.steps[9])
    stage.tab.after(lambda: stage.root.get_by_label("Earlier").click())
    stage.shows(8)
    assert stage.tab.query["step"] == str(run.steps[8])
    text = stage.slider.get_attribute("aria-valuetext")
    assert f"J is {readable(float(run.network_score.train.J[8]), 3)}" in text


def test_a_figure_that_follows_shows_the_same_step(open_stage):
    stage = open_stage("?step=0")
    stage.slider.focus()
    stage.press("End")
    stage.page.wait_for_function(
        "(stage) => document.querySelector('[data-testid=live-figure]').dataset.frame"
        " === document.querySelector(stage).dataset.frame",
        arg=STAGE,
    )


def test_a_value_set_by_hand_trains_a_branch(open_stage, run):
    stage = open_stage("?step=203")
    stage.parts.focus()
    stage.press("ArrowLeft", "ArrowDown", "ArrowLeft")
    stage.set_value("-3.5")
    stage.page.wait_for_selector(".versions:not([hidden])")
    edit = Edit(203, "b1", 1, 0, -3.5)
    grown = branch(run.history, run.split, "tanh", 1.2, edit)
    assert stage.tab.query == {"step": "203", "edit": "203_b1_1_0_-3.5"}
    J = readable(float(grown.score.train.J[0]), 3)
    assert stage.scores[4] == J
    stage.slider.focus()
    stage.tab.after(lambda: stage.press("End"))
    ends = [readable(float(grown.score.train.J[-1]), 3)]
    assert stage.scores[4:5] == ends
    again = open_stage(stage.tab.path)
    again.page.wait_for_selector(".versions:not([hidden])")
    assert again.scores == stage.scores
    again.tab.after(lambda: again.root.get_by_text("Remove the branch").click())
    again.page.wait_for_selector(".versions", state="hidden")
    assert "edit" not in again.tab.query
    assert not stage.tab.complaints + again.tab.complaints


DESKTOP = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 844}


def at_an_edge(stage: Stage) -> tuple[float, float]:
    """A place of the screen over a weight of the first layer, found by pointing."""
    box = stage.parts.bounding_box()
    for share in np.linspace(0.1, 0.9, 60):
        place = box["x"] + 0.2 * box["width"], box["y"] + share * box["height"]
        stage.page.mouse.move(*place)
        stage.press()
        tag = stage.root.locator(".tag")
        if tag.is_visible() and "to hidden unit" in tag.inner_text():
            return place
    raise AssertionError("no weight was found")


def inside(inner: dict, outer: dict) -> bool:
    return all(
        outer[start] <= inner[start]
        and inner[start] + inner[size] <= outer[start] + outer[size]
        for start, size in (("x", "width"), ("y", "height"))
    )


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE])
def test_a_click_on_a_weight_opens_its_field_there(open_stage, run, viewport):
    stage = open_stage("?step=203", viewport=viewport)
    stage.root.locator(".board").scroll_into_view_if_needed()
    x, y = at_an_edge(stage)
    board = stage.root.locator(".board")
    name = stage.root.locator(".tag > span").inner_text()
    assert inside(stage.root.locator(".tag").bounding_box(), board.bounding_box())
    stage.page.mouse.click(x, y)
    field = stage.root.locator(".set input")
    assert field.evaluate("(field) => field === document.activeElement")
    assert float(field.input_value()) == pytest.approx(
        weight_called(name, run.history, list(run.steps).index(203)), abs=1e-3
    )
    form = stage.root.locator(".set").bounding_box()
    assert inside(form, board.bounding_box())
    assert abs(form["y"] - y) < 130
    before = stage.tab.reruns
    stage.press("Escape")
    assert not stage.root.locator(".set").is_visible()
    assert stage.parts.evaluate("(parts) => parts === document.activeElement")
    assert stage.tab.reruns == before
    assert not stage.tab.complaints


def weight_called(name: str, history: shallow.History, i: int) -> float:
    """The one of 'Weight from x1 to hidden unit 3'."""
    x, unit = (int(c) for c in name if c.isdigit())
    return float(history.W1[i, unit - 1, x - 1])


@pytest.mark.parametrize("keys", ["-2.5", "7", ".5"])
def test_a_digit_opens_the_field_of_the_chosen_part(open_stage, keys):
    stage = open_stage()
    stage.parts.focus()
    stage.press("ArrowLeft", *keys)
    field = stage.root.locator(".set input")
    assert field.input_value() == keys
    stage.tab.after(lambda: stage.press("Enter"))
    stage.page.wait_for_selector(".versions:not([hidden])")
    assert stage.tab.query["edit"] == f"2000_W2_0_0_{float(keys):g}"
    assert stage.parts.evaluate("(parts) => parts === document.activeElement")
    assert not stage.tab.complaints


def test_a_branch_moves_neither_slider_nor_cost_curve_out_of_sight(open_stage):
    stage = open_stage("?step=203", viewport=DESKTOP)
    board = stage.root.locator(".board")
    board.evaluate("(board) => board.closest('.nudge-stage').style.width = '563px'")
    stage.press()
    before = board.bounding_box()["height"]
    stage.parts.focus()
    stage.press("ArrowLeft")
    stage.set_value("3")
    stage.page.wait_for_selector(".versions:not([hidden])")
    assert board.bounding_box()["height"] <= before


@pytest.mark.parametrize("typed", ["", "1e9", "-"])
def test_a_value_that_is_no_number_is_refused_in_place(open_stage, typed):
    stage = open_stage()
    stage.tab.settle()
    before = stage.tab.reruns
    stage.parts.focus()
    stage.press("Enter")
    field = stage.root.locator(".set input")
    field.fill("")
    field.type(typed)
    field.press("Enter")
    stage.page.get_by_text("A number from −1000 to 1000.").wait_for()
    assert stage.tab.reruns == before


def test_a_reset_moves_it(open_stage):
    stage = open_stage("?edit=203_b1_1_0_-3.5")
    stage.tab.after(lambda: stage.page.get_by_text("Back to the start").click())
    stage.shows(0)
    stage.tab.after(lambda: stage.page.get_by_text("Start over").click())
    stage.page.wait_for_selector(".versions", state="hidden")
    assert stage.tab.query == {}


@pytest.mark.parametrize("width", [1280, 760, 390])
@pytest.mark.parametrize("n_h", [1, 50])
def test_nothing_is_cut(open_stage, width, n_h):
    stage = open_stage(f"?n_h={n_h}", viewport={"width": width, "height": 900})
    scrolls = "document.scrollingElement.scrollWidth > innerWidth"
    assert not stage.page.evaluate(scrolls)
    wide = stage.root.evaluate(
        """(root) => [...root.querySelectorAll('*')].filter((e) => {
            const box = e.getBoundingClientRect();
            return box.width && (box.right > innerWidth + 1 || box.left < -1);
        }).length"""
    )
    assert wide == 0
    assert not stage.tab.complaints


def test_on_a_phone_the_slider_stays_in_sight_and_nothing_shows_above_it(new_tab):
    tab = new_tab(viewport={"width": 390, "height": 844}).open("training")
    slider = tab.page.locator(f"{STAGE} input[type=range]")
    top = slider.bounding_box()["y"]
    tab.page.mouse.move(195, 400)
    tab.page.mouse.wheel(0, top + 300)
    tab.page.wait_for_function(
        """() => {
          const stage = document.querySelector('[data-testid=network-stage]');
          const { top } = stage.querySelector('.controls').getBoundingClientRect();
          const above = document.elementFromPoint(195, top - 20);
          return top < 60 && above?.closest('.controls');
        }"""
    )
    assert slider.bounding_box()["y"] > 0
