// What every page with rooms begins with: its parts by name, and the letters that pictures are drawn with.

/** A part of an element's page, by its name. */
export function piece(of: HTMLElement, name: string): HTMLElement {
  const found = of.querySelector<HTMLElement>(`[data-part="${name}"]`);
  if (!found) throw new Error(`this page lacks its part "${name}"`);
  return found;
}

/** The letters that pictures are drawn with; without them, those the browser has. */
export function fonts(): Promise<unknown> {
  const all = ['400 16px "Plex Sans"', '600 16px "Plex Sans"', '300 16px "Plex Sans"', '400 16px "Plex Mono"'];
  return Promise.all(all.map((font) => document.fonts.load(font))).catch(() => undefined);
}
