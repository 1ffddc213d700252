// The network as it stands on a table: core switches in the middle, other switches around them, machines around those.
import type { Network, Vec3 } from "../model.ts";

export interface Node {
  id: string;
  title: string;
  kind: "host" | "switch";
  /** Where it stands, in metres over the table's middle. */
  at: Vec3;
}

/** How far from the middle machines stand, in metres. */
export const RADIUS_M = 0.42;
const SWITCHES_M = 0.2;
const CORES_M = 0.06;

/** Switches by how many switches they are joined to; each machine before the switch it hangs on. */
export function nodes(network: Network): Node[] {
  const switches = new Set(network.switch.map((one) => one.id));
  const joined = (id: string): string[] => network.link.flatMap((link) => (link.from === id ? [link.to] : link.to === id ? [link.from] : []));
  const isCore = (id: string): boolean => joined(id).filter((other) => switches.has(other)).length > 1;
  // Two switches that hang on each other: the first is the core.
  const many = network.switch.filter((one) => isCore(one.id));
  const cores = many.length ? many : network.switch.slice(0, 1);
  const edges = network.switch.filter((one) => !cores.includes(one));
  // Around the middle, everything in the order of the core it hangs on, so that cables cross as little as they can.
  const ring: { id: string; title: string; kind: "host" | "switch"; under: string }[] = cores.flatMap((core) => {
    const hangs = joined(core.id).filter((id) => !cores.some((one) => one.id === id));
    return hangs.flatMap((id) => {
      const edge = edges.find((one) => one.id === id);
      if (!edge) return [hostAt(network, id, core.id)];
      return joined(edge.id).filter((other) => other !== core.id && !switches.has(other)).map((host) => hostAt(network, host, edge.id));
    });
  });
  const angle = (place: number): number => (place / Math.max(1, ring.length)) * Math.PI * 2 - Math.PI / 2;
  const round = (turn: number, radius: number, y: number): Vec3 => [Math.cos(turn) * radius, y, Math.sin(turn) * radius];
  const hosts = ring.map((one, place): Node => ({ id: one.id, title: one.title, kind: "host", at: round(angle(place), RADIUS_M, 0.035) }));
  const above = edges.map((edge): Node => {
    const own = ring.flatMap((one, place) => (one.under === edge.id ? [angle(place)] : []));
    const turn = own.length ? own.reduce((sum, one) => sum + one, 0) / own.length : 0;
    return { id: edge.id, title: edge.title, kind: "switch", at: round(turn, SWITCHES_M, 0.12) };
  });
  const middle = cores.map((core, place): Node => ({ id: core.id, title: core.title, kind: "switch", at: cores.length === 1 ? [0, 0.2, 0] : round((place / cores.length) * Math.PI * 2, CORES_M, 0.2) }));
  return [...middle, ...above, ...hosts];
}

/** The cables between them: bows from node to node, each with the place of its link. */
export function bows(network: Network, all: readonly Node[]): { link: number; points: Vec3[] }[] {
  const at = new Map(all.map((one) => [one.id, one.at]));
  return network.link.flatMap((link, place) => {
    const [from, to] = [at.get(link.from), at.get(link.to)];
    return from && to ? [{ link: place, points: bow(from, to) }] : [];
  });
}

const BENDS = 12;

function bow(from: Vec3, to: Vec3): Vec3[] {
  const lift = 0.03 + 0.12 * Math.hypot(to[0] - from[0], to[2] - from[2]);
  return Array.from({ length: BENDS + 1 }, (_, place): Vec3 => {
    const t = place / BENDS;
    const part = (axis: 0 | 1 | 2): number => from[axis] + (to[axis] - from[axis]) * t;
    return [part(0), part(1) + Math.sin(t * Math.PI) * lift, part(2)];
  });
}

function hostAt(network: Network, id: string, under: string): { id: string; title: string; kind: "host"; under: string } {
  return { id, title: network.host.find((one) => one.id === id)?.title ?? id, kind: "host", under };
}

/** The way of a message over the bows, in the order in which it comes by its stops. */
export function course(network: Network, ways: readonly { link: number; points: Vec3[] }[], stops: readonly string[], cables: readonly number[]): Vec3[] {
  let here = stops[0];
  return cables.flatMap((cable) => {
    const link = network.link[cable];
    const points = ways.find((one) => one.link === cable)?.points ?? [];
    const forward = link?.from === here;
    here = forward ? link?.to : link?.from;
    return forward ? points : [...points].reverse();
  });
}
