"""One frame of a drag: what does not change is left alone."""

import pytest

from tests.browser.pages import each_kind_of_drag, path_of
from tests.browser.tab import Figure, Tab

# New nodes would be styled and laid out anew, with all on the page that asks for them.
COUNT_NEW_NODES = """() => {
  window.newNodes = [];
  new MutationObserver((changes) => {
    for (const change of changes) {
      const where = change.target.closest?.(".nudge-live");
      if (where) newNodes.push(change.target.className || change.target.localName);
    }
  }).observe(document.body, { childList: true, subtree: true });
}"""

# A map is put on a small canvas of its own before it is enlarged.
COUNT_MAPS = """() => {
  window.painted = 0;
  const { prototype } = CanvasRenderingContext2D;
  const put = prototype.putImageData;
  prototype.putImageData = function (...rest) {
    window.painted += 1;
    return put.apply(this, rest);
  };
}"""


def keyed(tab: Tab, key: str) -> Figure:
    return next(figure for figure in tab.moving if figure.key == key)


@each_kind_of_drag
def test_a_move_changes_words_in_their_place(entry, tab):
    tab.open(path_of(entry)).read()
    figure = tab.moving[0]
    figure.press("Home")
    figure.shows(0)
    figure.press("ArrowRight")  # a first word may come where none was
    figure.shows(1)
    said = figure.value_text
    tab.page.evaluate(COUNT_NEW_NODES)
    figure.press("ArrowRight")
    figure.shows(2)
    assert figure.value_text != said
    assert tab.page.evaluate("newNodes") == []


@pytest.mark.parametrize(("path", "key", "moves"), [("cost", "w", 0), ("", None, 1)])
def test_a_map_is_painted_where_it_moves(path, key, moves, tab):
    tab.open(path).read()
    figure = keyed(tab, key) if key else tab.moving[0]
    figure.root.scroll_into_view_if_needed()
    tab.settle()
    figure.press("Home")
    figure.shows(0)
    tab.page.evaluate(COUNT_MAPS)
    figure.press("ArrowRight")
    figure.shows(1)
    assert tab.page.evaluate("painted") == moves


def test_a_map_that_stands_still_takes_the_colours_of_the_other_theme(new_tab):
    tab = new_tab(color_scheme="light").open("cost").read()
    figure = keyed(tab, "w")
    figure.root.scroll_into_view_if_needed()
    tab.settle()
    before = figure.look(CORNER)
    tab.page.emulate_media(color_scheme="dark")
    tab.until(lambda: figure.look(CORNER) != before, "the map kept its colours")


CORNER = """(root) => {
  const { width, height } = root.querySelector(".maps canvas");
  const brush = root.querySelector(".maps canvas").getContext("2d");
  return [...brush.getImageData(width - 4, height - 4, 1, 1).data];
}"""


TWO_FRAMES = """() => new Promise(
  (done) => requestAnimationFrame(() => requestAnimationFrame(done)))"""
# How high the words themselves are, whatever height is kept for them.
HIGH = """(root) => {
  const range = document.createRange();
  range.selectNodeContents(root.querySelector(".says"));
  return Math.round(range.getBoundingClientRect().height);
}"""


def test_what_stands_below_a_sentence_stays_where_it_is(new_tab):
    tab = new_tab(viewport={"width": 390, "height": 844}).open("broadcasting")
    figure = tab.moving[0]
    figure.press("Home")
    heights, words = [], []
    for frame in range(figure.last + 1):
        figure.shows(frame)
        tab.page.evaluate(TWO_FRAMES)
        heights.append(figure.look("(root) => root.offsetHeight"))
        words.append(figure.look(HIGH))
        figure.press("ArrowRight")
    assert heights == sorted(heights), "it shrank, and all below it moved up"
    assert len(set(words)) > 1, "no sentence of this figure takes more lines"
