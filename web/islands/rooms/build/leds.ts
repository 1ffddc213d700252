// The small lamps on machines and switches, all in one call: they flicker as often as something goes over their cables.
import * as THREE from "three";
import type { State } from "../model.ts";
import type { Hung } from "../plan/racks.ts";

const ON_HOST = 6;
const ON_SWITCH = 24;

const VERTEX = /* glsl */ `
attribute vec4 place;
attribute vec4 look;
varying vec3 vColour;
varying vec2 vAt;
uniform float now;
void main() {
  // place: middle and which way it looks; look: colour, and how often it flickers in a second.
  float beat = fract(sin(floor(now * 9.0 + place.x * 37.0 + place.y * 91.0) * 12.9898 + place.x * 78.233) * 43758.5453);
  float on = look.w < 0.01 ? 1.0 : 0.35 + 0.65 * step(1.0 - clamp(look.w, 0.0, 0.9), beat);
  vColour = look.rgb * on;
  vAt = position.xy;
  vec3 corner = vec3(position.x * place.w, position.y, 0.0) * 0.0075;
  gl_Position = projectionMatrix * modelViewMatrix * vec4(place.xyz + corner, 1.0);
}`;

const FRAGMENT = /* glsl */ `
varying vec3 vColour;
varying vec2 vAt;
void main() {
  float round = 1.0 - smoothstep(0.55, 1.0, length(vAt));
  gl_FragColor = vec4(vColour * round, round);
  #include <tonemapping_fragment>
  #include <colorspace_fragment>
}`;

const GREEN = [0.35, 1.9, 0.75] as const;
const AMBER = [2.1, 1.05, 0.15] as const;
const RED = [2.3, 0.28, 0.22] as const;
const OUT = [0.03, 0.035, 0.035] as const;

export class Leds {
  readonly mesh: THREE.InstancedMesh | THREE.Mesh;
  private readonly look: THREE.InstancedBufferAttribute;
  private readonly owners: { id: string; kind: Hung["kind"]; port: number }[] = [];
  private readonly material: THREE.ShaderMaterial;

  constructor(all: readonly Hung[]) {
    const places: number[] = [];
    for (const one of all) {
      const count = one.kind === "switch" ? ON_SWITCH : one.kind === "host" ? ON_HOST : 0;
      for (let port = 0; port < count; port++) {
        const [x, y] = one.kind === "switch" ? switchPort(port) : [0.02 + port * 0.018, one.height / 2 - 0.016];
        places.push(one.at[0] + one.front * x, one.at[1] + y, one.at[2] + one.front * 0.008, one.front);
        this.owners.push({ id: one.id, kind: one.kind, port });
      }
    }
    const geometry = new THREE.InstancedBufferGeometry();
    geometry.setAttribute("position", new THREE.Float32BufferAttribute([-1, -1, 0, 1, -1, 0, 1, 1, 0, -1, 1, 0], 3));
    geometry.setIndex([0, 1, 2, 0, 2, 3]);
    geometry.setAttribute("place", new THREE.InstancedBufferAttribute(new Float32Array(places), 4));
    this.look = new THREE.InstancedBufferAttribute(new Float32Array(places.length), 4);
    geometry.setAttribute("look", this.look);
    geometry.instanceCount = this.owners.length;
    this.material = new THREE.ShaderMaterial({ vertexShader: VERTEX, fragmentShader: FRAGMENT, uniforms: { now: { value: 0 } }, transparent: true, depthWrite: false, blending: THREE.AdditiveBlending, side: THREE.DoubleSide });
    this.mesh = new THREE.Mesh(geometry, this.material);
    this.mesh.frustumCulled = false;
  }

  show(state: State): void {
    const rate = new Map<string, number>();
    for (const link of state.links) for (const end of [link.from, link.to]) rate.set(end, (rate.get(end) ?? 0) + link.per_hour);
    const waits = new Set(state.links.filter((link) => link.waiting > 0).flatMap((link) => [link.from, link.to]));
    const health = new Map(state.hosts.map((host) => [host.host, host.health]));
    this.owners.forEach(({ id, kind, port }, place) => {
      const is = health.get(id) ?? "up";
      const busy = Math.min(0.9, (rate.get(id) ?? 0) / 120);
      const used = kind === "switch" ? state.links.filter((link) => link.from === id || link.to === id).length : ON_HOST;
      const colour = is === "dark" || (kind === "switch" && port >= used * 2) ? OUT : is === "down" || is === "infected" ? (port === 0 ? RED : OUT) : port === 1 && waits.has(id) ? AMBER : GREEN;
      this.look.setXYZW(place, colour[0], colour[1], colour[2], port === 0 ? 0 : busy);
    });
    this.look.needsUpdate = true;
  }

  run(now: number): void {
    this.material.uniforms["now"]!.value = now;
  }
}

const switchPort = (port: number): [number, number] => [-0.3 + (176 + (port >> 1) * 22 + 8) / 760, port % 2 ? -0.019 : 0.019];
