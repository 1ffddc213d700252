// Things one can point at: what they are called, how they stand, and which commands are given there.
import { HEALTH, type Command, type Plan, type State, type Vec3 } from "../model.ts";
import { WALL, standing, type Box } from "./house.ts";
import { hung, type Hung } from "./racks.ts";
import { CHART, TELEPHONE, cartBox, deskBox, desks } from "./stations.ts";

export interface Thing {
  id: string;
  kind: "host" | "switch" | "line" | "cable" | "desk" | "telephone" | "cart" | "chart" | "wall";
  title: string;
  box: Box;
  /** How it stands, in sentences. */
  says: string[];
  /** What may be done there, by whoever points. */
  commands: Command[];
}

/** Everything that can be pointed at, as it stands. */
export function things(plan: Plan, state: State, cartAt?: Vec3): Thing[] {
  const at = (place: string) => state.commands.filter((command) => command.place === place);
  const placed = hung(plan.network);
  const known = new Set([...placed.map((one) => `host:${one.id}`), ...cablePlaces(plan, state), "telephone", "cart", "chart"]);
  // What has no place of its own is found at the desk of its role.
  const lost = state.commands.filter((command) => !known.has(command.place));
  return [
    ...placed.map((one): Thing => ({ id: one.id, kind: one.kind, title: one.title, box: front(one), says: hungSays(plan, state, one), commands: [...at(`host:${one.id}`), ...at(`cable:${one.id}`)] })),
    ...cables(plan, state).map(({ host, box }): Thing => ({ id: `cable:${host.id}`, kind: "cable", title: `Cable of ${lower(host.title)}`, box, says: [isOut(state, host.id) ? "It is pulled out." : "It is plugged in.", "Take it and pull, or press."], commands: at(`cable:${host.id}`) })),
    ...desks(plan.roles).map((desk): Thing => ({ id: `desk:${desk.role.id}`, kind: "desk", title: `Desk of the ${desk.role.title}`, box: lifted(deskBox(desk)), says: deskSays(state, desk.role.id, desk.role.about), commands: lost.filter((command) => command.role === desk.role.id) })),
    { id: "telephone", kind: "telephone", title: "Telephone", box: TELEPHONE, says: ["Whoever is called from here answers."], commands: at("telephone") },
    { id: "cart", kind: "cart", title: "Downtime cart", box: cartBox(cartAt), says: ["Printed census, forms and numbers. Take its handle and walk it to the ward, or press."], commands: at("cart") },
    { id: "chart", kind: "chart", title: "Workstation of the ward", box: lifted(CHART), says: chartSays(state), commands: at("chart") },
    { id: "wall", kind: "wall", title: "Status wall", box: standing([WALL.at[0], WALL.at[1] - WALL.height / 2, WALL.at[2]], [WALL.width, WALL.height, 0.1]), says: wallSays(state), commands: [] },
  ];
}

/** The command that a hand gives at a thing: the first that can be given now. */
export const deed = (thing: Thing): Command | undefined => thing.commands.find((command) => command.why_not === null);

/** Whether the cable of a machine is out: nothing of it carries anything. */
export const isOut = (state: State, host: string): boolean => state.hosts.some((one) => one.host === host && one.health === "cut");

/** The machines whose cable can be pulled, with the plug's box. */
export function cables(plan: Plan, state: State): { host: Hung; box: Box }[] {
  const pullable = new Set(cablePlaces(plan, state));
  return hung(plan.network)
    .filter((host) => pullable.has(`cable:${host.id}`))
    .map((host) => ({ host, box: standing([host.at[0] + 0.2, host.at[1] - 0.07, host.at[2] + host.front * 0.1], [0.14, 0.14, 0.16]) }));
}

function cablePlaces(plan: Plan, state: State): string[] {
  const hosts = new Set(plan.network.host.map((host) => `cable:${host.id}`));
  return [...new Set(state.commands.map((command) => command.place))].filter((place) => hosts.has(place));
}

function hungSays(plan: Plan, state: State, one: Hung): string[] {
  const health = state.hosts.find((host) => host.host === one.id);
  const links = state.links.filter((link) => link.from === one.id || link.to === one.id);
  const sum = (of: "per_hour" | "waiting") => links.reduce((total, link) => total + link[of], 0);
  const systems = plan.network.host.find((host) => host.id === one.id)?.systems ?? [];
  const titles = systems.map((id) => state.systems.find((system) => system.system === id)?.title ?? id);
  return [
    ...(health ? [`It is ${HEALTH[health.health].word}.${health.why ? ` ${health.why}` : ""}`] : []),
    ...(titles.length ? [`On it: ${titles.join(", ")}.`] : []),
    `${sum("per_hour")} messages in the last hour over its cables, ${sum("waiting")} waiting.`,
  ];
}

function deskSays(state: State, role: string, about: string): string[] {
  const people = state.team.filter((one) => one.roles.includes(role)).map((one) => one.name);
  const busy = state.busy.find((one) => one.role === role);
  const doing = state.commands.find((command) => command.id === busy?.command)?.title;
  return [about, people.length ? `${people.join(", ")}.` : "Nobody has this role yet.", busy ? `At work${doing ? `: ${lower(doing)}` : ""}, until ${clock(busy.until)}.` : "Free."];
}

function chartSays(state: State): string[] {
  const ehr = state.systems.find((system) => system.system === "EHR");
  return [ehr?.failed ? `No chart opens. ${ehr.failed}` : "Charts open."];
}

function wallSays(state: State): string[] {
  const down = state.systems.filter((system) => system.failed);
  const waiting = state.systems.reduce((sum, system) => sum + system.waiting, 0);
  return [down.length ? `${down.map((system) => system.title).join(", ")}: down.` : "Nothing is down.", `${Math.floor(waiting / 2)} messages wait.`];
}

const front = (one: Hung): Box => {
  const deep = one.kind === "line" ? 0.2 : 0.12;
  return { min: [one.at[0] - one.width / 2, one.at[1] - one.height / 2 - 0.01, one.at[2] - deep], max: [one.at[0] + one.width / 2, one.at[1] + one.height / 2 + 0.01, one.at[2] + deep] };
};

/** With what stands on it. */
const lifted = (box: Box): Box => ({ min: [box.min[0], 0.5, box.min[2]], max: [box.max[0], box.max[1] + 0.55, box.max[2]] });

const lower = (text: string): string => text.slice(0, 1).toLowerCase() + text.slice(1);

/** The time of day in what the server wrote. */
export const clock = (instant: string): string => instant.slice(11, 16);
