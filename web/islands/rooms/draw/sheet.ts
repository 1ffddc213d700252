// A sheet as a picture, for a headset: title, sentences, buttons; and which button is at a point of it.
import type { Sheet } from "../act/sheet.ts";
import { INK, fitted, lines, sans, slab, type Ctx } from "./ink.ts";

export const SHEET_PX = { width: 900, height: 1080 };
const MARGIN = 40;
const BUTTON = 92;

/** Where the buttons of a sheet are, in pixels: two abreast where there are many. */
export function places(sheet: Sheet, from: number): { x: number; y: number; width: number; height: number }[] {
  const many = sheet.buttons.length > 6;
  const width = many ? (SHEET_PX.width - MARGIN * 3) / 2 : SHEET_PX.width - MARGIN * 2;
  return sheet.buttons.map((_, place) => {
    const [column, row] = many ? [place % 2, Math.floor(place / 2)] : [0, place];
    return { x: MARGIN + column * (width + MARGIN), y: from + row * (BUTTON + 16), width, height: BUTTON };
  });
}

/** Where the buttons begin. Fixed, so that a finger finds them where it saw them. */
export const buttonsFrom = (sheet: Sheet): number => SHEET_PX.height - MARGIN - Math.ceil(sheet.buttons.length / (sheet.buttons.length > 6 ? 2 : 1)) * (BUTTON + 16);

/** The button at a point of the picture, from 0 to 1 to the right and upwards. */
export function buttonAt(sheet: Sheet, [u, v]: readonly [number, number]): number | undefined {
  const [x, y] = [u * SHEET_PX.width, (1 - v) * SHEET_PX.height];
  const at = places(sheet, buttonsFrom(sheet)).findIndex((one) => x >= one.x && x <= one.x + one.width && y >= one.y && y <= one.y + one.height);
  return at < 0 ? undefined : at;
}

export function drawSheet(ctx: Ctx, sheet: Sheet, note: string, pointed: number | undefined): void {
  const { width, height } = SHEET_PX;
  ctx.clearRect(0, 0, width, height);
  slab(ctx, 3, 3, width - 6, height - 6, INK.ground, INK.line, 28);
  ctx.textAlign = "left";
  ctx.textBaseline = "alphabetic";
  ctx.fillStyle = INK.ink;
  ctx.font = sans(52, 600);
  ctx.fillText(fitted(ctx, sheet.title, width - MARGIN * 2), MARGIN, 92);
  let y = 146;
  const end = buttonsFrom(sheet) - (note ? 70 : 20);
  ctx.font = sans(32);
  ctx.fillStyle = "#c9d3ce";
  for (const sentence of sheet.says) {
    for (const line of lines(ctx, sentence, width - MARGIN * 2, 4)) {
      if (y > end) break;
      ctx.fillText(line, MARGIN, y);
      y += 42;
    }
    y += 8;
  }
  if (note) {
    ctx.fillStyle = INK.warn;
    ctx.font = sans(30, 500);
    ctx.fillText(fitted(ctx, note, width - MARGIN * 2), MARGIN, buttonsFrom(sheet) - 26);
  }
  places(sheet, buttonsFrom(sheet)).forEach((one, place) => {
    const button = sheet.buttons[place]!;
    const on = place === pointed && button.open;
    slab(ctx, one.x, one.y, one.width, one.height, on ? INK.accent : INK.raised, button.open ? (on ? INK.accent : "#4d6b64") : "#2a3230", 14);
    ctx.fillStyle = on ? "#06231d" : button.open ? INK.ink : INK.quiet;
    ctx.font = sans(34, 600);
    ctx.fillText(fitted(ctx, button.label, one.width - 44), one.x + 22, one.y + (button.detail ? 42 : 58));
    ctx.font = sans(24);
    ctx.fillStyle = on ? "#0d3a31" : INK.quiet;
    if (button.detail) ctx.fillText(fitted(ctx, button.detail, one.width - 44), one.x + 22, one.y + 76);
  });
}
