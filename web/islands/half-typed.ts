// What somebody has half typed or half chosen outlives a cell that is swapped under it. A form with `data-once` is emptied when the
// server has taken it (the event `taken`, sent in HX-Trigger), so that what was sent does not count as half typed.

type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

/** What a control held, by where it is found again. */
export type HalfTyped = Map<string, string | boolean>;

/** Everything in `cell` that differs from what the server drew, and which parts are unfolded. */
export function halfTyped(cell: Element): HalfTyped {
  const held: HalfTyped = new Map();
  for (const control of controls(cell)) {
    if (isTicked(control)) {
      if (control.checked !== control.defaultChecked) held.set(place(control), control.checked);
    } else if (control instanceof HTMLSelectElement) {
      if ([...control.options].some((option) => option.selected !== option.defaultSelected)) held.set(place(control), control.value);
    } else if (control.value !== control.defaultValue) {
      held.set(place(control), control.value);
    }
  }
  for (const [number, part] of unfolded(cell)) if (part.open) held.set(number, true);
  return held;
}

/** Puts it back where the same controls are still there. */
export function putBack(cell: Element, held: HalfTyped): void {
  for (const control of controls(cell)) {
    const value = held.get(place(control));
    if (value === undefined) continue;
    if (isTicked(control)) control.checked = value === true;
    else if (typeof value === "string") control.value = value;
  }
  for (const [number, part] of unfolded(cell)) if (held.has(number)) part.open = true;
}

function controls(cell: Element): Control[] {
  return [...cell.querySelectorAll<Control>("input[name]:not([type=hidden]), select[name], textarea[name]")];
}

function isTicked(control: Control): control is HTMLInputElement {
  return control instanceof HTMLInputElement && (control.type === "checkbox" || control.type === "radio");
}

/** Ids are unique on a page; what has none is found by its form and name. */
function place(control: Control): string {
  return control.id || `${control.form?.action ?? ""} ${control.name} ${isTicked(control) ? control.value : ""}`;
}

/** Parts that can be folded, by the words they are folded under. */
function unfolded(cell: Element): [string, HTMLDetailsElement][] {
  return [...cell.querySelectorAll("details")].map((part) => [`details ${part.querySelector("summary")?.textContent ?? ""}`, part]);
}

document.addEventListener("taken", (event) => {
  if (event.target instanceof HTMLFormElement && event.target.hasAttribute("data-once")) event.target.reset();
});
