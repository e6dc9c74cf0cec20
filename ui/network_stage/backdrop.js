/* What stands still while a run is played: words, axes, the cost curves, the points. */

function paintBackdrop(brush, { runs, layout, colours, cost }, part) {
  const { width, height, network, surfaces, inputs, units, output } = layout;
  brush.clearRect(0, 0, width, height);
  const write = (text, x, y, align = "center", size = 13) => {
    brush.font = `${size}px ${colours.font}`;
    brush.textAlign = align;
    brush.textBaseline = "middle";
    brush.fillStyle = colours.text;
    brush.fillText(text, x, y);
  };
  const { n } = runs;
  const title = `${n} hidden ${n === 1 ? "unit" : "units"}, ${runs.first.label}`;
  const from = Math.min(...units.map((unit) => unit.x));
  const to = Math.max(...units.map((unit) => unit.x + unit.side));
  write(title, (from + to) / 2, network.y - 13);
  inputs.forEach((tile, i) => write(i ? "x₂" : "x₁", tile.x + tile.side / 2, tile.y - 10));
  write("ŷ", output.x + output.side / 2, output.y - 11);
  surfaces.forEach((box, r) => {
    write(titleOf(runs, r, part), box.x + box.side / 2, box.y - 13);
    paintAxes(brush, write, box, runs.reach, colours.line);
  });
  cost.paint(brush, write);
}

/** What the surface of run r shows. */
function titleOf({ n, branched }, r, part) {
  const { kind, j } = describe(n, part);
  if (branched) {
    const version = ["first run", "branch"][r];
    return `${version}: ${kind === "unit" ? `unit ${j + 1}` : "ŷ"}`;
  }
  return kind === "unit"
    ? `what hidden unit ${j + 1} answers (a)`
    : "what the network answers (ŷ)";
}

function paintAxes(brush, write, { x, y, side }, reach, colour) {
  const at = (value) => (side * (value / reach + 1)) / 2;
  for (const value of [-Math.floor(reach), 0, Math.floor(reach)]) {
    write(readable(value), x + at(value), y + side + 10, "center", 12);
    write(readable(value), x - 6, y + side - at(value), "right", 12);
  }
  brush.strokeStyle = colour;
  brush.lineWidth = 1;
  brush.strokeRect(x - 0.5, y - 0.5, side + 1, side + 1);
}

/** The points, once for each size and theme: they lie over every surface. */
function paintPoints(brush, { points, reach }, side, colours) {
  const count = points.kind.length;
  const radius = (count <= 500 ? 3.4 : count <= 1000 ? 2.6 : 2) * clamp(side / 300, 0.65, 1);
  for (let p = 0; p < count; p += 1) {
    const x = (side * (points.x[2 * p] / reach + 1)) / 2;
    const y = (side * (1 - points.x[2 * p + 1] / reach)) / 2;
    const kind = points.kind[p];
    const colour = kind % 2 ? colours.class1 : colours.class0;
    const held = kind > 1;
    tracePoint(brush, kind % 2, x, y, radius);
    brush.fillStyle = held ? colours.paper : colour;
    brush.strokeStyle = held ? colour : colours.paper;
    brush.lineWidth = held ? 1.4 : 0.8;
    brush.fill();
    brush.stroke();
  }
}
