"""The table of contents: every page once. Navigation, home and tests read it."""

from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

ROOT = Path(__file__).parent.parent


@dataclass(frozen=True)
class Entry:
    """One page: where it is, what it is called, what it promises.

    `promise` is the one line under the title; `section` the notes' numbers; `stage`
    is whether it opens with the network stage, which needs no Plotly.
    """

    url_path: str
    title: str
    icon: str
    chapter: str
    section: str
    promise: str
    stage: bool = False

    @property
    def file(self) -> Path:
        """The page's script; a chapter is a folder."""
        folder = self.chapter.lower().replace(" ", "_")
        return ROOT / "pages" / folder / f"{self.url_path}.py"


OVERVIEW = "Overview"
LOGISTIC = "Logistic regression"
VECTORIZATION = "Vectorization"
SHALLOW = "Shallow networks"

CONTENTS = (
    Entry(
        "home",
        "Start here",
        ":material/home:",
        "",
        "",
        "Course notes on neural networks that you can touch.",
    ),
    Entry(
        "one_neuron",
        "One neuron",
        ":material/lens:",
        OVERVIEW,
        "2.1",
        "Bend a line into a demand curve, then see what a small network makes of "
        "four inputs.",
    ),
    Entry(
        "supervised_learning",
        "Supervised learning",
        ":material/arrow_right_alt:",
        OVERVIEW,
        "2.2",
        "Learn from pairs of x and y. First see how a table, an image and a text all "
        "become x.",
    ),
    Entry(
        "why_now",
        "Why now?",
        ":material/trending_up:",
        OVERVIEW,
        "2.3",
        "More data, slopes that do not fade, shorter waits: measure what each of them "
        "is worth.",
    ),
    Entry(
        "derivatives",
        "Derivatives by nudging",
        ":material/show_chart:",
        LOGISTIC,
        "3.1",
        "Nudge the input a little and see how much the output moves. "
        "Their ratio is the slope.",
    ),
    Entry(
        "images_as_vectors",
        "Images as vectors",
        ":material/image:",
        LOGISTIC,
        "3.2",
        "Unroll a picture into one long column of numbers, and find every pixel again.",
    ),
    Entry(
        "sigmoid",
        "The sigmoid",
        ":material/line_curve:",
        LOGISTIC,
        "3.3",
        "Turn any number into a probability, and see why a straight line cannot.",
    ),
    Entry(
        "cost",
        "The cost function",
        ":material/balance:",
        LOGISTIC,
        "3.4",
        "Decide what a mistake costs, and see why one choice of loss leaves a single "
        "valley and another does not.",
    ),
    Entry(
        "gradient_descent",
        "Gradient descent",
        ":material/downhill_skiing:",
        LOGISTIC,
        "3.5",
        "Walk downhill one step at a time, and find out which steps are too long.",
    ),
    Entry(
        "computation_graph",
        "Computation graphs",
        ":material/account_tree:",
        LOGISTIC,
        "3.6",
        "Send values forward through a formula, then bring the gradients back, "
        "one node at a time.",
    ),
    Entry(
        "logistic_by_hand",
        "One example by hand",
        ":material/calculate:",
        LOGISTIC,
        "3.7.1",
        "Follow one example through one neuron, forward and back, with every number "
        "in sight.",
    ),
    Entry(
        "many_examples",
        "Many examples, one loop",
        ":material/repeat:",
        LOGISTIC,
        "3.7.3",
        "Run the training loop line by line and watch the sums fill.",
    ),
    Entry(
        "likelihood",
        "Likelihood",
        ":material/casino:",
        LOGISTIC,
        "3.8",
        "Ask how probable the labels are, and find the cost function in the answer.",
    ),
    Entry(
        "cat_recogniser",
        "A cat recogniser",
        ":material/pets:",
        LOGISTIC,
        "1.2",
        "Train one neuron on silhouettes, watch its weights turn into a picture, "
        "and see what convinces it.",
    ),
    Entry(
        "loops_vs_numpy",
        "Loops against NumPy",
        ":material/timer:",
        VECTORIZATION,
        "4.1",
        "Race a Python loop against one call of NumPy, on the machine that serves you.",
    ),
    Entry(
        "vectorized_logistic",
        "Training without loops",
        ":material/bolt:",
        VECTORIZATION,
        "4.2",
        "Take the loops out of logistic regression one line at a time, "
        "and get the same numbers.",
    ),
    Entry(
        "broadcasting",
        "Broadcasting",
        ":material/grid_on:",
        VECTORIZATION,
        "4.3",
        "See how NumPy stretches a small array to fit a big one, "
        "and when it does so behind your back.",
    ),
    Entry(
        "rank_one_arrays",
        "Rank-1 arrays",
        ":material/data_array:",
        VECTORIZATION,
        "4.4",
        "An array of shape (5,) is neither row nor column. Find out where that bites.",
    ),
    Entry(
        "network_shapes",
        "Shapes of a network",
        ":material/schema:",
        SHALLOW,
        "5.1",
        "Drag through every symbol of a network, or touch the drawing: what it is, "
        "where it is, which shape it has.",
    ),
    Entry(
        "forward_pass",
        "The forward pass",
        ":material/arrow_forward:",
        SHALLOW,
        "5.2",
        "Compute a layer one unit at a time, stack it into one product, then let "
        "every example through at once.",
    ),
    Entry(
        "activations",
        "Activation functions",
        ":material/stacked_line_chart:",
        SHALLOW,
        "5.4",
        "Compare what five activations let through, and what they let a unit learn.",
    ),
    Entry(
        "training",
        "Training a network",
        ":material/hub:",
        SHALLOW,
        "5.5",
        "Train a small network, then scrub back and forth through its whole life.",
        stage=True,
    ),
    Entry(
        "backprop",
        "Backpropagation",
        ":material/undo:",
        SHALLOW,
        "5.5",
        "Take six equations one at a time, check every number, then break one and see "
        "who notices.",
    ),
    Entry(
        "initialization",
        "Initialization",
        ":material/casino:",
        SHALLOW,
        "5.6",
        "Start the weights at 0, all alike, small or large, and watch what the hidden "
        "units make of it.",
    ),
)


def entry(url_path: str) -> Entry:
    """The page of this address; KeyError when there is none."""
    return {page.url_path: page for page in CONTENTS}[url_path]


def chapters() -> list[tuple[str, list[Entry]]]:
    """Chapters in order, each with its pages; the first, without a name, is home."""
    return [
        (chapter, list(pages))
        for chapter, pages in groupby(CONTENTS, key=lambda page: page.chapter)
    ]


def neighbours(page: Entry) -> tuple[Entry | None, Entry | None]:
    """The pages before and after this one in reading order."""
    at = CONTENTS.index(page)
    before = CONTENTS[at - 1] if at > 0 else None
    after = CONTENTS[at + 1] if at + 1 < len(CONTENTS) else None
    return before, after
