"""The inputs of a page and their address: the URL is the state.

Each input has a short public key. What the learner sets is written into the
address by the browser (`ui/address`), defaults are left out; opening an address
seeds the inputs from it. Every value is read again here, whoever sent it: a
value that is not usable becomes the default, and the page says so.

Streamlit's own `bind="query-params"` is not used: it drops a bad value without
a word, and a message from the server (a preset, a component's value) rewrites
the whole address from what the server knew before the latest drag.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, TypeVar
from urllib.parse import urlencode

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from core.plain import as_code
from core.sweep import Sweep

T = TypeVar("T")
_PAGE = "nudge.page"
_KEPT = "nudge.kept"


@dataclass
class Inputs:
    """What this run of a page knows about its inputs."""

    page: str
    told: int  # how many addresses were written so far
    asked: dict[str, str]
    from_history: bool
    figures: dict[str, float] = field(default_factory=dict)
    values: dict[str, Any] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    unusable: dict[str, str] = field(default_factory=dict)
    # The part of the page that is being shown, and the inputs of each part.
    part: str = ""
    depth: int = 0
    parts: dict[str, set[str]] = field(default_factory=dict)
    # What a button has set since the last run.
    put: set[str] = field(default_factory=set)

    def query(self) -> str:
        """The part of the address after the question mark: defaults left out."""
        # What shapes and tables are written with stays readable.
        return urlencode(self.texts, safe=":,;()")


def begin(page: str) -> Inputs:
    """Start a run of `page`: on a new visit its address is read, else kept values."""
    before: Inputs | None = st.session_state.get(_PAGE)
    context = get_script_run_ctx()
    from_history = bool(getattr(context, "is_history_navigation", False))
    asked: dict[str, str] = {}
    unusable: dict[str, str] = {}
    if before is None or before.page != page or from_history:
        asked = st.query_params.to_dict()
        if asked and not from_history:
            # A link shows exactly its own state, nothing left from an earlier visit.
            _clear(page)
    else:
        unusable = before.unusable
    told = before.told if before else 0
    now = Inputs(page, told, asked, from_history, unusable=unusable)
    st.session_state[_PAGE] = now
    return now


def _clear(page: str, but: Collection[str] = ()) -> None:
    """Forget all inputs of a page, except for some."""
    for key in _kept().pop(page, {}).keys() - set(but):
        st.session_state.pop(f"{page}:{key}", None)
    for name in map(str, list(st.session_state)):
        key, _, what = name.removeprefix(f"{page}:").partition(":")
        mine = name.startswith(f"{page}:") and what in {"reset", "last", "away", "edit"}
        if mine and key not in but:
            del st.session_state[name]


def rerun_alone() -> bool:
    """Whether this run is of one part of the page, not of the whole."""
    context = get_script_run_ctx()
    return bool(context and context.fragment_ids_this_run)


@contextmanager
def part(name: str) -> Iterator[None]:
    """A part of the page; what was noted in it the last time is forgotten."""
    now = current()
    around, now.part = now.part, name
    now.depth += 1
    before = set().union(*(now.parts.pop(each) for each in _parts_of(now, name)))
    for key in before:
        now.values.pop(key, None)
        now.texts.pop(key, None)
    if rerun_alone():
        now.from_history = False
    try:
        yield
    finally:
        now.part = around
        now.depth -= 1
    for key in before & now.figures.keys() - now.values.keys():
        st.session_state[f"{widget_key(key)}:away"] = True


def within_part() -> bool:
    """Whether a part of the page is being shown."""
    return current().depth > 0


def set_elsewhere(name: str) -> bool:
    """Whether a button in this part has just set an input of another part.

    Then the part cannot rerun alone.
    """
    now = current()
    changed, now.put = now.put, set()
    mine = set().union(*(now.parts[part] for part in _parts_of(now, name)))
    known = set().union(*now.parts.values())
    return bool(changed & known - mine)


def _parts_of(now: Inputs, name: str) -> list[str]:
    """A part and those within it: their names begin with its own, and a slash."""
    return [part for part in now.parts if f"{part}/".startswith(f"{name}/")]


def current() -> Inputs:
    """The inputs of the page that is running."""
    return st.session_state[_PAGE]


def end() -> str:
    """Remember the page's inputs for a later visit; return its query string."""
    now = current()
    unseen = {k: v for k, v in _page_kept().items() if k not in now.values}
    _kept()[now.page] = unseen | now.texts
    return now.query()


def count() -> int:
    """One more than the last time, in this visitor's session."""
    now = current()
    now.told += 1
    return now.told


def forget() -> None:
    """Put every input of the page back to its default."""
    now = current()
    # What another choice brings up on this page goes back to its default, too.
    _clear(now.page, but=now.values.keys())
    now.unusable.clear()
    for key in now.values:
        if key in now.figures:
            move(key, None)
        else:
            st.session_state.pop(widget_key(key), None)


def widget_key(key: str) -> str:
    """The name of an input in the session: two pages never share one by accident."""
    return f"{current().page}:{key}"


def seed(
    key: str,
    label: str,
    default: T,
    read: Callable[[str], T],
) -> None:
    """Give the widget of this input its first value: the address's, or the default.

    `read` turns the text of the address into a value and raises ValueError with
    a reason when it cannot.
    """
    now = current()
    name = widget_key(key)
    if name in st.session_state and not now.from_history:
        return  # what the browser holds is newer than the address
    text = now.asked.pop(key, _page_kept().get(key))
    st.session_state[name] = default
    if text is not None:
        try:
            st.session_state[name] = read(text)
        except ValueError as reason:
            now.unusable[key] = _unusable(label, text, reason)


def settle(key: str, value: T, default: T, write: Callable[[T], str]) -> T:
    """Note an input's value for the address; return it."""
    now = current()
    now.values[key] = value
    now.parts.setdefault(now.part, set()).add(key)
    text = write(value)
    if text != write(default):
        now.texts[key] = text
        now.unusable.pop(key, None)
    return value


def put(key: str, value: Any) -> None:
    """Set a native control from a button's callback."""
    current().put.add(key)
    st.session_state[widget_key(key)] = value


def move(key: str, value: float | None) -> None:
    """Move a live figure to a value, from a button's callback or an address.

    None is its default: that may depend on other inputs, so the next run knows it.
    """
    name = f"{widget_key(key)}:reset"
    before: Held | None = st.session_state.get(name)
    st.session_state[name] = Held(value, before.token + 1 if before else 1)
    st.session_state[f"{widget_key(key)}:last"] = value


def follow(key: str, leader: object) -> None:
    """Take a live figure back to its default whenever the leader has changed.

    Nothing has on a first visit: then the address says where all stands.
    """
    name = f"{widget_key(key)}:leader"
    if st.session_state.get(name, leader) != leader:
        move(key, None)
    st.session_state[name] = leader


@dataclass(frozen=True)
class Held:
    """A value of a live figure, and the count of the reset that it belongs to."""

    value: float | None
    token: int


def hold(key: str, default: float, sweep: Sweep) -> Held:
    """The value of a live figure, on one of its frames, and its last reset.

    The browser's own value wins, unless it is older than the last reset (a
    preset, the Back button, an address): then that reset's value does.
    """
    now = current()
    first = key not in now.figures  # a page may look at a value before its figure
    now.figures[key] = default
    name = widget_key(key)
    settled = _settled(st.session_state.get(name))
    reset: Held | None = st.session_state.get(f"{name}:reset")
    last: float | None = st.session_state.get(f"{name}:last")
    # Where a part reran alone, Streamlit keeps the state of what is gone within it.
    away: bool = st.session_state.pop(f"{name}:away", False)
    out_of_sight = away or settled is None
    if first and (key in now.asked or now.from_history):
        move(key, _usable_number(key, now.asked.pop(key, None), sweep, default))
    elif reset is not None and reset.value is None:
        st.session_state[f"{name}:reset"] = Held(default, reset.token)
    elif out_of_sight and reset is not None and last not in {None, reset.value}:
        # It comes back: as it was left.
        move(key, last)
    elif settled is not None and reset is None:
        # The server was restarted under an open page: the browser knows best.
        st.session_state[f"{name}:reset"] = settled
    reset = st.session_state.setdefault(f"{name}:reset", Held(default, 0))
    value = settled.value if settled and settled.token == reset.token else reset.value
    frame = float(sweep.values[sweep.nearest(value)])
    st.session_state[f"{name}:last"] = value
    settle(key, frame, float(sweep.values[sweep.nearest(default)]), short)
    return reset


def value_of(key: str, default: Any) -> Any:
    """The settled value of an input that is shown earlier on the page."""
    return current().values.get(key, default)


def peek(key: str, default: float, sweep: Sweep) -> float:
    """The settled value of a live figure before it is shown."""
    hold(key, default, sweep)
    return float(value_of(key, default))


def unusable() -> Iterator[str]:
    """A sentence for each value of the address that could not be used."""
    yield from current().unusable.values()


def short(value: float) -> str:
    """A number as an address shows it: ten significant digits at most."""
    return f"{value + 0.0:.10g}"  # of two zeros the one without a sign


def number(text: str) -> float:
    """A finite number, or ValueError with a reason for the learner."""
    try:
        value = float(text)
    except ValueError:
        raise ValueError("it is not a number") from None
    if value != value or abs(value) == float("inf"):
        raise ValueError("it is not a finite number")
    return value


def _usable_number(key: str, text: str | None, sweep: Sweep, default: float) -> float:
    low, high = float(sweep.values[0]), float(sweep.values[-1])
    if text is None:
        return default
    try:
        value = number(text)
        if not low - 1e-9 <= value <= high + 1e-9:
            raise ValueError(f"it has to be from {short(low)} to {short(high)}")
    except ValueError as reason:
        current().unusable[key] = _unusable(sweep.label, text, reason)
        return default
    return value


def _settled(state: Any) -> Held | None:
    """The component's state, if it is one: a browser can send anything."""
    settled = state.get("settled") if isinstance(state, Mapping) else None
    if not isinstance(settled, Mapping):
        return None
    value, token = settled.get("value"), settled.get("token")
    if not isinstance(value, (int, float)) or not isinstance(token, int):
        return None
    return Held(float(value), token)


def _unusable(label: str, text: str, reason: ValueError) -> str:
    # A code span, so that nothing a visitor typed is read as Markdown or HTML.
    shown = as_code(text, 41) or "` `"
    return f"{label}: {shown} from the address is not usable, {reason}."


def _page_kept() -> dict[str, str]:
    return _kept().get(current().page, {})


def _kept() -> dict[str, dict[str, str]]:
    return st.session_state.setdefault(_KEPT, {})
