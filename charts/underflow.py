"""The figure of a product that underflows while its logarithm does not."""

from collections.abc import Mapping

import numpy as np
import plotly.graph_objects as go

from charts.base import axis, figure, halo, scatter
from charts.colours import FAINT, FUNCTION, GRADIENT, PARAMETER
from core.likelihood import SUPERSCRIPT, Underflow, from_log, many_labels, underflow
from core.rounding import readable
from core.sweep import Readout, Sweep
from core.types import Array

MOST = 2000
ZERO = "exactly 0"
LN_10 = float(np.log(10))
# The smallest number above 0 that float64 has: 5 × 10⁻³²⁴.
SMALLEST = float(np.log10(np.nextafter(0, 1)))


def run_of(seed: int) -> Underflow:
    """2,000 labels under the model that they were drawn from, w = 1 and b = 0."""
    examples = many_labels(MOST, seed)
    return underflow(examples.x, examples.y)


def counts_of(run: Underflow) -> Array:
    """The m of the drag: every tenth, and where the product becomes 0. (n,)"""
    zero = run.zero_from
    edge = [] if zero is None else [zero - 1, zero]
    return np.unique([1, *range(10, MOST + 1, 10), *edge])


def underflow_chart(seed: int) -> tuple[go.Figure, Sweep]:
    """Powers of ten of the product, as float64 has it and as the logarithms say."""
    run = run_of(seed)
    m = counts_of(run)
    product, logs = run.product[m - 1], run.log_sum[m - 1]
    true = logs / LN_10
    with np.errstate(divide="ignore"):
        kept = np.where(product > 0, np.log10(product), np.nan)
    low = float(true.min()) - 60
    gone = np.where(product > 0, np.nan, low + 30)
    traces = [
        scatter(
            x=[0, MOST],
            y=[SMALLEST, SMALLEST],
            mode="lines",
            line={"color": FAINT, "width": 1.5, "dash": "dot"},
        ),
        scatter(
            x=[20],
            y=[SMALLEST - 12],
            mode="text",
            text=["smallest float64: 5 × 10⁻³²⁴"],
            textposition="bottom right",
            textfont={"size": 13, "color": FAINT},
        ),
        scatter(
            x=m,
            y=true,
            mode="lines",
            line={"color": GRADIENT, "width": 3, "dash": "dash"},
            name="from the sum of logs",
        ),
        scatter(
            x=m,
            y=kept,
            mode="lines",
            line={"color": FUNCTION, "width": 3},
            name="the product",
        ),
        scatter(
            mode="markers",
            marker={"color": GRADIENT, "symbol": "diamond", "size": 11, "line": halo()},
            showlegend=False,
        ),
        scatter(
            mode="markers",
            marker={"color": PARAMETER, "size": 13, "line": halo()},
            showlegend=False,
        ),
        scatter(
            mode="text",
            textposition="middle left",
            textfont={"size": 14, "color": FUNCTION},
            showlegend=False,
        ),
    ]
    traces[0].showlegend = traces[1].showlegend = False
    x = m[:, None].astype(float)
    powers = np.arange(0, low, -100.0)
    ticks = [f"10{str(int(p)).translate(SUPERSCRIPT)}" for p in powers]
    fig = figure(
        traces,
        height=300,
        showlegend=True,
        margin={"l": 64, "r": 14, "t": 34, "b": 44},
        xaxis=axis("m, examples multiplied", (-20, MOST + 20)),
        yaxis=axis("", (low, 20), tickvals=powers, ticktext=ticks),
    )
    sweep = Sweep(
        label="m",
        values=m.astype(float),
        shown=tuple(f"{k:,}" for k in m),
        moving={
            4: {"x": x, "y": true[:, None]},
            5: {"x": x, "y": kept[:, None]},
            6: {"x": x, "y": gone[:, None], "text": [(f"product: {ZERO}",)] * len(m)},
        },
        growing={2: np.arange(len(m)), 3: np.arange(len(m))},
        readout=(
            Readout("product", tuple(_shown(float(p)) for p in product), "parameter"),
            Readout("sum of logs", tuple(map(readable, logs)), "gradient"),
            Readout("J", tuple(map(readable, -logs / m))),
        ),
        says=tuple(
            _sentence(int(k), float(p), float(log))
            for k, p, log in zip(m, product, logs, strict=True)
        ),
        run=True,
        along_x=True,
    )
    return fig, sweep


def _shown(product: float) -> str:
    return ZERO if product == 0 else readable(product)


def _sentence(m: int, product: float, log: float) -> str:
    labels = "1 label" if m == 1 else f"{m:,} labels"
    if product == 0:
        return f"{labels}: {ZERO} for the computer; in truth {from_log(log)}."
    return f"{labels}: {from_log(log)}, and the computer still knows it."


def product_question(seed: int) -> tuple[str, Mapping[str, str], str, str]:
    """Question, options, truth and explanation: what becomes of a long product?"""
    run = run_of(seed)
    last, log = float(run.product[-1]), float(run.log_sum[-1])
    typical = readable(float(np.exp(log / MOST)), 2)
    zero = MOST if run.zero_from is None else run.zero_from
    return (
        f"{MOST:,} labels, and the model gives each about {typical} (it is the model "
        "they were drawn from). NumPy multiplies all their P. What does it answer?",
        {
            "same": f"about {typical}",
            "tiny": "a tiny number, correct to 16 digits",
            "zero": ZERO,
        },
        "zero" if last == 0 else "tiny",
        f"From example {zero:,} on the product is {ZERO}: it would be smaller than "
        "5 × 10⁻³²⁴, and float64 has nothing below that but 0. The true product of "
        f"all is {from_log(log)}. Its logarithm is {readable(log)}, and the cost is "
        f"J = {readable(-log / MOST)}.",
    )


def summary(seed: int, m: int) -> str:
    """The present m in numbers, and why a program only ever adds logarithms."""
    run = run_of(seed)
    log, product = float(run.log_sum[m - 1]), float(run.product[m - 1])
    return (
        f"At m = {m:,} the product is {_shown(product)}, the sum of logarithms "
        f"{readable(log)} and J = {readable(-log / m)}. A product that has become 0 "
        "has no slope to walk along. The sum grows in step with m; J, its share for "
        "each example, stays about the same, and so does the learning rate that suits."
    )
