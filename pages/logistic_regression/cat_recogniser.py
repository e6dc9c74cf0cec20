"""A cat recogniser (notes §1.2): one neuron learns 784 weights from silhouettes."""

from collections.abc import Mapping
from dataclasses import replace

import streamlit as st

from charts import cats
from core import clean_up, logistic, silhouettes
from core.silhouettes import Learned, Lesson, confusion, evidence
from ui import cached, code_panel, controls, frame, inputs, predict
from ui.frame import TakeHome
from ui.live_figure import draw, live_figure
from ui.own_silhouette import own_silhouette
from ui.tables import numbers

END = float(max(cats.STEPS))  # the slider goes to the last step of a new run


def set_inputs(values: Mapping[str, object]) -> None:
    """Train, with these inputs changed."""
    for key, value in values.items():
        inputs.put(key, value)
    inputs.move("step", END)


def choose() -> Lesson:
    """The form: nothing runs until Train is pressed."""
    names = cats.opponent_names(silhouettes.opponents(data))
    with st.form("train", border=False):
        against = controls.pick("against", "Cats against", names, silhouettes.ALL)
        m = controls.steps_of("m", "Examples m", cats.SIZES, 1600)
        left, right = st.columns(2)
        with left:
            alpha = controls.steps_of("alpha", "α", cats.ALPHAS, 0.05)
        with right:
            steps = controls.steps_of("steps", "Steps", cats.STEPS, 500)
        with st.expander("Shuffle"):
            seed = controls.whole("seed", "Seed", 0, 99, 0)
        press = {"type": "primary", "on_click": set_inputs, "args": ({},)}
        st.form_submit_button("Train", width="stretch", **press)
    return Lesson(against, int(m), alpha, int(steps), seed)


def ask_picture(learned: Learned) -> tuple[bytes, str]:
    """A silhouette to judge, as 784 bytes, and what is known of it."""
    kind = controls.choice("ask", "Picture", cats.ASK, "test")
    if kind != "test":
        if own := own_silhouette(kind):
            return own, "Your picture, cleaned to 28 × 28."
        st.caption("Until there is one, here is picture 2 of the test.")
    k = controls.whole("k", "Test picture", 1, 40, 2) if kind == "test" else 2
    return cats.test_picture(learned, k), cats.test_name(learned, data, k)


def lesson_and_test() -> tuple[Lesson, bytes, int]:
    """A lesson, what came of it, and a hidden layer; return what a script needs."""

    def judged() -> tuple[bytes, int]:
        """The step on the slider: its weights, the test, and one picture."""
        st.markdown("**The weights w.** :blue[**+** for a cat], :orange[**−** against]")
        chart = draw(cats.weights_chart, lesson, using=learned)
        alt = f"The 784 weights as a picture. {cats.sentence(learned, -1)}"
        step = live_figure(chart, key="step", default=END, alt=alt)
        with table:
            numbers(cats.confusion_table(learned, step), alt="What was taken for what")
            st.markdown(cats.confusion_sentence(learned, step))
        with asked:
            shown, asking = st.columns([2.1, 1], gap="large")
            with asking:
                pixels, name = ask_picture(learned)
            with shown:
                st.markdown(cats.EVIDENCE)
                chart = draw(cats.evidence_chart, lesson, pixels, using=learned)
                alt = cats.EVIDENCE_ALT
                live_figure(chart, key="evidence", follows="step", alt=alt)
                st.markdown(cats.verdict(learned, pixels, step, name))
        return pixels, cats.step_at(learned, step)

    def hidden_layer() -> None:
        """A network with a hidden layer, on a few of the same examples."""
        st.subheader("Would a hidden layer help?", anchor=False)
        n_h = int(controls.choice("n_h", "Hidden units", cats.HIDDEN, "0"))
        if n_h:
            few_m = min(learned.m, cats.HIDDEN_M)
            run = cached.hidden_cats(lesson.against, few_m, lesson.seed, n_h)
            chart = draw(cats.hidden_chart, lesson, n_h, using=run)
            live_figure(chart, key="at", default=500.0, alt=cats.HIDDEN_ALT)
            alone = cached.cat_lesson(replace(lesson, m=few_m))
            st.markdown(cats.hidden_sentence(run, alone, n_h))
        else:
            st.markdown(cats.NO_HIDDEN)

    figure, side = frame.figure_and_controls()
    with side:
        shares = cached.cats_against(cats.CANDIDATES)
        predict.choice("hardest", *cats.question(shares))
        lesson = choose()
    with figure:
        learned = cached.cat_lesson(lesson)
        if warning := cats.too_long(learned):
            st.warning(warning)
            st.button("Train with α = 0.05", on_click=set_inputs, args=(cats.USUAL,))
        if few := cats.fewer(lesson, learned):
            st.caption(few)
        weights, beside = st.columns([1.15, 1], gap="small")
        with beside:
            st.markdown("**Cost and accuracy.** Test dashed")
            chart = draw(cats.progress_chart, lesson, using=learned)
            live_figure(chart, key="progress", follows="step", alt=cats.PROGRESS_ALT)
    st.markdown(cats.notice(lesson, learned))
    gallery, table = st.columns([1.35, 1], gap="large", vertical_alignment="center")
    with gallery:
        st.markdown(cats.GALLERY)
        chart = draw(cats.gallery_chart, lesson, using=(learned, data), here=True)
        live_figure(chart, key="gallery", follows="step", alt=cats.GALLERY_ALT)
    st.subheader("Ask it", anchor=False)
    asked = st.container()
    with weights:
        pixels, step = frame.section(judged)
    frame.section(hidden_layer)
    return replace(lesson, m=learned.m), pixels, step


def script_values() -> dict[str, object]:
    """What the script starts from: packed only for those who look at it."""
    if not code_panel.take_home_is_open():
        return {}
    texts = cached.cat_texts(lesson.against, lesson.m, lesson.seed)
    return cats.script_values(lesson, texts, pixels, step)


page = frame.begin("cat_recogniser")
data = cached.animal_silhouettes()
lesson, pixels, step = frame.section(lesson_and_test)
frame.end(
    page,
    code=[logistic.train, evidence, confusion, clean_up.clean_up],
    take_home=TakeHome(cats.SCRIPT_FUNCTIONS, script_values(), cats.SCRIPT_PRINTS),
)
