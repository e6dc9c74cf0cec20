/* What stands at a part of the network itself: its name and number, and the field that
 * sets the number by hand. Both stay within the board, whatever its width. */

const EDGE = 2; // pixels between the board's rim and what stands in it
const TYPED = /^[\d.,-]$/; // a key that begins a number

class Editor {
  /** `stage` has now() (the net shown), edit(set) and refocus(). */
  constructor(board, stage) {
    this.stage = stage;
    this.board = board;
    this.tag = document.createElement("div");
    this.tag.className = "tag";
    this.tag.setAttribute("aria-hidden", "true"); // the list of parts says it
    this.tag.innerHTML = "<span></span><b></b><small></small>";
    this.form = document.createElement("form");
    this.form.className = "set";
    this.form.noValidate = true;
    this.form.innerHTML = `
      <label><span></span> <input type="number" step="0.1"></label>
      <button type="submit">Train on from here</button>
      <p class="note" role="alert"></p>`;
    this.tag.hidden = this.form.hidden = true;
    board.append(this.tag, this.form);
    [this.name, this.number, this.hint] = this.tag.children;
    this.what = this.form.querySelector("span");
    this.field = this.form.querySelector("input");
    this.button = this.form.querySelector("button");
    this.note = this.form.querySelector("p");
    this.listen();
  }

  listen() {
    const { form } = this;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.submit();
    });
    form.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.close(true);
    });
    form.addEventListener("focusout", ({ relatedTarget }) => {
      if (!form.contains(relatedTarget) && !this.waiting) this.close();
    });
  }

  /** Name the part; `hint` says how its number is set. Nothing while one is being set. */
  show(told, at, hint) {
    if (!this.form.hidden) return;
    const value = told.value ? readable(told.value(this.stage.now())) : "";
    if (this.told !== told) {
      this.name.innerHTML = told.name;
      this.told = told;
    }
    const number = told.value ? `${told.set.symbol} = ${value}` : "";
    if (this.shown !== number) this.number.innerHTML = number;
    this.shown = number;
    if (this.hint.textContent !== hint) this.hint.textContent = hint;
    this.tag.hidden = false;
    this.put(this.tag, at, true);
  }

  hide() {
    this.tag.hidden = true;
  }

  /** The field, with the present number selected: what is typed takes its place. */
  open(told, at, step) {
    const { field } = this;
    this.hide();
    this.set = told.set;
    this.what.innerHTML = `${told.set.symbol} after step ${whole(step)}:`;
    field.setAttribute("aria-label", `Set the ${told.spoken}, after step ${whole(step)}`);
    field.value = +told.value(this.stage.now()).toPrecision(4);
    this.note.textContent = "";
    this.form.hidden = false;
    this.put(this.form, at, false);
    field.focus();
    field.select();
  }

  close(back = false) {
    if (this.form.hidden) return;
    const inside = this.form.contains(document.activeElement);
    this.wait(false);
    this.form.hidden = true;
    if (back || inside) this.stage.refocus();
  }

  submit() {
    const { field, set } = this;
    const value = field.value.trim() === "" ? NaN : +field.value;
    if (!Number.isFinite(value) || Math.abs(value) > 1000) {
      this.note.textContent = "A number from −1000 to 1000.";
      return;
    }
    const { name, row, column } = set;
    this.wait(true);
    this.stage.edit({ name, row, column, value });
  }

  wait(waiting) {
    this.button.disabled = waiting;
    this.button.textContent = waiting ? "Training …" : "Train on from here";
    clearTimeout(this.waiting);
    this.waiting = waiting ? setTimeout(() => this.wait(false), 8000) : undefined;
  }

  /** The server has answered: what was handed in is done. */
  answered() {
    if (this.waiting) this.close(true);
  }

  /** Above or below a place { x, y, gap } of the board, and never beyond its rim. */
  put(box, { x, y, gap }, above) {
    const { clientWidth, clientHeight } = this.board;
    const { offsetWidth: width, offsetHeight: height } = box;
    const [over, under] = [y - gap - height, y + gap];
    const fits = above ? over >= EDGE : under + height > clientHeight - EDGE;
    const top = clamp(fits ? over : under, EDGE, clientHeight - height - EDGE);
    const left = clamp(x - width / 2, EDGE, clientWidth - width - EDGE);
    box.style.transform = `translate(${Math.round(left)}px, ${Math.round(top)}px)`;
  }
}
