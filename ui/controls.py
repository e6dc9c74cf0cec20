"""The controls of a page: native Streamlit widgets whose values are in the address.

Every control takes its public key first; the key is the name in the address.
"""

from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from core.expressions import ExpressionError
from core.rounding import readable
from ui import inputs

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

    def read(text: str) -> str:
        if text not in options:
            raise ValueError(f"choose one of {', '.join(options)}")
        return text

    inputs.seed(key, label, default, read)
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

    def read(text: str) -> str:
        if text not in options:
            raise ValueError(f"choose one of {', '.join(options)}")
        return text

    inputs.seed(key, label, default, read)
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
        value = _within(text, low, high)
        if value != int(value):
            raise ValueError("it has to be a whole number")
        return int(value)

    inputs.seed(key, label, default, read)
    value = st.slider(
        label, low, high, step=step, key=inputs.widget_key(key), help=help
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
        st.caption(f":material/edit: {error.message}")
        st.code(error.pointer(), language=None)
        return st.session_state.get(memory, default)
    st.session_state[memory] = typed
    return typed


def _within(text_: str, low: float, high: float) -> float:
    value = inputs.number(text_)
    if not low <= value <= high:
        raise ValueError(f"it has to be from {readable(low)} to {readable(high)}")
    return value
