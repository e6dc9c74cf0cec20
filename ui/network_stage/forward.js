/* The network's forward pass, as core/shallow.py has it: no canvas, no page.
 *
 * A net is one kept step of a run: { n, kind, slope, theta, at }. From theta[at] on
 * stand W1 row by row (n × 2), b1 (n), W2 (n) and b2.
 */

const SIZE_OF = (n) => 4 * n + 1;

const W1 = (net, j, i) => net.theta[net.at + 2 * j + i];
const B1 = (net, j) => net.theta[net.at + 2 * net.n + j];
const W2 = (net, j) => net.theta[net.at + 3 * net.n + j];
const B2 = (net) => net.theta[net.at + 4 * net.n];

/** a = g(z) */
function activate({ kind, slope }, z) {
  if (kind === "sigmoid") return 1 / (1 + Math.exp(-z));
  if (kind === "tanh") return Math.tanh(z);
  if (kind === "relu") return Math.max(0, z);
  if (kind === "leaky_relu") return Math.max(slope * z, z);
  return z;
}

/** z of hidden unit j at the point (x1, x2) */
const hiddenZ = (net, j, x1, x2) => W1(net, j, 0) * x1 + W1(net, j, 1) * x2 + B1(net, j);

const hiddenA = (net, j, x1, x2) => activate(net, hiddenZ(net, j, x1, x2));

/** z of the output at the point (x1, x2) */
function outputZ(net, x1, x2) {
  let z = B2(net);
  for (let j = 0; j < net.n; j += 1) z += W2(net, j) * hiddenA(net, j, x1, x2);
  return z;
}

const sigmoid = (z) => 1 / (1 + Math.exp(-z));

/** ŷ = σ(z) */
const outputA = (net, x1, x2) => sigmoid(outputZ(net, x1, x2));

/* ---- over the plane --------------------------------------------------------
 *
 * `side` holds the n middles of the cells along one side of the square; a plane is
 * n × n values, row by row from the lowest x2.
 */

// e^u and e^v for |u|, |v| up to this: neither they nor their product overflow.
const SAFE = 350;
const across = new Float64Array(256);
const up = new Float64Array(256);

/** a of hidden unit j over the plane.
 *
 * For tanh and sigmoid e^(w1 x1 + w2 x2 + b) = e^(w1 x1 + b) · e^(w2 x2): two short
 * rows of exponentials instead of one for every cell. */
function unitPlane(net, j, side, out) {
  const n = side.length;
  const [w1, w2, b] = [W1(net, j, 0), W1(net, j, 1), B1(net, j)];
  const reach = Math.abs(side[0]);
  const twice = net.kind === "tanh" ? 2 : 1;
  const squashed = net.kind === "tanh" || net.kind === "sigmoid";
  const most = twice * Math.max(Math.abs(w1) * reach + Math.abs(b), Math.abs(w2) * reach);
  if (squashed && most < SAFE) {
    for (let c = 0; c < n; c += 1) {
      across[c] = Math.exp(-twice * (w1 * side[c] + b));
      up[c] = Math.exp(-twice * w2 * side[c]);
    }
    const low = net.kind === "tanh" ? -1 : 0; // tanh z = 2 σ(2z) − 1
    for (let r = 0, k = 0; r < n; r += 1) {
      for (let c = 0; c < n; c += 1, k += 1) out[k] = low + twice / (1 + up[r] * across[c]);
    }
    return;
  }
  for (let r = 0, k = 0; r < n; r += 1) {
    for (let c = 0; c < n; c += 1, k += 1) {
      out[k] = activate(net, w1 * side[c] + w2 * side[r] + b);
    }
  }
}

/** sum += weight · plane */
function addPlane(sum, plane, weight) {
  for (let k = 0; k < sum.length; k += 1) sum[k] += weight * plane[k];
}

/** The largest |a| of hidden unit j over the plane: every g rises, so at a corner. */
function largest(net, j, reach) {
  if (net.kind === "tanh" || net.kind === "sigmoid") return 1;
  const slant = (Math.abs(W1(net, j, 0)) + Math.abs(W1(net, j, 1))) * reach;
  const top = activate(net, B1(net, j) + slant);
  return Math.max(Math.abs(top), Math.abs(activate(net, B1(net, j) - slant)));
}
