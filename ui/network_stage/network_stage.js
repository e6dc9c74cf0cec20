/* The network stage: a trained network whose every unit, weight and cost is scrubbed.
 *
 * The server sends the kept parameters once. Every map is computed here, for any step
 * (forward.js); the server hears where the slider rests and what was set by hand.
 */

const stages = new WeakMap();
const resting = new Resting(2);
const nameOf = ({ key, id, branch }) => `${key} ${id} ${branch?.id}`;

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
    this.front = find(".front");
    this.picture = new Picture(find(".back"), this.front);
    this.parts = find(".parts");
    this.versions = find(".versions");
    this.scores = new Scores(find(".scores"));
    this.scrubber = new Scrubber(find(".controls"), this);
    this.panel = new Panel(find(".panel"), this);
    this.editor = new Editor(this.board, this);
    this.index = 0;
    this.share = 0; // of the way to the next kept step, while it plays
    this.shown = 0; // which run's network is drawn
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
      const hand = this.runs?.ticks[this.index];
      const sameRun = before?.id === data.id;
      this.scrubber.stop();
      this.unpacked = wanted;
      this.mount(new Runs(runs), sameRun);
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
    const { n, branched, first } = runs;
    this.runs = runs;
    this.set = this.data.branch; // of these runs: newer data may be on its way
    this.picture.take(runs);
    this.scores.about(runs);
    this.shown = branched ? 1 : 0;
    if (!sameRun || this.selected === undefined) this.selected = partOf.output(n);
    if (!sameRun || !this.point) this.point = firstPoint(first);
    this.looked = undefined;
    this.aimed = undefined;
    this.explained = undefined;
    this.list();
    this.scrubber.dress("step", { run: true, steps: true });
    this.versions.hidden = !branched;
    this.root.querySelector(".held").hidden = first.J.length < 2;
    this.editor.close();
  }

  get last() {
    return this.runs?.last ?? 0;
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
    this.index = nearest(this.runs.ticks, value);
    this.share = 0;
  }

  settled() {
    return this.runs && { value: this.runs.ticks[this.index], token: this.data.token };
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
    return this.runs.nets[this.shown];
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

  hover(event) {
    const { picture } = this;
    if (!picture.layout || event.buttons) return;
    const [px, py] = this.where(event);
    const aimed = picture.pointAt(px, py)?.point;
    const part = aimed ? undefined : picture.partAt(px, py);
    const grab = picture.cost.holds(px, py) ? "ew-resize" : "";
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
    const { picture } = this;
    if (!picture.layout || event.button !== 0) return;
    const [px, py] = this.where(event);
    const part = picture.partAt(px, py);
    const pointed = picture.pointAt(px, py);
    this.pressed = pointed ? undefined : part;
    this.editor.close();
    if (pointed) {
      this.aimed = undefined;
      if (pointed.r !== this.shown && this.runs.branched) this.show(pointed.r);
      this.aim(pointed.point);
    } else if (part !== undefined) {
      this.select(part);
      this.parts.focus({ preventScroll: true });
    } else if (picture.cost.holds(px, py)) {
      const at = (pointer) => picture.cost.indexAt(this.where(pointer)[0]);
      this.scrubber.drag(event, at);
    } else {
      return;
    }
    event.preventDefault();
  }

  /** Open the field of the selected part, if its number can be set. */
  ask() {
    const { picture, selected } = this;
    const told = explain(this.runs.n, this.now(), selected);
    if (!this.settable || !told.set || !picture.layout) return;
    if (this.scrubber.playing) this.scrubber.togglePlay();
    this.editor.open(told, picture.placeOf(selected), this.firstStep());
  }

  /** Only the first run: a branch begins where it does. */
  get settable() {
    return this.data.editable && this.shown === 0;
  }

  /** The field is closed: on from its part. */
  refocus() {
    this.parts.focus({ preventScroll: true });
  }

  steer(event) {
    if (!this.runs) return;
    const { n } = this.runs;
    let to = neighbour(n, this.selected, event.key);
    if (event.key === "Escape") to = partOf.output(n);
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
    return this.runs.first.steps[this.runs.kept[0][this.index]];
  }

  /* ---- words beside the canvas ---- */

  /** One option a part for those who do not see the canvas. */
  list() {
    const { n, nets } = this.runs;
    const count = partOf.output(n) + 1;
    this.parts.replaceChildren(
      ...Array.from({ length: count }, (_, part) => {
        const option = document.createElement("span");
        option.id = `${this.data.key}-part-${part}`;
        option.setAttribute("role", "option");
        option.textContent = explain(n, nets[0], part).spoken;
        return option;
      }),
    );
  }

  tellFrame() {
    this.tellStep();
    this.scores.update(this.index);
    this.tellVersions();
    const { part } = this;
    if (this.explained !== part) {
      this.explained = part;
      this.told = explain(this.runs.n, this.now(), part);
      this.panel.about(this.told);
      this.picture.paintBack(part);
    }
    this.panel.update();
    this.tellPart();
    this.tellSelected();
  }

  tellStep() {
    const { first, ticks, kept } = this.runs;
    const step = ticks[this.index];
    const at = kept[0][this.index];
    const when = step === 0 ? "Before the first step" : `After ${whole(step)} steps`;
    this.scrubber.show(
      whole(step),
      `${when} J is ${readable(first.J[0][at], 3)}, ` +
        `${percent(first.right[0][at])} of the training points are right.`,
    );
  }

  /** Which run's network is drawn, and what was set by hand for the branch. */
  tellVersions() {
    const { versions, set } = this;
    const { branched, kept } = this.runs;
    if (!branched) return;
    [...versions.querySelectorAll("button:not(.remove)")].forEach((button, r) => {
      button.setAttribute("aria-pressed", String(r === this.shown));
    });
    const begun = kept[1][this.index] >= 0;
    const says =
      `from step ${whole(set.step)} on, with ${set.name}[${set.row}, ${set.column}] = ` +
      `${readable(set.value)}${begun ? "" : "; until then the same"}`;
    const words = versions.querySelector("span");
    if (words.textContent !== says) write(words, says);
  }

  /** The selected part for those who do not see the canvas; not at each frame of a play. */
  tellSelected() {
    const option = this.parts.children[this.selected];
    if (this.active !== option) {
      this.active?.removeAttribute("aria-selected");
      option.setAttribute("aria-selected", "true");
      this.parts.setAttribute("aria-activedescendant", option.id);
      this.active = option;
    }
    if (this.scrubber.playing) return;
    const { spoken, value } = explain(this.runs.n, this.runs.nets[0], this.selected);
    write(option, value ? `${spoken} ${readable(value(this.now()))}` : spoken);
  }

  /** Name and number at the part under the pointer, or at the one chosen with keys. */
  tellPart() {
    const { part, told, editor, picture } = this;
    const byKeys = document.activeElement === this.parts;
    if (!picture.layout || (this.looked === undefined && !byKeys)) {
      editor.hide();
      return;
    }
    let hint = "";
    if (told.set && this.settable) {
      hint = this.looked === undefined ? "Enter sets it" : "click to set it";
    } else if (told.set && this.data.editable) {
      hint = "to set it, go back to the first run";
    }
    editor.show(told, picture.placeOf(part), hint);
  }

  /* ---- the picture ---- */

  /** Another theme, or other runs. */
  dress() {
    if (!this.runs) return;
    this.picture.dress(getComputedStyle(this.root));
    this.fit(true);
  }

  fit(always = false) {
    const { picture, runs, root } = this;
    const width = root.clientWidth;
    const resized = width !== picture.layout?.width;
    if (!runs || !picture.colours || !width || this.left) return;
    if (!always && !resized) return;
    if (resized) this.editor.close();
    picture.fit(width);
    const { height, network } = picture.layout;
    this.board.style.height = `${height}px`;
    Object.assign(this.parts.style, {
      left: `${network.x - 3}px`,
      top: `${network.y - 3}px`,
      width: `${network.width + 6}px`,
      height: `${network.height + 6}px`,
    });
    picture.paintBack(this.part);
    this.words = true;
    this.draw();
  }

  draw() {
    const { runs, picture, index, share, shown, part, point } = this;
    if (this.left || !runs || !picture.layout) return;
    runs.go(index, share);
    if (this.words) this.tellFrame();
    this.words = false;
    picture.paint({ index, share, shown, part, point });
    this.root.dataset.frame = index;
    this.root.toggleAttribute("data-changing", false);
    this.lead(runs.kept[0][index]);
  }

  /** Live figures that follow go to the same kept step. */
  lead(index) {
    const { key } = this.data;
    if (this.root.dataset.kept === String(index)) return;
    this.root.dataset.kept = index;
    window.dispatchEvent(new CustomEvent("nudge-frame", { detail: { key, index } }));
  }
}

/** A training point away from the axes, to put numbers into the formulas. */
function firstPoint({ points }) {
  const { x } = points;
  let p = 0;
  while (p < x.length && Math.min(Math.abs(x[p]), Math.abs(x[p + 1])) < 1) p += 2;
  return p < x.length ? [round(x[p]), round(x[p + 1])] : [round(x[0]), round(x[1])];
}
