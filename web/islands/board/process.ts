// The steps of a process, where each leads, and the map of both.
import { announce } from "../announce.ts";
import { button, keyed, make, select } from "./element.ts";
import { show, textField, wordsField } from "./fields.ts";
import { KINDS, type Model } from "./model.ts";
import type { ProcessMap } from "./process-map.ts";

/** The process of a board, drawn again whenever something has changed. */
export class Process {
  private readonly list = make("ol", { class: "board-list board-steps", role: "list", "aria-labelledby": "part-process" });
  private readonly map = make("process-map" as "div", {}) as unknown as ProcessMap;

  constructor(
    private readonly model: Model,
    root: HTMLElement,
  ) {
    root.append(this.map, this.list, button("Add a step", "", () => this.add(), "button-small board-add-step"));
  }

  draw(): void {
    const ids = this.model.ids("steps");
    const label = (id: string) => this.model.text("steps", id)?.toString().trim() || "a step without words";
    keyed(this.list, ids, (id) => this.step(id), (element, id, at) => {
      element.querySelector(".board-number")!.textContent = `${at + 1}`;
      element.querySelector("label")!.textContent = `Step ${at + 1} of ${ids.length}`;
      show(element.querySelector<HTMLSelectElement>(`#kind-${id}`)!, this.model.words("steps", id, "kind"));
      show(element.querySelector<HTMLInputElement>(`#who-${id}`)!, this.model.words("steps", id, "who"));
      this.arrows(element, id, ids, label);
    });
    this.list.hidden = ids.length === 0;
    this.map.draw(
      ids.map((id) => ({ id, kind: this.model.words("steps", id, "kind"), label: label(id), who: this.model.words("steps", id, "who") })),
      this.model.links(),
    );
  }

  private step(id: string): HTMLElement {
    const name = `step-${id}`;
    const text = this.model.text("steps", id);
    const field = text ? textField(this.model, text, { id: name, "data-at": name }) : make("p", {});
    const item = make(
      "li",
      { class: "board-item" },
      make("span", { class: "board-number", "aria-hidden": "true" }),
      make("label", { for: name, class: "visually-hidden" }),
      field,
      make(
        "div",
        { class: "board-fields" },
        make("div", { class: "field" }, make("label", { for: `kind-${id}` }, "Kind"), select({ id: `kind-${id}` }, KINDS, (kind) => this.model.set("steps", id, "kind", kind))),
        make("div", { class: "field" }, make("label", { for: `who-${id}` }, "Who does it"), wordsField((words) => this.model.set("steps", id, "who", words), { id: `who-${id}`, "data-at": `who-${id}` })),
      ),
      make("ul", { class: "board-arrows", role: "list", "aria-label": "Leads to" }),
      make("div", { class: "board-connect" }, make("label", { for: `to-${id}` }, "Leads to"), make("select", { id: `to-${id}`, class: "control", "data-writes": true }), button("Connect", "", () => this.connect(id), "button-small")),
      make(
        "div",
        { class: "board-tools" },
        button("↑", "move the step up", () => this.move(id, -1)),
        button("↓", "move the step down", () => this.move(id, 1)),
        button("✕", "take the step away", () => this.remove(id)),
      ),
    );
    item.addEventListener("keydown", (event) => this.key(event, id));
    return item;
  }

  /** Where a step leads, and where else it could. */
  private arrows(element: HTMLElement, id: string, ids: string[], label: (id: string) => string): void {
    const links = this.model.links().filter((link) => link.from === id);
    const named = (step: string) => `${ids.indexOf(step) + 1}, ${label(step)}`;
    keyed(element.querySelector(".board-arrows")!, links.map((link) => link.id), (link) => this.arrow(link), (arrow, link) => {
      const { to, when } = links.find((one) => one.id === link)!;
      arrow.querySelector("span")!.textContent = `→ ${named(to)}`;
      show(arrow.querySelector("input")!, when);
    });
    const choose = element.querySelector<HTMLSelectElement>(`#to-${id}`)!;
    const others = ids.filter((one) => one !== id && !links.some((link) => link.to === one));
    const options = others.map((one) => ({ value: one, words: named(one) }));
    const same = options.length === choose.options.length && options.every(({ value, words }, at) => choose.options[at]?.value === value && choose.options[at]?.text === words);
    if (!same) {
      const chosen = choose.value;
      choose.replaceChildren(...options.map(({ value, words }) => make("option", { value }, words)));
      if (others.includes(chosen)) choose.value = chosen;
    }
    choose.closest<HTMLElement>(".board-connect")!.hidden = others.length === 0;
  }

  private arrow(link: string): HTMLElement {
    const name = `when-${link}`;
    return make(
      "li",
      {},
      make("span", {}),
      make("label", { for: name }, "when"),
      wordsField((words) => this.model.set("links", link, "when", words), { id: name, "data-at": name, placeholder: "always" }),
      button("✕", "take the arrow away", () => {
        const step = this.model.words("links", link, "from");
        this.model.remove("links", link);
        document.getElementById(`step-${step}`)?.focus();
        announce("The arrow is gone");
      }),
    );
  }

  private key(event: KeyboardEvent, id: string): void {
    if (event.key === "Enter" && event.ctrlKey) this.add(id);
    else if (event.altKey && event.key === "ArrowUp") this.move(id, -1);
    else if (event.altKey && event.key === "ArrowDown") this.move(id, 1);
    else return;
    event.preventDefault();
  }

  private add(after?: string): void {
    const id = this.model.addStep(after);
    document.getElementById(`step-${id}`)?.focus();
  }

  private connect(id: string): void {
    const choose = document.getElementById(`to-${id}`) as HTMLSelectElement;
    const words = choose.selectedOptions[0]?.text ?? "";
    if (choose.value && this.model.connect(id, choose.value)) announce(`Leads to ${words}`);
    if (choose.closest<HTMLElement>(".board-connect")?.hidden) document.getElementById(`step-${id}`)?.focus();
  }

  private move(id: string, by: -1 | 1): void {
    const ids = this.model.ids("steps");
    const moved = this.model.move("steps", id, by, ids);
    announce(moved ? `Step ${ids.indexOf(id) + 1 + by} of ${ids.length}` : "There is no further place");
  }

  private remove(id: string): void {
    const ids = this.model.ids("steps");
    const next = ids[ids.indexOf(id) + 1] ?? ids[ids.indexOf(id) - 1];
    this.model.remove("steps", id);
    (next ? document.getElementById(`step-${next}`) : document.querySelector<HTMLElement>(".board-add-step"))?.focus();
    announce("The step and its arrows are gone. Undo brings them back");
  }
}
