"""The Plotly bundles are served compressed, for ever, under a name with a version."""

import asyncio
import gzip
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import pytest
from starlette.applications import Starlette

from ui import bundles
from ui.server import middleware

KINDS = ("cartesian", "gl3d")


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes


def get(app: Starlette, path: str, accept: str = "gzip, deflate, br") -> Answer:
    """What the app answers to a browser that asks for `path`."""
    sent = []

    async def receive():
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message):
        sent.append(message)

    scope = {
        "type": "http",
        "method": "GET",
        "path": f"/{path}",
        "query_string": b"",
        "headers": [(b"accept-encoding", accept.encode())],
    }
    # In a thread of its own: the browser tests' event loop may live in this one.
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, app(scope, receive, send)).result()
    start, *rest = sent
    headers = {name.decode(): value.decode() for name, value in start["headers"]}
    body = b"".join(message.get("body", b"") for message in rest)
    return Answer(start["status"], headers, body)


@pytest.fixture(scope="module")
def app():
    return Starlette(routes=bundles.routes(), middleware=middleware())


@pytest.mark.parametrize("kind", KINDS)
def test_a_browser_gets_the_file_compressed(app, kind):
    answer = get(app, bundles.path(kind))
    assert answer.status == 200
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.headers["content-type"].startswith("text/javascript")
    assert "immutable" in answer.headers["cache-control"]
    assert answer.headers["vary"] == "Accept-Encoding"
    assert len(answer.body) < 800_000
    assert gzip.decompress(answer.body) == kept(kind)


@pytest.mark.parametrize("kind", KINDS)
def test_a_client_that_takes_no_gzip_gets_it_plain(app, kind):
    answer = get(app, bundles.path(kind), accept="br")
    assert answer.status == 200
    assert "content-encoding" not in answer.headers
    assert answer.body == kept(kind)


@pytest.mark.parametrize("kind", KINDS)
def test_the_address_names_the_version(kind):
    name = bundles.path(kind).rpartition("/")[2]
    assert name.split("-")[1] == kind
    assert name.count(".") >= 4, "plotly-<kind>-1.2.3.min.js"


@pytest.mark.parametrize(
    "path", ["bundles/LICENSE-plotly.txt", "bundles/../requirements.txt", "bundles"]
)
def test_other_files_are_not_served(app, path):
    assert get(app, path).status == 404


def test_every_answer_forbids_guessing_its_type(app):
    answer = get(app, bundles.path("cartesian"))
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "same-origin"


def test_replicas_behind_one_proxy_send_the_same_bytes(app):
    other = Starlette(routes=bundles.routes())
    path = bundles.path("cartesian")
    assert get(app, path).body == get(other, path).body


def kept(kind: str) -> bytes:
    """The file in static/."""
    return (bundles.STATIC / bundles.path(kind).rpartition("/")[2]).read_bytes()
