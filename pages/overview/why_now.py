"""Why now? (notes §2.3): data, slopes that do not fade, and short waits, measured."""

import streamlit as st

from charts import why_now as charts
from core.activations import relu_slope, sigmoid_slope
from core.scale import AMOUNTS, SUBJECTS, count_right, examples_of, median_share
from core.speed import Day, costs_on_the_way, gain, steps_to, through_layers
from ui import controls, frame, predict
from ui.cached import kept
from ui.frame import TakeHome, Told
from ui.live_figure import draw, live_figure
from ui.tables import numbers

VIEWS = {"data": "more data", "slope": "sigmoid or ReLU", "loop": "tries a day"}


def more_data() -> Told:
    """Test accuracy against the amount of data; one point can be trained again."""

    def amount() -> int:
        """The curves, and what belongs to one amount of data; return its number."""
        alt = "Test accuracy against the amount of data, for four sizes of model."
        m = live_figure(draw(charts.data_chart, key), key="m", default=25.0, alt=alt)
        i = AMOUNTS.index(int(m))
        with again:
            if charts.can_be_recomputed(key, model, i):
                label = f"Train it on {AMOUNTS[i]:,} examples"
                if st.button(label, key="why_now.train"):
                    right = kept(charts.recomputed, key, model, i)
                    st.markdown(charts.live_words(key, model, i, right))
            else:
                st.caption(charts.TOO_LONG)
        with table:
            alt = f"Worst, middle and best of five seeds at {AMOUNTS[i]:,} examples"
            st.markdown(f"**{alt}**")
            numbers(kept(charts.spread_table, key, i), alt=alt, key="steps-seeds")
        return i

    figure, side = frame.figure_and_controls()
    with side:
        place = st.container()
        key = controls.choice("subject", "Learn", charts.SUBJECT_NAMES, "spiral")
        model = controls.pick(
            "model", "Train a point again", charts.labels(key), "small"
        )
        again = st.container()
    with place:
        predict.choice("points", *kept(charts.data_question, key))
    words, table = st.columns([1, 1.1], gap="large")
    words.markdown(kept(charts.data_notice, key))
    with figure:
        i = frame.section(amount)
    take_home = TakeHome(
        functions=[median_share],
        values=kept(charts.stored_rights, key, i),
        prints=charts.data_prints(SUBJECTS[key]),
    )
    return Told([examples_of, count_right, median_share], take_home)


def slopes() -> Told:
    """g′ of both, then the same network with both."""

    def layers() -> float:
        """Both slopes at z, and their products; return z."""
        alt = "The slope of the sigmoid is a low hump, that of ReLU a step from 0 to 1."
        z = live_figure(draw(charts.slope_chart), key="z", default=4.0, alt=alt)
        if told:
            with below:
                st.markdown("**What is left of a gradient** behind several layers:")
                alt = "Products of slopes, layer by layer"
                numbers(kept(charts.layers_table, z), alt=alt, key="steps-layers")
        return z

    def race() -> tuple[str, float]:
        """Both train; return on which points, and the cost to be reached."""
        run, words = st.columns([2.1, 1], gap="large", vertical_alignment="center")
        with words:
            data = controls.choice("data", "Points", charts.RACE_DATA, "circles")
            st.markdown(kept(charts.race_notice, data))
        with run:
            st.markdown("**The same network with both.** Drag the cost to be reached.")
            alt = "Cost against step for sigmoid and ReLU, with a target to be dragged."
            chart = draw(charts.race_chart, data)
            return data, live_figure(chart, key="target", default=0.3, alt=alt)

    figure, side = frame.figure_and_controls()
    with side:
        told = predict.number("five", *charts.slope_question(), tolerance=0.02)
    data, target = frame.section(race)
    below = st.container()
    with figure:
        z = frame.section(layers)
    take_home = TakeHome(
        functions=[through_layers, costs_on_the_way, steps_to],
        values={"z": z, "data": data, "target": target},
        prints=charts.SLOPE_PRINTS,
    )
    return Told([sigmoid_slope, relu_slope, costs_on_the_way, steps_to], take_home)


def loop() -> Told:
    """How many experiments a day at a given training time."""

    def minutes() -> float:
        alt = "Experiments a day against training time: level, then falling."
        chart = draw(charts.loop_chart, thinking, faster)
        return live_figure(chart, key="minutes", default=60.0, alt=alt)

    figure, side = frame.figure_and_controls()
    with side:
        told = predict.number("faster", *charts.loop_question(), tolerance=0.03)
        label = "Minutes for idea and code"
        thinking = controls.steps_of("think", label, charts.THINKING, 30.0)
        faster = controls.steps_of(
            "faster", "Chips, times as fast", charts.FASTER, 10.0
        )
    with figure:
        training = frame.section(minutes)
    words, table = st.columns([1, 1.1], gap="large")
    words.markdown(charts.LOOP_NOTICE)
    if told:
        with table:
            shown = kept(charts.loop_table, thinking, faster)
            numbers(shown, alt="Training times, each with its day", key="steps-days")
    values = {"thinking": thinking, "training": training, "faster": faster}
    return Told([Day, gain], TakeHome([Day, gain], values, charts.LOOP_PRINTS))


def view() -> Told:
    """One of the three reasons; its end changes with it."""
    name = controls.choice("view", "What to show", VIEWS, "data", hide_label=True)
    return {"data": more_data, "slope": slopes, "loop": loop}[name]()


page = frame.begin("why_now")
frame.section(view)
frame.end(page)
