"""Supervised learning (notes §2.2): whatever it was, it becomes x, and y goes along."""

import streamlit as st

from charts import supervised as charts
from core.supervised import (
    THINGS,
    count_read,
    count_words,
    graded,
    learn_weights,
    picture_vector,
    total,
    words_of,
)
from core.tables import calories
from ui import controls, frame, pictures, predict, sorting
from ui.cached import kept
from ui.frame import TakeHome
from ui.live_figure import draw, live_figure
from ui.tables import numbers


def table() -> tuple[str, TakeHome]:
    """A column of the calorie table, and its total."""
    with place:
        question = charts.SHAPE_QUESTION
        predict.shape("shape", question, (3, 5), charts.SHAPE_WHY)
    with figure:
        alt = "The calorie table: the column of one food is x, its total is y."
        food = int(live_figure(draw(charts.table_chart), key="food", alt=alt))
        st.markdown(kept(charts.learned_sentence))
    X = calories().values
    x = X[:, [food]]
    script = TakeHome([total], {"X": X, "food": food}, charts.TABLE_PRINTS)
    return charts.pair_formula(x, charts.latex(total(x))), script


def image() -> tuple[str, TakeHome]:
    """The cat photograph, shrunk and grey."""
    with place:
        predict.number("length", charts.LENGTH_QUESTION, 64 * 64 * 3, charts.LENGTH_WHY)
    picture = pictures.picture("photo", charts.SIDE)
    with figure:
        chart = draw(charts.image_chart, "photo", using=picture)
        alt = "A cat as 16 by 16 grey pixels, and the same 256 numbers as a curve."
        i = int(live_figure(chart, key="i", default=462.0, alt=alt))
    values = {"image": picture, "index": i}
    script = TakeHome([picture_vector], values, charts.IMAGE_PRINTS)
    return charts.pair_formula(picture_vector(picture), r"1\ \text{(cat)}"), script


def text() -> tuple[str, TakeHome]:
    """The learner's own sentence, counted."""
    with place:
        predict.choice("order", *kept(charts.order_question))
    with side:
        typed = controls.text("text", "Your own text", charts.TEXT)
        st.caption("Only the 20 words beside the bars are counted.")
    with figure:
        chart = draw(charts.text_chart, typed)
        alt = "How often each of 20 words stands in the text, word after word."
        read = int(live_figure(chart, key="word", default=200.0, alt=alt))
    values = {"text": typed, "word": read}
    script = TakeHome([count_words, count_read], values, charts.TEXT_PRINTS)
    return charts.pair_formula(count_read(typed, read), r"1\ \text{or}\ 0"), script


def grade(picked: frozenset[str]) -> str:
    """How the sorting game went."""
    wrong = graded(set(picked))
    lines = tuple(
        f"{each.name}: **{'structured' if each.structured else 'unstructured'}**, "
        f"{each.why}"
        for each in wrong
    )
    return charts.sorted_words(lines, len(THINGS))


page = frame.begin("supervised_learning")
figure, side = frame.figure_and_controls()
with side:
    place = st.container()
    kind = controls.choice("kind", "What becomes x", charts.KINDS, "image")
formula, script = {"table": table, "image": image, "text": text}[kind]()
left, right = st.columns([1, 1.2], gap="large", vertical_alignment="center")
left.latex(formula)
right.markdown(charts.NOTICES[kind])

left, right = st.columns([1.35, 1], gap="large")
with left:
    st.subheader("Five applications", anchor="applications")
    applications = kept(charts.applications_table)
    numbers(applications, alt="Five applications: x, y and the usual network")
with right:
    st.subheader("Sort them", anchor="sort")
    st.markdown(charts.GAME)
    sorting.game("structured", charts.GAME, [each.name for each in THINGS], grade)

functions = {
    "table": [total, learn_weights],
    "image": [picture_vector],
    "text": [words_of, count_words],
}
frame.end(page, code=functions[kind], take_home=script)
