// The live network, as large as a tray: machines as blocks in the colour of their state with their names over them, cables as light,
// and one message that is followed, as a bead on its way.
import * as THREE from "three";
import type { Plan, State, Traveller, Vec3 } from "../model.ts";
import { HEALTH } from "../model.ts";
import { Cables } from "../build/cables.ts";
import { Picture } from "../build/picture.ts";
import { INK, TONE, fitted, sans, slab } from "../draw/ink.ts";
import { standing } from "../plan/house.ts";
import { along, length } from "../plan/runs.ts";
import { things, type Thing } from "../plan/things.ts";
import { RADIUS_M, bows, course, nodes, type Node } from "./layout.ts";

const LABEL_PX = [384, 112] as const;
/** How fast the bead goes, in metres a second. */
const PACE = 0.22;

export class TableNetwork {
  readonly group = new THREE.Group();
  readonly nodes: Node[];
  private readonly ways: { link: number; points: Vec3[] }[];
  private readonly cables: Cables;
  private readonly blocks = new Map<string, { body: THREE.Mesh<THREE.BufferGeometry, THREE.MeshBasicMaterial>; label: Picture }>();
  private readonly bead = new THREE.Mesh(new THREE.SphereGeometry(0.011, 16, 12), new THREE.MeshBasicMaterial({ color: 0xffffff, toneMapped: false }));
  private readonly ring: THREE.Mesh;
  private followed: Traveller | undefined;
  private way: Vec3[] = [];
  private begun = 0;

  constructor(private readonly plan: Plan) {
    this.nodes = nodes(plan.network);
    this.ways = bows(plan.network, this.nodes);
    this.cables = new Cables(this.ways, 0.0028, 0.12);
    const plate = new THREE.Mesh(new THREE.CylinderGeometry(RADIUS_M + 0.08, RADIUS_M + 0.08, 0.006, 64), new THREE.MeshBasicMaterial({ color: 0x101817, transparent: true, opacity: 0.82 }));
    const rim = new THREE.Mesh(new THREE.TorusGeometry(RADIUS_M + 0.08, 0.003, 6, 96).rotateX(Math.PI / 2), new THREE.MeshBasicMaterial({ color: 0x62cbb8, toneMapped: false }));
    this.ring = new THREE.Mesh(new THREE.TorusGeometry(0.042, 0.003, 6, 36).rotateX(Math.PI / 2), new THREE.MeshBasicMaterial({ color: 0xffffff, toneMapped: false }));
    this.bead.visible = this.ring.visible = false;
    this.group.add(plate, rim, this.cables.mesh, this.bead, this.ring);
    for (const node of this.nodes) this.stand(node);
  }

  /** Shows how the drill stands. */
  show(state: State): void {
    this.cables.show(state.links, state.hosts, new Set(this.followed?.cables));
    for (const node of this.nodes) {
      const health = state.hosts.find((host) => host.host === node.id)?.health ?? "up";
      const links = state.links.filter((link) => link.from === node.id || link.to === node.id);
      const waiting = links.reduce((sum, link) => sum + link.waiting, 0);
      const block = this.blocks.get(node.id);
      if (!block) continue;
      block.body.material.color.set(node.kind === "switch" ? "#7d8f8a" : TONE[health]);
      const words = node.kind === "switch" ? `${links.reduce((sum, link) => sum + link.per_hour, 0)} an hour` : `${HEALTH[health].sign} ${HEALTH[health].word}${waiting ? ` · ${waiting} wait` : ""}`;
      block.label.show([node.title, words, health], (ctx) => {
        ctx.clearRect(0, 0, ...LABEL_PX);
        slab(ctx, 2, 2, LABEL_PX[0] - 4, LABEL_PX[1] - 4, "#0f1413d8", undefined, 18);
        ctx.textAlign = "center";
        ctx.textBaseline = "middle";
        ctx.fillStyle = INK.ink;
        ctx.font = sans(36, 600);
        ctx.fillText(fitted(ctx, node.title, LABEL_PX[0] - 30), LABEL_PX[0] / 2, 36);
        ctx.font = sans(29, 500);
        ctx.fillStyle = node.kind === "switch" ? INK.quiet : TONE[health];
        ctx.fillText(fitted(ctx, words, LABEL_PX[0] - 30), LABEL_PX[0] / 2, 80);
      });
    }
  }

  /** Follows a message, or none: from the sender's machine to where it is now. */
  follow(one: Traveller | undefined, now: number): void {
    this.followed = one;
    this.begun = now;
    const reached = one ? one.stops.indexOf(one.at) : -1;
    const whole = one ? course(this.plan.network, this.ways, one.stops, one.cables) : [];
    const stop = one && this.nodes.find((node) => node.id === one.at);
    // What waits half-way goes no further than where it waits.
    const end = stop && reached < (one?.stops.length ?? 0) - 1 ? whole.findIndex((point) => Math.hypot(point[0] - stop.at[0], point[2] - stop.at[2]) < 1e-6) : whole.length - 1;
    this.way = whole.slice(0, Math.max(1, end + 1));
    this.bead.visible = this.ring.visible = one !== undefined;
    if (stop) this.ring.position.set(stop.at[0], stop.at[1] - 0.02, stop.at[2]);
  }

  /** Lets light and bead run; names look at the eyes. */
  run(now: number, eyes: THREE.Vector3): void {
    this.cables.run(now);
    for (const { label } of this.blocks.values()) label.mesh.lookAt(eyes);
    if (!this.way.length) return;
    const whole = length(this.way);
    // At its place it rests a moment, then is shown the way once more.
    const gone = ((now - this.begun) * PACE) % (whole + PACE * 1.6);
    this.bead.position.set(...along(this.way, Math.min(gone, whole)));
  }

  /** What can be pointed at, in the space of the table: what is there in the rooms is here too. */
  things(state: State): Thing[] {
    const all = things(this.plan, state);
    return this.nodes.flatMap((node) => {
      const thing = all.find((one) => one.id === node.id);
      const wide = node.kind === "switch" ? 0.09 : 0.08;
      return thing ? [{ ...thing, box: standing([node.at[0], node.at[1] - 0.035, node.at[2]], [wide, 0.15, wide]) }] : [];
    });
  }

  private stand(node: Node): void {
    const shape = node.kind === "switch" ? new THREE.CylinderGeometry(0.028, 0.028, 0.018, 6) : new THREE.BoxGeometry(0.046, 0.046, 0.046);
    const body = new THREE.Mesh<THREE.BufferGeometry, THREE.MeshBasicMaterial>(shape, new THREE.MeshBasicMaterial({ color: 0x80d09a }));
    body.position.set(...node.at);
    const edges = new THREE.LineSegments(new THREE.EdgesGeometry(shape), new THREE.LineBasicMaterial({ color: 0x0b1110, transparent: true, opacity: 0.55 }));
    body.add(edges);
    if (node.at[1] > 0.06) {
      const foot = new THREE.Mesh(new THREE.CylinderGeometry(0.003, 0.003, node.at[1], 6), new THREE.MeshBasicMaterial({ color: 0x33403c }));
      foot.position.set(node.at[0], node.at[1] / 2, node.at[2]);
      this.group.add(foot);
    }
    const label = new Picture(0.15, 0.044, LABEL_PX).at([node.at[0] * 1.08, node.at[1] + 0.058, node.at[2] * 1.08]);
    label.mesh.material.transparent = true;
    label.mesh.renderOrder = 3;
    this.blocks.set(node.id, { body, label });
    this.group.add(body, label.mesh);
  }
}
