// A picture that is drawn again when something changes: a canvas, a texture and the plane it is shown on.
import * as THREE from "three";
import type { Vec3 } from "../model.ts";
import type { Ctx } from "../draw/ink.ts";

export class Picture {
  readonly mesh: THREE.Mesh<THREE.PlaneGeometry, THREE.MeshBasicMaterial>;
  private readonly context: Ctx | null;
  private readonly texture: THREE.CanvasTexture;
  private shown = "";

  /** A plane of `width` by `height` metres with so many pixels. `shine` is how bright white is. */
  constructor(width: number, height: number, [wide, high]: readonly [number, number], shine = 1) {
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [Math.round(wide), Math.round(high)];
    this.context = canvas.getContext("2d");
    this.texture = new THREE.CanvasTexture(canvas);
    this.texture.colorSpace = THREE.SRGBColorSpace;
    this.texture.anisotropy = 8;
    const material = new THREE.MeshBasicMaterial({ map: this.texture, color: new THREE.Color(shine, shine, shine), toneMapped: false });
    this.mesh = new THREE.Mesh(new THREE.PlaneGeometry(width, height), material);
  }

  /** Puts it up: its middle, and where it looks, turned about the vertical; 0 looks to the south. */
  at([x, y, z]: Vec3, turn = 0): this {
    this.mesh.position.set(x, y, z);
    this.mesh.rotation.y = turn;
    return this;
  }

  /** Draws it, if what it shows is not what it showed. */
  show(what: unknown, draw: (ctx: Ctx) => void): void {
    const key = JSON.stringify(what);
    if (key === this.shown || !this.context) return;
    this.shown = key;
    this.context.save();
    draw(this.context);
    this.context.restore();
    this.texture.needsUpdate = true;
  }

  dispose(): void {
    this.texture.dispose();
    this.mesh.geometry.dispose();
    this.mesh.material.dispose();
  }
}
