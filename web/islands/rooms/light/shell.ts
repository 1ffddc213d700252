// What a room is made of, collected as corners and triangles, so that all of it is drawn in one call.
import type { Vec3 } from "../model.ts";
import type { Box } from "../plan/house.ts";
import { cross, light, unit, type Lit } from "./bake.ts";

/** Patterns that the surface's program draws, see surface.ts. */
export type Pattern = "plain" | "tiles" | "vinyl" | "panels" | "wood" | "weave" | "holes";
export const PATTERNS: readonly Pattern[] = ["plain", "tiles", "vinyl", "panels", "wood", "weave", "holes"];

export interface Paint {
  /** Red, green and blue, linear. */
  colour: Vec3;
  /** From matt, 0, to polished, 1. */
  gloss?: number;
  pattern?: Pattern;
  /** Shines by itself: light is not reckoned, and the colour may be above 1. */
  glows?: boolean;
}

/** A colour as style sheets write it, linear. */
export function paint(hex: string, more: Omit<Paint, "colour"> = {}, times = 1): Paint {
  const channel = (at: number): number => {
    const part = parseInt(hex.slice(at, at + 2), 16) / 255;
    return (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4) * times;
  };
  return { colour: [channel(1), channel(3), channel(5)], ...more };
}

/** Which faces of a box nobody sees. */
export type Face = "top" | "bottom" | "north" | "south" | "east" | "west";

export class Shell {
  readonly positions: number[] = [];
  readonly normals: number[] = [];
  readonly paints: Paint[] = [];
  readonly triangles: number[] = [];
  private at: Vec3 = [0, 0, 0];
  private turn = 0;

  /** Does something in a place of its own: moved, and turned about the vertical. */
  placed(at: Vec3, turn: number, work: () => void): void {
    const before = [this.at, this.turn] as const;
    [this.at, this.turn] = [at, turn];
    work();
    [this.at, this.turn] = before;
  }

  /** A rectangle from a corner along two edges; it is seen from where their cross product points. Cells are so many metres wide. */
  sheet(corner: Vec3, u: Vec3, v: Vec3, painted: Paint, cell = 0.4): void {
    const normal = unit(cross(u, v));
    const [across, down] = [u, v].map((edge) => Math.max(1, Math.round(Math.hypot(...edge) / cell))) as [number, number];
    const first = this.paints.length;
    for (let row = 0; row <= down; row++) {
      for (let column = 0; column <= across; column++) {
        const [a, b] = [column / across, row / down];
        this.corner([0, 1, 2].map((axis) => corner[axis]! + u[axis]! * a + v[axis]! * b) as unknown as Vec3, normal, painted);
      }
    }
    for (let row = 0; row < down; row++) {
      for (let column = 0; column < across; column++) {
        const here = first + row * (across + 1) + column;
        const below = here + across + 1;
        this.triangles.push(here, here + 1, below + 1, here, below + 1, below);
      }
    }
  }

  /** A box whose edges are broken by so many metres, without the faces that nobody sees. */
  box({ min, max }: Box, painted: Paint, { bevel = 0.008, cell = 0.45, without = [] as readonly Face[], top = painted } = {}): void {
    const b = Math.min(bevel, ...[0, 1, 2].map((axis) => (max[axis]! - min[axis]!) / 3));
    const [x0, y0, z0, x1, y1, z1] = [...min, ...max] as [number, number, number, number, number, number];
    const face = (name: Face, corner: Vec3, u: Vec3, v: Vec3, with_: Paint): void => {
      if (!without.includes(name)) this.sheet(corner, u, v, with_, cell);
    };
    const [dx, dy, dz] = [x1 - x0 - 2 * b, y1 - y0 - 2 * b, z1 - z0 - 2 * b];
    face("top", [x0 + b, y1, z1 - b], [dx, 0, 0], [0, 0, -dz], top);
    face("bottom", [x0 + b, y0, z0 + b], [dx, 0, 0], [0, 0, dz], painted);
    face("south", [x0 + b, y0 + b, z1], [dx, 0, 0], [0, dy, 0], painted);
    face("north", [x1 - b, y0 + b, z0], [-dx, 0, 0], [0, dy, 0], painted);
    face("east", [x1, y0 + b, z1 - b], [0, 0, -dz], [0, dy, 0], painted);
    face("west", [x0, y0 + b, z0 + b], [0, 0, dz], [0, dy, 0], painted);
    if (b <= 0.001) return;
    // The four upright edges and the four around the top catch the light; those at the foot are not seen.
    const edges: [Vec3, Vec3, Vec3][] = [
      [[x1 - b, y0 + b, z1], [b, 0, -b], [0, dy, 0]],
      [[x1, y0 + b, z0 + b], [-b, 0, -b], [0, dy, 0]],
      [[x0 + b, y0 + b, z0], [-b, 0, b], [0, dy, 0]],
      [[x0, y0 + b, z1 - b], [b, 0, b], [0, dy, 0]],
      [[x0 + b, y1 - b, z1], [dx, 0, 0], [0, b, -b]],
      [[x1 - b, y1 - b, z0], [-dx, 0, 0], [0, b, b]],
      [[x1, y1 - b, z1 - b], [0, 0, -dz], [-b, b, 0]],
      [[x0, y1 - b, z0 + b], [0, 0, dz], [b, b, 0]],
    ];
    for (const [corner, u, v] of edges) this.sheet(corner, u, v, top, 1.2);
  }

  /** A pipe along points. */
  pipe(points: readonly Vec3[], radius: number, painted: Paint, sides = 8): void {
    for (let place = 1; place < points.length; place++) {
      const [a, b] = [points[place - 1]!, points[place]!];
      const way = unit([b[0] - a[0], b[1] - a[1], b[2] - a[2]]);
      const u = unit(cross(Math.abs(way[1]) > 0.9 ? [1, 0, 0] : [0, 1, 0], way));
      const v = cross(way, u);
      const first = this.paints.length;
      for (let side = 0; side <= sides; side++) {
        const [c, s] = [Math.cos((side / sides) * Math.PI * 2), Math.sin((side / sides) * Math.PI * 2)];
        const out: Vec3 = [0, 1, 2].map((axis) => u[axis]! * c + v[axis]! * s) as unknown as Vec3;
        for (const end of [a, b]) this.corner([0, 1, 2].map((axis) => end[axis]! + out[axis]! * radius) as unknown as Vec3, out, painted);
      }
      for (let side = 0; side < sides; side++) {
        const here = first + side * 2;
        this.triangles.push(here, here + 2, here + 3, here, here + 3, here + 1);
      }
    }
  }

  /** Colours with the light that falls on them: three numbers a corner, linear, above 1 where it is bright. */
  lit(room: Lit): Float32Array {
    const colours = new Float32Array(this.paints.length * 3);
    this.paints.forEach((painted, place) => {
      const at = place * 3;
      const falls = painted.glows ? ([1, 1, 1] as const) : light(three(this.positions, at), three(this.normals, at), room);
      for (const axis of [0, 1, 2] as const) colours[at + axis] = painted.colour[axis] * falls[axis];
    });
    return colours;
  }

  private corner(at: Vec3, normal: Vec3, painted: Paint): void {
    this.positions.push(...this.turned(at, true));
    this.normals.push(...this.turned(normal, false));
    this.paints.push(painted);
  }

  private turned([x, y, z]: Vec3, moved: boolean): Vec3 {
    const [c, s] = [Math.cos(this.turn), Math.sin(this.turn)];
    const [mx, my, mz] = moved ? this.at : [0, 0, 0];
    return [x * c + z * s + mx, y + my, z * c - x * s + mz];
  }
}

const three = (all: readonly number[], at: number): Vec3 => [all[at] ?? 0, all[at + 1] ?? 0, all[at + 2] ?? 0];
