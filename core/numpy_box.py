"""One line of NumPy that a learner types, worked out without ever running it.

The text is read into a tree, and each node of a short list of allowed ones is done by
hand with the real NumPy. Sizes are known before an operation starts, and as all
numbers are 64-bit floats no power can take long: nothing that fits in the box hangs.
"""

import ast
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from core.safe_source import ExpressionError, read
from core.types import Array

MAX_ELEMENTS = 10_000
MAX_AXES = 6
FUNCTIONS = ("dot", "outer", "sum")
METHODS = ("dot", "reshape", "sum")
OPERATORS: Mapping[type[ast.operator], Callable[[Array, Array], Array]] = {
    ast.Add: np.add,
    ast.Sub: np.subtract,
    ast.Mult: np.multiply,
    ast.Div: np.divide,
    ast.MatMult: np.matmul,
    ast.Pow: np.power,
}

# What a step of the calculation can be: an array (also of no axes) or a shape.
Value = Array | tuple[int, ...]


class NumpyError(ExpressionError):
    """NumPy itself refuses: message holds its own words."""


@dataclass(frozen=True)
class Box:
    """The learner's text, to point at, and the arrays it may name."""

    text: str
    names: Mapping[str, Array]

    def refuse(self, node: ast.AST, message: str) -> ExpressionError:
        """The error that points at this node."""
        return ExpressionError(message, self.text, getattr(node, "col_offset", 0))


def evaluate(text: str, names: Mapping[str, Array]) -> Array | float | tuple[int, ...]:
    """What NumPy makes of one typed line, such as "np.dot(a, a.T)" or "a[:, None]".

    names: the arrays that the line may use, up to 10,000 elements each → an array,
    a float if the result has no axes, or a tuple for a shape

    Raises ExpressionError for what the box does not allow, and NumpyError with
    NumPy's own words for shapes that do not fit. Notes §4.4
    """
    tree = read(text)
    result = value_of(tree, Box(text, names))
    if isinstance(result, tuple):
        return result
    return np.array(result) if result.ndim else float(result)


def value_of(node: ast.expr, box: Box) -> Value:
    """The value of one node of the tree, its parts first."""
    if isinstance(node, ast.Constant):
        return _number(node, box)
    if isinstance(node, ast.Name):
        return _named(node, box)
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub | ast.UAdd):
        operand = _array(node.operand, box)
        return -operand if isinstance(node.op, ast.USub) else operand
    if isinstance(node, ast.BinOp):
        return _operation(node, box)
    if isinstance(node, ast.Attribute):
        return _attribute(node, box)
    if isinstance(node, ast.Subscript):
        return _indexed(node, box)
    if isinstance(node, ast.Call):
        return _call(node, box)
    raise box.refuse(node, _not_allowed(node))


def _number(node: ast.Constant, box: Box) -> Array:
    if type(node.value) not in (int, float):
        raise box.refuse(node, f"{node.value!r} is not a number.")
    number = np.asarray(float(node.value))  # type: ignore[arg-type]
    return _checked(number, node, node.col_offset, box)


def _named(node: ast.Name, box: Box) -> Array:
    if node.id not in box.names:
        known = ", ".join(box.names)
        raise box.refuse(node, f"There is no {node.id} here. The arrays are {known}.")
    array = np.asarray(box.names[node.id], dtype=np.float64)
    return _checked(array, node, node.col_offset, box)


def _array(node: ast.expr, box: Box) -> Array:
    """The value of a node that has to be an array or a number."""
    value = value_of(node, box)
    if isinstance(value, tuple):
        raise box.refuse(node, f"{value} is a shape: it cannot be calculated with.")
    return value


def _operation(node: ast.BinOp, box: Box) -> Array:
    operate = OPERATORS.get(type(node.op))
    a, b = _array(node.left, box), _array(node.right, box)
    at = _operator_position(node, box.text)
    if operate is None:
        sign = box.text[at : node.right.col_offset].rstrip(" (")
        message = f"The operator {sign} is not in this box: + - * / @ ** are."
        raise ExpressionError(message, box.text, at)
    size = _product_size(a, b) if operate is np.matmul else _stretched_size(a, b)
    return _run(lambda: operate(a, b), size, node, at, box)


def _attribute(node: ast.Attribute, box: Box) -> Value:
    if isinstance(node.value, ast.Name) and node.value.id == "np":
        message = f"np.{node.attr} needs parentheses, or is not in this box."
        raise box.refuse(node, message)
    if node.attr not in ("T", "shape"):
        message = f"After a dot this box knows T, shape, {', '.join(METHODS)}(…)."
        raise box.refuse(node, message)
    array = _array(node.value, box)
    return array.shape if node.attr == "shape" else array.T


def _call(node: ast.Call, box: Box) -> Array:
    name, inputs = _called(node, box)
    options = {str(k.arg): k.value for k in node.keywords}
    if name == "sum":
        return _sum(node, inputs, options, box)
    if options:
        raise box.refuse(node, f"{name} takes no names with an = sign here.")
    if name == "reshape":
        return _reshape(node, inputs, box)
    if len(inputs) != 2:
        message = f"{name} takes two arrays, as in np.{name}(a, b) or a.dot(b)."
        raise box.refuse(node, message)
    a, b = (_array(part, box) for part in inputs)
    if name == "outer":
        size = a.size * b.size
        return _run(lambda: np.outer(a, b), size, node, node.col_offset, box)
    size = _product_size(a, b)
    return _run(lambda: np.dot(a, b), size, node, node.col_offset, box)


def _called(node: ast.Call, box: Box) -> tuple[str, list[ast.expr]]:
    """The function's name and all its inputs: a.dot(b) is the same as dot(a, b)."""
    function = node.func
    if isinstance(function, ast.Name) and function.id in FUNCTIONS:
        return function.id, node.args
    if isinstance(function, ast.Attribute):
        owner = function.value
        is_np = isinstance(owner, ast.Name) and owner.id == "np"
        if is_np and function.attr in FUNCTIONS:
            return function.attr, node.args
        if not is_np and function.attr in METHODS:
            return function.attr, [owner, *node.args]
    known = "np.dot, np.outer, np.sum, .dot, .sum and .reshape"
    raise box.refuse(node, f"This box can only call {known}.")


def _sum(
    node: ast.Call, inputs: list[ast.expr], options: dict[str, ast.expr], box: Box
) -> Array:
    if len(inputs) == 2 and "axis" not in options:
        options = {**options, "axis": inputs.pop()}
    if len(inputs) != 1 or not options.keys() <= {"axis", "keepdims"}:
        message = "sum takes one array, axis=… and keepdims=True or False."
        raise box.refuse(node, message)
    a = _array(inputs[0], box)
    axis = _axis(options["axis"], box) if "axis" in options else None
    keepdims = _flag(options["keepdims"], box) if "keepdims" in options else False
    return _run(
        lambda: np.sum(a, axis=axis, keepdims=keepdims),
        a.size,
        node,
        node.col_offset,
        box,
    )


def _reshape(node: ast.Call, inputs: list[ast.expr], box: Box) -> Array:
    a = _array(inputs[0], box)
    wanted = inputs[1:]
    if len(wanted) == 1:
        shape = _wholes(wanted[0], box)
    else:
        shape = tuple(_whole(part, box) for part in wanted)
    return _run(lambda: a.reshape(shape), a.size, node, node.col_offset, box)


def _indexed(node: ast.Subscript, box: Box) -> Value:
    value = value_of(node.value, box)
    if isinstance(value, tuple):
        return np.asarray(float(_entry(value, node.slice, box)))
    array = value
    parts = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
    key = tuple(_index(part, box) for part in parts)
    at = node.slice.col_offset
    return _run(lambda: np.asarray(array[key]), array.size, node, at, box)


def _index(node: ast.expr, box: Box) -> int | slice | None:
    """None, a whole number, or a slice such as : or 1:3."""
    if isinstance(node, ast.Constant) and node.value is None:
        return None
    if isinstance(node, ast.Slice) and node.step is None:
        ends = (node.lower, node.upper)
        return slice(*(None if end is None else _whole(end, box) for end in ends))
    return _whole(node, box)


def _axis(node: ast.expr, box: Box) -> int | tuple[int, ...] | None:
    if isinstance(node, ast.Constant) and node.value is None:
        return None
    return _wholes(node, box) if isinstance(node, ast.Tuple) else _whole(node, box)


def _flag(node: ast.expr, box: Box) -> bool:
    if isinstance(node, ast.Constant) and isinstance(node.value, bool):
        return node.value
    raise box.refuse(node, "keepdims is True or False.")


def _wholes(node: ast.expr, box: Box) -> tuple[int, ...]:
    """Several whole numbers: (5, 1), a shape such as b.shape, or one number alone."""
    if isinstance(node, ast.Tuple):
        return tuple(_whole(part, box) for part in node.elts)
    if isinstance(node, ast.Attribute) and node.attr == "shape":
        return _array(node.value, box).shape
    return (_whole(node, box),)


def _whole(node: ast.expr, box: Box) -> int:
    """One whole number: 5, -1, or a length such as a.shape[0]."""
    if isinstance(node, ast.Constant) and type(node.value) is int:
        if node.value > MAX_ELEMENTS:
            raise box.refuse(node, f"At most {MAX_ELEMENTS:,} here, please.")
        return node.value
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        return -_whole(node.operand, box)
    if isinstance(node, ast.Subscript):
        shape = value_of(node.value, box)
        if isinstance(shape, tuple):
            return _entry(shape, node.slice, box)
    raise box.refuse(node, "A whole number belongs here, such as 0, 5 or -1.")


def _entry(shape: tuple[int, ...], node: ast.expr, box: Box) -> int:
    """The entry of a shape at the place that `node` says."""
    place = _whole(node, box)
    if -len(shape) <= place < len(shape):
        return shape[place]
    raise box.refuse(node, f"The shape {shape} has no entry number {place}.")


def _stretched_size(a: Array, b: Array) -> int:
    """Elements of a + b; 0 if the shapes do not fit, so that NumPy can say so."""
    try:
        size: int = math.prod(np.broadcast_shapes(a.shape, b.shape))
    except ValueError:
        return 0
    return size


def _product_size(a: Array, b: Array) -> int:
    """Elements that a dot b can have at most: all rows of a with all columns of b."""
    if a.ndim == 0 or b.ndim == 0:
        return a.size * b.size
    rows: int = a.size // max(a.shape[-1], 1)
    columns: int = b.size // max(b.shape[-2 if b.ndim > 1 else -1], 1)
    return rows * columns


def _run(
    operate: Callable[[], Array], size: int, node: ast.expr, at: int, box: Box
) -> Array:
    """Let NumPy do it, if the size is known to be small; its refusals in its words."""
    if size > MAX_ELEMENTS:
        message = f"This would have {size:,} elements; the box holds {MAX_ELEMENTS:,}."
        raise ExpressionError(message, box.text, at)
    try:
        # Overflow and division by zero are reported below, with their place.
        with np.errstate(all="ignore"):
            result = np.asarray(operate(), dtype=np.float64)
    except (ValueError, IndexError, TypeError) as error:
        raise NumpyError(str(error).strip(), box.text, at) from None
    return _checked(result, node, at, box)


def _checked(array: Array, node: ast.expr, at: int, box: Box) -> Array:
    """The same array, if it is small enough to show and made of ordinary numbers."""
    if array.ndim > MAX_AXES or array.size > MAX_ELEMENTS:
        message = f"{array.shape}: at most {MAX_AXES} axes, {MAX_ELEMENTS:,} elements."
        raise ExpressionError(message, box.text, at)
    if not np.isfinite(array).all():
        divides = isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div)
        message = (
            "This divides by zero, or the result is too large."
            if divides
            else "This is too large for a float, or no real number."
        )
        raise ExpressionError(message, box.text, at)
    return array


def _operator_position(node: ast.BinOp, text: str) -> int:
    """Where the sign stands: after the left side, its parentheses and spaces."""
    position = node.left.end_col_offset or 0
    while text[position] in ") \t\u00a0":
        position += 1
    return position


def _not_allowed(node: ast.expr) -> str:
    """What the box can do, for someone who tried something else."""
    if isinstance(node, ast.List | ast.Tuple):
        return "The box makes no new arrays. Use the ones that have names."
    if isinstance(node, ast.Compare):
        return "The box does not compare. Look at the values instead."
    return "The box knows numbers, names, + - * / @ **, .T, .shape, […] and calls."
