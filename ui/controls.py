"""The controls of a page: native Streamlit widgets whose values are in the address.

Every control takes its public key first; the key is the name in the address.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import unquote

import pandas as pd
import streamlit as st

from core.expressions import ExpressionError
from core.plain import plain
from core.rounding import readable
from ui import inputs
from ui.code_view import printed

# A table as it was typed: rows of texts, the row's name first.
Rows = tuple[tuple[str, ...], ...]

STEP_SIZES = tuple(float(f"1e-{k}") for k in range(16))


def choice(
    key: str,
    label: str,
    options: Mapping[str, str],
    default: str,
    *,
    help: str | None = None,
    hide_label: bool = False,
) -> str:
    """One of a few options, all visible. `options`: value in the address → label."""
    inputs.seed(key, label, default, _one_of(options))
    chosen = st.segmented_control(
        label,
        list(options),
        required=True,
        format_func=lambda option: options.get(option, option),
        key=inputs.widget_key(key),
        help=help,
        label_visibility="collapsed" if hide_label else "visible",
        wrap=True,
    )
    return inputs.settle(key, chosen if chosen in options else default, default, str)


def pick(
    key: str,
    label: str,
    options: Mapping[str, str],
    default: str,
    *,
    help: str | None = None,
) -> str:
    """One of several options, folded away. `options`: value in the address → label."""
    inputs.seed(key, label, default, _one_of(options))
    chosen = st.selectbox(
        label,
        list(options),
        format_func=lambda option: options.get(option, option),
        key=inputs.widget_key(key),
        help=help,
    )
    return inputs.settle(key, chosen if chosen in options else default, default, str)


def number(
    key: str,
    label: str,
    low: float,
    high: float,
    default: float,
    step: float,
    *,
    help: str | None = None,
) -> float:
    """A number on a linear scale."""
    inputs.seed(key, label, default, lambda text: _within(text, low, high))
    value = st.slider(
        label, low, high, step=step, key=inputs.widget_key(key), help=help
    )
    return inputs.settle(
        key, value if low <= value <= high else default, default, inputs.short
    )


def amount(
    key: str, label: str, low: float, high: float, default: float, step: float
) -> float:
    """A number that is typed, or changed by steps: narrower than a slider."""
    inputs.seed(key, label, default, lambda text: _within(text, low, high))
    value = st.number_input(
        label, low, high, step=step, format="%g", key=inputs.widget_key(key)
    )
    return inputs.settle(
        key, value if low <= value <= high else default, default, inputs.short
    )


def whole(
    key: str,
    label: str,
    low: int,
    high: int,
    default: int,
    *,
    step: int = 1,
    help: str | None = None,
) -> int:
    """A whole number on a linear scale."""

    def read(text: str) -> int:
        return _whole_within(text, low, high)

    inputs.seed(key, label, default, read)
    value = st.slider(
        label, low, high, step=step, key=inputs.widget_key(key), help=help
    )
    return inputs.settle(key, value if low <= value <= high else default, default, str)


def count(key: str, label: str, low: int, high: int, default: int) -> int:
    """A whole number that is typed: so narrow that two of them fit beside a figure."""

    def read(text_: str) -> int:
        return _whole_within(text_, low, high)

    inputs.seed(key, label, default, read)
    value = st.number_input(
        label, low, high, step=1, format="%d", key=inputs.widget_key(key), width=112
    )
    return inputs.settle(key, value if low <= value <= high else default, default, str)


def steps_of(
    key: str,
    label: str,
    options: Sequence[float],
    default: float,
    *,
    help: str | None = None,
) -> float:
    """A number from a list, for scales that are not linear."""

    def read(text: str) -> float:
        value = inputs.number(text)
        nearest = min(options, key=lambda option: abs(option - value))
        if abs(nearest - value) > 1e-6 * abs(nearest):
            low, high = min(options), max(options)
            raise ValueError(
                "it is not on the scale"
                if low <= value <= high
                else f"it has to be from {readable(low)} to {readable(high)}"
            )
        return nearest

    inputs.seed(key, label, default, read)
    value = st.select_slider(
        label,
        options,
        format_func=readable,
        key=inputs.widget_key(key),
        help=help,
    )
    return inputs.settle(
        key, value if value in options else default, default, inputs.short
    )


def step_size(key: str, label: str, default: float = 1e-3) -> float:
    """The nudge h: every power of ten from 1 to 10⁻¹⁵."""
    return steps_of(key, label, STEP_SIZES, default)


def toggle(key: str, label: str, default: bool, *, help: str | None = None) -> bool:
    """A switch; in the address `on` or `off`."""

    def read(text: str) -> bool:
        if text not in {"on", "off"}:
            raise ValueError("it has to be on or off")
        return text == "on"

    inputs.seed(key, label, default, read)
    value = st.toggle(label, key=inputs.widget_key(key), help=help)
    return inputs.settle(key, bool(value), default, lambda on: "on" if on else "off")


def text(key: str, label: str, default: str, *, longest: int = 200) -> str:
    """One line of text; what it means is for the caller to check."""

    def read(typed: str) -> str:
        if len(typed) > longest:
            raise ValueError(f"it has more than {longest} characters")
        return typed

    inputs.seed(key, label, default, read)
    value = st.text_input(label, key=inputs.widget_key(key), max_chars=longest)
    return inputs.settle(key, (value or "")[:longest], default, str)


def formula(key: str, label: str, default: str, check: Callable[[str], object]) -> str:
    """A formula that `check` accepts; while it does not, the last one that it did.

    `check` raises ExpressionError; the message points at the character.
    """
    typed = text(key, label, default)
    memory = f"{inputs.widget_key(key)}:good"
    try:
        check(typed)
    except ExpressionError as error:
        st.caption(f":material/edit: {plain(error.message)}")
        printed(error.pointer())
        return st.session_state.get(memory, default)
    st.session_state[memory] = typed
    return typed


@dataclass(frozen=True)
class _Edit:
    """The table that an editor was given, and the rows that came of it."""

    version: int
    given: Rows
    now: Rows


def table(
    key: str,
    label: str,
    columns: Sequence[str],
    default: Rows,
    *,
    most: int = 12,
    longest: int = 24,
) -> Rows:
    """A table whose rows can be added, changed and removed; at most `most` count.

    Cells are texts, so that nothing that is typed is lost; what they mean is for the
    caller to check. In the address a row is `name:cell,cell`, and `;` stands between.
    """

    def read(text_: str) -> Rows:
        return _rows_of(text_, len(columns), most, longest)

    inputs.seed(key, label, default, read)
    name = inputs.widget_key(key)
    rows: Rows = st.session_state[name]
    edit: _Edit | None = st.session_state.get(f"{name}:edit")
    if (
        edit is None
        or edit.now != rows  # a button or an address has put another table there
        or f"{name}:editor:{edit.version}" not in st.session_state  # out of sight
    ):
        edit = _Edit(edit.version + 1 if edit else 0, rows, rows)
    changed = st.data_editor(
        pd.DataFrame(edit.given, columns=list(columns), dtype="string"),
        key=f"{name}:editor:{edit.version}",
        num_rows="dynamic",
        hide_index=True,
        placeholder="–",
        alt=label,
        column_config={
            column: st.column_config.TextColumn(
                max_chars=longest, alignment="right" if i else "left"
            )
            for i, column in enumerate(columns)
        },
    )
    rows = _typed_rows(changed, longest)
    st.session_state[name] = rows
    st.session_state[f"{name}:edit"] = _Edit(edit.version, edit.given, rows)
    if len(rows) > most:
        st.caption(f":material/edit: The first {most} rows count, the others wait.")
    return inputs.settle(key, rows[:most], default, _address_of)


def _typed_rows(frame: pd.DataFrame, longest: int) -> Rows:
    """The rows that hold something, as plain texts."""
    cells = frame.to_numpy(dtype=object, na_value="")
    rows = [tuple(_plain(str(cell))[:longest] for cell in row) for row in cells]
    return tuple(row for row in rows if any(row))


def _plain(text_: str) -> str:
    return "".join(c for c in text_ if c.isprintable()).strip()


def _address_of(rows: Rows) -> str:
    """Rows as an address holds them; the three separators are written as %3A, ….

    What is typed may hold them, and a percent sign too."""

    def cell(text_: str) -> str:
        return re.sub("[%:,;]", lambda sign: f"%{ord(sign[0]):02X}", text_)

    return ";".join(f"{cell(r[0])}:{','.join(map(cell, r[1:]))}" for r in rows)


def _rows_of(text_: str, width: int, most: int, longest: int) -> Rows:
    """The rows that an address holds, or ValueError with a reason."""
    parts = text_.split(";") if text_ else []
    if len(parts) > most:
        raise ValueError(f"it has more than {most} rows")
    named = [part.partition(":") for part in parts]
    rows = [[name, *cells.split(",")] for name, _, cells in named]
    if any(len(row) != width for row in rows) or not all(
        colon for _, colon, _ in named
    ):
        numbers = ",".join("123456789"[: width - 1])
        raise ValueError(f"it has to be rows like name:{numbers} with ; between them")
    cells = [tuple(_plain(unquote(cell)) for cell in row) for row in rows]
    if any(len(cell) > longest for row in cells for cell in row):
        raise ValueError(f"a cell has more than {longest} characters")
    return tuple(cells)


def examples(
    cases: Mapping[str, Mapping[str, object]], figure: str, start: float | None = 0
) -> None:
    """A button for each of some inputs worth seeing, by label: values by key.

    Each also takes a live figure back to its start; None is its default.
    """

    def show(values: Mapping[str, object]) -> None:
        for key, value in values.items():
            inputs.put(key, value)
        inputs.move(figure, start)

    row = st.container(horizontal=True, gap="small")
    for label, values in cases.items():
        row.button(label, on_click=show, args=(values,))


def _one_of(options: Mapping[str, str]) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text not in options:
            raise ValueError(f"choose one of {', '.join(options)}")
        return text

    return read


def _within(text_: str, low: float, high: float) -> float:
    value = inputs.number(text_)
    if not low <= value <= high:
        raise ValueError(f"it has to be from {readable(low)} to {readable(high)}")
    return value


def _whole_within(text_: str, low: int, high: int) -> int:
    value = _within(text_, low, high)
    if value != int(value):
        raise ValueError("it has to be a whole number")
    return int(value)
