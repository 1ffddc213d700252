// The downtime cart: a frame on wheels, three drawers, a handle, folders on top, and a red seal until it is opened.
import * as THREE from "three";
import { Shell, paint } from "../light/shell.ts";
import type { Lit } from "../light/bake.ts";
import { standing, type Box } from "../plan/house.ts";
import { mesh, surface } from "./surface.ts";

const BODY = paint("#dfe4e0", { gloss: 0.35 });
const TEAL = paint("#0f6b5d", { gloss: 0.25 });
const STEEL = paint("#a9b1ae", { gloss: 0.6 });
const BLACK = paint("#1a1f20", { gloss: 0.2 });
const RED = paint("#b8322f", { gloss: 0.2 });
const PAPER = paint("#f3efe4");

/** A light of its own: it moves, so none is reckoned for where it stands. */
const LIT: Lit = {
  lamps: [{ at: [0.6, 2.8, 0.8], u: [0.5, 0, 0], v: [0, 0, 0.5], to: [0, -1, 0], colour: [0.55, 0.48, 0.4] }],
  boxes: [standing([0, 0.2, 0], [0.46, 0.7, 0.6])],
  ambient: [0.2, 0.19, 0.18],
};

/** The cart, whose origin is the middle of its foot and whose handle looks to the south. */
export function cart(room: Box): THREE.Mesh {
  const shell = new Shell();
  shell.box({ min: [-0.23, 0.16, -0.3], max: [0.23, 0.9, 0.3] }, BODY, { bevel: 0.02, cell: 0.2 });
  for (const [place, y] of [0.24, 0.46, 0.68].entries()) {
    shell.box({ min: [-0.2, y, 0.3], max: [0.2, y + 0.19, 0.312] }, place === 2 ? TEAL : BODY, { bevel: 0.006 });
    shell.box({ min: [-0.08, y + 0.13, 0.312], max: [0.08, y + 0.15, 0.335] }, STEEL, { bevel: 0.006 });
  }
  shell.box({ min: [-0.25, 0.9, -0.32], max: [0.25, 0.925, 0.32] }, BLACK, { bevel: 0.01 });
  for (const [place, x] of [-0.16, -0.05, 0.06].entries()) {
    shell.box({ min: [x, 0.925, -0.24], max: [x + 0.085, 0.955 + place * 0.012, 0.06] }, place === 1 ? TEAL : PAPER, { bevel: 0.004 });
  }
  shell.box({ min: [0.16, 0.925, -0.2], max: [0.22, 1.06, 0.02] }, PAPER, { bevel: 0.003 });
  for (const x of [-0.19, 0.19]) shell.pipe([[x, 0.8, 0.3], [x, 1.0, 0.42]], 0.014, STEEL, 7);
  shell.pipe([[-0.2, 1.0, 0.42], [0.2, 1.0, 0.42]], 0.018, BLACK, 8);
  for (const x of [-0.17, 0.17]) for (const z of [-0.24, 0.24]) {
    shell.pipe([[x, 0.1, z], [x, 0.18, z]], 0.014, STEEL, 6);
    shell.pipe([[x - 0.018, 0.055, z], [x + 0.018, 0.055, z]], 0.055, BLACK, 10);
  }
  shell.box({ min: [0.19, 0.66, 0.31], max: [0.215, 0.76, 0.325] }, RED, { bevel: 0.003 });
  return mesh(shell, LIT, surface(room));
}
