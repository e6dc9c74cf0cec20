"""The two Plotly bundles that the live figure loads from our own server."""

import gzip
from collections.abc import Awaitable, Callable
from functools import cache
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

STATIC = Path(__file__).parent.parent / "static"
PREFIX = "bundles"


@cache
def path(kind: str) -> str:
    """The address of a bundle below the app's root; `kind`: cartesian or gl3d.

    The version is in the name, so the browser may keep the file for ever.
    """
    return f"{PREFIX}/{_file(kind).name}"


def _file(kind: str) -> Path:
    found = sorted(STATIC.glob(f"plotly-{kind}-*.min.js"))
    if not found:
        raise FileNotFoundError(f"static/ has no {kind} bundle: run `make vendor`")
    return found[-1]


def routes() -> list[Route]:
    """One route a bundle. Read and compressed once, when the server starts:
    Streamlit's own static serving does not compress."""
    return [
        Route(f"/{path(kind)}", serve_script(_file(kind).read_bytes()))
        for kind in ("cartesian", "gl3d")
    ]


def serve_script(plain: bytes) -> Callable[[Request], Awaitable[Response]]:
    """An endpoint that sends this script compressed, to be kept for ever."""
    compressed = gzip.compress(plain, compresslevel=9, mtime=0)

    async def serve(request: Request) -> Response:
        accepted = "gzip" in request.headers.get("accept-encoding", "")
        headers = {
            "Cache-Control": "public, max-age=31536000, immutable",
            "Vary": "Accept-Encoding",
        }
        if accepted:
            headers["Content-Encoding"] = "gzip"
        return Response(
            compressed if accepted else plain,
            media_type="text/javascript",
            headers=headers,
        )

    return serve
