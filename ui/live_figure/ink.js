/* Ink: moving lines, markers and words, painted on a canvas over Plotly's axes.
 *
 * Plotly redraws a whole figure in 10 to 15 ms, however little of it moves. So it
 * draws once what stands still, and what follows the hand is painted here, in less
 * than a millisecond, with the axes' own scales.
 */

const DASHES = { dot: [1, 2], dash: [4, 3], longdash: [7, 3], dashdot: [4, 2, 1, 2] };

/** Whether a moving trace can be painted: plain lines, markers and text on axes whose
 * range is given, for a range that follows the data has to see the data. */
function inkable(trace, layout) {
  const deep = trace.type === "scatter3d";
  const holder = deep ? (layout[trace.scene ?? "scene"] ?? {}) : layout;
  const names = deep ? ["x", "y", "z"] : [trace.xaxis ?? "x", trace.yaxis ?? "y"];
  const ranged = names.every((name) => {
    const axis = holder[`${name[0]}axis${name.slice(1)}`];
    return axis?.range && axis.type !== "category";
  });
  return (deep || (trace.type ?? "scatter") === "scatter") && !trace.fill && ranged;
}

/** The traces that Plotly is told of: every one costs it a millisecond, however empty.
 *
 * Of an inked one it needs the place in the legend. Without that it is left out, unless
 * its axes would have no trace at all. */
function toldToPlotly(traces, inked, layout) {
  const axesOf = ({ scene, xaxis = "x", yaxis = "y" }) => `${scene} ${xaxis} ${yaxis}`;
  const seen = new Set(traces.filter((_, t) => !inked.includes(t)).map(axesOf));
  return traces.flatMap((trace, t) => {
    if (!inked.includes(t)) return [trace];
    const named = layout.showlegend && trace.showlegend !== false;
    if (!named && seen.has(axesOf(trace))) return [];
    seen.add(axesOf(trace));
    if (trace.type === "scatter3d") return [{ ...trace, visible: false }];
    return [{ ...trace, x: [null], y: [null], text: undefined }];
  });
}

/** Paint the traces as they stand in this frame over the plot of `full`.
 *
 * With text among them they are painted on the desk, a canvas outside of the document,
 * and copied: one within it lays the page out whenever it is told a font. */
function paintInk(canvas, desk, traces, full, sharp, font, colour) {
  setSize(canvas, full.width, full.height, sharp);
  const sheet = canvas.getContext("2d");
  const aside = traces.some((trace) => trace.mode?.includes("text"));
  if (aside && (desk.width !== canvas.width || desk.height !== canvas.height)) {
    [desk.width, desk.height] = [canvas.width, canvas.height];
  }
  const brush = aside ? desk.getContext("2d") : sheet;
  brush.setTransform(sharp, 0, 0, sharp, 0, 0);
  brush.clearRect(0, 0, full.width, full.height);
  for (const trace of traces) {
    if (trace.visible === false || trace.visible === "legendonly") continue;
    const { frame, place } = trace.type === "scatter3d" ? inScene(trace, full) : onAxes(trace, full);
    brush.save();
    brush.globalAlpha = trace.opacity ?? 1;
    if (trace.cliponaxis !== false) {
      brush.beginPath();
      brush.rect(...frame);
      brush.clip();
    }
    const points = Array.from({ length: trace.x?.length ?? 0 }, (_, i) => place(i));
    const mode = trace.mode ?? "lines";
    if (mode.includes("lines")) strokeLine(brush, points, trace.line ?? {});
    if (mode.includes("markers")) stampMarkers(brush, points, trace.marker ?? {});
    if (mode.includes("text")) writeText(brush, points, trace, font, colour);
    brush.restore();
  }
  if (!aside) return;
  sheet.setTransform(1, 0, 0, 1, 0, 0);
  sheet.globalCompositeOperation = "copy";
  sheet.drawImage(desk, 0, 0);
  sheet.globalCompositeOperation = "source-over";
}

/** Where the axes are, and the pixel of the trace's i-th point; undefined for a point
 * that cannot be placed. */
function onAxes(trace, full) {
  const x = full[`xaxis${(trace.xaxis ?? "x").slice(1)}`];
  const y = full[`yaxis${(trace.yaxis ?? "y").slice(1)}`];
  // A line that shoots far out of the figure still has to leave it in its direction.
  const near = (p, length) => Math.max(-40 * length, Math.min(41 * length, p));
  const place = (i) => {
    const [px, py] = [x.d2p(trace.x[i]), y.d2p(trace.y?.[i])];
    if (trace.x[i] === null || trace.y[i] === null) return undefined;
    if (!Number.isFinite(px) || !Number.isFinite(py)) return undefined;
    return [x._offset + near(px, x._length), y._offset + near(py, y._length)];
  };
  return { frame: [x._offset, y._offset, x._length, y._length], place };
}

/** The same for a point in space: through the camera of Plotly's scene.
 *
 * A landscape takes long to draw, on a machine without a graphics card a tenth of a
 * second. What walks over it is painted on top, so it is never hidden by a hill. */
function inScene(trace, full) {
  const { domain, _scene } = full[trace.scene ?? "scene"];
  const { l, t, w, h } = full._size;
  const [width, height] = [w * (domain.x[1] - domain.x[0]), h * (domain.y[1] - domain.y[0])];
  const [left, top] = [l + w * domain.x[0], t + h * (1 - domain.y[1])];
  const { model, view, projection } = _scene?.glplot?.cameraParams ?? {};
  const place = (i) => {
    const spot = [trace.x[i], trace.y[i], trace.z?.[i]].map((v, k) => (v ?? NaN) * _scene.dataScale[k]);
    let seen = [...spot, 1];
    for (const matrix of [model, view, projection]) {
      seen = [0, 1, 2, 3].map((r) => seen.reduce((sum, v, c) => sum + matrix[4 * c + r] * v, 0));
    }
    const [x, y] = [seen[0] / seen[3], seen[1] / seen[3]];
    if (!Number.isFinite(x) || !Number.isFinite(y)) return undefined;
    return [left + (0.5 + x / 2) * width, top + (0.5 - y / 2) * height];
  };
  return { frame: [left, top, width, height], place: model ? place : () => undefined };
}

function strokeLine(brush, points, { color, width = 2, dash = "solid" }) {
  brush.strokeStyle = color;
  brush.lineWidth = width;
  brush.lineJoin = "round";
  brush.setLineDash((DASHES[dash] ?? []).map((part) => part * Math.max(width, 1.5)));
  brush.beginPath();
  let down = false;
  for (const point of points) {
    if (point) brush[down ? "lineTo" : "moveTo"](...point);
    down = Boolean(point);
  }
  brush.stroke();
  brush.setLineDash([]);
}

const at = (value, i) => (Array.isArray(value) || ArrayBuffer.isView(value) ? value[i] : value);

function stampMarkers(brush, points, marker) {
  points.forEach((point, i) => {
    if (!point) return;
    const radius = (at(marker.size, i) ?? 6) / 2;
    const symbol = at(marker.symbol, i) ?? "circle";
    const colour = at(marker.color, i);
    brush.globalAlpha = at(marker.opacity, i) ?? 1;
    brush.beginPath();
    outline(brush, symbol.replace("-open", ""), point, radius);
    const open = symbol.endsWith("-open") || symbol === "x" || symbol === "cross";
    if (!open) {
      brush.fillStyle = colour;
      brush.fill();
    }
    const edge = marker.line ?? {};
    const width = open ? Math.max(edge.width ?? 0, 2) : (edge.width ?? 0);
    if (width) {
      brush.lineWidth = width;
      brush.strokeStyle = open ? colour : (at(edge.color, i) ?? colour);
      brush.stroke();
    }
  });
}

function outline(brush, symbol, [x, y], r) {
  const corners = {
    square: [[-r, -r], [r, -r], [r, r], [-r, r]],
    diamond: [[0, -1.3 * r], [1.3 * r, 0], [0, 1.3 * r], [-1.3 * r, 0]],
    "triangle-up": [[0, -1.2 * r], [1.1 * r, 0.8 * r], [-1.1 * r, 0.8 * r]],
    "triangle-down": [[0, 1.2 * r], [1.1 * r, -0.8 * r], [-1.1 * r, -0.8 * r]],
  }[symbol];
  if (corners) {
    corners.forEach(([dx, dy], i) => brush[i ? "lineTo" : "moveTo"](x + dx, y + dy));
    brush.closePath();
  } else if (symbol === "x" || symbol === "cross") {
    const arms = symbol === "x" ? [[r, r], [r, -r]] : [[r, 0], [0, r]];
    for (const [dx, dy] of arms) {
      brush.moveTo(x - dx, y - dy);
      brush.lineTo(x + dx, y + dy);
    }
  } else {
    brush.arc(x, y, r, 0, 2 * Math.PI);
  }
}

/** A rim in one colour around words that stand on lines. */
function rimWords(brush, words, x, y, colour) {
  brush.strokeStyle = colour;
  brush.lineWidth = 5;
  brush.lineJoin = "round";
  brush.setLineDash([]);
  brush.strokeText(words, x, y);
}

function writeText(brush, points, trace, font, colour) {
  let written; // a canvas reads the name of a font anew each time that it is set
  points.forEach((point, i) => {
    const words = at(trace.text, i);
    if (!point || !words) return;
    const style = trace.textfont ?? {};
    const place = at(trace.textposition, i) ?? "middle center";
    const face = `${at(style.size, i) ?? 14}px ${style.family ?? font}`;
    if (face !== written) brush.font = face;
    written = face;
    brush.fillStyle = at(style.color, i) ?? colour;
    const [vertical, horizontal] = place.split(" ");
    brush.textAlign = { left: "right", right: "left" }[horizontal] ?? "center";
    brush.textBaseline = { top: "bottom", bottom: "top" }[vertical] ?? "middle";
    const room = ((at(trace.marker?.size, i) ?? 0) / 2) * (trace.mode.includes("markers") ? 1 : 0) + 5;
    const dx = { left: -room, right: room }[horizontal] ?? 0;
    const dy = { top: -room, bottom: room }[vertical] ?? 0;
    if (style.shadow) rimWords(brush, words, point[0] + dx, point[1] + dy, style.shadow);
    brush.fillText(words, point[0] + dx, point[1] + dy);
  });
}
