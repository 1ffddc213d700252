// Elements of the board, made by scripts: what people wrote is always text.

type Attributes = Record<string, string | boolean | undefined>;

/** An element with attributes and content. */
export function make<K extends keyof HTMLElementTagNameMap>(tag: K, attributes: Attributes, ...content: (Node | string)[]): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) if (value !== undefined && value !== false) element.setAttribute(name, value === true ? "" : value);
  element.append(...content);
  return element;
}

/** A button; `about` is heard by screen readers after its label. */
export function button(label: string, about: string, press: () => void, kind = "button-quiet button-small"): HTMLButtonElement {
  const hidden = about ? [make("span", { class: "visually-hidden" }, `: ${about}`)] : [];
  const made = make("button", { type: "button", class: `button ${kind}`, "data-writes": true }, label, ...hidden);
  made.addEventListener("click", press);
  return made;
}

/** Makes the children of `list` those of these ids, in their order: what is there stays, and keeps its focus. */
export function keyed(list: Element, ids: string[], create: (id: string) => HTMLElement, update: (element: HTMLElement, id: string, at: number) => void): void {
  const there = new Map([...list.children].map((child) => [(child as HTMLElement).dataset["id"] ?? "", child as HTMLElement]));
  const held = list.contains(document.activeElement) ? (document.activeElement as HTMLElement) : null;
  for (const [id, element] of there) if (!ids.includes(id)) element.remove();
  ids.forEach((id, at) => {
    let element = there.get(id);
    if (!element) {
      element = create(id);
      element.dataset["id"] = id;
    }
    if (list.children[at] !== element) list.insertBefore(element, list.children[at] ?? null);
    update(element, id, at);
  });
  // Moving an element takes the focus away from what is in it.
  if (held?.isConnected && document.activeElement !== held) held.focus({ preventScroll: true });
}

/** A select whose choice is told. */
export function select(attributes: Attributes, choices: readonly { id: string; title: string }[], chosen: (id: string) => void): HTMLSelectElement {
  const made = make("select", { class: "control", "data-writes": true, ...attributes }, ...choices.map(({ id, title }) => make("option", { value: id }, title)));
  made.addEventListener("change", () => chosen(made.value));
  return made;
}
