// Where the steps of a process stand on its map: each to the right of what leads to it. Knows no browser.

export interface Box {
  id: string;
  x: number;
  y: number;
}

/** Sizes in units of the drawing. Steps stand further apart where words stand on an arrow between them. */
export const BOX = { width: 172, height: 64, across: 56, acrossWords: 124, down: 24 } as const;

/** Places for steps, in the order in which people gave them. An arrow back, to a step that comes earlier on its way, moves nothing. */
export function layout(steps: readonly string[], links: readonly { from: string; to: string; when?: string }[]): { boxes: Box[]; width: number; height: number } {
  const across = links.some((link) => link.when?.trim()) ? BOX.acrossWords : BOX.across;
  const ranks = new Map<string, number>();
  const open = new Set<string>();
  const before = (id: string) => links.filter((link) => link.to === id && link.from !== id).map((link) => link.from);
  const rank = (id: string): number => {
    const known = ranks.get(id);
    if (known !== undefined) return known;
    open.add(id);
    const earlier = before(id).filter((one) => !open.has(one));
    const found = earlier.reduce((most, one) => Math.max(most, rank(one) + 1), 0);
    open.delete(id);
    ranks.set(id, found);
    return found;
  };
  const filled: number[] = [];
  const boxes = steps.map((id) => {
    const column = rank(id);
    const row = filled[column] ?? 0;
    filled[column] = row + 1;
    return { id, x: column * (BOX.width + across), y: row * (BOX.height + BOX.down) };
  });
  const most = Math.max(0, ...filled.map((count) => count ?? 0));
  return { boxes, width: Math.max(0, filled.length * (BOX.width + across) - across), height: Math.max(0, most * (BOX.height + BOX.down) - BOX.down) };
}

/** A text in lines of so many characters at most; what does not fit into the last line ends in an ellipsis. */
export function lines(text: string, width: number, most: number): string[] {
  const found: string[] = [];
  let line = "";
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const longer = line ? `${line} ${word}` : word;
    if (longer.length <= width) {
      line = longer;
      continue;
    }
    if (line) found.push(line);
    line = word;
    while (line.length > width) {
      found.push(line.slice(0, width));
      line = line.slice(width);
    }
  }
  if (line) found.push(line);
  if (found.length <= most) return found;
  const last = found[most - 1] ?? "";
  return [...found.slice(0, most - 1), `${last.slice(0, width - 1)}…`];
}
