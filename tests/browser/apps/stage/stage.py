"""A page with a network stage, its branch, and a live figure that follows it."""

import sys
from pathlib import Path

ROOT = str(Path(__file__).resolve().parents[4])
if ROOT not in sys.path:
    sys.path.insert(0, ROOT)

import numpy as np  # noqa: E402
import plotly.graph_objects as go  # noqa: E402
import streamlit as st  # noqa: E402

from charts.base import figure  # noqa: E402
from core.activations import ACTIVATIONS  # noqa: E402
from core.branch import branch  # noqa: E402
from core.shallow import SCHEMES  # noqa: E402
from core.sweep import Sweep  # noqa: E402
from core.training import Choices, Run, train_both  # noqa: E402
from ui import address, controls, inputs  # noqa: E402
from ui.live_figure import draw, live_figure  # noqa: E402
from ui.network_stage import network_stage, stage  # noqa: E402


def cost_chart(choices: Choices, run: Run) -> tuple[go.Figure, Sweep]:  # noqa: ARG001
    """J, growing with the step."""
    J = run.network_score.train.J
    frames = tuple(f"{step}" for step in run.steps)
    growing = {0: np.arange(1, 1 + len(J))}
    curve = go.Scatter(x=run.steps, y=J, mode="lines")
    sweep = Sweep("step", run.steps.astype(float), frames, growing=growing)
    return figure([curve], height=200), sweep


st.set_page_config(layout="wide")
inputs.begin("home")
st.html(Path(ROOT) / "ui" / "style.css")
st.title("A stage")
place = st.container()
with st.container(horizontal=True):
    n_h = controls.whole("n_h", "Hidden units", 1, 50, 4)
    g = controls.choice("g", "Activation", {name: name for name in ACTIVATIONS}, "tanh")
    steps = controls.whole("steps", "Steps", 0, 5000, 2000)
    alpha = controls.number("alpha", "Alpha", 0.0, 100.0, 1.2, 0.1)
    held = controls.number("held", "Held out", 0.0, 0.5, 0.2, 0.1)
    init = controls.pick("init", "Start", {name: name for name in SCHEMES}, "random")
choices = Choices("flower", 400, 0.2, 0, held, n_h, g, init, alpha, steps)
train = st.cache_resource(max_entries=4, show_spinner=False, hash_funcs={Choices: repr})
run = train(train_both)(choices)
with place:
    settled = network_stage(
        stage(choices, run.history, g, run.split, run.network_score),
        key="step",
        default=float(steps),
        alt="A network learns the flower.",
        train_on=lambda edit: branch(run.history, run.split, g, alpha, edit),
    )
st.text(f"settled at {settled.step:.0f}")
if settled.branch:
    st.text(f"branch J {settled.branch.score.train.J[-1]:.6f}")
live_figure(
    draw(cost_chart, choices, using=run), key="cost", follows="step", alt="The cost."
)
st.button("Back to the start", on_click=inputs.move, args=("step", 0.0))
st.button("Start over", on_click=inputs.forget)
address.show("home", inputs.end())
