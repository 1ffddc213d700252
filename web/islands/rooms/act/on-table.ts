// The live network in the real room: found a floor or a table, put there, held by an anchor, pointed at, a message followed.
import * as THREE from "three";
import type { State, Traveller, Vec3 } from "../model.ts";
import { first, type Ray } from "../plan/ray.ts";
import type { Stage } from "../stage.ts";
import { TableNetwork } from "../table/table-network.ts";
import { vec, type Visit } from "../visit.ts";
import { Board } from "./board.ts";
import type { Hand } from "./hand.ts";
import { Marks } from "./marks.ts";
import type { Sheet } from "./sheet.ts";

/** How far one can point over a table, in metres. */
const REACH_M = 4;

export class OnTable {
  readonly scene = new THREE.Scene();
  readonly board = new Board();
  active = false;
  private readonly table: TableNetwork;
  private readonly marks = new Marks(false);
  private readonly reticle = new THREE.Mesh(new THREE.RingGeometry(0.11, 0.13, 40).rotateX(-Math.PI / 2), new THREE.MeshBasicMaterial({ color: 0x7ff0dc, toneMapped: false }));
  private source: XRHitTestSource | undefined;
  private anchor: XRAnchor | undefined;
  private placed = false;
  private asked = false;
  private asksMenu = false;
  private now = 0;

  constructor(
    private readonly stage: Stage,
    private readonly visit: Visit,
    private readonly hands: readonly Hand[],
  ) {
    this.table = new TableNetwork(visit.plan);
    this.table.group.visible = false;
    this.table.group.add(this.marks.group);
    this.reticle.visible = false;
    this.scene.add(this.table.group, this.reticle, this.board.mesh);
    for (const hand of hands) hand.aim.addEventListener("selectstart", () => this.active && this.press(hand));
    this.show(visit.state);
  }

  /** Begins to look for places in the real room. */
  async begin(session: XRSession): Promise<void> {
    const viewer = await session.requestReferenceSpace("viewer");
    this.source = await session.requestHitTestSource?.({ space: viewer });
    this.stage.rig.position.set(0, 0, 0);
    this.stage.rig.rotation.set(0, 0, 0);
    this.active = true;
    this.again();
  }

  end(): void {
    this.active = false;
    this.source?.cancel();
    this.source = undefined;
    this.letGo();
  }

  /** Takes it up again, to be put elsewhere. */
  again(): void {
    this.letGo();
    this.placed = false;
    this.table.group.visible = false;
    this.visit.tell("Look at a table or the floor until the ring lies on it, and press.");
  }

  show(state: State): void {
    this.table.show(state);
  }

  follow(one: Traveller | undefined): void {
    this.table.follow(one, this.now);
    this.table.show(this.visit.state);
  }

  sheet(sheet: Sheet | undefined, note: string): void {
    this.board.show(sheet, note, this.stage.eyes());
  }

  /** What it says of itself: `looking`, `found`, `placed` or `anchored`. */
  get standing(): string {
    if (this.placed) return this.anchor ? "anchored" : "placed";
    return this.reticle.visible ? "found" : "looking";
  }

  frame(now: number, frame: XRFrame | undefined): void {
    this.now = now;
    const space = this.stage.renderer.xr.getReferenceSpace();
    if (frame && space) this.find(frame, space);
    const eyes = this.stage.eyes();
    this.table.group.updateMatrixWorld(true);
    this.table.run(this.visit.comfort.lively ? now : 0, eyes.at);
    let pointed: number | undefined;
    for (const hand of this.hands) {
      if (!hand.source) {
        hand.show(0);
        continue;
      }
      const ray = hand.ray();
      const board = this.board.meets(ray);
      pointed ??= board?.button;
      const far = board?.metres ?? this.point(ray);
      hand.show(Math.min(far, 2));
    }
    const opens = this.hands.some((hand) => hand.asksMenu());
    if (opens && !this.asksMenu) this.visit.openMenu();
    this.asksMenu = opens;
    this.board.draw(pointed);
    this.marks.show(this.board.mesh.visible ? undefined : this.visit.focus, eyes.at);
  }

  /** Where the middle of the view meets the real room. A result holds only within its picture: what is asked for is done here. */
  private find(frame: XRFrame, space: XRReferenceSpace): void {
    if (this.anchor) {
      const held = frame.getPose(this.anchor.anchorSpace, space);
      if (held) this.table.group.position.setFromMatrixPosition(new THREE.Matrix4().fromArray(held.transform.matrix));
    }
    const hit = this.source && !this.placed ? frame.getHitTestResults(this.source)[0] : undefined;
    const pose = hit?.getPose(space);
    this.reticle.visible = pose !== undefined;
    if (!hit || !pose) return;
    this.reticle.position.setFromMatrixPosition(new THREE.Matrix4().fromArray(pose.transform.matrix));
    if (!this.asked) return;
    this.asked = false;
    this.put(this.reticle.position);
    // Where the device can hold it to the place, it does; elsewhere it stands where it was put.
    hit.createAnchor?.()?.then((anchor) => (this.anchor = anchor)).catch(() => undefined);
  }

  private put(at: THREE.Vector3): void {
    const eyes = this.stage.eyes().at;
    this.table.group.position.copy(at);
    this.table.group.rotation.y = Math.atan2(eyes.x - at.x, eyes.z - at.z);
    this.table.group.visible = this.placed = true;
    this.reticle.visible = false;
    this.visit.tell("Here it stands. Point at a machine and press; press beside it for the menu.");
  }

  private press(hand: Hand): void {
    if (!this.placed) {
      this.asked = true;
      return;
    }
    const ray = hand.ray();
    const board = this.board.meets(ray);
    if (board) {
      const does = this.board.does(board.button);
      if (does) void this.visit.does(does);
      return;
    }
    if (this.point(ray) < Infinity) this.visit.open();
    else this.visit.openMenu();
  }

  /** Looks along a ray, in the space of the table. */
  private point(ray: Ray): number {
    if (!this.placed) return Infinity;
    const back = this.table.group.matrixWorld.clone().invert();
    const from = new THREE.Vector3(...ray.from).applyMatrix4(back);
    const to = new THREE.Vector3(...ray.to).transformDirection(back);
    const found = first({ from: vec(from), to: vec(to) }, this.table.things(this.visit.state), REACH_M);
    this.visit.focus = found?.hit;
    return found?.metres ?? Infinity;
  }

  private letGo(): void {
    this.anchor?.delete();
    this.anchor = undefined;
  }

  /** Where a machine stands in the real room. */
  at(id: string): Vec3 | undefined {
    const node = this.table.nodes.find((one) => one.id === id);
    return node && this.placed ? vec(this.table.group.localToWorld(new THREE.Vector3(...node.at))) : undefined;
  }
}
