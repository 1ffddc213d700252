// Prints figures the same way everywhere: `name: value unit`.

/** One figure. */
export function figure(name, value, unit) {
  const digits = value >= 100 ? 0 : value >= 1 ? 2 : 3;
  console.log(`${name}: ${value.toFixed(digits)} ${unit}`);
}

/** Median and 99th percentile of times in milliseconds. */
export function times(name, list) {
  const sorted = [...list].sort((left, right) => left - right);
  const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
  figure(`${name}, median of ${list.length}`, at(0.5), "ms");
  figure(`${name}, p99 of ${list.length}`, at(0.99), "ms");
}

/** The least, the median, the 95th percentile and the most of times in milliseconds. */
export function spread(name, list) {
  const sorted = [...list].sort((left, right) => left - right);
  const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
  for (const [what, share] of [["least", 0], [`median of ${list.length}`, 0.5], ["p95", 0.95], ["most", 1]]) figure(`${name}, ${what}`, at(share), "ms");
}

/** How long `work` takes, in milliseconds. */
export async function timed(work) {
  const start = process.hrtime.bigint();
  await work();
  return Number(process.hrtime.bigint() - start) / 1e6;
}
