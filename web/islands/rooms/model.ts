// What the server says of a drill, as far as its rooms need it: `GET /api/drills/{id}/plan`, `…/{id}`, `…/{id}/replay` and `…/{id}/messages`.

/** A point or a direction, in metres: to the right (east), up, towards the south. */
export type Vec3 = readonly [number, number, number];

export type Health = "up" | "warm" | "cut" | "infected" | "down" | "dark";

export interface Network {
  room: { id: string; title: string }[];
  feed: { id: string; title: string }[];
  cooler: { id: string; title: string; room: string }[];
  rack: { id: string; room: string; feeds: string[] }[];
  switch: { id: string; title: string; rack: string; unit: number }[];
  host: { id: string; title: string; rack: string | null; unit: number; height: number; systems: string[] }[];
  link: { from: string; to: string; mbps: number }[];
}

export interface Role {
  id: string;
  title: string;
  about: string;
}

export interface Plan {
  title: string;
  begun: string;
  lasts_min: number;
  roles: Role[];
  network: Network;
}

export interface Command {
  id: string;
  title: string;
  about: string;
  role: string;
  /** `desk`, `telephone`, `cart`, `chart`, `host:ID` or `cable:ID`. */
  place: string;
  takes_min: number;
  /** Why it cannot be given now; null where it can. */
  why_not: string | null;
  at_work: boolean;
  done: boolean;
}

export interface SystemState {
  system: string;
  title: string;
  failed: string | null;
  closed: number;
  interfaces: number;
  waiting: number;
  refused_or_lost: number;
}

export interface HostState {
  host: string;
  health: Health;
  why: string;
}

export interface LinkState {
  from: string;
  to: string;
  per_hour: number;
  waiting: number;
  interfaces: string[];
}

export interface Told {
  seq: number;
  minute: number;
  kind: string;
  who: string;
  title: string;
  says: string;
  care: number;
}

export interface State {
  drill: { id: string; assessed: boolean; code: string };
  seq: number;
  now: string;
  rate: number;
  over: boolean;
  points: number | null;
  minute: number;
  me: string;
  roles: string[];
  team: { login: string; name: string; roles: string[] }[];
  busy: { role: string; by: string; command: string; until: string }[];
  commands: Command[];
  systems: SystemState[];
  hosts: HostState[];
  links: LinkState[];
  told: Told[];
  /** Whether it is seen again afterwards: nothing can be done in it. */
  past?: boolean;
}

export interface Pose {
  login: string;
  name: string;
  head: Vec3;
  turn: readonly [number, number, number, number];
  hands: Vec3[];
  points: Vec3 | null;
}

export interface Traveller {
  seq: number;
  interface: string;
  event: string;
  state: "waiting" | "delivered" | "handed" | "refused" | "lost";
  stops: string[];
  cables: number[];
  at: string;
}

/** What became of a command. */
export interface Answer {
  outcome: "begun" | "refused" | "before";
  why: string | null;
}

/** A state in words and in a sign: colour alone says nothing to some. */
export const HEALTH: Record<Health, { word: string; sign: string }> = {
  up: { word: "up", sign: "✓" },
  warm: { word: "warm", sign: "△" },
  cut: { word: "cut off", sign: "✕" },
  infected: { word: "infected", sign: "!" },
  down: { word: "down", sign: "✕" },
  dark: { word: "no power", sign: "○" },
};
