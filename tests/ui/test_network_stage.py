"""What the network stage sends to the browser, and what it takes from it."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from core import shallow
from core.branch import Edit
from core.datasets import make, split
from core.training import Choices, score_network, train_both
from ui.network_stage import edits
from ui.network_stage.packing import LARGEST, pack
from ui.shared.packed import unpack

MOST_BYTES = 300_000


def staged(n_h=4, activation="tanh", held_out=0.2, steps=2000, alpha=1.2):
    choices = Choices(
        "flower", 400, 0.2, 0, held_out, n_h, activation, "random", alpha, steps
    )
    run = train_both(choices)
    parts, score = run.split, run.network_score
    return run, pack(repr(choices), run.history, activation, parts, score)


def test_the_browser_gets_the_parameters_of_every_kept_step():
    run, stage = staged()
    sent = unpack(stage.text)
    theta = sent["theta"]
    assert np.array_equal(sent["steps"], run.steps)
    i, history = 40, run.history
    assert np.allclose(theta[i, :8].reshape(4, 2), history.W1[i], rtol=1e-6)
    assert np.allclose(theta[i, 8:12], history.b1[i, :, 0], rtol=1e-6)
    assert np.allclose(theta[i, 12:16], history.W2[i, 0], rtol=1e-6)
    assert np.allclose(theta[i, 16], history.b2[i, 0, 0], rtol=1e-6)


def test_the_browser_gets_the_points_and_which_are_held_out():
    run, stage = staged()
    sent = unpack(stage.text)["points"]
    x, kind = sent["x"], sent["kind"]
    train, held_out = run.split.train, run.split.held_out
    assert np.allclose(x[kind < 2].T, train.X, atol=1e-6)
    assert np.allclose(x[kind >= 2].T, held_out.X, atol=1e-6)
    assert np.array_equal(kind % 2, np.hstack([train.Y, held_out.Y])[0])


def test_cost_and_accuracy_are_the_cores():
    run, stage = staged()
    sent = unpack(stage.text)
    for row, part in enumerate((run.network_score.train, run.network_score.held_out)):
        assert np.allclose(sent["J"][row], part.J, rtol=1e-6)
        assert np.allclose(sent["right"][row], part.accuracy, rtol=1e-6)
    assert len(unpack(staged(held_out=0.0)[1].text)["J"]) == 1


@pytest.mark.parametrize("n_h", [1, 4, 16, 50])
def test_a_run_is_small_to_send(n_h):
    assert len(staged(n_h, steps=300)[1].text) < MOST_BYTES


def test_a_run_that_grows_beyond_float32_stays_finite():
    parts = split(make("blobs", 40), 0.0)
    start = shallow.Parameters(
        np.full((2, 2), 1e60),
        np.zeros((2, 1)),
        np.full((1, 2), -1e60),
        np.zeros((1, 1)),
    )
    run = shallow.train(start, parts.train.X, parts.train.Y, "tanh", 0.1, 0)
    stage = pack("", run, "tanh", parts, score_network(run, parts, "tanh"))
    theta = unpack(stage.text)["theta"]
    assert np.all(np.isfinite(theta))
    assert theta.max() == np.float32(LARGEST)


@pytest.mark.parametrize(
    ("activation", "slope"), [("leaky_relu", 0.01), ("relu", 0.0), ("linear", 1.0)]
)
def test_the_slope_of_negative_z_goes_along(activation, slope):
    sent = unpack(staged(activation=activation, steps=5)[1].text)
    assert sent["kind"] == activation
    assert sent["slope"] == pytest.approx(slope)


def test_another_number_of_inputs_is_refused():
    data = make("moons", 20)
    X = np.vstack([data.X, data.X[:1]])
    run = shallow.train(shallow.initialize(3, 2), X, data.Y, "tanh", 0.1, 1)
    with pytest.raises(ValueError, match="two inputs, not 3"):
        pack("", run, "tanh", split(data, 0.0), None)


# ---- a value set by hand -----------------------------------------------------

RUN, STAGE = staged(n_h=3, steps=50)


@given(
    st.sampled_from(range(51)),
    st.sampled_from([("W1", 3, 2), ("b1", 3, 1), ("W2", 1, 3), ("b2", 1, 1)]),
    st.data(),
)
def test_an_edit_in_the_address_is_read_again(step, array, data):
    name, rows, columns = array
    row = data.draw(st.integers(0, rows - 1))
    column = data.draw(st.integers(0, columns - 1))
    value = data.draw(st.floats(-1000, 1000))
    edit = Edit(step, name, row, column, value)
    again = edits.read(edits.write(edit), RUN.history)
    assert replace(again, value=value) == edit
    assert again.value == pytest.approx(value, rel=1e-9)


@pytest.mark.parametrize(
    "text",
    [
        "x",
        "10_W1_0_0",
        "10_W1_0_0_zzz",
        "10_W1_0_0_nan",
        "10_W1_0_0_1e9",
        "10_W1_3_0_1",
        "-1_W1_0_0_1",
        "51_W1_0_0_1",
        "10_shape_0_0_1",
        "²_W1_0_0_1",
        "1" * 5000 + "_W1_0_0_1",
        "<b>_W1_0_0_1",
    ],
)
def test_what_is_no_edit_is_refused(text):
    with pytest.raises(ValueError, match=r"^(it|its|step|the|a value|W1)\b"):
        edits.read(text, RUN.history)


def test_no_text_is_no_edit():
    assert edits.read("", RUN.history) is None


def page():
    """A page with a stage: what the browser sends is played by buttons."""
    import streamlit as st

    from core.branch import branch
    from core.training import Choices, train_both
    from ui import inputs
    from ui.network_stage import edits, network_stage, stage

    inputs.begin("lab")
    alpha = st.session_state.get("alpha", 1.2)
    steps = st.session_state.get("steps", 50)
    choices = Choices("flower", 40, 0.2, 0, 0.2, 3, "tanh", "random", alpha, steps)
    run = train_both(choices)
    staged = stage(choices, run.history, "tanh", run.split, run.network_score)
    settled = network_stage(
        staged,
        key="step",
        default=50.0,
        alt="",
        train_on=lambda edit: branch(run.history, run.split, "tanh", alpha, edit),
    )
    st.session_state["settled"] = settled
    st.session_state["query"] = inputs.end()
    for n, message in enumerate(st.session_state.get("messages", [])):
        told = {"run": staged.id, **message} if isinstance(message, dict) else message
        st.button(f"tell {n}", on_click=edits.take, args=(told, staged, "edit"))
    st.button("forget", on_click=inputs.forget)
    for sentence in inputs.unusable():
        st.warning(sentence)


EDITED = {"name": "b1", "row": 1, "column": 0, "value": 2.5, "step": 7}


def opened(messages=(), steps=50, **query):
    test = AppTest.from_function(page, default_timeout=60)
    test.session_state["steps"] = steps
    for key, text in query.items():
        test.query_params[key] = text
    test.session_state["messages"] = list(messages)
    return test.run()


def press(test, label):
    next(button for button in test.button if button.label == label).click().run()
    assert not test.exception
    return test.session_state["settled"]


def test_without_an_edit_there_is_no_branch():
    test = opened()
    assert test.session_state["settled"].branch is None
    assert test.session_state["settled"].step == 50
    assert test.session_state["query"] == ""


def test_an_edit_trains_a_branch_and_is_in_the_address():
    test = opened([EDITED, {}])
    grown = press(test, "tell 0").branch
    assert grown.history.b1[0, 1, 0] == 2.5
    assert test.session_state["query"] == "edit=7_b1_1_0_2.5"
    assert press(test, "tell 1").branch is None
    assert test.session_state["query"] == ""


def test_an_edit_is_restored_from_the_address_with_a_step_beyond_the_run():
    test = opened(edit="50_b1_1_0_2.5", step="75")
    assert test.session_state["settled"].step == 75
    assert test.session_state["settled"].branch.edit == Edit(50, "b1", 1, 0, 2.5)
    assert not test.warning


def test_a_step_that_was_not_kept_is_the_nearest_one_and_said():
    run, _ = staged(n_h=3, steps=2000)
    assert 200 not in run.steps
    edit = edits.read("200_b1_1_0_2.5", run.history)
    assert edit.step == min(run.steps, key=lambda kept: abs(kept - 200))
    test = opened(steps=2000, edit="200_b1_1_0_2.5")
    assert f"begins at step {edit.step}," in test.warning[0].value
    assert test.session_state["settled"].branch.edit == edit
    assert test.session_state["query"] == f"edit={edit.step}_b1_1_0_2.5"
    assert not test.run().warning


def test_an_unusable_edit_is_dropped_with_a_line():
    test = opened(edit="7_b1_9_0_2.5")
    assert test.session_state["settled"].branch is None
    assert "b1 has shape (3, 1)" in test.warning[0].value


def test_a_new_run_drops_the_branch():
    test = opened(edit="7_b1_1_0_2.5")
    assert test.session_state["settled"].branch
    test.session_state["alpha"] = 0.3
    test.run()
    assert test.session_state["settled"].branch is None
    assert test.session_state["query"] == ""


def test_starting_over_drops_the_branch():
    test = opened(edit="7_b1_1_0_2.5")
    assert press(test, "forget").branch is None


@pytest.mark.parametrize(
    "message",
    [
        None,
        "x",
        {"run": "another", **EDITED},
        {"name": "b1"},
        {**EDITED, "row": "x"},
        {**EDITED, "row": None},
        {**EDITED, "step": 1e999},
        {**EDITED, "value": "nan"},
        {**EDITED, "value": 5000},
        {**EDITED, "name": "__dict__"},
    ],
)
def test_other_messages_change_nothing(message):
    assert press(opened([message]), "tell 0").branch is None
