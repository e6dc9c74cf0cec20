"""The Plotly.js in static/ is the one that the installed `plotly` speaks."""

import re
from pathlib import Path

import pytest
from plotly.offline import get_plotlyjs_version

STATIC = Path(__file__).parent.parent / "static"
VERSION = get_plotlyjs_version()
BUNDLES = ("cartesian", "gl3d")


def test_only_the_bundles_of_this_version_are_kept():
    """After a new `plotly` pin this fails until `make vendor` is run."""
    kept = {path.name for path in STATIC.glob("*.js")}
    assert kept == {f"plotly-{bundle}-{VERSION}.min.js" for bundle in BUNDLES}


@pytest.mark.parametrize("bundle", BUNDLES)
def test_a_bundle_is_what_its_name_says(bundle):
    script = (STATIC / f"plotly-{bundle}-{VERSION}.min.js").read_text("utf-8")
    assert f"plotly.js ({bundle} - minified) v{VERSION}\n" in script[:200]
    # What Plotly.version answers in the browser, not only what the header says.
    assert f'="{VERSION}"' in script


@pytest.mark.parametrize("bundle", BUNDLES)
def test_a_bundle_asks_for_no_source_map(bundle):
    script = (STATIC / f"plotly-{bundle}-{VERSION}.min.js").read_text("utf-8")
    assert not re.search(r"//[#@] ?sourceMappingURL", script)


def test_the_licence_stands_beside_the_bundles():
    licence = (STATIC / "LICENSE-plotly.txt").read_text("utf-8")
    assert "MIT License" in licence
    assert "Plotly" in licence
