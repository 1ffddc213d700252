// One voice for the whole page. What it says is read out politely and, as a toast, shown for a while.
//
// Islands call `announce` and `toast`; the server can do the same through htmx with
// `HX-Trigger: {"announce": {"text": "Saved", "toast": true}}`.

const SHOWN_MS = 6000;

/** Has a screen reader say `text` when it is next idle. The page must hold the frame's `#announcer`. */
export function announce(text: string): void {
  const region = document.getElementById("announcer");
  if (!region) return;
  // The same sentence twice would not be read again: clear it first, and let the change be noticed.
  region.textContent = "";
  setTimeout(() => (region.textContent = text), 50);
}

/** Shows `text` in the corner and announces it; it leaves by itself unless it is pointed at or holds focus. */
export function toast(text: string): void {
  announce(text);
  const list = document.getElementById("toasts");
  if (!list) return;
  const item = document.createElement("li");
  const close = document.createElement("button");
  close.type = "button";
  close.textContent = "✕";
  close.setAttribute("aria-label", "Dismiss");
  close.addEventListener("click", () => item.remove());
  item.append(Object.assign(document.createElement("span"), { textContent: text }), close);
  list.append(item);
  const leave = () => (item.matches(":hover, :focus-within") ? setTimeout(leave, SHOWN_MS) : item.remove());
  setTimeout(leave, SHOWN_MS);
}

document.addEventListener("announce", (event) => {
  const detail: unknown = (event as CustomEvent).detail;
  if (typeof detail !== "object" || detail === null) return;
  const { text, value, toast: shown } = detail as { text?: string; value?: string; toast?: boolean };
  const words = text ?? value;
  if (words) (shown ? toast : announce)(words);
});
