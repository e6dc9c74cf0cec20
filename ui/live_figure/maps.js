/* Maps: a pixel for each value of a plane, on canvases under Plotly's axes. */

/** What the 256 levels of a map stand for: see _levels in packing.py. */
const LEVELS = Float32Array.from({ length: 256 }, (_, i) => {
  const root = i / 127.5 - 1;
  return (1 + root * Math.abs(root)) / 2;
});

class Maps {
  constructor(place) {
    this.place = place;
    this.small = [];
  }

  /** Another drawing, with other maps. */
  take(sweep) {
    this.small = sweep.maps.map((map) => new SmallMap(map));
    this.place.replaceChildren(...this.small.map(() => document.createElement("canvas")));
  }

  /** Another theme: the colours of the ramp from 0 to 1, and that of the edges. */
  dress(stops, colour) {
    this.ramp = ramp(stops, LEVELS);
    this.colour = colour;
  }

  /** Paint frame i within the axes of Plotly's `full` layout. */
  paint(i, full) {
    const sharp = window.devicePixelRatio || 1;
    this.small.forEach((small, m) => this.paintOne(small, this.place.children[m], i, full, sharp));
  }

  paintOne(small, canvas, i, full, sharp) {
    const { map, width, height } = small;
    const suffix = map.subplot > 1 ? map.subplot : "";
    const x = full[`xaxis${suffix}`];
    const y = full[`yaxis${suffix}`];
    const [left, right] = map.x.map((v) => x.l2p(v));
    const [bottom, top] = map.y.map((v) => y.l2p(v));
    const place = [x._offset, y._offset, x._length, y._length, left, right, bottom, top];
    // A map that stands still is painted again where its axes or colours change only.
    const look = [small.at(i), this.ramp, sharp, ...place];
    if (look.every((part, k) => part === small.look?.[k])) return;
    small.look = look;
    const frame = small.paint(look[0], this.ramp);
    setSize(canvas, x._length, y._length, sharp);
    canvas.style.left = `${x._offset}px`;
    canvas.style.top = `${y._offset}px`;
    const brush = canvas.getContext("2d");
    brush.setTransform(sharp, 0, 0, sharp, 0, 0);
    brush.clearRect(0, 0, x._length, y._length);
    brush.imageSmoothingEnabled = !map.cells;
    brush.drawImage(small.canvas, left, top, right - left, bottom - top);
    if (map.edge === null) return;
    brush.strokeStyle = this.colour;
    brush.lineWidth = 1.5;
    const across = (c) => left + ((c + 0.5) / width) * (right - left);
    const up = (r) => bottom - ((r + 0.5) / height) * (bottom - top);
    const above = (k) => LEVELS[frame[k]] - map.edge;
    // Bytes, for the way to the right and the way up: see core/edges.py.
    const [ahead, higher] = map.cuts?.map((cut) => row(cut, look[0])) ?? [];
    const cut = ahead && ((k, step) => (step === 1 ? ahead : higher)[k] / 255);
    traceEdge(brush, above, width, height, across, up, cut);
  }
}

/** One frame of a map, a pixel for each of its values. */
class SmallMap {
  constructor(map) {
    this.map = map;
    [this.count, this.height, this.width] = map.z.shape;
    this.canvas = document.createElement("canvas");
    this.canvas.width = this.width;
    this.canvas.height = this.height;
    this.image = new ImageData(this.width, this.height);
    this.pixels = new Uint32Array(this.image.data.buffer);
  }

  /** A map that does not move has one frame. */
  at(i) {
    return Math.min(i, this.count - 1);
  }

  /** Paint frame i; return its values, the lowest row first. */
  paint(i, colours) {
    const { width, height, pixels } = this;
    const frame = row(this.map.z, i);
    for (let r = 0; r < height; r += 1) {
      // the first row of z is the lowest y, the first row of a canvas the top
      const from = (height - 1 - r) * width;
      for (let c = 0; c < width; c += 1) {
        pixels[r * width + c] = colours[frame[from + c]];
      }
    }
    this.canvas.getContext("2d").putImageData(this.image, 0, 0);
    return frame;
  }
}
