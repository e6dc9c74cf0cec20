"""What a learner typed, read as one Python expression without ever running it."""

import ast

# One character for one character, so that positions stay those of the typed text.
LOOKALIKES = str.maketrans(
    {"−": "-", "–": "-", "×": "*", "·": "*", "÷": "/", "\t": " ", "\u00a0": " "}
)
NO_PLACE = "\"'`\\#;"
SYNTAX_HINTS = (
    ("never closed", "This bracket is never closed."),
    ("unmatched", "This bracket closes nothing."),
    ("does not match", "This bracket does not match the one that was opened."),
    ("decimal literal", "A number runs into a name here: write 3*a, not 3a."),
    ("invalid character", "This character is not one that formulas are made of."),
)


class ExpressionError(ValueError):
    """A typed expression that cannot be used: why, and at which character.

    message says what to change; position counts characters of text from 0 and may
    be len(text) when something is missing at the end.
    """

    def __init__(self, message: str, text: str = "", position: int = 0) -> None:
        super().__init__(message)
        self.message = message
        self.text = text
        self.position = min(max(position, 0), len(text))

    def pointer(self) -> str:
        """The text, and under it a caret at the character that is meant."""
        shown = "".join(c if c.isprintable() else " " for c in self.text)
        return f"{shown}\n{' ' * self.position}^"


def read(
    text: str, max_length: int = 200, max_depth: int = 60, max_nodes: int = 200
) -> ast.expr:
    """The syntax tree of one typed expression; nothing is evaluated.

    In the tree, col_offset and end_col_offset count characters of text, so that
    a later complaint can point at ExpressionError(message, text, node.col_offset).

    Raises ExpressionError, and nothing else, for a text that is empty, too long,
    nested too deeply, made of too many parts, or not an expression.
    """
    _check_characters(text, max_length)
    plain = text.translate(LOOKALIKES)
    start = len(plain) - len(plain.lstrip(" "))
    source = plain.strip(" ")
    try:
        tree = ast.parse(source, mode="eval").body
    except SyntaxError as error:
        # Python reports offset 0 when the text stops too early: point at its end.
        position = start + (error.offset - 1 if error.offset else len(source))
        raise ExpressionError(_syntax_message(error), text, position) from None
    except (ValueError, MemoryError, RecursionError):
        raise ExpressionError("This is too tangled to read.", text) from None
    _check_size(tree, text, max_depth, max_nodes)
    _count_in_characters(tree, source, start)
    return tree


def _check_characters(text: str, max_length: int) -> None:
    """Refuse at once what no formula needs, pointing at the first such character."""
    if not text.strip():
        raise ExpressionError("Nothing is typed here yet.", text)
    if len(text) > max_length:
        message = f"At most {max_length} characters, please: this has {len(text)}."
        raise ExpressionError(message, text, max_length)
    for position, character in enumerate(text.translate(LOOKALIKES)):
        if not character.isprintable():
            message = "A character that cannot be seen stands here: delete it."
            raise ExpressionError(message, text, position)
        if character in NO_PLACE:
            message = f"The character {character} has no place in a formula."
            raise ExpressionError(message, text, position)


def _syntax_message(error: SyntaxError) -> str:
    """What Python found wrong, in words that say what to change."""
    for fragment, hint in SYNTAX_HINTS:
        if fragment in error.msg:
            return hint
    return "Up to here it reads well; here something is missing or too much."


def _check_size(tree: ast.expr, text: str, max_depth: int, max_nodes: int) -> None:
    """Count parts and levels with a list instead of recursion, so no depth hurts."""
    waiting: list[tuple[ast.AST, int]] = [(tree, 1)]
    nodes = 0
    while waiting:
        node, depth = waiting.pop()
        nodes += 1
        if depth > max_depth:
            message = f"More than {max_depth} steps one inside another: shorten it."
            raise ExpressionError(message, text)
        if nodes > max_nodes:
            message = f"More than {max_nodes} parts: shorten it."
            raise ExpressionError(message, text)
        children = ast.iter_child_nodes(node)
        waiting += [(c, depth + 1) for c in children if hasattr(c, "col_offset")]


def _count_in_characters(tree: ast.expr, source: str, start: int) -> None:
    """Python counts UTF-8 bytes of the trimmed text; a learner counts characters."""
    encoded = source.encode()
    for node in ast.walk(tree):
        if isinstance(node, ast.expr | ast.keyword):
            end = node.end_col_offset or node.col_offset
            node.col_offset = start + len(encoded[: node.col_offset].decode())
            node.end_col_offset = start + len(encoded[:end].decode())
