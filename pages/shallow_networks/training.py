"""Training (notes §5.5): one press trains a network, then its life is scrubbed."""

from collections.abc import Mapping
from dataclasses import replace

import streamlit as st

from charts import training
from core import shallow
from core.shallow import RunTooLarge
from core.training import Choices, Run, train_both
from ui import cached, controls, frame, inputs, predict
from ui.frame import TakeHome
from ui.live_figure import draw, live_figure
from ui.tables import numbers

END = float(max(training.STEPS))  # the slider goes to the last step of a new run


def set_inputs(values: Mapping[str, object]) -> None:
    """Train, with these inputs changed."""
    for key, value in values.items():
        inputs.put(key, value)
    inputs.move("step", END)


def ask(data: str) -> None:
    """A prediction about a data set that is not on the screen."""
    if data == "circles":
        share = cached.line_accuracy("flower")
        words = training.LINE_QUESTION, 100 * share, training.LINE_EXPLANATION
        predict.number("line", *words, tolerance=0.05)
        return
    shares = cached.accuracy_by_units("circles", 4)
    options = {str(n): str(n) for n in range(1, len(shares) + 1)}
    truth = str(training.fewest_units(shares))
    words = training.units_explanation(shares)
    predict.choice("units", training.UNITS_QUESTION, options, truth, words)


def choose() -> Choices:
    """The form: nothing runs until Train is pressed."""
    with st.form("train", border=False):
        data = controls.choice("data", "Data", training.DATA, "flower")
        n_h = controls.whole("n_h", "Hidden units", 1, 20, 4)
        g = controls.choice("g", "Activation", training.ACTIVATION_NAMES, "tanh")
        left, right = st.columns(2)
        with left:
            alpha = controls.steps_of("alpha", "α", training.ALPHAS, 1.2)
        with right:
            steps = controls.steps_of("steps", "Steps", training.STEPS, 10_000)
        with st.expander("Points and start"):
            m = controls.whole("m", "Points m", 20, 2000, 400, step=20)
            noise = controls.number("noise", "Noise", 0.0, 1.0, 0.2, 0.05)
            held = controls.number("held", "Share held out", 0.0, 0.5, 0.2, 0.1)
            init = controls.pick("init", "Start", training.SCHEMES, "random")
            seed = controls.whole("seed", "Seed", 0, 99, 0)
        press = {"type": "primary", "width": "stretch", "on_click": set_inputs}
        st.form_submit_button("Train", **press, args=({},))
    return Choices(data, m, noise, seed, held, n_h, g, init, alpha, int(steps))


def train(choices: Choices) -> Run:
    """The run, and what went wrong in it; one that is too large does not start."""
    try:
        run = cached.training_run(choices)
    except RunTooLarge as error:
        st.warning(f"{error} Below is the network before its first step.")
        label, values = training.smaller_run(error)
        st.button(label, on_click=set_inputs, args=(values,))
        return cached.training_run(replace(choices, steps=0))
    if run.finding is not None:
        st.warning(run.finding.sentence)
        label, values = training.remedy(run.finding)
        st.button(label, on_click=set_inputs, args=(values,))
    return run


page = frame.begin("training")
figure, side = frame.figure_and_controls()
with side:
    question = st.container()
    choices = choose()
    st.caption("Changes wait until you press Train. Or try:")
    row = st.container(horizontal=True, gap="small")
    for label, case in training.CASES.items():
        row.button(label, on_click=set_inputs, args=(case,))
with question:
    ask(choices.data)
with figure:
    run = train(choices)
    network, beside = st.columns([1.5, 1], gap="small")
    with network:
        st.markdown(training.network_caption(choices))
        chart = draw(training.network_chart, choices, using=run)
        alt = training.network_alt(run)
        step = live_figure(chart, key="step", default=END, alt=alt)
    with beside:
        st.markdown("**Logistic regression**")
        chart = draw(training.logistic_chart, choices, using=run)
        alt = "Logistic regression cuts the same points with one straight line."
        live_figure(chart, key="logistic", follows="step", alt=alt)
        st.markdown(training.cost_caption(run))
        chart = draw(training.cost_chart, choices, using=run)
        alt = "The cost J of both models against the step."
        live_figure(chart, key="cost", follows="step", alt=alt)

st.markdown(training.notice(choices, run))
m = run.split.train.Y.size
formula, table = st.columns([1.15, 1], gap="large", vertical_alignment="center")
formula.latex(training.forward_formula(choices, m))
with table:
    alt = f"The shapes of the arrays with {choices.n_h} hidden units"
    numbers(training.shapes_table(choices, m), alt=alt)
    st.markdown(training.parameter_sentence(choices))

frame.end(
    page,
    code=[shallow.forward, shallow.cost, shallow.backward, shallow.step, shallow.train],
    take_home=TakeHome(
        functions=[train_both],
        values=training.script_values(choices, run, step),
        prints=training.script_prints(run),
    ),
)
