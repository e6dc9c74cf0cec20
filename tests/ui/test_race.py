"""Races run one at a time, in turn, and one that breaks off says so."""

import subprocess
import sys

import pytest

from core.memory_order import SIDES
from core.race import SIZES
from core.stopwatch import Timing, median_of
from tests.pages.visit import arrive
from ui import race
from ui.contents import entry

TIMED = (
    Timing("np.dot", 10, 1e-6, 1e-6, 1e-6, 3),
    Timing("loop", 10, 2e-6, 2e-6, 2e-6, 3),
)


def test_the_process_races_in_full():
    found = race.run("dot")
    assert median_of(found, "np.dot", SIZES[0])
    assert {t.way for t in found} >= {"loop", "one by one", "C rows", "F axis=0"}
    assert {t.size for t in found} <= {*SIZES, *SIDES}


def test_a_race_that_takes_too_long_is_ended():
    with pytest.raises(race.RaceError, match="too long"):
        race.run("dot", seconds=0.01)


def test_a_race_that_breaks_off_says_so():
    with pytest.raises(race.RaceError, match="broke off"):
        race.run("no such race")


def test_it_is_the_turn_of_who_came_first():
    track = race.Track()
    one, two, three = track.join(), track.join(), track.join()
    assert [track.ahead(ticket) for ticket in (one, two, three)] == [0, 1, 2]
    track.leave(two)  # went away while waiting
    assert track.ahead(three) == 1
    track.leave(one)
    assert track.ahead(three) == 0


def test_a_long_queue_takes_nobody_in():
    track = race.Track()
    for _ in range(race.MOST_WAITING + 1):
        track.join()
    with pytest.raises(race.RaceError, match="Try again"):
        track.join()


def test_the_last_result_counts_and_says_where_and_when():
    track = race.Track()
    assert track.last("dot") is None
    track.keep("dot", TIMED)
    track.keep("dot", TIMED[:1])
    heat = track.last("dot")
    assert (heat.timings, heat.count) == (TIMED[:1], 2)
    assert "NumPy" in heat.says()
    assert f"{heat.when.year}" in heat.says()


@pytest.fixture
def own_track():
    """What is raced in a test stays in it."""
    race.track.clear()
    yield
    race.track.clear()


@pytest.mark.usefixtures("own_track")
def test_the_button_waits_for_the_prediction_and_then_races(monkeypatch):
    monkeypatch.setattr(race, "run", lambda _kind: TIMED)
    page = entry("loops_vs_numpy")
    visit = arrive(page)
    button = f"{page.url_path}:race"
    assert visit.app.button(key=button).disabled
    shown = next(b.key for b in visit.app.button if (b.key or "").endswith(".show"))
    visit.press(shown)
    assert not visit.app.button(key=button).disabled
    visit.press(button)
    assert race.track().last("dot").timings == TIMED
    assert visit.values["n"] == 1_000_000
    assert not any("Small sizes only" in c.value for c in visit.app.caption)


@pytest.mark.usefixtures("own_track")
def test_a_failed_race_leaves_the_page_standing(monkeypatch):
    def broken(_kind: str):
        raise race.RaceError("It broke off.")

    monkeypatch.setattr(race, "run", broken)
    visit = arrive(entry("loops_vs_numpy"))
    visit.press(
        next(b.key for b in visit.app.button if (b.key or "").endswith(".show"))
    )
    visit.press("loops_vs_numpy:race")
    assert [w.value for w in visit.app.warning] == ["It broke off."]
    assert race.track().join()


def test_the_process_needs_nothing_of_the_server():
    code = (
        "import sys, core.race_process; "
        "sys.exit(any(m in sys.modules for m in ('streamlit', 'pandas', 'plotly')))"
    )
    subprocess.run([sys.executable, "-c", code], cwd=race.ROOT, check=True)
