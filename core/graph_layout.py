"""Where the nodes of a computation graph stand when it is drawn.

Every node stands one column to the right of the last of its inputs. A wire that
passes a column on its way takes a place there too, so it does not run through a node.
"""

from dataclasses import dataclass

from core.graph import Edge, Graph


@dataclass(frozen=True)
class Wire:
    """The way of one edge: its points from the source to the target."""

    edge: Edge
    column: tuple[float, ...]
    row: tuple[float, ...]


@dataclass(frozen=True)
class Layout:
    """Column (from 0, left to right) and row (down) of each node, and the wires."""

    column: dict[str, int]
    row: dict[str, float]
    wires: tuple[Wire, ...]


def layout(graph: Graph) -> Layout:
    """Places for all nodes: variables in the first column, J in the last."""
    column = columns(graph)
    last_use = dict(column)
    for edge in graph.edges:
        last_use[edge.source] = max(last_use[edge.source], column[edge.target])
    places = {(name, 0): float(i) for i, name in enumerate(graph.variables)}
    for at in range(1, max(column.values()) + 1):
        wanted = {}
        for node in graph.nodes:
            name = node.name
            if column[name] == at:
                rows = [places[each, at - 1] for each in node.inputs]
                wanted[name, at] = sum(rows) / len(rows)
            elif column[name] < at < last_use[name]:
                wanted[name, at] = places[name, at - 1]
        # The last wire of a node goes straight to its user from the column before.
        places.update(apart(wanted))
    row = {name: places[name, at] for name, at in column.items()}
    wires = tuple(wire(edge, column, places) for edge in graph.edges)
    return Layout(column, row, wires)


def columns(graph: Graph) -> dict[str, int]:
    """0 for a variable, otherwise one more than the largest column of the inputs."""
    column: dict[str, int] = {}
    for node in graph.nodes:
        column[node.name] = 1 + max((column[each] for each in node.inputs), default=-1)
    return column


def apart(wanted: dict[tuple[str, int], float]) -> dict[tuple[str, int], float]:
    """Rows in the same order, at least 1 apart, and as near to those wanted as can be.

    Rows that would overlap form a block around their common middle.
    """
    blocks: list[tuple[float, list[tuple[str, int]]]] = []
    for key in sorted(wanted, key=lambda each: wanted[each]):
        middle, keys = wanted[key], [key]
        while blocks and middle - blocks[-1][0] < (len(keys) + len(blocks[-1][1])) / 2:
            _, others = blocks.pop()
            keys = [*others, *keys]
            middle = sum(wanted[each] for each in keys) / len(keys)
        blocks.append((middle, keys))
    return {
        key: middle + place - (len(keys) - 1) / 2
        for middle, keys in blocks
        for place, key in enumerate(keys)
    }


def wire(
    edge: Edge, column: dict[str, int], places: dict[tuple[str, int], float]
) -> Wire:
    """The points of one edge, one in each column that it meets."""
    start, end = column[edge.source], column[edge.target]
    rows = [places[edge.source, at] for at in range(start, end)]
    points = tuple(float(at) for at in range(start, end + 1))
    return Wire(edge, points, (*rows, places[edge.target, end]))
