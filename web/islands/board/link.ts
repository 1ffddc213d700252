// A board and the server: what is written here goes there a moment later, what others wrote comes when the server says that there is something. Without
// the server people go on writing, and what they wrote goes when it is heard again.
import * as Y from "yjs";
import type { Model } from "./model.ts";

/** A window that somebody has open on the board. */
export interface Looker {
  who: string;
  name: string;
  window: string;
  at: string;
}

/** How the board stands, without what stands on it. */
export interface Now {
  seq: number;
  locked: boolean;
  why_not: string | null;
  here: Looker[];
}

export interface Hears {
  now: (now: Now) => void;
  /** Whether the server is heard, and whether everything written here is with it. */
  state: (heard: boolean, kept: boolean) => void;
  /** What was written was refused; the board has to be read anew. */
  refused: (why: string) => void;
}

const SEND_AFTER_MS = 150;
const SAY_AFTER_MS = 200;
const RETRY_MS = 3000;
const STILL_HERE_MS = 10_000;
/** What marks a change as come from the server. */
const THEIRS = "server";

export class Link {
  private source: EventSource | undefined;
  private waiting: Uint8Array[] = [];
  private timer = 0;
  private retry = 0;
  private beat = 0;
  private going = 0;
  private sending = false;
  private heard = true;
  private seq = -1;
  private at = "";
  private closed = false;
  readonly window = crypto.getRandomValues(new Uint32Array(2)).join("-");

  constructor(
    private readonly root: string,
    private readonly csrf: string,
    private readonly model: Model,
    private readonly hears: Hears,
  ) {}

  /** Reads the board, and follows it from then on. */
  async begin(): Promise<void> {
    await this.pull();
    this.model.doc.on("update", this.written);
    this.follow();
    this.beat = window.setInterval(() => this.sayPlace(), STILL_HERE_MS);
    this.sayPlace();
  }

  /** Says where on the board one is. */
  place(at: string): void {
    if (at === this.at) return;
    this.at = at;
    // Who goes from field to field is on the way, and says where they are when they have come.
    clearTimeout(this.going);
    this.going = window.setTimeout(() => this.sayPlace(), SAY_AFTER_MS);
  }

  async lock(locked: boolean): Promise<void> {
    await this.ask("POST", "/lock", { locked });
  }

  /** Sends what waits, and says that the window closes. */
  leave(): void {
    if (this.closed) return;
    this.closed = true;
    this.source?.close();
    for (const timer of [this.timer, this.retry, this.going]) clearTimeout(timer);
    clearInterval(this.beat);
    this.model.doc.off("update", this.written);
    const send = (path: string, body: unknown) => void fetch(this.root + path, { method: "POST", headers: this.headers(), body: JSON.stringify(body), keepalive: true }).catch(() => {});
    if (this.waiting.length > 0) send("/updates", { update: base64(Y.mergeUpdates(this.waiting)) });
    send("/place", { window: this.window });
  }

  private readonly written = (update: Uint8Array, origin: unknown): void => {
    if (origin === THEIRS) return;
    this.waiting.push(update);
    this.tell();
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.send(), SEND_AFTER_MS);
  };

  private async send(): Promise<void> {
    if (this.sending || this.waiting.length === 0 || this.closed) return;
    this.sending = true;
    const taken = this.waiting.length;
    const update = base64(Y.mergeUpdates(this.waiting));
    try {
      const { seq } = (await this.ask("POST", "/updates", { update })) as { seq: number };
      this.waiting.splice(0, taken);
      // Where others wrote in between, the stream says so too.
      if (seq === this.seq + 1) this.seq = seq;
      this.hear(true);
    } catch (error) {
      if (error instanceof Refused) {
        this.waiting = [];
        this.hears.refused(error.message);
        return;
      }
      this.hear(false);
      this.timer = window.setTimeout(() => void this.send(), RETRY_MS);
    } finally {
      this.sending = false;
    }
    if (this.heard && this.waiting.length > 0) void this.send();
  }

  /** Takes over what is lacking. */
  private async pull(): Promise<void> {
    const known = encodeURIComponent(base64(Y.encodeStateVector(this.model.doc)));
    const { seq, update } = (await this.ask("GET", `/updates?known=${known}`)) as { seq: number; update: string };
    Y.applyUpdate(this.model.doc, bytes(update), THEIRS);
    this.seq = Math.max(this.seq, seq);
  }

  private follow(): void {
    const source = new EventSource(`${this.root}/events`);
    this.source = source;
    source.addEventListener("open", () => {
      this.hear(true);
      void this.send();
    });
    source.addEventListener("board", (event) => {
      const now = JSON.parse(event.data) as Now;
      if (now.seq > this.seq) this.pull().catch(() => this.hear(false));
      this.hears.now(now);
    });
    source.addEventListener("error", () => {
      this.hear(false);
      // The browser tries again by itself, unless the server answered with an error.
      if (source.readyState === EventSource.CLOSED && !this.closed) this.retry = window.setTimeout(() => this.follow(), RETRY_MS);
    });
  }

  private sayPlace(): void {
    void this.ask("POST", "/place", { window: this.window, at: this.at }).catch(() => {});
  }

  private hear(heard: boolean): void {
    this.heard = heard;
    this.tell();
  }

  private tell(): void {
    this.hears.state(this.heard, this.waiting.length === 0);
  }

  private headers(): Record<string, string> {
    return { accept: "application/json", "content-type": "application/json", "x-csrf-token": this.csrf };
  }

  private async ask(method: string, path: string, body?: unknown): Promise<unknown> {
    const answer = await fetch(this.root + path, { method, headers: this.headers(), body: body === undefined ? null : JSON.stringify(body) });
    const said = (await answer.json().catch(() => ({}))) as { detail?: string; title?: string };
    if (answer.ok) return said;
    // What the server cannot do now it may do later; what it does not want it will never want.
    if (answer.status >= 500 || answer.status === 429) throw new Error(`the server answered ${answer.status}`);
    throw new Refused(sentence(said.detail ?? said.title ?? `the server answered ${answer.status}`));
  }
}

/** The server does not want what was sent. */
class Refused extends Error {}

const sentence = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1) + (/[.!?]$/.test(text) ? "" : ".");

function base64(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}

function bytes(text: string): Uint8Array {
  return Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
}
