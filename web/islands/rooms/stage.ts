// The canvas, the camera and the loop: what is drawn, how often, and at what price.
import * as THREE from "three";

/** What one eye may cost on a headset that stands alone, at 72 pictures a second: calls and triangles. */
export const BUDGET = { calls: 60, triangles: 60_000 };

export interface Cost {
  calls: number;
  triangles: number;
}

export class Stage {
  readonly renderer: THREE.WebGLRenderer;
  readonly camera = new THREE.PerspectiveCamera(70, 1, 0.04, 60);
  /** What carries camera and hands through the rooms. */
  readonly rig = new THREE.Group();
  scene = new THREE.Scene();
  /** What the last picture of one eye cost. */
  cost: Cost = { calls: 0, triangles: 0 };
  private readonly resized: ResizeObserver;

  /** Throws if the browser draws nothing in three dimensions. */
  constructor(
    private readonly view: HTMLElement,
    readonly weak: boolean,
    each: (now: number, passed: number, frame: XRFrame | undefined) => void,
  ) {
    this.renderer = new THREE.WebGLRenderer({ antialias: !weak, alpha: true, powerPreference: "high-performance" });
    this.renderer.toneMapping = THREE.NeutralToneMapping;
    this.renderer.toneMappingExposure = 1.5;
    this.renderer.setPixelRatio(weak ? 0.6 : Math.min(devicePixelRatio, 2));
    this.renderer.info.autoReset = false;
    this.renderer.xr.enabled = true;
    this.renderer.xr.setReferenceSpaceType("local-floor");
    this.renderer.xr.setFoveation(1);
    if (weak) this.renderer.xr.setFramebufferScaleFactor(0.5);
    this.rig.add(this.camera);
    this.view.prepend(this.renderer.domElement);
    this.resized = new ResizeObserver(() => this.fit());
    this.resized.observe(view);
    this.fit();
    let before = 0;
    this.renderer.setAnimationLoop((time, frame) => {
      const now = time / 1000;
      each(now, Math.min(0.1, now - before), frame);
      before = now;
      this.draw();
    });
  }

  get worn(): boolean {
    return this.renderer.xr.isPresenting;
  }

  /** Where the eyes are and where they look, in the rooms. */
  eyes(): { at: THREE.Vector3; turn: THREE.Quaternion } {
    return { at: this.camera.getWorldPosition(new THREE.Vector3()), turn: this.camera.getWorldQuaternion(new THREE.Quaternion()) };
  }

  close(): void {
    this.resized.disconnect();
    this.renderer.setAnimationLoop(null);
    void this.renderer.xr.getSession()?.end();
    this.renderer.dispose();
    this.renderer.domElement.remove();
  }

  private draw(): void {
    this.renderer.info.reset();
    this.scene.add(this.rig);
    this.renderer.render(this.scene, this.camera);
    const eyes = this.worn ? Math.max(1, this.renderer.xr.getCamera().cameras.length) : 1;
    const { calls, triangles } = this.renderer.info.render;
    this.cost = { calls: Math.ceil(calls / eyes), triangles: Math.ceil(triangles / eyes) };
  }

  private fit(): void {
    if (this.worn) return;
    const { clientWidth: wide, clientHeight: high } = this.view;
    if (!wide || !high) return;
    this.renderer.setSize(wide, high, false);
    this.camera.aspect = wide / high;
    // A phone held upright sees no less to the sides than a hand's breadth.
    this.camera.fov = Math.min(95, Math.max(62, (2 * Math.atan(Math.tan(0.62) / Math.min(this.camera.aspect, 1.3)) * 180) / Math.PI));
    this.camera.updateProjectionMatrix();
  }
}

/** Whether this browser draws in software, and is spared what is only beautiful. */
export function drawsInSoftware(): boolean {
  const context = document.createElement("canvas").getContext("webgl2");
  const name = context?.getExtension("WEBGL_debug_renderer_info");
  const said = String(context?.getParameter(name?.UNMASKED_RENDERER_WEBGL ?? context.RENDERER) ?? "");
  context?.getExtension("WEBGL_lose_context")?.loseContext();
  return /swiftshader|llvmpipe|software/i.test(said);
}
