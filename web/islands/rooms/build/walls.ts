// Floor, ceiling and walls of a room, with openings where doors are.
import type { Vec3 } from "../model.ts";
import type { Lamp } from "../light/bake.ts";
import type { Paint, Shell } from "../light/shell.ts";
import { size, type Box } from "../plan/house.ts";

export interface Skin {
  floor: Paint;
  wall: Paint;
  ceiling: Paint;
  skirting: Paint;
}

type Side = "north" | "south" | "east" | "west";

/** Builds a room from inside. Doors cut their wall into what is left and right of them, and above. */
export function walls(shell: Shell, room: Box, skin: Skin, doors: Partial<Record<Side, readonly Box[]>>, without: readonly Side[] = []): void {
  const [x0, y0, z0] = room.min;
  const [x1, y1, z1] = room.max;
  const [wide, , deep] = size(room);
  shell.sheet([x0, y0, z1], [wide, 0, 0], [0, 0, -deep], skin.floor, 0.3);
  shell.sheet([x0, y1, z0], [wide, 0, 0], [0, 0, deep], skin.ceiling, 0.6);
  const sides: Record<Side, { from: Vec3; way: Vec3; long: number; span: (door: Box) => [number, number] }> = {
    north: { from: [x0, y0, z0], way: [1, 0, 0], long: wide, span: (door) => [door.min[0] - x0, door.max[0] - x0] },
    south: { from: [x1, y0, z1], way: [-1, 0, 0], long: wide, span: (door) => [x1 - door.max[0], x1 - door.min[0]] },
    east: { from: [x1, y0, z0], way: [0, 0, 1], long: deep, span: (door) => [door.min[2] - z0, door.max[2] - z0] },
    west: { from: [x0, y0, z1], way: [0, 0, -1], long: deep, span: (door) => [z1 - door.max[2], z1 - door.min[2]] },
  };
  for (const side of ["north", "south", "east", "west"] as const) {
    if (without.includes(side)) continue;
    const { from, way, long, span } = sides[side];
    const piece = (start: number, end: number, low: number, top: number): void => {
      if (end - start < 0.01 || top - low < 0.01) return;
      const corner: Vec3 = [from[0] + way[0] * start, low, from[2] + way[2] * start];
      const along: Vec3 = [way[0] * (end - start), 0, way[2] * (end - start)];
      shell.sheet(corner, along, [0, top - low, 0], skin.wall, 0.35);
      // What runs along the foot, a finger thick.
      const inward: Vec3 = [-way[2] * 0.012, 0, way[0] * 0.012];
      if (low < 0.01) shell.sheet([corner[0] + inward[0], 0, corner[2] + inward[2]], along, [0, 0.1, 0], skin.skirting, 0.6);
    };
    let start = 0;
    for (const door of [...(doors[side] ?? [])].sort((a, b) => span(a)[0] - span(b)[0])) {
      const [open, close] = span(door);
      piece(start, open, y0, y1);
      piece(open, close, door.max[1], y1);
      start = close;
    }
    piece(start, long, y0, y1);
  }
}

/** A lamp in a ceiling: the middle, half its length and width, its colour, and how strong it is. */
export function lamp(at: Vec3, [half, wide]: [number, number], colour: Vec3, strength: number, to: Vec3 = [0, -1, 0]): Lamp {
  return { at, u: [half, 0, 0], v: [0, 0, wide], to, colour: [colour[0] * strength * 0.25, colour[1] * strength * 0.25, colour[2] * strength * 0.25] };
}
