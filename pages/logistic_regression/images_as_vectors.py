"""Images as vectors (notes §3.2): a picture, its three planes, and x."""

import streamlit as st

from charts import images as charts
from core.images import (
    index_of,
    index_of_numpy,
    mixed_up,
    pixel_of,
    stack,
    unroll,
    unroll_numpy,
)
from ui import controls, frame, inputs, pictures, predict
from ui.frame import TakeHome
from ui.live_figure import draw, live_figure
from ui.tables import numbers

PICTURES = {
    "photo": "cat photograph",
    "cat": "drawn cat",
    "sunset": "sunset",
    "stripes": "stripes",
    "noise": "noise",
    "own": "your own …",
}


def unrolling() -> dict[str, object]:
    """A picture as a vector, mixed up, and as one column of many."""

    def one_number() -> int:
        """The figure, and where its lit number stands; return the place."""
        i = int(
            live_figure(
                draw(charts.vector_chart, *shown, using=image),
                key="i",
                default=first,
                alt=f"{n} × {n} pixels, their red, green and blue planes, and the "
                f"vector x of {3 * n * n} numbers as a strip; one number is lit.",
            )
        )
        st.caption(charts.HINT)
        formula.latex(charts.index_formula(i, n))
        with table:
            said = charts.same_index_sentence(i, n)
            numbers(charts.order_table(i, n, image), alt=said, key="orders")
            st.markdown(said)
        return i

    def columns() -> None:
        """Every picture as a column of X."""
        st.subheader("One column for each image", anchor="columns")
        names = [key for key in PICTURES if key != "own" or own]
        live_figure(
            draw(
                charts.stack_chart,
                tuple(PICTURES[key].replace("your own …", "upload") for key in names),
                n,
                own[0] if own else "",
                using=tuple(
                    image if key == "own" else pictures.picture(key, n) for key in names
                ),
            ),
            key="m",
            default=len(names),
            alt=f"{len(names)} images, each unrolled into one column of X, "
            f"which has {3 * n * n} rows.",
        )

    def growth() -> None:
        """The length of x against n, from the picture's own size on."""
        st.markdown("**How long x gets.** Drag n: twice the side, 4 times the numbers.")
        inputs.follow("n", n)
        live_figure(
            draw(charts.growth_chart),
            key="n",
            default=float(n),
            alt="The length of x, 3n², against n: a parabola, 12,288 at n = 64.",
        )

    figure, side = frame.figure_and_controls(2.3)
    with side:
        place = st.container()
        name = controls.pick("picture", "Picture", PICTURES, "photo")
        own = None
        if name == "own":
            own = pictures.upload("PNG, JPEG or WebP", "images.file")
            if own is None:
                st.caption("Until there is one, this is the photograph.")
        n = controls.whole("size", "Rows and columns n", *charts.SIDES, 64)
        with place:
            predict.number("place", *charts.asked_place(n), tolerance=1e-9)
        first = pictures.look_up(n, charts.SIDES[1], charts.FIRST)
    shown = (own[0] if own else name, n)
    image = pictures.picture(*shown, own[1] if own else None)
    formula, table = st.columns([1, 1.3], gap="large", vertical_alignment="center")
    with figure:
        i = frame.section(one_number)

    mixed, grown = st.columns([1.3, 1], gap="large")
    with mixed:
        st.markdown(charts.MIXED_UP)
        live_figure(
            draw(charts.mixed_chart, *shown, using=image),
            key="mixed",
            alt="The picture, and what comes of reading three values of one plane as "
            "one pixel.",
        )
        st.markdown(charts.mixed_notice(image))
    with grown:
        frame.section(growth)
    frame.section(columns)
    return {"image": image, "n": n, "index": i}


page = frame.begin("images_as_vectors")
values = frame.section(unrolling)
st.subheader("What to notice", anchor="notice")
st.markdown(charts.NOTICE)

frame.end(
    page,
    code=[unroll, index_of, pixel_of, unroll_numpy, index_of_numpy, mixed_up, stack],
    take_home=TakeHome(
        functions=[unroll, pixel_of, index_of_numpy],
        values=values,
        prints=charts.SCRIPT_PRINTS,
    ),
)
