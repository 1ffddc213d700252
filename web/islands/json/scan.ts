// A reader of JSON text (RFC 8259) that keeps every token as it was written and says exactly where it stopped
// understanding. `JSON.parse` does neither: 1.50 becomes 1.5, and its errors differ from browser to browser.

export type TokenKind = "key" | "string" | "number" | "word" | "mark";

/** A piece of the text, from `start` up to `end`. A mark is one of `{}[],:`; a word is true, false or null. */
export interface Token {
  kind: TokenKind;
  start: number;
  end: number;
}

/** Where reading stopped and why. `line` and `column` count from 1. */
export interface Fault {
  offset: number;
  line: number;
  column: number;
  message: string;
}

export interface Scan {
  tokens: Token[];
  fault: Fault | null;
}

const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const WORD = /true|false|null/y;
const DEPTH_MAX = 100;

class Stop extends Error {
  constructor(
    readonly offset: number,
    message: string,
  ) {
    super(message);
  }
}

/** Reads one JSON value. Tokens up to the fault are returned even when there is one. */
export function scan(text: string): Scan {
  const tokens: Token[] = [];
  try {
    const end = value(text, space(text, 0), tokens, 0);
    const rest = space(text, end);
    if (rest < text.length) throw new Stop(rest, "Text after the end of the value");
    return { tokens, fault: null };
  } catch (error) {
    if (!(error instanceof Stop)) throw error;
    return { tokens, fault: { offset: error.offset, ...place(text, error.offset), message: error.message } };
  }
}

/** The line and column of an offset, both counted from 1. */
export function place(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset).split("\n");
  return { line: before.length, column: (before[before.length - 1] ?? "").length + 1 };
}

function value(text: string, at: number, tokens: Token[], depth: number): number {
  if (depth > DEPTH_MAX) throw new Stop(at, `Nested deeper than ${DEPTH_MAX} levels`);
  switch (text[at]) {
    case "{":
      return object(text, at, tokens, depth);
    case "[":
      return array(text, at, tokens, depth);
    case '"':
      return string(text, at, tokens, "string");
    case undefined:
      throw new Stop(at, "The text ends where a value was expected");
    default:
      return scalar(text, at, tokens);
  }
}

function object(text: string, start: number, tokens: Token[], depth: number): number {
  const keys = new Set<string>();
  let at = space(text, mark(start, tokens));
  if (text[at] === "}") return mark(at, tokens);
  for (;;) {
    if (text[at] !== '"') throw new Stop(at, at < text.length ? "Expected a member name in double quotes" : "The object is not closed: } is missing");
    const end = string(text, at, tokens, "key");
    const name = JSON.parse(text.slice(at, end)) as string;
    if (keys.has(name)) throw new Stop(at, `"${name}" is given twice in this object`);
    keys.add(name);
    at = space(text, end);
    if (text[at] !== ":") throw new Stop(at, `Expected : after "${name}"`);
    at = space(text, value(text, space(text, mark(at, tokens)), tokens, depth + 1));
    if (text[at] === "}") return mark(at, tokens);
    if (text[at] !== ",") throw new Stop(at, at < text.length ? "Expected , or } here" : "The object is not closed: } is missing");
    at = space(text, mark(at, tokens));
    if (text[at] === "}") throw new Stop(at, "A comma before } is not allowed");
  }
}

function array(text: string, start: number, tokens: Token[], depth: number): number {
  let at = space(text, mark(start, tokens));
  if (text[at] === "]") return mark(at, tokens);
  for (;;) {
    at = space(text, value(text, at, tokens, depth + 1));
    if (text[at] === "]") return mark(at, tokens);
    if (text[at] !== ",") throw new Stop(at, at < text.length ? "Expected , or ] here" : "The array is not closed: ] is missing");
    at = space(text, mark(at, tokens));
    if (text[at] === "]") throw new Stop(at, "A comma before ] is not allowed");
  }
}

function string(text: string, at: number, tokens: Token[], kind: "key" | "string"): number {
  const end = match(STRING, text, at);
  if (end === null) throw new Stop(at, "This string is not closed, or holds a line break or an unknown escape");
  tokens.push({ kind, start: at, end });
  return end;
}

function scalar(text: string, at: number, tokens: Token[]): number {
  const number = match(NUMBER, text, at);
  const end = number ?? match(WORD, text, at);
  if (end === null || /[\w.+-]/.test(text[end] ?? "")) throw new Stop(at, "Not a JSON value: a string needs double quotes");
  tokens.push({ kind: number === null ? "word" : "number", start: at, end });
  return end;
}

function mark(at: number, tokens: Token[]): number {
  tokens.push({ kind: "mark", start: at, end: at + 1 });
  return at + 1;
}

function match(pattern: RegExp, text: string, at: number): number | null {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : null;
}

function space(text: string, at: number): number {
  while (at < text.length && " \t\r\n".includes(text[at]!)) at += 1;
  return at;
}
