// Where people work: a desk for every role, the telephone, the cart, and the workstation of the ward.
import type { Role, Vec3 } from "../model.ts";
import { CART_HOME, DESK, standing, type Box } from "./house.ts";

export interface Desk {
  role: Role;
  /** The middle of its foot. */
  at: Vec3;
  /** How far it is turned about the vertical, so that whoever sits there sees the wall. */
  turn: number;
}

/** Desks on an arc that looks at the screen on the wall, six at most in a row. */
export function desks(roles: readonly Role[]): Desk[] {
  const seats = Math.min(roles.length, 6);
  const spread = 0.3;
  const radius = 6.2;
  return roles.slice(0, seats).map((role, place): Desk => {
    const turn = (place - (seats - 1) / 2) * spread;
    return { role, turn: -turn, at: [0.1 + Math.sin(turn) * radius, 0, -6.1 + Math.cos(turn) * radius] };
  });
}

/** The stand with the telephone, beside the way to the ward. */
export const TELEPHONE: Box = standing([4.45, 0, -2.2], [0.5, 0.95, 0.4]);
/** The counter of the ward's workstation, in its niche. */
export const CHART: Box = standing([14, 0, -2.75], [2.2, 1.02, 0.6]);
/** The cart: what of it nobody walks through. */
export const CART_SIZE: Vec3 = [0.5, 1.0, 0.75];
export const cartBox = (at: Vec3 = CART_HOME): Box => standing(at, CART_SIZE);

/** What a desk keeps people out of: a box around it, turned or not. */
export function deskBox({ at, turn }: Desk): Box {
  const [c, s] = [Math.abs(Math.cos(turn)), Math.abs(Math.sin(turn))];
  return standing(at, [DESK.width * c + DESK.depth * s, DESK.height, DESK.width * s + DESK.depth * c]);
}
