// The requests sent so far, newest first, kept in this browser for one sandbox. They survive a reload and a reset.
import type { ConsoleRequest } from "./request.ts";

/** A request that was sent: when (milliseconds since 1970) and with what status (0 when no answer came). */
export interface Entry extends ConsoleRequest {
  at: number;
  status: number;
}

const ENTRIES_MAX = 50;
const BODY_MAX = 20_000;

/** Where entries are kept; the browser's `localStorage` fits. */
export interface Shelf {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

/** The history of one sandbox. A shelf that is full, shut or spoiled loses history, never the request at hand. */
export class History {
  private readonly key: string;

  constructor(
    private readonly shelf: Shelf,
    sandbox: string,
  ) {
    this.key = `practicum.console.${sandbox}`;
  }

  all(): Entry[] {
    try {
      const entries: unknown = JSON.parse(this.shelf.getItem(this.key) ?? "[]");
      return Array.isArray(entries) ? entries.filter(isEntry) : [];
    } catch {
      return [];
    }
  }

  /** Puts `entry` first; the same request sent again moves up instead of standing twice. */
  add(entry: Entry): void {
    const kept = entry.body.length > BODY_MAX ? { ...entry, body: "" } : entry;
    const others = this.all().filter((it) => !same(it, kept));
    try {
      this.shelf.setItem(this.key, JSON.stringify([kept, ...others].slice(0, ENTRIES_MAX)));
    } catch {
      // Private windows may refuse to store; the console works without a memory.
    }
  }

  clear(): void {
    try {
      this.shelf.removeItem(this.key);
    } catch {
      // As above.
    }
  }
}

function same(a: ConsoleRequest, b: ConsoleRequest): boolean {
  return a.method === b.method && a.path === b.path && a.body === b.body && JSON.stringify(a.headers) === JSON.stringify(b.headers);
}

function isEntry(it: unknown): it is Entry {
  const entry = it as Entry | null;
  return (
    typeof entry?.method === "string" && typeof entry.path === "string" && typeof entry.body === "string" &&
    typeof entry.headers === "object" && entry.headers !== null && typeof entry.at === "number" && typeof entry.status === "number"
  );
}
