// A moment in words, as seen from another.

const STEPS: ReadonlyArray<readonly [limitS: number, unitS: number, unit: Intl.RelativeTimeFormatUnit]> = [
  [60, 1, "second"],
  [3600, 60, "minute"],
  [86_400, 3600, "hour"],
  [30 * 86_400, 86_400, "day"],
  [365 * 86_400, 30 * 86_400, "month"],
  [Infinity, 365 * 86_400, "year"],
];

/** `then` as seen from `now` (both milliseconds since 1970), for example "in 3 hours" or "just now". */
export function relative(then: number, now: number, format = new Intl.RelativeTimeFormat("en", { numeric: "auto" })): string {
  const seconds = (then - now) / 1000;
  if (Math.abs(seconds) < 10) return "just now";
  const [, unitS, unit] = STEPS.find(([limitS]) => Math.abs(seconds) < limitS) ?? STEPS[STEPS.length - 1]!;
  return format.format(Math.round(seconds / unitS), unit);
}
