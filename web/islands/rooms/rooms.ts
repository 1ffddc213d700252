// All rooms as a scene: built once from the plan, and shown as the drill stands.
import * as THREE from "three";
import type { Plan, State, Vec3 } from "./model.ts";
import { CART_BAY, CART_HOME, DESK, ROOMS, WALL, middle, type RoomId } from "./plan/house.ts";
import { hung, racks } from "./plan/racks.ts";
import { desks } from "./plan/stations.ts";
import { cables as pullable, isOut } from "./plan/things.ts";
import { PANES, centreLit, commandCentre } from "./build/command-centre.ts";
import { RACK_FRONT, machineLit, machineRooms } from "./build/machine-room.ts";
import { ward, wardLit } from "./build/ward.ts";
import { Cables } from "./build/cables.ts";
import { Leds } from "./build/leds.ts";
import { Picture } from "./build/picture.ts";
import { Plug } from "./build/plug.ts";
import { cart } from "./build/cart.ts";
import { mesh, mirror, surface } from "./build/surface.ts";
import { DENSITY, drawRack } from "./draw/rack.ts";
import { WALL_PX, drawWall } from "./draw/wall.ts";
import { SCREEN_PX, drawChart, drawDesk, drawNight, drawSign } from "./draw/small.ts";
import type { Lit } from "./light/bake.ts";
import type { Shell } from "./light/shell.ts";

export class Rooms {
  readonly scene = new THREE.Scene();
  readonly cart: THREE.Mesh;
  readonly plugs = new Map<string, Plug>();
  private readonly materials = new Map<RoomId, THREE.ShaderMaterial>();
  private readonly cables: Cables;
  private readonly leds: Leds;
  private readonly fronts: { rack: string; picture: Picture }[] = [];
  private readonly screens: { role: string; picture: Picture }[] = [];
  private readonly wall = new Picture(WALL.width, WALL.height, [WALL_PX.width, WALL_PX.height]).at(WALL.at);
  private readonly chart = new Picture(0.72, 0.42, [SCREEN_PX.width, SCREEN_PX.height]).at([14, 1.38, -2.805]);

  constructor(readonly plan: Plan) {
    this.scene.background = new THREE.Color(0x05080a);
    const { first, second } = machineRooms(plan.network);
    this.room("machine", first, machineLit(plan.network));
    this.room("second", second, machineLit(plan.network));
    this.room("centre", commandCentre(plan.roles), centreLit(plan.roles));
    this.room("ward", ward(), wardLit());
    this.cables = Cables.of(plan.network);
    this.leds = new Leds(hung(plan.network));
    this.cart = cart(ROOMS[2]!);
    this.moveCart(CART_HOME);
    this.scene.add(this.cables.mesh, this.leds.mesh, this.cart, this.wall.mesh, this.chart.mesh);
    this.hangFronts();
    this.hangScreens();
    this.hangSigns();
    this.glass();
  }

  /** Lets the rooms be mirrored in their own surfaces. Weak machines do without. */
  polish(renderer: THREE.WebGLRenderer, side: number): void {
    for (const room of ROOMS) mirror(renderer, this.scene, room, this.materials.get(room.id)!, side);
    const centre = this.materials.get("centre")!.uniforms;
    const own = (this.cart.material as THREE.ShaderMaterial).uniforms;
    for (const name of ["around", "mirrors"]) own[name]!.value = centre[name]!.value;
  }

  /** Shows how the drill stands; `followed` are the cables on the way of a message. */
  show(state: State, followed?: ReadonlySet<number>): void {
    const all = hung(this.plan.network);
    const health = state.hosts.map((host) => host.health);
    for (const { rack, picture } of this.fronts) picture.show([rack, health], (ctx) => drawRack(ctx, rack, all, state, RACK_FRONT));
    for (const { role, picture } of this.screens) {
      const found = this.plan.roles.find((one) => one.id === role);
      const key = [state.busy, state.team, state.commands.map((command) => [command.id, command.why_not === null])];
      if (found) picture.show(key, (ctx) => drawDesk(ctx, found, state));
    }
    this.wall.show([state.now.slice(0, 16), state.rate, state.points, state.systems, state.told.length, state.over], (ctx) => drawWall(ctx, this.plan, state));
    this.chart.show([state.now.slice(0, 16), state.systems.find((system) => system.system === "EHR")], (ctx) => drawChart(ctx, state));
    this.cables.show(state.links, state.hosts, followed);
    this.leds.show(state);
    this.hangPlugs(state);
  }

  /** Fonts have come: what was drawn without them is drawn again. */
  redraw(state: State): void {
    for (const picture of [this.wall, this.chart, ...this.fronts.map((one) => one.picture), ...this.screens.map((one) => one.picture)]) picture.show(null, () => {});
    this.show(state);
  }

  /** Lets light run along cables; seconds. */
  run(now: number): void {
    this.cables.run(now);
    this.leds.run(now);
  }

  moveCart(at: Vec3, turn = 0): void {
    this.cart.position.set(at[0], 0, at[2]);
    this.cart.rotation.y = turn;
  }

  private room(id: RoomId, shell: Shell, lit: Lit): void {
    const box = ROOMS.find((one) => one.id === id)!;
    const material = surface(box);
    this.materials.set(id, material);
    this.scene.add(mesh(shell, lit, material));
  }

  private hangFronts(): void {
    const { width, height, foot } = RACK_FRONT;
    for (const rack of racks(this.plan.network)) {
      const z = rack.at[2] + rack.front * 0.505;
      const picture = new Picture(width, height, [width * DENSITY, height * DENSITY], 0.92).at([rack.at[0], foot + height / 2, z], rack.front === 1 ? 0 : Math.PI);
      this.fronts.push({ rack: rack.id, picture });
      this.scene.add(picture.mesh);
    }
  }

  private hangScreens(): void {
    for (const desk of desks(this.plan.roles)) {
      const picture = new Picture(0.7, 0.42, [SCREEN_PX.width, SCREEN_PX.height]);
      const [c, s] = [Math.cos(desk.turn), Math.sin(desk.turn)];
      const z = -0.216;
      picture.at([desk.at[0] + z * s, DESK.height + 0.34, desk.at[2] + z * c], desk.turn);
      this.screens.push({ role: desk.role.id, picture });
      this.scene.add(picture.mesh);
    }
  }

  private hangSigns(): void {
    const sign = (words: string, small: string, at: Vec3, turn: number, width = 1.3): void => {
      const pixels = [width * 500, 150] as const;
      const picture = new Picture(width, 0.3, pixels).at(at, turn);
      picture.show(words, (ctx) => drawSign(ctx, words, small, pixels));
      this.scene.add(picture.mesh);
    };
    const title = (place: number): string => this.plan.network.room[place]?.title.split(",")[0] ?? "";
    sign(title(0), "Authorised staff", [-4.42, 2.62, 2.9], Math.PI / 2);
    sign(title(1), "", [-13.44, 2.62, 0], Math.PI / 2);
    sign("Command centre", "", [5.06, 2.48, 0], Math.PI / 2);
    sign("Ward 4 West", "Night: please speak softly", [4.94, 2.62, 0], -Math.PI / 2);
    sign("Downtime cart", "", [middle(CART_BAY)[0], 1.6, 1.68], Math.PI, 1.25);
    const night = new Picture(2.2, 1.5, [704, 480]).at([22.99, 1.63, 0], -Math.PI / 2);
    night.show("night", (ctx) => drawNight(ctx, 704, 480));
    this.scene.add(night.mesh);
  }

  private hangPlugs(state: State): void {
    for (const { host } of pullable(this.plan, state)) {
      if (!this.plugs.has(host.id)) {
        const plug = new Plug(host.id, [host.at[0] + 0.2, host.at[1], host.at[2]], host.front);
        this.plugs.set(host.id, plug);
        this.scene.add(plug.group);
      }
      this.plugs.get(host.id)!.rest(isOut(state, host.id));
    }
  }

  private glass(): void {
    const geometry = new THREE.BufferGeometry();
    const corners = PANES.flatMap(({ min, max }) => [min[0], min[1], min[2], min[0], min[1], max[2], min[0], max[1], max[2], min[0], max[1], min[2]]);
    geometry.setAttribute("position", new THREE.Float32BufferAttribute(corners, 3));
    geometry.setIndex(PANES.flatMap((_, place) => [0, 1, 2, 0, 2, 3].map((corner) => corner + place * 4)));
    const material = new THREE.MeshBasicMaterial({ color: 0x7fb8b0, transparent: true, opacity: 0.07, side: THREE.DoubleSide, depthWrite: false });
    const panes = new THREE.Mesh(geometry, material);
    panes.renderOrder = 2;
    this.scene.add(panes);
  }
}
