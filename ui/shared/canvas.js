/* Unpacking what the server sends, and painting it: for every component. */

const TYPES = {
  f4: Float32Array,
  f8: Float64Array,
  i1: Int8Array,
  i2: Int16Array,
  i4: Int32Array,
  u1: Uint8Array,
  u2: Uint16Array,
  u4: Uint32Array,
};

function rawBytes(base64) {
  const letters = atob(base64);
  const bytes = new Uint8Array(letters.length);
  for (let i = 0; i < bytes.length; i += 1) bytes[i] = letters.charCodeAt(i);
  return bytes;
}

/** What ui/shared/packed.py has packed: its arrays as { values, shape }. */
async function unpack(text) {
  const stream = new Blob([rawBytes(text)]).stream();
  const inflated = stream.pipeThrough(new DecompressionStream("deflate"));
  const whole = await new Response(inflated).arrayBuffer();
  const start = 4 + new DataView(whole).getUint32(0, true);
  const json = new TextDecoder().decode(new Uint8Array(whole, 4, start - 4));
  return JSON.parse(json, (_, item) => {
    if (!item?.$array) return item;
    const { $array, shape, at } = item;
    return { values: numbers(TYPES[$array], shape, new Uint8Array(whole, start + at)), shape };
  });
}

/** Numbers of which all first bytes come first, then all second bytes, and so on. */
function numbers(Type, shape, planes) {
  const count = shape.reduce((a, b) => a * b, 1);
  const size = Type.BYTES_PER_ELEMENT;
  const bytes = new Uint8Array(count * size);
  for (let k = 0; k < size; k += 1) {
    for (let i = 0; i < count; i += 1) bytes[i * size + k] = planes[k * count + i];
  }
  return new Type(bytes.buffer);
}

/** Change the words of an element within the text that it has: a new one would be styled
 * and laid out anew, with all on the page that asks what it stands in (`:has`). */
function write(element, words) {
  const text = element.firstChild;
  if (text) text.data = words;
  else element.textContent = words;
}

/** Whether a component's place on the page is gone. Streamlit calls the clean-up of a
 * living one, too: where a second message overtakes the first. */
const gone = (component) => !component.root.isConnected;

/** Components that have left the page, by what they show: a view that the learner comes
 * back to has its figures drawn already. At most so many; `end` is told who has to go. */
class Resting {
  constructor(most, end = () => {}) {
    this.most = most;
    this.end = end;
    this.byName = new Map();
  }

  keep(name, component) {
    const before = this.byName.get(name);
    this.byName.delete(name); // the newest stands last
    this.byName.set(name, component);
    if (before) this.end(before);
    if (this.byName.size <= this.most) return;
    const [oldest, first] = this.byName.entries().next().value;
    this.byName.delete(oldest);
    this.end(first);
  }

  take(name) {
    const component = this.byName.get(name);
    this.byName.delete(name);
    return component;
  }
}

/** Draw before the next frame begins, not only when it does: a key then waits for the
 * frame, not for our work. Once between two frames is enough; `fresh` says that it was. */
function drawNow(figure) {
  figure.fresh = true;
  requestAnimationFrame(() => {
    figure.fresh = false;
  });
  figure.draw();
}

/** Red, green and blue of a colour as CSS writes it. */
function channels(colour) {
  const hex = /^#?([\da-f]{2})([\da-f]{2})([\da-f]{2})/i.exec(colour.trim());
  if (hex) return hex.slice(1).map((part) => parseInt(part, 16));
  return (colour.match(/[\d.]+/g) ?? [255, 255, 255]).slice(0, 3).map(Number);
}

function isDark(background) {
  const [r, g, b] = channels(background || "#ffffff");
  return 0.299 * r + 0.587 * g + 0.114 * b < 128;
}

/* How far a map goes towards the pure colours: the points have to stand out on it. */
const MAP_STRENGTH = 0.6;

/** 256 colours from the class 0 colour through the middle to the class 1 colour.
 *
 * `shares` says for each how far it lies from 0 to 1. A colour is one number, the four
 * bytes of a pixel: a map is painted at every frame. */
function ramp(stops, shares) {
  const [low, middle, high] = stops.map(channels);
  const bytes = new Uint8ClampedArray(4 * 256);
  for (let i = 0; i < 256; i += 1) {
    const t = 2 * shares[i] - 1;
    const end = t < 0 ? low : high;
    const mixed = middle.map((m, c) => m + MAP_STRENGTH * Math.abs(t) * (end[c] - m));
    bytes.set([...mixed.map(Math.round), 255], 4 * i);
  }
  return new Uint32Array(bytes.buffer);
}

const crossings = new Float64Array(8);

/** Where a straight line from a to b, of other signs, crosses 0: as a share of its way. */
const straightCut = (_at, _step, a, b) => a / (a - b);

/** The line where a map crosses 0, through its cells (marching squares).
 *
 * `height(k)` is the value of the k-th cell of `columns` × `rows`; `across` and `up`
 * turn a column and a row into pixels. `cut(k, step, a, b)` says where it crosses between
 * the cells k and k + step, whose values are a and b. */
function traceEdge(brush, height, columns, rows, across, up, cut = straightCut) {
  brush.beginPath();
  for (let r = 0; r < rows - 1; r += 1) {
    for (let c = 0; c < columns - 1; c += 1) {
      const at = r * columns + c;
      const [a, b] = [height(at), height(at + 1)];
      const [d, e] = [height(at + columns), height(at + columns + 1)];
      const kind = (a > 0) + (b > 0) + (d > 0) + (e > 0);
      if (kind === 0 || kind === 4) continue;
      let ends = 0; // around the cell: bottom, right, top, left
      const end = (x, y) => {
        crossings[ends] = across(x);
        crossings[ends + 1] = up(y);
        ends += 2;
      };
      if (a > 0 !== b > 0) end(c + cut(at, 1, a, b), r);
      if (b > 0 !== e > 0) end(c + 1, r + cut(at + 1, columns, b, e));
      if (d > 0 !== e > 0) end(c + cut(at + columns, 1, d, e), r + 1);
      if (a > 0 !== d > 0) end(c, r + cut(at, columns, a, d));
      // In a saddle the sign of the middle says which two corners hold together.
      const turned = ends === 8 && a > 0 !== a + b + d + e > 0 ? 2 : 0;
      for (let i = 0; i < ends; i += 4) {
        const [from, to] = [(i + turned) % ends, (i + turned + 2) % ends];
        brush.moveTo(crossings[from], crossings[from + 1]);
        brush.lineTo(crossings[to], crossings[to + 1]);
      }
    }
  }
  brush.stroke();
}

/** Setting the size of a canvas clears and rebuilds it: only when it changes. */
function setSize(canvas, width, height, sharp) {
  const wide = Math.round(width * sharp);
  const high = Math.round(height * sharp);
  if (canvas.width === wide && canvas.height === high) return;
  canvas.width = wide;
  canvas.height = high;
  canvas.style.width = `${width}px`;
  canvas.style.height = `${height}px`;
}

function nearest(values, target) {
  let best = 0;
  for (let i = 1; i < values.length; i += 1) {
    if (Math.abs(values[i] - target) < Math.abs(values[best] - target)) best = i;
  }
  return best;
}

/** The outline of a point of class 0, a circle, or of class 1, a diamond. */
function tracePoint(brush, kind, x, y, radius) {
  brush.beginPath();
  if (!kind) {
    brush.arc(x, y, radius, 0, 2 * Math.PI);
    return;
  }
  const r = 1.25 * radius; // as large for the eye
  brush.moveTo(x, y - r);
  brush.lineTo(x + r, y);
  brush.lineTo(x, y + r);
  brush.lineTo(x - r, y);
  brush.closePath();
}
