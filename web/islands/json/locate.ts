// Where in a JSON text a FHIRPath points to, as far as it can be followed: `Patient.name[0].family`.
import { scan, type Token } from "./scan.ts";

/** A stretch of the text, from `start` up to `end`, and whether all of the path led there. */
export interface Spot {
  start: number;
  end: number;
  whole: boolean;
}

const STEP = /^([A-Za-z]\w*)(?:\[(\d+)\])?$/;

/**
 * The spot `path` names in `text`; the nearest one above it where the rest cannot be followed, or is not there. The first
 * step is the type. A choice such as `value` is found under `valueQuantity`, and of a list without an index the first
 * item counts. Null if the text is not JSON.
 */
export function locate(text: string, path: string): Spot | null {
  const { tokens, fault } = scan(text);
  if (fault || tokens.length === 0) return null;
  const steps = path.split(".").slice(1);
  let at = 0;
  let spot: Spot = { start: tokens[0]!.start, end: tokens[0]!.end, whole: steps.length === 0 };
  for (const [index, step] of steps.entries()) {
    const named = STEP.exec(step);
    const found = named && member(text, tokens, at, named[1]!);
    if (found === null) return spot;
    const wanted = named![2];
    const of = item(text, tokens, found.value, Number(wanted ?? 0));
    const token = tokens[wanted !== undefined && of !== null ? of : found.key]!;
    spot = { start: token.start, end: token.end, whole: index === steps.length - 1 };
    if (wanted !== undefined && of === null) return { ...spot, whole: false };
    at = of ?? found.value;
  }
  return spot;
}

/** The member of the object that begins at token `at`: where its name stands, and where its value begins. */
function member(text: string, tokens: Token[], at: number, name: string): { key: number; value: number } | null {
  if (word(text, tokens, at) !== "{") return null;
  const choice = new RegExp(`^"${name}[A-Z]\\w*"$`);
  let chosen: { key: number; value: number } | null = null;
  for (let key = at + 1; tokens[key]?.kind === "key"; ) {
    const value = key + 2;
    if (word(text, tokens, key) === `"${name}"`) return { key, value };
    if (choice.test(word(text, tokens, key))) chosen ??= { key, value };
    key = after(text, tokens, value) + 1;
  }
  return chosen;
}

/** The token at which an item of the list at token `at` begins; null where there is no such item, or no list. */
function item(text: string, tokens: Token[], at: number, wanted: number): number | null {
  if (word(text, tokens, at) !== "[" || word(text, tokens, at + 1) === "]") return null;
  let begins = at + 1;
  for (let index = 0; index < wanted; index += 1) {
    const end = after(text, tokens, begins);
    if (word(text, tokens, end) !== ",") return null;
    begins = end + 1;
  }
  return begins;
}

/** The token after the value that begins at token `at`. */
function after(text: string, tokens: Token[], at: number): number {
  let depth = 0;
  for (let here = at; here < tokens.length; here += 1) {
    const mark = tokens[here]!.kind === "mark" ? word(text, tokens, here) : "";
    if (mark === "{" || mark === "[") depth += 1;
    if (mark === "}" || mark === "]") depth -= 1;
    if (depth === 0) return here + 1;
  }
  return tokens.length;
}

function word(text: string, tokens: Token[], at: number): string {
  const token = tokens[at];
  return token ? text.slice(token.start, token.end) : "";
}
