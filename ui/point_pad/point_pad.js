/* A plane in which points of two classes are set by hand. */

const pads = new WeakMap();
const STEP = 0.25; // of the cross, for an arrow key
const GRID = 0.05; // where a point can lie
const LEAST_REACH = 4.5;
const EDGE = 26; // room for the numbers at the axes

export default function render({ data, parentElement, setTriggerValue }) {
  let pad = pads.get(parentElement);
  if (!pad || pad.left) {
    pad = new PointPad(parentElement);
    pads.set(parentElement, pad);
  }
  pad.receive(data, setTriggerValue);
  return () => gone(pad) && pad.leave();
}

const onGrid = (x) => Math.round(x / GRID) * GRID;
const written = (x) => String(+x.toFixed(3)); // core/points.py has three decimals, too
const spoken = (x) => written(x).replace("-", "−");

class PointPad {
  constructor(parent) {
    this.root = document.createElement("div");
    this.root.className = "nudge-live nudge-pad";
    this.root.dataset.testid = "point-pad";
    this.root.innerHTML = `
      <div class="tools" role="group" aria-label="What a click sets">
        <button type="button" data-kind="0"><svg viewBox="0 0 12 12"><circle cx="6" cy="6" r="4.5"/></svg>class 0</button>
        <button type="button" data-kind="1"><svg viewBox="0 0 12 12"><path d="M6 0 12 6 6 12 0 6Z"/></svg>class 1</button>
        <span></span>
        <button type="button" class="undo">Undo</button>
        <button type="button" class="clear">Clear</button>
      </div>
      <canvas tabindex="0" role="application" aria-label="Plane of your points. Arrow keys
        move the cross, with Shift in large steps. Space sets a point there or takes it
        away, 0 and 1 choose its class, Backspace undoes."></canvas>
      <div class="hand"><button type="button" class="hand-in">Train on these points</button>
        <p class="status" role="status"></p></div>
      <p class="keys">Click to set a point, click it again to take it away. By keyboard:
        arrow keys, Space, <kbd>0</kbd> and <kbd>1</kbd> for the class.</p>`;
    parent.append(this.root);
    const find = (selector) => this.root.querySelector(selector);
    this.canvas = find("canvas");
    this.brush = this.canvas.getContext("2d");
    this.status = find(".status");
    this.button = find(".hand-in");
    this.kinds = [...this.root.querySelectorAll("[data-kind]")];
    this.kind = 1;
    this.cross = [0, 0];
    this.points = [];
    this.past = [];
    this.listen(find);
  }

  listen(find) {
    for (const button of this.kinds) {
      button.addEventListener("click", () => this.choose(+button.dataset.kind));
    }
    find(".undo").addEventListener("click", () => this.undo());
    find(".clear").addEventListener("click", () => this.change([]));
    this.button.addEventListener("click", () => this.handIn());
    this.canvas.addEventListener("pointerdown", (event) => this.press(event));
    this.canvas.addEventListener("keydown", (event) => this.steer(event));
    for (const kind of ["focus", "blur"]) {
      this.canvas.addEventListener(kind, () => this.draw());
    }
    this.resizing = new ResizeObserver(() => this.draw());
    this.resizing.observe(this.root);
    this.theming = new MutationObserver(() => this.draw());
    this.theming.observe(document.documentElement, { attributeFilter: ["data-nudge-theme"] });
  }

  leave() {
    this.left = true;
    this.resizing.disconnect();
    this.theming.disconnect();
  }

  /** The points that the server knows; a draft stays until it knows others. */
  receive(data, report) {
    this.data = data;
    this.report = report;
    this.root.dataset.key = data.key;
    if (data.points !== this.known) {
      this.known = data.points;
      this.points = data.points.split(";").map((each) => each.split(",").map(Number));
      this.past = [];
    }
    this.draw();
  }

  get reach() {
    const far = Math.max(LEAST_REACH, ...this.points.flatMap(([x, y]) => [x, y].map(Math.abs)));
    return far > LEAST_REACH ? 1.05 * far : far;
  }

  choose(kind) {
    this.kind = kind;
    this.draw();
  }

  change(points) {
    this.past.push(this.points);
    this.points = points;
    this.draw();
  }

  undo() {
    if (!this.past.length) return;
    this.points = this.past.pop();
    this.draw();
  }

  /** Set a point, or take away one that lies within `near`. */
  toggle(x1, x2, near) {
    const hit = this.points.findLastIndex(([x, y]) => Math.hypot(x - x1, y - x2) < near);
    if (hit >= 0) this.change(this.points.filter((_, i) => i !== hit));
    else if (this.points.length < this.data.most) {
      this.change([...this.points, [onGrid(x1), onGrid(x2), this.kind]]);
    }
  }

  press(event) {
    if (event.button !== 0) return;
    const box = this.canvas.getBoundingClientRect();
    const x1 = this.reach * ((2 * (event.clientX - box.left - EDGE)) / this.side - 1);
    const x2 = this.reach * (1 - (2 * (event.clientY - box.top)) / this.side);
    if (Math.max(Math.abs(x1), Math.abs(x2)) > this.reach) return;
    this.cross = [onGrid(x1), onGrid(x2)];
    this.toggle(x1, x2, (12 * this.reach) / this.side);
  }

  steer(event) {
    const by = (event.shiftKey ? 4 : 1) * STEP;
    const moves = {
      ArrowLeft: [-by, 0], ArrowRight: [by, 0], ArrowDown: [0, -by], ArrowUp: [0, by],
    };
    if (moves[event.key]) {
      const { reach } = this;
      this.cross = this.cross.map((x, i) =>
        onGrid(Math.max(-reach, Math.min(reach, x + moves[event.key][i]))));
      this.draw();
    } else if (event.key === " " || event.key === "Enter") {
      this.toggle(...this.cross, GRID);
    } else if (event.key === "0" || event.key === "1") {
      this.choose(+event.key);
    } else if (event.key === "Backspace" || event.key === "Delete") {
      this.undo();
    } else {
      return;
    }
    event.preventDefault();
  }

  count(kind) {
    return this.points.filter((point) => point[2] === kind).length;
  }

  /** What core/points.py reads. */
  handIn() {
    const text = this.points.map(([x, y, kind]) => `${written(x)},${written(y)},${kind}`).join(";");
    this.known = text;
    this.report("points", { text });
  }

  draw() {
    const width = Math.min(this.root.clientWidth, 420);
    if (!width || !this.data || this.left) return;
    this.side = width - EDGE - 2;
    const sharp = window.devicePixelRatio || 1;
    setSize(this.canvas, width, this.side + EDGE, sharp);
    const style = getComputedStyle(this.root);
    const read = (name, otherwise) => style.getPropertyValue(name).trim() || otherwise;
    const colours = {
      text: read("--st-text-color", "#22303c"),
      paper: read("--st-background-color", "#fcfbf8"),
      line: read("--st-border-color", "#e2ded3"),
      0: read("--st-orange-color", read("--nudge-class0", "#d55e00")),
      1: read("--st-blue-color", read("--nudge-class1", "#0072b2")),
      mark: read("--st-green-color", read("--nudge-parameter", "#009e73")),
      font: read("--st-font", "sans-serif"),
    };
    const { brush, side, reach } = this;
    brush.setTransform(sharp, 0, 0, sharp, 0, 0);
    brush.clearRect(0, 0, width, side + EDGE);
    const across = (x) => EDGE + (side * (x / reach + 1)) / 2;
    const up = (y) => (side * (1 - y / reach)) / 2;
    brush.strokeStyle = colours.line;
    brush.lineWidth = 1;
    brush.strokeRect(EDGE + 0.5, 0.5, side - 1, side - 1);
    brush.font = `12px ${colours.font}`;
    brush.fillStyle = colours.text;
    brush.textBaseline = "middle";
    const tick = reach > 8 ? Math.floor(reach / 2) : 2;
    for (let x = -Math.floor(reach / tick) * tick; x <= reach; x += tick) {
      brush.beginPath();
      brush.moveTo(across(x), 0);
      brush.lineTo(across(x), side);
      brush.moveTo(EDGE, up(x));
      brush.lineTo(EDGE + side, up(x));
      brush.stroke();
      brush.textAlign = "center";
      brush.fillText(spoken(x), across(x), side + 12);
      brush.textAlign = "right";
      brush.fillText(spoken(x), EDGE - 5, up(x));
    }
    const radius = this.points.length <= 500 ? 5 : 2.5;
    for (const [x, y, kind] of this.points) {
      const [px, py] = [across(x), up(y)];
      tracePoint(brush, kind, px, py, radius);
      brush.fillStyle = colours[kind];
      brush.strokeStyle = colours.paper;
      brush.fill();
      brush.stroke();
    }
    if (this.canvas === document.activeElement) {
      const [px, py] = [across(this.cross[0]), up(this.cross[1])];
      brush.strokeStyle = colours.mark;
      brush.lineWidth = 2;
      brush.beginPath();
      brush.moveTo(px - 10, py);
      brush.lineTo(px + 10, py);
      brush.moveTo(px, py - 10);
      brush.lineTo(px, py + 10);
      brush.stroke();
    }
    this.tell();
  }

  tell() {
    for (const button of this.kinds) {
      button.setAttribute("aria-pressed", String(+button.dataset.kind === this.kind));
    }
    const counts = [this.count(0), this.count(1)];
    const ready = Math.min(...counts) > 0;
    const place = this.canvas === document.activeElement
      ? ` Cross at (${this.cross.map(spoken).join(", ")}).` : "";
    const words = `${counts[0]} of class 0, ${counts[1]} of class 1.` +
      (ready ? "" : " Both classes need at least one point.") + place;
    if (this.status.textContent !== words) this.status.textContent = words;
    this.button.disabled = !ready;
    this.root.dataset.count = this.points.length;
  }
}
