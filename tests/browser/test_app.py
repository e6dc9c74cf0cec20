"""The app as a whole: deep links, theme, slow runs, bad addresses, a stopped page."""

import shutil
from pathlib import Path

import numpy as np
import plotly.graph_objects as go
import pytest

from core.sweep import Sweep
from tests.browser.pages import each_page, path_of
from tests.browser.servers import ROOT, serving
from tests.browser.tab import Tab
from tests.pages.visit import arrive
from ui.contents import CONTENTS, entry
from ui.live_figure import packing
from ui.shared.packed import pack

GARBAGE = "%C2%A7" * 300
# Of the figures in sight: the others are painted when somebody scrolls to them.
COLOURS = """() => [...document.querySelectorAll(
    '[data-testid=live-figure]:not([data-unseen]) .plot')]
  .filter((plot) => plot._fullLayout).map((plot) => plot._fullLayout.font.color)"""


@each_page
def test_a_deep_link_works_on_a_server_that_nobody_visited(entry, new_tab, tmp_path):
    with serving(tmp_path / "log") as server:
        tab = new_tab(server.address).open(path_of(entry))
        tab.page.get_by_text(entry.promise).first.wait_for()
        links = tab.page.get_by_test_id("stSidebarNavLink")
        assert links.count() >= len(CONTENTS)
        assert tab.page.get_by_test_id("stDialog").count() == 0
        assert tab.page.get_by_text("Page not found").count() == 0
        assert tab.path == f"/{path_of(entry)}"
        assert tab.complaints == []
        assert "Traceback" not in server.written()


@each_page
def test_a_garbage_address_shows_the_page_and_says_so(entry, tab):
    keys = arrive(entry).values
    query = "&".join(f"{key}={GARBAGE}" for key in keys)
    tab.open(f"{path_of(entry)}?{query}&unknown={GARBAGE}")
    for text in tab.page.get_by_test_id("stAlert").all_inner_texts():
        assert "stopped unexpectedly" not in text
    said = tab.page.get_by_text("from the address is not usable")
    assert said.count() == len(keys)
    assert not tab.query.keys() & keys.keys(), "the address shows what the page shows"
    assert tab.complaints == []


def test_markup_in_an_address_stays_text(tab):
    tab.open("derivatives?f=<img src=x onerror=alert(1)>&own=$x$**b**&a=`<b>1</b>`")
    alerts = tab.page.get_by_test_id("stAlert")
    assert alerts.count() == 2
    assert alerts.locator("img[src=x], b, .katex").count() == 0
    assert tab.complaints == []


def test_the_theme_switches_while_the_page_is_open(new_tab):
    tab = new_tab(color_scheme="light").open("derivatives")
    light = tab.page.evaluate(COLOURS)
    assert light
    runs = len(tab.sent)
    tab.page.evaluate("window.sameDocument = true")
    tab.page.emulate_media(color_scheme="dark")
    tab.page.wait_for_function(
        f"(light) => [({COLOURS})()].every((now) => now.length"
        " && !now.some((colour) => light.includes(colour)))",
        arg=light,
    )
    # The figures and the document learn of it one after the other.
    tab.page.wait_for_selector(":root[data-nudge-theme=dark]", state="attached")
    assert tab.page.evaluate("window.sameDocument"), "without a reload"
    tab.page.emulate_media(color_scheme="light")
    tab.page.wait_for_function(
        f"(light) => [({COLOURS})()].every((now) => now.length"
        " && now.every((colour) => light.includes(colour)))",
        arg=light,
    )
    tab.page.wait_for_selector(":root[data-nudge-theme=light]", state="attached")
    assert len(tab.sent) == runs, "and without asking the server"
    assert tab.complaints == []


@pytest.mark.parametrize("mode", ["Light", "Dark"])
def test_the_menu_switches_the_theme(mode, new_tab):
    other = {"Light": "dark", "Dark": "light"}[mode]
    tab = new_tab(color_scheme=other).open("derivatives")
    tab.page.get_by_test_id("stMainMenu").click()
    tab.page.get_by_test_id(f"stMainMenuItem-theme-{mode}").click()
    tab.page.wait_for_function(
        f"() => document.documentElement.dataset.nudgeTheme === '{mode.lower()}'"
    )


# Notes, at every painted frame, each figure that is gone or shows nothing, of those
# that showed something: out of sight none is painted. A network stage shows something
# where its canvas is painted.
WATCH = """() => {
  window.blank = [];
  const painted = (canvas) => canvas.getContext('2d')
    .getImageData(0, 0, canvas.width, canvas.height).data.some((value) => value > 0);
  const shows = (root) => {
    const plot = root.querySelector('.plot');
    if (plot) return plot._fullData?.length;
    return painted(root.querySelector('canvas.front'));
  };
  const roots = [...document.querySelectorAll(
    '[data-testid=live-figure], [data-testid=network-stage]')].filter(shows);
  const look = () => {
    for (const root of roots) {
      if (!root.isConnected) window.blank.push(`${root.dataset.key} is gone`);
      else if (!shows(root)) window.blank.push(`${root.dataset.key} is empty`);
    }
    if (window.blank.length < 9) requestAnimationFrame(look);
  };
  look();
}"""


def test_a_figure_is_never_blank_while_the_next_is_computed(tab):
    tab.open("training")
    tab.page.evaluate(WATCH)
    tab.page.get_by_role("radio", name="spiral").or_(
        tab.page.get_by_role("button", name="spiral")
    ).first.click()
    tab.after(tab.page.get_by_role("button", name="Train", exact=True).click)
    assert tab.query["data"] == "spiral"
    assert tab.page.evaluate("window.blank") == []


def test_a_new_function_keeps_the_figure_mounted(tab):
    tab.open("derivatives")
    tab.page.evaluate(WATCH)
    tab.after(tab.page.get_by_role("button", name="a² at 5").click)
    assert tab.figures[0].shown == "5"
    assert tab.page.evaluate("window.blank") == []


# Mounts a figure in one place, once for each id. Of the messages before the last the
# clean-up runs after all: so does Streamlit where a second message overtakes the first.
MOUNT = """async ([script, bundle, drawing, ...ids]) => {
  const component = (await import(script)).default;
  const parentElement = document.body.appendChild(document.createElement('div'));
  const message = (id) => ({
    parentElement,
    setStateValue: () => undefined,
    data: { id, drawing, bundle, key: id, alt: id, height: 200, value: 0, token: 0 },
  });
  const cleanUps = ids.map((id) => component(message(id)));
  cleanUps.slice(0, -1).forEach((cleanUp) => cleanUp());
}"""


def mount(tab, drawing, *ids):
    """Show a packed drawing on the page, beside its own figures."""
    urls = [url for url in tab.requests if url.endswith(".js")]
    script = next(url for url in urls if "/live_figure-" in url)
    bundle = next(url for url in urls if "/plotly-" in url)
    path = bundle.removeprefix(f"{tab.address}/")
    tab.page.evaluate(MOUNT, [script, path, drawing, *ids])


def test_a_message_that_is_overtaken_does_not_empty_the_figure(tab):
    tab.open("derivatives")
    figure = {"data": [{"x": [0, 1], "y": [0, 1]}], "layout": {"margin": {}}}
    mount(tab, pack({"sweep": None, "figure": figure}), "first", "second")
    tab.page.wait_for_function(
        "document.querySelector('[data-key=second] .plot')._fullData?.length === 1"
    )


def test_plotly_is_not_told_of_what_is_painted_unless_it_has_to_be(tab):
    tab.open("derivatives")
    line = {"x": [0, 1], "y": [0, 1], "mode": "lines", "showlegend": False}
    alone = {"xaxis": "x2", "yaxis": "y2"}
    traces = {
        "still": line,
        "moving": line,
        "moving and in the legend": line | {"showlegend": True},
        "moving alone on its axes": line | alone,
        "moving beside it": line | alone,
    }
    half = {"range": [0, 1], "domain": [0, 0.4]}, {"range": [0, 1], "domain": [0.6, 1]}
    figure = go.Figure(
        [go.Scatter(name=name, **trace) for name, trace in traces.items()],
        {
            "showlegend": True,
            "margin": dict.fromkeys("lrtb", 10),
            "xaxis": half[0],
            "xaxis2": half[1],
            "yaxis": {"range": [0, 1]},
            "yaxis2": {"range": [0, 1], "anchor": "x2"},
        },
    )
    moves = {"x": np.array([[0.0, 1.0]] * 2)}
    sweep = Sweep(
        "t", np.arange(2.0), ("0", "1"), moving=dict.fromkeys(range(1, 5), moves)
    )
    mount(tab, packing.pack(figure, sweep).text, "one")
    plot = "document.querySelector('[data-key=one][data-frame] .plot')"
    tab.page.wait_for_function(f"{plot}?._fullLayout?.xaxis2?._length > 0")
    told = tab.page.evaluate(f"{plot}._fullData.map((trace) => trace.name)")
    assert told == ["still", "moving and in the legend", "moving alone on its axes"]


def test_a_figure_out_of_sight_is_painted_when_somebody_scrolls_to_it(new_tab):
    tab = new_tab(viewport={"width": 390, "height": 500}).open("derivatives?a=1")
    below = next(figure for figure in tab.figures if figure.key == "error")
    curves = "(root) => root.querySelector('.plot')._fullData?.length ?? 0"
    assert below.look(curves) == 0
    assert below.frame == tab.figures[0].frame
    below.root.scroll_into_view_if_needed()
    tab.settle()
    assert below.look(curves) > 0


def test_a_label_under_the_pointer_hides_nothing_but_what_is_under_it(tab):
    tab.open("network_shapes")
    figure = tab.figures[0]
    figure.root.locator(".plot").hover(position={"x": 95, "y": 130})
    figure.root.locator(".hovertext").wait_for()
    heights = figure.look(
        """(root) => ["svg.main-svg", ".ink", ".main-svg:has(.hovertext)"]
        .map((part) => getComputedStyle(root.querySelector(part)).zIndex)"""
    )
    assert heights == ["auto", "2", "3"], "figure, ink over it, label over both"


def test_a_preset_moves_the_hand_and_the_hand_moves_on(tab, new_tab):
    tab.open("derivatives?a=-3")
    tab.after(tab.page.get_by_role("button", name="3a at 2").click)
    figure = tab.moving[0]
    assert figure.shown == "2"
    tab.after(lambda: figure.press("ArrowRight", 2))
    assert tab.query["a"] == figure.shown != "2"
    tab.after(tab.page.get_by_role("button", name="3a at 2").click)
    assert figure.shown == "2"
    assert new_tab().open(tab.path).words == tab.words


def test_start_over_brings_the_defaults_back(tab, new_tab):
    tab.open("derivatives?f=sin&h=0.1&a=-3&digits=on")
    tab.after(tab.page.get_by_role("button", name="Start over").click)
    assert tab.path == "/derivatives"
    assert new_tab().open("derivatives").words == tab.words


def test_a_prediction_is_graded(tab):
    tab.open("derivatives")
    tab.page.get_by_placeholder("Your guess").fill("0.006001")
    tab.after(tab.page.get_by_role("button", name="Check").click)
    assert "Right." in tab.words
    tab.after(tab.page.get_by_role("button", name="Ask me again").click)
    assert "Predict first." in tab.words


def test_the_script_to_take_home_can_be_downloaded(tab):
    tab.open("derivatives?a=1.5")
    tab.after(tab.page.get_by_text("Take it home").click)
    with tab.page.expect_download() as download:
        tab.page.get_by_role("button", name="Download derivatives.py").click()
    text = Path(download.value.path()).read_text("utf-8")
    assert "a = 1.5\n" in text
    compile(text, "derivatives.py", "exec")


# ---- a page that stops ---------------------------------------------------------

BROKEN = '''"""A page with a mistake in it."""

import streamlit as st

from ui import controls, frame

page = frame.begin("derivatives")
n = controls.whole("n", "n", 0, 9, 0)
if n == 3:
    raise RuntimeError("a secret of the server")
st.write("All is well.")
frame.end(page)
'''
APP = ("core", "charts", "ui", "pages", "static", "data", ".streamlit")


@pytest.fixture(scope="module")
def broken_server(tmp_path_factory):
    """The app, but one of its pages stops for n = 3."""
    folder = tmp_path_factory.mktemp("app")
    for name in APP:
        if (ROOT / name).exists():
            shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "streamlit_app.py", folder)
    page = entry("derivatives").file.relative_to(ROOT)
    (folder / page).write_text(BROKEN, "utf-8")
    with serving(folder / "log", folder) as server:
        yield server


@pytest.fixture
def stopped(broken_server, new_tab) -> Tab:
    tab = new_tab(broken_server.address)
    tab.page.goto(f"{broken_server.address}/derivatives?n=3")
    tab.page.get_by_text("This page stopped unexpectedly").wait_for()
    return tab


def test_a_stopped_page_stays_calm(stopped, broken_server):
    shown = stopped.page.locator("body").inner_text()
    assert "Start this page over" in shown
    for secret in ("Traceback", "RuntimeError", "a secret of the server", str(ROOT)):
        assert secret not in shown
    log = broken_server.written()
    assert "A page stopped unexpectedly" in log
    assert "RuntimeError: a secret of the server" in log


def test_a_stopped_page_starts_over(stopped):
    stopped.page.get_by_role("button", name="Start this page over").click()
    stopped.page.get_by_text("All is well.").wait_for()
    stopped.settle()
    assert stopped.path == "/derivatives"


def test_a_stopped_page_leaves_the_others_alone(stopped):
    links = stopped.page.get_by_test_id("stSidebarNavLink")
    links.filter(has_text=CONTENTS[0].title).first.click()
    stopped.page.get_by_text(CONTENTS[0].promise).first.wait_for()
    stopped.settle()
    assert stopped.path == "/"
