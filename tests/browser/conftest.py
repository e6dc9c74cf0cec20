"""One server and one browser for all tests; a fresh visitor for each."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.install_chromium import HELP, browser_path
from tests.browser.servers import Server, serving
from tests.browser.tab import Tab

OpenTab = Callable[..., Tab]
DESKTOP = {"width": 1280, "height": 860}


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = browser_path()
    if path is None:
        pytest.fail(HELP, pytrace=False)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(tmp_path_factory.mktemp("server") / "log") as server:
        yield server


@pytest.fixture
def new_tab(browser: Browser, server: Server) -> Iterator[OpenTab]:
    """Opens a tab of a new visitor; `options` are Playwright's for a context."""
    contexts = []

    def open_tab(address: str = server.address, **options: object) -> Tab:
        context = browser.new_context(**{"viewport": DESKTOP, **options})
        contexts.append(context)
        return Tab(context.new_page(), address)

    yield open_tab
    for context in contexts:
        context.close()


@pytest.fixture
def tab(new_tab: OpenTab) -> Tab:
    return new_tab()
