"""Which machine a timing belongs to: processor, Python, NumPy and its library."""

import platform
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

CPU_INFO = Path("/proc/cpuinfo")


@cache
def machine() -> str:
    """Processor, Python, NumPy and the library under it, in one line."""
    return (
        f"{processor()}, Python {platform.python_version()}, "
        f"NumPy {np.__version__} with {blas()}"
    )


def processor() -> str:
    """The processor's name, as far as the system tells it."""
    try:
        told = named(CPU_INFO.read_text("utf-8", errors="replace"))
    except OSError:  # not Linux
        told = ""
    return told or platform.processor() or platform.machine() or "unknown processor"


def named(cpu_info: str) -> str:
    """The name in the text of /proc/cpuinfo, or nothing; some kinds have none."""
    for line in cpu_info.splitlines():
        key, _, value = line.partition(":")
        if key.strip() == "model name":
            plain = value.replace("(R)", "").replace("(TM)", "")
            return " ".join(plain.split())[:60]
    return ""


def blas() -> str:
    """The library that computes NumPy's products: "OpenBLAS 0.3.31"."""
    found = config()["Build Dependencies"]["blas"]
    name = str(found["name"]).replace("scipy-openblas", "OpenBLAS")
    version = ".".join(str(found.get("version", "")).split(".")[:3])
    return f"{name} {version}".strip()


def simd() -> tuple[str, ...]:
    """The families of SIMD instructions that this NumPy uses on this processor."""
    found = config()["SIMD Extensions"]
    return (*found.get("baseline", ()), *found.get("found", ()))


def config() -> dict[str, Any]:
    """How NumPy was built."""
    told: dict[str, Any] = np.show_config(mode="dicts")  # type: ignore[assignment]
    return told
