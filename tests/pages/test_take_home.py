"""What is taken home prints the numbers that the page shows."""

import math
from numbers import Real
from unittest.mock import patch

import pytest

from core import source
from core.rounding import readable
from tests.pages.visit import EACH_STATE, Visit, arrive
from tests.take_home import run
from ui import code_panel
from ui.contents import entry

# How many digits a page may show: four where it is read, 17 where all are wanted.
DIGITS = range(3, 18)
# Views of the studio that show other things than the run that is taken home.
WITHOUT_THE_RUN = ("view=units", "view=own")


def script_of(visit: Visit) -> str | None:
    """The script in the page's panel, opened as a click opens it."""
    panel = f"{visit.inputs.page}:take_home"
    if panel not in visit.app.session_state:
        return None
    visit.app.session_state[panel] = True
    texts = []

    def script(*asked, **named):
        texts.append(source.script(*asked, **named))
        return texts[-1]

    with patch.object(code_panel, "script", script):
        visit.run()
    assert code_panel.shortened(texts[-1]) in visit.code()
    return texts[-1]


def written(value: object) -> set[str]:
    """The ways in which a page may write a printed value."""
    if isinstance(value, bool) or not isinstance(value, Real):
        return {str(value), str(value).replace("[", "(").replace("]", ")")}
    ways = {readable(float(value), digits) for digits in DIGITS}
    if math.isfinite(value):
        ways |= {f"{way} %" for way in ways} | {f"{value:,.0f}"}
        ways |= {f"{readable(100 * value, digits)} %" for digits in DIGITS}
    return ways


@pytest.mark.parametrize(("entry", "query"), EACH_STATE)
def test_the_script_prints_what_the_page_shows(entry, query):
    visit = arrive(entry, query)
    script = script_of(visit)
    if script is None:
        assert entry.url_path == "home"
        return
    assert script.startswith(f"# {entry.title}, notes section {entry.section}\n")
    printed = run(script)
    assert printed
    for label, value in visit.rows():
        if label in printed:
            assert value in written(printed[label]), label
    if query.startswith(WITHOUT_THE_RUN):
        return
    text = visit.text()
    for label, value in printed.items():
        if isinstance(value, Real):
            assert any(shown(way, text) for way in written(value)), (label, value)


def shown(number: str, text: str) -> bool:
    return any(way in text for way in (number, number.replace("−", "-")))


def test_the_script_is_that_of_the_view_that_is_seen():
    sigmoid = entry("sigmoid")
    script = script_of(arrive(sigmoid, "view=two&angle=90&length=3"))
    assert "angle = 90.0\n" in script
    printed = run(script)
    assert (printed.pop("w₁"), printed.pop("w₂")) == (0.0, 3.0)
    assert set(printed) == {"right", "units from 10 % to 90 %"}
    printed = run(script_of(arrive(sigmoid, "w=-2&b=1")))
    assert set(printed) == {"z at x = 2", "σ(z)", "odds"}
