// What was changed in a text, and where a caret is after a change. Knows no browser.

/** So many units of UTF-16 taken away at a place, and what was put there. */
export interface Difference {
  at: number;
  gone: number;
  put: string;
}

/** What makes `after` of `before`, as one change; nothing, where they are the same. It never parts the two halves of a character. */
export function difference(before: string, after: string): Difference | null {
  if (before === after) return null;
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start += 1;
  let end = 0;
  while (end < shorter - start && before[before.length - 1 - end] === after[after.length - 1 - end]) end += 1;
  if (start > 0 && isHigh(before.charCodeAt(start - 1))) start -= 1;
  if (end > 0 && isLow(before.charCodeAt(before.length - end))) end -= 1;
  return { at: start, gone: before.length - end - start, put: after.slice(start, after.length - end) };
}

/** Where a caret stands after a change that somebody else made. What they put at its very place comes after it. */
export function caretAfter(caret: number, { at, gone, put }: Difference): number {
  if (caret <= at) return caret;
  return caret >= at + gone ? caret - gone + put.length : at + put.length;
}

const isHigh = (unit: number): boolean => unit >= 0xd800 && unit < 0xdc00;
const isLow = (unit: number): boolean => unit >= 0xdc00 && unit < 0xe000;
