// The status wall: time, what waits, every system in a word, what happened last. Large enough to be read from the back row.
import { HEALTH, type Plan, type State, type SystemState } from "../model.ts";
import { clock } from "../plan/things.ts";
import { INK, fitted, lines, sans, slab, type Ctx } from "./ink.ts";

export const WALL_PX = { width: 2048, height: 804 };

const COLUMN = 1290;

export function drawWall(ctx: Ctx, plan: Plan, state: State): void {
  const { width, height } = WALL_PX;
  ctx.fillStyle = "#0b1110";
  ctx.fillRect(0, 0, width, height);
  ctx.textBaseline = "alphabetic";
  head(ctx, plan, state);
  state.systems.slice(0, 20).forEach((system, place) => tile(ctx, system, 36 + (place % 5) * 248, 178 + Math.floor(place / 5) * 150));
  happened(ctx, state);
}

function head(ctx: Ctx, plan: Plan, state: State): void {
  ctx.textAlign = "left";
  ctx.fillStyle = INK.ink;
  ctx.font = sans(104, 300);
  ctx.fillText(clock(state.now), 34, 122);
  ctx.font = sans(38, 600);
  ctx.fillText(fitted(ctx, plan.title, 560), 330, 76);
  ctx.font = sans(30);
  ctx.fillStyle = INK.quiet;
  const pace = state.past ? "seen again" : state.over ? "the drill is over" : state.rate ? `clock ${state.rate}×` : "the clock stands";
  ctx.fillText(`Minute ${Math.max(0, state.minute)} of ${plan.lasts_min} · ${pace}`, 330, 120);
  const waiting = Math.floor(state.systems.reduce((sum, system) => sum + system.waiting, 0) / 2);
  figure(ctx, 930, `${waiting}`, "messages wait", waiting ? INK.warn : INK.good);
  if (state.points !== null) figure(ctx, 1130, `${state.points}`, "of 100 points", INK.accent);
}

function figure(ctx: Ctx, x: number, number: string, words: string, colour: string): void {
  ctx.fillStyle = colour;
  ctx.font = sans(64, 500);
  ctx.fillText(number, x, 84);
  ctx.fillStyle = INK.quiet;
  ctx.font = sans(25);
  ctx.fillText(words, x, 122);
}

function tile(ctx: Ctx, system: SystemState, x: number, y: number): void {
  const kind = system.failed ? "down" : system.closed === 0 ? "up" : "cut";
  const partly = kind === "cut" && system.closed < system.interfaces;
  const [ground, tone] = kind === "down" ? [INK.badSoft, INK.bad] : kind === "cut" ? [INK.warnSoft, INK.warn] : [INK.sheet, INK.good];
  slab(ctx, x, y, 234, 136, ground, kind === "up" ? "#26312e" : tone, 10);
  ctx.textAlign = "left";
  ctx.fillStyle = INK.ink;
  ctx.font = sans(27, 600);
  ctx.fillText(fitted(ctx, system.title, 206), x + 14, y + 40);
  ctx.fillStyle = tone;
  ctx.font = sans(26, 500);
  const { sign, word } = HEALTH[kind];
  ctx.fillText(`${sign} ${partly ? `partly ${word}` : word}`, x + 14, y + 78);
  ctx.font = sans(23);
  ctx.fillStyle = system.waiting || system.refused_or_lost ? INK.warn : INK.quiet;
  const lost = system.refused_or_lost ? `, ${system.refused_or_lost} not taken` : "";
  ctx.fillText(fitted(ctx, system.waiting || lost ? `${system.waiting} wait${lost}` : "nothing waits", 206), x + 14, y + 114);
}

const KINDS: Record<string, { word: string; tone: string }> = {
  injected: { word: "it came", tone: INK.warn },
  given: { word: "begun", tone: INK.accent },
  done: { word: "done", tone: INK.good },
  refused: { word: "not done", tone: INK.quiet },
  breached: { word: "must not be", tone: INK.bad },
  met: { word: "reached", tone: INK.good },
};

function happened(ctx: Ctx, state: State): void {
  slab(ctx, COLUMN, 34, WALL_PX.width - COLUMN - 34, WALL_PX.height - 68, INK.sheet, "#26312e", 12);
  const width = WALL_PX.width - COLUMN - 90;
  let y = 90;
  for (const one of [...state.told].reverse()) {
    const kind = KINDS[one.kind] ?? { word: "drill", tone: INK.quiet };
    ctx.font = sans(26);
    const says = lines(ctx, one.says, width, 2);
    if (y + says.length * 34 + 20 > WALL_PX.height - 50) return;
    ctx.textAlign = "left";
    ctx.font = sans(24, 500);
    ctx.fillStyle = kind.tone;
    ctx.fillText(kind.word, COLUMN + 28, y);
    ctx.fillStyle = INK.quiet;
    ctx.textAlign = "right";
    ctx.fillText(`min ${one.minute}`, COLUMN + 28 + width, y);
    ctx.textAlign = "left";
    ctx.fillStyle = INK.ink;
    ctx.font = sans(30, 600);
    ctx.fillText(fitted(ctx, one.title, width - 300), COLUMN + 188, y);
    ctx.font = sans(26);
    ctx.fillStyle = "#c3cdc8";
    says.forEach((line, place) => ctx.fillText(line, COLUMN + 28, y + 38 + place * 34));
    y += 58 + says.length * 34;
  }
}
