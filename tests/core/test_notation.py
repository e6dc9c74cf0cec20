"""Each symbol is declared once, and its shape is that of the array."""

import numpy as np
import pytest

from core.network_shapes import network_shapes
from core.notation import size_letters, symbols


@pytest.mark.parametrize("layers", [2, 3, 4])
def test_each_symbol_is_declared_once(layers):
    found = symbols(layers)
    for name in ("text", "latex"):
        written = [getattr(symbol, name) for symbol in found]
        assert len(set(written)) == len(written)
    codes = [symbol.code for symbol in found if symbol.code]
    assert len(set(codes)) == len(codes)
    assert all(symbol.meaning for symbol in found)


@pytest.mark.parametrize("sizes", [(3, 4, 1), (2, 5, 3, 1), (7, 6, 5, 4, 3)])
def test_the_letters_stand_for_the_shapes_of_the_arrays(sizes):
    m, layers = 9, len(sizes) - 1
    letters = dict(zip(size_letters(layers), sizes, strict=True)) | {"m": m}
    shapes = network_shapes(sizes, m)
    for symbol in symbols(layers):
        numbers = symbol.numbers(letters)
        if symbol.kind in "WbZA":
            assert numbers == getattr(shapes[symbol.layer - 1], symbol.kind)
        elif symbol.kind == "w_j":
            assert numbers == (shapes[symbol.layer - 1].W[1], 1)
        elif symbol.kind == "a_j":
            assert numbers == ()
        elif symbol.kind in {"z", "a", "a_i", "y_hat"}:
            assert numbers == (sizes[symbol.layer], 1)
        else:
            assert numbers[1] in {1, m}


def test_one_hidden_layer_has_the_notes_letters():
    assert size_letters(2) == ("n_x", "n_h", "n_y")
    assert size_letters(3) == ("n_x", "n[1]", "n[2]", "n_y")
    W = next(symbol for symbol in symbols() if symbol.code == "W1")
    assert W.shape == ("n_h", "n_x")
    assert np.prod(W.numbers({"n_h": 4, "n_x": 3})) == 12
