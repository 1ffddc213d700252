// A sheet as HTML, on the page beside the picture: what a mouse presses and a screen reader reads.
import type { Sheet } from "./act/sheet.ts";

export class PageSheet {
  private shown = "";

  constructor(
    private readonly place: HTMLElement,
    private readonly does: (what: string) => void,
  ) {}

  show(sheet: Sheet | undefined, note: string): void {
    const key = JSON.stringify([sheet, note]);
    if (key === this.shown) return;
    const before = this.shown ? (JSON.parse(this.shown) as [Sheet?])[0]?.title : undefined;
    this.shown = key;
    this.place.hidden = sheet === undefined;
    if (!sheet) return this.place.replaceChildren();
    const held = this.place.contains(document.activeElement) ? (document.activeElement as HTMLElement).dataset["does"] : undefined;
    const head = element("h2", sheet.title);
    head.tabIndex = -1;
    const says = sheet.says.map((text) => element("p", text));
    const list = document.createElement("ul");
    list.setAttribute("role", "list");
    list.append(...sheet.buttons.map((button) => this.button(button)));
    const said = element("p", note, "rooms-note");
    said.hidden = !note;
    this.place.replaceChildren(head, ...says, said, list);
    // Focus stays on the button that was pressed, and goes to the head of a sheet that has just been opened by keyboard.
    const again = held && this.place.querySelector<HTMLElement>(`[data-does="${CSS.escape(held)}"]`);
    if (again && before === sheet.title) again.focus({ preventScroll: true });
  }

  /** Puts the focus where one reads on. */
  focus(): void {
    (this.place.querySelector<HTMLElement>("button:not([aria-disabled])") ?? this.place.querySelector<HTMLElement>("h2"))?.focus();
  }

  private button({ does, label, detail, open }: Sheet["buttons"][number]): HTMLElement {
    const item = document.createElement("li");
    const button = element("button", label, does === "close" ? "button button-quiet" : "button") as HTMLButtonElement;
    button.type = "button";
    button.dataset["does"] = does;
    // One that cannot be pressed now stays where it was, and says why.
    if (!open) button.setAttribute("aria-disabled", "true");
    button.addEventListener("click", () => open && this.does(does));
    item.append(button);
    if (detail) item.append(element("span", detail, "quiet small"));
    return item;
  }
}

function element(name: string, text: string, style = ""): HTMLElement {
  const made = document.createElement(name);
  made.textContent = text;
  if (style) made.className = style;
  return made;
}
