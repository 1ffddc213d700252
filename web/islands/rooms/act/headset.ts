// Being in the rooms with a headset: point and press, throw oneself to a place, turn by steps, take plugs and the cart in hand.
import * as THREE from "three";
import type { Vec3 } from "../model.ts";
import { at, floor, meets, thrown, type Ray } from "../plan/ray.ts";
import { canStand } from "../plan/walk.ts";
import { distance } from "../plan/runs.ts";
import { PULLED_M } from "../build/plug.ts";
import type { Stage } from "../stage.ts";
import { vec, type Visit } from "../visit.ts";
import { Board } from "./board.ts";
import { Hand } from "./hand.ts";
import type { Marks } from "./marks.ts";
import type { Sheet } from "./sheet.ts";

/** How far a hand may be from what it takes, in metres: at it, or along its ray. */
const GRASP_M = 0.3;
const STEP_MAX_M = 9;
/** How much the eyes of somebody who sits are lifted. */
const SEATED_M = 0.42;
const GLIDE = 1.9;

export class Headset {
  readonly board = new Board();
  readonly hands: readonly Hand[];
  /** Whether the rooms are what is worn, and not the table. */
  active = false;
  private readonly blinkers: THREE.Mesh;
  private asked = false;
  private arrival: { to: Vec3; look: Vec3; pictures: number } | undefined;

  constructor(
    private readonly stage: Stage,
    private readonly visit: Visit,
    private readonly marks: Marks,
  ) {
    this.hands = ([0, 1] as const).map((place) => new Hand(stage.renderer.xr, place));
    for (const hand of this.hands) {
      stage.rig.add(hand.seen);
      hand.aim.addEventListener("selectstart", () => this.active && this.press(hand));
      hand.aim.addEventListener("selectend", () => this.active && this.release(hand));
      hand.aim.addEventListener("squeezestart", () => this.active && this.grasp(hand));
      hand.aim.addEventListener("squeezeend", () => this.active && this.release(hand));
    }
    this.blinkers = blinkers();
    stage.camera.add(this.blinkers);
  }

  /** Where the hands are, and what the pointing one points at, for the others. */
  posture(): { hands: Vec3[]; points: Vec3 | null } {
    const held = this.hands.filter((hand) => hand.source);
    const pointing = this.pointing();
    const ray = pointing?.ray();
    const metres = ray && this.visit.focus ? meets(ray, this.visit.focus.box) : Infinity;
    return { hands: held.map((hand) => hand.palm()), points: ray && metres < Infinity ? at(ray, metres) : null };
  }

  show(sheet: Sheet | undefined, note: string): void {
    this.board.show(sheet, note, this.stage.eyes());
  }

  /** Puts whoever puts it on where they stood on the screen, as soon as the headset has said where the head is. */
  arrive(to: Vec3, look: Vec3): void {
    this.arrival = { to, look, pictures: 0 };
  }

  /** Puts whoever wears it somewhere, with the head over that place, looking at something. */
  place(to: Vec3, look?: Vec3): void {
    const { rig } = this.stage;
    rig.position.y = this.visit.comfort.seated ? SEATED_M : 0;
    rig.updateMatrixWorld(true);
    const { at: eyes, turn } = this.stage.eyes();
    if (look) {
      const ahead = new THREE.Vector3(0, 0, -1).applyQuaternion(turn);
      const [is, shall] = [Math.atan2(-ahead.x, -ahead.z), Math.atan2(-(look[0] - to[0]), -(look[2] - to[2]))];
      this.turn(shall - is);
    }
    const now = look ? this.stage.eyes().at : eyes;
    rig.position.x += to[0] - now.x;
    rig.position.z += to[2] - now.z;
    rig.updateMatrixWorld(true);
  }

  frame(passed: number): void {
    if (this.arrival && ++this.arrival.pictures > 2) {
      this.place(this.arrival.to, this.arrival.look);
      this.arrival = undefined;
    }
    const eyes = this.stage.eyes();
    this.stage.rig.position.y = this.visit.comfort.seated ? SEATED_M : 0;
    const ahead = vec(new THREE.Vector3(0, 0, -1).applyQuaternion(eyes.turn));
    this.visit.walks(vec(eyes.at), ahead);
    let landing: { at: Vec3 | undefined; arc: Vec3[] } = { at: undefined, arc: [] };
    let pointed: number | undefined;
    this.blinkers.visible = false;
    for (const hand of this.hands) {
      if (!hand.source) {
        hand.show(0);
        continue;
      }
      this.carry(hand);
      landing = this.stick(hand, passed) ?? landing;
      if (hand !== this.pointing()) {
        hand.show(0.25);
        continue;
      }
      const ray = hand.ray();
      const board = this.board.meets(ray);
      pointed = board?.button;
      const far = board ? board.metres : this.visit.point(ray);
      if (board) this.visit.focus = undefined;
      hand.show(Math.min(far, floor(ray)));
      const spot = far === Infinity && !landing.arc.length ? this.spot(ray) : undefined;
      if (spot) landing = { at: spot, arc: [] };
    }
    this.board.draw(pointed);
    this.marks.land(landing.at, landing.arc);
    this.marks.show(this.board.mesh.visible ? undefined : this.visit.focus, eyes.at);
    this.menu();
  }

  /** The hand that points: the one that was chosen, or the only one. */
  private pointing(): Hand | undefined {
    const own = this.hands.find((hand) => hand.source?.handedness === this.visit.comfort.hand);
    return own ?? this.hands.find((hand) => hand.source);
  }

  private spot(ray: Ray): Vec3 | undefined {
    const far = floor(ray);
    const spot = far < STEP_MAX_M ? at(ray, far) : undefined;
    return spot && canStand(this.visit.ground, spot) ? spot : undefined;
  }

  private press(hand: Hand): void {
    const ray = hand.ray();
    const board = this.board.meets(ray);
    if (board) {
      const does = this.board.does(board.button);
      if (!does) return;
      hand.buzz();
      return void this.visit.does(does);
    }
    // A bare hand has no grip: it takes what is between its fingers.
    if (hand.isBare && this.grasp(hand, true)) return;
    if (this.visit.point(ray) < Infinity) {
      hand.buzz();
      return this.visit.open();
    }
    const spot = this.spot(ray);
    if (spot) this.place(spot);
    this.visit.closeSheet();
  }

  /** Takes what is at the hand, or what it points at. Says whether there was something. */
  private grasp(hand: Hand, near = false): boolean {
    const palm = hand.palm();
    const ray = hand.ray();
    const close = (id: string): boolean => {
      const thing = this.visit.things.find((one) => one.id === id);
      if (!thing) return false;
      const middle: Vec3 = [0, 1, 2].map((axis) => (thing.box.min[axis]! + thing.box.max[axis]!) / 2) as unknown as Vec3;
      return distance(middle, palm) < GRASP_M + (id === "cart" ? 0.6 : 0) || (!near && meets(ray, thing.box) < 3);
    };
    const plug = [...(this.visit.rooms?.plugs.keys() ?? [])].find((host) => close(`cable:${host}`));
    if (plug) hand.holds = { plug };
    else if (close("cart")) hand.holds = { cart: true };
    if (!hand.holds) return false;
    hand.buzz();
    if ("cart" in hand.holds) this.visit.push(true);
    return true;
  }

  /** Moves what a hand holds; a plug that has come far enough is out, or in. */
  private carry(hand: Hand): void {
    if (!hand.holds || !("plug" in hand.holds)) return;
    const host = hand.holds.plug;
    const plug = this.visit.rooms?.plugs.get(host);
    const palm = hand.palm();
    plug?.hold(palm);
    const out = this.visit.state.hosts.some((one) => one.host === host && one.health === "cut");
    const far = plug ? distance(plug.socket, palm) : 0;
    if (out ? far < GRASP_M / 2 : far > PULLED_M) {
      hand.buzz();
      this.visit.hand(this.visit.things.find((thing) => thing.id === `cable:${host}`));
      hand.holds = undefined;
    }
  }

  private release(hand: Hand): void {
    if (!hand.holds) return;
    if ("cart" in hand.holds && this.visit.pushing) this.visit.push(false);
    if ("plug" in hand.holds) this.visit.rooms?.show(this.visit.state);
    hand.holds = undefined;
  }

  /** The stick: forward throws, sideways turns. Returns where the throw would land. */
  private stick(hand: Hand, passed: number): { at: Vec3 | undefined; arc: Vec3[] } | undefined {
    const [right, ahead] = hand.stick();
    const { turn, blinkers } = this.visit.comfort;
    const glides = turn === 0 && Math.abs(right) > 0.25 && !hand.throwing;
    if (glides) {
      this.blinkers.visible = blinkers;
      this.turn(-right * GLIDE * passed);
    }
    if (turn > 0 && Math.abs(right) > 0.7 && hand.rested) {
      hand.rested = false;
      this.turn((-Math.sign(right) * turn * Math.PI) / 180);
    }
    if (Math.hypot(right, ahead) < 0.35) hand.rested = true;
    const { land, arc } = thrown(hand.ray());
    const spot = land && canStand(this.visit.ground, land) ? land : undefined;
    if (ahead > 0.6) {
      hand.throwing = true;
      return { at: spot, arc };
    }
    if (hand.throwing && ahead < 0.3) {
      hand.throwing = false;
      if (spot) this.place(spot);
    }
    return undefined;
  }

  /** Turns about the head, so that nothing but the room moves. */
  private turn(by: number): void {
    const { rig } = this.stage;
    const before = this.stage.eyes().at;
    rig.rotation.y += by;
    rig.updateMatrixWorld(true);
    const after = before.clone().sub(rig.position).applyAxisAngle(new THREE.Vector3(0, 1, 0), by).add(rig.position);
    rig.position.add(before.sub(after).setY(0));
    rig.updateMatrixWorld(true);
  }

  private menu(): void {
    const asks = this.hands.some((hand) => hand.asksMenu());
    if (asks && !this.asked) this.visit.openMenu();
    this.asked = asks;
  }
}

/** A ring of dark around the middle of the view. */
function blinkers(): THREE.Mesh {
  const mesh = new THREE.Mesh(new THREE.RingGeometry(0.09, 0.6, 40), new THREE.MeshBasicMaterial({ color: 0x000000, transparent: true, opacity: 0.92, depthTest: false, toneMapped: false }));
  mesh.position.z = -0.15;
  mesh.renderOrder = 20;
  mesh.visible = false;
  return mesh;
}
