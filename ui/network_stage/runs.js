/* The runs on the stage, the first one and its branch: as the server sent them, and
 * their networks at the present step. */

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

class Runs {
  constructor(all) {
    const [first] = all;
    const { n, reach } = first;
    this.all = all;
    this.first = first;
    this.n = n;
    this.reach = reach;
    const steps = new Set(all.flatMap((run) => [...run.steps]));
    this.ticks = Float64Array.from([...steps].sort((a, b) => a - b));
    this.last = this.ticks.length - 1;
    this.kept = all.map((run) => keptAt(this.ticks, run.steps));
    // One network each, moved from step to step: as it was kept, and as it is painted.
    const net = ({ kind, slope }) => ({ n, kind, slope, theta: first.theta, at: 0 });
    this.nets = all.map(net);
    this.painted = all.map(net);
    this.mixed = all.map(() => new Float32Array(SIZE_OF(n)));
  }

  get branched() {
    return this.all.length > 1;
  }

  /** Every network to a tick, and the painted ones a share of the way to the next one. */
  go(index, share) {
    for (let r = 0; r < this.all.length; r += 1) this.setNet(r, index, share);
  }

  setNet(r, index, share) {
    const [net, painted] = [this.nets[r], this.painted[r]];
    this.find(r, index, net);
    painted.theta = net.theta;
    painted.at = net.at;
    if (!share || index === this.last) return;
    this.find(r, index + 1, painted);
    const mixed = this.mixed[r];
    for (let k = 0; k < mixed.length; k += 1) {
      const from = net.theta[net.at + k];
      mixed[k] = from + share * (painted.theta[painted.at + k] - from);
    }
    painted.theta = mixed;
    painted.at = 0;
  }

  find(r, index, net) {
    const from = this.kept[r][index] < 0 ? 0 : r; // before it begins a branch is the first run
    net.theta = this.all[from].theta;
    net.at = SIZE_OF(this.n) * this.kept[from][index];
  }
}
