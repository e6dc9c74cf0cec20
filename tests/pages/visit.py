"""Visit a page as a browser would, without one: Streamlit's AppTest on the router."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from urllib.parse import parse_qsl
from xml.etree import ElementTree

import pytest
from streamlit.testing.v1 import AppTest

from core.sweep import Texts
from ui.contents import CONTENTS, ROOT, Entry
from ui.inputs import Inputs
from ui.shared.packed import unpack

each_page = pytest.mark.parametrize("entry", CONTENTS, ids=lambda entry: entry.url_path)

# What the second part of a page needs its own values for: addresses with which every
# control of it is seen, and inputs at which its script is run.
ADDRESSES: Mapping[str, tuple[str, ...]] = {
    "home": ("step=0", "step=4000"),
    "one_neuron": (
        "drag=b&w=-2.6&b=9",
        "w=-3&b=-1",
        "view=learn&w=-6&b=0&step=10",
        "view=learn&alpha=1",
        "view=four&n_h=5&seed=2&at=100",
    ),
    "supervised_learning": (
        "kind=table&food=2",
        "kind=image&i=255",
        "kind=text&text=<b>Good</b> $good$ `good` [x](y) shirt&word=3",
        "kind=text&text=",
    ),
    "why_now": (
        "subject=silhouettes&m=100&model=large",
        "subject=silhouettes&m=1600&model=large",
        "view=slope&z=-3&data=spiral&target=0.1",
        "view=loop&minutes=0.01&think=5&faster=100",
    ),
    "derivatives": (
        "f=3a&a=2",
        "f=a2&a=5&h=0.1&digits=on",
        "f=log&a=-1",
        "f=log&a=0.5&h=1e-12",
        "f=inverse&a=-0.5",
        "f=sigmoid&a=-3.2&h=1",
        "f=own&own=exp(-a**2)*sin(3*a)&a=0.3&digits=on",
    ),
    "images_as_vectors": (
        "picture=stripes&size=16&i=300&m=2&n=100",
        "picture=own&size=2&row=100&channel=2&i=11",
        "picture=noise&size=128&column=127&i=0",
        "picture=sunset&i=9001",
    ),
    "sigmoid": ("w=-2&b=1", "view=two&angle=90&length=3"),
    "rank_one_arrays": (
        "show=on&op=outer&x=-1.7&seed=3",
        "show=on&op=dot_a&box=np.dot(a, b",
        "show=on&op=keepdims&Y=row&A=row&m=100&a=row&b=row&box=a@b",
        "Y=column&A=row&m=10&a=column&box=a.reshape(5,1,1)*b[None]",
    ),
    "gradient_descent": (
        "cost=parabola&c=4&alpha=0.3&start=-3&steps=10&step=3",
        "cost=parabola&c=2&alpha=1&steps=40&step=40",
        "cost=parabola&c=8&alpha=2&step=5",
        "cost=logistic&start=-4&steps=60&step=12",
        "cost=squared&start=-5&steps=200&step=150",
        "cost=own&own=w**4-3*w**2&start=1.5",
        "view=wb&bug=on&w0=2&b0=-1.5&rate=3&steps=50&at=20",
        "view=wb&bug=on&rate=20&at=4",
    ),
    "computation_graph": (
        "reveal=on&step=8&c=3&nudge=b",
        "formula=a*exp(-a/b)&a=2&b=4&reveal=on&step=9&by=-0.5",
        "formula=log(a)*b&a=-3&step=2",
        "formula=w1*x1-w2*x2&w1=-50&nudge=x2&by=1",
    ),
    "logistic_by_hand": (
        "w1=2&x1=20&w2=0&b=0&x2=0&y=0",
        "w1=-3.5&y=0&w2=3&b=-10&alpha=2",
        "w1=0&w2=0&b=0&x1=0&x2=0",
    ),
    "many_examples": (
        "step=30&w1=-1&b=2",
        "data=1:1,1,0;2:-3,2,1&w2=-3&step=12",
        "data=1:one,1,0;2:50,2,1&w1=3",
        "data=",
    ),
    "loops_vs_numpy": (
        "ways=all&data=tenths&n=1000000&order=F&side=1600",
        "data=signed&n=10000000",
    ),
    "vectorized_logistic": (
        "view=three&part=5&n_x=3&m=6",
        "view=times&along=n_x&n_at=300",
        "step=6&n_x=8&m=12",
    ),
    "broadcasting": (
        "axis=1&keepdims=on&step=3",
        "axis=1&step=4",
        "foods=Rice:ten,,-3;Water:0,0,0;Tea:1,2,3&axis=1&cell=2.2&nudge=4",
        "view=shapes&a=(4,)&b=(4,1)&op=%2B",
        "view=shapes&a=(3,)&b=(3,4)",
    ),
    "network_shapes": (
        "hidden=3&n_2=3&n_3=8&symbol=30&product=WA&units=1",
        "n_x=12288&n_h=20&m=209&symbol=8&product=Wx",
        "n_x=4&n_h=4&n_y=2&m=1&units=3&symbol=0",
    ),
    "forward_pass": (
        "n_x=4&n_h=5&seed=99&step=18&time=on",
        "view=examples&n_x=1&n_h=1&m=1&cell=5",
        "view=examples&m=4&cell=20&seed=3",
    ),
    "activations": (
        "g=sigmoid&z=-3&mu=1.5&data=xor&step=100",
        "g=leaky_relu&leak=0.2&z=2&s=3",
    ),
    "cost": (
        "y=0&yhat=1&data=twelve&start=-6&w=3&b=2",
        "yhat=0&start=-5&w=-3&b=-1.5",
        "y=0&yhat=0",
    ),
    "likelihood": (
        "w=-2.5&b=1.5&yhat=0&m=2000&seed=7",
        "data=apart&w=6&yhat=1&m=1",
    ),
    "cat_recogniser": (
        "against=dog&m=50&alpha=1&steps=50&seed=3&step=20",
        "ask=own&n_h=5&steps=100",
        "ask=draw",
        f"ask=draw&drawing={'A' * 200}{'_' * 100}{'A' * 223}",
        "k=17&n_h=20&m=100&at=200&step=300",
    ),
    "training": (
        "data=moons&n_h=2&g=relu&alpha=0.3&steps=500&seed=4&step=100",
        "data=circles&g=sigmoid&held=0&noise=0.05&m=100&init=zeros&steps=100",
        "data=xor&g=linear&alpha=10&steps=100",
        "n_h=50&m=5000&steps=20000&alpha=1000",
        "view=two&pin=n_h:8,steps:500&steps=500&m=100&at=50&batch=16&l2=0.003",
        "view=units&grown=100&steps=10&init=large",
        "view=own&data=own&points=-1,2.5,0;1,-2,1;2,2,0&steps=100&g=leaky_relu",
    ),
    "backprop": (
        "step=8&g=relu&n_h=3&m=2&bug=transpose&x=mirror&w=-1",
        "step=4&bug=order&alpha=0.01&w=2&n_h=1&m=1",
        "bug=keepdims&n_h=3&g=leaky_relu&step=10",
        "bug=transpose&g=linear&step=7",
    ),
    "initialization": (
        "start=zeros&step=30",
        "start=constant&g=sigmoid&step=2000",
        "start=large&seed=3&step=0",
        "start=zeros&g=relu&seed=9",
    ),
}


def addresses(entry: Entry) -> tuple[str, ...]:
    """The page as it opens, and in a few other states."""
    return ("", *ADDRESSES.get(entry.url_path, ()))


EACH_STATE = [
    pytest.param(entry, query, id=f"{entry.url_path}?{query}")
    for entry in CONTENTS
    for query in addresses(entry)
]
each_state = pytest.mark.parametrize(("entry", "query"), EACH_STATE)


@dataclass(frozen=True)
class Figure:
    """What the server sent for one live figure."""

    sent: Mapping[str, object]

    @cached_property
    def drawing(self) -> dict:
        drawing = unpack(str(self.sent["drawing"]))
        if sweep := drawing["sweep"]:
            for told in (sweep, *sweep["readout"]):
                told |= {k: Texts(**v) for k, v in told.items() if _is_pattern(v)}
        return drawing

    def words(self, value: float) -> list[str]:
        """What the figure tells at a value, in its sentence and its readout."""
        sweep = self.drawing["sweep"]
        if sweep is None:
            return []
        at = min(
            range(len(sweep["values"])), key=lambda i: abs(sweep["values"][i] - value)
        )
        told = [sweep["shown"][at], *(text["shown"][at] for text in sweep["readout"])]
        return told + ([sweep["says"][at]] if sweep["says"] else [])


def _is_pattern(item: object) -> bool:
    return isinstance(item, dict) and "pattern" in item


class Visit:
    """One visitor, who goes from page to page."""

    def __init__(self) -> None:
        self.app = AppTest.from_file(ROOT / "ui" / "app.py", default_timeout=300)

    def run(self) -> "Visit":
        self.app.run()
        assert not self.app.exception, self.app.exception
        assert not self.app.error, [error.value for error in self.app.error]
        return self

    def open(self, entry: Entry, query: str = "") -> "Visit":
        """Follow a link to the page, with an address or without."""
        if entry is not CONTENTS[0] or "nudge.page" in self.app.session_state:
            self.app.switch_page(str(entry.file))
        self.app.query_params.clear()
        self.app.query_params.update(parse_qsl(query, keep_blank_values=True))
        self.run()
        assert self.inputs.page == entry.url_path
        return self

    @property
    def inputs(self) -> Inputs:
        return self.app.session_state["nudge.page"]

    @property
    def values(self) -> dict[str, object]:
        return dict(self.inputs.values)

    @property
    def warnings(self) -> list[str]:
        """The sentences on values of the address that could not be used."""
        return [
            warning.value
            for warning in self.app.warning
            if "from the address is not usable" in warning.value
        ]

    def press(self, key: str) -> "Visit":
        self.app.button(key=key).click()
        return self.run()

    def figures(self) -> Iterator[Figure]:
        return (Figure(sent) for sent in self._components() if "drawing" in sent)

    def code(self) -> Iterator[str]:
        """Every piece of code on the page, whole."""
        for sent in self._components():
            if "pieces" in sent:
                yield "".join(words for _, words in sent["pieces"])

    def _components(self) -> Iterator[dict]:
        """What was sent to each component of ours."""
        for element in self.app.main:
            if getattr(element, "type", "") == "bidi_component":
                yield json.loads(element.proto.json or "{}")

    def rows(self) -> Iterator[tuple[str, str]]:
        """Label and value of every row of the page's tables of named numbers."""
        for (*_, last), *rows in self.tables():
            if last == "value":
                for first, *_, value in rows:
                    yield first, value

    def tables(self) -> Iterator[list[list[str]]]:
        """The cells of every table, its head first; code between backticks.

        A space that does not break reads as any other.
        """
        for element in self.app.main:
            if element.type == "html" and "<table" in element.proto.body:
                body = re.sub("</?code>", "`", element.proto.body)
                body = body.replace("\N{NO-BREAK SPACE}", " ")
                rows = ElementTree.fromstring(body).iter("tr")
                yield [[cell.text or "" for cell in row] for row in rows]

    def text(self) -> str:
        """Everything that the page says, in words, formulas, tables and figures."""
        app = self.app
        parts = [
            e.value for kind in (app.markdown, app.latex, app.caption) for e in kind
        ]
        parts += [f"{m.label} {m.value}" for m in app.metric]
        parts += [str(table) for table in self.tables()]
        for figure in self.figures():
            key = figure.sent.get("follows") or figure.sent["key"]
            value = self.inputs.values.get(key)
            parts += figure.words(value) if isinstance(value, int | float) else []
        return "\n".join(parts)


def arrive(entry: Entry, query: str = "") -> Visit:
    """A new visitor opens a page."""
    return Visit().open(entry, query)


@cache
def seen(entry: Entry, query: str = "") -> Visit:
    """The page as it opens; for looking only, since several tests look at it."""
    return arrive(entry, query)
