// What shows where one points: a frame around the thing and its name, the throw of a step, and the ring where it ends.
import * as THREE from "three";
import type { Vec3 } from "../model.ts";
import type { Thing } from "../plan/things.ts";
import { middle, size } from "../plan/house.ts";
import { Picture } from "../build/picture.ts";
import { INK, fitted, sans, slab } from "../draw/ink.ts";

const LABEL_PX = [720, 120] as const;
const ARC = 26;

export class Marks {
  readonly group = new THREE.Group();
  private readonly frame = new THREE.LineSegments(new THREE.EdgesGeometry(new THREE.BoxGeometry(1, 1, 1)), new THREE.LineBasicMaterial({ color: 0x7ff0dc, transparent: true, opacity: 0.9, toneMapped: false }));
  private readonly label = new Picture(0.6, 0.1, LABEL_PX);
  private readonly ring = new THREE.Mesh(new THREE.RingGeometry(0.2, 0.26, 36).rotateX(-Math.PI / 2), new THREE.MeshBasicMaterial({ color: 0x7ff0dc, transparent: true, opacity: 0.85, toneMapped: false, depthWrite: false }));
  private readonly arc = new THREE.Line(new THREE.BufferGeometry().setAttribute("position", new THREE.Float32BufferAttribute(new Float32Array(ARC * 3), 3)), new THREE.LineBasicMaterial({ color: 0x7ff0dc, toneMapped: false }));

  /** `named` says whether the thing's name hangs over it. */
  constructor(private readonly named = true) {
    this.label.mesh.material.transparent = true;
    this.label.mesh.material.depthTest = false;
    this.label.mesh.renderOrder = 8;
    this.arc.frustumCulled = false;
    this.group.add(this.frame, this.label.mesh, this.ring, this.arc);
    this.show(undefined, new THREE.Vector3());
    this.land(undefined, []);
  }

  /** Frames a thing, for eyes that are there. */
  show(thing: Thing | undefined, eyes: THREE.Vector3): void {
    this.frame.visible = thing !== undefined;
    this.label.mesh.visible = this.frame.visible && this.named;
    if (!thing) return;
    const at = middle(thing.box);
    const [wide, high, deep] = size(thing.box);
    this.frame.position.set(...at);
    this.frame.scale.set(wide + 0.02, high + 0.02, deep + 0.02);
    if (!this.named) return;
    const words = thing.commands.some((command) => command.why_not === null) ? `${thing.title} ▸` : thing.title;
    this.label.show(words, (ctx) => {
      ctx.clearRect(0, 0, ...LABEL_PX);
      ctx.font = sans(56, 600);
      const width = Math.min(LABEL_PX[0] - 8, ctx.measureText(words).width + 72);
      slab(ctx, (LABEL_PX[0] - width) / 2, 8, width, 104, "#0f1413e6", INK.accent, 20);
      ctx.fillStyle = INK.ink;
      ctx.textAlign = "center";
      ctx.textBaseline = "middle";
      ctx.fillText(fitted(ctx, words, width - 40), LABEL_PX[0] / 2, 62);
    });
    const mesh = this.label.mesh;
    mesh.position.set(at[0], thing.box.max[1] + 0.09, at[2]);
    const far = mesh.position.distanceTo(eyes);
    mesh.scale.setScalar(Math.min(2.2, Math.max(0.55, far * 0.34)));
    mesh.lookAt(eyes);
  }

  /** Shows where a step would land; nothing, where none is meant. */
  land(at: Vec3 | undefined, arc: readonly Vec3[]): void {
    this.ring.visible = at !== undefined;
    this.arc.visible = arc.length > 1;
    if (at) this.ring.position.set(at[0], 0.02, at[2]);
    if (arc.length < 2) return;
    const places = this.arc.geometry.getAttribute("position") as THREE.BufferAttribute;
    for (let place = 0; place < ARC; place++) places.setXYZ(place, ...arc[Math.min(place, arc.length - 1)]!);
    places.needsUpdate = true;
  }
}
