/* The live figure: a Plotly figure with one dragged parameter.
 *
 * The server sends the figure and every frame once. From then on the hand moves
 * the frames here, in the browser, and the server hears the settled value only.
 */

const bundles = {};
const figures = new WeakMap();
const resting = new Resting(8, (figure) => figure.plotly.purge(figure.plot));
const nameOf = ({ key, id }) => `${key} ${id}`;

export default function render({ data, parentElement, setStateValue }) {
  let figure = figures.get(parentElement);
  if (!figure || figure.left) {
    figure = resting.take(nameOf(data)) ?? new LiveFigure();
    figure.enter(parentElement);
    figures.set(parentElement, figure);
  }
  figure.receive(data, (state) => setStateValue("settled", state));
  return () => gone(figure) && figure.leave();
}

/* ---- loading ------------------------------------------------------------ */

/** Where the app is served from, also behind a proxy with a base path. */
function appRoot() {
  const script = document.querySelector('script[src*="static/js/index"]');
  return script ? script.src.split("static/js/")[0] : `${location.origin}/`;
}

/** One script for each kind of figure, loaded once however many figures ask. The page
 * asks before any of them, see ui/early.js. */
export function loadPlotly(file) {
  bundles[file] ??= (bundles.last ?? Promise.resolve()).then(
    () =>
      new Promise((resolve, reject) => {
        const script = document.createElement("script");
        script.src = appRoot() + file;
        script.onload = () => {
          const plotly = window.Plotly;
          delete window.Plotly; // two bundles share this name: keep each apart
          resolve(plotly);
        };
        script.onerror = () => reject(new Error(`${file} did not load`));
        document.head.append(script);
      }),
  );
  bundles.last = bundles[file].catch(() => undefined);
  return bundles[file];
}

/** Plotly's own packed arrays, unpacked once instead of at every frame. */
function plainArrays(value) {
  if (Array.isArray(value)) return value.map(plainArrays);
  if (!value || typeof value !== "object") return value;
  if (value.bdata === undefined) {
    return Object.fromEntries(
      Object.entries(value).map(([name, item]) => [name, plainArrays(item)]),
    );
  }
  const flat = new TYPES[value.dtype](rawBytes(value.bdata).buffer);
  const width = value.shape ? +String(value.shape).split(",").pop() : 0;
  if (!width) return flat;
  return Array.from({ length: flat.length / width }, (_, r) =>
    flat.subarray(r * width, (r + 1) * width),
  );
}

/** Row i of a packed array, of a plain list of rows, or of neighbours in a long list. */
function row(packed, i) {
  if (Array.isArray(packed)) return packed[i];
  if (packed.table) return around(packed, i);
  const size = packed.shape.slice(1).reduce((a, b) => a * b, 1);
  return packed.values.subarray(i * size, (i + 1) * size);
}

/** The first number of row i: to look through many, without a view of each. */
const firstOf = (packed, i) =>
  Array.isArray(packed) ? packed[i][0] : packed.values[(i * packed.values.length) / packed.shape[0]];

/** What stands in a list around a place: see Around in core/sweep.py. */
function around({ table, at, reach, order, size }, i) {
  const item = table.pattern ? textOf : (list, k) => list.values[k];
  return Array.from({ length: 2 * reach + 1 }, (_, d) => {
    const place = at.values[i] - reach + d;
    if (place < 0 || place >= size) return undefined;
    return item(table, order ? order.values[place] : place);
  });
}

/** Text i of a list, or of a pattern and its columns: see Texts in core/sweep.py. */
function textOf(texts, i) {
  if (!texts.pattern) return texts[i];
  return texts.pattern.replace(/\{(\w+)\}/g, (_, name) => {
    const column = texts.columns[name];
    return Array.isArray(column) ? column[0][column[1].values[i]] : column.values[i];
  });
}

async function unpackDrawing({ id, drawing: text }) {
  const drawing = { id, ...(await unpack(text)) };
  const { sweep, figure } = drawing;
  figure.data = plainArrays(figure.data);
  if (sweep) sweep.values = sweep.values.values;
  if (sweep) sweep.movers = Object.keys({ ...sweep.moving, ...sweep.growing }).map(Number);
  return drawing;
}

/* ---- colours ------------------------------------------------------------ */

/** Swap every colour of the light palette for its dark partner. */
function recolour(value, partners) {
  if (typeof value === "string" && value[0] === "#") {
    const partner = partners[value.slice(0, 7).toUpperCase()];
    return partner ? partner + value.slice(7) : value;
  }
  if (Array.isArray(value)) return value.map((item) => recolour(item, partners));
  if (value && typeof value === "object" && !ArrayBuffer.isView(value)) {
    return Object.fromEntries(
      Object.entries(value).map(([name, item]) => [name, recolour(item, partners)]),
    );
  }
  return value;
}

/** What the 256 levels of a map stand for: see _levels in packing.py. */
const LEVELS = Float32Array.from({ length: 256 }, (_, i) => {
  const root = i / 127.5 - 1;
  return (1 + root * Math.abs(root)) / 2;
});

/* How far outside the window a figure is drawn already. */
const NEAR = "100px";

/* What lights up a frame while it is pointed at or has the focus; a click keeps it. */
const LIGHTING = ["pointerover", "focusin", "click"];

/* ---- the figure --------------------------------------------------------- */

class LiveFigure {
  constructor() {
    this.root = document.createElement("div");
    this.root.className = "nudge-live";
    this.root.dataset.testid = "live-figure";
    this.root.setAttribute("role", "figure");
    this.root.innerHTML = `
      <div class="stage">
        <div class="maps"></div><div class="plot"></div>
        <canvas class="ink" width="0" height="0"></canvas>
      </div>
      <div class="controls" hidden></div>
      <dl class="readout" hidden></dl>
      <p class="says" hidden></p>`;
    const find = (selector) => this.root.querySelector(selector);
    this.plot = find(".plot");
    this.maps = find(".maps");
    this.ink = find(".ink");
    this.desk = new OffscreenCanvas(1, 1);
    this.controls = find(".controls");
    this.scrubber = new Scrubber(this.controls, this);
    this.readout = find(".readout");
    this.says = find(".says");
    this.index = 0;
    this.inked = [];
    this.plot.addEventListener("pointerdown", (event) => this.grab(event), true);
    this.plot.addEventListener("pointermove", (event) => this.hover(event), true);
    this.plot.addEventListener("pointerleave", () => this.endHover());
  }

  /** Take a place on the page: the first one, or another after a rest. */
  enter(parent) {
    parent.append(this.root);
    this.returned = this.left;
    this.left = false;
    this.scrubber.enter();
    this.inSight = undefined;
    this.resizing = new ResizeObserver(() => this.fit());
    this.resizing.observe(this.root);
    this.lengthening = new ResizeObserver(() => this.keepLines());
    this.lengthening.observe(this.says);
    this.watching = new IntersectionObserver((entries) => this.see(entries.at(-1).isIntersecting), {
      rootMargin: NEAR,
      scrollMargin: NEAR,
    });
    this.watching.observe(this.root);
    this.print = () => this.see(true);
    window.addEventListener("beforeprint", this.print);
    this.followLeader = (event) => {
      if (this.data?.follows === event.detail.key) this.move(event.detail.index, true);
    };
    window.addEventListener("nudge-frame", this.followLeader);
    this.light = (event) => this.lightUp(event);
    for (const kind of LIGHTING) document.addEventListener(kind, this.light);
    this.rows = new MutationObserver(() => this.markRows());
  }

  leave() {
    if (this.left) return;
    this.scrubber.leave();
    cancelAnimationFrame(this.pending);
    this.resizing.disconnect();
    this.lengthening.disconnect();
    this.watching.disconnect();
    window.removeEventListener("beforeprint", this.print);
    window.removeEventListener("nudge-frame", this.followLeader);
    for (const kind of LIGHTING) document.removeEventListener(kind, this.light);
    this.rows.disconnect();
    this.pending = undefined;
    this.left = true;
    if (!this.drawn) return;
    // A browser has few contexts for landscapes: they are not for keeping.
    const landscape = this.plot._fullLayout._has("gl3d");
    if (landscape || this.drawing.id !== this.data.id) this.plotly.purge(this.plot);
    else resting.keep(nameOf(this.data), this);
  }

  /** Whether the figure is on the screen, or nearly: only then it is worth painting. */
  see(inSight) {
    this.inSight = inSight;
    if (inSight && this.root.hasAttribute("data-unseen")) this.schedule();
  }

  /** What the server sent: a new figure, a reset, or nothing that matters here. */
  async receive(data, tell) {
    this.tell = tell;
    const before = this.data;
    this.data = data;
    this.root.setAttribute("aria-label", data.alt);
    this.root.dataset.key = data.key;
    if (!this.drawing) this.plot.style.height = `${data.height}px`;
    const sameFigure = before?.id === data.id;
    const reset = this.returned || (before !== undefined && before.token !== data.token);
    this.returned = false;
    // Not painted yet: tests wait.
    if (!sameFigure || reset) this.root.toggleAttribute("data-changing", true);
    if (!sameFigure) {
      const [drawing, plotly] = await Promise.all([
        unpackDrawing(data),
        loadPlotly(data.bundle),
      ]).catch((error) => this.fail(error));
      if (this.left || this.data.id !== data.id || !drawing) return;
      this.endHover();
      const hand = this.asked;
      this.plotly = plotly;
      this.drawing = drawing;
      this.dark = undefined;
      this.scrubber.stop();
      this.dress();
      this.place(reset || hand === undefined ? data.value : hand);
    } else if (reset) {
      this.scrubber.stop();
      this.place(data.value);
    }
    if (!this.drawing) return;
    const repaint = this.themeChanged() || !sameFigure;
    if (repaint) this.prepared = undefined;
    if (repaint || reset) this.schedule();
  }

  fail(error) {
    this.plot.textContent =
      "The figure could not be loaded. Reload the page to try again.";
    console.error(error);
    return [];
  }

  /** Go to the frame nearest to a value; the hand's own value, or the server's. */
  place(value) {
    const { sweep } = this.drawing;
    if (!sweep) return;
    if (this.data.follows) {
      const leader = [...document.querySelectorAll(".nudge-live")].find(
        (figure) => figure.dataset.key === this.data.follows,
      );
      // A stage with a branch has more frames than the run that others follow.
      const frame = leader?.dataset.kept ?? leader?.dataset.frame;
      this.index = Math.min(+(frame ?? 0), sweep.values.length - 1);
      if (!frame) this.index = nearest(sweep.values, value);
    } else {
      // Kept as it was asked for: a figure with fewer frames does not forget it.
      this.asked = value;
      this.index = nearest(sweep.values, value);
    }
  }

  /** Slider, symbol, button and readout of this sweep. */
  dress() {
    const { sweep } = this.drawing;
    const hidden = !sweep || Boolean(this.data.follows);
    this.controls.hidden = hidden;
    this.readout.hidden = !sweep?.readout.length;
    this.says.hidden = !sweep?.says.length && !sweep?.says.pattern;
    if (!sweep) return;
    this.scrubber.dress(sweep.label, sweep);
    this.root.classList.toggle("run", sweep.run);
    this.root.classList.toggle("along-x", sweep.along_x);
    const items = sweep.readout.map(({ symbol, role }) => {
      const item = document.createElement("div");
      const term = document.createElement("dt");
      term.textContent = symbol;
      const number = document.createElement("dd");
      number.className = role;
      item.append(term, number);
      return item;
    });
    this.readout.replaceChildren(...items);
    this.maps.replaceChildren(
      ...sweep.maps.map(() => document.createElement("canvas")),
    );
    this.small = undefined;
  }

  themeChanged() {
    const background = getComputedStyle(this.root).getPropertyValue(
      "--st-background-color",
    );
    const dark = isDark(background);
    const changed = dark !== this.dark;
    this.dark = dark;
    return changed;
  }

  /** The figure in the colours and fonts of the present theme. */
  prepare() {
    const style = getComputedStyle(this.root);
    const { figure } = this.drawing;
    const partners = this.dark ? (figure.layout.meta?.dark ?? {}) : {};
    const layout = recolour(figure.layout, partners);
    layout.font = {
      ...layout.font,
      family: style.getPropertyValue("--st-font") || "sans-serif",
      color: style.getPropertyValue("--st-text-color").trim() || undefined,
    };
    layout.modebar = {
      bgcolor: "rgba(0,0,0,0)",
      color: "rgba(128,128,128,0.7)",
      activecolor: layout.font.color,
    };
    layout.paper_bgcolor = "rgba(0,0,0,0)";
    layout.plot_bgcolor = "rgba(0,0,0,0)";
    layout.uirevision ??= "keep";
    layout.height = this.setHeight();
    this.prepared = { traces: recolour(figure.data, partners), layout };
    if (this.drawing.sweep?.maps.length) {
      const stops = recolour(figure.layout.meta.ramp, partners);
      this.ramp = ramp(stops, LEVELS);
    }
  }

  /** As high as the server asks; a square figure on a narrow screen is lower. What
   * `square` says is the height for a width of 1: true, which counts as 1, or a ratio. */
  setHeight() {
    const { margin, meta } = this.drawing.figure.layout;
    const across = this.root.clientWidth - margin.l - margin.r;
    const square = across * Number(meta?.square) + margin.t + margin.b;
    const height = meta?.square ? Math.min(this.data.height, square) : this.data.height;
    this.plot.style.height = `${height}px`;
    return height;
  }

  get last() {
    return (this.drawing?.sweep?.values.length ?? 1) - 1;
  }

  move(index, atOnce = false) {
    if (!this.drawing?.sweep) return;
    this.index = Math.max(0, Math.min(this.last, index));
    this.asked = this.drawing.sweep.values[this.index];
    // A follower is told inside its leader's frame: both are painted together.
    const quick = this.still() || this.inSight === false;
    if (quick && (atOnce || !this.fresh)) drawNow(this);
    else this.schedule();
  }

  /** Whether Plotly has nothing to do in this frame: all that moves is ink or map. */
  still() {
    const movers = this.drawing.sweep?.movers.length ?? 0;
    return this.prepared && this.reacted === this.prepared && this.inked.length === movers;
  }

  schedule() {
    if (this.pending) return;
    this.pending = requestAnimationFrame(() => {
      this.pending = undefined;
      this.draw();
    });
  }

  draw() {
    if (this.left || !this.drawing) return;
    const { sweep } = this.drawing;
    const { index } = this;
    // Out of sight the numbers follow; the picture waits until somebody scrolls to it.
    this.root.toggleAttribute("data-unseen", this.inSight === false);
    // All words first, the canvases after them: a canvas that is told a font lays the
    // page out, and that once in a frame is enough.
    if (sweep) this.tellFrame(sweep, index);
    if (this.lengthened !== this.drawing) this.keepLines(true);
    this.lengthened = this.drawing;
    this.lead(index);
    this.markRows();
    if (this.inSight === false) {
      // To ask for a width is to lay the page out, so not in every frame.
      if (this.reserved !== this.drawing) this.setHeight();
      this.reserved = this.drawing;
    } else {
      if (!this.prepared) this.prepare();
      if (!this.still()) this.react(sweep, index);
      this.paint();
    }
    this.root.dataset.frame = index;
    this.root.toggleAttribute("data-changing", false);
  }

  /** Tell those that follow to show the same frame, now. */
  lead(index) {
    if (!this.drawing.sweep || this.data.follows) return;
    const detail = { key: this.data.key, index };
    window.dispatchEvent(new CustomEvent("nudge-frame", { detail }));
  }

  react(sweep, index) {
    const { traces: all, layout } = this.prepared;
    const movers = sweep?.movers ?? [];
    this.inked = movers.filter((t) => inkable(all[t], layout));
    const now = all.map((trace, t) =>
      movers.includes(t) && !this.inked.includes(t) ? frameOf(sweep, trace, t, index) : trace,
    );
    const traces = toldToPlotly(now, this.inked, layout);
    const config = {
      displaylogo: false,
      displayModeBar: sweep?.along_x ? false : "hover",
      modeBarButtonsToRemove: [
        ...["select2d", "lasso2d", "toImage", "autoScale2d"],
        "sendChartToCloud", // nothing leaves the app's own server
      ],
      doubleClick: "reset",
    };
    const done = this.plotly.react(this.plot, traces, layout, config);
    Promise.resolve(done).then(() => this.followCamera());
    this.reacted = this.prepared;
    if (!this.drawn) {
      this.drawn = true;
      this.plot.on("plotly_relayout", () => this.paint());
      this.plot.on("plotly_relayouting", () => this.paint());
    }
    this.alignSlider();
  }

  /** What is painted over a landscape turns with it. */
  followCamera() {
    const scene = this.plot._fullLayout?.scene?._scene?.glplot;
    if (!scene || scene.onrender === this.turned) return;
    const before = scene.onrender;
    this.turned = () => {
      before?.();
      if (!this.left && this.prepared) this.paint();
    };
    scene.onrender = this.turned;
  }

  /** What stands under and over Plotly's part of the figure. */
  paint() {
    this.paintMaps();
    const { sweep } = this.drawing;
    const full = this.plot._fullLayout;
    if (!sweep || !this.inked.length || !full) return;
    const traces = this.inked.map((t) =>
      frameOf(sweep, this.prepared.traces[t], t, this.index),
    );
    const { family, color } = this.prepared.layout.font;
    paintInk(this.ink, this.desk, traces, full, window.devicePixelRatio || 1, family, color);
  }

  tellFrame(sweep, index) {
    const shown = textOf(sweep.shown, index);
    const says = textOf(sweep.says, index);
    this.scrubber.show(shown, says ?? `${sweep.label} = ${shown}`);
    sweep.readout.forEach((number, i) => {
      write(this.readout.children[i].lastChild, textOf(number.shown, index));
    });
    write(this.says, says ?? "");
  }

  /** The slider spans the axes, so that its thumb stands under the point. */
  alignSlider() {
    const size = this.plot._fullLayout?._size;
    if (!size || this.plot._fullLayout._has("gl3d")) return;
    this.root.style.setProperty("--axes-left", `${size.l}px`);
    this.root.style.setProperty("--axes-right", `${size.r}px`);
  }

  paintMaps() {
    const { sweep } = this.drawing;
    const full = this.plot._fullLayout;
    if (!sweep?.maps.length || !full || !this.ramp) return;
    this.small ??= sweep.maps.map((map) => new SmallMap(map));
    const sharp = window.devicePixelRatio || 1;
    sweep.maps.forEach((map, m) => {
      const canvas = this.maps.children[m];
      const suffix = map.subplot > 1 ? map.subplot : "";
      const x = full[`xaxis${suffix}`];
      const y = full[`yaxis${suffix}`];
      const small = this.small[m];
      const [left, right] = map.x.map((v) => x.l2p(v));
      const [bottom, top] = map.y.map((v) => y.l2p(v));
      const place = [x._offset, y._offset, x._length, y._length, left, right, bottom, top];
      // A map that stands still is painted again where its axes or colours change only.
      const look = [small.at(this.index), this.prepared, sharp, ...place];
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
      brush.strokeStyle = this.prepared.layout.font.color;
      brush.lineWidth = 1.5;
      const { width, height } = small;
      const across = (c) => left + ((c + 0.5) / width) * (right - left);
      const up = (r) => bottom - ((r + 0.5) / height) * (bottom - top);
      const above = (k) => LEVELS[frame[k]] - map.edge;
      // Bytes, for the way to the right and the way up: see core/edges.py.
      const [ahead, higher] = map.cuts?.map((cut) => row(cut, look[0])) ?? [];
      const cut = ahead && ((k, step) => (step === 1 ? ahead : higher)[k] / 255);
      traceEdge(brush, above, width, height, across, up, cut);
    });
  }

  fit() {
    if (!this.drawing || this.left || !this.root.clientWidth) return;
    if (this.width === this.root.clientWidth) return;
    this.width = this.root.clientWidth;
    this.keepLines(true);
    this.setHeight();
    if (!this.drawn) return;
    Promise.resolve(this.plotly.Plots.resize(this.plot)).then(() => {
      if (this.left) return;
      this.alignSlider();
      this.paint();
    });
  }

  /** The sentence keeps the height of its longest: what stands below it stays there. */
  keepLines(anew = false) {
    if (anew) this.says.style.minHeight = "";
    if (!this.says.hidden) this.says.style.minHeight = `${this.says.offsetHeight}px`;
  }

  /* ---- dragging on the figure itself ---- */

  grab(event) {
    const at = event.button === 0 && this.finder(event);
    if (!at) return;
    this.hovered = undefined; // what is pressed stays
    this.scrubber.stop();
    this.scrubber.slider.focus({ preventScroll: true });
    this.move(at(event));
    const follow = (pointer) => this.move(at(pointer));
    const drop = () => {
      window.removeEventListener("pointermove", follow);
      window.removeEventListener("pointerup", drop);
      window.removeEventListener("pointercancel", drop);
      this.scrubber.settle();
    };
    window.addEventListener("pointermove", follow);
    window.addEventListener("pointerup", drop);
    window.addEventListener("pointercancel", drop);
    event.preventDefault();
  }

  /** What finds the frame under a pointer that went down, or hovers, where it is now. */
  finder(event) {
    const { sweep } = this.drawing ?? {};
    if (!sweep?.along_x || this.data.follows || !this.drawn) return undefined;
    const axis = this.plot._fullLayout.xaxis;
    const marked = this.marked(event);
    if (sweep.marks?.length && !marked && !this.nearAxes(event)) return undefined;
    return (pointer) => {
      if (marked) return this.nearestMark(marked, pointer);
      const left = this.plot.getBoundingClientRect().left + axis._offset;
      return nearest(sweep.values, axis.p2d(pointer.clientX - left));
    };
  }

  /** Show the frame under a pointer that is not pressed, for as long as it is there. */
  hover(event) {
    if (!this.drawing?.sweep?.hover || event.buttons) return;
    const at = this.finder(event);
    if (!at) return this.endHover();
    this.kept = this.staying;
    this.hovered = at(event);
    if (this.hovered !== this.index) this.move(this.hovered);
  }

  endHover() {
    const { staying } = this;
    this.hovered = undefined;
    if (staying !== this.index) this.move(staying);
  }

  /** The frame that stays: the one that is only pointed at goes with the pointer. */
  get staying() {
    return this.index === this.hovered ? this.kept : this.index;
  }

  /** The trace of `sweep.marks` in whose axes the pointer is, with those axes. */
  marked(pointer) {
    const { left, top } = this.plot.getBoundingClientRect();
    const full = this.plot._fullLayout;
    const within = (axis, p) => p >= axis._offset && p <= axis._offset + axis._length;
    for (const trace of this.drawing.sweep.marks ?? []) {
      const { xaxis = "x", yaxis = "y" } = this.drawing.figure.data[trace];
      const [x, y] = [full[`xaxis${xaxis.slice(1)}`], full[`yaxis${yaxis.slice(1)}`]];
      if (within(x, pointer.clientX - left) && within(y, pointer.clientY - top)) return { trace, x, y };
    }
    return undefined;
  }

  /** Whether the pointer is within reach of the first axes, above or below. */
  nearAxes(pointer, reach = 12) {
    const { _offset, _length } = this.plot._fullLayout.yaxis;
    const down = pointer.clientY - this.plot.getBoundingClientRect().top - _offset;
    return down >= -reach && down <= _length + reach;
  }

  /** The frame whose mark is nearest to the pointer; a mark without y counts by x. Of
   * equally near ones, it is the one that is marked on the same axes as the present. */
  nearestMark({ trace, x, y }, pointer) {
    const { left, top } = this.plot.getBoundingClientRect();
    // Marks stand on linear axes: one scale does for all of many frames.
    const [wide, high] = [x.d2p(1) - x.d2p(0), y.d2p(1) - y.d2p(0)];
    const toRight = x.p2d(pointer.clientX - x._offset - left);
    const up = y.p2d(pointer.clientY - y._offset - top);
    const { moving, marks } = this.drawing.sweep;
    const { x: across, y: tall } = moving[trace];
    const axes = (i) => marks.map((t) => Number.isNaN(firstOf(moving[t].x, i))).join();
    const now = axes(this.index);
    let [best, least] = [this.index, Infinity];
    for (let i = 0; i <= this.last; i += 1) {
      const dx = wide * (firstOf(across, i) - toRight);
      const dy = tall ? high * (firstOf(tall, i) - up) : 0;
      const away = dx * dx + dy * dy;
      const alike = away === least && axes(i) === now && axes(best) !== now;
      if (away < least || alike) [best, least] = [i, away];
    }
    return best;
  }

  /* ---- rows of a table that stand for a frame ---- */

  /** Show the frame of the row under the pointer, and after it what the hand had left. */
  lightUp({ type, target }) {
    if (!this.drawing || this.data.follows) return;
    const found = target.closest?.(`[data-lights="${this.data.key}"]`);
    if (type === "click") {
      if (!found) return;
      this.move(+found.dataset.frame);
      this.lit = undefined;
      this.scrubber.settle();
    } else if (found) {
      const before = this.lit?.before ?? this.index;
      this.scrubber.stop();
      this.move(+found.dataset.frame);
      this.lit = { before, index: this.index };
    } else if (this.lit) {
      if (this.index === this.lit.index) this.move(this.lit.before);
      this.lit = undefined;
    }
  }

  /** Mark the rows of the present frame, also when the table is another one. */
  markRows() {
    if (this.data.follows) return;
    // Asked in every frame: the browser keeps the answer to the name of a class.
    const rows = [...document.getElementsByClassName("lights")].filter(
      (each) => each.dataset.lights === this.data.key,
    );
    for (const each of rows) each.toggleAttribute("data-lit", +each.dataset.frame === this.index);
    const holder = rows[0]?.closest("[data-testid=stHtml]");
    if (holder) this.rows.observe(holder, { childList: true, subtree: true });
  }

  /* ---- telling the server ---- */

  settled() {
    const value = this.drawing?.sweep?.values[this.staying];
    return value === undefined ? undefined : { value, token: this.data.token };
  }
}

/** One frame of a map, a pixel for each of its values. */
class SmallMap {
  constructor(map) {
    this.z = map.z;
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
    const frame = row(this.z, i);
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

/** A trace as it stands in frame i: only what moves is replaced. */
function frameOf(sweep, trace, t, i) {
  const attributes = sweep.moving[t];
  const grown = sweep.growing[t];
  if (!attributes && !grown) return trace;
  const framed = { ...trace };
  for (const [name, packed] of Object.entries(attributes ?? {})) {
    framed[name] = row(packed, i);
  }
  if (grown) {
    for (const name of ["x", "y", "z"]) {
      if (trace[name]) framed[name] = trace[name].slice(0, grown[i] + 1);
    }
  }
  return framed;
}
