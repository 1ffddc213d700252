// The rooms as boxes of floor: where walls, doors and furniture are. Everything else is placed by what it says here.
import type { Vec3 } from "../model.ts";

/** A box whose sides lie along the axes, in metres. */
export interface Box {
  min: Vec3;
  max: Vec3;
}

export type RoomId = "second" | "machine" | "centre" | "ward";

export interface Room extends Box {
  id: RoomId;
  title: string;
  /** Where one stands when one comes in, and where one looks. */
  stand: Vec3;
  look: Vec3;
}

const box = (min: Vec3, max: Vec3): Box => ({ min, max });

export const ROOMS: readonly Room[] = [
  { id: "second", title: "Second room", ...box([-18, 0, -4], [-13.5, 3.2, 4]), stand: [-14.2, 0, 0], look: [-16.4, 1.2, -0.6] },
  { id: "machine", title: "Machine room", ...box([-13.5, 0, -4], [-4.5, 3.2, 4]), stand: [-5.6, 0, 0.1], look: [-9.2, 1.3, -0.2] },
  { id: "centre", title: "Command centre", ...box([-4.5, 0, -4], [5, 3.2, 4]), stand: [0.9, 0, 2.7], look: [0.1, 1.55, -4] },
  { id: "ward", title: "Ward", ...box([5, 0, -1.7], [23, 2.7, 1.7]), stand: [6.6, 0, 0.2], look: [14, 1.2, -0.3] },
];

/** Openings in walls between rooms: where one can walk through. */
export const DOORS: readonly Box[] = [
  box([-13.6, 0, -0.9], [-13.4, 2.25, 0.9]),
  box([-4.6, 0, 2.2], [-4.4, 2.25, 3.6]),
  box([4.9, 0, -0.95], [5.1, 2.25, 0.95]),
];

/** The niche of the ward in which its workstation stands. */
export const NICHE: Box = box([12.2, 0, -3.5], [15.8, 2.7, -1.7]);
/** Where the cart belongs on the ward. */
export const CART_BAY: Box = box([10.2, 0, 0.55], [11.8, 0.01, 1.5]);
/** Where the cart stands before anybody takes it. */
export const CART_HOME: Vec3 = [3.7, 0, 1.9];
/** The screen on the wall of the command centre: its middle, width and height. */
export const WALL = { at: [0.1, 1.86, -3.92] as Vec3, width: 6, height: 2.36 };
/** How deep a desk is, how wide, how high. */
export const DESK = { width: 1.55, depth: 0.75, height: 0.74 };

export const size = (it: Box): Vec3 => [it.max[0] - it.min[0], it.max[1] - it.min[1], it.max[2] - it.min[2]];
export const middle = (it: Box): Vec3 => [(it.min[0] + it.max[0]) / 2, (it.min[1] + it.max[1]) / 2, (it.min[2] + it.max[2]) / 2];

/** A box by the middle of its foot and its size. */
export function standing(at: Vec3, [width, height, depth]: Vec3): Box {
  return box([at[0] - width / 2, at[1], at[2] - depth / 2], [at[0] + width / 2, at[1] + height, at[2] + depth / 2]);
}

/** The room a point is in, if it is in one. */
export function roomAt([x, , z]: Vec3): Room | undefined {
  return ROOMS.find((room) => x >= room.min[0] && x <= room.max[0] && z >= room.min[2] && z <= room.max[2]);
}
