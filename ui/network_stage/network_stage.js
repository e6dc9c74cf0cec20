/* The network stage: a trained network whose every unit, weight and cost is scrubbed.
 *
 * The server sends the kept parameters once. Every map is computed here, for any step
 * (forward.js); the server hears where the slider rests and what was set by hand.
 */

const stages = new WeakMap();
const resting = new Resting(2);
const nameOf = ({ key, id, branch }) => `${key} ${id} ${branch?.id}`;
const EVEN = Float32Array.from({ length: 256 }, (_, i) => i / 255);

export default function render({ data, parentElement, setStateValue, setTriggerValue }) {
  let stage = stages.get(parentElement);
  if (!stage || stage.left) {
    stage = resting.take(nameOf(data)) ?? new NetworkStage();
    stage.enter(parentElement);
    stages.set(parentElement, stage);
  }
  stage.receive(data, setStateValue, setTriggerValue);
  return () => gone(stage) && stage.leave();
}

/* ---- what the server sends ------------------------------------------------ */

async function unpackRun(text) {
  const run = await unpack(text);
  const { steps, theta, points, J, right } = run;
  const rows = (list) => list.map((part) => part.values);
  return {
    ...run,
    steps: steps.values,
    theta: theta.values,
    points: { x: points.x.values, kind: points.kind.values },
    J: rows(J),
    right: rows(right),
  };
}

/** For every tick of the slider the run's last kept step so far; −1 before its first. */
function keptAt(ticks, steps) {
  let kept = -1;
  return Int32Array.from(ticks, (tick) => {
    while (kept + 1 < steps.length && steps[kept + 1] <= tick) kept += 1;
    return kept;
  });
}

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

/* ---- the stage ------------------------------------------------------------ */

class NetworkStage {
  constructor() {
    this.root = document.createElement("div");
    this.root.className = "nudge-live nudge-stage run";
    this.root.dataset.testid = "network-stage";
    this.root.setAttribute("role", "figure");
    this.root.innerHTML = `
      <div class="board">
        <canvas class="back"></canvas><canvas class="front"></canvas>
        <div class="parts" role="listbox" tabindex="0"
          aria-label="Units and weights of the network. Arrow keys move, Enter or a digit sets a value."></div>
      </div>
      <div class="controls"></div>
      <div class="versions" role="group" aria-label="Which run" hidden>
        <button type="button">First run</button><button type="button">Branch</button>
        <span></span><button type="button" class="remove">Remove the branch</button>
      </div>
      <table class="scores"><thead></thead><tbody></tbody></table>
      <p class="legend">
        <span><svg viewBox="0 0 12 12"><circle cx="6" cy="6" r="4.5" class="class0"/></svg>class 0</span>
        <span><svg viewBox="0 0 12 12"><path d="M6 0 12 6 6 12 0 6Z" class="class1"/></svg>class 1</span>
        <span class="held"><svg viewBox="0 0 26 12"><circle cx="6" cy="6" r="4" class="class0"/><path d="M20 1 25 6 20 11 15 6Z" class="class1"/></svg>held out</span>
        <span><svg viewBox="0 0 26 12"><path d="M0 6H26" class="class1"/></svg>positive weight</span>
        <span><svg viewBox="0 0 26 12"><path d="M0 6H26" class="class0" stroke-dasharray="6 4"/></svg>negative weight</span>
      </p>
      <div class="panel"></div>`;
    const find = (selector) => this.root.querySelector(selector);
    this.board = find(".board");
    this.back = find(".back");
    this.front = find(".front");
    this.brush = this.front.getContext("2d");
    this.parts = find(".parts");
    this.versions = find(".versions");
    this.scores = find(".scores");
    this.scrubber = new Scrubber(find(".controls"), this);
    this.panel = new Panel(find(".panel"), this);
    this.editor = new Editor(this.board, this);
    this.index = 0;
    this.share = 0; // of the way to the next kept step, while it plays
    this.shown = 0; // which run's network is drawn
    this.surfaces = [];
    this.listen(find(".remove"));
  }

  /** Take a place on the page: the first one, or another after a rest. */
  enter(parent) {
    parent.append(this.root);
    this.returned = this.left;
    this.left = false;
    this.scrubber.enter();
    this.resizing = new ResizeObserver(() => this.fit());
    this.resizing.observe(this.root);
    this.theming = new MutationObserver(() => this.dress());
    this.theming.observe(document.documentElement, { attributeFilter: ["data-nudge-theme"] });
  }

  listen(remove) {
    const { front, parts } = this;
    front.addEventListener("pointermove", (event) => this.hover(event));
    front.addEventListener("pointerleave", () => this.look(undefined, undefined));
    front.addEventListener("pointerdown", (event) => this.press(event));
    // Not before the finger is lifted: it may be about to scroll the page.
    front.addEventListener("click", () => {
      if (this.pressed !== undefined) this.ask();
    });
    parts.addEventListener("keydown", (event) => this.steer(event));
    parts.addEventListener("focus", () => this.again());
    parts.addEventListener("blur", () => this.again());
    [...this.versions.querySelectorAll("button:not(.remove)")].forEach((button, r) => {
      button.addEventListener("click", () => this.show(r));
    });
    remove.addEventListener("click", () => this.report({}));
  }

  leave() {
    if (this.left) return;
    this.left = true;
    this.scrubber.leave();
    cancelAnimationFrame(this.pending);
    this.resizing.disconnect();
    this.theming.disconnect();
    this.pending = undefined;
    if (this.unpacked === this.mounted) resting.keep(this.mounted, this);
  }

  /** What the server sent: a new run, a branch, a reset, or nothing that matters here. */
  async receive(data, settle, report) {
    const before = this.data;
    this.data = data;
    this.tell = (state) => settle("settled", state);
    this.report = (edit) => report("edited", { run: data.id, ...edit });
    this.root.setAttribute("aria-label", data.alt);
    this.root.dataset.key = data.key;
    this.editor.answered();
    const wanted = nameOf(data);
    const reset = this.returned || (before !== undefined && before.token !== data.token);
    this.returned = false;
    const changed = this.mounted !== wanted || reset;
    if (changed) this.root.toggleAttribute("data-changing", true); // tests wait
    if (this.mounted !== wanted) {
      this.mounted = wanted;
      const runs = await Promise.all(
        [data.run, data.branch?.run].filter(Boolean).map(unpackRun),
      );
      if (this.left || this.mounted !== wanted) return;
      const hand = this.ticks?.[this.index];
      const sameRun = before?.id === data.id;
      this.scrubber.stop();
      this.unpacked = wanted;
      this.mount(runs, sameRun);
      this.place(reset || hand === undefined ? this.data.value : hand);
    } else if (reset && this.runs) {
      this.scrubber.stop();
      this.place(data.value);
    }
    if (this.runs) this.dress();
    if (changed && before?.id !== data.id) this.comeIntoView();
  }

  /** Another run, trained by a press further down the page: up to where it is shown. */
  comeIntoView() {
    const { bottom, height } = this.board.getBoundingClientRect();
    if (bottom > height / 2) return;
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.root.scrollIntoView({ behavior: calm ? "instant" : "smooth", block: "start" });
  }

  mount(runs, sameRun) {
    const [run] = runs;
    const { n } = run;
    const branched = runs.length > 1;
    this.runs = runs;
    this.set = this.data.branch; // of these runs: newer data may be on its way
    this.n = n;
    const steps = new Set(runs.flatMap((each) => [...each.steps]));
    this.ticks = Float64Array.from([...steps].sort((a, b) => a - b));
    this.kept = runs.map((each) => keptAt(this.ticks, each.steps));
    // One network each, moved from step to step: as it was kept, and as it is painted.
    const net = ({ kind, slope }) => ({ n, kind, slope, theta: run.theta, at: 0 });
    this.nets = runs.map(net);
    this.painted = runs.map(net);
    this.mixed = runs.map(() => new Float32Array(SIZE_OF(n)));
    this.usual = [usual(runs, 0, 2 * n), usual(runs, 3 * n, n)];
    this.shown = branched ? 1 : 0;
    const known = sameRun && this.selected !== undefined;
    this.selected = known ? this.selected : partOf.output(n);
    this.looked = undefined;
    this.point = sameRun && this.point ? this.point : firstPoint(run);
    this.aimed = undefined;
    this.prepare();
    this.list();
    this.scrubber.dress("step", { run: true, steps: true });
    this.versions.hidden = !branched;
    this.tabulate();
    this.root.querySelector(".held").hidden = run.J.length < 2;
    this.layout = undefined;
    this.explained = undefined;
    this.editor.close();
  }

  /** Everything that a frame writes to, so that none makes anything new. */
  prepare() {
    const cells = this.n > 24 ? 48 : 64;
    this.cells = cells;
    const { reach } = this.runs[0];
    this.side = Float64Array.from(
      { length: cells },
      (_, c) => (reach * (2 * c + 1 - cells)) / cells,
    );
    this.plane = new Float64Array(cells * cells);
    this.focused = this.runs.map(() => new Float64Array(cells * cells));
    this.sums = this.runs.map(() => new Float64Array(cells * cells));
    this.maps = this.runs.map(() => new Pixels(cells, cells));
    this.fine = this.n > 24 ? 24 : 32; // pixels along a tile
    this.tiles = new Pixels(this.fine, this.fine * (this.n + 3));
  }

  get last() {
    return (this.ticks?.length ?? 1) - 1;
  }

  move(index) {
    if (!this.runs) return;
    this.index = Math.max(0, Math.min(this.last, index));
    this.share = 0;
    this.words = true;
    if (this.fresh) this.again();
    else drawNow(this);
  }

  /** While it plays the maps move on evenly from one kept step to the next: a picture
   * for each frame of the screen. Every number is that of a kept step. */
  glide(at) {
    const index = Math.min(this.last, Math.floor(at));
    const words = index !== this.index;
    this.index = index;
    this.share = at - index;
    this.again(words);
  }

  place(value) {
    this.index = nearest(this.ticks, value);
    this.share = 0;
  }

  settled() {
    return this.runs && { value: this.ticks[this.index], token: this.data.token };
  }

  again(words = true) {
    this.words ||= words;
    if (this.pending || !this.runs) return;
    this.pending = requestAnimationFrame(() => {
      this.pending = undefined;
      this.draw();
    });
  }

  /* ---- looking, pressing, steering ---- */

  now() {
    return this.nets[this.shown];
  }

  /** The part that is looked into: under the pointer, or else the selected one. */
  get part() {
    return this.looked ?? this.selected;
  }

  get point() {
    return this.aimed ?? this.fixed;
  }

  set point(point) {
    this.fixed = point;
  }

  aim(point) {
    this.point = point;
    this.again();
  }

  show(r) {
    this.shown = r;
    this.explained = undefined;
    this.again();
  }

  where(event) {
    const box = this.front.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  }

  /** The point of the plane under the pointer, and the surface on which it lies. */
  pointAt(px, py) {
    for (const [r, box] of this.layout.surfaces.entries()) {
      if (!within(box, px, py)) continue;
      const { reach } = this.runs[0];
      const x1 = reach * ((2 * (px - box.x)) / box.side - 1);
      const x2 = reach * (1 - (2 * (py - box.y)) / box.side);
      return { r, point: [round(x1), round(x2)] };
    }
    return undefined;
  }

  onCost(px, py) {
    const { x, y, width, height } = this.layout.cost;
    return px > x - 12 && px < x + width + 12 && py > y - 8 && py < y + height + AXIS;
  }

  hover(event) {
    if (!this.layout || event.buttons) return;
    const [px, py] = this.where(event);
    const aimed = this.pointAt(px, py)?.point;
    const part = aimed ? undefined : partAt(this.layout, this.n, px, py);
    const grab = this.onCost(px, py) ? "ew-resize" : "";
    this.front.style.cursor = part !== undefined ? "pointer" : aimed ? "crosshair" : grab;
    this.look(part, aimed);
  }

  look(part, aimed) {
    const same = `${aimed}` === `${this.aimed}`;
    if (part === this.looked && same) return;
    this.looked = part;
    this.aimed = aimed;
    this.again();
  }

  press(event) {
    if (!this.layout || event.button !== 0) return;
    const [px, py] = this.where(event);
    const part = partAt(this.layout, this.n, px, py);
    const pointed = this.pointAt(px, py);
    this.pressed = pointed ? undefined : part;
    this.editor.close();
    if (pointed) {
      this.aimed = undefined;
      if (this.runs.length > 1 && pointed.r !== this.shown) this.show(pointed.r);
      this.aim(pointed.point);
    } else if (part !== undefined) {
      this.select(part);
      this.parts.focus({ preventScroll: true });
    } else if (this.onCost(px, py)) {
      this.grabCost(event);
    } else {
      return;
    }
    event.preventDefault();
  }

  /** Open the field of the selected part, if its number can be set. */
  ask() {
    const told = explain(this.n, this.now(), this.selected);
    if (!this.settable || !told.set || !this.layout) return;
    if (this.scrubber.playing) this.scrubber.togglePlay();
    this.editor.open(told, placeOf(this.layout, this.n, this.selected), this.firstStep());
  }

  /** Only the first run: a branch begins where it does. */
  get settable() {
    return this.data.editable && this.shown === 0;
  }

  /** The field is closed: on from its part. */
  refocus() {
    this.parts.focus({ preventScroll: true });
  }

  /** Drag along the cost curve. */
  grabCost(event) {
    const { cost } = this.layout;
    const at = (pointer) => {
      const share = (this.where(pointer)[0] - cost.x) / cost.width;
      this.move(nearest(this.shares, share));
    };
    this.scrubber.stop();
    this.scrubber.slider.focus({ preventScroll: true });
    at(event);
    const drop = () => {
      window.removeEventListener("pointermove", at);
      window.removeEventListener("pointerup", drop);
      window.removeEventListener("pointercancel", drop);
      this.scrubber.settle();
    };
    window.addEventListener("pointermove", at);
    window.addEventListener("pointerup", drop);
    window.addEventListener("pointercancel", drop);
  }

  steer(event) {
    if (!this.runs) return;
    let to = neighbour(this.n, this.selected, event.key);
    if (event.key === "Escape") to = partOf.output(this.n);
    if (TYPED.test(event.key) && !event.ctrlKey && !event.metaKey && !event.altKey) {
      this.ask(); // the field has the focus now, and the browser types into it
      return;
    }
    if (event.key === "Enter") {
      this.ask();
    } else if (event.key === " ") {
      this.scrubber.togglePlay();
    } else if (to !== undefined) {
      this.looked = undefined;
      this.select(to);
    } else {
      return;
    }
    event.preventDefault();
  }

  select(part) {
    this.selected = part;
    this.again();
  }

  /** Train on from a value set by hand, from the first run's kept step. */
  edit(set) {
    this.scrubber.stop();
    this.report({ ...set, step: this.firstStep() });
  }

  firstStep() {
    return this.runs[0].steps[this.kept[0][this.index]];
  }

  /* ---- words beside the canvas ---- */

  /** One option a part for those who do not see the canvas. */
  list() {
    const count = partOf.output(this.n) + 1;
    this.parts.replaceChildren(
      ...Array.from({ length: count }, (_, part) => {
        const option = document.createElement("span");
        option.id = `${this.data.key}-part-${part}`;
        option.setAttribute("role", "option");
        option.textContent = explain(this.n, this.nets[0], part).spoken;
        return option;
      }),
    );
  }

  /** The head of the table, and places for its numbers. */
  tabulate() {
    const [run] = this.runs;
    const heads = ["J", "right", "J held out", "right held out"];
    const rows = this.runs.length > 1 ? ["first run", "branch"] : [""];
    const cells = (tag, texts) =>
      texts.map((text) => {
        const cell = document.createElement(tag);
        cell.textContent = text;
        return cell;
      });
    const line = (children) => {
      const row = document.createElement("tr");
      row.append(...children);
      return row;
    };
    const [head, body] = this.scores.children;
    const some = heads.slice(0, 2 * run.J.length);
    const single = rows.length === 1; // names and numbers on one line
    this.scores.classList.toggle("single", single);
    head.replaceChildren(...(single ? [] : [line(cells("th", ["", ...some]))]));
    body.replaceChildren(
      ...rows.map((name) =>
        line(
          single
            ? some.flatMap((each) => [...cells("th", [each]), ...cells("td", [""])])
            : [...cells("th", [name]), ...cells("td", some.map(() => ""))],
        ),
      ),
    );
  }

  tellScores() {
    this.runs.forEach((run, r) => {
      const kept = this.kept[r][this.index];
      const cells = this.scores.tBodies[0].rows[r].querySelectorAll("td");
      for (let part = 0; part < run.J.length; part += 1) {
        const gone = kept < 0;
        write(cells[2 * part], gone ? "–" : readable(run.J[part][kept], 3));
        write(cells[2 * part + 1], gone ? "–" : percent(run.right[part][kept]));
      }
    });
  }

  tellFrame() {
    const step = this.ticks[this.index];
    const [run] = this.runs;
    const kept = this.kept[0][this.index];
    const when = step === 0 ? "Before the first step" : `After ${whole(step)} steps`;
    this.scrubber.show(
      whole(step),
      `${when} J is ${readable(run.J[0][kept], 3)}, ` +
        `${percent(run.right[0][kept])} of the training points are right.`,
    );
    this.tellScores();
    const { part } = this;
    const branched = this.runs.length > 1;
    if (this.explained !== part) {
      this.explained = part;
      this.told = explain(this.n, this.now(), part);
      this.panel.about(this.told);
      this.paintBack();
    }
    const begun = !branched || this.kept[1][this.index] >= 0;
    [...this.versions.querySelectorAll("button:not(.remove)")].forEach((button, r) => {
      button.setAttribute("aria-pressed", String(r === this.shown));
    });
    const edit = this.set;
    const says = branched
      ? `from step ${whole(edit.step)} on, with ${edit.name}[${edit.row}, ${edit.column}] = ` +
        `${readable(edit.value)}${begun ? "" : "; until then the same"}`
      : "";
    const words = this.versions.querySelector("span");
    if (words.textContent !== says) write(words, says);
    this.panel.update();
    this.tellPart();
    const option = this.parts.children[this.selected];
    if (this.active !== option) {
      this.active?.removeAttribute("aria-selected");
      option.setAttribute("aria-selected", "true");
      this.parts.setAttribute("aria-activedescendant", option.id);
      this.active = option;
    }
    if (!this.scrubber.playing) {
      const { spoken, value } = explain(this.n, this.nets[0], this.selected);
      write(option, value ? `${spoken} ${readable(value(this.now()))}` : spoken);
    }
  }

  /** Name and number at the part under the pointer, or at the one chosen with keys. */
  tellPart() {
    const { part, told, editor } = this;
    const byKeys = document.activeElement === this.parts;
    if (!this.layout || (this.looked === undefined && !byKeys)) {
      editor.hide();
      return;
    }
    let hint = "";
    if (told.set && this.settable) {
      hint = this.looked === undefined ? "Enter sets it" : "click to set it";
    } else if (told.set && this.data.editable) {
      hint = "to set it, go back to the first run";
    }
    editor.show(told, placeOf(this.layout, this.n, part), hint);
  }

  /* ---- painting ---- */

  /** The colours and letters of the present theme. */
  dress() {
    if (!this.runs) return;
    const style = getComputedStyle(this.root);
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
    this.ramp = ramp([class0, paper, class1], EVEN);
    this.fit(true);
  }

  fit(always = false) {
    const width = this.root.clientWidth;
    if (!this.runs || !this.colours || !width || this.left) return;
    if (!always && width === this.layout?.width) return;
    if (width !== this.layout?.width) this.editor.close();
    this.words = true;
    this.layout = arrange(width, this.n, this.runs.length > 1);
    this.sharp = window.devicePixelRatio || 1;
    const { height, network } = this.layout;
    this.board.style.height = `${height}px`;
    Object.assign(this.parts.style, {
      left: `${network.x - 3}px`,
      top: `${network.y - 3}px`,
      width: `${network.width + 6}px`,
      height: `${network.height + 6}px`,
    });
    for (const canvas of [this.back, this.front]) setSize(canvas, width, height, this.sharp);
    this.paintTiles();
    this.paintPoints();
    this.paintBack();
    this.draw();
  }

  /** The maps of the inputs themselves: they never change. */
  paintTiles() {
    const { fine, tiles } = this;
    for (let r = 0, k = 0; r < fine; r += 1) {
      for (let c = 0; c < fine; c += 1, k += 1) {
        tiles.all[k] = this.ramp[Math.round((255 * c) / (fine - 1))];
        tiles.all[fine * fine + k] = this.ramp[255 - Math.round((255 * r) / (fine - 1))];
      }
    }
  }

  /** The points, once for each size and theme: they lie over every surface. */
  paintPoints() {
    const [run] = this.runs;
    const { side } = this.layout.surfaces[0];
    this.dots ??= document.createElement("canvas");
    this.dots.width = Math.round(side * this.sharp);
    this.dots.height = this.dots.width;
    const brush = this.dots.getContext("2d");
    brush.setTransform(this.sharp, 0, 0, this.sharp, 0, 0);
    const count = run.points.kind.length;
    const radius = (count <= 500 ? 3.4 : count <= 1000 ? 2.6 : 2) * clamp(side / 300, 0.65, 1);
    for (let p = 0; p < count; p += 1) {
      const x = (side * (run.points.x[2 * p] / run.reach + 1)) / 2;
      const y = (side * (1 - run.points.x[2 * p + 1] / run.reach)) / 2;
      const kind = run.points.kind[p];
      const colour = kind % 2 ? this.colours.class1 : this.colours.class0;
      const held = kind > 1;
      brush.beginPath();
      if (kind % 2) {
        const r = 1.25 * radius;
        brush.moveTo(x, y - r);
        brush.lineTo(x + r, y);
        brush.lineTo(x, y + r);
        brush.lineTo(x - r, y);
        brush.closePath();
      } else {
        brush.arc(x, y, radius, 0, 2 * Math.PI);
      }
      brush.fillStyle = held ? this.colours.paper : colour;
      brush.strokeStyle = held ? colour : this.colours.paper;
      brush.lineWidth = held ? 1.4 : 0.8;
      brush.fill();
      brush.stroke();
    }
  }

  /** What stands still: words, axes, the cost curves. */
  paintBack() {
    if (!this.layout) return;
    const { width, height, network, surfaces } = this.layout;
    const brush = this.back.getContext("2d");
    brush.setTransform(this.sharp, 0, 0, this.sharp, 0, 0);
    brush.clearRect(0, 0, width, height);
    const write = (text, x, y, align = "center", size = 13) => {
      brush.font = `${size}px ${this.colours.font}`;
      brush.textAlign = align;
      brush.textBaseline = "middle";
      brush.fillStyle = this.colours.text;
      brush.fillText(text, x, y);
    };
    const { inputs, units, output } = this.layout;
    const [run] = this.runs;
    const middle = (left, right) => (left + right) / 2;
    const kind = `${this.n} hidden ${this.n === 1 ? "unit" : "units"}, ${run.label}`;
    const from = Math.min(...units.map((unit) => unit.x));
    const to = Math.max(...units.map((unit) => unit.x + unit.side));
    write(kind, middle(from, to), network.y - 13);
    inputs.forEach((tile, i) => write(i ? "x₂" : "x₁", tile.x + tile.side / 2, tile.y - 10));
    write("ŷ", output.x + output.side / 2, output.y - 11);
    surfaces.forEach((box, r) => this.paintAxes(brush, write, box, r));
    this.paintCost(brush, write);
  }

  paintAxes(brush, write, { x, y, side }, r) {
    const { kind, j } = describe(this.n, this.part);
    const about = kind === "unit" ? `what hidden unit ${j + 1} answers` : "what the network answers";
    const versions = ["first run", "branch"];
    const title = this.runs.length > 1
      ? `${versions[r]}: ${kind === "unit" ? `unit ${j + 1}` : "ŷ"}`
      : `${about} (${kind === "unit" ? "a" : "ŷ"})`;
    write(title, x + side / 2, y - 13);
    const { reach } = this.runs[0];
    const at = (value) => (side * (value / reach + 1)) / 2;
    for (const value of [-Math.floor(reach), 0, Math.floor(reach)]) {
      write(readable(value), x + at(value), y + side + 10, "center", 12);
      write(readable(value), x - 6, y + side - at(value), "right", 12);
    }
    brush.strokeStyle = this.colours.line;
    brush.lineWidth = 1;
    brush.strokeRect(x - 0.5, y - 0.5, side + 1, side + 1);
  }

  /** J against the step, on an axis that gives the first steps room. */
  paintCost(brush, write) {
    const { x, y, width, height, lines } = this.layout.cost;
    const end = this.ticks[this.last];
    const wide = Math.log1p(Math.max(end, 1));
    this.shares = Float64Array.from(this.ticks, (tick) => Math.log1p(tick) / wide);
    const top = 1.06 * Math.max(...this.runs.flatMap((run) => run.J.map((J) => Math.max(...J))));
    this.costY = (J) => y + height * (1 - J / top);
    brush.strokeStyle = this.colours.line;
    brush.lineWidth = 1;
    brush.strokeRect(x + 0.5, y + 0.5, width - 1, height - 1);
    for (const J of [0, top / 1.06]) write(readable(J, 2), x - 6, this.costY(J), "right", 12);
    for (let tick = 0; tick <= end; tick = tick ? 10 * tick : 1) {
      const place = x + (width * Math.log1p(tick)) / wide;
      const room = tick && place > x + width - 24 ? "right" : "center";
      write(whole(tick), Math.min(place, x + width), y + height + 11, room, 12);
    }
    let left = x;
    let line = y - 12 - 16 * (lines - 1);
    const curves = [
      [0, 0, "J, training points"], [0, 1, "held out"],
      [1, 0, "branch"], [1, 1, "branch, held out"],
    ];
    brush.save();
    for (const [r, part, name] of curves) {
      const run = this.runs[r];
      if (!run?.J[part]) continue;
      if (r && !part && lines > 1) [left, line] = [x, y - 12];
      brush.strokeStyle = r ? this.colours.parameter : this.colours.text;
      brush.lineWidth = r ? 2.5 : 1.75;
      brush.lineJoin = "round";
      brush.setLineDash(part ? [5, 4] : []);
      brush.beginPath();
      run.J[part].forEach((J, k) => {
        brush[k ? "lineTo" : "moveTo"](
          x + (width * Math.log1p(run.steps[k])) / wide,
          this.costY(J),
        );
      });
      brush.stroke();
      brush.beginPath();
      brush.moveTo(left, line);
      brush.lineTo(left + 22, line);
      brush.stroke();
      write(name, left + 27, line, "left", 12);
      left += 27 + brush.measureText(name).width + 16;
    }
    brush.restore();
  }

  draw() {
    if (this.left || !this.runs || !this.layout) return;
    const { brush, index, sharp } = this;
    const { width, height } = this.layout;
    for (let r = 0; r < this.runs.length; r += 1) this.setNet(r);
    if (this.words) this.tellFrame();
    this.words = false;
    brush.setTransform(sharp, 0, 0, sharp, 0, 0);
    brush.clearRect(0, 0, width, height);
    const { kind, j } = describe(this.n, this.part);
    const unit = kind === "unit" ? j : -1;
    this.computeMaps(unit);
    this.paintEdges();
    this.paintNodes();
    for (let r = 0; r < this.runs.length; r += 1) this.paintSurface(r, unit);
    this.paintCursor();
    this.root.dataset.frame = index;
    this.root.toggleAttribute("data-changing", false);
    this.lead(this.kept[0][index]);
  }

  /** Live figures that follow go to the same kept step. */
  lead(index) {
    const { key } = this.data;
    if (this.root.dataset.kept === String(index)) return;
    this.root.dataset.kept = index;
    window.dispatchEvent(new CustomEvent("nudge-frame", { detail: { key, index } }));
  }

  /** Run r at the present step, and a share of the way to the next one. */
  setNet(r) {
    const [net, painted] = [this.nets[r], this.painted[r]];
    this.find(r, this.index, net);
    painted.theta = net.theta;
    painted.at = net.at;
    if (!this.share || this.index === this.last) return;
    this.find(r, this.index + 1, painted);
    const mixed = this.mixed[r];
    for (let k = 0; k < mixed.length; k += 1) {
      const from = net.theta[net.at + k];
      mixed[k] = from + this.share * (painted.theta[painted.at + k] - from);
    }
    painted.theta = mixed;
    painted.at = 0;
  }

  find(r, index, net) {
    const from = this.kept[r][index] < 0 ? 0 : r; // before it begins a branch is the first run
    net.theta = this.runs[from].theta;
    net.at = SIZE_OF(this.n) * this.kept[from][index];
  }

  computeMaps(unit) {
    const { n, plane, side, fine } = this;
    const { reach } = this.runs[0];
    for (let r = 0; r < this.painted.length; r += 1) {
      const net = this.painted[r];
      const sum = this.sums[r].fill(B2(net));
      for (let j = 0; j < n; j += 1) {
        unitPlane(net, j, side, plane);
        addPlane(sum, plane, W2(net, j));
        const looked = j === unit;
        if (r !== this.shown && !looked) continue;
        const middle = net.kind === "sigmoid" ? 0.5 : 0;
        const scale = net.kind === "sigmoid" ? 255 : 127.5 / fullColour(net, j, reach);
        if (r === this.shown) this.shade(plane, middle, scale, fine * fine * (2 + j), fine);
        if (looked) {
          const map = this.maps[r];
          fill(map.all, plane, this.cells, this.cells, this.ramp, middle, scale, 0);
          this.focused[r].set(plane);
        }
      }
      for (let k = 0; k < sum.length; k += 1) plane[k] = sigmoid(sum[k]);
      if (r === this.shown) this.shade(plane, 0.5, 255, fine * fine * (2 + n), fine);
      if (unit < 0) {
        fill(this.maps[r].all, plane, this.cells, this.cells, this.ramp, 0.5, 255, 0);
      }
      this.maps[r].flush();
    }
    this.tiles.flush();
  }

  shade(plane, middle, scale, at, fine) {
    fill(this.tiles.all, plane, this.cells, fine, this.ramp, middle, scale, at);
  }

  paintEdges() {
    const { brush, n, layout, part, colours } = this;
    const net = this.painted[this.shown];
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

  paintNodes() {
    const { inputs, units, output } = this.layout;
    inputs.forEach((box, i) => this.paintTile(box, i, partOf.input(i)));
    for (let j = 0; j < this.n; j += 1) {
      this.paintTile(units[j], 2 + j, partOf.unit(this.n, j));
    }
    this.paintTile(output, 2 + this.n, partOf.output(this.n));
  }

  paintTile({ x, y, side }, tile, part) {
    const { brush, fine, colours } = this;
    brush.drawImage(this.tiles.canvas, 0, fine * tile, fine, fine, x, y, side, side);
    const chosen = part === this.part;
    brush.lineWidth = chosen ? 3 : 1;
    brush.strokeStyle = chosen ? colours.parameter : colours.text;
    brush.globalAlpha = chosen ? 1 : 0.5;
    brush.strokeRect(x, y, side, side);
    brush.globalAlpha = 1;
  }

  paintSurface(r, unit) {
    const { brush, cells, sharp, colours } = this;
    const { x, y, side } = this.layout.surfaces[r];
    brush.drawImage(this.maps[r].canvas, x, y, side, side);
    const values = unit < 0 ? this.sums[r] : this.focused[r];
    const middle = unit >= 0 && this.nets[r].kind === "sigmoid" ? 0.5 : 0;
    brush.strokeStyle = colours.text;
    brush.lineWidth = 1.5;
    const across = (c) => x + ((c + 0.5) / cells) * side;
    const up = (row) => y + side - ((row + 0.5) / cells) * side;
    if (unit < 0 || !this.nets[r].kind.endsWith("relu")) {
      traceEdge(brush, (k) => values[k] - middle, cells, cells, across, up);
    }
    brush.drawImage(this.dots, x, y, this.dots.width / sharp, this.dots.height / sharp);
    const [x1, x2] = this.point;
    const { reach } = this.runs[0];
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

  paintCursor() {
    const { brush, index, colours } = this;
    const { x, y, width, height } = this.layout.cost;
    const { shares, share } = this;
    const next = shares[Math.min(index + 1, this.last)];
    const px = x + width * (shares[index] + share * (next - shares[index]));
    brush.strokeStyle = colours.parameter;
    brush.lineWidth = 1.5;
    brush.beginPath();
    brush.moveTo(px, y);
    brush.lineTo(px, y + height);
    brush.stroke();
    for (let r = 0; r < this.runs.length; r += 1) {
      const kept = this.kept[r][index];
      if (kept < 0) continue;
      for (const J of this.runs[r].J) {
        brush.beginPath();
        brush.arc(px, this.costY(J[kept]), 4, 0, 2 * Math.PI);
        brush.fillStyle = colours.parameter;
        brush.fill();
      }
    }
  }
}

/** From this |a| on a unit's map has the full colour. Without a bound for g only a corner
 * of the plane comes near the largest, and a small map would be almost empty. */
function fullColour(net, j, reach) {
  const share = net.kind === "tanh" ? 1 : 0.4;
  return share * largest(net, j, reach) || 1;
}

const DASHED = [5, 4];
const SOLID = [];
const round = (x) => Math.round(100 * x) / 100;

/** A training point away from the axes, to put numbers into the formulas. */
function firstPoint({ points }) {
  const { x } = points;
  let p = 0;
  while (p < x.length && Math.min(Math.abs(x[p]), Math.abs(x[p + 1])) < 1) p += 2;
  return p < x.length ? [round(x[p]), round(x[p + 1])] : [round(x[0]), round(x[1])];
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

/** A plane of `cells` × `cells` as `fine` × `fine` pixels from `at` on, its top first. */
function fill(pixels, plane, cells, fine, colours, middle, scale, at) {
  const jump = cells / fine;
  for (let r = 0, k = at; r < fine; r += 1) {
    const from = cells * (cells - 1 - Math.floor(r * jump));
    for (let c = 0; c < fine; c += 1, k += 1) {
      const level = 127.5 + scale * (plane[from + Math.floor(c * jump)] - middle);
      pixels[k] = colours[level < 0 ? 0 : level > 255 ? 255 : level | 0];
    }
  }
}
