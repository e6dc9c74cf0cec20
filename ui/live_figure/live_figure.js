/* The live figure: a Plotly figure with one dragged parameter.
 *
 * The server sends the figure and every frame once. From then on the hand moves
 * the frames here, in the browser, and the server hears the settled value only.
 */

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

const NEAR = "100px"; // so far outside the window a figure is drawn already

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
    this.maps = new Maps(find(".maps"));
    this.ink = find(".ink");
    this.desk = new OffscreenCanvas(1, 1);
    this.controls = find(".controls");
    this.scrubber = new Scrubber(this.controls, this);
    this.readout = find(".readout");
    this.says = find(".says");
    this.index = 0;
    this.inked = [];
    this.pointing = new Pointing(this);
    this.rows = new LitRows(this);
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
    this.rows.enter();
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
    this.rows.leave();
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
      this.pointing.end();
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
    this.maps.take(sweep);
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
      this.maps.dress(recolour(figure.layout.meta.ramp, partners), layout.font.color);
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
    this.rows.mark();
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
    const { sweep } = this.drawing;
    const full = this.plot._fullLayout;
    if (!sweep || !full || !this.prepared) return;
    this.maps.paint(this.index, full);
    if (!this.inked.length) return;
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

  settled() {
    const value = this.drawing?.sweep?.values[this.pointing.staying];
    return value === undefined ? undefined : { value, token: this.data.token };
  }
}
