"""The form of the training page: nothing runs until it is sent."""

from collections.abc import Callable, Mapping

import streamlit as st

from core import studio
from core.points import OWN as OWN_DATA
from core.training import Choices
from ui import controls

Set = Callable[[Mapping[str, object]], None]

BESIDE = (
    "The run that you see stays as it is, the changed one is trained, and both are "
    "shown side by side."
)
HINT = "**Choose, then press Train.**"
# Short enough for two lines of names at the side of the figure.
DATA: Mapping[str, str] = {**studio.DATA, OWN_DATA: "own"}
OWN = "Own points have their number and their noise already."
BATCH = "How many points a step looks at: all of them, or a shuffled batch."
CASES = "**One that works, three that go wrong**"
L2 = "Adds λ/2 times the sum of the squared weights to J, so that they stay small."


def choose(own: str, train: Set) -> Choices:
    """The run that is asked for, with these own points; `train` sets inputs."""
    with st.form("train", border=False):
        st.markdown(HINT)
        data = controls.choice("data", "Data", DATA, "flower", hide_label=True)
        n_h = controls.whole("n_h", "Hidden units", 1, 50, 4)
        g = controls.pick("g", "Activation", studio.ACTIVATION_NAMES, "tanh")
        left, right = st.columns(2)
        with left:
            alpha = controls.steps_of("alpha", "α", studio.ALPHAS, 1.2)
        with right:
            steps = controls.steps_of("steps", "Steps", studio.STEPS, 10_000)
        sent = st.container(horizontal=True, gap="small")
        with st.expander("Points, start, batches"):
            m = controls.whole("m", "Points m", 20, 5000, 400, step=20, help=OWN)
            noise = controls.number("noise", "Noise", 0.0, 1.0, 0.2, 0.05)
            held = controls.number("held", "Share held out", 0.0, 0.5, 0.2, 0.1)
            init = controls.pick("init", "Start", studio.STARTS, "random")
            seed = controls.whole("seed", "Seed", 0, 99, 0)
            batch = controls.pick(
                "batch", "Points a step", studio.BATCHES, "0", help=BATCH
            )
            l2 = controls.steps_of("l2", "L2 penalty λ", studio.PENALTIES, 0.0, help=L2)
        which = (data, m, noise, seed, held, n_h, g, init, alpha, int(steps))
        choices = studio.with_points(Choices(*which, int(batch), l2), own)
        press = {"width": "stretch", "on_click": train}
        sent.form_submit_button("Train", **press, type="primary", args=({},))
        both = ({"pin": studio.write(choices), "view": "two"},)
        words = "Train beside this run"
        sent.form_submit_button(words, **press, args=both, help=BESIDE)
    return choices


def cases(sets: Mapping[str, Mapping[str, object]], train: Set) -> None:
    """A button for each of these runs, by their labels."""
    st.markdown(CASES)
    row = st.container(horizontal=True, gap="small")
    for label, case in sets.items():
        row.button(label, on_click=train, args=(case,))


def mend(said: str, remedy: tuple[str, Mapping[str, object]], train: Set) -> None:
    """What is wrong with a run, and the button that mends it, in a few lines.

    They stand above the figure, so they leave its slider in sight.
    """
    row = st.container(horizontal=True, vertical_alignment="center")
    row.markdown(f":orange[:material/warning:] {said}", width=320)
    label, values = remedy
    row.button(label, on_click=train, args=(values,))
