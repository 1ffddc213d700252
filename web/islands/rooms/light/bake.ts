// Light that does not move is reckoned once, when the rooms are built: what reaches a point from every lamp, in whose way what
// stands, and how much of the room it sees. A headset then draws it for nothing.
import type { Vec3 } from "../model.ts";
import type { Box } from "../plan/house.ts";

/** A rectangle that shines. */
export interface Lamp {
  at: Vec3;
  /** Half its edges. */
  u: Vec3;
  v: Vec3;
  /** Where it shines to; of length 1. */
  to: Vec3;
  /** How much, in red, green and blue: radiance times area over 4. */
  colour: Vec3;
}

/** A room as light sees it. */
export interface Lit {
  lamps: Lamp[];
  boxes: Box[];
  /** What comes from everywhere where nothing is near. */
  ambient: Vec3;
}

const QUARTERS = [[-0.5, -0.5], [0.5, -0.5], [-0.5, 0.5], [0.5, 0.5]] as const;
/** How far away something still darkens a corner, in metres. */
const NEAR_M = 1.1;
const LIFT_M = 0.012;

/** Directions spread evenly over the half sphere above the x-y plane, nearer to its pole more often. */
const AROUND: readonly Vec3[] = Array.from({ length: 14 }, (_, place) => {
  const up = Math.sqrt(1 - (place + 0.5) / 14);
  const flat = Math.sqrt(1 - up * up);
  const turn = place * 2.39996;
  return [Math.cos(turn) * flat, Math.sin(turn) * flat, up];
});

/** The light that falls on a point of a surface. */
export function light(at: Vec3, normal: Vec3, room: Lit): Vec3 {
  const from: Vec3 = [at[0] + normal[0] * LIFT_M, at[1] + normal[1] * LIFT_M, at[2] + normal[2] * LIFT_M];
  const open = openness(from, normal, room.boxes);
  const sum: [number, number, number] = [room.ambient[0] * open, room.ambient[1] * open, room.ambient[2] * open];
  for (const lamp of room.lamps) {
    let share = 0;
    for (const [a, b] of QUARTERS) {
      const dx = lamp.at[0] + lamp.u[0] * a + lamp.v[0] * b - from[0];
      const dy = lamp.at[1] + lamp.u[1] * a + lamp.v[1] * b - from[1];
      const dz = lamp.at[2] + lamp.u[2] * a + lamp.v[2] * b - from[2];
      const square = dx * dx + dy * dy + dz * dz;
      const far = Math.sqrt(square);
      const falls = (dx * normal[0] + dy * normal[1] + dz * normal[2]) / far;
      const leaves = -(dx * lamp.to[0] + dy * lamp.to[1] + dz * lamp.to[2]) / far;
      if (falls <= 0 || leaves <= 0) continue;
      if (blocked(from, [dx, dy, dz], 0.985, room.boxes)) continue;
      share += (falls * leaves) / (square + 0.05);
    }
    for (const axis of [0, 1, 2] as const) sum[axis] += share * lamp.colour[axis];
  }
  return sum;
}

/** How much of what is around a surface is not near, from 0 to 1. */
function openness(from: Vec3, normal: Vec3, boxes: readonly Box[]): number {
  const side: Vec3 = Math.abs(normal[1]) > 0.9 ? [1, 0, 0] : [0, 1, 0];
  const u = unit(cross(side, normal));
  const v = cross(normal, u);
  let seen = 0;
  for (const [a, b, c] of AROUND) {
    const way: Vec3 = [0, 1, 2].map((axis) => (u[axis]! * a + v[axis]! * b + normal[axis]! * c) * NEAR_M) as unknown as Vec3;
    if (!blocked(from, way, 1, boxes)) seen++;
  }
  return 0.25 + 0.75 * (seen / AROUND.length);
}

/** Whether a box stands on the way, before that share of it. */
export function blocked(from: Vec3, way: Vec3, share: number, boxes: readonly Box[]): boolean {
  for (const { min, max } of boxes) {
    let near = 0;
    let far = share;
    for (let axis = 0; axis < 3 && near <= far; axis++) {
      const slope = way[axis]!;
      const low = min[axis]! - from[axis]!;
      const high = max[axis]! - from[axis]!;
      if (slope > -1e-9 && slope < 1e-9) {
        if (low > 0 || high < 0) near = Infinity;
        continue;
      }
      const one = low / slope;
      const other = high / slope;
      near = Math.max(near, one < other ? one : other);
      far = Math.min(far, one < other ? other : one);
    }
    if (near <= far && far > 1e-4) return true;
  }
  return false;
}

export const cross = (a: Vec3, b: Vec3): Vec3 => [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];

export function unit(a: Vec3): Vec3 {
  const long = Math.hypot(a[0], a[1], a[2]) || 1;
  return [a[0] / long, a[1] / long, a[2] / long];
}
