"""Run a take-home script as a learner would, and read the numbers it prints."""

import ast
import subprocess
import sys
import tempfile


def run(script: str) -> dict[str, object]:
    """The script's output by label, from an empty folder where only NumPy is found.

    Numbers come back as numbers and arrays as nested lists.
    """
    with tempfile.TemporaryDirectory() as empty:
        done = subprocess.run(
            [sys.executable, "-I", "-W", "error", "-"],
            input=script,
            cwd=empty,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
    assert done.returncode == 0, f"{done.stderr}\n{script}"
    pairs = [line.partition(": ") for line in done.stdout.splitlines()]
    return {label: read(value) for label, _, value in pairs}


def read(text: str) -> object:
    """A printed value, with nan and inf, which Python prints but does not read.

    What is no number, list or None is text, and stays as it is.
    """
    try:
        return plain(ast.parse(text, mode="eval").body)
    except (SyntaxError, ValueError):
        return text


def plain(node: ast.expr) -> object:
    if isinstance(node, ast.List):
        return [plain(part) for part in node.elts]
    if isinstance(node, ast.Name):
        return float(node.id)
    if isinstance(node, ast.UnaryOp) and isinstance(node.operand, ast.Name):
        return -float(node.operand.id)
    return ast.literal_eval(node)
