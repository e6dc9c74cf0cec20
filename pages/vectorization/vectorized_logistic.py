"""Training without loops (notes §4.2): the same gradients, one rewriting at a time."""

import streamlit as st

from charts import loops
from charts import vectorized as charts
from core.rewriting import (
    MOST_EXAMPLES,
    MOST_FEATURES,
    descend,
    no_loop,
    one_loop,
    quick_race,
    two_loops,
)
from ui import controls, frame, inputs, predict, race
from ui.cached import kept
from ui.frame import TakeHome, Told
from ui.live_figure import draw, live_figure
from ui.tables import numbers


def sizes() -> tuple[int, int]:
    """How many features and examples there are."""
    n_x = controls.whole("n_x", "Features n_x", 1, MOST_FEATURES, 2)
    return n_x, controls.whole("m", "Examples m", 1, MOST_EXAMPLES, 4)


def steps() -> tuple[int, int]:
    """One listing that is rewritten until no loop is left."""

    def listing() -> None:
        live_figure(
            draw(charts.steps_chart, n_x, m, answered),
            key="step",
            alt="The code of one pass over the examples, from two loops to none; what "
            "the last rewriting changed is marked, shapes stand at the right.",
        )

    figure, side = frame.figure_and_controls()
    with side:
        answered = predict.order("order", *charts.QUESTION)
        n_x, m = sizes()
    with figure:
        frame.section(listing)
    return n_x, m


def three() -> tuple[int, int]:
    """The three forms side by side; lines that do the same light up together."""

    def listings() -> None:
        two, one, none = st.columns(3, gap="small")
        with none:
            st.markdown("**No loop**")
            last = st.container()
            answered = predict.order("order", *charts.QUESTION)
        shown = {"two": two, "one": one} | ({"none": last} if answered else {})
        for name, column in shown.items():
            with column:
                if name != "none":
                    st.markdown(f"**{charts.TITLES[name]}**")
                live_figure(
                    draw(charts.form_chart, name),
                    key="part" if name == "two" else name,
                    follows=None if name == "two" else "part",
                    default=1.0,
                    alt=f"{charts.TITLES[name]}: the lines that work on the chosen "
                    "part are marked, here and in the other forms.",
                )

    frame.section(listings)
    return sizes()


def times() -> tuple[int, int]:
    """The three forms against the clock."""

    def clock() -> None:
        live_figure(
            draw(charts.times_chart, heat.count, along, using=heat),
            key=key,
            default=10.0 if along == "m" else 3.0,
            alt="Seconds for one pass over the examples, on logarithmic axes: two "
            "loops above one loop, and no loop far below both.",
        )

    figure, side = frame.figure_and_controls()
    with side:
        asked, options = charts.TIMES_QUESTION, loops.ANSWERS
        known = kept(charts.times_verdict)
        answered = predict.choice("faster", asked, options, *known)
        along = controls.choice("along", "What grows", charts.ALONG, "m")
        key, large = ("m_at", 1000.0) if along == "m" else ("n_at", 300.0)
        heat = race.controls(
            "logistic",
            quick_race,
            ready=answered,
            label="Race",
            on_click=lambda: inputs.move(key, large),
        )
    with figure:
        frame.section(clock)
    st.markdown(charts.TIMES_NOTICE)
    return 2, 4


def forms() -> Told:
    """The rewriting in one of three views, and what comes of every form."""
    view = controls.choice(
        "view", "What to show", charts.VIEWS, "steps", hide_label=True
    )
    n_x, m = {"steps": steps, "three": three, "times": times}[view]()
    words, table = st.columns([1, 1.4], gap="large", vertical_alignment="center")
    words.markdown(kept(charts.agreement, n_x, m))
    with table:
        alt = "J, dw and db by the three forms: the same numbers"
        numbers(kept(charts.result_table, n_x, m), alt=alt, key="steps-forms")
    values = charts.script_values(n_x, m)
    script = TakeHome([no_loop, two_loops, descend], values, charts.PRINTS)
    return Told([no_loop, descend, one_loop, two_loops], script)


page = frame.begin("vectorized_logistic")
frame.section(forms)
frame.end(page)
