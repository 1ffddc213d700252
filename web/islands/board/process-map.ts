// <process-map>: a process as a drawing. Everything in it is said in words beside it, so it is a picture to who cannot see it. On a page without a live
// board its steps and arrows stand in `data-process`.
import { BOX, layout, lines, type Box } from "./layout.ts";

export interface StepDrawn {
  id: string;
  kind: string;
  label: string;
  who: string;
}

export interface ArrowDrawn {
  from: string;
  to: string;
  when: string;
}

const SVG = "http://www.w3.org/2000/svg";
const MARGIN = 12;
/** Letters beside each other on an arrow, as many as fit between two steps, and lines above it. */
const WHEN = { letters: 18, lines: 2 } as const;

export class ProcessMap extends HTMLElement {
  private drawn = "";

  connectedCallback(): void {
    const held = this.dataset["process"];
    if (!held) return;
    const { steps, links } = JSON.parse(held) as { steps: StepDrawn[]; links: ArrowDrawn[] };
    this.draw(steps, links);
  }

  draw(steps: readonly StepDrawn[], links: readonly ArrowDrawn[]): void {
    const now = JSON.stringify([steps, links]);
    if (now === this.drawn) return;
    this.drawn = now;
    this.hidden = steps.length === 0;
    const { boxes, width, height } = layout(steps.map((step) => step.id), links);
    const root = part("svg", {
      viewBox: `${-MARGIN} ${-MARGIN * 3} ${width + 2 * MARGIN} ${height + 6 * MARGIN}`,
      width: `${width + 2 * MARGIN}`,
      height: `${height + 6 * MARGIN}`,
      role: "img",
      "aria-label": `Map of the process: ${steps.length === 1 ? "one step" : `${steps.length} steps`}, ${links.length === 1 ? "one arrow" : `${links.length} arrows`}. The list says the same in words.`,
    });
    const tip = part("marker", { id: "board-tip", viewBox: "0 0 8 8", refX: "7", refY: "4", markerWidth: "7", markerHeight: "7", orient: "auto" });
    tip.append(part("path", { d: "M0 0 8 4 0 8z", class: "board-tip" }));
    const defs = part("defs", {});
    defs.append(tip);
    root.append(defs);
    const at = new Map(boxes.map((box) => [box.id, box]));
    for (const link of links) {
      const [from, to] = [at.get(link.from), at.get(link.to)];
      if (from && to) root.append(...arrow(from, to, link.when, height));
    }
    for (const step of steps) {
      const box = at.get(step.id);
      if (box) root.append(drawnStep(step, box));
    }
    const scroll = document.createElement("div");
    scroll.className = "board-map";
    if (steps.length > 1) scroll.tabIndex = 0;
    scroll.setAttribute("role", "group");
    scroll.setAttribute("aria-label", "Map of the process");
    scroll.append(root);
    this.replaceChildren(scroll);
  }
}

function drawnStep(step: StepDrawn, { x, y }: Box): SVGElement {
  const group = part("g", { class: `board-step board-step-${step.kind}`, transform: `translate(${x} ${y})` });
  const { width, height } = BOX;
  const slant = 14;
  group.append(
    step.kind === "choice"
      ? part("polygon", { points: `0,${height / 2} ${slant},0 ${width - slant},0 ${width},${height / 2} ${width - slant},${height} ${slant},${height}` })
      : part("rect", { width: `${width}`, height: `${height}`, rx: step.kind === "wait" ? `${height / 2}` : "5" }),
  );
  const label = lines(step.label, 21, step.who ? 2 : 3);
  const all = [...label.map((line) => ({ line, quiet: false })), ...lines(step.who, 24, 1).map((line) => ({ line, quiet: true }))];
  const top = height / 2 - ((all.length - 1) * 16) / 2 + 4;
  all.forEach(({ line, quiet }, index) => {
    const text = part("text", { x: `${width / 2}`, y: `${top + index * 16}`, "text-anchor": "middle", ...(quiet ? { class: "board-step-who" } : {}) });
    text.textContent = line;
    group.append(text);
  });
  return group;
}

/** An arrow on, or one back around below everything. */
function arrow(from: Box, to: Box, when: string, height: number): SVGElement[] {
  const { width, height: tall } = BOX;
  const [x1, y1, x2, y2] = [from.x + width, from.y + tall / 2, to.x, to.y + tall / 2];
  const isOn = x2 > x1;
  const below = height + MARGIN * 1.5;
  const path = isOn
    ? `M${x1} ${y1} C${x1 + 26} ${y1} ${x2 - 26} ${y2} ${x2 - 2} ${y2}`
    : `M${from.x + width / 2} ${from.y + tall} C${from.x + width / 2} ${below} ${to.x + width / 2} ${below} ${to.x + width / 2} ${to.y + tall + 2}`;
  const drawn = [part("path", { d: path, class: "board-arrow", "marker-end": "url(#board-tip)" })];
  if (!when.trim()) return drawn;
  // Beside the step it leaves: further on, other steps may stand over a long arrow.
  const gone = Math.min(x2 - x1, BOX.acrossWords) / 2;
  const [x, y] = isOn ? [x1 + gone, y1 + ((y2 - y1) * gone) / (x2 - x1) + (y2 > y1 && x2 - x1 > BOX.width ? 18 : -6)] : [(from.x + to.x + width) / 2, below + 4];
  const text = part("text", { x: `${x}`, y: `${y}`, "text-anchor": "middle", class: "board-when" });
  const words = isOn ? lines(when, WHEN.letters, WHEN.lines) : lines(when, 30, 1);
  words.forEach((line, index) => {
    const row = part("tspan", { x: `${x}`, y: `${y - (words.length - 1 - index) * 14}` });
    row.textContent = line;
    text.append(row);
  });
  return [...drawn, text];
}

function part(name: string, attributes: Record<string, string>): SVGElement {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

customElements.define("process-map", ProcessMap);
