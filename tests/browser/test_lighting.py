"""A table whose rows light up frames of a figure, and are marked by them."""

from tests.browser.tab import Tab

PATH = "network_shapes"


def rows(tab: Tab, figure: str = "symbol"):
    return tab.page.locator(f"[data-lights={figure}]")


def marked(tab: Tab) -> list[int]:
    return tab.page.evaluate(
        "[...document.querySelectorAll('[data-lit]')].map((row) => +row.dataset.frame)"
    )


def test_every_frame_has_its_row_and_the_present_one_is_marked(tab):
    tab.open(f"{PATH}?symbol=5")
    figure = tab.moving[0]
    assert rows(tab).count() == figure.last + 1
    assert marked(tab) == [5]
    figure.press("ArrowRight", 2)
    figure.shows(7)
    assert marked(tab) == [7]


def test_pointing_at_a_row_lights_it_and_the_server_hears_nothing(tab):
    tab.open(PATH)
    leader, start = tab.moving[0], tab.moving[0].frame
    follower = next(figure for figure in tab.figures if figure.key == "lit")
    sent = len(tab.sent)
    rows(tab).nth(11).hover()
    for figure in (leader, follower):
        figure.shows(11)
    assert marked(tab) == [11]
    tab.page.get_by_role("heading", name="Every symbol").hover()
    leader.shows(start)
    rows(tab).nth(3).focus()
    leader.shows(3)
    leader.slider.focus()
    leader.shows(start)
    assert marked(tab) == [start]
    assert len(tab.sent) == sent


def test_a_click_keeps_the_row(tab, new_tab):
    tab.open(PATH)
    tab.after(rows(tab).nth(11).click)
    tab.page.get_by_role("heading", name="Every symbol").hover()
    assert tab.moving[0].frame == 11
    assert new_tab().open(tab.path).moving[0].frame == 11


def test_another_network_has_its_row_marked_too(tab):
    tab.open(f"{PATH}?symbol=11")
    button = tab.page.get_by_role("button", name="Set n_x to n_h")
    tab.after(button.click)
    assert tab.moving[0].frame == 11, "the press moved the symbol"
    assert marked(tab) == [11]
    assert "n_h = 4 = n_x" in tab.moving[1].root.inner_text()


def test_the_figure_stays_beside_its_rows(new_tab):
    for width in (1280, 390):
        tab = new_tab(viewport={"width": width, "height": 844}).open(PATH)
        rows(tab).last.scroll_into_view_if_needed()
        follower = tab.page.locator("[data-testid=live-figure][data-key=lit]")
        box = follower.bounding_box()
        assert box["y"] >= 0
        assert box["y"] + box["height"] <= 500
