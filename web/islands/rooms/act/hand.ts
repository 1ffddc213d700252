// One hand in a headset, with a controller in it or bare: where it points, what it holds, and how it looks.
import * as THREE from "three";
import type { Vec3 } from "../model.ts";
import type { Ray } from "../plan/ray.ts";
import { vec } from "../visit.ts";

const JOINTS = 25;

export class Hand {
  /** Where it points from, and where to. */
  readonly aim: THREE.XRTargetRaySpace;
  readonly grip: THREE.XRGripSpace;
  readonly seen = new THREE.Group();
  source: XRInputSource | undefined;
  /** What it holds: the machine whose plug it is, or the cart. */
  holds: { plug: string } | { cart: true } | undefined;
  /** Whether the stick has come back since the last turn or throw. */
  rested = true;
  throwing = false;
  private readonly beam: THREE.Mesh;
  private readonly wand: THREE.Mesh;
  private readonly bones: THREE.InstancedMesh;
  private readonly joints: THREE.XRHandSpace;

  constructor(
    xr: THREE.WebXRManager,
    readonly place: 0 | 1,
  ) {
    this.aim = xr.getController(place);
    this.grip = xr.getControllerGrip(place);
    this.joints = xr.getHand(place);
    const light = new THREE.MeshBasicMaterial({ color: 0xa9f5e6, transparent: true, opacity: 0.55, toneMapped: false, depthWrite: false });
    this.beam = new THREE.Mesh(new THREE.CylinderGeometry(0.0016, 0.0035, 1, 6, 1, true).rotateX(-Math.PI / 2).translate(0, 0, -0.5), light);
    this.beam.renderOrder = 6;
    this.aim.add(this.beam);
    this.wand = new THREE.Mesh(new THREE.CapsuleGeometry(0.018, 0.09, 4, 10).rotateX(Math.PI / 2.4), new THREE.MeshBasicMaterial({ color: 0x39464a }));
    const band = new THREE.Mesh(new THREE.TorusGeometry(0.021, 0.004, 6, 18), new THREE.MeshBasicMaterial({ color: 0x62cbb8 }));
    band.position.set(0, 0.012, -0.035);
    this.wand.add(band);
    this.grip.add(this.wand);
    this.bones = new THREE.InstancedMesh(new THREE.SphereGeometry(1, 8, 6), new THREE.MeshBasicMaterial({ color: 0x8fd8ca }), JOINTS);
    this.bones.frustumCulled = false;
    this.bones.visible = false;
    this.seen.add(this.aim, this.grip, this.joints, this.bones);
    this.aim.addEventListener("connected", ({ data }) => (this.source = data));
    this.aim.addEventListener("disconnected", () => (this.source = undefined));
  }

  get isBare(): boolean {
    return Boolean(this.source?.hand);
  }

  ray(): Ray {
    const from = this.aim.getWorldPosition(new THREE.Vector3());
    const to = new THREE.Vector3(0, 0, -1).transformDirection(this.aim.matrixWorld);
    return { from: vec(from), to: vec(to) };
  }

  /** Where the palm is. A bare hand holds with its fingertips. */
  palm(): Vec3 {
    const tip = this.joints.joints["index-finger-tip"];
    const holder = this.isBare && tip ? tip : this.grip;
    return vec(holder.getWorldPosition(new THREE.Vector3()));
  }

  /** Draws it, with a beam so long. */
  show(beam: number): void {
    this.beam.visible = this.source !== undefined;
    this.beam.scale.z = Math.max(0.02, Math.min(beam, 6));
    this.wand.visible = !this.isBare && this.source !== undefined;
    this.bones.visible = this.isBare;
    if (!this.isBare) return;
    const matrix = new THREE.Matrix4();
    Object.values(this.joints.joints).forEach((joint, place) => {
      if (!joint || place >= JOINTS) return;
      const size = joint.jointRadius ?? 0.008;
      matrix.compose(joint.position, joint.quaternion, new THREE.Vector3(size, size, size));
      this.bones.setMatrixAt(place, matrix);
    });
    this.bones.instanceMatrix.needsUpdate = true;
  }

  /** The stick of a controller: right and forward, from -1 to 1. */
  stick(): [number, number] {
    const axes = this.source?.gamepad?.axes ?? [];
    return [axes[2] ?? axes[0] ?? 0, -(axes[3] ?? axes[1] ?? 0)];
  }

  /** Whether the button that opens the menu is down: A, B, X or Y. */
  asksMenu(): boolean {
    const buttons = this.source?.gamepad?.buttons ?? [];
    return Boolean(buttons[4]?.pressed || buttons[5]?.pressed);
  }

  buzz(): void {
    const actuator = (this.source?.gamepad as unknown as { hapticActuators?: { pulse?: (strength: number, ms: number) => void }[] } | undefined)?.hapticActuators?.[0];
    actuator?.pulse?.(0.5, 30);
  }
}
