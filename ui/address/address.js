/* Keeps the address bar in step with the page, offers its link for copying, and
 * marks the document with the present theme for style.css.
 *
 * replaceState, not pushState: thirty small drags must not bury the Back button.
 */

export default function render({ data, parentElement }) {
  parentElement.dataset.mounted = ""; // as ui/scripts.py marks the others
  if (data.link) offer(parentElement);
  // To write an address takes the browser 5 to 12 ms: not before the figures are drawn.
  if (data.query !== null) whenIdle(() => write(data));
  const style = getComputedStyle(parentElement);
  const background = style.getPropertyValue("--st-background-color").trim();
  document.documentElement.dataset.nudgeTheme = isDark(background) ? "dark" : "light";
}

function whenIdle(act) {
  if (window.requestIdleCallback) requestIdleCallback(act, { timeout: 500 });
  else setTimeout(act, 50); // Safari
}

function write({ page, query }) {
  const here = new URL(location.href);
  const onThisPage =
    here.pathname.endsWith(`/${page}`) || (page === "home" && here.pathname.endsWith("/"));
  if (!onThisPage || here.search.slice(1) === query) return;
  here.search = query;
  history.replaceState(history.state, "", here);
}

/** A button that copies the link. */
function offer(parentElement) {
  if (parentElement.querySelector(".nudge-address")) return;
  const root = document.createElement("div");
  root.className = "nudge-address";
  root.innerHTML = `
    <button type="button" data-testid="copy-link">Copy link</button>
    <span role="status"></span>`;
  parentElement.append(root);
  root.querySelector("button").addEventListener("click", () => copy(root));
}

async function copy(root) {
  const status = root.querySelector("span");
  const missing = leftOut();
  status.classList.toggle("sentence", Boolean(missing));
  try {
    await navigator.clipboard.writeText(location.href);
    status.textContent = missing ? `Copied. ${missing}` : "Copied";
  } catch {
    // No clipboard without https: show the link, selected, ready for Ctrl+C.
    status.textContent = location.href;
    getSelection().selectAllChildren(status);
  }
  setTimeout(() => {
    if (status.textContent.startsWith("Copied")) status.textContent = "";
  }, missing ? 8000 : 2000);
}

/** What the address does not hold, for it is too long (ui/remembered.py), or nothing. */
function leftOut() {
  for (const [key, value] of new URLSearchParams(location.search)) {
    if (value !== "left_out") continue;
    if (key === "points") return "Your own points are not in this link: they are too many.";
    return "Not all is in this link: what you brought is too long.";
  }
  return "";
}

function isDark(colour) {
  const hex = /^#([\da-f]{2})([\da-f]{2})([\da-f]{2})/i.exec(colour);
  const [r, g, b] = hex
    ? hex.slice(1).map((part) => parseInt(part, 16))
    : (colour.match(/[\d.]+/g) ?? [255, 255, 255]).map(Number);
  return 0.299 * r + 0.587 * g + 0.114 * b < 128;
}
