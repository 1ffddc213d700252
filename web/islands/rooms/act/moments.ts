// The line of a drill's time: where keys and buttons lead, in seconds since it began.

const MINUTE = 60;

/** Where a key leads on the line; nothing for other keys. */
export function moved(key: string, second: number, last: number): number | undefined {
  const by: Record<string, number> = { ArrowLeft: -MINUTE, ArrowDown: -MINUTE, ArrowRight: MINUTE, ArrowUp: MINUTE, PageDown: -10 * MINUTE, PageUp: 10 * MINUTE };
  const step = by[key];
  return step === undefined ? undefined : Math.max(0, Math.min(last, second + step));
}

/** The last moment before a second; the beginning, where there is none. */
export const before = (moments: readonly number[], second: number): number => moments.findLast((one) => one < second) ?? 0;

/** The first moment after a second; the end, where there is none. */
export const after = (moments: readonly number[], second: number, last: number): number => moments.find((one) => one > second) ?? last;
