"""Where training starts (notes §5.6): units that start alike stay alike."""

import streamlit as st

from charts import initialization as charts
from core.initialization import (
    SEEDS,
    live,
    start_of,
    stuck,
    units_apart,
    which_moved,
)
from core.literals import Source
from core.shallow import draw_weights, initialize
from ui import controls, frame, predict
from ui.cached import kept, lives
from ui.frame import TakeHome
from ui.live_figure import draw, live_figure
from ui.tables import numbers

END = float(charts.STEPS)


def starts() -> dict[str, object]:
    """A start and what becomes of it; return what the script holds."""

    def rows() -> float:
        """The weights of the units from step to step; return the step."""
        step = live_figure(
            draw(charts.rows_chart, name, g, seed, using=found),
            key="step",
            default=END,
            alt=charts.alt_of(name, g),
        )
        formula.latex(charts.units_formula(found[name], step))
        return step

    figure, side = frame.figure_and_controls()
    with side:
        question = st.container()
        name = controls.choice("start", "The weights start at", charts.LABELS, "small")
        g = controls.choice("g", "Activation", charts.ACTIVATION_NAMES, "tanh")
        seed = controls.whole("seed", "Seed of randn", 0, SEEDS - 1, 0)
    with question:
        told = predict.choice("moves", *kept(charts.question, name, g))
    found = lives(g, seed)
    with figure:
        drawing = st.container()
        st.markdown(kept(charts.picture_words))
    watch, words = st.columns([1.35, 1], gap="large", vertical_alignment="center")
    with watch:
        live_figure(
            draw(charts.watch_chart, name, g, seed, using=found),
            key="watch",
            follows="step",
            alt="Three curves against the step: the cost J, the largest difference "
            "between two hidden units, and the share of the hidden layer that is flat "
            "or dead.",
        )
    words.markdown(charts.notice(name, g, found[name]))
    formula = st.container()
    with drawing:
        step = frame.section(rows)

    st.subheader("All six starts", anchor="all")
    numbers(
        charts.all_table(g, found),
        alt="Every start with its cost before and after training, and how far apart "
        "its hidden units are",
        key="steps-all",
    )
    st.subheader("Which zeros hurt?", anchor="zeros")
    if told:
        numbers(
            kept(charts.zero_table, g),
            alt="Starts with zeros in different places, what moves, and how far apart "
            "the hidden units are in the end",
            key="steps-zeros",
        )
        st.markdown(kept(charts.zero_notice, g))
    else:
        st.caption("The table comes when you have answered the question at the top.")
    return {
        "life": Source(f"live({name!r}, {g!r}, {seed})"),
        "i": Source(f"int(np.abs(life.steps - {int(step)}).argmin())"),
    }


page = frame.begin("initialization")
values = frame.section(starts)
frame.end(
    page,
    code=[initialize, draw_weights, units_apart, stuck, live, which_moved],
    take_home=TakeHome(
        functions=[start_of, live],
        values=values,
        prints=charts.script_prints(),
    ),
)
