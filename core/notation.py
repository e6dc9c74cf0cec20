"""Every symbol of a network, once: how it is written, its shape, what it is.

Layer 0 is the input, the last layer the output. A number in square brackets is the
layer, one in round brackets the example, a subscript the unit.
"""

from collections.abc import Mapping
from dataclasses import dataclass

# A shape in letters, such as ("n_h", "n_x"); () is a single number.
Letters = tuple[str, ...]


@dataclass(frozen=True)
class Symbol:
    """One symbol of the notes.

    `kind` names it without its layer; `code` is what it is called in the code, empty
    for what is only a part of an array there.
    """

    kind: str
    layer: int
    text: str
    latex: str
    code: str
    shape: Letters
    meaning: str

    def numbers(self, sizes: Mapping[str, int]) -> tuple[int, ...]:
        """Its shape with numbers for the letters."""
        return tuple(1 if n == "1" else sizes[n] for n in self.shape)


def size_letters(layers: int) -> Letters:
    """What the numbers of units are called, from the input to the output.

    layers counts the hidden ones and the output: 2 → n_x, n_h, n_y
    """
    hidden = [f"n[{layer}]" for layer in range(1, layers)]
    return ("n_x", *(["n_h"] if layers == 2 else hidden), "n_y")


def symbols(layers: int = 2) -> tuple[Symbol, ...]:
    """Every symbol of a network, in the order in which its numbers flow. Notes §5.1"""
    letters = size_letters(layers)
    found = input_symbols()
    for layer in range(1, layers + 1):
        found += layer_symbols(layer, letters[layer - 1], letters[layer])
    return found + output_symbols(layers)


def input_symbols() -> tuple[Symbol, ...]:
    """x⁽ⁱ⁾, X and a[0]: what goes in. Notes §5, §5.1"""
    return (
        Symbol(
            "x_i", 0, "x⁽ⁱ⁾", "x^{(i)}", "", ("n_x", "1"),
            "example i: its features in one column",
        ),
        Symbol(
            "X", 0, "X", "X", "X", ("n_x", "m"),
            "all examples, one in each column; it is also called A[0]",
        ),
        Symbol(
            "a", 0, "a[0]", "a^{[0]}", "", ("n_x", "1"),
            "x again, under the name that every layer's output has",
        ),
    )  # fmt: skip


def layer_symbols(layer: int, n_in: str, n: str) -> tuple[Symbol, ...]:
    """What a layer of n units with n_in inputs consists of. Notes §5.1 to §5.3"""
    top, into = f"[{layer}]", "x" if layer == 1 else f"a[{layer - 1}]"
    all_into = "X" if layer == 1 else f"A[{layer - 1}]"
    up = f"^{{[{layer}]}}"
    return (
        Symbol(
            "W", layer, f"W{top}", f"W{up}", f"W{layer}", (n, n_in),
            "all weights of the layer: a row for each unit, a column for each input",
        ),
        Symbol(
            "w_j", layer, f"wⱼ{top}", f"w_j{up}", "", (n_in, "1"),
            f"the weights of unit j as a column; transposed, it is row j of W{top}",
        ),
        Symbol(
            "b", layer, f"b{top}", f"b{up}", f"b{layer}", (n, "1"),
            "the biases, one for each unit",
        ),
        Symbol(
            "z", layer, f"z{top}", f"z{up}", "", (n, "1"),
            f"W{top} {into} + b{top}: the weighted sums for one example",
        ),
        Symbol(
            "a", layer, f"a{top}", f"a{up}", "", (n, "1"),
            f"g(z{top}): what the layer passes on for one example",
        ),
        Symbol(
            "a_j", layer, f"aⱼ{top}", f"a_j{up}", "", (),
            f"what unit j passes on: entry j of a{top}",
        ),
        Symbol(
            "a_i", layer, f"a{top}⁽ⁱ⁾", f"a^{{[{layer}](i)}}", "", (n, "1"),
            f"a{top} for example i: column i of A{top}",
        ),
        Symbol(
            "Z", layer, f"Z{top}", f"Z{up}", f"Z{layer}", (n, "m"),
            f"W{top} {all_into} + b{top}: a row for each unit, a column for each "
            "example",
        ),
        Symbol(
            "A", layer, f"A{top}", f"A{up}", f"A{layer}", (n, "m"),
            f"g(Z{top}): all that the layer passes on, example beside example",
        ),
    )  # fmt: skip


def output_symbols(layers: int) -> tuple[Symbol, ...]:
    """ŷ and Y: what comes out, and what it is compared with. Notes §5, §5.1"""
    return (
        Symbol(
            "y_hat", layers, "ŷ", r"\hat{y}", "", ("n_y", "1"),
            f"the prediction: another name of a[{layers}], the last layer's output",
        ),
        Symbol(
            "Y", layers, "Y", "Y", "Y", ("n_y", "m"),
            f"the true labels, one example in each column, like A[{layers}]",
        ),
    )  # fmt: skip
