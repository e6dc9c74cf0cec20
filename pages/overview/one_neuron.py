"""One neuron (notes §2.1): price in, demand out, and then four inputs."""

import streamlit as st

from charts import demand as charts
from charts import story
from core.demand import demand, learn_demand, misfit, misfit_slopes, t_shirts
from core.story import ASKED, OPENING, correlations, guess, improve, market, study, told
from ui import controls, frame, inputs, predict
from ui.cached import factors_found, kept, story_network
from ui.frame import TakeHome, Told
from ui.live_figure import draw, live_figure
from ui.tables import numbers

VIEWS = {"hand": "one neuron, by hand", "learn": "let it learn", "four": "four inputs"}
DRAGGED = {"w": "weight w", "b": "bias b"}
ALPHAS = (0.01, 0.03, 0.1, 0.3, 1.0)
ONE = "T-shirt sales against price, and a neuron max(0, wx + b) drawn through them."
LEARNING = "Step by step the neuron turns until it runs through the sales."
BY_HAND = (
    "Make the misses as short as you can. The other one stays where you left it, so go "
    "back and forth: how low can J get?"
)
EDGES = (
    "Every input feeds every unit. **Blue: positive weight, orange dots: negative;** "
    "the further an edge is coloured, the larger its weight."
)


def ask() -> None:
    """What the ReLU is there for."""
    predict.number("zero", charts.QUESTION, 0.0, charts.explanation())


def by_hand(hand: tuple[float, float]) -> Told:
    """Drag the weight, or the bias."""

    def dragged() -> tuple[float, float]:
        """The figure and what it says; return w and b."""
        fixed = hand[1] if which == "w" else hand[0]
        chart = draw(charts.drag_w if which == "w" else charts.drag_b, fixed)
        start = charts.START_W if which == "w" else charts.START_B
        value = live_figure(chart, key=which, default=start, alt=ONE)
        here = (value, fixed) if which == "w" else (fixed, value)
        formula.latex(charts.neuron_formula(*here))
        said.markdown(kept(charts.hand_notice, *here))
        return here

    figure, side = frame.figure_and_controls()
    with side:
        ask()
        which = controls.choice("drag", "Drag the", DRAGGED, "w")
        st.caption(BY_HAND)
    formula, said = st.columns([1, 1.3], gap="large", vertical_alignment="center")
    with figure:
        w, b = frame.section(dragged)
    prints = charts.SCRIPT_PRINTS[:1] if b < 0 else charts.SCRIPT_PRINTS
    script = TakeHome([t_shirts, demand, misfit], {"w": w, "b": b}, prints)
    return Told([demand, misfit], script)


def learning(hand: tuple[float, float]) -> Told:
    """Gradient descent from where the hand left w and b."""

    def steps() -> float:
        chart = draw(charts.learning_chart, *run)
        return live_figure(chart, key="step", default=charts.STEPS, alt=LEARNING)

    figure, side = frame.figure_and_controls()
    with side:
        ask()
        alpha = controls.steps_of("alpha", "Learning rate α", ALPHAS, 0.1)
        st.markdown("**The misfit J** at each step:")
        run = (*hand, alpha)
        chart, alt = draw(charts.misfit_chart, *run), "The misfit J against the step."
        live_figure(chart, key="J", follows="step", alt=alt)
    with figure:
        st.markdown("It starts where your hand left w and b.")
        step = frame.section(steps)
    st.markdown(kept(charts.learned_notice, *run))
    values = {"w": hand[0], "b": hand[1], "alpha": alpha, "step": int(step)}
    script = TakeHome([t_shirts, learn_demand], values, charts.LEARNED_PRINTS)
    return Told([demand, misfit_slopes, learn_demand], script)


def four_inputs() -> Told:
    """A network learns from inputs and demand; what do its units tell?"""

    def learned() -> None:
        """The network at every step, and its weights in numbers."""
        alt = "A network of four inputs, hidden units and demand, while it learns."
        chart = draw(story.network_chart, *run, using=lesson)
        at = live_figure(chart, key="at", default=1000.0, alt=alt)
        with weights:
            alt, table = "Weights of story and units", story.weights_table(lesson, at)
            numbers(table, alt=alt, key="steps-weights")
        with factors:
            table = story.correlations_table(lesson, at)
            numbers(table, alt="Correlations of the units", key="steps-told")

    figure, side = frame.figure_and_controls()
    with side:
        question = st.container()
        n_h = controls.whole("n_h", "Hidden units", 1, 8, OPENING[0])
        seed = controls.whole("seed", "Start (seed)", 0, 20, OPENING[1])
    with question:
        found = kept(story.answer, factors_found(*ASKED))
        predict.choice("found", story.QUESTION, story.FOUND, *found)
    run = (n_h, seed)
    lesson = story_network(*run)
    with side:
        st.markdown("**80 t-shirts it never saw.** On the line, the guess is exact.")
        chart = draw(story.scatter_chart, *run, using=lesson)
        alt = "Predicted against true demand: the points close in on the diagonal."
        live_figure(chart, key="guess", follows="at", alt=alt)
    st.markdown(story.notice(lesson))
    weights, factors = st.columns([1.2, 1], gap="large")
    weights.markdown("**Weights:** of the story that made the data, then of the units.")
    factors.markdown("**Correlation** of each unit with each factor of the story.")
    with figure:
        st.markdown(EDGES)
        frame.section(learned)
    script = [study, told, market], {"n_h": n_h, "seed": seed}, story.SCRIPT_PRINTS
    return Told([guess, improve, correlations], TakeHome(*script))


def neuron() -> Told:
    """By hand, learning, or with four inputs."""
    view = controls.choice("view", "What to show", VIEWS, "hand", hide_label=True)
    if view == "four":
        return four_inputs()
    # What one figure was dragged to holds while the other one is on the screen.
    w = inputs.peek("w", charts.START_W, draw(charts.drag_w, charts.START_B).sweep)
    b = inputs.peek("b", charts.START_B, draw(charts.drag_b, charts.START_W).sweep)
    return by_hand((w, b)) if view == "hand" else learning((w, b))


page = frame.begin("one_neuron")
frame.section(neuron)
frame.end(page)
