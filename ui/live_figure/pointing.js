/* Dragging and hovering on the figure itself: which frame a pointer means. */

class Pointing {
  /** `figure` has the plot, the drawing, index and last, move(index) and a scrubber. */
  constructor(figure) {
    this.figure = figure;
    const { plot } = figure;
    plot.addEventListener("pointerdown", (event) => this.grab(event), true);
    plot.addEventListener("pointermove", (event) => this.hover(event), true);
    plot.addEventListener("pointerleave", () => this.end());
  }

  grab(event) {
    const at = event.button === 0 && this.finder(event);
    if (!at) return;
    this.hovered = undefined; // what is pressed stays
    this.figure.scrubber.drag(event, at);
    event.preventDefault();
  }

  /** What finds the frame under a pointer that went down, or hovers, where it is now. */
  finder(event) {
    const { drawing, data, drawn, plot } = this.figure;
    const { sweep } = drawing ?? {};
    if (!sweep?.along_x || data.follows || !drawn) return undefined;
    const axis = plot._fullLayout.xaxis;
    const marked = this.marked(event);
    if (sweep.marks?.length && !marked && !this.nearAxes(event)) return undefined;
    return (pointer) => {
      if (marked) return this.nearestMark(marked, pointer);
      const left = plot.getBoundingClientRect().left + axis._offset;
      return nearest(sweep.values, axis.p2d(pointer.clientX - left));
    };
  }

  /** Show the frame under a pointer that is not pressed, for as long as it is there. */
  hover(event) {
    const { figure } = this;
    if (!figure.drawing?.sweep?.hover || event.buttons) return;
    const at = this.finder(event);
    if (!at) return this.end();
    this.kept = this.staying;
    this.hovered = at(event);
    if (this.hovered !== figure.index) figure.move(this.hovered);
  }

  end() {
    const { staying } = this;
    this.hovered = undefined;
    if (staying !== this.figure.index) this.figure.move(staying);
  }

  /** The frame that stays: the one that is only pointed at goes with the pointer. */
  get staying() {
    return this.figure.index === this.hovered ? this.kept : this.figure.index;
  }

  /** The trace of `sweep.marks` in whose axes the pointer is, with those axes. */
  marked(pointer) {
    const { plot, drawing } = this.figure;
    const { left, top } = plot.getBoundingClientRect();
    const full = plot._fullLayout;
    const within = (axis, p) => p >= axis._offset && p <= axis._offset + axis._length;
    for (const trace of drawing.sweep.marks ?? []) {
      const { xaxis = "x", yaxis = "y" } = drawing.figure.data[trace];
      const [x, y] = [full[`xaxis${xaxis.slice(1)}`], full[`yaxis${yaxis.slice(1)}`]];
      if (within(x, pointer.clientX - left) && within(y, pointer.clientY - top)) return { trace, x, y };
    }
    return undefined;
  }

  /** Whether the pointer is within reach of the first axes, above or below. */
  nearAxes(pointer, reach = 12) {
    const { plot } = this.figure;
    const { _offset, _length } = plot._fullLayout.yaxis;
    const down = pointer.clientY - plot.getBoundingClientRect().top - _offset;
    return down >= -reach && down <= _length + reach;
  }

  /** The frame whose mark is nearest to the pointer; a mark without y counts by x. Of
   * equally near ones, it is the one that is marked on the same axes as the present. */
  nearestMark({ trace, x, y }, pointer) {
    const { plot, drawing, index, last } = this.figure;
    const { left, top } = plot.getBoundingClientRect();
    // Marks stand on linear axes: one scale does for all of many frames.
    const [wide, high] = [x.d2p(1) - x.d2p(0), y.d2p(1) - y.d2p(0)];
    const toRight = x.p2d(pointer.clientX - x._offset - left);
    const up = y.p2d(pointer.clientY - y._offset - top);
    const { moving, marks } = drawing.sweep;
    const { x: across, y: tall } = moving[trace];
    const axes = (i) => marks.map((t) => Number.isNaN(firstOf(moving[t].x, i))).join();
    const now = axes(index);
    let [best, least] = [index, Infinity];
    for (let i = 0; i <= last; i += 1) {
      const dx = wide * (firstOf(across, i) - toRight);
      const dy = tall ? high * (firstOf(tall, i) - up) : 0;
      const away = dx * dx + dy * dy;
      const alike = away === least && axes(i) === now && axes(best) !== now;
      if (away < least || alike) [best, least] = [i, away];
    }
    return best;
  }
}
