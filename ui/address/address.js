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
  try {
    await navigator.clipboard.writeText(location.href);
    status.textContent = "Copied";
  } catch {
    // No clipboard without https: show the link, selected, ready for Ctrl+C.
    status.textContent = location.href;
    getSelection().selectAllChildren(status);
  }
  setTimeout(() => {
    if (status.textContent === "Copied") status.textContent = "";
  }, 2000);
}

function isDark(colour) {
  const hex = /^#([\da-f]{2})([\da-f]{2})([\da-f]{2})/i.exec(colour);
  const [r, g, b] = hex
    ? hex.slice(1).map((part) => parseInt(part, 16))
    : (colour.match(/[\d.]+/g) ?? [255, 255, 255]).map(Number);
  return 0.299 * r + 0.587 * g + 0.114 * b < 128;
}
