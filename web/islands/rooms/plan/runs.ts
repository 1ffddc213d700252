// How cables run: out of a machine's front, along the rack's upright, up into the tray, and down at the other end.
import type { Network, Vec3 } from "../model.ts";
import { RACK, TRAY_Y, hung, racks, type Hung } from "./racks.ts";

export interface Run {
  /** The place of the link in the network's file. */
  link: number;
  points: Vec3[];
}

/** The way of every link whose ends stand somewhere. Cables that share a tray lie beside one another. */
export function runs(network: Network): Run[] {
  const things = new Map(hung(network).map((one) => [one.id, one]));
  const fronts = new Map(racks(network).map((rack) => [rack.id, rack]));
  return network.link.flatMap((link, place): Run[] => {
    const from = things.get(link.from);
    const to = things.get(link.to);
    if (!from || !to) return [];
    const lane = (place % 9) * 0.034 - 0.136;
    const up = rise(from, fronts.get(from.rack ?? "")?.at, place, lane);
    const down = rise(to, fronts.get(to.rack ?? "")?.at, place, lane).reverse();
    const [ax, , az] = up[up.length - 1]!;
    const [bx, , bz] = down[0]!;
    const over: Vec3[] = az === bz ? [] : [[(crossing(ax, bx) + lane), TRAY_Y + 0.03, az], [crossing(ax, bx) + lane, TRAY_Y + 0.03, bz]];
    return [{ link: place, points: tidy([...up, ...over, ...down]) }];
  });
}

/** The bridge between the two rows that is nearest. */
function crossing(a: number, b: number): number {
  const bridges = [-6.75, -10.4];
  const way = (x: number) => Math.abs(a - x) + Math.abs(b - x);
  return bridges.reduce((best, x) => (way(x) < way(best) ? x : best));
}

function rise(end: Hung, rack: Vec3 | undefined, place: number, lane: number): Vec3[] {
  const out = 0.05 + (place % 3) * 0.012;
  const z = end.at[2] + end.front * out;
  if (!rack) return [[end.at[0], end.at[1] - 0.1, end.at[2] - 0.1], [end.at[0], TRAY_Y + 0.03, end.at[2] - 0.1], [end.at[0], TRAY_Y + 0.03, 1.55 + lane]];
  // Machines of a rack share its two uprights, every other cable one of them.
  const side = place % 2 ? 1 : -1;
  const upright = end.at[0] + side * (0.335 + (place % 4) * 0.012);
  const tray = rack[2] + lane;
  return [
    [end.at[0] + side * (end.width / 2 - 0.04), end.at[1], end.at[2] + 0.012 * end.front],
    [end.at[0] + side * (end.width / 2 - 0.02), end.at[1] - 0.012, z],
    [upright, end.at[1] + 0.05, z],
    [upright, RACK.height + 0.06, z],
    [upright, TRAY_Y + 0.03, tray],
  ];
}

/** Without points that lie on the one before. */
function tidy(points: Vec3[]): Vec3[] {
  return points.filter((point, place) => place === 0 || distance(point, points[place - 1]!) > 0.01);
}

export const distance = (a: Vec3, b: Vec3): number => Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);

export const length = (points: readonly Vec3[]): number => points.slice(1).reduce((sum, point, place) => sum + distance(point, points[place]!), 0);

/** The point so many metres along a way; its end, if it is shorter. */
export function along(points: readonly Vec3[], metres: number): Vec3 {
  let left = Math.max(0, metres);
  for (let place = 1; place < points.length; place++) {
    const [a, b] = [points[place - 1]!, points[place]!];
    const step = distance(a, b);
    if (left <= step && step > 0) {
      const t = left / step;
      return [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t, a[2] + (b[2] - a[2]) * t];
    }
    left -= step;
  }
  return points[points.length - 1] ?? [0, 0, 0];
}
