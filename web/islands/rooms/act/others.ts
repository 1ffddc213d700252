// The others in the rooms: a head with a visor, hands, a name, and a line to what they point at. Also what they are told of us.
import * as THREE from "three";
import type { Pose, Vec3 } from "../model.ts";
import { Picture } from "../build/picture.ts";
import { INK, fitted, sans, slab } from "../draw/ink.ts";
import type { Server } from "../server.ts";
import type { Stage } from "../stage.ts";
import { vec } from "../visit.ts";

/** People who are drawn at most: those who are nearest. */
const DRAWN_MAX = 8;
/** Between two messages of where we are, in seconds: while we move, and while we stand. */
const MOVING_S = 0.25;
const STANDING_S = 3;
const NAME_PX = [512, 96] as const;
const COLOURS = [0x62cbb8, 0xf0b95f, 0x8dbcf0, 0xf29292, 0x80d09a, 0xc9a0e8, 0xe8d86a, 0x9fd3e0];

class Other {
  readonly group = new THREE.Group();
  private readonly head = new THREE.Group();
  private readonly hands: THREE.Mesh[];
  private readonly name = new Picture(0.5, 0.094, NAME_PX);
  private readonly line: THREE.Line;

  constructor(login: string, name: string) {
    const colour = COLOURS[[...login].reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % COLOURS.length]!;
    const skin = new THREE.MeshBasicMaterial({ color: colour });
    const visor = new THREE.Mesh(new THREE.BoxGeometry(0.15, 0.07, 0.05), new THREE.MeshBasicMaterial({ color: 0x101416 }));
    visor.position.set(0, 0.01, -0.09);
    this.head.add(new THREE.Mesh(new THREE.CapsuleGeometry(0.095, 0.05, 4, 12), skin), visor);
    this.hands = [0, 1].map(() => new THREE.Mesh(new THREE.SphereGeometry(0.045, 10, 8), skin));
    this.line = new THREE.Line(new THREE.BufferGeometry().setFromPoints([new THREE.Vector3(), new THREE.Vector3()]), new THREE.LineBasicMaterial({ color: colour, toneMapped: false }));
    this.line.frustumCulled = false;
    this.name.mesh.material.transparent = true;
    this.name.show(name, (ctx) => {
      ctx.clearRect(0, 0, ...NAME_PX);
      ctx.font = sans(46, 600);
      const width = Math.min(NAME_PX[0] - 6, ctx.measureText(name).width + 56);
      slab(ctx, (NAME_PX[0] - width) / 2, 6, width, 84, "#0f1413d8", undefined, 18);
      ctx.fillStyle = INK.ink;
      ctx.textAlign = "center";
      ctx.textBaseline = "middle";
      ctx.fillText(fitted(ctx, name, width - 30), NAME_PX[0] / 2, 50);
    });
    this.group.add(this.head, ...this.hands, this.name.mesh, this.line);
  }

  show(pose: Pose, eyes: THREE.Vector3): void {
    this.head.position.set(...pose.head);
    this.head.quaternion.set(...pose.turn);
    this.hands.forEach((hand, place) => {
      const at = pose.hands[place];
      hand.visible = at !== undefined;
      if (at) hand.position.set(...at);
    });
    this.name.mesh.position.set(pose.head[0], pose.head[1] + 0.25, pose.head[2]);
    this.name.mesh.lookAt(eyes);
    this.line.visible = pose.points !== null;
    if (pose.points) {
      const from = pose.hands[0] ?? [pose.head[0], pose.head[1] - 0.3, pose.head[2]];
      this.line.geometry.setFromPoints([new THREE.Vector3(...from), new THREE.Vector3(...pose.points)]);
    }
  }

  dispose(): void {
    this.name.dispose();
    this.line.geometry.dispose();
  }
}

export class Others {
  readonly group = new THREE.Group();
  private readonly known = new Map<string, Other>();
  private told = -STANDING_S;
  private said = "";

  /** Draws the others as they stand. */
  show(poses: readonly Pose[], eyes: THREE.Vector3): void {
    const far = (pose: Pose): number => eyes.distanceTo(new THREE.Vector3(...pose.head));
    const near = [...poses].sort((a, b) => far(a) - far(b)).slice(0, DRAWN_MAX);
    for (const [login, other] of this.known) {
      if (near.some((pose) => pose.login === login)) continue;
      this.group.remove(other.group);
      other.dispose();
      this.known.delete(login);
    }
    for (const pose of near) {
      let other = this.known.get(pose.login);
      if (!other) {
        other = new Other(pose.login, pose.name);
        this.known.set(pose.login, other);
        this.group.add(other.group);
      }
      other.show(pose, eyes);
    }
  }

  /** Tells the others where we stand: a few times a second while we move, seldom while we stand, never while nobody is looking. */
  tell(server: Server, stage: Stage, hands: readonly Vec3[], points: Vec3 | null, now: number): void {
    if (document.hidden) return;
    const { at, turn } = stage.eyes();
    const near = (point: Vec3): Vec3 => point.map((one) => Math.round(one * 100) / 100) as unknown as Vec3;
    const pose = { head: near(vec(at)), turn: [turn.x, turn.y, turn.z, turn.w] as const, hands: hands.slice(0, 2).map(near), points: points && near(points) };
    const said = JSON.stringify([pose.head, turn.toArray().map((one) => one.toFixed(2)), pose.hands, pose.points]);
    if (now - this.told < (said === this.said ? STANDING_S : MOVING_S)) return;
    [this.told, this.said] = [now, said];
    // Where somebody stands counts for nothing: what does not arrive is not sent again.
    server.pose(pose).catch(() => {});
  }
}
