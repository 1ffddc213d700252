// The expressions that were tried in one sandbox, newest first.
import type { Shelf } from "../console/history.ts";

/** An expression and the resource it was tried on. */
export interface Tried {
  expression: string;
  resource: string;
}

const TRIED_MAX = 20;
const EXPRESSION_MAX = 2_000;

/** A shelf that is full, shut or spoiled loses the list, never the expression at hand. */
export class Recent {
  private readonly key: string;

  constructor(
    private readonly shelf: Shelf,
    sandbox: string,
  ) {
    this.key = `practicum.fhirpath.${sandbox}`;
  }

  all(): Tried[] {
    try {
      const all: unknown = JSON.parse(this.shelf.getItem(this.key) ?? "[]");
      return Array.isArray(all) ? all.filter(isTried) : [];
    } catch {
      return [];
    }
  }

  /** Puts an expression first. What it grew out of while it was typed gives way to it. */
  add(tried: Tried): void {
    if (tried.expression.trim() === "" || tried.expression.length > EXPRESSION_MAX) return;
    const [newest, ...older] = this.all();
    const grown = newest && newest.resource === tried.resource && tried.expression.startsWith(newest.expression);
    const others = [...(newest && !grown ? [newest] : []), ...older].filter((it) => it.expression !== tried.expression || it.resource !== tried.resource);
    try {
      this.shelf.setItem(this.key, JSON.stringify([tried, ...others].slice(0, TRIED_MAX)));
    } catch {
      // Private windows may refuse to store; the page works without a memory.
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

function isTried(it: unknown): it is Tried {
  const tried = it as Tried | null;
  return typeof tried?.expression === "string" && typeof tried.resource === "string";
}
