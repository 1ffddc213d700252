// A board as a document of Yjs: what stands where in it, and everything that can be done to it. `crates/boards` reads the same shape and refuses all
// others. Knows no browser.
import * as Y from "yjs";

export type Part = "cards" | "steps" | "links" | "columns" | "rows";
export type Item = Y.Map<Y.Text | string | number>;

/** The lanes of cards, from left to right. */
export const LANES = [
  { id: "known", title: "What we know" },
  { id: "open", title: "What we need to know" },
  { id: "risk", title: "What could go wrong" },
  { id: "idea", title: "What we could do" },
] as const;
export type Lane = (typeof LANES)[number]["id"];

/** The kinds of steps. */
export const KINDS = [
  { id: "task", title: "Task" },
  { id: "choice", title: "Choice" },
  { id: "wait", title: "Wait" },
] as const;

/** What marks a change as made in this window. */
export const MINE = "mine";

export interface LinkSeen {
  id: string;
  from: string;
  to: string;
  when: string;
}

/** A board that somebody has before them. */
export class Model {
  readonly doc = new Y.Doc();
  readonly notes = this.doc.getText("notes");
  private readonly parts: Record<Part, Y.Map<Item>> = {
    cards: this.doc.getMap("cards"),
    steps: this.doc.getMap("steps"),
    links: this.doc.getMap("links"),
    columns: this.doc.getMap("columns"),
    rows: this.doc.getMap("rows"),
  };
  /** Takes back what was done in this window, and nothing of others. */
  readonly undo = new Y.UndoManager([this.notes, ...Object.values(this.parts)], { trackedOrigins: new Set([MINE]), captureTimeout: 800 });

  /** Does something as one change. */
  change(work: () => void): void {
    this.doc.transact(work, MINE);
  }

  /** Does something that is taken back by itself, and not together with what was typed just before or after. */
  private step(work: () => void): void {
    this.undo.stopCapturing();
    this.change(work);
    this.undo.stopCapturing();
  }

  has(part: Part, id: string): boolean {
    return this.parts[part].has(id);
  }

  item(part: Part, id: string): Item | undefined {
    return this.parts[part].get(id);
  }

  words(part: Part, id: string, field: string): string {
    const value = this.item(part, id)?.get(field);
    return typeof value === "string" ? value : "";
  }

  text(part: "cards" | "steps", id: string): Y.Text | undefined {
    const value = this.item(part, id)?.get(part === "cards" ? "text" : "label");
    return value instanceof Y.Text ? value : undefined;
  }

  /** Ids of a part in their order; by id, where two have the same place. */
  ids(part: Part): string[] {
    const places = [...this.parts[part]].map(([id, item]) => ({ id, place: placeOf(item) }));
    return places.sort((one, other) => one.place - other.place || (one.id < other.id ? -1 : 1)).map(({ id }) => id);
  }

  /** Cards of a lane. */
  cards(lane: Lane): string[] {
    return this.ids("cards").filter((id) => this.words("cards", id, "lane") === lane);
  }

  /** Arrows between steps that are both there. */
  links(): LinkSeen[] {
    const all = this.ids("links").map((id) => ({ id, from: this.words("links", id, "from"), to: this.words("links", id, "to"), when: this.words("links", id, "when") }));
    return all.filter(({ from, to }) => this.has("steps", from) && this.has("steps", to));
  }

  addCard(lane: Lane, after?: string): string {
    return this.add("cards", this.cards(lane), after, { lane, text: new Y.Text() });
  }

  addStep(after?: string): string {
    return this.add("steps", this.ids("steps"), after, { kind: "task", who: "", label: new Y.Text() });
  }

  addColumn(name: string): string {
    return this.add("columns", this.ids("columns"), undefined, { name });
  }

  addRow(after?: string): string {
    return this.add("rows", this.ids("rows"), after, {});
  }

  /** Lets an arrow lead from a step to another; says whether it is a new one. */
  connect(from: string, to: string): boolean {
    if (this.links().some((link) => link.from === from && link.to === to)) return false;
    this.add("links", this.ids("links"), undefined, { from, to, when: "" });
    return true;
  }

  set(part: Part, id: string, field: string, words: string): void {
    const item = this.item(part, id);
    if (!item || item.get(field) === words || (words === "" && item.get(field) === undefined)) return;
    this.change(() => item.set(field, words));
  }

  /** Takes something away; with a step the arrows to and from it. */
  remove(part: Part, id: string): void {
    this.step(() => {
      if (part === "steps") for (const link of this.links()) if (link.from === id || link.to === id) this.parts.links.delete(link.id);
      if (part === "columns") for (const row of this.ids("rows")) this.item("rows", row)?.delete(cellOf(id));
      this.parts[part].delete(id);
    });
  }

  /** Moves something by one place among `ids`; says whether there was room. */
  move(part: Part, id: string, by: -1 | 1, ids: string[]): boolean {
    const from = ids.indexOf(id);
    const to = from + by;
    if (from < 0 || to < 0 || to >= ids.length) return false;
    const others = ids.filter((one) => one !== id);
    this.step(() => this.place(part, id, others[to - 1], others[to]));
    return true;
  }

  /** Puts a card into a lane, before another or at its end. */
  toLane(id: string, lane: Lane, before?: string): void {
    const others = this.cards(lane).filter((one) => one !== id);
    const at = before === undefined ? others.length : others.indexOf(before);
    this.step(() => {
      this.item("cards", id)?.set("lane", lane);
      this.place("cards", id, others[at - 1], others[at]);
    });
  }

  /** Gives something a place between two others. */
  private place(part: Part, id: string, before: string | undefined, after: string | undefined): void {
    this.item(part, id)?.set("order", this.between(part, before, after));
  }

  private add(part: Part, ids: string[], after: string | undefined, fields: Record<string, Y.Text | string | number>): string {
    const id = newId();
    const at = after === undefined ? ids.length : ids.indexOf(after) + 1;
    const order = this.between(part, ids[at - 1], ids[at]);
    this.step(() => this.parts[part].set(id, new Y.Map(Object.entries({ order, ...fields }))));
    return id;
  }

  /** A number between the places of two things. Where people moved so often that none is left, the two share a place and ids decide. */
  private between(part: Part, before: string | undefined, after: string | undefined): number {
    const place = (id: string | undefined) => placeOf(id === undefined ? undefined : this.item(part, id));
    if (before === undefined && after === undefined) return 0;
    if (before === undefined) return place(after) - 1;
    return after === undefined ? place(before) + 1 : (place(before) + place(after)) / 2;
  }
}

/** The field of a row in which the cell of a column stands. */
export const cellOf = (column: string): string => `cell-${column}`;

function placeOf(item: Item | undefined): number {
  const place = item?.get("order");
  return typeof place === "number" ? place : 0;
}

/** Ten letters and digits, which nobody else draws too. */
function newId(): string {
  const drawn = crypto.getRandomValues(new Uint8Array(10));
  return [...drawn].map((byte) => (byte % 36).toString(36)).join("");
}
