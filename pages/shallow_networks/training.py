"""Training (notes §5.5): a studio. One press trains; then a run is scrubbed."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

import streamlit as st

from charts import many_units, training, two_runs
from core import studio
from core.branch import Edit
from core.shallow import RunTooLarge
from core.training import Choices, Run
from ui import cached, controls, frame, inputs, own_points, predict, remembered
from ui.frame import TakeHome, Told
from ui.live_figure import draw, live_figure
from ui.network_stage import Settled, network_stage, stage
from ui.tables import numbers
from ui.training_form import cases, choose, mend


def set_inputs(values: Mapping[str, object]) -> None:
    """Train, with these inputs changed."""
    for key, value in values.items():
        inputs.put(key, value)
    inputs.move("step", training.END)
    inputs.move("at", training.END)


def ask(data: str) -> None:
    """A prediction about a data set that is not on the screen."""
    if data == "circles":
        share = cached.line_accuracy("flower")
        predict.number("line", *training.line_question(share), tolerance=0.05)
        return
    shares = cached.accuracy_by_units("circles", 4)
    predict.choice("units", *cached.kept(training.units_question, using=shares))


def train(choices: Choices) -> Run:
    """The run; one that is too large does not start."""
    try:
        run = cached.training_run(choices)
    except RunTooLarge as error:
        said = f"{error} Below is the network before its first step."
        mend(said, training.smaller_run(error), set_inputs)
        return cached.training_run(replace(choices, steps=0))
    return run


def tell(choices: Choices, run: Run) -> None:
    """Why the run failed, if it did, and its formula."""
    if run.finding is not None and run.evidence is not None:
        why = training.why(run.finding, run.evidence, choices)
        st.markdown(f"{training.EVIDENCE} {why}")
        found = training.evidence_table(run.evidence, choices)
        numbers(found, alt="Why the run failed")
    st.latex(training.forward_formula(choices, run.split.train.Y.size))


def show_stage(choices: Choices, run: Run) -> Settled:
    """The network, at every step; a value set by hand trains a branch."""
    g = choices.activation
    staged = stage(choices, run.history, g, run.split, run.network_score)
    alt = training.stage_alt(choices, run)
    edited, end = partial(cached.branch, choices, run), training.END
    return network_stage(staged, key="step", default=end, alt=alt, train_on=edited)


def show_units() -> None:
    """The flower with 1 to 50 hidden units: trained when first asked for."""
    runs = tuple(cached.training_run(each) for each in studio.BY_UNITS.values())
    st.markdown(training.UNITS_WORDS)
    chart = draw(many_units.units_chart, "", using=runs)
    alt = "Seven networks on the flower: three units and more part the petals."
    live_figure(chart, key="grown", default=5000.0, alt=alt)
    numbers(cached.kept(many_units.units_table, "", using=runs), alt=alt, key="steps")
    st.markdown(cached.kept(many_units.units_notice, "", using=runs))


def trained() -> Told:
    """The form, the run that it asks for, and what became of it."""

    def shown() -> tuple[float, Edit | None]:
        """The run as asked to be seen, and its story; return the step and an edit."""
        pin = remembered.text("pin", "Pinned run", "", training.check_pin)
        view = controls.choice("view", "Show", training.VIEWS, "stage", hide_label=True)
        step, edit = float(run.steps[-1]), None
        if view == "units":
            show_units()
            return step, edit
        if view == "own":
            own_points.ask(own, set_inputs)
            return step, edit
        if run.finding is not None:
            said = training.failed(run.finding, choices, replace(run, evidence=None))
            mend(said, training.remedy(run.finding, choices), set_inputs)
        pinned = studio.read(pin, own) if pin else None
        other = cached.pinned_run(pinned) if pinned else None
        pair, name = training.pair(choices, run, pinned, other), f"{choices!r} {pinned}"
        if view == "stage":
            settled = show_stage(choices, run)
            step, edit = settled.step, settled.branch and settled.branch.edit
        else:
            st.markdown(training.difference(choices, pinned))
            chart = draw(two_runs.beside_chart, name, using=pair)
            alt = two_runs.beside_alt(pair)
            step = live_figure(chart, key="at", default=training.END, alt=alt)
            put = ("Unpin", "") if pin else ("Pin this run", studio.write(choices))
            st.button(put[0], on_click=inputs.put, args=("pin", put[1]))
        with below:
            said = cached.kept(training.notice, choices, using=run)
            st.markdown(f"{own_points.story(choices.points)}\n\n{said}")
            table = cached.kept(two_runs.scores_table, name, step, using=pair)
            numbers(table, alt="Cost and confusion table of both models", key="steps")
            tell(choices, run)
        return step, edit

    own = own_points.known()
    figure, side = frame.figure_and_controls()
    below = st.container()
    with side:
        question = st.container()
        choices = choose(own, set_inputs)
        cases(training.CASES, set_inputs)
        limits = st.empty()
    with question:
        ask(choices.data)
    with figure:
        run = train(choices)
        step, edit = frame.section(shown)
    limits.caption(training.limits(choices, run))
    return Told(training.CODE, TakeHome(**training.script(choices, run, step, edit)))


page = frame.begin("training")
frame.section(trained)
frame.end(page)
