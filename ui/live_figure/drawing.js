/* What the server sends of a figure: Plotly's part of it, and every frame. */

/** Plotly's own packed arrays, unpacked once instead of at every frame. */
function plainArrays(value) {
  if (Array.isArray(value)) return value.map(plainArrays);
  if (!value || typeof value !== "object") return value;
  if (value.bdata === undefined) {
    return Object.fromEntries(
      Object.entries(value).map(([name, item]) => [name, plainArrays(item)]),
    );
  }
  const flat = new TYPES[value.dtype](rawBytes(value.bdata).buffer);
  const width = value.shape ? +String(value.shape).split(",").pop() : 0;
  if (!width) return flat;
  return Array.from({ length: flat.length / width }, (_, r) =>
    flat.subarray(r * width, (r + 1) * width),
  );
}

/** Row i of a packed array, of a plain list of rows, or of neighbours in a long list. */
function row(packed, i) {
  if (Array.isArray(packed)) return packed[i];
  if (packed.table) return around(packed, i);
  const size = packed.shape.slice(1).reduce((a, b) => a * b, 1);
  return packed.values.subarray(i * size, (i + 1) * size);
}

/** The first number of row i: to look through many, without a view of each. */
const firstOf = (packed, i) =>
  Array.isArray(packed) ? packed[i][0] : packed.values[(i * packed.values.length) / packed.shape[0]];

/** What stands in a list around a place: see Around in core/sweep.py. */
function around({ table, at, reach, order, size }, i) {
  const item = table.pattern ? textOf : (list, k) => list.values[k];
  return Array.from({ length: 2 * reach + 1 }, (_, d) => {
    const place = at.values[i] - reach + d;
    if (place < 0 || place >= size) return undefined;
    return item(table, order ? order.values[place] : place);
  });
}

/** Text i of a list, or of a pattern and its columns: see Texts in core/sweep.py. */
function textOf(texts, i) {
  if (!texts.pattern) return texts[i];
  return texts.pattern.replace(/\{(\w+)\}/g, (_, name) => {
    const column = texts.columns[name];
    return Array.isArray(column) ? column[0][column[1].values[i]] : column.values[i];
  });
}

async function unpackDrawing({ id, drawing: text }) {
  const drawing = { id, ...(await unpack(text)) };
  const { sweep, figure } = drawing;
  figure.data = plainArrays(figure.data);
  if (sweep) sweep.values = sweep.values.values;
  if (sweep) sweep.movers = Object.keys({ ...sweep.moving, ...sweep.growing }).map(Number);
  return drawing;
}

/** A trace as it stands in frame i: only what moves is replaced. */
function frameOf(sweep, trace, t, i) {
  const attributes = sweep.moving[t];
  const grown = sweep.growing[t];
  if (!attributes && !grown) return trace;
  const framed = { ...trace };
  for (const [name, packed] of Object.entries(attributes ?? {})) {
    framed[name] = row(packed, i);
  }
  if (grown) {
    for (const name of ["x", "y", "z"]) {
      if (trace[name]) framed[name] = trace[name].slice(0, grown[i] + 1);
    }
  }
  return framed;
}

/** Swap every colour of the light palette for its dark partner. */
function recolour(value, partners) {
  if (typeof value === "string" && value[0] === "#") {
    const partner = partners[value.slice(0, 7).toUpperCase()];
    return partner ? partner + value.slice(7) : value;
  }
  if (Array.isArray(value)) return value.map((item) => recolour(item, partners));
  if (value && typeof value === "object" && !ArrayBuffer.isView(value)) {
    return Object.fromEntries(
      Object.entries(value).map(([name, item]) => [name, recolour(item, partners)]),
    );
  }
  return value;
}
