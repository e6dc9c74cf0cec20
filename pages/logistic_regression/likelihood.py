"""Likelihood (notes §3.8): where the cost function comes from."""

import streamlit as st

from charts import likelihood as charts
from charts import underflow as long
from core.likelihood import likelihood, log_probability, probability, underflow
from core.rounding import readable
from ui import controls, frame, inputs, predict
from ui.frame import TakeHome
from ui.live_figure import draw, live_figure
from ui.tables import numbers


def training() -> tuple[str, float, float]:
    """The likelihood of examples; return their name, w and b."""

    def sticks() -> float:
        """The sigmoid with a stick for each example, and the numbers of all."""
        w = live_figure(
            draw(charts.stick_chart, data, b),
            key="w",
            default=0.5,
            alt="Examples on a sigmoid, each with a stick as long as the probability "
            "that the model gives to its label. A better w makes the product of all "
            "larger.",
        )
        formula.latex(charts.train_formula(data, w, b))
        with table:
            numbers(
                charts.example_table(data, w, b),
                key="steps-examples",
                alt="Each example's label, prediction, probability and its logarithm",
            )
        return w

    figure, side = frame.figure_and_controls()
    with side:
        data = controls.choice("data", "Labels", charts.NAMES, "overlap")
        predict.number("half", *charts.half_question(data), tolerance=0.02)
        b = controls.number("b", "Bias b", -3.0, 3.0, 0.0, 0.5)
        best = charts.best_of(charts.curve_of(data, b))
        if best is not None:
            label = f"To the best w, {readable(best)}"
            st.button(label, on_click=inputs.move, args=("w", best))
    st.markdown("**Three ways to say how well w fits.** They follow the same drag.")
    columns = st.columns(3)
    formula, table = st.columns([1, 1.1], gap="large", vertical_alignment="center")
    with figure:
        w = frame.section(sticks)
    for column, (which, title) in zip(
        columns, charts.titles(best).items(), strict=True
    ):
        with column:
            st.markdown(title)
            live_figure(
                draw(charts.curve_chart, which, data, b),
                key=which,
                follows="w",
                alt="One curve over w; it is best where its neighbours are, or, like "
                "them, gets better on and on.",
            )
    st.markdown(charts.story(data, b))
    return data, w, b


def one_formula() -> None:
    """One formula for both labels."""
    figure, side = st.columns([1.4, 1], gap="large", vertical_alignment="center")
    with figure:
        y_hat = live_figure(
            draw(charts.label_chart),
            key="yhat",
            default=0.8,
            alt="The probability of label 1 rises with ŷ, that of label 0 falls.",
        )
    with side:
        st.latex(charts.label_formula(y_hat))
        st.markdown(
            "Anything to the power of 0 is 1, so the label switches one factor off. "
            "The logarithm turns this into y log ŷ + (1 − y) log(1 − ŷ): the loss, but "
            "for its sign."
        )


def products() -> tuple[int, int]:
    """What 2,000 factors come to; return the seed and how many are taken."""

    def growing() -> int:
        """The product and the sum of logarithms against the number of examples."""
        m = live_figure(
            draw(long.underflow_chart, seed),
            key="m",
            default=100.0,
            alt="The product of probabilities shrinks by the same factor with every "
            "example until float64 has only 0 for it; the sum of logarithms goes on.",
        )
        words.markdown(long.summary(seed, int(m)))
        return int(m)

    figure, side = frame.figure_and_controls()
    words = st.container()
    with side:
        seed = controls.whole("seed", "Seed of the labels", 0, 99, 0)
        predict.choice("product", *long.product_question(seed))
    with figure:
        return seed, frame.section(growing)


page = frame.begin("likelihood")
data, w, b = frame.section(training)
st.subheader("One formula for two labels", anchor=False)
frame.section(one_formula)
st.subheader("Why nobody multiplies: 2,000 examples", anchor=False)
seed, m = frame.section(products)
frame.end(
    page,
    code=[probability, log_probability, likelihood, underflow],
    take_home=TakeHome(
        functions=charts.SCRIPT_FUNCTIONS,
        values=charts.script_values(data, w, b, seed, m),
        prints=charts.SCRIPT_PRINTS,
    ),
)
