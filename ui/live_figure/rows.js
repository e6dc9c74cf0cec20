/* Rows of a table that stand for a frame of a figure: either lights up the other. */

/* What lights up a frame while it is pointed at or has the focus; a click keeps it. */
const LIGHTING = ["pointerover", "focusin", "click"];

class LitRows {
  constructor(figure) {
    this.figure = figure;
  }

  enter() {
    this.light = (event) => this.lightUp(event);
    for (const kind of LIGHTING) document.addEventListener(kind, this.light);
    this.changing = new MutationObserver(() => this.mark());
  }

  leave() {
    for (const kind of LIGHTING) document.removeEventListener(kind, this.light);
    this.changing.disconnect();
  }

  /** Show the frame of the row under the pointer, and after it what the hand had left. */
  lightUp({ type, target }) {
    const { figure } = this;
    if (!figure.drawing || figure.data.follows) return;
    const found = target.closest?.(`[data-lights="${figure.data.key}"]`);
    if (type === "click") {
      if (!found) return;
      figure.move(+found.dataset.frame);
      this.lit = undefined;
      figure.scrubber.settle();
    } else if (found) {
      const before = this.lit?.before ?? figure.index;
      figure.scrubber.stop();
      figure.move(+found.dataset.frame);
      this.lit = { before, index: figure.index };
    } else if (this.lit) {
      if (figure.index === this.lit.index) figure.move(this.lit.before);
      this.lit = undefined;
    }
  }

  /** Mark the rows of the present frame, also when the table is another one. */
  mark() {
    const { data, index } = this.figure;
    if (data.follows) return;
    // Asked in every frame: the browser keeps the answer to the name of a class.
    const rows = [...document.getElementsByClassName("lights")].filter(
      (each) => each.dataset.lights === data.key,
    );
    for (const each of rows) each.toggleAttribute("data-lit", +each.dataset.frame === index);
    const holder = rows[0]?.closest("[data-testid=stHtml]");
    if (holder) this.changing.observe(holder, { childList: true, subtree: true });
  }
}
