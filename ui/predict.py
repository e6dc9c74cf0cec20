"""Predict, then run: a question that is answered before the page answers it."""

import hashlib
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import streamlit as st

from core.plain import plain
from core.predictions import (
    grade_number,
    in_words,
    read_number,
    read_order,
    read_shape,
)
from core.rounding import in_full
from ui import inputs


@dataclass(frozen=True)
class Committed:
    """A guess that can no longer be changed; None when the learner skipped."""

    guess: Any


def number(
    key: str,
    question: str,
    truth: float,
    explain: str,
    *,
    tolerance: float = 0.01,
    also: float = math.nan,
) -> bool:
    """Ask for a number; return whether the answer may be shown.

    A small calculation such as 2*0.001 counts as a number. `tolerance` is a
    share of the truth; `explain` says why, with the learner's own numbers. `also` is
    another right answer, where float64 gives another one than mathematics.
    """

    def verdict(guess: float) -> tuple[bool, str]:
        if math.isclose(guess, also, rel_tol=tolerance):
            return True, f"You said {in_full(guess)}; it is **{in_full(truth)}**."
        grade = grade_number(guess, truth, tolerance)
        given, wanted = in_words(guess, truth)
        said = f"You said {given}; it is **{wanted}**."
        return grade.right, f"{said} {grade.hint}".strip()

    shown = in_full(truth)
    return _typed(key, question, "Your guess", read_number, verdict, shown, explain)


def shape(key: str, question: str, truth: tuple[int, ...], explain: str) -> bool:
    """Ask for a shape such as (4, 1); return whether the answer may be shown."""

    def verdict(guess: tuple[int, ...]) -> tuple[bool, str]:
        return guess == truth, f"You said `{guess}`; it is **`{truth}`**."

    return _typed(key, question, "A shape", read_shape, verdict, f"`{truth}`", explain)


def order(key: str, question: str, truth: str, explain: str) -> bool:
    """Ask for an order such as 2413; return whether the answer may be shown."""

    def read(text: str) -> str:
        return read_order(text, len(truth))

    def verdict(guess: str) -> tuple[bool, str]:
        return guess == truth, f"You said {guess}; it is **{truth}**."

    return _typed(key, question, "The order", read, verdict, truth, explain)


def choice(
    key: str, question: str, options: Mapping[str, str], truth: str, explain: str
) -> bool:
    """Ask for one of `options` (value → label); return whether it is answered."""
    name = _name(key, question)
    if name not in st.session_state:
        _heading(question)
        st.radio(
            question,
            list(options),
            index=None,
            horizontal=all(len(label) <= 12 for label in options.values()),
            format_func=options.get,
            key=f"{name}.guess",
            label_visibility="collapsed",
            on_change=_commit_choice,
            args=(name,),
        )
        _show_me(name)
        return False
    guess = st.session_state[name].guess
    said = f"You said “{options[guess]}”." if guess in options else ""
    if guess != truth:
        said += f" It is “**{options[truth]}**”."
    _answered(name, question, guess, guess == truth, said, explain)
    return True


def answered(key: str, question: str) -> bool:
    """Whether this question has been answered or skipped, without asking it."""
    return _name(key, question) in st.session_state


def _typed(
    key: str,
    question: str,
    label: str,
    read: Callable[[str], Any],
    verdict: Callable[[Any], tuple[bool, str]],
    truth: str,
    explain: str,
) -> bool:
    name = _name(key, question)
    if name not in st.session_state:
        _heading(question)
        with st.form(f"{name}.form", border=False, height="content"):
            row = st.container(horizontal=True, vertical_alignment="bottom")
            row.text_input(
                label,
                key=f"{name}.guess",
                max_chars=60,
                placeholder=label,
                label_visibility="collapsed",
                width="stretch",
            )
            row.form_submit_button(
                "Check", type="primary", on_click=_commit, args=(name, read)
            )
        problem = st.session_state.pop(f"{name}.problem", None)
        if problem:
            st.caption(f":material/edit: {plain(problem)}")
        _show_me(name)
        return False
    guess = st.session_state[name].guess
    if guess is None:
        _answered(name, question, None, False, f"It is **{truth}**.", explain)
    else:
        right, said = verdict(guess)
        _answered(name, question, guess, right, said, explain)
    return True


def _heading(question: str) -> None:
    st.markdown(f"**Predict first.** {question}")


def _show_me(name: str) -> None:
    st.button(
        "Show me",
        key=f"{name}.show",
        type="tertiary",
        help="Counts as skipped",
        on_click=_skip,
        args=(name,),
    )


def _answered(
    name: str, question: str, guess: Any, right: bool, said: str, explain: str
) -> None:
    st.markdown(f"**You predicted.** {question}")
    if guess is None:
        icon = ":material/skip_next: Skipped."
    elif right:
        icon = ":material/check_circle: **Right.**"
    else:
        icon = ":material/close: **Not quite.**"
    st.markdown(f"{icon} {said} {explain}")
    st.button(
        "Ask me again",
        key=f"{name}.again",
        type="tertiary",
        on_click=_ask_again,
        args=(name,),
    )


def _name(key: str, question: str) -> str:
    """A new question forgets the guess of the old one."""
    digest = hashlib.blake2b(question.encode(), digest_size=4).hexdigest()
    return f"guess.{inputs.current().page}.{key}.{digest}"


def _commit(name: str, read: Callable[[str], Any]) -> None:
    try:
        guess = read(st.session_state.get(f"{name}.guess") or "")
    except ValueError as error:
        st.session_state[f"{name}.problem"] = str(error)
        return
    st.session_state[name] = Committed(guess)


def _commit_choice(name: str) -> None:
    st.session_state[name] = Committed(st.session_state[f"{name}.guess"])


def _skip(name: str) -> None:
    st.session_state[name] = Committed(None)


def _ask_again(name: str) -> None:
    st.session_state.pop(name, None)
