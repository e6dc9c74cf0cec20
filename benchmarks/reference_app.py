"""What the budgets are compared with: one st.slider and one st.plotly_chart.

The curve, the moving point and its tangent of the derivatives page, written the
way that Streamlit's own documentation shows. The address asks for a larger page:
`charts=4` are one wide chart and three in a row below it, `changing=5` are five
sentences that follow the slider, `still=20` are twenty that never change. The choice
brings other charts and sentences in their place.
"""

import numpy as np
import plotly.graph_objects as go
import streamlit as st


def asked(name: str) -> int:
    """How many the address asks for."""
    return int(st.query_params.get(name, 0))


st.title("One slider, one chart")
a = st.slider("a", -3.0, 3.0, 1.0, 0.03)
shown = st.segmented_control("Show", ["these", "others"], default="these")
x = np.linspace(-3, 3, 200)
figure = go.Figure(
    [
        go.Scatter(x=x, y=x**2, name="f"),
        go.Scatter(x=x, y=a**2 + 2 * a * (x - a), name="tangent"),
        go.Scatter(x=[a], y=[a**2], mode="markers", name="a"),
    ]
)
figure.update_layout(title=f"a = {a:.2f}")
st.plotly_chart(figure, key=f"{shown}")
more = asked("charts") - 1
for k, column in enumerate(st.columns(more) if more > 0 else []):
    column.plotly_chart(figure, key=f"{shown} {k}", height=300)
for k in range(asked("changing")):
    st.markdown(f"At **a = {a:.2f}**, sentence {k} of {shown}: a² = {a * a:.3f}.")
for k in range(asked("still")):
    st.markdown(f"Sentence {k} **never** changes.")
