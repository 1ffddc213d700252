// A visit to the rooms: how the drill stands, what is pointed at and opened, and what is done about it. It knows no mouse and no
// headset; both tell it rays and presses, and it asks the server, which decides.
import * as THREE from "three";
import type { Command, Plan, Pose, State, Traveller, Vec3 } from "./model.ts";
import { CART_BAY, CART_HOME, ROOMS } from "./plan/house.ts";
import { first, type Ray } from "./plan/ray.ts";
import { cartBox } from "./plan/stations.ts";
import { deed, things, type Thing } from "./plan/things.ts";
import { ground, type Ground } from "./plan/walk.ts";
import { atThing, isRoom, menu, messages, where, type Presence, type Sheet } from "./act/sheet.ts";
import { keep, nextTurn, type Comfort } from "./act/comfort.ts";
import type { Rooms } from "./rooms.ts";
import type { Server } from "./server.ts";

/** How far one can reach with a glance, in metres. */
const REACH_M = 12;

export interface Shows {
  /** The sheet that is open, with what was last said; none, when it was closed. */
  sheet: (sheet: Sheet | undefined, note: string) => void;
  /** Something that everybody in the rooms should hear. */
  say: (words: string) => void;
  /** Puts whoever visits somewhere. */
  move: (to: Vec3, look: Vec3) => void;
  /** Ends the session in the headset. */
  leave: () => void;
  /** A message is followed, or none. */
  follow: (one: Traveller | undefined) => void;
  /** The network on the table is put elsewhere. */
  place: () => void;
}

export class Visit {
  readonly ground: Ground;
  things: Thing[] = [];
  focus: Thing | undefined;
  cartAt: Vec3 = CART_HOME;
  /** Whether the cart goes along. */
  pushing = false;
  private opened: string | undefined;
  private note = "";
  private travellers: Traveller[] = [];
  private followed: Traveller | undefined;
  private walkedIn = false;
  /** How it stood when the last command was given: what one compares with. */
  private before: { title: string; state: State } | undefined;

  constructor(
    readonly plan: Plan,
    public state: State,
    readonly server: Server,
    readonly rooms: Rooms | undefined,
    readonly comfort: Comfort,
    private readonly shows: Shows,
    private readonly presence: () => Presence,
  ) {
    this.ground = ground(plan.network, plan.roles);
    this.stands(state);
  }

  /** Takes in how the drill stands now. */
  stands(state: State): void {
    if (state.seq < this.state.seq && !state.past) return;
    const over = state.over && !this.state.over && !state.past;
    this.state = state;
    this.things = things(this.plan, state, this.cartAt);
    this.focus = this.things.find((one) => one.id === this.focus?.id);
    this.rooms?.show(state, new Set(this.followed?.cables));
    this.refresh();
    if (over) this.shows.say("The drill is over. The debrief says what each decision cost.");
  }

  /** Looks along a ray. Returns how far away the thing is that is pointed at. */
  point(ray: Ray): number {
    const found = first(ray, this.things, REACH_M);
    this.focus = found?.hit;
    return found?.metres ?? Infinity;
  }

  /** Opens what is pointed at, or what is named. */
  open(thing = this.focus): void {
    if (!thing) return;
    this.opened = thing.id;
    this.note = "";
    this.refresh();
  }

  openMenu(): void {
    this.opened = "menu";
    this.note = "";
    this.refresh();
  }

  closeSheet(): void {
    this.opened = undefined;
    this.refresh();
  }

  /** Does what a button says. */
  async does(what: string): Promise<void> {
    const [verb, of = ""] = what.split(":");
    if (verb === "close") return this.closeSheet();
    if (verb === "menu") return this.openMenu();
    if (verb === "leave") return this.shows.leave();
    if (verb === "place") return this.shows.place();
    if (verb === "take") return this.push(!this.pushing);
    if (verb === "go" && isRoom(of)) return this.go(of);
    if (verb === "set") return this.set(of);
    if (verb === "give") return this.give(this.state.commands.find((command) => command.id === of));
    if (verb === "pass") return this.asked(async () => this.stands(await this.server.pass(Number(of))));
    if (verb === "messages") return this.asked(() => this.look());
    if (verb === "follow") this.follow(this.travellers.find((one) => `${one.seq}` === of));
  }

  /** A hand does something at a thing, such as pulling a cable: the first command that can be given. Says whether there was one. */
  hand(thing: Thing | undefined): boolean {
    const command = thing && deed({ ...thing, commands: thing.commands.filter((one) => this.state.roles.includes(one.role)) });
    if (command) void this.give(command);
    else if (thing) this.tell(thing.commands.find((one) => one.why_not)?.why_not ?? "Nothing comes of that.");
    return command !== undefined;
  }

  /** Takes the cart along, or lets it stand. */
  push(pushing: boolean): void {
    this.pushing = pushing && !this.state.over && !this.state.past;
    if (this.state.past) return this.tell("This is how it was; the cart stands.");
    this.tell(this.pushing ? "The cart goes with you. Its place is on the ward, in the yellow frame." : "The cart stands.");
  }

  /** The cart goes with whoever pushes it: before them, as far as there is room. */
  walks(at: Vec3, forward: Vec3): void {
    if (!this.pushing) return;
    const flat = Math.hypot(forward[0], forward[2]) || 1;
    this.cartAt = [at[0] + (forward[0] / flat) * 0.85, 0, at[2] + (forward[2] / flat) * 0.85];
    this.rooms?.moveCart(this.cartAt, Math.atan2(-forward[0], -forward[2]));
    const box = cartBox(this.cartAt);
    const cart = this.things.find((thing) => thing.id === "cart");
    if (cart) cart.box = box;
    const inBay = this.cartAt[0] > CART_BAY.min[0] - 0.3 && this.cartAt[0] < CART_BAY.max[0] + 0.3;
    if (inBay && !this.walkedIn) {
      // On its place it is let go, and does what it came for.
      this.walkedIn = true;
      this.pushing = false;
      this.cartAt = [(CART_BAY.min[0] + CART_BAY.max[0]) / 2, 0, (CART_BAY.min[2] + CART_BAY.max[2]) / 2];
      this.rooms?.moveCart(this.cartAt);
      if (cart) cart.box = cartBox(this.cartAt);
      this.hand(cart);
    } else if (!inBay) this.walkedIn = false;
  }

  /** Where the others stand, without oneself. */
  others(team: readonly Pose[]): Pose[] {
    return team.filter((pose) => pose.login !== this.state.me);
  }

  /** What a machine is called. */
  readonly nameOf = (host: string): string => this.plan.network.host.find((one) => one.id === host)?.title ?? this.plan.network.switch.find((one) => one.id === host)?.title ?? host;

  get following(): Traveller | undefined {
    return this.followed;
  }

  /** Says something on the open sheet, and aloud. */
  tell(words: string): void {
    this.note = words;
    this.shows.say(words);
    this.refresh();
  }

  private async give(command: Command | undefined): Promise<void> {
    if (!command) return;
    await this.asked(async () => {
      const { outcome, why } = await this.server.give(command.id);
      const words = outcome === "begun" ? `${command.title}: begun, ${command.takes_min} minutes.` : outcome === "before" ? "That was given before; it counts once." : (why ?? "It was refused.");
      if (outcome === "begun") this.before = { title: command.title, state: this.state };
      this.tell(words);
      this.stands(await this.server.state());
    });
  }

  private go(id: string): void {
    const room = ROOMS.find((one) => one.id === id);
    if (!room) return;
    this.shows.move(room.stand, room.look);
    this.opened = undefined;
    this.refresh();
    this.shows.say(`${room.title}.`);
  }

  private set(name: string): void {
    if (name === "seated") this.comfort.seated = !this.comfort.seated;
    if (name === "turn") this.comfort.turn = nextTurn(this.comfort.turn);
    keep(this.comfort);
    this.refresh();
  }

  private async look(): Promise<void> {
    this.travellers = await this.server.messages();
    this.opened = "messages";
    this.refresh();
  }

  private follow(one: Traveller | undefined): void {
    this.followed = one;
    this.rooms?.show(this.state, new Set(one?.cables));
    this.shows.follow(one);
    if (one) this.tell(where(one, this.nameOf));
  }

  /** Asks the server for something, and says it if that fails. */
  private async asked(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.tell(error instanceof Error ? error.message : "That did not work.");
    }
  }

  private refresh(): void {
    this.shows.sheet(this.sheet(), this.note);
  }

  private sheet(): Sheet | undefined {
    if (this.opened === "menu") return menu(this.state, this.comfort, this.presence());
    if (this.opened === "messages") return messages(this.travellers, this.nameOf);
    const thing = this.things.find((one) => one.id === this.opened);
    if (!thing) return undefined;
    const sheet = atThing(thing, this.state, this.pushing);
    const was = this.before && things(this.plan, this.before.state).find((one) => one.id === thing.id)?.says.at(-1);
    const is = thing.says.at(-1);
    const machine = thing.kind === "host" || thing.kind === "switch" || thing.kind === "line";
    return machine && was && was !== is ? { ...sheet, says: [...sheet.says, `Before “${this.before?.title}”: ${was.slice(0, 1).toLowerCase()}${was.slice(1)}`] } : sheet;
  }
}

export const vec = (from: THREE.Vector3): Vec3 => [from.x, from.y, from.z];
