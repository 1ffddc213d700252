// A plug that a hand can take: it sits in its socket, follows the hand, and hangs by its cable when it is out.
import * as THREE from "three";
import type { Vec3 } from "../model.ts";

const HANG: Vec3 = [0.03, -0.16, 0.17];
const BENDS = 14;

export class Plug {
  readonly group = new THREE.Group();
  private readonly body: THREE.Mesh;
  private readonly cable: THREE.Mesh;
  private readonly points = Array.from({ length: BENDS }, () => new THREE.Vector3());

  /** A plug of a machine whose front looks to the south, 1, or the north, -1. */
  constructor(
    readonly host: string,
    readonly socket: Vec3,
    private readonly front: 1 | -1,
  ) {
    const teal = new THREE.MeshBasicMaterial({ color: 0x29d3b4 });
    this.body = new THREE.Mesh(new THREE.CapsuleGeometry(0.014, 0.05, 3, 8).rotateX(Math.PI / 2), teal);
    this.cable = new THREE.Mesh(new THREE.BufferGeometry(), new THREE.MeshBasicMaterial({ color: 0x17806f }));
    this.cable.frustumCulled = false;
    const ring = new THREE.Mesh(new THREE.TorusGeometry(0.032, 0.004, 6, 24), new THREE.MeshBasicMaterial({ color: 0xf0b95f }));
    ring.position.set(socket[0], socket[1], socket[2] + front * 0.012);
    this.group.add(this.body, this.cable, ring);
    this.rest(false);
  }

  /** In its socket, or hanging out of it. */
  rest(out: boolean): void {
    this.hold(out ? [this.socket[0] + HANG[0], this.socket[1] + HANG[1], this.socket[2] + this.front * HANG[2]] : [this.socket[0], this.socket[1], this.socket[2] + this.front * 0.035]);
  }

  /** Where a hand holds it. */
  hold(at: Vec3): void {
    this.body.position.set(...at);
    const root = new THREE.Vector3(this.socket[0] + 0.14, this.socket[1] - 0.02, this.socket[2] + this.front * 0.02);
    const back = new THREE.Vector3(at[0] + 0.02, at[1], at[2] + this.front * 0.05);
    const far = root.distanceTo(back);
    this.points.forEach((point, place) => {
      const t = place / (BENDS - 1);
      point.lerpVectors(root, back, t);
      // It hangs through, the less the further it is pulled.
      point.y -= Math.sin(t * Math.PI) * Math.max(0.02, 0.2 - far * 0.35);
      point.z += this.front * Math.sin(t * Math.PI) * 0.05;
    });
    this.cable.geometry.dispose();
    this.cable.geometry = new THREE.TubeGeometry(new THREE.CatmullRomCurve3(this.points), 20, 0.0065, 5);
  }
}

/** How far a hand has pulled a plug from its socket before it is out, in metres. */
export const PULLED_M = 0.22;
