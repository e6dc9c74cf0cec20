"""Derivatives (notes §3.1): nudge a, watch f(a), and find the slope."""

import streamlit as st

from charts import slopes
from charts.formulas import slope_formula
from core.derivatives import (
    FUNCTIONS,
    central_slope,
    from_expression,
    function_named,
    nudge,
)
from core.rounding import readable
from ui import controls, frame, inputs, predict
from ui.frame import TakeHome, Told
from ui.live_figure import draw, live_figure
from ui.tables import numbers

OPTIONS = {key: f.label for key, f in FUNCTIONS.items()} | {"own": "own …"}
CASES = {"3a at 2": ("3a", 2.0), "a² at 2": ("a2", 2.0), "a² at 5": ("a2", 5.0)}


def set_case(name: str, a: float) -> None:
    """One of the notes' own examples: function, place and nudge."""
    inputs.put("f", name)
    inputs.put("h", 1e-3)
    inputs.move("a", a)


def nudging() -> Told:
    """Everything that a drag, a function or a nudge changes."""
    figure, side = frame.figure_and_controls()
    with side:
        name = controls.choice("f", "Function", OPTIONS, "a2")
        typed = ""
        if name == "own":
            typed = controls.formula("own", "f(a) =", "a*sin(a)", from_expression)
        h = controls.step_size("h", "Nudge h")
        function = function_named(name, typed)
        if asked := slopes.rise_question(function, h):
            *question, computed = asked
            predict.number("rise", *question, tolerance=0.02, also=computed)
        st.caption("Or try the notes' examples:")
        row = st.container(horizontal=True, gap="small")
        for label, case in CASES.items():
            row.button(label, on_click=set_case, args=case)

    def settled() -> float:
        """The figure that is dragged, and what its settled point tells."""
        a = live_figure(
            draw(slopes.slope_chart, name, typed, h),
            key="a",
            default=2.0,
            alt=f"The curve f(a) = {function.label} with a point that can be dragged, "
            "its tangent, and the triangle of the nudge.",
        )
        at = nudge(function.f, a, h)
        exact = float(function.df(at.a))
        if exact == exact and at.rise == at.rise:  # not NaN: f has values here
            written = slope_formula(function, at, exact, all_digits=digits)
            formula.markdown(written, text_alignment="center")
        else:
            formula.markdown(slopes.no_slope_sentence(function, at))
        with table:
            numbers(
                slopes.nudge_table(at, exact, all_digits=digits),
                alt=f"The slope at a = {readable(a)} is {readable(exact)}",
            )
        notice.markdown(slopes.error_sentence(function, a))
        return a

    formula, table = st.columns([1.2, 1], gap="large", vertical_alignment="center")
    with table:
        digits = controls.toggle("digits", "All digits", False)
    lens, grown, error = st.columns(3, gap="medium")
    notice = st.container()
    with figure:  # before those that follow it: it is what a visitor waits for
        a = frame.section(settled)
    with lens:
        st.markdown(
            "**Under the lens.** However small the nudge, here it is one unit wide."
        )
        live_figure(
            draw(slopes.lens_chart, name, typed, h),
            key="lens",
            follows="a",
            alt="The triangle of the nudge, enlarged until h is one unit wide.",
        )
    with grown:
        st.markdown(
            "**The slope as a curve.** Drag a: its height is the steepness of f."
        )
        live_figure(
            draw(slopes.derivative_chart, name, typed),
            key="slope",
            follows="a",
            alt=f"The derivative of {function.label} from the left edge up to a.",
        )
    with error:
        st.markdown(
            "**How small should h be?** Smaller is better, until rounding bites."
        )
        live_figure(
            draw(slopes.error_chart, name, typed, h),
            key="error",
            follows="a",
            alt="The error of the slope against h, both logarithmic: a V.",
        )
    mine = [from_expression] if name == "own" else [function.f, function.df]
    return Told(
        code=[nudge, central_slope, *(mine if name != "own" else [])],
        take_home=TakeHome(
            functions=[nudge, central_slope, *mine],
            values={"a": a, "h": h, **slopes.function_values(function, typed)},
            prints=slopes.SCRIPT_PRINTS,
        ),
    )


page = frame.begin("derivatives")
frame.section(nudging)
frame.end(page)
