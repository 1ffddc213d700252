// Lays tokens out again, two spaces a level, without touching a single one of them.
import { scan, type Token } from "./scan.ts";

/** One piece of laid-out JSON: text between tokens has no kind. `key` names the member a string belongs to. */
export interface Piece {
  text: string;
  kind: Token["kind"] | null;
  key: string | null;
}

/** The pieces of `text` laid out for reading, or null if it is not JSON. */
export function layOut(text: string): Piece[] | null {
  const { tokens, fault } = scan(text);
  if (fault) return null;
  const pieces: Piece[] = [];
  const gap = (words: string) => pieces.push({ text: words, kind: null, key: null });
  let depth = 0;
  let key: string | null = null;
  tokens.forEach((token, index) => {
    const word = text.slice(token.start, token.end);
    const next = tokens[index + 1] ? text[tokens[index + 1]!.start] : undefined;
    if (token.kind === "key") key = word.slice(1, -1);
    if ((word === "}" || word === "]") && token.kind === "mark") {
      depth -= 1;
      const before = tokens[index - 1];
      if (before && !"{[".includes(text[before.start]!)) gap(line(depth));
    }
    pieces.push({ text: word, kind: token.kind, key: token.kind === "string" ? key : null });
    if (token.kind !== "mark") return;
    if (word === ":") gap(" ");
    if (word === ",") gap(line(depth));
    if (word === "{" || word === "[") {
      depth += 1;
      if (next !== "}" && next !== "]") gap(line(depth));
    }
  });
  return pieces;
}

/** `text` laid out for reading, or unchanged if it is not JSON. */
export function pretty(text: string): string {
  return layOut(text)?.map((piece) => piece.text).join("") ?? text;
}

function line(depth: number): string {
  return "\n" + "  ".repeat(depth);
}
