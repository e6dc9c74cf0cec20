/* Where everything stands for a given width: nodes, edges, surfaces, cost curve. */

const HEAD = 26; // the line of words above the network and above each surface
const AXIS = 20; // the numbers under and beside a surface
const INPUT_TILE = 36;
const OUTPUT_TILE = 40;
const COST = 84; // the height of the cost curve
const WIDE = 540;
const ABREAST = 900; // from here on two surfaces stand beside the network
const RIM = 2; // room for the line around a tile or a surface

const clamp = (value, low, high) => Math.max(low, Math.min(high, value));
const round = (x) => Math.round(100 * x) / 100;

/* Every part that can be looked into has a number: the inputs, W1 row by row, the hidden
 * units, W2, the output. */
const partOf = {
  input: (i) => i,
  w1: (j, i) => 2 + 2 * j + i,
  unit: (n, j) => 2 + 2 * n + j,
  w2: (n, j) => 2 + 3 * n + j,
  output: (n) => 2 + 4 * n,
};

/** The part with this number: its kind, and its unit j or input i. */
function describe(n, part) {
  if (part < 2) return { kind: "input", i: part };
  if (part < 2 + 2 * n) return { kind: "w1", j: (part - 2) >> 1, i: part & 1 };
  if (part < 2 + 3 * n) return { kind: "unit", j: part - 2 - 2 * n };
  if (part < 2 + 4 * n) return { kind: "w2", j: part - 2 - 3 * n };
  return { kind: "output" };
}

function arrange(width, n, branched) {
  const wide = width >= WIDE;
  const between = branched && wide && width < ABREAST;
  const place = between
    ? placeStacked(width)
    : wide ? placeWide(width, branched) : placeNarrow(width, n, branched);
  const { network, surfaces, cost } = place;
  const nodes = placeNodes(network, n, wide);
  return {
    width,
    height: cost.y + cost.height + AXIS,
    network,
    surfaces,
    cost,
    ...nodes,
    edges: placeEdges(nodes, n),
  };
}

/** The cost curve below everything, under so many lines of names. */
function placeCost(width, bottom, lines = 1) {
  const y = bottom + AXIS + HEAD + 16 * (lines - 1);
  return { x: 40, y, width: width - 48, height: COST, lines };
}

/** The side of the one surface beside the network. */
const single = (width) => clamp(0.44 * width, 230, 350);

function placeWide(width, branched) {
  const side = branched ? Math.min(0.29 * width, 310) : single(width);
  const surfaces = [{ x: width - side - RIM, y: HEAD, side }];
  if (branched) surfaces.unshift({ x: width - 2 * side - AXIS - 16 - RIM, y: HEAD, side });
  const bottom = HEAD + side;
  return { network: beside(surfaces[0], side), surfaces, cost: placeCost(width, bottom) };
}

/** Two surfaces one above the other, no higher together than the stage was with one: the
 * cost curve takes the place beside the lower one, and the slider stays where it is. */
function placeStacked(width) {
  const bottom = placeWide(width, false).cost.y + COST;
  const side = (bottom - 2 * HEAD - AXIS) / 2;
  const x = width - side - RIM;
  const surfaces = [{ x, y: HEAD, side }, { x, y: bottom - side, side }];
  const cost = placeCost(x - AXIS - 12, bottom - COST - AXIS - HEAD - 16, 2);
  return { network: beside(surfaces[0], cost.y - 24 - 2 * HEAD), surfaces, cost };
}

/** The network at the left of a surface. */
const beside = ({ x }, height) => ({ x: RIM, y: HEAD, width: x - AXIS - 28 - RIM, height });

function placeNarrow(width, n, branched) {
  const height = n > 24 ? 300 : 236;
  const network = { x: RIM, y: HEAD, width: width - 2 * RIM, height };
  const y = HEAD + height + 14 + HEAD;
  const side = branched ? (width - 2 * AXIS - 14) / 2 - RIM : Math.min(width - 2 * AXIS, 330);
  const left = branched ? AXIS : (width - side) / 2;
  const surfaces = [{ x: left, y, side }];
  if (branched) surfaces.push({ x: width - side - RIM, y, side });
  // Two lines of names: a phone has no room for four in one.
  return { network, surfaces, cost: placeCost(width, y + side, branched ? 2 : 1) };
}

/** The tiles: two inputs, the hidden units in as many columns as they need, the output. */
function placeNodes(network, n, wide) {
  const most = Math.floor(network.height / (wide ? 34 : 28));
  // So many units have room for larger tiles in one column more.
  const columns = Math.ceil(n / most) + (n > 24 ? 1 : 0);
  const rows = Math.ceil(n / columns);
  const staggered = columns > 1 ? 0.5 : 0;
  const pitch = Math.min(network.height / (rows + staggered), 80);
  const left = network.x + INPUT_TILE;
  const step = (network.width - INPUT_TILE - OUTPUT_TILE) / (columns + 1);
  const side = Math.floor(clamp(pitch - 6, 10, Math.min(52, 0.62 * step)));
  const top = network.y + (network.height - (rows + staggered) * pitch) / 2;
  const units = Array.from({ length: n }, (_, j) => {
    const column = Math.floor(j / rows);
    const inColumn = Math.min(rows, n - column * rows);
    const row = (j % rows) + (rows - inColumn) / 2 + (column % 2) * staggered;
    return {
      x: left + (column + 1) * step - side / 2,
      y: top + (row + 0.5) * pitch - side / 2,
      side,
    };
  });
  const middle = network.y + network.height / 2;
  const inputs = [-1, 1].map((sign) => ({
    x: network.x,
    y: middle + sign * Math.min(62, network.height / 5) - INPUT_TILE / 2,
    side: INPUT_TILE,
  }));
  const output = {
    x: network.x + network.width - OUTPUT_TILE,
    y: middle - OUTPUT_TILE / 2,
    side: OUTPUT_TILE,
  };
  return { inputs, units, output };
}

function placeEdges({ inputs, units, output }, n) {
  const edges = [];
  for (let j = 0; j < n; j += 1) {
    for (let i = 0; i < 2; i += 1) {
      edges[partOf.w1(j, i)] = curve(inputs[i], units[j], (0.35 + 0.3 * i));
    }
    edges[partOf.w2(n, j)] = curve(units[j], output, 0.15 + (0.7 * (j + 0.5)) / n);
  }
  return edges;
}

/** From the right side of one tile to the left side of another, `share` of the way down. */
function curve(from, to, share) {
  const start = [from.x + from.side, from.y + from.side / 2];
  const end = [to.x, to.y + share * to.side];
  const middle = (start[0] + end[0]) / 2;
  const path = new Path2D();
  path.moveTo(...start);
  path.bezierCurveTo(middle, start[1], middle, end[1], ...end);
  const trail = new Float64Array(2 * 25); // to find the edge under the pointer
  for (let k = 0; k < 25; k += 1) {
    const t = k / 24;
    const u = 1 - t;
    const bend = 3 * u * t * middle;
    trail[2 * k] = u ** 3 * start[0] + bend + t ** 3 * end[0];
    trail[2 * k + 1] = (u ** 3 + 3 * u * u * t) * start[1] + (3 * u * t * t + t ** 3) * end[1];
  }
  return { path, trail };
}

const within = ({ x, y, side }, px, py, room = 0) =>
  px >= x - room && px <= x + side + room && py >= y - room && py <= y + side + room;

/** Where something is said about a part: its middle, and how far from there. */
function placeOf({ inputs, units, output, edges }, n, part) {
  const { kind, i, j } = describe(n, part);
  if (kind === "w1" || kind === "w2") {
    const { trail } = edges[part];
    return { x: trail[24], y: trail[25], gap: 12 };
  }
  const { x, y, side } = { input: inputs[i], unit: units[j], output }[kind];
  return { x: x + side / 2, y: y + side / 2, gap: side / 2 + 8 };
}

/** The part of the network under a pointer, or undefined. */
function partAt(layout, n, px, py) {
  const room = 3;
  if (within(layout.output, px, py, room)) return partOf.output(n);
  for (let i = 0; i < 2; i += 1) {
    if (within(layout.inputs[i], px, py, room)) return partOf.input(i);
  }
  for (let j = 0; j < n; j += 1) {
    if (within(layout.units[j], px, py, room)) return partOf.unit(n, j);
  }
  let found;
  let closest = 7 ** 2;
  layout.edges.forEach(({ trail }, part) => {
    for (let k = 0; k < trail.length - 2; k += 2) {
      const d = toSegment(px, py, trail[k], trail[k + 1], trail[k + 2], trail[k + 3]);
      if (d < closest) {
        closest = d;
        found = part;
      }
    }
  });
  return found;
}

/** The squared distance of a point to a piece of a line. */
function toSegment(px, py, x, y, endX, endY) {
  const [dx, dy] = [endX - x, endY - y];
  const t = clamp(((px - x) * dx + (py - y) * dy) / (dx * dx + dy * dy || 1), 0, 1);
  return (px - x - t * dx) ** 2 + (py - y - t * dy) ** 2;
}

/** Where an arrow key leads from a part. Sideways along a signal's way, else in its column. */
function neighbour(n, part, key) {
  const { kind, i, j } = describe(n, part);
  const last = { input: 1, w1: 1 + 2 * n, unit: 1 + 3 * n, w2: 1 + 4 * n };
  const first = { input: 0, w1: 2, unit: 2 + 2 * n, w2: 2 + 3 * n };
  if (key === "ArrowUp") return Math.max(first[kind] ?? part, part - 1);
  if (key === "ArrowDown") return Math.min(last[kind] ?? part, part + 1);
  if (key === "ArrowRight") {
    if (kind === "input") return partOf.w1(0, i);
    if (kind === "w1") return partOf.unit(n, j);
    if (kind === "unit") return partOf.w2(n, j);
    return partOf.output(n);
  }
  if (key === "ArrowLeft") {
    if (kind === "output") return partOf.w2(n, 0);
    if (kind === "w2") return partOf.unit(n, j);
    if (kind === "unit") return partOf.w1(j, 0);
    return partOf.input(kind === "w1" ? i : part);
  }
  if (key === "Home") return 0;
  if (key === "End") return partOf.output(n);
  return undefined;
}
