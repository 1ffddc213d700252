// The hospital's own time, carried on between two answers of the server.

/** The hospital's time after `elapsedMs` of ours. Null if `at` is no time. */
export function hospitalTime(at: string, rate: number, elapsedMs: number): Date | null {
  const start = Date.parse(at.endsWith("Z") ? at : `${at}Z`);
  return Number.isNaN(start) ? null : new Date(start + rate * elapsedMs);
}
