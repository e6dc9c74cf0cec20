"""Servers for the benchmarks: started on a free port of this machine, and ended."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
NUDGE = ROOT / "streamlit_app.py"
REFERENCE = ROOT / "benchmarks" / "reference_app.py"
START_SECONDS = 60


@dataclass(frozen=True)
class Server:
    """A running server: where it answers, and how long it took to do so."""

    port: int
    process: subprocess.Popen[bytes]
    started_in: float

    @property
    def url(self) -> str:
        """The address of its first page, without a slash at the end."""
        return f"http://127.0.0.1:{self.port}"

    def cpu_seconds(self) -> float | None:
        """Processor time used so far; None where the system does not tell."""
        try:
            text = Path(f"/proc/{self.process.pid}/stat").read_text("ascii")
        except OSError:
            return None
        user, system = text.rpartition(")")[2].split()[11:13]
        return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")

    @contextmanager
    def asleep(self) -> Iterator[None]:
        """Take no time from another server, the processes of this one neither."""
        if not hasattr(signal, "SIGSTOP"):  # on Windows
            yield
            return
        os.killpg(self.process.pid, signal.SIGSTOP)
        try:
            yield
        finally:
            os.killpg(self.process.pid, signal.SIGCONT)


@contextmanager
def serve(script: Path, command: str = "streamlit") -> Iterator[Server]:
    """A fresh server process of this script that answers; ended afterwards.

    `command` is the module that runs it.
    """
    port = _free_port()
    began = time.perf_counter()
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen(
            [
                *(sys.executable, "-m", command, "run", str(script)),
                *("--server.port", str(port), "--server.address", "127.0.0.1"),
                *("--server.headless", "true"),
            ],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,  # a group of its own, which can be put to sleep
        )
        try:
            server = Server(port, process, 0.0)
            _wait(server, began)
            yield Server(port, process, time.perf_counter() - began)
        except BaseException:
            log.seek(0)
            sys.stderr.write(log.read().decode(errors="replace")[-4000:])
            raise
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(server: Server, began: float) -> None:
    while time.perf_counter() - began < START_SECONDS:
        if server.process.poll() is not None:
            raise RuntimeError("the server ended before it answered")
        try:
            with urllib.request.urlopen(f"{server.url}/_stcore/health", timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.02)
    raise TimeoutError(f"no answer from the server in {START_SECONDS} s")


def address(page: str) -> str:
    """The path of a page; the first page has none."""
    return "" if page == "home" else page
