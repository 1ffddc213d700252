// <shared-board data-api="/api/workshops/ID/board" data-me="PERSON">: the board of a workshop, written by several people at once. The page holds what stood
// on it when it was loaded; this puts fields in its place. There is one set of fields: side by side or as an outline is a matter of style alone, and
// everything that can be dragged can be pressed and typed.
import { toast } from "../announce.ts";
import { Cards } from "./cards.ts";
import { make } from "./element.ts";
import { textField } from "./fields.ts";
import { Link, type Now } from "./link.ts";
import { Model } from "./model.ts";
import { Presence } from "./presence.ts";
import { Process } from "./process.ts";
import { Table } from "./table.ts";

const NOTES_CHARS_MAX = "20000";
const VIEW = "practicum-board-view";

class SharedBoard extends HTMLElement {
  private link: Link | undefined;
  private model: Model | undefined;
  private presence: Presence | undefined;
  private whyNot: string | null = null;
  private drawing = 0;

  connectedCallback(): void {
    this.view(localStorage.getItem(VIEW) === "outline" ? "outline" : "side-by-side");
    this.addEventListener("click", (event) => this.pressed((event.target as HTMLElement).closest<HTMLElement>("[data-does]")));
    this.addEventListener("focusin", (event) => this.link?.place((event.target as HTMLElement).dataset["at"] ?? ""));
    this.addEventListener("focusout", () => this.link?.place(""));
    window.addEventListener("pagehide", this.leave);
    // A page that comes back from where the browser kept it has to catch up.
    window.addEventListener("pageshow", this.back);
    void this.begin();
  }

  disconnectedCallback(): void {
    window.removeEventListener("pagehide", this.leave);
    window.removeEventListener("pageshow", this.back);
    this.leave();
  }

  private readonly leave = (): void => this.link?.leave();
  private readonly back = (event: PageTransitionEvent): void => {
    if (event.persisted) void this.begin();
  };

  /** Reads the board and puts its fields on the page; once more, when something that was written is refused. */
  private async begin(): Promise<void> {
    this.link?.leave();
    const model = new Model();
    const csrf = document.querySelector<HTMLMetaElement>('meta[name="csrf"]')?.content ?? "";
    const link = new Link(this.dataset["api"] ?? "", csrf, model, {
      now: (now) => this.now(now),
      state: (heard, kept) => this.state(heard, kept),
      refused: (why) => {
        toast(`${why} What was not taken is gone from this window.`);
        void this.begin();
      },
    });
    this.link = link;
    try {
      await link.begin();
    } catch {
      this.state(false, true);
      window.setTimeout(() => void this.begin(), 3000);
      return;
    }
    this.model = model;
    this.fill(model);
    this.state(true, true);
  }

  private fill(model: Model): void {
    const focus = document.activeElement?.id;
    const work = this.piece("work");
    const notes = textField(model, model.notes, { id: "notes", "data-at": "notes", rows: "5", maxlength: NOTES_CHARS_MAX, "aria-labelledby": "part-notes" });
    const parts = ["Notes", "Cards", "Process", "Table"].map((title) => {
      const id = `part-${title.toLowerCase()}`;
      return make("section", { class: `card board-part board-${title.toLowerCase()}`, "aria-labelledby": id }, make("header", { class: "card-head" }, make("h2", { id }, title)), make("div", { class: "card-body" }));
    });
    const body = (at: number) => parts[at]!.querySelector<HTMLElement>(".card-body")!;
    body(0).append(notes);
    const cards = new Cards(model, body(1));
    const process = new Process(model, body(2));
    const table = new Table(model, body(3));
    const draw = () => {
      cards.draw();
      process.draw();
      table.draw();
      this.allow();
    };
    draw();
    work.replaceChildren(...parts);
    this.presence = new Presence(this.piece("here"), work, this.dataset["me"] ?? "");
    model.doc.on("afterTransaction", () => {
      if (this.model !== model) return;
      draw();
      // What came may have replaced fields that carry a name.
      cancelAnimationFrame(this.drawing);
      this.drawing = requestAnimationFrame(() => this.last && this.presence?.show(this.last.here, this.link?.window ?? ""));
    });
    if (focus) document.getElementById(focus)?.focus();
    this.allow();
    this.dataset["ready"] = "";
  }

  private last: Now | undefined;

  private now(now: Now): void {
    this.last = now;
    this.whyNot = now.why_not;
    this.presence?.show(now.here, this.link?.window ?? "");
    const lock = this.querySelector<HTMLElement>("[data-does=lock]");
    if (lock) {
      lock.textContent = now.locked ? "Open the board" : "Lock the board";
      lock.dataset["locks"] = now.locked ? "no" : "yes";
    }
    this.allow();
  }

  /** Lets people write, or only read. */
  private allow(): void {
    const may = this.whyNot === null;
    const note = this.piece("why-not");
    note.hidden = may;
    note.textContent = may ? "" : `You can read: ${this.whyNot}.`;
    for (const field of this.querySelectorAll<HTMLElement>("[data-writes]")) {
      if (field instanceof HTMLTextAreaElement || (field instanceof HTMLInputElement && field.type === "text")) field.readOnly = !may;
      else (field as HTMLButtonElement).disabled = !may;
    }
    for (const handle of this.querySelectorAll<HTMLElement>(".board-handle")) handle.draggable = may;
  }

  private state(heard: boolean, kept: boolean): void {
    const piece = this.piece("state");
    const words = heard ? (kept ? "Everything is kept" : "Keeping …") : kept ? "The server is not heard; what you see may be old" : "The server is not heard; what you wrote goes when it is";
    if (piece.textContent !== words) piece.textContent = words;
    piece.dataset["state"] = heard ? (kept ? "kept" : "keeping") : "away";
  }

  private pressed(what: HTMLElement | null): void {
    const does = what?.dataset["does"];
    if (does === "side-by-side" || does === "outline") this.view(does);
    if (does === "undo") this.model?.undo.undo();
    if (does === "redo") this.model?.undo.redo();
    if (does === "lock") this.link?.lock(what?.dataset["locks"] !== "no").catch((error: unknown) => toast(error instanceof Error ? error.message : String(error)));
  }

  private view(view: "side-by-side" | "outline"): void {
    this.dataset["view"] = view;
    localStorage.setItem(VIEW, view);
    for (const choice of this.querySelectorAll<HTMLElement>("[data-view-choice]")) choice.setAttribute("aria-pressed", String(choice.dataset["does"] === view));
  }

  private piece(name: string): HTMLElement {
    return this.querySelector<HTMLElement>(`[data-part=${name}]`)!;
  }
}

customElements.define("shared-board", SharedBoard);
