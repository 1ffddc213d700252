// A small drill for tests: four racks, three machines, two roles.
import type { Command, Network, Plan, State } from "./model.ts";

export const network: Network = {
  room: [{ id: "r", title: "Machine room" }, { id: "n", title: "North" }],
  feed: [{ id: "f", title: "Feed A" }, { id: "fn", title: "Feed N" }],
  cooler: [{ id: "c1", title: "Unit 1", room: "r" }, { id: "c2", title: "Unit 2", room: "r" }, { id: "cn", title: "Unit N", room: "n" }],
  rack: [
    { id: "A1", room: "r", feeds: ["f"] },
    { id: "A2", room: "r", feeds: ["f"] },
    { id: "B1", room: "r", feeds: ["f"] },
    { id: "N1", room: "n", feeds: ["fn"] },
  ],
  switch: [{ id: "sw-1", title: "Core", rack: "A1", unit: 40 }, { id: "sw-2", title: "North", rack: "N1", unit: 40 }],
  host: [
    { id: "host-a", title: "Record system", rack: "A1", unit: 20, height: 4, systems: ["EHR"] },
    { id: "host-b", title: "Laboratory", rack: "B1", unit: 10, height: 2, systems: ["LIS"] },
    { id: "host-n", title: "Backup", rack: "N1", unit: 8, height: 4, systems: ["BACKUP"] },
    { id: "line", title: "Lines to others", rack: null, unit: 0, height: 0, systems: ["HIE"] },
  ],
  link: [
    { from: "host-a", to: "sw-1", mbps: 1000 },
    { from: "host-b", to: "sw-1", mbps: 1000 },
    { from: "sw-2", to: "sw-1", mbps: 1000 },
    { from: "host-n", to: "sw-2", mbps: 1000 },
    { from: "line", to: "sw-1", mbps: 100 },
  ],
};

const roles = [
  { id: "lead", title: "incident lead", about: "Decides." },
  { id: "hands", title: "engineer", about: "Does." },
];

export const plan: Plan = { title: "A small crisis", begun: "2031-03-04T22:05:00Z", lasts_min: 60, roles, network };

const command = (id: string, role: string, place: string, why_not: string | null): Command => ({ id, title: id, about: "", role, place, takes_min: 2, why_not, at_work: false, done: false });

export const state: State = {
  drill: { id: "d", assessed: false, code: "abcdefgh" },
  seq: 3,
  now: "2031-03-04T22:10:00Z",
  rate: 0,
  over: false,
  points: 0,
  minute: 5,
  me: "ana",
  roles: ["lead", "hands"],
  team: [{ login: "ana", name: "Ana", roles: ["lead", "hands"] }],
  busy: [],
  commands: [
    command("declare", "lead", "desk", null),
    command("call", "lead", "telephone", null),
    command("cart", "hands", "cart", "Not yet."),
    command("enter", "hands", "chart", null),
    command("look", "hands", "host:host-b", null),
    command("join", "hands", "cable:host-b", "It was never cut."),
    command("cut", "hands", "cable:host-b", null),
    command("astray", "hands", "host:nowhere", null),
  ],
  systems: [
    { system: "EHR", title: "Record system", failed: null, closed: 0, interfaces: 4, waiting: 3, refused_or_lost: 0 },
    { system: "LIS", title: "Laboratory", failed: "Its disks are encrypted.", closed: 4, interfaces: 4, waiting: 9, refused_or_lost: 1 },
  ],
  hosts: [
    { host: "host-a", health: "up", why: "" },
    { host: "host-b", health: "infected", why: "Something foreign runs on it." },
    { host: "host-n", health: "up", why: "" },
    { host: "line", health: "up", why: "" },
  ],
  links: network.link.map((link, place) => ({ from: link.from, to: link.to, per_hour: place * 10, waiting: place === 1 ? 9 : 0, interfaces: [] })),
  told: [{ seq: 1, minute: 0, kind: "begun", who: "", title: "The drill began", says: "", care: 0 }],
};
