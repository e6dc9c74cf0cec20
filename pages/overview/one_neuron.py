"""One neuron (notes §2.1): price in, demand out, and then four inputs."""

import streamlit as st

from charts import demand as charts
from charts import story
from core.demand import demand, learn_demand, misfit, misfit_slopes, t_shirts
from core.story import correlations, guess, improve, market, study, told
from ui import controls, frame, inputs, predict
from ui.cached import kept
from ui.frame import TakeHome
from ui.live_figure import draw, live_figure
from ui.tables import numbers

VIEWS = {
    "hand": "one neuron, by hand",
    "learn": "let it learn",
    "four": "four inputs",
}
DRAGGED = {"w": "weight w", "b": "bias b"}
ALPHAS = (0.01, 0.03, 0.1, 0.3, 1.0)
ONE = "T-shirt sales against price, and a neuron max(0, wx + b) drawn through them."
LEARNING = "Step by step the neuron turns until it runs through the sales."


def ask() -> None:
    """What the ReLU is there for."""
    predict.number("zero", charts.QUESTION, 0.0, charts.explanation())


def by_hand() -> None:
    """Drag the weight, or the bias."""
    with side:
        ask()
        which = controls.choice("drag", "Drag the", DRAGGED, "w")
        st.caption(
            "Make the misses as short as you can. The other one stays where you left "
            "it, so go back and forth: how low can J get?"
        )
    with figure:
        chart = draw(charts.drag_w, b) if which == "w" else draw(charts.drag_b, w)
        start = charts.START_W if which == "w" else charts.START_B
        value = live_figure(chart, key=which, default=start, alt=ONE)
    here = (value, b) if which == "w" else (w, value)
    left, right = st.columns([1, 1.3], gap="large", vertical_alignment="center")
    left.latex(charts.neuron_formula(*here))
    right.markdown(kept(charts.hand_notice, *here))
    take_home = TakeHome(
        functions=[t_shirts, demand, misfit],
        values={"w": here[0], "b": here[1]},
        prints=charts.SCRIPT_PRINTS[:1] if here[1] < 0 else charts.SCRIPT_PRINTS,
    )
    frame.end(page, code=[demand, misfit], take_home=take_home)


def learning() -> None:
    """Gradient descent from where the hand left w and b."""
    with side:
        ask()
        alpha = controls.steps_of("alpha", "Learning rate α", ALPHAS, 0.1)
        st.markdown("**The misfit J** at each step:")
        run = (w, b, alpha)
        chart = draw(charts.misfit_chart, *run)
        alt = "The misfit J against the step, on a log axis."
        live_figure(chart, key="J", follows="step", alt=alt)
    with figure:
        st.markdown("It starts where your hand left w and b.")
        chart = draw(charts.learning_chart, *run)
        step = live_figure(chart, key="step", default=charts.STEPS, alt=LEARNING)
    st.markdown(kept(charts.learned_notice, *run))
    take_home = TakeHome(
        functions=[t_shirts, learn_demand],
        values={"w": w, "b": b, "alpha": alpha, "step": int(step)},
        prints=charts.LEARNED_PRINTS,
    )
    frame.end(page, code=[demand, misfit_slopes, learn_demand], take_home=take_home)


def four_inputs() -> None:
    """A network learns from inputs and demand; what do its units tell?"""
    with side:
        question = st.container()
        n_h = controls.whole("n_h", "Hidden units", 1, 8, 3)
        seed = controls.whole("seed", "Start (seed)", 0, 20, 10)
    with question:
        truth, why = kept(story.answer)
        predict.choice("found", story.QUESTION, story.FOUND, truth, why)
    run = (n_h, seed)
    lesson = kept(study, *run)
    with figure:
        st.markdown(
            "Every input feeds every unit. **Blue: positive weight, orange dots: "
            "negative;** the further an edge is coloured, the larger its weight."
        )
        alt = "A network of four inputs, hidden units and demand, while it learns."
        chart = draw(story.network_chart, *run, using=lesson)
        at = live_figure(chart, key="at", default=1000.0, alt=alt)
    with side:
        st.markdown("**80 t-shirts it never saw.** On the line, the guess is exact.")
        chart = draw(story.scatter_chart, *run, using=lesson)
        alt = "Predicted against true demand: the points close in on the diagonal."
        live_figure(chart, key="guess", follows="at", alt=alt)
    st.markdown(story.notice(lesson))
    left, right = st.columns([1.2, 1], gap="large")
    with left:
        st.markdown("**Weights:** of the story that made the data, then of the units.")
        table = story.weights_table(lesson, at)
        numbers(table, alt="Weights of story and units", key="steps-weights")
    with right:
        st.markdown("**Correlation** of each unit with each factor of the story.")
        table = story.correlations_table(lesson, at)
        numbers(table, alt="Correlations of the units", key="steps-told")
    take_home = TakeHome(
        functions=[study, told, market],
        values={"n_h": n_h, "seed": seed},
        prints=story.SCRIPT_PRINTS,
    )
    frame.end(page, code=[guess, improve, correlations], take_home=take_home)


page = frame.begin("one_neuron")
view = controls.choice("view", "What to show", VIEWS, "hand", hide_label=True)
figure, side = frame.figure_and_controls()
if view == "four":
    four_inputs()
else:
    w_chart, b_chart = draw(charts.drag_w, charts.START_B), draw(charts.drag_b, -1.0)
    w = inputs.peek("w", charts.START_W, w_chart.sweep)
    b = inputs.peek("b", charts.START_B, b_chart.sweep)
    by_hand() if view == "hand" else learning()
