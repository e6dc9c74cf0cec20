"""The training loop of the shallow network, with nothing allocated per step.

It computes what folding `core.shallow.step` computes, several times as fast as the
readable form. Five ideas make the difference:

- A row of ones under X and under A1 carries the biases: [W1 b1] times it is
  W1 X + b1, and sums over the examples come out of the same products.
- All parameters lie in one vector θ, so one subtraction updates them all.
- Arrays are overwritten: one buffer is Z1, then A1, then what g′(Z1) is made of.
- Row j of dZ1 = W2ᵀ dZ2 ∘ g′(Z1) has one factor W2_j for all examples. It is put in
  after the sum over the examples, so the array W2ᵀ dZ2 is never made. The same goes
  for the two constants in g′ = base + factor · h.
- Many examples are taken in blocks small enough to stay in the processor's cache,
  and the blocks take turns with the same buffers, so those stay there all the time.

A step may see all examples or a batch of them (core/batches.py).
"""

import math
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from core.activations import Activation
from core.batches import Columns, batches
from core.logistic import NEAREST, computable
from core.types import Array

# Hidden values in one block: 400 kB, so a block stays in a core's cache.
BLOCK_VALUES = 49_152
# Numbers in a line of the processor's cache. Where every row begins with a line, no
# number that is read or written with its neighbours lies on two; at 64 × 5,000 that
# saves a seventh of the time.
LINE = 8
# 1 + e^(s z) may not pass 1 / NEAREST, so that no loss passes the 36.7 that
# core.logistic.losses allows.
LARGEST = 1 / NEAREST - 1


@dataclass(frozen=True)
class Descent:
    """How to go down: the step, how many, which are kept, on what, with what penalty.

    batch: examples a step, 0 for all of them; l2: λ of the penalty on the weights.
    """

    alpha: float
    steps: int
    every: int = 1
    batch: int = 0
    l2: float = 0.0
    seed: int = 0


@dataclass(frozen=True)
class Layers:
    """One vector, and views of it as the two layers.

    For parameters and gradients layer1 is [W1 b1], n_h rows; the sums of a `Block`
    have one row more.
    """

    theta: Array
    layer1: Array  # (rows, n_x + 1)
    layer2: Array  # (1, n_h + 1)
    W2_column: Array  # (n_h, 1)


@dataclass(frozen=True)
class Buffers:
    """What a step needs for k examples, and no longer once their sums are made."""

    A: Array  # (n_h + 1, k), A1 over a row of ones
    hidden: Array  # (n_h, k), the rows of A without the ones
    weighted: Array  # (n_x + 1, k), X ∘ dZ2 over dZ2
    weighted_X: Array  # (n_x, k), the rows of weighted with X in them
    error: Array  # (1, k), the last row of weighted: Z2, then dZ2
    # As arrays, for NumPy takes longer to make something of a Python number than to
    # compute with a short row.
    ones: Array  # (1, k)
    largest: Array  # (1, k), LARGEST
    losses: Array  # (1, k)


@dataclass(frozen=True)
class Block:
    """k examples, and their sums."""

    X: Array  # (n_x, k)
    X_ones: Array  # (n_x + 1, k), X over a row of ones
    sign: Array  # (1, k): s = -1 where y = 1 and +1 where y = 0
    sums: Layers  # sums over the k examples, layer1 with n_h + 1 rows
    buffers: Buffers  # which other blocks use, too


@dataclass(frozen=True)
class Trail:
    """theta (k, size) at the kept steps, and J up to the last finite one."""

    steps: list[int]
    theta: Array
    J: Array
    diverged_at: int | None


def make_layers(theta: Array, rows: int, n_x: int, n_h: int) -> Layers:
    """Views of theta, whose size is rows (n_x + 1) + n_h + 1."""
    split = rows * (n_x + 1)
    layer2 = theta[split:].reshape(1, n_h + 1)
    return Layers(
        theta=theta,
        layer1=theta[:split].reshape(rows, n_x + 1),
        layer2=layer2,
        W2_column=layer2[:, :n_h].T,
    )


def at_a_line(rows: int, k: int) -> Array:
    """Zeros (rows, k) that begin with a line of the cache."""
    room = np.zeros(rows * k + LINE)
    start = -(room.ctypes.data // room.itemsize) % LINE
    return room[start : start + rows * k].reshape(rows, k)


def make_buffers(n_x: int, n_h: int, k: int) -> Buffers:
    """The buffers for k examples."""
    A, weighted = at_a_line(n_h + 1, k), at_a_line(n_x + 1, k)
    A[n_h] = 1.0
    return Buffers(
        A=A,
        hidden=A[:n_h],
        weighted=weighted,
        weighted_X=weighted[:n_x],
        error=weighted[n_x:],
        ones=A[n_h:],
        largest=np.full((1, k), LARGEST),
        losses=np.empty((1, k)),
    )


def make_block(X: Array, Y: Array, n_h: int, buffers: Buffers) -> Block:
    """The examples X (n_x, k), Y (1, k), with buffers for k."""
    n_x, k = X.shape
    X_ones = at_a_line(n_x + 1, k)
    X_ones[:n_x], X_ones[n_x] = X, 1.0
    sums = np.empty((n_h + 1) * (n_x + 1) + n_h + 1)
    return Block(
        X=X_ones[:n_x],
        X_ones=X_ones,
        sign=1.0 - 2.0 * Y,
        sums=make_layers(sums, n_h + 1, n_x, n_h),
        buffers=buffers,
    )


def make_blocks(X: Array, Y: Array, n_h: int) -> list[Block]:
    """All examples, in blocks of equal size but for a smaller last one."""
    n_x, m = X.shape
    count = max(1, round(m * n_h / BLOCK_VALUES))
    width = math.ceil(m / count / LINE) * LINE
    edges = list(pairwise([*range(0, m, width), m]))
    buffers = {k: make_buffers(n_x, n_h, k) for k in {b - a for a, b in edges}}
    return [
        make_block(X[:, start:end], Y[:, start:end], n_h, buffers[end - start])
        for start, end in edges
    ]


def sum_losses(block: Block, now: Layers, activation: Activation) -> float:
    """Forward pass: fills A, leaves dZ2 in `error`, returns the sum of the losses.

    With s = −1 where y = 1 and s = +1 where y = 0, the loss of an example is
    log(1 + e^(s z)) and its dz is s − s / (1 + e^(s z)) = a − y. One exponential
    gives both.
    """
    work = block.buffers
    error = work.error
    # With so few columns on the left, matmul is the faster of the two products.
    np.matmul(now.layer1, block.X_ones, out=work.hidden)
    activation.g_in_place(work.hidden)
    np.dot(now.layer2, work.A, out=error)
    np.multiply(error, block.sign, out=error)
    np.exp(error, out=error)
    np.minimum(error, work.largest, out=error)
    np.add(error, work.ones, out=error)
    np.log(error, out=work.losses)
    np.divide(block.sign, error, out=error)
    np.subtract(block.sign, error, out=error)
    return float(np.add.reduce(work.losses, axis=None))


def sum_slopes(block: Block, activation: Activation) -> None:
    """Backward pass: the sums over the block's examples.

    layer2 becomes Σ dZ2 [A1 1]; row j of layer1 Σ h_j dZ2 [X 1], and its last row,
    where A still has its ones, Σ dZ2 [X 1].
    """
    work = block.buffers
    np.dot(work.error, work.A.T, out=block.sums.layer2)
    activation.h_in_place(work.hidden)
    np.multiply(block.X, work.error, out=work.weighted_X)
    np.dot(work.A, work.weighted.T, out=block.sums.layer1)


def sum_block(block: Block, now: Layers, activation: Activation) -> float:
    """Both passes for one block, while it is in the cache: the sum of the losses."""
    total = sum_losses(block, now, activation)
    sum_slopes(block, activation)
    return total


def scale_of(sums: Layers, activation: Activation, rate: float) -> Array:
    """What `update` multiplies each sum with, where rate is α / m."""
    n_h, n_x = sums.W2_column.size, sums.layer1.shape[1] - 1
    scale = make_layers(np.full(sums.theta.size, -rate), n_h + 1, n_x, n_h)
    scale.layer1[:-1] *= activation.factor
    scale.layer1[-1] *= activation.base
    return scale.theta


def update(now: Layers, then: Layers, sums: Layers, scale: Array) -> None:
    """then := now − α / m · the sums, which it scales in their place.

    The gradient of layer 1 is W2ᵀ ∘ (base Σ dZ2 [X 1] + factor Σ h dZ2 [X 1]).
    """
    np.multiply(sums.theta, scale, out=sums.theta)
    np.add(sums.layer1[:-1], sums.layer1[-1], out=then.layer1)
    np.multiply(then.layer1, now.W2_column, out=then.layer1)
    np.copyto(then.layer2, sums.layer2)
    np.add(then.theta, now.theta, out=then.theta)


def fill(blocks: list[Block], X_ones: Array, sign: Array, columns: Columns) -> None:
    """Puts these examples into the blocks, in their order."""
    end = 0
    for block in blocks:
        start, end = end, end + block.sign.shape[1]
        # No column is out of range, and with "clip" nothing is copied in between.
        np.take(X_ones, columns[start:end], axis=1, out=block.X_ones, mode="clip")
        np.take(sign, columns[start:end], axis=1, out=block.sign, mode="clip")


def weights_of(n_x: int, n_h: int) -> Array:
    """1 where θ holds a weight, 0 where it holds a bias: only weights are penalised."""
    mask = np.ones(n_h * (n_x + 1) + n_h + 1)
    layers = make_layers(mask, n_h, n_x, n_h)
    layers.layer1[:, n_x] = 0.0
    layers.layer2[:, n_h] = 0.0
    return mask


def descend(
    theta: Array,
    n_h: int,
    X: Array,
    Y: Array,
    activation: Activation,
    descent: Descent,
) -> Trail:
    """Gradient descent from theta, kept at each multiple of `every` and at the end.

    theta: the rows of [W1 b1], then [W2 b2]; X (n_x, m), Y (1, m) of 0 and 1. Stops
    at the first step whose cost or parameters are beyond `computable`. Notes §5.5
    """
    n_x, m = X.shape
    alpha, l2 = descent.alpha, descent.l2
    size = descent.batch or m
    # Two vectors that take turns: step t reads one and writes the other, so the
    # last finite one is still there when the other is not.
    sides = [make_layers(theta.copy(), n_h, n_x, n_h) for _ in range(2)]
    blocks = make_blocks(X, Y, n_h)
    X_ones, sign = np.vstack([X, np.ones((1, m))]), 1.0 - 2.0 * Y
    sizes = {size, m % size} - {0} if size < m else {m}
    if size < m:  # buffers for a batch, and for the smaller one that ends a pass
        by_size = {k: make_blocks(X[:, :k], Y[:, :k], n_h) for k in sizes}
    scales = {k: scale_of(blocks[0].sums, activation, alpha / k) for k in sizes}
    turns = batches(m, size, descent.seed)
    weights = weights_of(n_x, n_h)
    J: list[float] = []
    kept: dict[int, Array] = {}
    diverged_at = None
    # e^(s z) may overflow to infinity where the loss is cut off anyway, and a run
    # that diverges overflows on its way. Both end well here without a warning.
    with np.errstate(over="ignore", invalid="ignore"):
        for t in range(descent.steps + 1):
            now, then = sides[t % 2], sides[1 - t % 2]
            k = m
            if size < m:
                columns = next(turns)
                k = len(columns)
                blocks = by_size[k]
                fill(blocks, X_ones, sign, columns)
            J_now = sum([sum_block(each, now, activation) for each in blocks]) / k
            if l2:
                J_now += l2 / 2 * float(np.dot(weights * now.theta, now.theta))
            if not (math.isfinite(J_now) and computable(now.theta)):
                diverged_at = t
                break
            J.append(J_now)
            if descent.every and t % descent.every == 0:
                kept[t] = now.theta.copy()
            if t < descent.steps:
                total = blocks[0].sums
                for each in blocks[1:]:
                    np.add(total.theta, each.sums.theta, out=total.theta)
                update(now, then, total, scales[k])
                if l2:
                    pull = alpha * l2 * weights * now.theta
                    np.subtract(then.theta, pull, out=then.theta)
    last = max(len(J) - 1, 0)
    kept[last] = sides[last % 2].theta
    return Trail(list(kept), np.array(list(kept.values())), np.array(J), diverged_at)
