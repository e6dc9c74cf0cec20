"""Dragging: the browser plays, the server hears once, and everything ends together."""

import inspect

import pytest

from core.activations import sigmoid
from tests.browser.pages import each_kind_of_drag, each_page, name, path_of
from tests.browser.tab import Figure, Tab
from ui.contents import CONTENTS, Entry


@pytest.fixture
def opened(entry: Entry, tab: Tab) -> Tab:
    tab.open(path_of(entry))
    assert tab.moving, "no figure with a slider: there is nothing to drag"
    return tab


def inward(figure: Figure) -> tuple[str, int]:
    """The arrow key that leads away from the nearer end, and its direction."""
    return ("ArrowLeft", -1) if figure.frame > figure.last / 2 else ("ArrowRight", 1)


def near(figure: Figure, share: float) -> bool:
    """The figure stands where the mouse left it."""
    return abs(figure.frame - share * figure.last) <= 0.03 * figure.last + 1


def everything_agrees(tab: Tab, figure: Figure, new_tab) -> None:
    """Figure, page and address tell one story: a stranger sees the same by the link."""
    there = new_tab().open(tab.path)
    twin = next(other for other in there.moving if other.key == figure.key)
    assert twin.frame == figure.frame
    assert twin.shown == figure.shown
    assert there.tables == tab.tables
    assert there.words == tab.words


@each_page
def test_keys_move_the_figure_and_the_server_hears_once(opened):
    figure = opened.moving[0]
    key, step = inward(figure)
    start, sent = figure.frame, len(opened.sent)
    spoken = figure.value_text
    opened.page.evaluate(HOLD_RESTING_KEYS)
    for moved in range(1, 6):
        figure.press(key)
        figure.shows(start + step * moved)
        assert len(opened.sent) == sent, "the server was told while dragging"
    assert figure.value_text != spoken
    opened.after(lambda: opened.page.evaluate(REST))
    assert len(opened.sent) == sent + 1
    assert figure.frame == start + 5 * step


# A held key settles when it rests. Time stands still until the test says so: on a busy
# machine the rest would come between two key presses.
HOLD_RESTING_KEYS = """() => {
  window.resting = new Map();
  window.usualTimeout = window.setTimeout;
  window.usualClear = window.clearTimeout;
  window.setTimeout = (act, after, ...more) => {
    const id = window.usualTimeout(after === 150 ? () => {} : act, after, ...more);
    if (after === 150) window.resting.set(id, act);
    return id;
  };
  window.clearTimeout = (id) => { window.resting.delete(id); window.usualClear(id); };
}"""
REST = """() => {
  window.setTimeout = window.usualTimeout;
  window.clearTimeout = window.usualClear;
  for (const act of window.resting.values()) act();
}"""


@each_kind_of_drag
def test_the_mouse_moves_the_figure_and_the_server_hears_once(opened):
    figure = opened.moving[0]
    sent = len(opened.sent)
    figure.grab()
    seen = set()
    for share in (0.3, 0.7, 0.45):
        figure.drag(share)
        seen.add(figure.frame)
    assert len(seen) == 3
    assert len(opened.sent) == sent, "the server was told while dragging"
    opened.after(figure.drop)
    assert len(opened.sent) == sent + 1
    assert near(figure, 0.45)


@each_kind_of_drag
def test_a_second_drag_before_the_first_has_settled_wins(opened, new_tab):
    figure = opened.moving[0]
    figure.grab()
    figure.drag(0.8)
    figure.drop()
    # No waiting: the server is still busy with the first.
    figure.grab()
    figure.drag(0.25)
    opened.after(figure.drop)
    assert near(figure, 0.25)
    everything_agrees(opened, figure, new_tab)


@each_page
def test_every_slider_of_the_page_is_in_the_address(opened, new_tab):
    for figure in opened.moving:
        key, _ = inward(figure)
        opened.after(lambda figure=figure, key=key: figure.press(key, 3))
    there = new_tab().open(opened.path)
    assert there.frames == opened.frames
    assert there.words == opened.words
    assert opened.query.keys() >= {figure.key for figure in opened.moving}


def test_figures_that_follow_show_the_same_frame(tab):
    tab.open("derivatives")
    hand, *others = tab.figures
    followers = [figure for figure in others if figure.frame == hand.frame]
    assert {figure.key for figure in followers} == {"lens", "slope", "error"}
    for key, frame in (("Home", 0), ("End", hand.last)):
        hand.press(key)
        for figure in followers:
            figure.shows(frame)


COMING_BACK = {
    "broadcasting": ("Any two shapes", "A table of calories", "step"),
    "training": ("Your own points", "The network", "step"),
}


@pytest.mark.parametrize("path", COMING_BACK)
def test_a_view_that_is_come_back_to_is_as_it_was_left(path, tab, new_tab):
    away, home, key = COMING_BACK[path]
    tab.open(path)
    figure = next(figure for figure in tab.moving if figure.key == key)
    figure.look("(root) => { root.drawnOnce = true; }")
    key, _ = inward(figure)
    tab.after(lambda: figure.press(key, 3))
    left = (figure.frame, figure.value_text)
    tab.after(lambda: choose(tab, away))
    tab.after(lambda: choose(tab, home))
    assert (figure.frame, figure.value_text) == left
    assert figure.look("(root) => root.drawnOnce"), "it was drawn anew"
    # The hand moves on, and the server hears it: also of where it had been before.
    back = {"ArrowLeft": "ArrowRight", "ArrowRight": "ArrowLeft"}[key]
    tab.after(lambda: figure.press(key))
    tab.after(lambda: figure.press(back))
    assert (figure.frame, figure.value_text) == left
    everything_agrees(tab, figure, new_tab)
    assert tab.complaints == []


def test_a_view_in_the_other_theme_comes_back_in_its_colours(new_tab):
    tab = new_tab(color_scheme="light").open("broadcasting")
    tab.after(lambda: choose(tab, "Any two shapes"))
    tab.page.emulate_media(color_scheme="dark")
    tab.page.wait_for_selector(":root[data-nudge-theme=dark]", state="attached")
    tab.after(lambda: choose(tab, "A table of calories"))
    there = new_tab(color_scheme="dark").open("broadcasting")
    colour = "(root) => root.querySelector('.plot').layout.font.color"
    assert tab.figures[0].look(colour) == there.figures[0].look(colour)


def choose(tab: Tab, view: str) -> None:
    tab.page.get_by_role("radio", name=view, exact=True).click()


@each_kind_of_drag
def test_a_burst_of_keys_ends_with_the_last_value(opened, new_tab):
    figure = opened.moving[0]
    key, step = inward(figure)
    target = max(0, min(figure.last, figure.frame + 30 * step))
    opened.after(lambda: figure.press(key, 30))
    figure.shows(target)
    opened.settle()
    assert figure.frame == target
    everything_agrees(opened, figure, new_tab)


@each_kind_of_drag
def test_the_keyboard_alone_is_enough(opened):
    figure = opened.moving[0]
    opened.page.locator("h1").first.click()
    tab_to(opened, figure)
    keyboard = opened.page.keyboard
    keyboard.press("Home")
    figure.shows(0)
    first = figure.value_text
    keyboard.press("End")
    figure.shows(figure.last)
    assert figure.value_text != first
    if figure.plays:
        keyboard.press("Home")
        figure.shows(0)
        keyboard.press("Space")
        opened.page.wait_for_function(
            "(root) => +root.dataset.frame > 0", arg=figure.element()
        )
        keyboard.press("Space")
        assert figure.root.locator("button.play").get_attribute("aria-label") == "Play"
    opened.settle()
    assert opened.complaints == []


def tab_to(tab: Tab, figure: Figure) -> None:
    """Press Tab until the slider has the focus."""
    for _ in range(80):
        tab.page.keyboard.press("Tab")
        if figure.slider.evaluate("(slider) => slider === document.activeElement"):
            return
    pytest.fail("Tab never comes to the slider")


@each_kind_of_drag
def test_the_back_button_brings_the_earlier_state_back(entry, opened):
    figure = opened.moving[0]
    key, _ = inward(figure)
    opened.after(lambda: figure.press(key, 4))
    path, frames, words = opened.path, opened.frames, opened.words
    other = CONTENTS[1] if entry is CONTENTS[0] else CONTENTS[0]
    link = opened.page.get_by_test_id("stSidebarNavLink").filter(has_text=other.title)
    opened.after(link.first.click)
    opened.page.get_by_text(other.promise).first.wait_for()
    assert opened.path.partition("?")[0] == f"/{path_of(other)}"
    opened.after(opened.page.go_back)
    opened.page.get_by_text(entry.promise).first.wait_for()
    opened.settle()
    assert opened.path == path
    assert opened.frames == frames
    assert opened.words == words


def test_copy_link_copies_the_state(new_tab):
    tab = new_tab(permissions=["clipboard-read", "clipboard-write"])
    tab.open("derivatives")
    figure = tab.moving[0]
    tab.after(lambda: figure.press("ArrowLeft", 2))
    tab.page.get_by_test_id("copy-link").click()
    tab.page.get_by_text("Copied", exact=True).wait_for()
    assert tab.page.evaluate("navigator.clipboard.readText()") == tab.location
    assert figure.key in tab.query


# ---- what the visitor did to the figure itself ---------------------------------

SPANS = """(root) => {
  const { xaxis, yaxis } = root.querySelector('.plot')._fullLayout;
  return [...xaxis.range, ...yaxis.range];
}"""
CAMERA = """(root) => {
  const { eye } = root.querySelector('.plot')._fullLayout.scene._scene.getCamera();
  return [eye.x, eye.y, eye.z];
}"""


@pytest.mark.parametrize("path", ["sigmoid", "cat_recogniser"])
def test_zoom_is_kept_while_dragging_and_after(path, tab):
    tab.open(path)
    figure = tab.moving[0]
    figure.root.locator(".plot").hover()
    before = figure.look(SPANS)
    figure.root.locator('.modebar-btn[data-title="Zoom in"]').first.click()
    tab.until(lambda: figure.look(SPANS) != before, "it did not zoom")
    zoomed = figure.look(SPANS)
    key, step = inward(figure)
    start = figure.frame
    figure.press(key)
    figure.shows(start + step)
    assert figure.look(SPANS) == zoomed
    tab.after(lambda: figure.press(key, 3))
    assert figure.look(SPANS) == zoomed


@pytest.mark.parametrize(
    "entry", [e for e in CONTENTS if e.url_path == "gradient_descent"], ids=name
)
def test_the_camera_is_kept_while_dragging_and_after(entry, tab):
    tab.open(f"{path_of(entry)}?view=wb")
    surface = next(figure for figure in tab.figures if figure.key == "surface")
    hand = tab.moving[0]
    surface.root.scroll_into_view_if_needed()
    box = surface.root.locator(".plot").bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    before = surface.look(CAMERA)
    mouse = tab.page.mouse
    mouse.move(x, y)
    mouse.down()
    mouse.move(x + 90, y + 20, steps=8)
    mouse.up()
    tab.until(lambda: surface.look(CAMERA) != before, "the camera did not move")
    turned = surface.look(CAMERA)
    key, step = inward(hand)
    start = hand.frame
    hand.press(key)
    surface.shows(start + step)
    assert surface.look(CAMERA) == pytest.approx(turned, abs=1e-9)
    tab.after(lambda: hand.press(key, 3))
    assert surface.look(CAMERA) == pytest.approx(turned, abs=1e-9)


def test_the_code_that_ran_can_be_copied(new_tab):
    tab = new_tab(permissions=["clipboard-read", "clipboard-write"])
    tab.open("sigmoid")
    code = tab.page.get_by_role("region", name="The code that ran")
    code.hover()
    tab.page.get_by_test_id("copy-code").click()
    tab.page.get_by_text("Copied", exact=True).wait_for()
    copied = tab.page.evaluate("navigator.clipboard.readText()")
    assert copied == code.text_content()
    assert inspect.getsource(sigmoid).strip() in copied


# ---- pointing, without a press -------------------------------------------------

SPOT = """(root, [panel, row, column]) => {
  const plot = root.querySelector('.plot');
  const { left, top } = plot.getBoundingClientRect();
  const x = plot._fullLayout[`xaxis${panel}`];
  const y = plot._fullLayout[`yaxis${panel}`];
  return [left + x._offset + x.d2p(column), top + y._offset + y.d2p(row)];
}"""
PICTURE, GREEN, BLUE = 2, 4, 5  # the panels of the figure


def test_pointing_lights_a_pixel_and_a_click_keeps_it(tab):
    tab.open("images_as_vectors")
    figure = tab.moving[0]
    start, sent = figure.frame, len(tab.sent)

    def point(*place: int) -> None:
        tab.page.mouse.move(*figure.root.evaluate(SPOT, list(place)))

    point(BLUE, 20, 50)
    figure.shows(2 * 64**2 + 20 * 64 + 50)
    point(GREEN, 7, 3)
    figure.shows(64**2 + 7 * 64 + 3)
    point(PICTURE, 20, 50)  # the channel stays
    figure.shows(64**2 + 20 * 64 + 50)
    tab.page.mouse.move(2, 2)
    figure.shows(start)
    assert len(tab.sent) == sent, "the server was told of pointing"
    point(PICTURE, 9, 30)
    kept = 64**2 + 9 * 64 + 30  # green again, as at the start
    figure.shows(kept)
    tab.after(lambda: (tab.page.mouse.down(), tab.page.mouse.up()))
    tab.page.mouse.move(2, 2)
    figure.shows(kept)
    assert tab.query["i"] == str(kept)
    figure.press("ArrowRight")
    figure.shows(kept + 1)
