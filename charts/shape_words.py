"""Words about shapes: the question, the formula and the table of a network."""

from collections.abc import Mapping

import pandas as pd

from charts.network_shapes import Net, in_letters, in_numbers
from core.network_shapes import network_shapes, parameter_count
from core.notation import Symbol, symbols

Shape = tuple[int, ...]

# The products to predict, by their name in the address.
PRODUCTS: Mapping[str, str] = {"Wx": "W[1] x", "WX": "W[1] X", "WA": "W[2] A[1]"}
# Another network than the one on the screen: n_x, n_h, n_y and m.
ASKED = ((2, 6, 3), 9), ((5, 2, 4), 8)


def question(product: str, sizes: tuple[int, ...], m: int) -> tuple[str, Shape, str]:
    """The shape of one product in another network: question, truth, explanation."""
    asked, many = next(each for each in ASKED if each != (sizes, m))
    truth, W, X = _product(product, asked, many)
    here, left, right = _product(product, sizes, m)
    n_x, n_h, n_y = asked
    words = (
        f"Another network has n_x = {n_x}, n_h = {n_h}, n_y = {n_y} and m = {many}. "
        f"What is the shape of `{PRODUCTS[product]}`?"
    )
    why = (
        f"`{W}` times `{X}`: the inner numbers agree and go, the outer ones stay. In "
        f"your network it is `{left}` times `{right}`, so `{here}`."
    )
    return words, truth, why


def _product(
    product: str, sizes: tuple[int, ...], m: int
) -> tuple[Shape, Shape, Shape]:
    """The shape of a product, and of its two factors."""
    layers = network_shapes(sizes, 1 if product == "Wx" else m)
    layer = layers[1 if product == "WA" else 0]
    into = (layer.W[1], layer.Z[1])
    return layer.Z, layer.W, into


def formulas(sizes: tuple[int, ...], m: int) -> str:
    """Each layer's two equations, with the shape of every array under it."""
    net = Net(sizes, m)
    named = {(s.kind, s.layer): s for s in symbols(net.layers)}
    # Side by side where a phone has room for the shapes.
    then = r"\qquad {} = " if max(*sizes, m) < 100 else r"\\[0.4em] {} &= "
    rows = []
    for layer in range(1, net.layers + 1):
        into = named["X", 0] if layer == 1 else named["A", layer - 1]
        Z, W, b, A = (_under(net, named[kind, layer]) for kind in "ZWbA")
        g = r"\sigma" if layer == net.layers else "g"
        rows.append(
            rf"{Z} &= {W} \, {_under(net, into)} + {b} {then.format(A)}"
            rf"{g}\big({named['Z', layer].latex}\big)"
        )
    body = r" \\[0.4em] ".join(rows)
    return rf"\begin{{aligned}} {body} \end{{aligned}}"


def _under(net: Net, symbol: Symbol) -> str:
    # As one piece of text: the browser sets a formula sign by sign.
    return rf"\underset{{\text{{{in_numbers(net, symbol)}}}}}{{{symbol.latex}}}"


def shapes_table(sizes: tuple[int, ...], m: int) -> pd.DataFrame:
    """Every symbol and its name in the code: what it is, its shape, here too."""
    net = Net(sizes, m)
    rows = [
        (
            f"{s.text} `{s.code}`" if s.code not in {"", s.text} else s.text,
            s.meaning,
            in_letters(s),
            in_numbers(net, s),
        )
        for s in symbols(net.layers)
    ]
    return pd.DataFrame(rows, columns=["symbol", "what it is", "shape", "here"])


def count_sentence(sizes: Shape, m: int) -> str:
    """What to notice about a network of these sizes."""
    learned = parameter_count(sizes)
    return (
        "**What to notice.** Read a shape as (units of this layer, inputs or "
        "examples). `W` has a row for each unit and a column for each input, so "
        "the columns of `W` are as many as the rows of what it is multiplied with. "
        f"Only `W` and `b` are learned: {learned:,} numbers here. Their shapes do not "
        f"depend on m: all {m:,} examples share one `W` and one `b`, so each "
        "example has its own column of `Z` and of `A`, z⁽ⁱ⁾ and a⁽ⁱ⁾, but there is "
        "never a W⁽ⁱ⁾."
    )


def script_prints(sizes: Shape) -> tuple[tuple[str, str], ...]:
    """What the script prints: the shapes of every layer, and what the page counts."""
    last = len(sizes) - 2
    names = [f"layer {layer + 1}" for layer in range(last)] + ["the output layer"]
    return (
        *(
            (f"shapes of {name}", f"network_shapes(sizes, m)[{k}]")
            for k, name in enumerate(names)
        ),
        ("parameters", "parameter_count(sizes)"),
        ("error of W.T X", "product_error((sizes[0], sizes[1]), (sizes[0], m))"),
    )
