// Walking through the rooms on a screen: drag to look, press to open or to go, keys to walk, and keys alone for everything.
import * as THREE from "three";
import type { Vec3 } from "../model.ts";
import { middle } from "../plan/house.ts";
import { canStand, step } from "../plan/walk.ts";
import { at, floor, type Ray } from "../plan/ray.ts";
import { distance } from "../plan/runs.ts";
import type { Thing } from "../plan/things.ts";
import type { Stage } from "../stage.ts";
import { vec, type Visit } from "../visit.ts";
import type { Marks } from "./marks.ts";

/** Eyes of somebody who stands, in metres; a step, metres a second; a turn, radians a second. */
const EYES_M = 1.62;
const WALK = 2.4;
const TURN = 1.7;
/** What a finger may move and still have pressed, in pixels. */
const STILL_PX = 6;

export class Flat {
  private here: Vec3 = [0, 0, 0];
  private yaw = 0;
  private pitch = 0;
  private held = new Set<string>();
  private drag: { x: number; y: number; far: boolean } | undefined;
  private mouse: THREE.Vector2 | undefined;
  private goal: Vec3 | undefined;
  private chosen = -1;
  private readonly away = new AbortController();

  constructor(
    private readonly stage: Stage,
    private readonly view: HTMLElement,
    private readonly visit: Visit,
    private readonly marks: Marks,
  ) {
    const on = { signal: this.away.signal };
    view.addEventListener("pointerdown", (event) => this.pressed(event), on);
    view.addEventListener("pointermove", (event) => this.moved(event), on);
    view.addEventListener("pointerup", (event) => this.released(event), on);
    view.addEventListener("pointercancel", () => (this.drag = undefined), on);
    view.addEventListener("pointerleave", () => (this.mouse = undefined), on);
    view.addEventListener("keydown", (event) => this.key(event), on);
    view.addEventListener("keyup", (event) => this.held.delete(event.key.toLowerCase()), on);
    view.addEventListener("blur", () => this.held.clear(), on);
  }

  close(): void {
    this.away.abort();
  }

  /** Puts the visitor somewhere, looking at something. */
  place(to: Vec3, look: Vec3): void {
    this.here = to;
    this.goal = undefined;
    this.face(look);
  }

  face(look: Vec3): void {
    const [dx, dy, dz] = [look[0] - this.here[0], look[1] - EYES_M, look[2] - this.here[2]];
    this.yaw = Math.atan2(-dx, -dz);
    this.pitch = Math.atan2(dy, Math.hypot(dx, dz));
  }

  frame(passed: number): void {
    this.walk(passed);
    this.stage.rig.position.set(this.here[0], 0, this.here[2]);
    this.stage.rig.rotation.set(0, 0, 0);
    this.stage.camera.position.set(0, EYES_M, 0);
    this.stage.camera.rotation.set(this.pitch, this.yaw, 0, "YXZ");
    this.stage.rig.updateMatrixWorld(true);
    this.visit.walks(this.here, [-Math.sin(this.yaw), 0, -Math.cos(this.yaw)]);
    if (this.mouse && !this.drag) {
      const ray = this.ray(this.mouse);
      const far = this.visit.point(ray);
      const land = floor(ray);
      const spot = far === Infinity && land < 9 ? at(ray, land) : undefined;
      this.marks.land(spot && canStand(this.visit.ground, spot) ? spot : undefined, []);
      this.view.style.cursor = this.visit.focus ? "pointer" : "";
    }
    this.marks.show(this.visit.focus, this.stage.eyes().at);
  }

  private walk(passed: number): void {
    const is = (...keys: string[]): number => (keys.some((key) => this.held.has(key)) ? 1 : 0);
    this.yaw += (is("arrowleft", "q") - is("arrowright")) * TURN * passed;
    const [ahead, aside] = [is("arrowup", "w") - is("arrowdown", "s"), is("d") - is("a")];
    const pace = WALK * passed * (this.held.has("shift") ? 1.8 : 1);
    if (ahead || aside) {
      this.goal = undefined;
      const [c, s] = [Math.cos(this.yaw), Math.sin(this.yaw)];
      this.here = step(this.visit.ground, this.here, [(-s * ahead + c * aside) * pace, (-c * ahead - s * aside) * pace]);
    } else if (this.goal) {
      const far = distance(this.here, this.goal);
      const part = Math.min(1, (passed * Math.max(4, far * 5)) / Math.max(far, 1e-3));
      this.here = [this.here[0] + (this.goal[0] - this.here[0]) * part, 0, this.here[2] + (this.goal[2] - this.here[2]) * part];
      if (part === 1) this.goal = undefined;
    }
  }

  private pressed(event: PointerEvent): void {
    if (event.target !== this.stage.renderer.domElement) return;
    this.view.focus({ preventScroll: true });
    this.view.setPointerCapture(event.pointerId);
    this.drag = { x: event.clientX, y: event.clientY, far: false };
  }

  private moved(event: PointerEvent): void {
    this.mouse = this.onScreen(event);
    if (!this.drag) return;
    const [dx, dy] = [event.clientX - this.drag.x, event.clientY - this.drag.y];
    if (!this.drag.far && Math.hypot(dx, dy) < STILL_PX) return;
    this.yaw += dx * 0.0042;
    this.pitch = Math.max(-1.2, Math.min(1.2, this.pitch + dy * 0.0042));
    this.drag = { x: event.clientX, y: event.clientY, far: true };
  }

  private released(event: PointerEvent): void {
    const drag = this.drag;
    this.drag = undefined;
    if (!drag || drag.far) return;
    const ray = this.ray(this.onScreen(event));
    if (this.visit.point(ray) < Infinity) return this.visit.open();
    const spot = at(ray, Math.min(floor(ray), 60));
    if (floor(ray) < 9 && canStand(this.visit.ground, spot)) this.goal = [spot[0], 0, spot[2]];
    this.visit.closeSheet();
  }

  private key(event: KeyboardEvent): void {
    if (event.target !== this.view || event.ctrlKey || event.metaKey || event.altKey) return;
    const key = event.key.toLowerCase();
    const walks = ["arrowup", "arrowdown", "arrowleft", "arrowright", "w", "a", "s", "d", "q", "shift"];
    if (walks.includes(key)) {
      this.held.add(key);
      this.mouse = undefined;
      if (key.startsWith("arrow")) event.preventDefault();
      return;
    }
    const does: Record<string, () => void> = {
      enter: () => this.visit.open(),
      e: () => this.visit.open(),
      n: () => this.next(1),
      p: () => this.next(-1),
      m: () => this.visit.openMenu(),
      g: () => this.visit.push(!this.visit.pushing),
      escape: () => this.visit.closeSheet(),
    };
    does[key]?.();
    if (does[key] && key !== "escape") event.preventDefault();
  }

  /** Turns to the next thing within reach, and says its name. */
  private next(by: 1 | -1): void {
    this.mouse = undefined;
    const near = this.visit.things.filter((thing) => distance(middle(thing.box), [this.here[0], 1.4, this.here[2]]) < 6.5);
    if (!near.length) return;
    this.chosen = (this.chosen + by + near.length) % near.length;
    this.show(near[this.chosen]!);
  }

  /** Looks at a thing, going nearer if it is far. */
  show(thing: Thing): void {
    this.face(middle(thing.box));
    this.visit.focus = thing;
    this.mouse = undefined;
    this.visit.tell(`${thing.title}. ${thing.says[0] ?? ""}`);
  }

  private onScreen(event: PointerEvent): THREE.Vector2 {
    const box = this.view.getBoundingClientRect();
    return new THREE.Vector2(((event.clientX - box.left) / box.width) * 2 - 1, 1 - ((event.clientY - box.top) / box.height) * 2);
  }

  private ray(at: THREE.Vector2): Ray {
    const caster = new THREE.Raycaster();
    caster.setFromCamera(at, this.stage.camera);
    return { from: vec(caster.ray.origin), to: vec(caster.ray.direction) };
  }
}
