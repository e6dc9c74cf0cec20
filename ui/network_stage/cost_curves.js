/* J against the step, on an axis that gives the first steps room; its cursor follows the
 * slider, and is dragged. */

const CURVES = [
  [0, 0, "J, training points"], [0, 1, "held out"],
  [1, 0, "branch"], [1, 1, "branch, held out"],
];

class CostCurves {
  constructor(runs, box, colours) {
    this.runs = runs;
    this.box = box;
    this.colours = colours;
    this.end = runs.ticks[runs.last];
    this.wide = Math.log1p(Math.max(this.end, 1));
    this.shares = runs.ticks.map((tick) => Math.log1p(tick) / this.wide);
    this.highest = Math.max(...runs.all.flatMap((run) => run.J.map((J) => Math.max(...J))));
  }

  across(step) {
    return this.box.x + (this.box.width * Math.log1p(step)) / this.wide;
  }

  up(J) {
    return this.box.y + this.box.height * (1 - J / (1.06 * this.highest));
  }

  holds(px, py) {
    const { x, y, width, height } = this.box;
    return px > x - 12 && px < x + width + 12 && py > y - 8 && py < y + height + AXIS;
  }

  /** The tick of the slider nearest to a pointer. */
  indexAt(px) {
    return nearest(this.shares, (px - this.box.x) / this.box.width);
  }

  paint(brush, write) {
    this.paintAxes(brush, write);
    const { x, y, lines } = this.box;
    let left = x;
    let line = y - 12 - 16 * (lines - 1);
    brush.save();
    for (const [r, part, name] of CURVES) {
      const run = this.runs.all[r];
      if (!run?.J[part]) continue;
      if (r && !part && lines > 1) [left, line] = [x, y - 12];
      brush.strokeStyle = r ? this.colours.parameter : this.colours.text;
      brush.lineWidth = r ? 2.5 : 1.75;
      brush.lineJoin = "round";
      brush.setLineDash(part ? [5, 4] : []);
      brush.beginPath();
      run.J[part].forEach((J, k) => {
        brush[k ? "lineTo" : "moveTo"](this.across(run.steps[k]), this.up(J));
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

  paintAxes(brush, write) {
    const { x, y, width, height } = this.box;
    brush.strokeStyle = this.colours.line;
    brush.lineWidth = 1;
    brush.strokeRect(x + 0.5, y + 0.5, width - 1, height - 1);
    for (const J of [0, this.highest]) write(readable(J, 2), x - 6, this.up(J), "right", 12);
    for (let tick = 0; tick <= this.end; tick = tick ? 10 * tick : 1) {
      const place = this.across(tick);
      const room = tick && place > x + width - 24 ? "right" : "center";
      write(whole(tick), Math.min(place, x + width), y + height + 11, room, 12);
    }
  }

  /** At a tick, and a share of the way to the next one. */
  paintCursor(brush, index, share) {
    const { runs, shares, colours } = this;
    const { x, y, width, height } = this.box;
    const next = shares[Math.min(index + 1, runs.last)];
    const px = x + width * (shares[index] + share * (next - shares[index]));
    brush.strokeStyle = colours.parameter;
    brush.lineWidth = 1.5;
    brush.beginPath();
    brush.moveTo(px, y);
    brush.lineTo(px, y + height);
    brush.stroke();
    for (let r = 0; r < runs.all.length; r += 1) {
      const kept = runs.kept[r][index];
      if (kept < 0) continue;
      for (const J of runs.all[r].J) {
        brush.beginPath();
        brush.arc(px, this.up(J[kept]), 4, 0, 2 * Math.PI);
        brush.fillStyle = colours.parameter;
        brush.fill();
      }
    }
  }
}
