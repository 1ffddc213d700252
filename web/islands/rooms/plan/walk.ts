// Where one can stand: on the floor of a room, in a door, in the niche; not in furniture and not in a wall.
import type { Network, Role, Vec3 } from "../model.ts";
import { DOORS, NICHE, ROOMS, type Box } from "./house.ts";
import { cabinets, rackBox, racks } from "./racks.ts";
import { CHART, TELEPHONE, deskBox, desks } from "./stations.ts";

/** Half the width of a person, in metres. */
const BODY = 0.22;

export interface Ground {
  floors: Box[];
  things: Box[];
}

export function ground(network: Network, roles: readonly Role[]): Ground {
  return {
    floors: [...ROOMS, NICHE].map((it) => grown(it, -BODY)).concat(DOORS.map((it) => throughWall(it))),
    things: [...racks(network).map(rackBox), ...cabinets(network).map((it) => it.box), ...desks(roles).map(deskBox), TELEPHONE, CHART],
  };
}

/** Whether somebody can stand there. */
export function canStand({ floors, things }: Ground, [x, , z]: Vec3): boolean {
  const within = (it: Box, by: number) => x > it.min[0] - by && x < it.max[0] + by && z > it.min[2] - by && z < it.max[2] + by;
  return floors.some((floor) => within(floor, 0)) && !things.some((thing) => within(thing, BODY));
}

/** Where a step ends: whole if nothing is in the way, along the obstacle if something is. */
export function step(on: Ground, from: Vec3, [dx, dz]: readonly [number, number]): Vec3 {
  const tries: Vec3[] = [[from[0] + dx, from[1], from[2] + dz], [from[0] + dx, from[1], from[2]], [from[0], from[1], from[2] + dz]];
  return tries.find((to) => canStand(on, to)) ?? from;
}

function grown(it: Box, by: number): Box {
  return { min: [it.min[0] - by, it.min[1], it.min[2] - by], max: [it.max[0] + by, it.max[1], it.max[2] + by] };
}

/** A door's floor, long enough to reach the floors on both sides, and narrower than the opening. */
function throughWall(it: Box): Box {
  return { min: [it.min[0] - BODY - 0.05, it.min[1], it.min[2] + BODY], max: [it.max[0] + BODY + 0.05, it.max[1], it.max[2] - BODY] };
}
