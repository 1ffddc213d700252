// <live-checks src="…/events" after="SEQ">: keeps the checks of a lab true to what the server last judged.
//
// The server sends events named `checks`; their data is a `Change`. Cells are swapped, never whole rows, so a reader's
// place and focus stay where they are. The browser reconnects by itself and names the last event it saw
// (Last-Event-ID); only when it gives up, because the server answered with an error, do we try again ourselves.
import htmx from "htmx.org";
import { announce } from "./announce.ts";
import { halfTyped, putBack } from "./half-typed.ts";

/** One check as the server draws it: the state, and the HTML of the three cells that depend on it. */
export interface CheckCells {
  id: string;
  state: string;
  sign: string;
  word: string;
  detail: string;
}

/** What one event changes: checks, other cells by element id, and a sentence to be read out. */
export interface Change {
  checks?: CheckCells[];
  cells?: Record<string, string>;
  say?: string;
}

const RETRY_MS = 5000;

class LiveChecks extends HTMLElement {
  private source: EventSource | null = null;
  private retry = 0;
  private lastId = "";

  connectedCallback(): void {
    this.lastId = this.getAttribute("after") ?? "";
    this.connect();
  }

  disconnectedCallback(): void {
    this.source?.close();
    clearTimeout(this.retry);
  }

  private connect(): void {
    const src = this.getAttribute("src");
    if (!src) return;
    const url = new URL(src, location.href);
    if (this.lastId) url.searchParams.set("after", this.lastId);
    const source = new EventSource(url);
    this.source = source;
    source.addEventListener("open", () => this.status("live"));
    source.addEventListener("checks", (event) => {
      this.lastId = event.lastEventId || this.lastId;
      this.apply(JSON.parse(event.data) as Change);
    });
    source.addEventListener("error", () => {
      this.status("waiting");
      if (source.readyState !== EventSource.CLOSED) return;
      this.retry = window.setTimeout(() => this.connect(), RETRY_MS);
    });
  }

  private apply(change: Change): void {
    for (const check of change.checks ?? []) {
      const row = document.getElementById(`check-${check.id}`);
      if (!row) continue;
      const changed = row.dataset["state"] !== check.state;
      row.dataset["state"] = check.state;
      swap(row.querySelector(".check-sign"), check.sign);
      swap(row.querySelector(".check-word"), check.word);
      swap(row.querySelector(".check-detail"), check.detail);
      if (changed) flash(row);
    }
    for (const [id, html] of Object.entries(change.cells ?? {})) swap(document.getElementById(id), html);
    if (change.say) announce(change.say);
  }

  private status(state: "live" | "waiting"): void {
    for (const note of this.querySelectorAll<HTMLElement>("[data-live]")) note.hidden = note.dataset["live"] !== state;
  }
}

/** Puts `html` (made and escaped by the server) into `cell`, what was half typed back into it, and focus where it was. */
function swap(cell: Element | null, html: string): void {
  if (!cell || cell.innerHTML === html) return;
  const held = cell.contains(document.activeElement) ? document.activeElement : null;
  const typed = halfTyped(cell);
  cell.innerHTML = html;
  putBack(cell, typed);
  // Forms that have just come must work as quietly as those the page began with.
  htmx.process(cell);
  if (!held) return;
  const again = held.id ? document.getElementById(held.id) : cell.querySelector<HTMLElement>("a, button, summary");
  const row = cell.closest<HTMLElement>("[tabindex]");
  ((again as HTMLElement | null) ?? row)?.focus({ preventScroll: true });
}

function flash(row: HTMLElement): void {
  delete row.dataset["changed"];
  requestAnimationFrame(() => (row.dataset["changed"] = ""));
}

customElements.define("live-checks", LiveChecks);
