"""Supervised learning (notes §2.2): whatever it was, it becomes x, and y goes along."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator as Place

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
from ui.frame import TakeHome, Told
from ui.live_figure import draw, live_figure
from ui.tables import numbers


def table(place: Place, figure: Place, formula: Place) -> TakeHome:
    """A column of the calorie table, and its total."""
    X = calories().values

    def food() -> int:
        """The table; return the column that is x."""
        alt = "The calorie table: the column of one food is x, its total is y."
        column = int(live_figure(draw(charts.table_chart), key="food", alt=alt))
        x = X[:, [column]]
        formula.latex(charts.pair_formula(x, charts.latex(total(x))))
        return column

    with place:
        question = charts.SHAPE_QUESTION
        predict.shape("shape", question, (3, 5), charts.SHAPE_WHY)
    with figure:
        column = frame.section(food)
        st.markdown(kept(charts.learned_sentence))
    return TakeHome([total], {"X": X, "food": column}, charts.TABLE_PRINTS)


def image(place: Place, figure: Place, formula: Place) -> TakeHome:
    """The cat photograph, shrunk and grey."""
    picture = pictures.picture("photo", charts.SIDE)

    def pixel() -> int:
        chart = draw(charts.image_chart, "photo", using=picture)
        alt = charts.IMAGE_ALT
        return int(live_figure(chart, key="i", default=462.0, alt=alt))

    with place:
        predict.number("length", charts.LENGTH_QUESTION, 64 * 64 * 3, charts.LENGTH_WHY)
    with figure:
        i = frame.section(pixel)
    formula.latex(charts.pair_formula(picture_vector(picture), r"1\ \text{(cat)}"))
    values = {"image": picture, "index": i}
    return TakeHome([picture_vector], values, charts.IMAGE_PRINTS)


def text(place: Place, figure: Place, formula: Place) -> TakeHome:
    """The learner's own sentence, counted."""

    def word() -> int:
        """The counts so far; return how many words are read."""
        alt = "How often each of 20 words stands in the text, word after word."
        chart = draw(charts.text_chart, typed)
        read = int(live_figure(chart, key="word", default=200.0, alt=alt))
        x = count_read(typed, read)
        formula.latex(charts.pair_formula(x, r"1\ \text{or}\ 0"))
        return read

    with place:
        predict.choice("order", *kept(charts.order_question))
    typed = controls.text("text", "Your own text", charts.TEXT)
    st.caption("Only the 20 words beside the bars are counted.")
    with figure:
        read = frame.section(word)
    values = {"text": typed, "word": read}
    return TakeHome([count_words, count_read], values, charts.TEXT_PRINTS)


def grade(picked: frozenset[str]) -> str:
    """How the sorting game went."""
    wrong = graded(set(picked))
    lines = tuple(
        f"{each.name}: **{'structured' if each.structured else 'unstructured'}**, "
        f"{each.why}"
        for each in wrong
    )
    return charts.sorted_words(lines, len(THINGS))


def sort() -> None:
    """Structured or not: sorted first, then graded."""
    st.subheader("Sort them", anchor="sort")
    st.markdown(charts.GAME)
    sorting.game("structured", charts.GAME, [each.name for each in THINGS], grade)


def pairs() -> Told:
    """A pair of x and y, and where such pairs are used."""
    figure, side = frame.figure_and_controls()
    with side:
        place = st.container()
        kind = controls.choice("kind", "What becomes x", charts.KINDS, "image")
    formula, right = st.columns([1, 1.2], gap="large", vertical_alignment="center")
    show, code = {
        "table": (table, [total, learn_weights]),
        "image": (image, [picture_vector]),
        "text": (text, [words_of, count_words]),
    }[kind]
    with side:
        script = show(place, figure, formula)
    right.markdown(charts.NOTICES[kind])
    left, right = st.columns([1.35, 1], gap="large")
    with left:
        st.subheader("Five applications", anchor="applications")
        applications = kept(charts.applications_table)
        numbers(applications, alt="Five applications: x, y and the usual network")
    with right:
        frame.section(sort)
    return Told(code, script)


page = frame.begin("supervised_learning")
frame.section(pairs)
frame.end(page)
