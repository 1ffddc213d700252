// Where racks, switches, machines, sources of power and cooling units of a network stand.
import type { Network, Vec3 } from "../model.ts";
import { standing, type Box } from "./house.ts";

/** A rack of 800 by 1,100 millimetres; a unit is a 42nd of what is inside. */
export const RACK = { width: 0.8, height: 2.1, depth: 1.1, foot: 0.08, unit: 0.0465 };
/** The tray for cables above the racks. */
export const TRAY_Y = 2.5;

export interface Rack {
  id: string;
  /** The middle of its foot. */
  at: Vec3;
  /** 1 if its front looks to the south, -1 to the north. */
  front: 1 | -1;
}

/** What hangs in a rack: a machine or a switch, or a line that comes from outside. */
export interface Hung {
  id: string;
  title: string;
  rack: string | null;
  kind: "host" | "switch" | "line";
  /** The middle of its front. */
  at: Vec3;
  front: 1 | -1;
  width: number;
  height: number;
}

export interface Cabinet {
  id: string;
  title: string;
  kind: "feed" | "cooler";
  box: Box;
}

const ROW_Z = 1.55;
const FIRST_X = -7.4;
const FAR_X = -16;

/** Racks of the first room in two rows that face each other, by the letter of their door; those of other rooms in the second. */
export function racks(network: Network): Rack[] {
  const [first] = network.room;
  const letters = [...new Set(network.rack.filter((rack) => rack.room === first?.id).map((rack) => rack.id.slice(0, 1)))].sort();
  const taken = new Map<string, number>();
  return network.rack.map((rack) => {
    const near = rack.room === first?.id;
    const row = near ? letters.indexOf(rack.id.slice(0, 1)) % 2 : 0;
    const key = `${near} ${row}`;
    const place = taken.get(key) ?? 0;
    taken.set(key, place + 1);
    const front = row === 0 ? 1 : -1;
    return { id: rack.id, front, at: [(near ? FIRST_X : FAR_X) - place * RACK.width, 0, -front * ROW_Z] };
  });
}

/** Everything that hangs in racks, and the lines to others, which come in at the wall. */
export function hung(network: Network): Hung[] {
  const all = racks(network);
  const inside = (it: { id: string; title: string; unit: number; rack: string | null }, kind: "host" | "switch", units: number): Hung[] => {
    const rack = all.find((one) => one.id === it.rack);
    if (!rack) return [];
    const y = RACK.foot + (it.unit - 1 + units / 2) * RACK.unit;
    const at: Vec3 = [rack.at[0], y, rack.at[2] + rack.front * (RACK.depth / 2 - 0.04)];
    return [{ id: it.id, title: it.title, rack: rack.id, kind, at, front: rack.front, width: 0.6, height: units * RACK.unit }];
  };
  const lines = network.host.filter((host) => !host.rack);
  return [
    ...network.switch.flatMap((it) => inside(it, "switch", 1)),
    ...network.host.filter((host) => host.rack).flatMap((it) => inside(it, "host", Math.max(1, it.height))),
    ...lines.map((it, place): Hung => ({ id: it.id, title: it.title, rack: null, kind: "line", at: [-12 - place, 2.35, 3.9], front: -1, width: 0.5, height: 0.3 })),
  ];
}

/** Cabinets along the walls: cooling units in the north, sources of power in the south. */
export function cabinets(network: Network): Cabinet[] {
  const [first] = network.room;
  const near = (room: string | undefined) => room === first?.id;
  const roomOfFeed = (feed: string) => network.rack.find((rack) => rack.feeds.includes(feed))?.room;
  const row = <T extends { id: string; title: string }>(all: T[], room: (one: T) => string | undefined, kind: Cabinet["kind"], z: number, foot: Vec3) => {
    const counts = { near: 0, far: 0 };
    return all.map((one): Cabinet => {
      const side = near(room(one)) ? "near" : "far";
      const x = (side === "near" ? -6.3 : -15) - counts[side]++ * (side === "near" ? 3.2 : 1.2);
      return { id: one.id, title: one.title, kind, box: standing([x, 0, z], foot) };
    });
  };
  return [
    ...row(network.cooler, (one) => one.room, "cooler", -3.58, [1.5, 1.95, 0.8]),
    ...row(network.feed, (one) => roomOfFeed(one.id), "feed", 3.62, [0.9, 1.75, 0.7]),
  ];
}

/** The box of a rack. */
export const rackBox = (rack: Rack): Box => standing(rack.at, [RACK.width, RACK.height, RACK.depth]);
