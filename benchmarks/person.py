"""A person without a browser: Streamlit's protocol, spoken over its WebSocket.

The messages are those of `streamlit.proto`: the browser sends a `BackMsg` with
the values of all widgets and the hashes of what it has cached; the server
answers with deltas, and `script_finished` at the end.
"""

import asyncio
import json
import random
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Delta_pb2 import Delta
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect

from ui.shared.packed import unpack

ANSWER_SECONDS = 60


@dataclass(frozen=True)
class Widget:
    """Something that can be moved: where it stands, and which part it reruns."""

    move: Callable[[], WidgetState]
    is_figure: bool
    fragment: str
    path: tuple[int, ...]
    run: int


class Person:
    """One visitor on one page: what is on the screen, and what can be moved."""

    def __init__(self, socket: ClientConnection, page: str, seed: int) -> None:
        self.socket = socket
        self.page = page
        self.page_hash = ""
        self.chance = random.Random(seed)
        self.states: dict[str, WidgetState] = {}
        self.widgets: dict[str, Widget] = {}
        self.runs = 0
        self.part = ""
        self.blocks: set[tuple[int, ...]] = set()
        self.cached: list[set[str]] = []
        self.received = 0
        # Fifty people do not all drag in one second and all choose in the next.
        self.acts = self.chance.randrange(2)
        self.errors: list[str] = []

    async def arrive(self) -> float:
        """Open the page; the seconds until its script has finished."""
        return await self._run()

    async def act(self) -> float:
        """Let go of a figure or a control; the seconds until the page is settled.

        In turns, where the page has both.
        """
        figures = [w for w in self.widgets.values() if w.is_figure]
        controls = [w for w in self.widgets.values() if not w.is_figure]
        turns = [kind for kind in (figures, controls) if kind]
        fragment = ""
        if turns:
            widget = self.chance.choice(turns[self.acts % len(turns)])
            state = widget.move()
            self.states[state.id] = state
            fragment = widget.fragment
        self.acts += 1
        return await self._run(fragment)

    async def _run(self, fragment: str = "") -> float:
        message = BackMsg()
        # As the browser does: the page's name at first, then what the server calls it.
        if self.page_hash:
            message.rerun_script.page_script_hash = self.page_hash
        else:
            message.rerun_script.page_name = self.page
        message.rerun_script.fragment_id = fragment
        message.rerun_script.widget_states.widgets.extend(self.states.values())
        known = set().union(*self.cached)
        message.rerun_script.cached_message_hashes.extend(known)
        # The browser forgets what two runs did not use.
        self.cached = [*self.cached[-1:], set()]
        self.part, self.blocks = fragment, set()
        began = time.perf_counter()
        await self.socket.send(message.SerializeToString())
        async with asyncio.timeout(ANSWER_SECONDS):
            while not self._finished(await self.socket.recv()):
                pass
        self._forget()
        return time.perf_counter() - began

    def _forget(self) -> None:
        """What this run should have written again, and has not, is gone.

        A part writes all that is its own, and all that stands in its containers.
        """

        def stays(widget: Widget) -> bool:
            return widget.run == self.runs or not (
                self.part == ""
                or widget.fragment == self.part
                or any(widget.path[:n] in self.blocks for n in range(len(widget.path)))
            )

        self.widgets = {
            k: widget for k, widget in self.widgets.items() if stays(widget)
        }

    def _finished(self, data: str | bytes) -> bool:
        assert isinstance(data, bytes)
        self.received += len(data)
        message = ForwardMsg.FromString(data)
        kind = message.WhichOneof("type")
        path = tuple(message.metadata.delta_path)
        if kind == "delta" and message.delta.WhichOneof("type") == "add_block":
            self.blocks.add(path)
        if kind == "delta" and message.delta.WhichOneof("type") == "new_element":
            if message.metadata.cacheable:
                _REMEMBERED[message.hash] = message.delta
                self.cached[-1].add(message.hash)
            self._see(message.delta, path)
        elif kind == "ref_hash":
            self.cached[-1].add(message.ref_hash)
            self._see(_REMEMBERED[message.ref_hash], path)
        elif kind == "new_session":
            self.page_hash = message.new_session.page_script_hash
            self.runs += 1
        elif kind == "navigation":
            self.page_hash = message.navigation.page_script_hash
        elif kind == "page_not_found":
            self.errors.append(f"no page {self.page}")
        elif kind == "script_finished":
            if message.script_finished == ForwardMsg.FINISHED_WITH_COMPILE_ERROR:
                self.errors.append("a page that does not compile")
            return message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN
        return False

    def _see(self, delta: Delta, path: tuple[int, ...]) -> None:
        element = delta.new_element
        kind = element.WhichOneof("type")
        if kind == "exception" or (
            kind == "alert" and element.alert.format == element.alert.ERROR
        ):
            self.errors.append("the page stopped unexpectedly")
            return
        is_figure = kind == "bidi_component"
        for name, move in _moves(element, kind, self.chance):
            self.widgets[name] = Widget(
                move, is_figure, delta.fragment_id, path, self.runs
            )


# What is cached is the same for everybody, as its name is the hash of it.
_REMEMBERED: dict[str, Delta] = {}


def _moves(
    element: Element, kind: str | None, chance: random.Random
) -> Iterator[tuple[str, Callable[[], WidgetState]]]:
    """The id of a widget that can be moved, and a function that moves it.

    None in a form: it says nothing until the form's button is pressed.
    """
    if kind is not None and getattr(getattr(element, kind), "form_id", ""):
        return
    if kind == "slider":
        slider = element.slider
        if slider.options:  # st.select_slider tells its options, and sends one

            def move() -> WidgetState:
                state = WidgetState(id=slider.id)
                state.string_array_value.data[:] = [chance.choice(slider.options)]
                return state
        else:

            def move() -> WidgetState:
                steps = round((slider.max - slider.min) / (slider.step or 1))
                value = slider.min + chance.randint(0, steps) * slider.step
                state = WidgetState(id=slider.id)
                state.double_array_value.data[:] = [min(value, slider.max)]
                return state

        yield slider.id, move
    elif kind == "button_group":
        group = element.button_group

        def choose() -> WidgetState:
            state = WidgetState(id=group.id)
            state.string_array_value.data[:] = [chance.choice(group.options).content]
            return state

        yield group.id, choose
    elif kind == "checkbox":
        box = element.checkbox
        yield box.id, lambda: WidgetState(id=box.id, bool_value=chance.random() < 0.5)
    elif kind == "bidi_component":
        component = element.bidi_component
        values, token = _sweep(component.json)
        if values:

            def settle() -> WidgetState:
                settled = {"value": chance.choice(values), "token": token}
                return WidgetState(
                    id=component.id, json_value=json.dumps({"settled": settled})
                )

            yield component.id, settle


@cache
def _sweep(data: str) -> tuple[tuple[float, ...], int]:
    """The values of a live figure's slider, and the count that goes with them."""
    sent: dict[str, Any] = json.loads(data) if data else {}
    if not sent.get("drawing") or sent.get("follows"):
        return (), 0
    sweep = unpack(sent["drawing"])["sweep"]
    return (tuple(sweep["values"]) if sweep else ()), sent["token"]


async def meet(url: str, page: str, seed: int = 0) -> Person:
    """A person whose browser is connected, and has asked for nothing yet."""
    socket = await connect(
        f"{url.replace('http', 'ws', 1)}/_stcore/stream",
        subprotocols=["streamlit"],  # type: ignore[list-item]
        max_size=None,
        open_timeout=ANSWER_SECONDS,
    )
    return Person(socket, page, seed)
