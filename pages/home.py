"""Home: what Nudge is, one figure to drag, and the map of what exists."""

import streamlit as st

from charts import home
from ui import frame, navigation
from ui.contents import CONTENTS, chapters
from ui.live_figure import draw, live_figure


def invitation() -> None:
    """One figure that asks to be dragged, and what this is."""
    figure, words = st.columns([1.35, 1], gap="large", vertical_alignment="center")
    with figure:
        live_figure(
            draw(home.flower_run),
            key="step",
            alt="A small network learns to tell two kinds of points apart: the longer "
            "it trains, the better its coloured map follows the petals of a flower.",
        )
    with words:
        st.subheader("Drag the slider", anchor=False)
        st.markdown(
            "You are scrubbing through the training of a small neural network. It "
            "starts with a guess and ends with a map of where each colour belongs. "
            "Every step was computed by a few lines of NumPy, and you can read them."
        )
        st.markdown(
            "Everything here works like this: **guess, drag, see at once**, and take "
            "the code home. Any state of any page has its own link."
        )
        first = CONTENTS[1]
        with st.container(key="nudge-start"):
            st.page_link(
                navigation.page(first),
                label=f"Start with {first.title}",
                icon=":material/arrow_forward:",
                icon_position="right",
            )


page = frame.begin("home")
frame.section(invitation)

for chapter, pages in chapters()[1:]:
    st.subheader(chapter, anchor=False)
    with st.container(key=f"nudge-map-{pages[0].file.parent.name}"):
        for entry in pages:
            st.page_link(navigation.page(entry), label=entry.title, icon=entry.icon)
            st.markdown(f"{entry.promise} :gray[§{entry.section}]")

frame.end(page)
