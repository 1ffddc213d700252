// A sheet that hangs in the room, before whoever wears a headset.
import * as THREE from "three";
import { Picture } from "../build/picture.ts";
import type { Ray } from "../plan/ray.ts";
import { SHEET_PX, buttonAt, drawSheet } from "../draw/sheet.ts";
import type { Sheet } from "./sheet.ts";

const WIDTH_M = 0.6;
const HEIGHT_M = (WIDTH_M * SHEET_PX.height) / SHEET_PX.width;
/** How far before the eyes it hangs. */
const AWAY_M = 0.85;

export class Board {
  private readonly picture = new Picture(WIDTH_M, HEIGHT_M, [SHEET_PX.width, SHEET_PX.height]);
  private readonly caster = new THREE.Raycaster();
  private sheet: Sheet | undefined;
  private note = "";

  constructor() {
    this.mesh.material.transparent = true;
    this.mesh.renderOrder = 4;
    this.mesh.visible = false;
  }

  get mesh(): THREE.Mesh<THREE.PlaneGeometry, THREE.MeshBasicMaterial> {
    return this.picture.mesh;
  }

  /** Shows a sheet. One that was not open before is hung where the eyes look. */
  show(sheet: Sheet | undefined, note: string, eyes: { at: THREE.Vector3; turn: THREE.Quaternion }): void {
    const hang = sheet !== undefined && sheet.title !== this.sheet?.title;
    [this.sheet, this.note] = [sheet, note];
    this.mesh.visible = sheet !== undefined;
    if (!sheet) return;
    if (hang) this.hang(eyes);
    this.draw(undefined);
  }

  /** What a ray meets on it: how far, and which button. */
  meets(ray: Ray): { metres: number; button: number | undefined } | undefined {
    if (!this.sheet || !this.mesh.visible) return undefined;
    this.caster.set(new THREE.Vector3(...ray.from), new THREE.Vector3(...ray.to));
    const hit = this.caster.intersectObject(this.mesh, false)[0];
    return hit?.uv && { metres: hit.distance, button: buttonAt(this.sheet, [hit.uv.x, hit.uv.y]) };
  }

  /** Shows which button is pointed at. */
  draw(pointed: number | undefined): void {
    const { sheet, note } = this;
    if (sheet) this.picture.show([sheet, note, pointed], (ctx) => drawSheet(ctx, sheet, note, pointed));
  }

  /** Where it hangs, and how it is turned about the vertical. */
  get hangs(): string {
    const { x, y, z } = this.mesh.position;
    const out = new THREE.Vector3(0, 0, 1).applyQuaternion(this.mesh.quaternion);
    return [x, y, z, Math.atan2(out.x, out.z)].map((one) => one.toFixed(3)).join(" ");
  }

  /** What its buttons do, in their order; nothing while it does not hang. */
  get offers(): string {
    return this.sheet?.buttons.map((one) => one.does).join(" ") ?? "";
  }

  /** What a button does, if it can be pressed. */
  does(button: number | undefined): string | undefined {
    const found = button === undefined ? undefined : this.sheet?.buttons[button];
    return found?.open ? found.does : undefined;
  }

  private hang({ at, turn }: { at: THREE.Vector3; turn: THREE.Quaternion }): void {
    const ahead = new THREE.Vector3(0, 0, -1).applyQuaternion(turn);
    ahead.y = 0;
    ahead.normalize();
    this.mesh.position.copy(at).addScaledVector(ahead, AWAY_M);
    this.mesh.position.y = Math.max(0.75, at.y - 0.12);
    this.mesh.lookAt(at.x, this.mesh.position.y + 0.12, at.z);
  }
}
