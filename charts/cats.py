"""Figures, tables and sentences of the cat recogniser."""

from collections.abc import Mapping
from functools import cache, partial

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from charts.base import axis, figure, halo, scatter
from charts.colours import FAINT, FUNCTION, PARAMETER
from core.activations import sigmoid
from core.clean_up import SIZE
from core.literals import Source
from core.logistic import accuracy, forward, train
from core.rounding import readable
from core.silhouettes import (
    ALL,
    Confusion,
    Evidence,
    HiddenRecogniser,
    Learned,
    Lesson,
    Silhouettes,
    confusion,
    evidence,
    extremes,
    unpacked,
)
from core.sweep import Map, Readout, Sweep
from core.types import Array

ALPHAS = (0.001, 0.003, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0)
STEPS = (10, 50, 100, 200, 500, 1000)
SIZES = (10, 20, 50, 100, 200, 400, 800, 1600)
USUAL: Mapping[str, object] = {"alpha": 0.05}
SHOWN = 5  # pictures in a row of the gallery
ROOM = SIZE + 4
LABELS = 14  # pixels under a row of the gallery for names and numbers
MARKS = 6  # the strongest weights of each sign that carry one
# The few strongest of 784 weights are cut to this share, so that the others show.
CUT = 97.0

CANDIDATES = ("bird", "cow", "dog", "elephant")
QUESTION = (
    "Against one animal alone, which is hardest to tell from a cat by its silhouette?"
)
EVIDENCE = (
    "The picture x, :blue[blue] when it is taken for a cat, :orange[orange] when not. "
    "Beside it what each pixel adds to z, w ∘ x: :blue[**+** speaks for a cat], "
    ":orange[**−** against]."
)
EVIDENCE_ALT = "A picture, and the pixels that speak for and against a cat."
PROGRESS_ALT = "J at every step, and the share of right answers at those that are kept."
GALLERY_ALT = "The test pictures with the surest right and the surest wrong answers."
HIDDEN_ALT = "J of the network on its own examples and on the test."
GALLERY = (
    "**The test, judged.** :blue[Blue]: taken for a cat. :orange[Orange]: taken for "
    "another animal. Under each picture: what it is, and P(cat)."
)
SILENT = ("All weights are 0:", "nothing speaks yet.")  # instead of an empty picture
SURE = ("Right, and surest", "Wrong, and surest")
UNSURE = ("Right, but by chance: every P(cat) is 0.5", "Wrong by chance")
NO_HIDDEN = "Choose 5 or 20 tanh units, and watch what they learn by heart."
ASK: Mapping[str, str] = {"test": "from the test", "draw": "draw", "own": "upload"}
HIDDEN: Mapping[str, str] = {"0": "none", "5": "5 units", "20": "20 units"}
HIDDEN_M = 200  # so few that a network learns them by heart within a second


def opponent_names(names: tuple[str, ...]) -> Mapping[str, str]:
    """What a cat can be told from, as the control shows it."""
    return {name: "all other animals" if name == ALL else name for name in names}


# ---- the weights -----------------------------------------------------------------


def weights_chart(lesson: Lesson, learned: Learned) -> tuple[go.Figure, Sweep]:  # noqa: ARG001
    """w as a picture at each kept step, its strongest pixels marked + and −."""
    run = learned.recogniser.run
    w = run.w_kept.reshape(-1, SIZE, SIZE)
    plus, minus = strongest(run.w_kept), strongest(-run.w_kept)
    marks = {"mode": "text", "textfont": {"size": 17, "color": FUNCTION}}
    fig = square_figure(
        [
            scatter(text=["+"] * MARKS, **marks),
            scatter(text=["−"] * MARKS, **marks),
            silence(SIZE / 2),
        ],
        height=380,
    )
    sweep = Sweep(
        label="step",
        values=run.kept_steps.astype(float),
        shown=shown_steps(learned),
        moving=dict(enumerate((plus, minus, silent(learned)))),
        readout=(
            Readout("J", tuple(readable(float(run.J[t]), 3) for t in run.kept_steps)),
            Readout("train right", shares(learned.recogniser.train_accuracy)),
            Readout("test right", shares(learned.recogniser.test_accuracy)),
        ),
        says=tuple(sentence(learned, i) for i in range(len(run.kept_steps))),
        maps=(picture_map(diverging(w)),),
        run=True,
    )
    return fig, sweep


def strongest(w: Array) -> dict[str, Array]:
    """Where the largest weights of each frame stand; outside where none is above 0."""
    top = np.argpartition(-w, MARKS, axis=1)[:, :MARKS]
    there = np.take_along_axis(w, top, axis=1) > 0
    row, column = np.divmod(top, SIZE)
    y = np.where(there, SIZE - row - 0.5, -9.0)
    return {"x": (column + 0.5).astype(np.float32), "y": y.astype(np.float32)}


def silence(x: float) -> go.Scatter:
    """What stands around x in place of a picture of which nothing is to be seen."""
    middle = np.array([SIZE / 2 + 1.2, SIZE / 2 - 1.2])
    style = {"size": 14, "color": FAINT}
    return scatter(x=[x, x], y=middle, mode="text", textfont=style)


def silent(learned: Learned) -> dict[str, object]:
    """Its words at each kept step: none where a weight is not 0."""
    speaks = learned.recogniser.run.w_kept.any(axis=1)
    return {"text": [("", "") if any_ else SILENT for any_ in speaks]}


def diverging(w: Array) -> Array:
    """w (n, h, w) as map values: ½ is 0, towards 1 for a cat, towards 0 against."""
    scale = float(np.percentile(np.abs(w[-1]), CUT)) or 1.0
    return np.clip(0.5 + 0.5 * w / scale, 0, 1)


def picture_map(z: Array, subplot: int = 1) -> Map:
    """Pictures (n, h, w), their first row on top, over axes counted in pixels."""
    _, h, w = z.shape
    return Map(z[:, ::-1, :], (0, w), (0, h), subplot=subplot, cells=True)


def square_figure(traces: list[go.Scatter], height: int) -> go.Figure:
    """Axes of 28 × 28 pixels without ticks."""
    fig = figure(
        traces,
        height=height,
        margin={"l": 6, "r": 6, "t": 6, "b": 6},
        xaxis=bare((0, SIZE), constrain="domain"),
        yaxis=bare((0, SIZE), scaleanchor="x"),
    )
    fig.layout.meta = {**fig.layout.meta, "square": True}
    return fig


def bare(span: tuple[float, float], **more: object) -> dict[str, object]:
    """An axis of a picture: no grid, no ticks."""
    quiet = {"showgrid": False, "zeroline": False, "showline": False}
    return axis("", span, showticklabels=False, **quiet, **more)


def sentence(learned: Learned, i: int) -> str:
    """What the i-th kept step shows, in words."""
    each = learned.recogniser
    t = int(each.run.kept_steps[i])
    if t == 0:
        return (
            "Before the first step every weight is 0, so every picture gets P(cat) = "
            "0.5 and is taken for no cat."
        )
    return (
        f"After {t:,} step{'s' if t > 1 else ''} the neuron gets "
        f"{percent(each.train_accuracy[i])} of its {learned.m:,} examples right, and "
        f"{percent(each.test_accuracy[i])} of {learned.test.Y.size} it never saw."
    )


def shown_steps(learned: Learned) -> tuple[str, ...]:
    """The kept steps as the slider shows them."""
    return tuple(f"{step:,}" for step in learned.recogniser.run.kept_steps)


def shares(accuracy: Array) -> tuple[str, ...]:
    """Shares of every kept step as percentages."""
    return tuple(percent(share) for share in accuracy)


def percent(share: float) -> str:
    """0.905 as 90.5 %."""
    return f"{readable(100 * float(share), 3)}\u00a0%"


# ---- cost and accuracy ------------------------------------------------------------


def progress_chart(lesson: Lesson, learned: Learned) -> tuple[go.Figure, Sweep]:  # noqa: ARG001
    """J above, accuracy on both halves below, with a cursor at the step.

    J is drawn at every step, so that no peak hides between two that are kept.
    """
    each = learned.recogniser
    x = each.run.kept_steps.astype(float)
    J = each.run.J[each.run.kept_steps]
    every = np.arange(len(each.run.J))
    most = max(float(x[-1]), 1.0)
    top = 1.1 * float(each.run.J.max())
    answer, always = without_looking(learned)
    worst = min(float(each.train_accuracy.min()), float(each.test_accuracy.min()))
    low = 10 * np.floor(10 * min(worst, always) - 0.2)
    train, test = 100 * each.train_accuracy, 100 * each.test_accuracy
    cursor = {"mode": "markers", "marker": dot()}
    under = {"xaxis": "x2", "yaxis": "y2"}
    span = (-0.03 * most, 1.03 * most)
    fig = figure(
        [
            line(every, each.run.J, "J", "solid"),
            line(x, train, "train", "solid", **under),
            line(x, test, "test", "dash", **under),
            line(x[[0, -1]], np.full(2, 100 * always), "one answer", "dot", **under),
            scatter(**cursor),
            scatter(**cursor, **under),
        ],
        height=380,
        margin={"l": 44, "r": 8, "t": 8, "b": 42},
        xaxis=axis("", span, showticklabels=False),
        yaxis=axis("J", (0, top), domain=[0.62, 1], nticks=4),
        xaxis2=axis("step", span, anchor="y2", nticks=5),
        yaxis2=axis("% right", (low, 102), domain=[0, 0.54], nticks=5),
        annotations=[
            {"text": f"always “{answer}”", "xref": "x2", "yref": "y2", "x": most}
            | {"y": 100 * always, "xanchor": "right", "yanchor": "bottom"}
            | {"showarrow": False, "font": {"size": 13, "color": FAINT}}
        ],
    )
    both = np.stack([train, test], axis=1)
    sweep = Sweep(
        label="step",
        values=x,
        shown=shown_steps(learned),
        moving={
            4: {"x": x[:, None], "y": J[:, None]},
            5: {"x": np.repeat(x[:, None], 2, axis=1), "y": both},
        },
    )
    return fig, sweep


def without_looking(learned: Learned) -> tuple[str, float]:
    """The best single answer to every test picture, and the share it gets right."""
    cats = float(np.mean(learned.test.Y))
    return ("cat", cats) if cats >= 0.5 else ("no cat", 1 - cats)


def line(x: Array, y: Array, name: str, dash: str, **more: str) -> go.Scatter:
    """One curve."""
    style = {"color": FAINT if dash == "dot" else FUNCTION, "dash": dash, "width": 2}
    return scatter(
        x=x.astype(np.float32),
        y=y.astype(np.float32),
        name=name,
        mode="lines",
        line=style,
        **more,
    )


def dot() -> dict[str, object]:
    """The marker of the step."""
    return {"color": PARAMETER, "size": 9, "line": halo()}


# ---- the gallery ------------------------------------------------------------------


def gallery_chart(
    lesson: Lesson,  # noqa: ARG001
    using: tuple[Learned, Silhouettes],
) -> tuple[go.Figure, Sweep]:
    """The surest right answers and the worst wrong ones, at each kept step.

    A picture has the colour of what it is taken for.
    """
    learned, data = using
    run = learned.recogniser.run
    width, height = SHOWN * ROOM, 2 * (SIZE + LABELS) + 16
    picture = cache(partial(tinted, learned))
    tops = (8, SIZE + LABELS + 16)  # of the two rows, from the top
    z = np.full((len(run.kept_steps), height, width), 0.5, dtype=np.float32)
    names: list[list[str]] = []
    for i, A in enumerate(at_every_step(learned)):
        best = extremes(A, learned.test.Y, SHOWN)
        words = []
        for top, columns in zip(tops, (best.right, best.wrong), strict=True):
            for k in range(SHOWN):
                if k >= len(columns):
                    words += ["", ""]
                    continue
                column = int(columns[k])
                left = k * ROOM + 2
                taken = bool(A[0, column] > 0.5)
                z[i, top : top + SIZE, left : left + SIZE] = picture(column, taken)
                words.append(data.animal[learned.test.columns[column]])
                words.append(chance(float(A[0, column])))
        names.append(words)
    middle = [k * ROOM + ROOM / 2 for k in range(SHOWN)]
    x = np.repeat(np.array(middle * 2), 2)
    y = np.array(
        [height - top - SIZE - down for top in tops for _ in middle for down in (4, 10)]
    )
    count = len(names)
    sure = run.w_kept.any(axis=1)
    heads = {"textposition": "middle right", "textfont": {"size": 13}}
    fig = figure(
        [
            scatter(mode="text", textfont={"size": 12}),
            scatter(x=[0, 0], y=[height - t + 4 for t in tops], mode="text", **heads),
        ],
        height=320,
        margin={"l": 4, "r": 4, "t": 4, "b": 4},
        xaxis=bare((0, width), constrain="domain"),
        yaxis=bare((0, height), scaleanchor="x"),
    )
    fig.layout.meta = {**fig.layout.meta, "square": height / width}
    sweep = Sweep(
        label="step",
        values=run.kept_steps.astype(float),
        shown=shown_steps(learned),
        moving={
            0: {
                "x": np.tile(x, (count, 1)).astype(np.float32),
                "y": np.tile(y, (count, 1)).astype(np.float32),
                "text": names,
            },
            1: {"text": [SURE if any_ else UNSURE for any_ in sure]},
        },
        maps=(picture_map(z),),
    )
    return fig, sweep


def tinted(learned: Learned, column: int, cat: bool) -> Array:
    """A test picture in the colour of what it is taken for, on paper."""
    sign = 1 if cat else -1
    return 0.5 + sign * 0.5 * learned.test.X[:, column].reshape(SIZE, SIZE)


def at_step(learned: Learned, i: int) -> Array:
    """P(cat) of every test picture with the weights of a kept step. → (1, m)"""
    run = learned.recogniser.run
    return forward(run.w_kept[i][:, None], float(run.b_kept[i]), learned.test.X)


def at_every_step(learned: Learned) -> Array:
    """The same for all kept steps. → (k, 1, m)"""
    run = learned.recogniser.run
    A = sigmoid(np.dot(run.w_kept, learned.test.X) + run.b_kept[:, np.newaxis])
    return A[:, np.newaxis]


def frame_of(learned: Learned, step: float) -> int:
    """Which kept step the slider stands at."""
    return int(np.argmin(np.abs(learned.recogniser.run.kept_steps - step)))


def chance(a: float) -> str:
    """P(cat) for a small label."""
    return f"{a:.3f}" if 0.001 <= a <= 0.999 else ("< 0.001" if a < 0.5 else "> 0.999")


def confusion_table(learned: Learned, step: float) -> pd.DataFrame:
    """Cats and others, and what they were taken for."""
    c = counted(learned, step)
    rows = [
        ("cats", c.cat_as_cat, c.cat_as_other),
        ("others", c.other_as_cat, c.other_as_other),
    ]
    columns = [f"step {step_at(learned, step):,}", "taken for cats", "for others"]
    return pd.DataFrame(
        [(name, str(a), str(b)) for name, a, b in rows], columns=columns
    )


def counted(learned: Learned, step: float) -> Confusion:
    """The confusion at the step of the slider."""
    return confusion(at_step(learned, frame_of(learned, step)), learned.test.Y)


def step_at(learned: Learned, step: float) -> int:
    """The kept step nearest to a value."""
    return int(learned.recogniser.run.kept_steps[frame_of(learned, step)])


def confusion_sentence(learned: Learned, step: float) -> str:
    """The same counts as two kinds of mistake, beside a rule that never looks."""
    c = counted(learned, step)
    m = learned.test.Y.size
    right = c.cat_as_cat + c.other_as_other
    kind, share = without_looking(learned)
    others = "1 other" if c.other_as_cat == 1 else f"{c.other_as_cat} others"
    missed = "1 cat" if c.cat_as_other == 1 else f"{c.cat_as_other} cats"
    return (
        f"{c.cat_as_cat} + {c.other_as_other} of {m} are right: "
        f"**{percent(right / m)}**. It missed {missed} and took "
        f"{others} for a cat. Answering “{kind}” every time, without "
        f"looking, would get {percent(share)}: measure any recogniser against "
        "that."
    )


# ---- one picture ------------------------------------------------------------------


def test_picture(learned: Learned, k: int) -> bytes:
    """The k-th test picture, counted from 1, as 784 bytes."""
    pixels = np.rint(255 * learned.test.X[:, (k - 1) % learned.test.Y.size])
    return pixels.astype(np.uint8).tobytes()


def picture_of(pixels: bytes) -> Array:
    """784 bytes as a picture (28, 28) from 0 to 1."""
    return np.frombuffer(pixels, np.uint8).reshape(SIZE, SIZE) / 255


def evidence_at(learned: Learned, pixels: bytes, i: int) -> Evidence:
    """What each pixel of a picture says at a kept step."""
    run = learned.recogniser.run
    return evidence(run.w_kept[i][:, None], float(run.b_kept[i]), picture_of(pixels))


def evidence_chart(
    lesson: Lesson,  # noqa: ARG001
    pixels: bytes,
    learned: Learned,
) -> tuple[go.Figure, Sweep]:
    """A picture, and beside it what each of its pixels adds to z at each step.

    The picture has the colour of what it is taken for.
    """
    count = len(learned.recogniser.run.kept_steps)
    each = [evidence_at(learned, pixels, i) for i in range(count)]
    said = np.stack([e.pixels for e in each])
    wide = 2 * SIZE + 4
    z = np.full((count, SIZE, wide), 0.5)
    taken = np.array([1 if e.a > 0.5 else -1 for e in each])
    z[:, :, :SIZE] += 0.5 * taken[:, None, None] * picture_of(pixels)
    z[:, :, SIZE + 4 :] = diverging(said)
    flat = said.reshape(count, -1)
    shift = np.float32(SIZE + 4)
    moving: dict[int, dict[str, object]] = {}
    for t, marks in enumerate((strongest(flat), strongest(-flat))):
        moving[t] = {"x": marks["x"] + shift, "y": marks["y"]}
    moving[2] = silent(learned)
    style = {"mode": "text", "textfont": {"size": 15, "color": FUNCTION}}
    fig = figure(
        [
            scatter(text=["+"] * MARKS, **style),
            scatter(text=["−"] * MARKS, **style),
            silence(SIZE * 1.5 + 4),
        ],
        height=290,
        margin={"l": 4, "r": 4, "t": 4, "b": 4},
        xaxis=bare((0, wide), constrain="domain"),
        yaxis=bare((0, SIZE), scaleanchor="x"),
    )
    fig.layout.meta = {**fig.layout.meta, "square": SIZE / wide}
    run = learned.recogniser.run
    sweep = Sweep(
        label="step",
        values=run.kept_steps.astype(float),
        shown=shown_steps(learned),
        moving=moving,
        readout=(
            Readout("for", tuple(total(e, 1) for e in each), "class1"),
            Readout("against", tuple(total(e, -1) for e in each), "class0"),
            Readout("b", tuple(readable(e.b, 3) for e in each)),
            Readout("z", tuple(readable(e.z, 3) for e in each)),
            Readout("P(cat)", tuple(readable(e.a, 3) for e in each)),
        ),
        says=tuple(taken_for(e, t) for e, t in zip(each, run.kept_steps, strict=True)),
        maps=(picture_map(z),),
    )
    return fig, sweep


def taken_for(each: Evidence, step: int) -> str:
    """What the neuron takes the picture for."""
    kind = "a cat" if each.a > 0.5 else "no cat"
    return f"At step {step:,} it is taken for {kind}: P(cat) = {readable(each.a, 3)}."


def total(each: Evidence, sign: int) -> str:
    """All that speaks for a cat, or all that speaks against."""
    side = each.pixels[np.sign(each.pixels) == sign]
    return readable(float(np.sum(side)), 3)


def verdict(learned: Learned, pixels: bytes, step: float, name: str) -> str:
    """What the neuron says of a picture, as the sum that it is."""
    e = evidence_at(learned, pixels, frame_of(learned, step))
    said = "a cat" if e.a > 0.5 else "not a cat"
    return (
        f"{name} At step {step_at(learned, step):,} the pixels that speak for a cat "
        f"add {total(e, 1)} to z, those against {total(e, -1)}, and b = "
        f"{readable(e.b, 3)}. So z = {readable(e.z, 3)}, and P(cat) = σ(z) = "
        f"**{readable(e.a, 3)}**: {said}."
    )


def test_name(learned: Learned, data: Silhouettes, k: int) -> str:
    """Which animal a test picture shows."""
    column = learned.test.columns[(k - 1) % learned.test.Y.size]
    return f"Picture {k} of the test is a **{data.animal[column]}**."


# ---- the hidden layer --------------------------------------------------------------


def hidden_chart(
    lesson: Lesson,  # noqa: ARG001
    n_h: int,  # noqa: ARG001
    run: HiddenRecogniser,
) -> tuple[go.Figure, Sweep]:
    """The network's J on what it learns from and on the test, with a cursor."""
    x = run.history.steps.astype(float)
    both = np.stack([run.train.J, run.test.J], axis=1)
    fig = figure(
        [
            line(x, run.train.J, "its examples", "solid"),
            line(x, run.test.J, "test", "dash"),
            scatter(mode="markers", marker=dot(), showlegend=False),
        ],
        height=300,
        margin={"l": 48, "r": 10, "t": 30, "b": 46},
        xaxis=axis("step", (-0.03 * x[-1], 1.03 * x[-1]), nticks=6),
        yaxis=axis("J", (0, 1.1 * float(both.max())), nticks=5),
        showlegend=True,
    )
    says = tuple(
        f"After {int(t):,} steps the network gets {percent(a)} of its examples right, "
        f"and {percent(b)} of the test."
        for t, a, b in zip(x, run.train.accuracy, run.test.accuracy, strict=True)
    )
    sweep = Sweep(
        label="step",
        values=x,
        shown=tuple(f"{int(t):,}" for t in x),
        moving={2: {"x": np.repeat(x[:, None], 2, axis=1), "y": both}},
        readout=(
            Readout("J", tuple(readable(float(j), 3) for j in run.train.J)),
            Readout("J test", tuple(readable(float(j), 3) for j in run.test.J)),
        ),
        says=says,
        run=True,
        along_x=True,
    )
    return fig, sweep


def hidden_sentence(run: HiddenRecogniser, alone: Learned, n_h: int) -> str:
    """What the hidden layer gained, and what it learned by heart."""
    best = int(np.argmin(run.test.J))
    line_ = alone.recogniser
    says = (
        f"{n_h} tanh units, α = 0.5, trained on {alone.m} of the examples, end at "
        f"{percent(run.train.accuracy[-1])} of them and "
        f"{percent(run.test.accuracy[-1])} of the test. One neuron, trained as above "
        f"on the same {alone.m}: {percent(line_.train_accuracy[-1])} and "
        f"{percent(line_.test_accuracy[-1])}. "
    )
    low, last = float(run.test.J[best]), float(run.test.J[-1])
    if last > 1.1 * low:
        says += (
            f"On the test, J was lowest at step {int(run.history.steps[best])}, "
            f"{readable(low, 3)}, and rose to {readable(last, 3)} while it kept "
            "falling on the examples: the network **overfits**. It grows ever surer "
            "of pictures that it knows by heart, and of its mistakes on new ones."
        )
    return says


# ---- words -------------------------------------------------------------------------


def question(accuracy: Array) -> tuple[str, Mapping[str, str], str, str]:
    """Question, options, answer and explanation: the hardest of the candidates."""
    options = {name: name for name in CANDIDATES}
    return QUESTION, options, hardest(accuracy), explanation(accuracy)


def explanation(accuracy: Array) -> str:
    """The shares that the core counted."""
    counts = ", ".join(
        f"{name} {percent(share)}"
        for name, share in zip(CANDIDATES, accuracy, strict=True)
    )
    return (
        f"Right on unseen pictures after 200 steps: {counts}. A silhouette has no fur "
        "and no face, so a body of the same build is what confuses it."
    )


def hardest(accuracy: Array) -> str:
    """The candidate with the lowest accuracy."""
    return CANDIDATES[int(np.argmin(accuracy))]


def notice(lesson: Lesson, learned: Learned) -> str:
    """What this run teaches, with its own numbers."""
    each = learned.recogniser
    gap = float(each.train_accuracy[-1] - each.test_accuracy[-1])
    says = (
        f"**What to notice.** The neuron has {SIZE} · {SIZE} = {SIZE * SIZE} weights, "
        f"and one b. Trained on {learned.m:,} pictures ({percent(learned.cats)} cats) "
        f"with α = {readable(lesson.alpha)}, it ends at "
        f"{percent(each.train_accuracy[-1])} there and "
        f"{percent(each.test_accuracy[-1])} on the test. "
    )
    if learned.m < SIZE * SIZE and gap > 0.04:
        return says + (
            "There are fewer examples than weights, so it can fit many of them by "
            "chance: right on what it knows, weaker on what is new."
        )
    return says + (
        "Nobody told it about tails or ears: w is what gradient descent left of all "
        "the mistakes, a faint picture of where cats are and other animals are not."
    )


def too_long(learned: Learned) -> str:
    """Lines when J rose on the way: α was too large. Empty when it did not."""
    J = learned.recogniser.run.J
    if float(J.max()) <= 1.02 * float(J[0]):
        return ""
    t, steps = int(np.argmax(J)), len(J) - 1
    rises = np.flatnonzero(np.diff(J) > 0) + 1
    last, end = int(rises[-1]), readable(float(J[-1]), 3)
    says = (
        f"α is too large for the first steps: J rose from {readable(float(J[0]), 3)} "
        f"to {readable(float(J[t]), 3)} at step {t:,}. "
    )
    # J that still rises late has not come to rest; one that no longer does, has.
    if last > steps / 2:
        return says + (
            f"It jumps to and fro: it rose in {len(rises):,} of {steps:,} steps, the "
            f"last time at step {last:,}, and ends at {end}."
        )
    return says + f"After step {last:,} it only fell, to {end} at the end."


def fewer(lesson: Lesson, learned: Learned) -> str:
    """A line when there are not as many examples as were asked for."""
    if learned.m >= lesson.m:
        return ""
    return f"Cats against {lesson.against}: there are {learned.m} examples, all used."


def script_values(
    lesson: Lesson, texts: tuple[str, str], pixels: bytes, step: int
) -> dict[str, object]:
    """What the script starts from: examples, test and a picture. It trains anew."""
    return {
        "examples_text": texts[0],
        "test_text": texts[1],
        "picture": picture_of(pixels),
        "examples": Source("unpacked(examples_text)"),
        "test": Source("unpacked(test_text)"),
        "run": Source(f"train(examples.X, examples.Y, {lesson.alpha}, {step})"),
        "A": Source("forward(run.w, run.b, test.X)"),
        "of_picture": Source("evidence(run.w, run.b, picture)"),
    }


SCRIPT_FUNCTIONS = (unpacked, train, forward, accuracy, evidence, confusion)
SCRIPT_PRINTS = (
    ("J", "run.J[-1]"),
    ("train right", "accuracy(forward(run.w, run.b, examples.X), examples.Y)"),
    ("test right", "accuracy(A, test.Y)"),
    ("z of the picture", "of_picture.z"),
    ("P(cat) of the picture", "of_picture.a"),
    ("cats taken for cats", "confusion(A, test.Y).cat_as_cat"),
    ("cats taken for others", "confusion(A, test.Y).cat_as_other"),
    ("others taken for cats", "confusion(A, test.Y).other_as_cat"),
    ("others taken for others", "confusion(A, test.Y).other_as_other"),
)
