"""Gradient descent (notes §3.5): downhill step by step, over w or over w and b."""

from dataclasses import replace

import streamlit as st

from charts import descent, descent_plane, descent_words
from charts.descent_plane import Choices
from core.costs import descend_logistic_1d, from_expression
from core.descent import descend, regime
from core.rounding import readable
from core.walks import Setting
from ui import cached, controls, frame, inputs, predict
from ui.frame import TakeHome
from ui.live_figure import draw, live_figure
from ui.tables import numbers

VIEWS = {"w": "one parameter: J(w)", "wb": "two: J(w, b)"}


def set_case(kind: str, start: float, steps: int, alpha: float) -> None:
    """One of the examples: cost, start, steps and learning rate."""
    for key, value in (("cost", kind), ("start", start), ("steps", steps), ("c", 2.0)):
        inputs.put(key, value)
    inputs.move("alpha", alpha)
    inputs.move("step", 0.0)


def choose_walk(kind: str) -> Setting:
    """Start and steps, and what the cost needs."""
    c, typed = 2.0, ""
    if kind == "own":
        typed = controls.formula(
            "own", "J(w) =", "w**2/4 + 2*sin(2*w)", from_expression
        )
    first, second = st.columns(2)
    with first:
        start = controls.number("start", "Start w", -6.0, 6.0, 2.0, 0.1)
    with second:
        steps = controls.whole("steps", "Steps", 1, 200, 25)
    if kind == "parabola":
        c = controls.number("c", "Curvature c of J = c/2 · w²", 0.5, 8.0, c, 0.5)
    return Setting(kind, c, typed, start, steps)


def one_parameter(kind: str) -> TakeHome:
    """J(w): one drag through the steps, one through α."""
    figure, side = frame.figure_and_controls(1.25)
    turned = side.container()
    with side:
        setting = choose_walk(kind)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption("Or look at:", width="content")
        for label, case in descent.CASES.items():
            st.button(label, on_click=set_case, args=case)
    walks = cached.walks(setting)
    turn = draw(descent.alpha_chart, setting, using=walks)
    alpha = inputs.peek("alpha", descent.ALPHA, turn.sweep)
    walk = draw(descent.steps_chart, setting, alpha, using=walks)
    with figure:
        alt = descent_words.steps_alt(walks, alpha)
        step = int(live_figure(walk, key="step", alt=alt))
        predict.number("next", *descent_words.next_question(setting, walks))
    with turned:
        alt = descent_words.alpha_alt(walks)
        live_figure(turn, key="alpha", default=descent.ALPHA, alt=alt)
        better = descent_words.better_alpha(walks, alpha)
        if better is not None:
            words = f"Try α = {readable(better)}"
            st.button(words, on_click=inputs.move, args=("alpha", better))
    formula, table = st.columns([1, 1.15], gap="large")
    with formula:
        st.latex(descent_words.update_formula(walks, alpha, step))
        st.markdown(descent_words.regime_story(setting, walks, alpha))
        st.markdown(descent_words.ending_story(walks, alpha))
    with table:
        around = descent.path_table(walks.path(alpha), alpha, step)
        numbers(around, key="steps", alt="The steps around this one")
    st.markdown(descent_words.NOTICE_W)
    return TakeHome(**descent.script(setting, alpha, walks))


def choose_plane_walk() -> Choices:
    """Start, learning rate and steps, with the bug or without."""
    left, right = st.columns(2)
    with left:
        w = controls.number("w0", "Start w", -4.5, 4.5, -3.0, 0.5)
        alpha = controls.steps_of("rate", "Learning rate α", descent_plane.ALPHAS, 3.0)
    with right:
        b = controls.number("b0", "Start b", -3.0, 3.0, 3.0, 0.5)
        steps = controls.whole("steps", "Steps", 1, 200, 25)
    bug = controls.toggle("bug", "Beside it the classic bug: b uses the new w", False)
    return Choices(w, b, alpha, steps, bug)


def two_parameters() -> TakeHome:
    """J(w, b): contours that lead; surface and data follow."""
    figure, side = frame.figure_and_controls(1.25)
    plane, landscape = figure.container(), side.container()
    with side:
        choices = choose_plane_walk()
    with figure:
        told = predict.choice(
            "bug_end", *cached.kept(descent_plane.bug_question, choices)
        )
    if choices.bug and not told:
        side.caption("The walk with the bug appears when you have predicted its end.")
        choices = replace(choices, bug=False)
    story = cached.kept(descent_plane.story, choices)
    with plane:
        alt = f"The walk across lines of equal cost over w and b. {story}"
        walk = draw(descent_plane.contour_chart, choices)
        step = int(live_figure(walk, key="at", alt=alt))
    with landscape:
        alt = "The cost as a valley over w and b, with the walk down into it."
        surface = draw(descent_plane.surface_chart, choices)
        live_figure(surface, key="surface", follows="at", alt=alt)
    data, words = st.columns([1.25, 1], gap="large")
    with data:
        alt = "Twelve examples, and the sigmoid that w and b draw through them."
        examples = draw(descent_plane.data_chart, choices)
        live_figure(examples, key="data", follows="at", alt=alt)
    with words:
        st.latex(cached.kept(descent_plane.formula, choices, step))
        st.markdown(story)
    around = cached.kept(descent_plane.plane_table, choices, step)
    numbers(around, key="steps", alt="The steps around this one")
    st.markdown(descent_words.NOTICE_WB)
    return TakeHome(**descent_plane.script(choices))


page = frame.begin("gradient_descent")
with st.container(horizontal=True, gap="medium"):
    view, kind = controls.choice("view", "The cost of", VIEWS, "w"), "parabola"
    if view == "w":
        kind = controls.choice("cost", "Which cost", descent.COSTS, kind)
take_home = one_parameter(kind) if view == "w" else two_parameters()
ran = [descend, regime] if view == "w" else [descend_logistic_1d]
frame.end(page, code=ran, take_home=take_home)
