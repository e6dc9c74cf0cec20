/* The maps: what the hidden units and the output answer over the plane, as pixels. A
 * small tile for each part of the network that is drawn, a large map for each run. */

class Maps {
  /** Everything that a frame writes to, so that none makes anything new. */
  constructor(runs) {
    const { all, n, reach } = runs;
    const cells = n > 24 ? 48 : 64;
    this.runs = runs;
    this.cells = cells;
    this.side = Float64Array.from(
      { length: cells },
      (_, c) => (reach * (2 * c + 1 - cells)) / cells,
    );
    this.plane = new Float64Array(cells * cells);
    this.focused = all.map(() => new Float64Array(cells * cells));
    this.sums = all.map(() => new Float64Array(cells * cells));
    this.large = all.map(() => new Pixels(cells, cells));
    this.fine = n > 24 ? 24 : 32; // pixels along a tile
    this.tiles = new Pixels(this.fine, this.fine * (n + 3));
  }

  /** Another theme. The maps of the inputs themselves are made here: they never move. */
  dress(colours) {
    const { fine, tiles } = this;
    this.colours = colours;
    for (let r = 0, k = 0; r < fine; r += 1) {
      for (let c = 0; c < fine; c += 1, k += 1) {
        tiles.all[k] = colours[Math.round((255 * c) / (fine - 1))];
        tiles.all[fine * fine + k] = colours[255 - Math.round((255 * r) / (fine - 1))];
      }
    }
  }

  /** The tiles of run `shown`; the large maps of hidden unit `unit`, or of ŷ for −1. */
  compute(shown, unit) {
    const { plane, side, fine } = this;
    const { n, reach, painted } = this.runs;
    for (let r = 0; r < painted.length; r += 1) {
      const net = painted[r];
      const sum = this.sums[r].fill(B2(net));
      for (let j = 0; j < n; j += 1) {
        unitPlane(net, j, side, plane);
        addPlane(sum, plane, W2(net, j));
        const looked = j === unit;
        if (r !== shown && !looked) continue;
        const middle = net.kind === "sigmoid" ? 0.5 : 0;
        const scale = net.kind === "sigmoid" ? 255 : 127.5 / fullColour(net, j, reach);
        if (r === shown) this.shade(this.tiles, middle, scale, fine, 2 + j);
        if (looked) {
          this.shade(this.large[r], middle, scale, this.cells, 0);
          this.focused[r].set(plane);
        }
      }
      for (let k = 0; k < sum.length; k += 1) plane[k] = sigmoid(sum[k]);
      if (r === shown) this.shade(this.tiles, 0.5, 255, fine, 2 + n);
      if (unit < 0) this.shade(this.large[r], 0.5, 255, this.cells, 0);
      this.large[r].flush();
    }
    this.tiles.flush();
  }

  /** The plane as the `place`-th square of `fine` × `fine` pixels, its top first. */
  shade(pixels, middle, scale, fine, place) {
    const { plane, cells, colours } = this;
    const { all } = pixels;
    const jump = cells / fine;
    for (let r = 0, k = fine * fine * place; r < fine; r += 1) {
      const from = cells * (cells - 1 - Math.floor(r * jump));
      for (let c = 0; c < fine; c += 1, k += 1) {
        const level = 127.5 + scale * (plane[from + Math.floor(c * jump)] - middle);
        all[k] = colours[level < 0 ? 0 : level > 255 ? 255 : level | 0];
      }
    }
  }

  paintTile(brush, place, { x, y, side }) {
    const { fine, tiles } = this;
    brush.drawImage(tiles.canvas, 0, fine * place, fine, fine, x, y, side, side);
  }

  /** The large map of run r, and the line at which the answer turns. */
  paintLarge(brush, r, unit, { x, y, side }) {
    const { cells } = this;
    const { kind } = this.runs.nets[r];
    brush.drawImage(this.large[r].canvas, x, y, side, side);
    if (unit >= 0 && kind.endsWith("relu")) return;
    const values = unit < 0 ? this.sums[r] : this.focused[r];
    const middle = unit >= 0 && kind === "sigmoid" ? 0.5 : 0;
    const across = (c) => x + ((c + 0.5) / cells) * side;
    const up = (row) => y + side - ((row + 0.5) / cells) * side;
    traceEdge(brush, (k) => values[k] - middle, cells, cells, across, up);
  }
}

/** From this |a| on a unit's map has the full colour. Without a bound for g only a corner
 * of the plane comes near the largest, and a small map would be almost empty. */
function fullColour(net, j, reach) {
  const share = net.kind === "tanh" ? 1 : 0.4;
  return share * largest(net, j, reach) || 1;
}

/** Pixels to write to, as one number each, and the canvas to paint them from. */
class Pixels {
  constructor(width, height) {
    this.canvas = document.createElement("canvas");
    this.canvas.width = width;
    this.canvas.height = height;
    this.image = new ImageData(width, height);
    this.all = new Uint32Array(this.image.data.buffer);
    this.brush = this.canvas.getContext("2d");
  }

  flush() {
    this.brush.putImageData(this.image, 0, 0);
  }
}
