// Colours and letters of everything that is drawn on a picture in the rooms: those of the pages in the dark.
import type { Health } from "../model.ts";

export type Ctx = CanvasRenderingContext2D;

export const INK = {
  ground: "#0f1413",
  sheet: "#171d1b",
  raised: "#1f2725",
  line: "#33403c",
  ink: "#eaf0ed",
  quiet: "#9fada7",
  accent: "#62cbb8",
  good: "#80d09a",
  warn: "#f0b95f",
  bad: "#ff8f8a",
  badSoft: "#4a1f22",
  warnSoft: "#3d3014",
  goodSoft: "#173222",
} as const;

/** The colour of a state. */
export const TONE: Record<Health, string> = { up: INK.good, warm: INK.warn, cut: INK.warn, infected: INK.bad, down: INK.bad, dark: INK.quiet };

export const sans = (px: number, weight = 400): string => `${weight} ${px}px "Plex Sans", system-ui, sans-serif`;
export const mono = (px: number): string => `400 ${px}px "Plex Mono", ui-monospace, monospace`;

/** The lines a text takes in a width, at most so many; the last ends with … where there is more. */
export function lines(ctx: Ctx, text: string, width: number, most = Infinity): string[] {
  const out: string[] = [];
  let line = "";
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const longer = line ? `${line} ${word}` : word;
    if (line && ctx.measureText(longer).width > width) {
      out.push(line);
      line = word;
    } else line = longer;
  }
  if (line) out.push(line);
  if (out.length <= most) return out;
  const kept = out.slice(0, most);
  return [...kept.slice(0, -1), fitted(ctx, `${kept[most - 1] ?? ""} …`, width)];
}

/** A text that fits, with … where it was longer. */
export function fitted(ctx: Ctx, text: string, width: number): string {
  if (ctx.measureText(text).width <= width) return text;
  let short = text;
  while (short.length > 1 && ctx.measureText(`${short}…`).width > width) short = short.slice(0, -1);
  return `${short.trimEnd()}…`;
}

/** A box with round corners, filled and, where a line is given, drawn around. */
export function slab(ctx: Ctx, x: number, y: number, width: number, height: number, fill: string, line?: string, round = 8): void {
  ctx.beginPath();
  ctx.roundRect(x, y, width, height, round);
  ctx.fillStyle = fill;
  ctx.fill();
  if (!line) return;
  ctx.strokeStyle = line;
  ctx.lineWidth = 2;
  ctx.stroke();
}
