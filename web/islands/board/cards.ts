// Cards in four lanes.
import { announce } from "../announce.ts";
import { button, keyed, make, select } from "./element.ts";
import { show, textField } from "./fields.ts";
import { LANES, type Lane, type Model } from "./model.ts";

/** The cards of a board, drawn into `root` again whenever something has changed. */
export class Cards {
  private readonly lists = new Map<Lane, HTMLUListElement>();
  private dragged: string | null = null;

  constructor(
    private readonly model: Model,
    root: HTMLElement,
  ) {
    for (const lane of LANES) root.append(this.lane(lane));
  }

  draw(): void {
    for (const { id: lane, title } of LANES) {
      const list = this.lists.get(lane);
      if (!list) continue;
      const ids = this.model.cards(lane);
      keyed(list, ids, (id) => this.card(id), (element, _, at) => {
        element.querySelector("label")!.textContent = `${title}, card ${at + 1} of ${ids.length}`;
        show(element.querySelector("select")!, lane);
      });
      list.hidden = ids.length === 0;
    }
  }

  private lane({ id, title }: (typeof LANES)[number]): HTMLElement {
    const list = make("ul", { class: "board-list", role: "list", "aria-labelledby": `lane-${id}` });
    this.lists.set(id, list);
    const add = button("Add a card", title, () => this.add(id), "button-small");
    const section = make("section", { class: "board-lane", "data-lane": id, "aria-labelledby": `lane-${id}` }, make("h3", { id: `lane-${id}` }, title), list, add);
    section.addEventListener("dragover", (event) => this.dragged && event.preventDefault());
    section.addEventListener("drop", (event) => this.drop(event, id, list));
    return section;
  }

  private card(id: string): HTMLElement {
    const name = `card-${id}`;
    const text = this.model.text("cards", id);
    const field = text ? textField(this.model, text, { id: name, "data-at": name }) : make("p", {});
    const lane = select({ id: `lane-of-${id}`, class: "control board-small" }, LANES, (chosen) => this.toLane(id, chosen as Lane));
    const handle = make("span", { class: "board-handle", draggable: "true", "aria-hidden": "true", title: "Drag to another place" }, "⠿");
    const item = make(
      "li",
      { class: "board-item" },
      make("label", { for: name, class: "visually-hidden" }),
      field,
      make(
        "div",
        { class: "board-tools" },
        handle,
        button("↑", "move the card up", () => this.move(id, -1)),
        button("↓", "move the card down", () => this.move(id, 1)),
        make("label", { for: `lane-of-${id}`, class: "visually-hidden" }, "Lane"),
        lane,
        button("✕", "take the card away", () => this.remove(id)),
      ),
    );
    handle.addEventListener("dragstart", (event) => {
      this.dragged = id;
      event.dataTransfer?.setDragImage(item, 10, 10);
      event.dataTransfer?.setData("text/plain", "");
    });
    handle.addEventListener("dragend", () => (this.dragged = null));
    item.addEventListener("keydown", (event) => this.key(event, id));
    return item;
  }

  private key(event: KeyboardEvent, id: string): void {
    const lane = this.laneOf(id);
    const beside = (by: number) => LANES[LANES.findIndex((one) => one.id === lane) + by]?.id;
    if (event.key === "Enter" && event.ctrlKey) this.add(lane, id);
    else if (event.altKey && event.key === "ArrowUp") this.move(id, -1);
    else if (event.altKey && event.key === "ArrowDown") this.move(id, 1);
    else if (event.altKey && event.shiftKey && (event.key === "ArrowLeft" || event.key === "ArrowRight")) {
      const to = beside(event.key === "ArrowLeft" ? -1 : 1);
      if (to) this.toLane(id, to);
    } else return;
    event.preventDefault();
  }

  private laneOf(id: string): Lane {
    return LANES.find((one) => one.id === this.model.words("cards", id, "lane"))?.id ?? "known";
  }

  private add(lane: Lane, after?: string): void {
    const id = this.model.addCard(lane, after);
    document.getElementById(`card-${id}`)?.focus();
  }

  private move(id: string, by: -1 | 1): void {
    const ids = this.model.cards(this.laneOf(id));
    const moved = this.model.move("cards", id, by, ids);
    announce(moved ? `Card ${ids.indexOf(id) + 1 + by} of ${ids.length}` : "There is no further place");
  }

  private toLane(id: string, lane: Lane, before?: string): void {
    const held = document.activeElement?.id;
    this.model.toLane(id, lane, before);
    // The card was made anew in the other lane.
    if (held) document.getElementById(held)?.focus();
    announce(`Now under ${LANES.find((one) => one.id === lane)?.title}`);
  }

  private remove(id: string): void {
    const list = this.lists.get(this.laneOf(id));
    const ids = this.model.cards(this.laneOf(id));
    const next = ids[ids.indexOf(id) + 1] ?? ids[ids.indexOf(id) - 1];
    this.model.remove("cards", id);
    (next ? document.getElementById(`card-${next}`) : list?.parentElement?.querySelector<HTMLElement>(":scope > .button"))?.focus();
    announce("The card is gone. Undo brings it back");
  }

  private drop(event: DragEvent, lane: Lane, list: HTMLUListElement): void {
    if (!this.dragged) return;
    event.preventDefault();
    const below = [...list.children].find((child) => event.clientY < child.getBoundingClientRect().top + child.clientHeight / 2) as HTMLElement | undefined;
    const before = below?.dataset["id"];
    if (before !== this.dragged) this.toLane(this.dragged, lane, before);
    this.dragged = null;
  }
}
