"""The components' scripts, served once instead of riding along with every figure.

Streamlit sends a component's whole script with each of its instances on each page. So
what it gets is one line that imports the real script from our own server, under a name
with its digest, which the browser may keep for ever.
"""

import hashlib
import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from starlette.routing import Route

from ui.bundles import PREFIX, serve_script

HERE = Path(__file__).parent

# The parts of each component's script in order: what comes first is used by what
# follows. The style sheets are put into the document by the script itself.
SHARED = ("shared/canvas.js", "shared/scrubber.js")
PARTS: Mapping[str, tuple[str, ...]] = {
    "live_figure": (
        *SHARED,
        "live_figure/plotly.js",
        "live_figure/drawing.js",
        "live_figure/ink.js",
        "live_figure/maps.js",
        "live_figure/pointing.js",
        "live_figure/rows.js",
        "live_figure/live_figure.js",
    ),
    "network_stage": (
        *SHARED,
        "network_stage/forward.js",
        "network_stage/runs.js",
        "network_stage/layout.js",
        "network_stage/maps.js",
        "network_stage/panel.js",
        "network_stage/cost_curves.js",
        "network_stage/backdrop.js",
        "network_stage/picture.js",
        "network_stage/scores.js",
        "network_stage/editor.js",
        "network_stage/network_stage.js",
    ),
    "point_pad": ("shared/canvas.js", "point_pad/point_pad.js"),
    "drawing_pad": ("shared/canvas.js", "drawing_pad/drawing_pad.js"),
    "code_view": ("code_view/code_view.js",),
}
STYLES: Mapping[str, tuple[str, ...]] = {
    "live_figure": ("shared/figure.css", "live_figure/live_figure.css"),
    "network_stage": ("shared/figure.css", "network_stage/network_stage.css"),
    "point_pad": ("shared/figure.css", "point_pad/point_pad.css"),
    "drawing_pad": (
        "shared/figure.css",
        "point_pad/point_pad.css",
        "drawing_pad/drawing_pad.css",
    ),
    "code_view": ("code_view/code_view.css",),
}

ADD_STYLE = """
const sheet = document.createElement("style");
sheet.textContent = {css};
document.head.append(sheet);
"""

# The module that Streamlit imports has no address of its own (it is a blob), so the
# app's root is read off the page's main script.
STUB = """
const main = document.querySelector('script[src*="static/js/index"]');
const root = main ? main.src.split("static/js/")[0] : `${{location.origin}}/`;
const component = import(root + "{path}");
export default async (args) => {{
  const render = (await component).default;
  args.parentElement.dataset.mounted = ""; // the page rests when every component is
  return render(args);
}};
"""


@cache
def text(name: str) -> str:
    """The whole script of a component, its style sheet included."""
    read = {
        kind: [(HERE / file).read_text(encoding="utf-8") for file in files]
        for kind, files in (("js", PARTS[name]), ("css", STYLES[name]))
    }
    style = ADD_STYLE.format(css=json.dumps("\n".join(read["css"])))
    return "\n".join([*read["js"], style])


@cache
def path(name: str) -> str:
    """The address of a component's script below the app's root."""
    digest = hashlib.blake2b(text(name).encode(), digest_size=6).hexdigest()
    return f"{PREFIX}/{name}-{digest}.js"


def stub(name: str) -> str:
    """The line that a component is registered with."""
    return STUB.format(path=path(name))


def routes() -> list[Route]:
    """One route a component."""
    return [
        Route(f"/{path(name)}", serve_script(text(name).encode())) for name in PARTS
    ]
