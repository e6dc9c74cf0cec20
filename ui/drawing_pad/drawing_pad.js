/* A sheet of black and white pixels to draw on. */

const sheets = new WeakMap();
const WIDTH = 240; // of the sheet on the screen
const PEN = 2.5; // its radius, in pixels of the drawing
const MOST_PAST = 200;
const REST = 600; // ms without a key, and a stroke by keys has ended

export default function render({ data, parentElement, setTriggerValue }) {
  let sheet = sheets.get(parentElement);
  if (!sheet || sheet.left) {
    sheet = new DrawingPad(parentElement, data.side);
    sheets.set(parentElement, sheet);
  }
  sheet.receive(data, setTriggerValue);
  return () => gone(sheet) && sheet.leave();
}

class DrawingPad {
  constructor(parent, side) {
    this.root = document.createElement("div");
    this.root.className = "nudge-live nudge-pad nudge-drawing";
    this.root.dataset.testid = "drawing-pad";
    this.root.innerHTML = `
      <canvas tabindex="0" role="application" aria-label="Sheet to draw on. Arrow keys move
        the pen, with Shift they draw. Space puts ink, Backspace takes it away, F fills
        closed outlines, Enter asks."></canvas>
      <div class="tools" role="group" aria-label="Change the drawing">
        <button type="button" class="undo">Undo</button>
        <button type="button" class="fill" title="Ink inside every closed outline">Fill</button>
        <button type="button" class="clear">Clear</button>
      </div>
      <p class="status" role="status"></p>
      <p class="keys">By keyboard: arrow keys, Space for ink, Backspace against it; Shift with
        an arrow draws.</p>`;
    parent.append(this.root);
    const find = (selector) => this.root.querySelector(selector);
    this.canvas = find("canvas");
    this.brush = this.canvas.getContext("2d");
    this.status = find(".status");
    this.side = side;
    this.ink = new Uint8Array(side * side);
    this.past = [];
    this.sent = []; // what the server was told and has not answered yet
    this.told = ""; // the last of it
    this.cursor = [side / 4, side / 4]; // column and row, each two pixels wide
    this.small = new OffscreenCanvas(side, side);
    find(".undo").addEventListener("click", () => this.undo());
    find(".fill").addEventListener("click", () => this.fill());
    find(".clear").addEventListener("click", () => this.clear());
    const on = (kind, act) => this.canvas.addEventListener(kind, act);
    on("pointerdown", (event) => this.press(event));
    on("pointermove", (event) => this.move(event));
    for (const kind of ["pointerup", "pointercancel"]) on(kind, (event) => this.lift(event));
    on("keydown", (event) => this.steer(event));
    on("focus", () => this.draw());
    on("blur", () => {
      this.settle();
      this.draw();
    });
  }

  leave() {
    this.left = true;
    clearTimeout(this.resting);
  }

  /** The server's drawing: an answer to a stroke leaves what was drawn since. */
  receive(data, report) {
    this.report = report;
    this.root.dataset.key = data.key;
    if (data.sheet !== this.received) {
      this.received = data.sheet;
      const answered = this.sent.indexOf(data.sheet);
      this.sent.splice(0, answered < 0 ? this.sent.length : answered + 1);
      if (answered < 0) this.take(data.sheet);
    }
    this.draw();
  }

  take(text) {
    const bytes = rawBytes(text.replaceAll("-", "+").replaceAll("_", "/"));
    this.ink = this.ink.map((_, i) => (bytes[i >> 3] >> (7 - (i & 7))) & 1);
    this.past = [];
    this.told = text;
  }

  /** What core/drawings.py reads. */
  get text() {
    if (!this.ink.includes(1)) return "";
    const bytes = new Uint8Array(this.ink.length / 8);
    this.ink.forEach((on, i) => { bytes[i >> 3] |= on << (7 - (i & 7)); });
    const base64 = btoa(String.fromCharCode(...bytes));
    return base64.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
  }

  /** The end of a stroke: the server hears of it, once. */
  settle() {
    clearTimeout(this.resting);
    const { text } = this;
    if (text === this.told || this.left) return;
    this.told = text;
    this.sent.push(text);
    this.report("drawn", { text });
  }

  settleSoon() {
    clearTimeout(this.resting);
    this.resting = setTimeout(() => this.settle(), REST);
  }

  begin() {
    clearTimeout(this.resting);
    this.past.push(this.ink.slice());
    if (this.past.length > MOST_PAST) this.past.shift();
  }

  undo() {
    if (!this.past.length) return;
    this.ink = this.past.pop();
    this.draw();
    this.settle();
  }

  clear() {
    this.begin();
    this.ink.fill(0);
    this.draw();
    this.settle();
  }

  /** Ink whatever white the border cannot reach. */
  fill() {
    this.begin();
    const { side, ink } = this;
    const outside = new Uint8Array(ink.length);
    const open = [];
    const reach = (c, r) => {
      const at = r * side + c;
      if (c < 0 || r < 0 || c >= side || r >= side || ink[at] || outside[at]) return;
      outside[at] = 1;
      open.push([c, r]);
    };
    for (let i = 0; i < side; i += 1) {
      for (const edge of [0, side - 1]) {
        reach(i, edge);
        reach(edge, i);
      }
    }
    while (open.length) {
      const [c, r] = open.pop();
      reach(c - 1, r);
      reach(c + 1, r);
      reach(c, r - 1);
      reach(c, r + 1);
    }
    this.ink = outside.map((reached) => 1 - reached);
    this.draw();
    this.settle();
  }

  /** Ink (1) or paper (0) along a line, as wide as the pen. */
  stroke([x0, y0], [x1, y1], on) {
    const { side } = this;
    const long = (x1 - x0) ** 2 + (y1 - y0) ** 2 || 1;
    const within = (low, high) => [
      Math.max(0, Math.floor(low - PEN)), Math.min(side - 1, Math.ceil(high + PEN))];
    const [left, right] = within(Math.min(x0, x1), Math.max(x0, x1));
    const [top, bottom] = within(Math.min(y0, y1), Math.max(y0, y1));
    for (let r = top; r <= bottom; r += 1) {
      for (let c = left; c <= right; c += 1) {
        const [x, y] = [c + 0.5 - x0, r + 0.5 - y0];
        const t = Math.max(0, Math.min(1, (x * (x1 - x0) + y * (y1 - y0)) / long));
        if (Math.hypot(x - t * (x1 - x0), y - t * (y1 - y0)) <= PEN) this.ink[r * side + c] = on;
      }
    }
  }

  place(event) {
    const box = this.canvas.getBoundingClientRect();
    return [
      ((event.clientX - box.left) * this.side) / box.width,
      ((event.clientY - box.top) * this.side) / box.height,
    ];
  }

  press(event) {
    if (event.button !== 0 || !event.isPrimary) return;
    this.canvas.setPointerCapture(event.pointerId);
    this.begin();
    this.pen = this.place(event);
    this.stroke(this.pen, this.pen, 1);
    this.draw();
  }

  move(event) {
    if (!this.pen || !event.isPrimary) return;
    const to = this.place(event);
    this.stroke(this.pen, to, 1);
    this.pen = to;
    this.draw();
  }

  lift(event) {
    if (!this.pen || !event.isPrimary) return;
    this.pen = null;
    this.draw();
    this.settle();
  }

  get under() {
    return this.cursor.map((at) => 2 * at + 1);
  }

  steer(event) {
    const moves = {
      ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1],
    };
    const letter = event.key.toLowerCase();
    if (moves[event.key]) {
      const from = this.under;
      this.cursor = this.cursor.map((at, i) =>
        Math.max(0, Math.min(this.side / 2 - 1, at + moves[event.key][i])));
      if (event.shiftKey) this.dab(from, 1);
      // Who still steers has not ended the stroke.
      else if (this.text !== this.told) this.settleSoon();
    } else if (event.key === " ") {
      this.dab(this.under, 1);
    } else if (event.key === "Backspace" || event.key === "Delete") {
      this.dab(this.under, 0);
    } else if (letter === "z" && (event.ctrlKey || event.metaKey)) {
      this.undo();
    } else if (event.ctrlKey || event.metaKey || event.altKey) {
      return;
    } else if (letter === "f") {
      this.fill();
    } else if (event.key === "Enter") {
      this.settle();
    } else {
      return;
    }
    event.preventDefault();
    this.draw();
  }

  dab(from, on) {
    this.begin();
    this.stroke(from, this.under, on);
    this.settleSoon();
  }

  draw() {
    if (this.left) return;
    const sharp = window.devicePixelRatio || 1;
    setSize(this.canvas, WIDTH, WIDTH, sharp);
    const { brush, side, ink } = this;
    const brushed = this.small.getContext("2d");
    const pixels = new ImageData(side, side);
    new Uint32Array(pixels.data.buffer).set(
      Uint32Array.from(ink, (on) => (on ? 0xff000000 : 0xffffffff)));
    brushed.putImageData(pixels, 0, 0);
    brush.setTransform(sharp, 0, 0, sharp, 0, 0);
    brush.imageSmoothingQuality = "high";
    brush.drawImage(this.small, 0, 0, WIDTH, WIDTH);
    this.focused = this.canvas.matches(":focus-visible");
    if (this.focused) this.drawCursor();
    this.tell();
  }

  drawCursor() {
    const { brush } = this;
    const [x, y] = this.under.map((at) => (at * WIDTH) / this.side);
    const size = (2 * WIDTH) / this.side;
    const style = getComputedStyle(this.root);
    const colours = ["#ffffff", style.getPropertyValue("--nudge-parameter") || "#009e73"];
    for (const [i, colour] of colours.entries()) {
      brush.strokeStyle = colour;
      brush.lineWidth = i ? 2 : 5;
      brush.strokeRect(x - size / 2, y - size / 2, size, size);
    }
  }

  tell() {
    const count = this.ink.reduce((sum, on) => sum + on, 0);
    const share = Math.round((100 * count) / this.ink.length);
    const drawn = count ? `${Math.max(1, share)} % ink.` : "The sheet is empty.";
    const [column, row] = this.cursor.map((at) => at + 1);
    const words = this.focused ? `${drawn} Pen at row ${row}, column ${column}.` : drawn;
    if (!this.pen && this.status.textContent !== words) this.status.textContent = words;
    this.root.dataset.count = count;
  }
}
