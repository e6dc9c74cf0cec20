"""Find a Chromium for the browser tests and benchmarks, or install one.

`make test` runs this file first. Tests hand what it finds to Playwright:
`p.chromium.launch(executable_path=find_chromium())`.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

HELP = f"""\
Nudge: the browser tests need Chromium, and it could not be installed.
  Debian: apt-get install chromium   Fedora: dnf install chromium
  Anywhere: .venv/bin/python -m playwright install --with-deps chromium
  Any of these on the PATH will do: {", ".join(NAMES)}."""


def find_chromium() -> str | None:
    """The path of a Chromium on the PATH that starts; None: use Playwright's own."""
    found = filter(None, map(shutil.which, NAMES))
    return next(filter(_starts, found), None)


def browser_path() -> str | None:
    """The path of a Chromium that starts, wherever it is; None when there is none."""
    return find_chromium() or _playwrights_own()


def _playwrights_own() -> str | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as p:
        path = p.chromium.executable_path
    return path if Path(path).exists() and _starts(path) else None


def _starts(path: str) -> bool:
    # Being there is not enough: Ubuntu's chromium-browser may be a stub that
    # only says which snap to install.
    try:
        done = subprocess.run([path, "--version"], capture_output=True, timeout=60)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def _install_with_apt() -> None:
    if not hasattr(os, "geteuid") or os.geteuid() != 0 or not shutil.which("apt-get"):
        return
    print("Installing Chromium with apt-get (once) …", flush=True)
    apt = ["apt-get", "-qq", "-o", "DPkg::Lock::Timeout=300"]
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["update"], ["install", "-y", "chromium"]):
        subprocess.run([*apt, *command], env=env, stdout=subprocess.DEVNULL)


def _install_with_playwright() -> None:
    print("Installing Chromium with Playwright (once) …", flush=True)
    subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"])


def main() -> int:
    path = browser_path()
    if path is None:
        _install_with_apt()
        path = find_chromium()
    if path is None:
        _install_with_playwright()
        path = _playwrights_own()
    print(f"Browser: {path}" if path else HELP, flush=True)
    return 0 if path else 1


if __name__ == "__main__":
    sys.exit(main())
