// The front of a rack: machines, switches and blank panels, each machine with its name, its state in words and a bar in its colour.
import { HEALTH, type State } from "../model.ts";
import { RACK, type Hung } from "../plan/racks.ts";
import { INK, TONE, fitted, mono, sans, slab, type Ctx } from "./ink.ts";

/** Pixels a metre. */
export const DENSITY = 760;

/** Draws a rack's front, `width` by `height` metres, whose lower edge is `foot` above the floor. */
export function drawRack(ctx: Ctx, rack: string, all: readonly Hung[], state: State, { width, height, foot }: { width: number; height: number; foot: number }): void {
  const [wide, high] = [width * DENSITY, height * DENSITY];
  ctx.fillStyle = "#101416";
  ctx.fillRect(0, 0, wide, high);
  const own = all.filter((one) => one.rack === rack);
  const left = (wide - 0.6 * DENSITY) / 2;
  const top = (one: { at: readonly number[]; height: number }): number => high - (one.at[1]! + one.height / 2 - foot) * DENSITY;
  blanks(ctx, left, high, foot);
  for (const one of own) {
    const [y, tall] = [top(one), one.height * DENSITY];
    if (one.kind === "switch") drawSwitch(ctx, left, y, tall, one);
    else drawHost(ctx, left, y, tall, one, state);
  }
  rails(ctx, wide, high, left);
  // The letter of the door, as on the frame's head.
  ctx.fillStyle = INK.ink;
  ctx.font = sans(30, 600);
  ctx.textAlign = "left";
  ctx.textBaseline = "middle";
  ctx.fillText(rack, left, 24);
}

function blanks(ctx: Ctx, left: number, high: number, foot: number): void {
  const unit = RACK.unit * DENSITY;
  const base = high - (RACK.foot - foot) * DENSITY;
  for (let place = 0; place < 42; place++) {
    const y = base - (place + 1) * unit;
    ctx.fillStyle = place % 2 ? "#171c1e" : "#14191b";
    ctx.fillRect(left, y + 1, 0.6 * DENSITY, unit - 2);
    if (place % 3 === 1) continue;
    ctx.fillStyle = "#0b0e0f";
    for (let slot = 0; slot < 14; slot++) ctx.fillRect(left + 30 + slot * 29, y + unit * 0.32, 19, unit * 0.36);
  }
}

function rails(ctx: Ctx, wide: number, high: number, left: number): void {
  for (const x of [left - 18, wide - left + 4]) {
    ctx.fillStyle = "#272f31";
    ctx.fillRect(x, 0, 14, high);
    ctx.fillStyle = "#0c0f10";
    for (let y = 10; y < high; y += 17.6) ctx.fillRect(x + 4, y, 6, 6);
  }
}

function drawSwitch(ctx: Ctx, x: number, y: number, tall: number, one: Hung): void {
  const wide = 0.6 * DENSITY;
  slab(ctx, x, y + 1, wide, tall - 2, "#2a3a3d", undefined, 3);
  ctx.fillStyle = "#d7e3df";
  ctx.font = sans(15, 600);
  ctx.textAlign = "left";
  ctx.textBaseline = "middle";
  ctx.fillText(fitted(ctx, one.title, 150), x + 10, y + tall / 2);
  for (let port = 0; port < 24; port++) {
    const px = x + 176 + (port >> 1) * 22;
    const py = y + 6 + (port % 2) * (tall / 2 - 2);
    ctx.fillStyle = "#0a0d0e";
    ctx.fillRect(px, py, 17, tall / 2 - 9);
  }
}

function drawHost(ctx: Ctx, x: number, y: number, tall: number, one: Hung, state: State): void {
  const wide = 0.6 * DENSITY;
  const health = state.hosts.find((host) => host.host === one.id)?.health ?? "up";
  const tone = TONE[health];
  const plate = ctx.createLinearGradient(0, y, 0, y + tall);
  plate.addColorStop(0, "#3b4547");
  plate.addColorStop(0.12, "#2d3537");
  plate.addColorStop(1, "#232a2c");
  slab(ctx, x, y + 1, wide, tall - 2, plate as unknown as string, undefined, 4);
  // A grille for the air on the right, the name on the left, the bar of its state along the left edge.
  ctx.fillStyle = "#12171880";
  for (let column = 0; column < 18; column++) {
    for (let row = 0; row * 11 < tall - 18; row++) {
      ctx.beginPath();
      ctx.arc(x + wide - 24 - column * 9.5 - (row % 2) * 4.7, y + 11 + row * 11, 3.1, 0, 7);
      ctx.fill();
    }
  }
  ctx.fillStyle = tone;
  ctx.fillRect(x, y + 3, 9, tall - 6);
  const small = tall < 50;
  ctx.textAlign = "left";
  ctx.textBaseline = "middle";
  ctx.fillStyle = INK.ink;
  ctx.font = sans(small ? 19 : 26, 600);
  const at = small ? y + tall / 2 : y + 24;
  ctx.fillText(fitted(ctx, one.title, small ? 150 : 230), x + 22, at);
  const words = `${HEALTH[health].sign} ${HEALTH[health].word}`;
  ctx.font = sans(small ? 17 : 22, 600);
  ctx.fillStyle = tone;
  if (small) ctx.fillText(words, x + 186, at);
  else ctx.fillText(words, x + 22, y + 52);
  if (tall < 90) return;
  ctx.font = mono(15);
  ctx.fillStyle = INK.quiet;
  ctx.fillText(one.id, x + 22, y + tall - 18);
}
