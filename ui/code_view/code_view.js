/* Code to read, and a button that copies it. */

export default function render({ data, parentElement }) {
  const root = parentElement.querySelector(".nudge-code") ?? build(parentElement);
  const block = root.querySelector("pre");
  const text = data.pieces.map(([, words]) => words).join("");
  block.setAttribute("aria-label", data.label);
  block.classList.toggle("wrap", data.wrap);
  block.style.maxHeight = data.height ? `${data.height}px` : "";
  if (block.textContent !== text) block.replaceChildren(...data.pieces.map(piece));
}

function build(parentElement) {
  const root = document.createElement("div");
  root.className = "nudge-code";
  root.dataset.testid = "code";
  root.innerHTML = `
    <pre tabindex="0" role="region"></pre>
    <button type="button" data-testid="copy-code">Copy</button>
    <span role="status"></span>`;
  parentElement.append(root);
  root.querySelector("button").addEventListener("click", () => copy(root));
  return root;
}

function piece([kind, words]) {
  if (!kind) return words;
  const span = document.createElement("span");
  span.className = kind;
  span.textContent = words;
  return span;
}

async function copy(root) {
  const block = root.querySelector("pre");
  const status = root.querySelector("span[role=status]");
  try {
    await navigator.clipboard.writeText(block.textContent);
    status.textContent = "Copied";
  } catch {
    // No clipboard without https: the code is selected, ready for Ctrl+C.
    getSelection().selectAllChildren(block);
    status.textContent = "Selected: copy with Ctrl+C";
  }
  setTimeout(() => (status.textContent = ""), 2500);
}
