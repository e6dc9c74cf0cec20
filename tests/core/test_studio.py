"""Choices as a text, and how large a run may be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import studio
from core.points import STARTER
from core.shallow import SCHEMES, RunTooLarge, check_run
from core.training import Choices

ANY = st.builds(
    Choices,
    data=st.sampled_from([each for each in studio.DATA if each != "own"]),
    m=st.integers(20, 5000),
    noise=st.sampled_from([0.0, 0.05, 0.35, 1.0]),
    seed=st.integers(0, 99),
    held_out=st.sampled_from([0.0, 0.1, 0.5]),
    n_h=st.integers(1, 50),
    activation=st.sampled_from(studio.OPTIONS["g"]),
    scheme=st.sampled_from(studio.OPTIONS["init"]),
    alpha=st.sampled_from(studio.ALPHAS),
    steps=st.sampled_from(studio.STEPS),
    batch=st.sampled_from(studio.OPTIONS["batch"]),
    l2=st.sampled_from(studio.PENALTIES),
)


@given(ANY)
def test_what_is_written_is_read_again(choices: Choices) -> None:
    assert studio.read(studio.write(choices)) == choices


def test_the_usual_run_has_a_name_and_others_say_what_differs() -> None:
    assert studio.write(studio.USUAL) == "usual"
    assert studio.read("usual") == studio.USUAL
    assert studio.write(studio.read("n_h:8,alpha:3")) == "n_h:8,alpha:3"


def test_every_start_of_the_core_is_on_offer() -> None:
    assert set(studio.STARTS) >= set(SCHEMES)


def test_own_points_come_along_where_they_are_asked_for() -> None:
    assert studio.read("data:own", STARTER).points == STARTER
    assert studio.read("n_h:8", STARTER).points == ""


@pytest.mark.parametrize(
    "text",
    [
        *("", "n_h", "n_h:", "n_h:0", "n_h:4.5", "alpha:1.3", "data:cats", "points:1"),
        *("alpha:nan", "noise:inf", "usual,n_h:8", "§" * 300, f"n_h:{'9' * 400}"),
    ],
)
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"has to|is not on its scale"):
        studio.read(text)


@pytest.mark.parametrize(("m", "n_h"), [(320, 4), (4000, 50), (20, 1)])
def test_as_many_steps_fit_as_are_said(m: int, n_h: int) -> None:
    most = studio.steps_that_fit(m, n_h)
    check_run(m, n_h, most)
    with pytest.raises(RunTooLarge) as error:
        check_run(m, n_h, most + 1)
    assert error.value.largest_steps == most
