// Who has the board open, and in which field each is.
import { announce } from "../announce.ts";
import { make } from "./element.ts";
import type { Looker } from "./link.ts";

/** Shows who is there; somebody's own windows are one, and say nothing. */
export class Presence {
  private names = new Set<string>();
  private shown = "";

  constructor(
    private readonly list: HTMLElement,
    private readonly work: HTMLElement,
    private readonly me: string,
  ) {}

  show(here: Looker[], window: string): void {
    const others = here.filter((one) => one.who !== this.me);
    const people = new Map(others.map((one) => [one.who, one.name]));
    this.greet(people);
    const mine = here.filter((one) => one.who === this.me && one.window !== window).length;
    const words = [...people.values(), ...(mine > 0 ? ["you, in another window"] : [])];
    const list = words.join(", ");
    if (list !== this.shown) {
      this.shown = list;
      this.list.textContent = words.length > 0 ? `Also here: ${list}` : "Nobody else is here";
    }
    this.mark(others);
  }

  /** Puts the name of whoever is in a field beside it. */
  mark(others: Looker[]): void {
    for (const old of this.work.querySelectorAll(".board-held")) old.remove();
    for (const old of this.work.querySelectorAll(".board-is-held")) old.classList.remove("board-is-held");
    const byField = new Map<string, string[]>();
    for (const { at, name } of others) if (at) byField.set(at, [...new Set([...(byField.get(at) ?? []), name])]);
    for (const [at, names] of byField) {
      const field = document.getElementById(at);
      if (!field || !this.work.contains(field)) continue;
      field.classList.add("board-is-held");
      field.insertAdjacentElement("afterend", make("span", { class: "board-held" }, make("span", { class: "visually-hidden" }, "Here is "), names.join(", ")));
    }
  }

  private greet(people: Map<string, string>): void {
    const first = this.names.size === 0;
    const now = new Set(people.values());
    const came = [...now].filter((name) => !this.names.has(name));
    if (!first && came.length > 0) announce(`${came.join(", ")} ${came.length === 1 ? "is" : "are"} here`);
    this.names = now.size > 0 ? now : new Set([""]);
  }
}
