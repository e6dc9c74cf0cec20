/* What is said about one part of the network: its number, and its formula with the
 * numbers put in. */

const SUPERSCRIPT = { "-": "⁻", ...Object.fromEntries([..."⁰¹²³⁴⁵⁶⁷⁸⁹"].entries()) };

const trimmed = (text) =>
  (text.includes(".") ? text.replace(/\.?0+$/, "") : text).replace(/^-0$/, "0").replace("-", "−");

// A parameter beyond this comes as this: see ui/network_stage/packing.py.
const LARGEST = 1e30;

/** Half way between two numbers of so many digits, the even one, as Python takes it; the
 * browser would take the larger. */
function toEven(x, digits) {
  const [mantissa, exponent] = x.toExponential(40).split("e");
  const kept = mantissa.indexOf(".") + digits;
  const even = "02468".includes(mantissa[digits > 1 ? kept - 1 : kept - 2]);
  return even && /^50*$/.test(mantissa.slice(kept)) ? +`${mantissa.slice(0, kept)}e${exponent}` : x;
}

/** A number as core/rounding.py writes it: four significant digits, a real minus. */
function readable(number, digits = 4) {
  if (Number.isNaN(number)) return "not defined";
  if (Math.abs(number) >= LARGEST) return number > 0 ? "> 10³⁰" : "< −10³⁰";
  const x = toEven(number, digits);
  const [mantissa, exponent] = x.toExponential(digits - 1).split("e");
  const power = +exponent;
  if (x !== 0 && (power < -4 || power >= Math.max(digits, 6))) {
    const raised = [...String(power)].map((c) => SUPERSCRIPT[c]).join("");
    return `${trimmed(mantissa)} × 10${raised}`;
  }
  return trimmed(x.toFixed(Math.max(digits - 1 - power, 0)));
}

const whole = (x) => x.toLocaleString("en");
const percent = (share) => `${readable(100 * share, 3)} %`;

/** A negative number inside a formula stands in brackets. */
function bracketed(x) {
  const text = readable(x, 3);
  return (x < 0 && text !== "0") || x >= LARGEST ? `(${text})` : text;
}

/** A symbol with its layer above and its index below, as the notes write it. */
function symbol(letter, layer, index = "") {
  return `<span class="sym"><i>${letter}</i><span><sup>[${layer}]</sup><sub>${index}</sub></span></span>`;
}

const x_ = (i) => `<i>x</i><sub>${i + 1}</sub>`;
const w1_ = (j, i) => symbol("w", 1, `${j + 1},${i + 1}`);
const b1_ = (j) => symbol("b", 1, j + 1);
const z1_ = (j) => symbol("z", 1, j + 1);
const a1_ = (j) => symbol("a", 1, j + 1);
const w2_ = (j) => symbol("w", 2, j + 1);

const OF_Z = {
  sigmoid: (z) => `σ(${z})`,
  tanh: (z) => `tanh(${z})`,
  relu: (z) => `max(0, ${z})`,
  leaky_relu: (z, slope) => `max(${readable(slope)} · ${z}, ${z})`,
  linear: (z) => z,
};
const NUMBER = "<b></b>"; // stands for a number that follows the step

/** The parts of a sum in full, or the first and the last of many. */
function sumOf(n, term) {
  const all = Array.from({ length: n }, (_, j) => j);
  const some = n > 3 ? [0, 1, undefined, n - 1] : all;
  return some.map((j) => (j === undefined ? "…" : term(j))).join(" + ");
}

const shownTerms = (n) => (n > 3 ? [0, 1, n - 1] : Array.from({ length: n }, (_, j) => j));

/** Name, sentence for the ear, lines with places for numbers, and what can be set.
 *
 * Each line is [html, numbers]: numbers(net, point) fills the places in its order. */
function explain(n, net, part) {
  const { kind, i, j } = describe(n, part);
  const g = (z) => OF_Z[net.kind](z, net.slope);
  const sum1 = `${w1_(j, 0)} ${x_(0)} + ${w1_(j, 1)} ${x_(1)} + ${b1_(j)}`;
  const zLine = [
    `${z1_(j)} = ${sum1} = ${NUMBER} · ${NUMBER} + ${NUMBER} · ${NUMBER} + ${NUMBER} = ${NUMBER}`,
    (now, [x1, x2]) => [
      ...[W1(now, j, 0), x1, W1(now, j, 1), x2, B1(now, j)].map(bracketed),
      readable(hiddenZ(now, j, x1, x2)),
    ],
  ];
  if (kind === "input") {
    return {
      name: `Input ${x_(i)}`,
      spoken: `input x${i + 1}`,
      lines: [[`${x_(i)} = ${NUMBER} at the marked point. It goes into every hidden unit.`,
        (now, point) => [readable(point[i])]]],
    };
  }
  if (kind === "w1") {
    return {
      name: `Weight from ${x_(i)} to hidden unit ${j + 1}`,
      spoken: `weight from x${i + 1} to hidden unit ${j + 1}`,
      value: (now) => W1(now, j, i),
      set: { name: "W1", row: j, column: i, symbol: w1_(j, i) },
      lines: [
        [`${w1_(j, i)} = ${NUMBER}, in the code <code>W1[${j}, ${i}]</code>`,
          (now) => [readable(W1(now, j, i))]],
        zLine,
      ],
    };
  }
  if (kind === "unit") {
    const squashed = net.kind === "linear" ? "" : ` = ${g(NUMBER)}`;
    const places = (g("|").match(/\|/g) ?? []).length;
    return {
      name: `Hidden unit ${j + 1}`,
      spoken: `hidden unit ${j + 1}, bias`,
      value: (now) => B1(now, j),
      set: { name: "b1", row: j, column: 0, symbol: b1_(j) },
      lines: [
        zLine,
        [`${a1_(j)} = ${g(z1_(j))}${squashed} = ${NUMBER}`,
          (now, [x1, x2]) => [
            ...Array(squashed ? places : 0).fill(readable(hiddenZ(now, j, x1, x2))),
            readable(hiddenA(now, j, x1, x2), 3),
          ]],
      ],
    };
  }
  if (kind === "w2") {
    return {
      name: `Weight from hidden unit ${j + 1} to the output`,
      spoken: `weight from hidden unit ${j + 1} to the output`,
      value: (now) => W2(now, j),
      set: { name: "W2", row: 0, column: j, symbol: w2_(j) },
      lines: [
        [`${w2_(j)} = ${NUMBER}, in the code <code>W2[0, ${j}]</code>`,
          (now) => [readable(W2(now, j))]],
        [`It adds ${w2_(j)} ${a1_(j)} = ${NUMBER} · ${NUMBER} = ${NUMBER} to ${symbol("z", 2)} = ${NUMBER}`,
          (now, [x1, x2]) => {
            const a = hiddenA(now, j, x1, x2);
            return [
              ...[W2(now, j), a].map(bracketed),
              readable(W2(now, j) * a, 3),
              readable(outputZ(now, x1, x2)),
            ];
          }],
      ],
    };
  }
  return {
    name: "Output ŷ",
    spoken: "output, bias",
    value: (now) => B2(now),
    set: { name: "b2", row: 0, column: 0, symbol: symbol("b", 2) },
    lines: [
      [`${symbol("z", 2)} = ${sumOf(n, (k) => `${w2_(k)} ${a1_(k)}`)} + ${symbol("b", 2)}
        = ${sumOf(n, () => `${NUMBER} · ${NUMBER}`)} + ${NUMBER} = ${NUMBER}`,
        (now, [x1, x2]) => [
          ...shownTerms(n).flatMap((k) =>
            [W2(now, k), hiddenA(now, k, x1, x2)].map(bracketed)),
          bracketed(B2(now)),
          readable(outputZ(now, x1, x2)),
        ]],
      [`ŷ = σ(${symbol("z", 2)}) = σ(${NUMBER}) = ${NUMBER}: class ${NUMBER}`,
        (now, [x1, x2]) => [
          readable(outputZ(now, x1, x2)),
          readable(outputA(now, x1, x2), 3),
          outputA(now, x1, x2) > 0.5 ? "1" : "0",
        ]],
    ],
  };
}

class Panel {
  /** `stage` has now() (the net shown), point and aim(point). */
  constructor(place, stage) {
    this.stage = stage;
    place.innerHTML = `
      <div class="about"><h4></h4><div class="lines"></div></div>
      <div class="point">at <label><i>x</i><sub>1</sub> <input type="number" step="0.1"
        aria-label="x1 of the marked point"></label> <label><i>x</i><sub>2</sub>
        <input type="number" step="0.1" aria-label="x2 of the marked point"></label></div>`;
    this.name = place.querySelector("h4");
    this.lines = place.querySelector(".lines");
    this.at = [...place.querySelectorAll(".point input")];
    for (const input of this.at) {
      input.addEventListener("input", () => {
        const point = this.at.map((each) => +each.value);
        if (point.every(Number.isFinite)) stage.aim(point);
      });
    }
  }

  /** Another part, or another network: what `explain` tells. */
  about(told) {
    this.told = told;
    this.name.innerHTML = told.name;
    this.lines.replaceChildren(
      ...told.lines.map(([html]) => {
        const line = document.createElement("p");
        line.innerHTML = html;
        return line;
      }),
    );
    this.places = told.lines.map((_, k) =>
      [...this.lines.children[k].querySelectorAll("b")].map((b) => b.appendChild(new Text(""))),
    );
  }

  /** The numbers of this step. */
  update() {
    const { stage, told } = this;
    const now = stage.now();
    told.lines.forEach(([, numbers], k) => {
      const texts = numbers(now, stage.point);
      this.places[k].forEach((place, p) => {
        if (place.data !== texts[p]) place.data = texts[p];
      });
    });
    this.at.forEach((input, i) => {
      if (input !== document.activeElement) input.value = +stage.point[i].toFixed(2);
    });
  }
}
