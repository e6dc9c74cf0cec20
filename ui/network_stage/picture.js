/* The stage's picture: the network's tiles and edges, its surfaces and its cost curves, on
 * two canvases. It knows the runs, its size and its colours; the stage says what a frame
 * shows of them. */

const DASHED = [5, 4];
const SOLID = [];
const EVEN = Float32Array.from({ length: 256 }, (_, i) => i / 255);

/** What 98 of 100 weights of a layer stay below: so thick is the thickest edge. */
function usual(runs, first, count) {
  const sizes = [];
  for (const run of runs) {
    const size = SIZE_OF(run.n);
    for (let at = 0; at < run.theta.length; at += size) {
      for (let k = first; k < first + count; k += 1) sizes.push(Math.abs(run.theta[at + k]));
    }
  }
  sizes.sort((a, b) => a - b);
  return Math.max(sizes[Math.floor(0.98 * (sizes.length - 1))], 1e-6);
}

class Picture {
  /** `back` is painted for each part that is looked into, `front` at every frame. */
  constructor(back, front) {
    this.dots = document.createElement("canvas");
    this.back = back;
    this.front = front;
    this.brush = front.getContext("2d");
  }

  /** Other runs. They are painted after `dress` and `fit`. */
  take(runs) {
    const { all, n } = runs;
    this.runs = runs;
    this.maps = new Maps(runs);
    this.usual = [usual(all, 0, 2 * n), usual(all, 3 * n, n)];
    this.layout = undefined;
  }

  /** The colours and letters of the present theme. */
  dress(style) {
    const read = (name, otherwise) => style.getPropertyValue(name).trim() || otherwise;
    this.colours = {
      text: read("--st-text-color", "#22303c"),
      paper: read("--st-background-color", "#fcfbf8"),
      line: read("--st-border-color", "#e2ded3"),
      class1: read("--st-blue-color", read("--nudge-class1", "#0072b2")),
      class0: read("--st-orange-color", read("--nudge-class0", "#d55e00")),
      parameter: read("--st-green-color", read("--nudge-parameter", "#009e73")),
      font: read("--st-font", "sans-serif"),
    };
    const { class0, paper, class1 } = this.colours;
    this.maps.dress(ramp([class0, paper, class1], EVEN));
  }

  fit(width) {
    const { runs, colours, back, front, dots } = this;
    this.layout = arrange(width, runs.n, runs.branched);
    this.sharp = window.devicePixelRatio || 1;
    const { height, cost, surfaces } = this.layout;
    for (const canvas of [back, front]) setSize(canvas, width, height, this.sharp);
    this.cost = new CostCurves(runs, cost, colours);
    const [{ side }] = surfaces;
    dots.width = Math.round(side * this.sharp);
    dots.height = dots.width;
    paintPoints(this.scaled(dots.getContext("2d")), runs.first, side, colours);
  }

  scaled(brush) {
    brush.setTransform(this.sharp, 0, 0, this.sharp, 0, 0);
    return brush;
  }

  paintBack(part) {
    paintBackdrop(this.scaled(this.back.getContext("2d")), this, part);
  }

  partAt(px, py) {
    return partAt(this.layout, this.runs.n, px, py);
  }

  placeOf(part) {
    return placeOf(this.layout, this.runs.n, part);
  }

  /** The point of the plane at a place, and the surface on which it lies. */
  pointAt(px, py) {
    const { reach } = this.runs;
    const r = this.layout.surfaces.findIndex((box) => within(box, px, py));
    if (r < 0) return undefined;
    const { x, y, side } = this.layout.surfaces[r];
    const x1 = reach * ((2 * (px - x)) / side - 1);
    const x2 = reach * (1 - (2 * (py - y)) / side);
    return { r, point: [round(x1), round(x2)] };
  }

  /** A frame: a share of the way from a tick to the next, the tiles of run `shown`, the
   * part that is looked into, the marked point. */
  paint({ index, share, shown, part, point }) {
    const { brush, runs, layout } = this;
    const { kind, j } = describe(runs.n, part);
    const unit = kind === "unit" ? j : -1;
    this.scaled(brush).clearRect(0, 0, layout.width, layout.height);
    this.maps.compute(shown, unit);
    this.paintEdges(runs.painted[shown], part);
    this.paintNodes(part);
    for (let r = 0; r < runs.all.length; r += 1) this.paintSurface(r, unit, point);
    this.cost.paintCursor(brush, index, share);
  }

  paintEdges(net, part) {
    const { brush, layout, colours } = this;
    const { n } = net;
    const { kind, i, j } = describe(n, part);
    const many = n > 16;
    const thick = n <= 8 ? 6 : many ? 2.2 : 4.5;
    brush.lineCap = "butt";
    for (let e = 2; e < 2 + 4 * n; e += e === 1 + 2 * n ? 1 + n : 1) {
      const first = e < 2 + 2 * n;
      const unit = first ? (e - 2) >> 1 : e - 2 - 3 * n;
      const weight = first ? net.theta[net.at + e - 2] : W2(net, unit);
      const share = Math.min(1, Math.abs(weight) / this.usual[first ? 0 : 1]);
      const about =
        kind === "output" || e === part || (kind === "unit" && unit === j) ||
        (kind === "input" && first && (e & 1) === i);
      const width = (many ? 0.3 : 0.6) + thick * share;
      if (e === part) {
        brush.globalAlpha = 0.35;
        brush.strokeStyle = colours.parameter;
        brush.lineWidth = width + 7;
        brush.stroke(layout.edges[e].path);
      }
      brush.globalAlpha = about ? 0.9 : many ? 0.06 : 0.16;
      // Of many edges only the strong ones can be told apart.
      if (about && many && e !== part) brush.globalAlpha = 0.08 + 0.82 * share * share;
      brush.strokeStyle = weight < 0 ? colours.class0 : colours.class1;
      brush.lineWidth = width;
      if (weight < 0) brush.setLineDash(DASHED);
      brush.stroke(layout.edges[e].path);
      if (weight < 0) brush.setLineDash(SOLID);
    }
    brush.globalAlpha = 1;
  }

  paintNodes(part) {
    const { n } = this.runs;
    const { inputs, units, output } = this.layout;
    inputs.forEach((box, i) => this.paintTile(box, i, partOf.input(i) === part));
    for (let j = 0; j < n; j += 1) {
      this.paintTile(units[j], 2 + j, partOf.unit(n, j) === part);
    }
    this.paintTile(output, 2 + n, partOf.output(n) === part);
  }

  paintTile(box, tile, chosen) {
    const { brush, colours } = this;
    this.maps.paintTile(brush, tile, box);
    brush.lineWidth = chosen ? 3 : 1;
    brush.strokeStyle = chosen ? colours.parameter : colours.text;
    brush.globalAlpha = chosen ? 1 : 0.5;
    brush.strokeRect(box.x, box.y, box.side, box.side);
    brush.globalAlpha = 1;
  }

  paintSurface(r, unit, [x1, x2]) {
    const { brush, colours, dots, sharp } = this;
    const { reach } = this.runs;
    const box = this.layout.surfaces[r];
    const { x, y, side } = box;
    brush.strokeStyle = colours.text;
    brush.lineWidth = 1.5;
    this.maps.paintLarge(brush, r, unit, box);
    brush.drawImage(dots, x, y, dots.width / sharp, dots.height / sharp);
    if (Math.abs(x1) > reach || Math.abs(x2) > reach) return;
    const px = x + (side * (x1 / reach + 1)) / 2;
    const py = y + (side * (1 - x2 / reach)) / 2;
    for (const [width, colour] of [[5, colours.paper], [2.5, colours.parameter]]) {
      brush.lineWidth = width;
      brush.strokeStyle = colour;
      brush.beginPath();
      brush.arc(px, py, 7, 0, 2 * Math.PI);
      brush.stroke();
    }
  }
}
