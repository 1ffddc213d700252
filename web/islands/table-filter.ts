// <table-filter>: a search box over the rows already on the page. Every word must occur in the row. Rows that come anew, as in a part of
// the page that looks again by itself, are held to what stands in the box.
import { announce } from "./announce.ts";
import { matches } from "./pure/matches.ts";

class TableFilter extends HTMLElement {
  private pause = 0;

  connectedCallback(): void {
    this.querySelector("input")?.addEventListener("input", () => this.say(this.apply()));
    const live = this.querySelector("[hx-get]");
    if (live) new MutationObserver(() => this.apply()).observe(live, { childList: true });
  }

  private apply(): string {
    const query = this.querySelector("input")?.value.trim() ?? "";
    const rows = [...this.querySelectorAll<HTMLTableRowElement>("tbody tr")];
    for (const row of rows) row.hidden = !matches(row.textContent ?? "", query);
    const left = rows.filter((row) => !row.hidden).length;
    const noun = rows.length === 1 ? "row" : "rows";
    const words = query ? `${left} of ${rows.length} ${noun}` : `${rows.length} ${noun}`;
    const output = this.querySelector("output");
    if (output) output.textContent = words;
    return words;
  }

  // Said once the typing rests, not at every key.
  private say(words: string): void {
    clearTimeout(this.pause);
    this.pause = window.setTimeout(() => announce(words), 700);
  }
}

customElements.define("table-filter", TableFilter);
