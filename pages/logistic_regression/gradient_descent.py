"""Gradient descent (notes §3.5): downhill step by step, over w or over w and b."""

from dataclasses import replace

import streamlit as st

from charts import descent, descent_plane, descent_words
from core.costs import descend_logistic_1d
from core.descent import descend, regime
from core.rounding import readable
from ui import cached, controls, descent_controls, frame, inputs, predict
from ui.frame import TakeHome, Told
from ui.live_figure import draw, live_figure
from ui.tables import numbers

VIEWS = {"w": "one parameter: J(w)", "wb": "two: J(w, b)"}


def set_case(kind: str, start: float, steps: int, alpha: float) -> None:
    """One of the examples: cost, start, steps and learning rate."""
    for key, value in (("cost", kind), ("start", start), ("steps", steps), ("c", 2.0)):
        inputs.put(key, value)
    inputs.move("alpha", alpha)
    inputs.move("step", 0.0)


def one_parameter(kind: str) -> TakeHome:
    """J(w): one drag through the steps, one through α."""

    def stepped() -> None:
        """The steps on the cost, and the one that is shown in numbers."""
        alt = descent_words.steps_alt(walks, alpha)
        step = int(live_figure(walk, key="step", alt=alt))
        formula.latex(descent_words.update_formula(walks, alpha, step))
        with table:
            around = descent.path_table(walks.path(alpha), alpha, step)
            numbers(around, key="steps", alt="The steps around this one")

    figure, side = frame.figure_and_controls(1.25)
    turned = side.container()
    with side:
        setting = descent_controls.walk(kind)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption("Or look at:", width="content")
        for label, case in descent.CASES.items():
            st.button(label, on_click=set_case, args=case)
    walks = cached.walks(setting)
    turn = draw(descent.alpha_chart, setting)
    alpha = inputs.peek("alpha", descent.ALPHA, turn.sweep)
    walk = draw(descent.steps_chart, setting, alpha)
    formula, table = st.columns([1, 1.15], gap="large")
    with figure:
        frame.section(stepped)
        predict.number("next", *descent_words.next_question(setting, walks))
    with turned:
        alt = descent_words.alpha_alt(walks)
        live_figure(turn, key="alpha", default=descent.ALPHA, alt=alt)
        better = descent_words.better_alpha(walks, alpha)
        if better is not None:
            words = f"Try α = {readable(better)}"
            st.button(words, on_click=inputs.move, args=("alpha", better))
    said = descent_words.regime_story(setting, walks, alpha)
    formula.markdown(f"{said}\n\n{descent_words.ending_story(walks, alpha)}")
    st.markdown(descent_words.NOTICE_W)
    return TakeHome(**descent.script(setting, alpha, walks))


def two_parameters() -> TakeHome:
    """J(w, b): contours that lead; surface and data follow."""

    def stepped() -> None:
        """The walk on the contours, and the step that is shown in numbers."""
        alt = f"The walk across lines of equal cost over w and b. {story}"
        walk = draw(descent_plane.contour_chart, choices)
        step = int(live_figure(walk, key="at", alt=alt))
        words.latex(cached.kept(descent_plane.formula, choices, step))
        with table:
            around = cached.kept(descent_plane.plane_table, choices, step)
            numbers(around, key="steps", alt="The steps around this one")

    figure, side = frame.figure_and_controls(1.25)
    plane, landscape = figure.container(), side.container()
    with side:
        drawn = descent_controls.plane_walk(descent_plane.ALPHAS)
        choices = descent_plane.Choices(*drawn)
    with figure:
        told = predict.choice(
            "bug_end", *cached.kept(descent_plane.bug_question, choices)
        )
    if choices.bug and not told:
        side.caption("The walk with the bug appears when you have predicted its end.")
        choices = replace(choices, bug=False)
    story = cached.kept(descent_plane.story, choices)
    data, words = st.columns([1.25, 1], gap="large")
    table = st.container()
    with plane:
        frame.section(stepped)
    with landscape:
        alt = "The cost as a valley over w and b, with the walk down into it."
        surface = draw(descent_plane.surface_chart, choices)
        live_figure(surface, key="surface", follows="at", alt=alt)
    with data:
        alt = "Twelve examples, and the sigmoid that w and b draw through them."
        examples = draw(descent_plane.data_chart, choices)
        live_figure(examples, key="data", follows="at", alt=alt)
    words.markdown(story)
    st.markdown(cached.kept(descent_plane.notice, choices, told))
    return TakeHome(**descent_plane.script(choices))


def descending() -> Told:
    """The walk over w, or over w and b."""
    with st.container(horizontal=True, gap="medium"):
        view, kind = controls.choice("view", "The cost of", VIEWS, "w"), "parabola"
        if view == "w":
            kind = controls.choice("cost", "Which cost", descent.COSTS, kind)
    if view == "w":
        return Told([descend, regime], one_parameter(kind))
    return Told([descend_logistic_1d], two_parameters())


page = frame.begin("gradient_descent")
frame.section(descending)
frame.end(page)
