// Smaller pictures: the screen of a desk, the screen of the ward, signs, the night behind a window.
import type { Role, State } from "../model.ts";
import { clock } from "../plan/things.ts";
import { INK, fitted, lines, sans, slab, type Ctx } from "./ink.ts";

export const SCREEN_PX = { width: 640, height: 384 };

/** The screen of a role's desk: who has it, what it is at, what can be done now. */
export function drawDesk(ctx: Ctx, role: Role, state: State): void {
  screen(ctx);
  const people = state.team.filter((one) => one.roles.includes(role.id)).map((one) => one.name);
  const busy = state.busy.find((one) => one.role === role.id);
  title(ctx, role.title.slice(0, 1).toUpperCase() + role.title.slice(1), people.join(", ") || "nobody yet");
  const doing = state.commands.find((command) => command.id === busy?.command)?.title;
  slab(ctx, 26, 118, 588, 62, busy ? "#16332d" : INK.raised, undefined, 8);
  ctx.fillStyle = busy ? INK.accent : INK.quiet;
  ctx.font = sans(28, 500);
  ctx.fillText(fitted(ctx, busy ? `${doing ?? "At work"}, until ${clock(busy.until)}` : "Free", 556), 44, 158);
  const open = state.commands.filter((command) => command.role === role.id && command.why_not === null);
  ctx.font = sans(24);
  open.slice(0, 4).forEach((command, place) => {
    ctx.fillStyle = INK.ink;
    ctx.fillText(fitted(ctx, `▸ ${command.title}`, 470), 30, 222 + place * 40);
    ctx.fillStyle = INK.quiet;
    ctx.fillText(`${command.takes_min} min`, 530, 222 + place * 40);
  });
}

/** The workstation of the ward: whether charts open. */
export function drawChart(ctx: Ctx, state: State): void {
  screen(ctx);
  const ehr = state.systems.find((system) => system.system === "EHR");
  const failed = ehr?.failed;
  title(ctx, "Patient list", clock(state.now));
  if (failed) {
    slab(ctx, 26, 130, 588, 220, INK.badSoft, INK.bad, 10);
    ctx.fillStyle = INK.bad;
    ctx.font = sans(34, 600);
    ctx.fillText("✕ No chart opens", 52, 190);
    ctx.fillStyle = INK.ink;
    ctx.font = sans(26);
    lines(ctx, failed, 530, 3).forEach((line, place) => ctx.fillText(line, 52, 238 + place * 36));
    return;
  }
  const late = ehr && ehr.closed > 0;
  for (let row = 0; row < 5; row++) {
    slab(ctx, 26, 126 + row * 44, 588, 38, row % 2 ? INK.raised : INK.sheet, undefined, 5);
    slab(ctx, 44, 138 + row * 44, 130 + ((row * 53) % 90), 14, "#56655f", undefined, 7);
    slab(ctx, 330, 138 + row * 44, 80 + ((row * 37) % 70), 14, "#3f4c47", undefined, 7);
  }
  ctx.font = sans(24, 500);
  ctx.fillStyle = late ? INK.warn : INK.good;
  ctx.fillText(late ? "△ Nothing new arrives over some interfaces" : "✓ Everything arrives", 30, 372);
}

/** A sign on a wall or over a door. */
export function drawSign(ctx: Ctx, words: string, small: string, [wide, high]: readonly [number, number]): void {
  ctx.fillStyle = "#0f6b5d";
  ctx.fillRect(0, 0, wide, high);
  ctx.fillStyle = "#ffffff";
  ctx.textAlign = "left";
  ctx.textBaseline = "middle";
  ctx.font = sans(high * (small ? 0.36 : 0.46), 600);
  ctx.fillText(fitted(ctx, words, wide - high * 0.5), high * 0.25, high * (small ? 0.36 : 0.53));
  if (!small) return;
  ctx.font = sans(high * 0.24, 400);
  ctx.fillStyle = "#d4ebe5";
  ctx.fillText(fitted(ctx, small, wide - high * 0.5), high * 0.25, high * 0.74);
}

/** The city at night, far below: a sky, roofs, and windows in which somebody is awake. */
export function drawNight(ctx: Ctx, wide: number, high: number): void {
  const sky = ctx.createLinearGradient(0, 0, 0, high);
  sky.addColorStop(0, "#0a1424");
  sky.addColorStop(0.62, "#22364f");
  sky.addColorStop(1, "#5a5f63");
  ctx.fillStyle = sky;
  ctx.fillRect(0, 0, wide, high);
  let seed = 7;
  const chance = (): number => (seed = (seed * 16807) % 2147483647) / 2147483647;
  for (let layer = 0; layer < 3; layer++) {
    ctx.fillStyle = ["#1b2a3c", "#132030", "#0b1420"][layer]!;
    for (let x = -20; x < wide; ) {
      const [w, h] = [30 + chance() * 70, high * (0.16 + chance() * 0.26 - layer * 0.04)];
      ctx.fillRect(x, high - h, w, h);
      const roof: typeof ctx.fillStyle = ctx.fillStyle;
      for (let y = high - h + 10; y < high - 8; y += 13) {
        for (let wx = x + 6; wx < x + w - 8; wx += 11) {
          if (chance() > 0.14 + layer * 0.06) continue;
          ctx.fillStyle = chance() > 0.3 ? "#f3cf8e" : "#cfe0f0";
          ctx.globalAlpha = 0.35 + chance() * 0.6;
          ctx.fillRect(wx, y, 5, 6);
          ctx.globalAlpha = 1;
        }
      }
      ctx.fillStyle = roof;
      x += w + chance() * 14;
    }
  }
}

function screen(ctx: Ctx): void {
  ctx.fillStyle = INK.ground;
  ctx.fillRect(0, 0, SCREEN_PX.width, SCREEN_PX.height);
  ctx.textAlign = "left";
  ctx.textBaseline = "alphabetic";
}

function title(ctx: Ctx, words: string, small: string): void {
  ctx.fillStyle = INK.ink;
  ctx.font = sans(36, 600);
  ctx.fillText(fitted(ctx, words, 580), 28, 56);
  ctx.fillStyle = INK.quiet;
  ctx.font = sans(25);
  ctx.fillText(fitted(ctx, small, 580), 28, 94);
}
