"""What the budgets are compared with: one st.slider and one st.plotly_chart.

The curve, the moving point and its tangent of the derivatives page, written the
way that Streamlit's own documentation shows. With `?charts=4` in the address there
are four of them: one wide, and the others in a row below it. The choice brings other
charts in their place.
"""

import numpy as np
import plotly.graph_objects as go
import streamlit as st

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
more = int(st.query_params.get("charts", 1)) - 1
for k, column in enumerate(st.columns(more) if more else []):
    column.plotly_chart(figure, key=f"{shown} {k}", height=300)
