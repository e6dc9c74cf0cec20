"""Fetch the Plotly.js bundles that the live figure loads into static/.

Run it as `make vendor` after changing the `plotly` pin: the version is the one
that the installed package speaks. Needs npm.
"""

import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

from plotly.offline import get_plotlyjs_version

STATIC = Path(__file__).parent.parent / "static"
BUNDLES = ("cartesian", "gl3d")


def fetch(bundle: str, version: str) -> tuple[str, str]:
    """The minified script and the licence of one bundle, as npm publishes them."""
    package = f"plotly.js-{bundle}-dist-min@{version}"
    with tempfile.TemporaryDirectory() as folder:
        pack = ["npm", "--loglevel=error", "pack", package]
        subprocess.run(pack, cwd=folder, check=True, stdout=subprocess.DEVNULL)
        (archive,) = Path(folder).glob("*.tgz")
        with tarfile.open(archive) as tar:
            script = _read(tar, f"package/plotly-{bundle}.min.js")
            return script, _read(tar, "package/LICENSE")


def _read(tar: tarfile.TarFile, name: str) -> str:
    member = tar.extractfile(name)
    if member is None:
        raise FileNotFoundError(name)
    return member.read().decode()


def without_source_map(script: str) -> str:
    """Drop the comment that makes developer tools ask for a file we do not have."""
    return re.sub(r"\n?//[#@] sourceMappingURL=\S*\s*$", "\n", script)


def main() -> None:
    if shutil.which("npm") is None:
        sys.exit("Nudge: refreshing static/ needs npm, which comes with Node.js.")
    version = get_plotlyjs_version()
    fetched = {bundle: fetch(bundle, version) for bundle in BUNDLES}
    for old in STATIC.glob("plotly-*.min.js"):
        old.unlink()
    for bundle, (script, licence) in fetched.items():
        path = STATIC / f"plotly-{bundle}-{version}.min.js"
        path.write_text(without_source_map(script), encoding="utf-8", newline="\n")
        (STATIC / "LICENSE-plotly.txt").write_text(licence, encoding="utf-8")
        print(f"{path.name}: {path.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
