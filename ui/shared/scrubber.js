/* The slider of a sweep, and of a run with play, pause and speed.
 *
 * `owner` is what it moves. It has index, last (the last index), move(index), and
 * settled(), the value that the server should hear; tell(state) sends it, once, when
 * the hand rests. One that can paint between two frames has glide(at) for playing. */

const KEY_REST_MS = 150; // a held arrow key settles once, when it rests
const WHOLE_RUN_MS = 6000; // at 1×, however many frames the run has

class Scrubber {
  constructor(place, owner) {
    this.place = place;
    this.owner = owner;
    place.innerHTML = `
      <button type="button" class="play" aria-label="Play" hidden></button>
      <button type="button" class="step back" aria-label="Earlier" title="One kept step earlier" hidden></button>
      <input type="range" min="0" step="1">
      <button type="button" class="step on" aria-label="Later" title="One kept step later" hidden></button>
      <output class="value"><i></i> = <b></b></output>
      <label class="speed" hidden>speed
        <select aria-label="Playing speed">
          <option value="0.25">¼×</option><option value="0.5">½×</option>
          <option value="1" selected>1×</option><option value="2">2×</option>
          <option value="4">4×</option>
        </select>
      </label>`;
    const find = (selector) => place.querySelector(selector);
    this.slider = find("input");
    this.play = find(".play");
    this.speed = find("select");
    this.symbol = find(".value i");
    this.shown = find(".value b");
    this.listen();
  }

  listen() {
    const { slider, owner, place } = this;
    slider.addEventListener("input", () => owner.move(+slider.value));
    slider.addEventListener("change", () => this.settleSoon());
    slider.addEventListener("keydown", (event) => {
      if (event.key === " " && !this.play.hidden) {
        event.preventDefault();
        this.togglePlay();
      }
    });
    slider.addEventListener("pointerdown", () => this.stop());
    slider.addEventListener("pointerup", () => this.settle());
    this.play.addEventListener("click", () => this.togglePlay());
    for (const [name, by] of [["back", -1], ["on", 1]]) {
      place.querySelector(`.${name}`).addEventListener("click", () => {
        this.stop();
        owner.move(owner.index + by);
        this.settleSoon();
      });
    }
  }

  /** A `run` through time is played; `steps` adds buttons for one frame at a time. */
  dress(label, { run, steps = false }) {
    const { place } = this;
    this.slider.max = this.owner.last;
    this.slider.setAttribute("aria-label", label);
    this.symbol.textContent = label;
    this.play.hidden = !run;
    place.querySelector(".speed").hidden = !run;
    for (const button of place.querySelectorAll(".step")) button.hidden = !steps;
  }

  /** What the frame says: its value, and the sentence that is read aloud. */
  show(shown, sentence) {
    const { index, last } = this.owner;
    this.slider.value = index;
    this.slider.setAttribute("aria-valuetext", sentence);
    this.slider.style.setProperty("--filled", `${(100 * index) / Math.max(1, last)}%`);
    write(this.shown, shown);
  }

  togglePlay() {
    if (this.playing) {
      this.stop();
      this.settle();
      return;
    }
    const { owner } = this;
    const { last } = owner;
    if (owner.index >= last) owner.move(0);
    let before = performance.now();
    let at = owner.index;
    const tick = (now) => {
      // The first frame may have begun before the press.
      at += (Math.max(0, now - before) * last * +this.speed.value) / WHOLE_RUN_MS;
      before = now;
      if (owner.glide) owner.glide(at);
      else owner.move(Math.floor(at));
      if (at >= last) {
        this.stop();
        this.settle();
      } else {
        this.playing = requestAnimationFrame(tick);
      }
    };
    this.playing = requestAnimationFrame(tick);
    this.play.classList.add("playing");
    this.play.setAttribute("aria-label", "Pause");
  }

  stop() {
    if (this.playing) cancelAnimationFrame(this.playing);
    this.playing = undefined;
    this.play.classList.remove("playing");
    this.play.setAttribute("aria-label", "Play");
  }

  /** Follow a pointer that went down on the figure itself, until it is let go; at(event)
   * is the frame that it means. */
  drag(event, at) {
    const { owner } = this;
    const follow = (pointer) => owner.move(at(pointer));
    this.stop();
    this.slider.focus({ preventScroll: true });
    follow(event);
    const drop = () => {
      window.removeEventListener("pointermove", follow);
      window.removeEventListener("pointerup", drop);
      window.removeEventListener("pointercancel", drop);
      this.settle();
    };
    window.addEventListener("pointermove", follow);
    window.addEventListener("pointerup", drop);
    window.addEventListener("pointercancel", drop);
  }

  settleSoon() {
    clearTimeout(this.resting);
    this.resting = setTimeout(() => this.settle(), KEY_REST_MS);
    this.slider.toggleAttribute("data-resting", true); // not told yet: tests wait
  }

  settle() {
    clearTimeout(this.resting);
    this.slider.toggleAttribute("data-resting", false);
    const state = this.left ? undefined : this.owner.settled();
    if (!state) return;
    const told = JSON.stringify(state);
    if (told === this.told) return;
    this.told = told;
    this.owner.tell(state);
  }

  enter() {
    this.left = false;
    this.told = undefined; // who takes the place of another has told nothing
  }

  leave() {
    this.stop();
    clearTimeout(this.resting);
    this.left = true;
  }
}
