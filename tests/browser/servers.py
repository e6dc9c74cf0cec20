"""A real server of the app, on a port that nobody else uses."""

import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
PATIENCE = 180  # seconds; a server that needs them is broken or its machine is busy


@dataclass(frozen=True)
class Server:
    """Where it answers, and where it writes what it has to say."""

    address: str
    log: Path

    def written(self) -> str:
        return self.log.read_text("utf-8", errors="replace")


@contextmanager
def serving(log: Path, folder: Path = ROOT) -> Iterator[Server]:
    """`streamlit run streamlit_app.py` in `folder`, until the block is left."""
    port = free_port()
    command = [sys.executable, "-m", "streamlit", "run", "streamlit_app.py"]
    options = [
        f"--server.port={port}",
        "--server.address=127.0.0.1",
        "--server.headless=true",
    ]
    with log.open("w", encoding="utf-8") as output:
        process = subprocess.Popen(
            [*command, *options],
            cwd=folder,
            stdout=output,
            stderr=subprocess.STDOUT,
            env=environment(),
        )
        try:
            server = Server(f"http://127.0.0.1:{port}", log)
            wait_until_healthy(server, process)
            yield server
        finally:
            died = process.poll()
            process.terminate()
            process.wait()
        assert died is None, f"the server ended with {died}:\n{server.written()}"


def environment() -> dict[str, str]:
    """Ours, without settings that would change how the app looks or behaves."""
    import os

    kept = {k: v for k, v in os.environ.items() if not k.startswith("STREAMLIT_")}
    return kept | {"PYTHONDONTWRITEBYTECODE": "1"}


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def wait_until_healthy(server: Server, process: subprocess.Popen[bytes]) -> None:
    give_up = time.monotonic() + PATIENCE
    while time.monotonic() < give_up:
        assert process.poll() is None, server.written()
        try:
            with urllib.request.urlopen(f"{server.address}/_stcore/health") as answer:
                if answer.status == 200:
                    return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.05)  # nobody listens yet
    raise TimeoutError(server.written())
