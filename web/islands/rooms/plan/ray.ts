// A ray against boxes and floor: what a hand, a finger or a mouse points at.
import type { Vec3 } from "../model.ts";
import type { Box } from "./house.ts";

export interface Ray {
  from: Vec3;
  /** Of length 1. */
  to: Vec3;
}

/** How far along the ray a box is met, in metres; `Infinity` if it is not. From inside, 0. */
export function meets({ from, to }: Ray, { min, max }: Box): number {
  let near = 0;
  let far = Infinity;
  for (const axis of [0, 1, 2] as const) {
    const slope = to[axis];
    const [low, high] = [min[axis] - from[axis], max[axis] - from[axis]];
    if (Math.abs(slope) < 1e-9) {
      if (low > 0 || high < 0) return Infinity;
      continue;
    }
    const [one, other] = [low / slope, high / slope];
    near = Math.max(near, Math.min(one, other));
    far = Math.min(far, Math.max(one, other));
    if (near > far) return Infinity;
  }
  return near;
}

/** The point so far along the ray. */
export const at = ({ from, to }: Ray, metres: number): Vec3 => [from[0] + to[0] * metres, from[1] + to[1] * metres, from[2] + to[2] * metres];

/** How far along the ray the floor is met, in metres; `Infinity` if it looks up or along. */
export const floor = ({ from, to }: Ray): number => (to[1] < -1e-4 ? -from[1] / to[1] : Infinity);

/** The first of these boxes on the ray, up to so far, with how far it is. */
export function first<T extends { box: Box }>(ray: Ray, all: Iterable<T>, within = Infinity): { hit: T; metres: number } | undefined {
  let best: { hit: T; metres: number } | undefined;
  for (const one of all) {
    const metres = meets(ray, one.box);
    if (metres < (best?.metres ?? within)) best = { hit: one, metres };
  }
  return best;
}

/** Where a hand that points comes down in a throw: the landing of a parabola, and the points on the way. */
export function thrown({ from, to }: Ray, speed = 6.5, gravity = 9.8, steps = 24): { land: Vec3 | undefined; arc: Vec3[] } {
  const arc: Vec3[] = [];
  for (let place = 0; place <= steps; place++) {
    const t = (place / steps) * 1.6;
    const point: Vec3 = [from[0] + to[0] * speed * t, from[1] + to[1] * speed * t - (gravity / 2) * t * t, from[2] + to[2] * speed * t];
    const before = arc[arc.length - 1];
    if (point[1] <= 0 && before) {
      const part = before[1] / (before[1] - point[1]);
      const land: Vec3 = [before[0] + (point[0] - before[0]) * part, 0, before[2] + (point[2] - before[2]) * part];
      arc.push(land);
      return { land, arc };
    }
    arc.push(point);
  }
  return { land: undefined, arc };
}
