"""A visitor's browser tab, and how to know that what it shows is final."""

from collections.abc import Callable
from functools import cached_property
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import ConsoleMessage, ElementHandle, Locator, Page, WebSocket
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

PATIENCE_MS = 180_000
# On a deep link Streamlit asks beside the page first, and is told 404.
STREAMLITS_OWN = ("/_stcore/health", "/_stcore/host-config")

FIGURE = ":is([data-testid=live-figure], [data-testid=network-stage])"
SETTLED = """() => {
  const app = document.querySelector('[data-testid=stApp]');
  const figures = [...document.querySelectorAll(
    '[data-testid=live-figure], [data-testid=network-stage]')];
  return app?.dataset.testScriptState === 'notRunning'
    && document.querySelector('.nudge-address button')
    && !document.querySelector(
      '[data-testid=stBidiComponentRegular]:not([data-mounted])')
    && !document.querySelector(
      '[data-testid=stSkeleton], [data-resting], [data-changing]')
    && figures.every((figure) => figure.dataset.frame !== undefined
      && (figure.dataset.unseen === undefined || outOfSight(figure)));
  function outOfSight(figure) {
    const { top, bottom } = figure.getBoundingClientRect();
    return bottom <= 0 || top >= innerHeight;
  }
}"""

# The server's last word has come in; what it changes is painted within two frames, or
# as soon as the browser has a moment.
PAINTED = """() => new Promise((resolve) => requestAnimationFrame(
  () => requestAnimationFrame(() => requestIdleCallback(() => resolve()))))"""

WORDS = """(main) => [...main.querySelectorAll('[data-testid=stElementContainer]')]
  .filter((element) => !element.querySelector('[data-testid=code]'))
  .map((element) => element.innerText.trim()).filter(Boolean).join('\\n')"""


class Tab:
    """One tab on the app, with an ear on its network and its console."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.address = address
        self.complaints: list[str] = []
        self.requests: list[str] = []
        self.sent: list[bytes] = []
        self.received_bytes = 0
        self.waiting_for_a_run = 0
        page.set_default_timeout(PATIENCE_MS)
        page.on("console", self._listen)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("websocket", self._tap)

    # ---- its ears ----

    def _listen(self, message: ConsoleMessage) -> None:
        where = str((message.location or {}).get("url", ""))
        if message.type in {"error", "warning"} and not where.endswith(STREAMLITS_OWN):
            self.complaints.append(f"{message.type}: {message.text} ({where})")

    def _tap(self, socket: WebSocket) -> None:
        self.requests.append(socket.url)
        socket.on("framesent", self._note_sent)
        socket.on("framereceived", self._note_received)

    def _note_sent(self, frame: bytes | str) -> None:
        data = frame if isinstance(frame, bytes) else frame.encode()
        self.sent.append(data)
        if is_rerun(data):
            self.waiting_for_a_run += 1

    def _note_received(self, frame: bytes | str) -> None:
        data = frame if isinstance(frame, bytes) else frame.encode()
        self.received_bytes += len(data)
        message = ForwardMsg()
        message.ParseFromString(data)
        finished = message.WhichOneof("type") == "script_finished"
        if finished and message.script_finished in COMPLETE:
            self.waiting_for_a_run = 0

    @property
    def reruns(self) -> int:
        """How many times the tab has told the server something that it acts on."""
        return sum(map(is_rerun, self.sent))

    # ---- going and waiting ----

    def open(self, path: str) -> "Tab":
        """Type an address below the app's root."""
        self.page.goto(f"{self.address}/{path.removeprefix('/')}")
        return self.settle()

    def settle(self) -> "Tab":
        """Wait until nothing on the page is on its way any more."""
        self.until(lambda: self.reruns > 0, "the server was never asked")
        while True:
            self.page.wait_for_function(SETTLED)
            if self.waiting_for_a_run == 0:
                self.page.evaluate(PAINTED)
                if self.waiting_for_a_run == 0 and self.page.evaluate(SETTLED):
                    return self
            self.page.wait_for_timeout(20)

    def read(self) -> "Tab":
        """Scroll through the page, so that every figure is painted, and back up."""
        for figure in self.figures:
            if figure.root.is_visible():
                figure.root.scroll_into_view_if_needed()
                self.settle()
        self.page.get_by_test_id("stMain").evaluate("(main) => main.scrollTo(0, 0)")
        return self

    def until(self, true: Callable[[], object], otherwise: str) -> None:
        """Wait for something that only this side can see."""
        for _ in range(PATIENCE_MS // 20):
            if true():
                return
            self.page.wait_for_timeout(20)  # lets events come in; not a pause
        raise TimeoutError(otherwise)

    def after(self, act: Callable[[], object]) -> "Tab":
        """Do something that the server has to hear of, and wait for its answer."""
        before = self.reruns
        act()
        self.until(lambda: self.reruns > before, "the server was not told")
        return self.settle()

    # ---- what it shows ----

    @property
    def location(self) -> str:
        """The address bar; replaceState does not reach Playwright's page.url."""
        return self.page.evaluate("location.href")

    @property
    def path(self) -> str:
        parts = urlsplit(self.location)
        return parts.path + (f"?{parts.query}" if parts.query else "")

    @property
    def query(self) -> dict[str, str]:
        pairs = parse_qs(urlsplit(self.location).query, keep_blank_values=True)
        return {key: values[0] for key, values in pairs.items()}

    @property
    def main(self) -> Locator:
        return self.page.get_by_test_id("stMainBlockContainer")

    @property
    def words(self) -> str:
        """What the page says: tables, formulas, words, figures; but not its code."""
        self.read()
        return self.main.evaluate(WORDS)

    @property
    def tables(self) -> list[str]:
        return self.page.locator(".nudge-table").all_inner_texts()

    @property
    def figures(self) -> "list[Figure]":
        """The live figures and the network stages, from above."""
        return [Figure(self, figure) for figure in self.page.locator(FIGURE).all()]

    @property
    def moving(self) -> "list[Figure]":
        """The live figures with a slider of their own."""
        return [figure for figure in self.figures if figure.slider.is_visible()]

    @property
    def frames(self) -> list[int]:
        return [figure.frame for figure in self.figures]


class Figure:
    """A live figure or a network stage, as its visitor and screen reader know it."""

    def __init__(self, tab: Tab, root: Locator) -> None:
        self.tab = tab
        self.key = root.get_attribute("data-key")
        # By key, not by place: a page may grow figures above this one.
        self.root = tab.page.locator(f'{FIGURE}[data-key="{self.key}"]').first
        self.slider = self.root.locator("input[type=range]")

    @property
    def frame(self) -> int:
        return int(self.root.get_attribute("data-frame"))

    @cached_property
    def last(self) -> int:
        return int(self.slider.get_attribute("max"))

    def element(self) -> ElementHandle:
        return self.root.element_handle()

    def look(self, script: str) -> object:
        """What a script finds in the figure's root."""
        return self.root.evaluate(script)

    @property
    def value_text(self) -> str:
        return self.slider.get_attribute("aria-valuetext")

    @property
    def shown(self) -> str:
        """The value under the slider."""
        return self.root.locator("output b").inner_text()

    @property
    def plays(self) -> bool:
        return self.root.locator("button.play").is_visible()

    def shows(self, frame: int) -> None:
        """Wait until this frame is painted."""
        self.tab.page.wait_for_function(
            "([root, frame]) => +root.dataset.frame === frame",
            arg=[self.element(), frame],
        )

    def press(self, key: str, times: int = 1) -> None:
        for _ in range(times):
            self.slider.press(key, no_wait_after=True)

    def place(self, share: float) -> tuple[float, float]:
        """The point of the screen at this share of the slider."""
        self.slider.scroll_into_view_if_needed()
        box = self.slider.bounding_box()
        thumb = 22
        x = box["x"] + thumb / 2 + share * (box["width"] - thumb)
        return x, box["y"] + box["height"] / 2

    def grab(self) -> None:
        """Press the mouse button on the thumb."""
        x, y = self.place(self.frame / self.last)
        self.tab.page.mouse.move(x, y)
        self.tab.page.mouse.down()

    def drag(self, share: float) -> None:
        """Move the held mouse to this share of the slider, in small moves."""
        x, y = self.place(share)
        self.tab.page.mouse.move(x, y, steps=12)
        self.tab.page.wait_for_function(
            "([root, slider]) => +root.dataset.frame === +slider.value",
            arg=[self.element(), self.slider.element_handle()],
        )

    def drop(self) -> None:
        self.tab.page.mouse.up()


COMPLETE = {
    ForwardMsg.FINISHED_SUCCESSFULLY,
    ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY,
    ForwardMsg.FINISHED_WITH_COMPILE_ERROR,
}


def is_rerun(frame: bytes) -> bool:
    message = BackMsg()
    message.ParseFromString(frame)
    return message.WhichOneof("type") == "rerun_script"
