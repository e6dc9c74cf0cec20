"""Formulas that a learner types, read without ever running them as Python.

`parse` goes in three steps: cut the text into tokens, check that they follow one
another sensibly (this is where nearly all messages come from, each with its place in
the text), then let `ast` find the structure and rebuild it from a short list of
allowed nodes. Nothing is evaluated but our own tree, and only in float64.
"""

import ast
import difflib
import keyword
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from core.formula import (
    CONSTANTS,
    Apply,
    Constant,
    Node,
    Number,
    Variable,
    differentiate,
    evaluate,
    to_latex,
    to_numpy,
    to_text,
    variables_of,
)
from core.operations import OPERATIONS
from core.safe_source import ExpressionError
from core.types import Array

__all__ = ["Expression", "ExpressionError", "parse"]

MAX_LENGTH = 200
MAX_DEPTH = 40
MAX_NODES = 120
MAX_NUMBER = 1e100
MAX_EXPONENT = 100.0

FUNCTION_NAMES = tuple(name for name in OPERATIONS if name.isalpha() and name != "neg")
MANY_INPUTS = ("max", "min")
OPERATORS: Mapping[type[ast.operator], str] = {
    ast.Add: "+",
    ast.Sub: "-",
    ast.Mult: "*",
    ast.Div: "/",
    ast.Pow: "**",
}

# What people copy from a book or a phone, and how it is typed.
SAME_AS: Mapping[str, str] = {
    "·": "*",
    "×": "*",
    "∗": "*",
    "÷": "/",
    "−": "-",
    "–": "-",
    "π": "pi",
    "σ": "sigmoid",
}
SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"

# Names from other places, and what to type here.
OTHER_NAMES: Mapping[str, str] = {
    "ln": "Type log(…): here it is the natural logarithm.",
    "tan": "Type sin(…)/cos(…).",
    "pow": "Type ** for powers, as in a**2.",
    "math": "Type the function alone, as in exp(…).",
    "np": "Type the function alone, as in exp(…).",
    "inf": "A formula is made of ordinary numbers.",
    "nan": "A formula is made of ordinary numbers.",
}
WRONG_CHARACTERS: Mapping[str, str] = {
    "^": "Type ** for powers: a**2 instead of a^2.",
    "=": "A formula has no = sign. Type only what stands on its right.",
    "<": "A formula does not compare. It has no < sign.",
    ">": "A formula does not compare. It has no > sign.",
    "[": "Only round parentheses ( ) are used here.",
    "]": "Only round parentheses ( ) are used here.",
    "{": "Only round parentheses ( ) are used here.",
    "}": "Only round parentheses ( ) are used here.",
    ".": "A dot belongs inside a number, as in 0.5.",
    "'": "A formula has no text in quotes.",
    '"': "A formula has no text in quotes.",
    "|": "Type abs(…) for the absolute value.",
    "!": "The sign ! has no meaning here.",
    "√": "Type sqrt(…) for a square root.",
}


@dataclass(frozen=True)
class Token:
    """A piece of the learner's text: its kind, how Python writes it, where it stood.

    kind is one of number, name, function, operator, power, (, ) and the comma.
    """

    kind: str
    source: str
    shown: str
    position: int


@dataclass(frozen=True)
class Expression:
    """A formula that was read: to evaluate, to differentiate, to write down.

    `tree` is the formula itself, `text` its tidy form. That reads back as the same,
    unless it has become longer than a learner may type.
    """

    text: str
    variables: tuple[str, ...]
    tree: Node

    def numpy(self) -> str:
        """Python source with np.* functions, e.g. `np.exp(-a**2)`."""
        return to_numpy(self.tree)

    def latex(self) -> str:
        """The formula as LaTeX."""
        return to_latex(self.tree)

    def value(self, **values: float | Array) -> Array:
        """The value for `a=2.0` or for a whole array at once.

        Same shape as the values together; a float64 number if all are numbers.
        NaN outside the domain and where a result is too large for float64.
        """
        given = self._arrays(values)
        # Outside the domain the answer is NaN by design, so NumPy need not warn.
        with np.errstate(all="ignore"):
            result = evaluate(self.tree, given)
        return shaped(finite_or_nan(result), given)

    def derivative(self, wrt: str, **values: float | Array) -> Array:
        """The exact derivative by the variable `wrt`, in the same manner.

        NaN also where only the slope is missing, like that of sqrt(a) at 0. At kinks:
        abs and relu have slope 0 at 0, tied inputs of max and min count one half each.
        """
        if wrt not in self.variables:
            raise ValueError(f"{wrt!r} is not a variable of this formula.")
        given = self._arrays(values)
        # As in `value`: what has no value becomes NaN, not a warning.
        with np.errstate(all="ignore"):
            dual = differentiate(self.tree, given, wrt)
            slope = np.zeros_like(dual.value) if dual.slope is None else dual.slope
            slope = np.where(np.isfinite(dual.value), finite_or_nan(slope), np.nan)
        return shaped(slope, given)

    def _arrays(self, values: Mapping[str, float | Array]) -> dict[str, Array]:
        """The given values as float64 arrays, one for every variable."""
        if set(values) != set(self.variables):
            wanted = ", ".join(f"{name}=…" for name in self.variables)
            raise ValueError(f"This formula needs exactly these values: {wanted}")
        return {name: np.asarray(v, dtype=np.float64) for name, v in values.items()}


def finite_or_nan(values: Array) -> Array:
    """The values, with NaN for what is infinite."""
    return np.where(np.isfinite(values), values, np.nan)


def shaped(result: Array, given: Mapping[str, Array]) -> Array:
    """The result in the shape of the given values, also if it depends on none."""
    shape = np.broadcast_shapes(*(each.shape for each in given.values()))
    filled: Array = np.broadcast_to(result, shape).copy()[()]
    return filled


def parse(text: str, variables: Sequence[str] = ("a",)) -> Expression:
    """Read a formula in the given variables, or say what is wrong and where.

    Numbers, the variables, + - * / **, parentheses, the functions FUNCTION_NAMES,
    pi and e. Also read: ² ³ · × − π σ. At most MAX_LENGTH characters. Without
    variables it is a calculation, such as 2*0.001.
    Raises ExpressionError.
    """
    names = checked_names(variables)
    if len(text) > MAX_LENGTH:
        message = f"This is {len(text)} characters long; {MAX_LENGTH} are allowed."
        raise ExpressionError(message, text[:MAX_LENGTH], MAX_LENGTH)
    if not text.strip():
        message = f"Type a formula, for example {names[0] if names else 3}**2 + 1."
        raise ExpressionError(message, text, 0)
    tokens = tokenize(text, names)
    check_order(tokens, text)
    tree = Builder(text, names, positions_of(tokens)).build(syntax_tree(tokens, text))
    return Expression(to_text(tree), names, tree)


def checked_names(variables: Sequence[str]) -> tuple[str, ...]:
    """The variables' names, which may not hide a function, a constant or Python."""
    for name in variables:
        taken = name in FUNCTION_NAMES or name in CONSTANTS or keyword.iskeyword(name)
        if taken or not (name.isascii() and name.isidentifier()):
            raise ValueError(f"{name!r} cannot be the name of a variable.")
    if len(set(variables)) != len(variables):
        raise ValueError("The variables of a formula have different names.")
    return tuple(variables)


# Step 1: from text to tokens.

PIECES = re.compile(
    r"(?P<space>\s+)"
    r"|(?P<number>(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)"
    r"|(?P<name>[A-Za-z_][A-Za-z_0-9]*)"
    rf"|(?P<power>[{SUPERSCRIPTS}]+)"
    rf"|(?P<same>[{''.join(SAME_AS)}])"
    r"|(?P<operator>\*\*|[-+*/])"
    r"|(?P<mark>[(),])"
)


def tokenize(text: str, names: tuple[str, ...]) -> list[Token]:
    """Cut the text into tokens; refuse the first character that has no meaning."""
    if (equals := text.find("=")) >= 0:
        # Before all else: in f(a) = a**2 it is not the f that is wrong.
        raise ExpressionError(WRONG_CHARACTERS["="], text, equals)
    tokens: list[Token] = []
    position = 0
    while position < len(text):
        found = PIECES.match(text, position)
        if found is None:
            raise ExpressionError(wrong_character(text, position), text, position)
        piece, kind = found[0], str(found.lastgroup)
        if kind != "space":
            glued = bool(tokens) and not text[position - 1].isspace()
            before = tokens[-1] if glued else None
            tokens.append(token(kind, piece, position, text, names, before))
        position = found.end()
    return tokens


def token(
    kind: str,
    piece: str,
    position: int,
    text: str,
    names: tuple[str, ...],
    before: Token | None,
) -> Token:
    """One token, with the learner's spelling translated into Python's."""
    if kind == "mark":
        return Token(piece, piece, piece, position)
    if kind == "power":
        digits = "".join(str(SUPERSCRIPTS.index(each)) for each in piece)
        source = f"** {number_source(digits, position, text)}"
        return Token("power", source, piece, position)
    if kind == "number":
        return Token("number", number_source(piece, position, text), piece, position)
    source = SAME_AS.get(piece, piece)
    if not source[0].isalpha() and source[0] != "_":
        return Token("operator", source, piece, position)
    if source in FUNCTION_NAMES:
        return Token("function", source, piece, position)
    if source not in names and source not in CONSTANTS:
        called = text[position + len(piece) :].lstrip().startswith("(")
        message = unknown_name(source, names, before, called)
        raise ExpressionError(message, text, position)
    return Token("name", source, piece, position)


def number_source(digits: str, position: int, text: str) -> str:
    """The number as a float literal, so that Python never meets a huge integer."""
    value = float(digits)
    if value > MAX_NUMBER:
        message = f"This number is too large; {MAX_NUMBER:.0e} is the largest."
        raise ExpressionError(message, text, position)
    return repr(value)


def wrong_character(text: str, position: int) -> str:
    """What to say about a character that has no meaning in a formula."""
    character = text[position]
    if character in WRONG_CHARACTERS:
        return WRONG_CHARACTERS[character]
    name = unicodedata.name(character, "").lower()
    if not character.isprintable() or not name:
        return f"There is an invisible character here (U+{ord(character):04X})."
    if character.isascii():
        return f"The sign {character} has no meaning here."
    plain = unicodedata.normalize("NFKC", character)
    advice = f"Type a plain {plain}." if plain.isascii() else "Type plain letters."
    return f"The character {character} ({name}) has no meaning here. {advice}"


def unknown_name(
    name: str, names: tuple[str, ...], before: Token | None, called: bool
) -> str:
    """What to say about a name that is no variable, constant or function.

    called: a parenthesis follows, as after a function.
    """
    if before is not None and before.kind == "number":
        if re.fullmatch(r"_[0-9_]+", name):
            return "Type numbers without _, as in 1000."
        if before.shown == "0" and re.fullmatch(r"[xXbBoO][0-9a-fA-F]+", name):
            return "Type numbers in the decimal system, as in 255."
        if name in ("j", "J"):
            return "A formula has real numbers only, no 1j."
    shown = name if len(name) <= 20 else f"{name[:20]}…"
    if name in OTHER_NAMES:
        return f"{shown} is not known here. {OTHER_NAMES[name]}"
    known = (*names, *CONSTANTS, *FUNCTION_NAMES)
    if product := as_product(name, known):
        return f"{shown} is not known here. To multiply, write {product}."
    alike = FUNCTION_NAMES if called else known
    if near := difflib.get_close_matches(name.lower(), alike, n=1):
        return f"{shown} is not known here. Did you mean {near[0]}?"
    if called:
        return (
            f"{shown} is not known here. The functions are {', '.join(FUNCTION_NAMES)}."
        )
    if not names:
        return f"{shown} is not known here. Type a calculation with numbers."
    kind = "variable is" if len(names) == 1 else "variables are"
    return f"{shown} is not known here. The {kind} {' and '.join(names)}."


def as_product(name: str, known: tuple[str, ...]) -> str:
    """The product that a run of letters may stand for: ab is a*b; '' if it is none."""
    for cut in range(1, len(name)):
        left, right = name[:cut], name[cut:]
        if left in known and left not in FUNCTION_NAMES:
            if right in FUNCTION_NAMES:
                return f"{left}*{right}(…)"
            if right.isdigit():
                return f"{left}*{right}, for a power {left}**{right}"
            if right in known:
                return f"{left}*{right}"
    return ""


# Step 2: do the tokens follow one another sensibly?


def check_order(tokens: list[Token], text: str) -> None:
    """Raise ExpressionError where an operation, a value or a parenthesis is missing."""
    open_marks: list[Token] = []
    before: Token | None = None
    for index, now in enumerate(tokens):
        if ends_value(before):
            message = after_value(before, now, open_marks)
        else:
            after = tokens[index + 1] if index + 1 < len(tokens) else None
            message = before_value(before, now, after)
        if message:
            at_operator = now.kind == ")" and before and before.kind == "operator"
            place = before if at_operator and before else now
            raise ExpressionError(message, text, place.position)
        if now.kind == "(":
            called = before is not None and before.kind == "function"
            open_marks.append(Token("call" if called else "(", "", "", now.position))
        elif now.kind == ")":
            open_marks.pop()
        before = now
    check_end(before, open_marks, text)


def ends_value(before: Token | None) -> bool:
    """Whether a value has just ended, so that an operation must follow."""
    return before is not None and before.kind in ("number", "name", "power", ")")


def before_value(before: Token | None, now: Token, after: Token | None) -> str:
    """What is wrong with `now`, where a value should begin; '' if nothing is."""
    if before is not None and before.kind == "function" and now.kind != "(":
        return call_needed(before)
    if now.kind == "function" and (after is None or after.kind != "("):
        return call_needed(now)
    if now.kind in ("number", "name", "function", "(") or now.source in ("+", "-"):
        return ""
    if now.kind == ")":
        if before is None:
            return "This ) closes a parenthesis that was never opened."
        if before.kind == "(":
            return "There is nothing between these parentheses."
        return f"Something is missing after {before.shown}"
    if before is None or before.kind in ("(", ","):
        return f"Something is missing before {now.shown}"
    if before.source == now.source == "*":
        return "A power is written ** without a space between."
    return f"{before.shown} and {now.shown} cannot follow one another."


def call_needed(function: Token) -> str:
    """The message for a function without its parentheses."""
    return f"{function.source} needs parentheses, as in {function.source}(…)."


def after_value(before: Token | None, now: Token, open_marks: list[Token]) -> str:
    """What is wrong with `now`, where a value has just ended; '' if nothing is."""
    if before is None or now.kind == "operator":
        if before and before.kind == "power" and now.source == "**":
            return f"Put parentheses around the power before {now.shown}"
        return ""
    if now.kind == ")":
        return (
            "" if open_marks else "This ) closes a parenthesis that was never opened."
        )
    if now.kind == ",":
        if open_marks and open_marks[-1].kind == "call":
            return ""
        if before.kind == "number":
            return "Type a dot in decimal numbers, as in 0.5."
        return "A comma only separates the values of a function, as in max(1, 2)."
    if now.kind == "power":
        return (
            "Put parentheses around the first power." if before.kind == now.kind else ""
        )
    if now.kind == before.kind == "number":
        return f"An operation is missing between {before.shown} and {now.shown}"
    left = "(…)" if before.kind == ")" else before.shown
    right = {"function": f"{now.shown}(…)", "(": "(…)"}.get(now.kind, now.shown)
    return f"Multiplication needs its sign: write {left}*{right}"


def check_end(last: Token | None, open_marks: list[Token], text: str) -> None:
    """Raise ExpressionError for a parenthesis left open or a value that never comes."""
    if last is not None and last.kind == "operator":
        message = f"Something is missing after {last.shown}"
        raise ExpressionError(message, text, last.position)
    if open_marks:
        message = "This ( is never closed."
        raise ExpressionError(message, text, open_marks[-1].position)


# Step 3: from tokens to the tree.


def positions_of(tokens: list[Token]) -> dict[int, int]:
    """From a place in the source that `syntax_tree` reads to the learner's text."""
    places, offset = {}, 0
    for each in tokens:
        places[offset] = each.position
        places[offset + len("** ")] = each.position  # the number of a superscript
        offset += len(each.source) + 1
    return places


def syntax_tree(tokens: list[Token], text: str) -> ast.expr:
    """Python's own reading of the tokens: which operation goes first."""
    source = " ".join(each.source for each in tokens)
    try:
        return ast.parse(source, mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise ExpressionError("This formula cannot be read.", text, 0) from None


class Builder:
    """Rebuilds Python's tree as ours, and lets nothing through that is not listed."""

    def __init__(self, text: str, names: tuple[str, ...], places: Mapping[int, int]):
        self.text = text
        self.names = names
        self.places = places
        self.nodes = 0

    def build(self, node: ast.expr, depth: int = 1) -> Node:
        """The tree below this node, checked."""
        self.nodes += 1
        if depth > MAX_DEPTH:
            message = f"At most {MAX_DEPTH} operations, in a row or one inside another."
            raise self.error(message, node)
        if self.nodes > MAX_NODES:
            raise self.error(f"A formula has at most {MAX_NODES} parts.", node)
        if isinstance(node, ast.Constant) and type(node.value) is float:
            return Number(node.value)
        if isinstance(node, ast.Name) and node.id in self.names:
            return Variable(node.id)
        if isinstance(node, ast.Name) and node.id in CONSTANTS:
            return Constant(node.id)
        if isinstance(node, ast.UnaryOp):
            return self.sign(node, depth)
        if isinstance(node, ast.BinOp) and type(node.op) in OPERATORS:
            left = self.build(node.left, depth + 1)
            right = self.build(node.right, depth + 1)
            operation = OPERATORS[type(node.op)]
            if operation == "**":
                self.check_exponent(right, node.right)
            return self.checked(Apply(operation, (left, right)), node)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            return self.call(node, node.func.id, depth)
        raise self.error("This is not part of a formula.", node)

    def sign(self, node: ast.UnaryOp, depth: int) -> Node:
        """−u, and +u, which is u."""
        inner = self.build(node.operand, depth + 1)
        if isinstance(node.op, ast.UAdd):
            return inner
        if isinstance(node.op, ast.USub):
            return Apply("neg", (inner,))
        raise self.error("This is not part of a formula.", node)

    def call(self, node: ast.Call, name: str, depth: int) -> Node:
        """A function of one value, or max and min of two and more, pair by pair."""
        if name not in FUNCTION_NAMES or node.keywords:
            raise self.error("This is not part of a formula.", node)
        count = len(node.args)
        if name in MANY_INPUTS and count < 2:
            raise self.error(f"{name} takes two values or more, this has one.", node)
        if name not in MANY_INPUTS and count != 1:
            raise self.error(f"{name} takes one value, this has {count}.", node)
        first, *others = [self.build(each, depth + 1) for each in node.args]
        if not others:
            return self.checked(Apply(name, (first,)), node)
        for other in others:
            first = Apply(name, (first, other))
        return first

    def checked(self, made: Apply, node: ast.expr) -> Apply:
        """The node; refused if it holds no variable and yet has no value, like 1/0."""
        if not variables_of(made) and not np.isfinite(constant_value(made)):
            shown = to_text(made)
            if len(shown) > 30:
                shown = "This"
            raise self.error(f"{shown} has no value.", node)
        return made

    def check_exponent(self, exponent: Node, node: ast.expr) -> None:
        """Refuse a constant exponent so large that the power could only overflow."""
        if not variables_of(exponent) and abs(constant_value(exponent)) > MAX_EXPONENT:
            message = f"An exponent is at most {MAX_EXPONENT:.0f} here."
            raise self.error(message, node)

    def error(self, message: str, node: ast.expr) -> ExpressionError:
        """The error, at the place of this node in the learner's text."""
        return ExpressionError(message, self.text, self.places.get(node.col_offset, 0))


def constant_value(node: Node) -> float:
    """The value of a part without variables; NaN or infinite where it has none."""
    # 1/0 and 9**9**9 are asked for their value on purpose, to refuse them by name.
    with np.errstate(all="ignore"):
        return float(evaluate(node, {}))
