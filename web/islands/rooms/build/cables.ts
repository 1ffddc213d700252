// Cables, all in one call: what goes over each runs along it as light, as often as messages do; what waits stands still.
import * as THREE from "three";
import type { HostState, LinkState, Network } from "../model.ts";
import { runs } from "../plan/runs.ts";
import { cross, unit } from "../light/bake.ts";
import type { Vec3 } from "../model.ts";

/** Cables of one network at most: as many as the program has room for. */
const LINKS_MAX = 64;
const SIDES = 5;

const VERTEX = /* glsl */ `
attribute vec2 course;
uniform vec4 standing[${LINKS_MAX}];
varying float vAlong;
varying vec4 vStanding;
varying vec3 vNormal;
void main() {
  vAlong = course.x;
  vStanding = standing[int(course.y + 0.5)];
  vNormal = mat3(modelMatrix) * normal;
  gl_Position = projectionMatrix * modelViewMatrix * vec4(position, 1.0);
}`;

// standing: pulses a second, whether something waits, whether an end is broken, whether it is the one that is followed.
const FRAGMENT = /* glsl */ `
uniform float now;
uniform float scale;
varying float vAlong;
varying vec4 vStanding;
varying vec3 vNormal;
void main() {
  float up = 0.55 + 0.45 * normalize(vNormal).y;
  vec3 sheath = mix(vec3(0.03, 0.16, 0.15), vec3(0.16, 0.045, 0.04), vStanding.z) * up;
  vec3 bright = mix(vec3(0.30, 1.5, 1.25), vec3(1.9, 0.95, 0.2), vStanding.y);
  bright = mix(bright, vec3(2.0, 0.35, 0.28), vStanding.z);
  float spacing = mix(3.2, 0.55, clamp(vStanding.x / 3.0, 0.0, 1.0));
  float moving = now * 1.3 * step(vStanding.z, 0.5);
  float beat = fract((vAlong / scale - moving) / spacing);
  float pulse = smoothstep(0.0, 0.06, beat) * (1.0 - smoothstep(0.06, 0.26, beat)) * step(0.001, vStanding.x);
  float dash = step(0.5, fract(vAlong / scale / 0.16)) * vStanding.z * 0.35;
  vec3 colour = sheath + bright * max(pulse, dash);
  colour = mix(colour, vec3(1.0, 1.9, 1.8) * (0.55 + 0.45 * sin(now * 5.0 - vAlong / scale * 4.0)), vStanding.w);
  gl_FragColor = vec4(colour, 1.0);
  #include <tonemapping_fragment>
  #include <colorspace_fragment>
}`;

export class Cables {
  readonly mesh: THREE.Mesh;
  private readonly standing = Array.from({ length: LINKS_MAX }, () => new THREE.Vector4());
  private readonly material: THREE.ShaderMaterial;

  /** Cables along ways, each with the place of its link; `scale` is how many metres of the picture a metre of the house is. */
  constructor(ways: readonly { link: number; points: readonly Vec3[] }[], radius = 0.011, scale = 1) {
    this.material = new THREE.ShaderMaterial({ vertexShader: VERTEX, fragmentShader: FRAGMENT, uniforms: { standing: { value: this.standing }, now: { value: 0 }, scale: { value: scale } } });
    this.mesh = new THREE.Mesh(tubes(ways.filter((one) => one.link < LINKS_MAX), radius), this.material);
  }

  static of(network: Network): Cables {
    return new Cables(runs(network));
  }

  /** Shows how each stands; `followed` are the links on the way of one message. */
  show(links: readonly LinkState[], hosts: readonly HostState[], followed: ReadonlySet<number> = new Set()): void {
    const broken = new Set(hosts.filter((host) => host.health === "cut" || host.health === "down" || host.health === "dark").map((host) => host.host));
    links.slice(0, LINKS_MAX).forEach((link, place) => {
      const isBroken = broken.has(link.from) || broken.has(link.to);
      this.standing[place]!.set(Math.min(3, link.per_hour / 20), link.waiting > 0 ? 1 : 0, isBroken ? 1 : 0, followed.has(place) ? 1 : 0);
    });
  }

  /** Lets the light run; seconds. */
  run(now: number): void {
    this.material.uniforms["now"]!.value = now;
  }
}

function tubes(ways: readonly { link: number; points: readonly Vec3[] }[], radius: number): THREE.BufferGeometry {
  const [positions, normals, course, triangles] = [[] as number[], [] as number[], [] as number[], [] as number[]];
  for (const { link, points } of ways) {
    let gone = 0;
    points.forEach((point, place) => {
      const before = points[Math.max(0, place - 1)]!;
      const after = points[Math.min(points.length - 1, place + 1)]!;
      if (place) gone += Math.hypot(point[0] - before[0], point[1] - before[1], point[2] - before[2]);
      const way = unit([after[0] - before[0], after[1] - before[1], after[2] - before[2]]);
      const u = unit(cross(Math.abs(way[1]) > 0.9 ? [1, 0, 0] : [0, 1, 0], way));
      const v = cross(way, u);
      for (let side = 0; side < SIDES; side++) {
        const [c, s] = [Math.cos((side / SIDES) * Math.PI * 2), Math.sin((side / SIDES) * Math.PI * 2)];
        const out = [0, 1, 2].map((axis) => u[axis]! * c + v[axis]! * s);
        positions.push(...out.map((part, axis) => point[axis]! + part * radius));
        normals.push(...out);
        course.push(gone, link);
      }
      if (!place) return;
      const here = positions.length / 3 - SIDES;
      for (let side = 0; side < SIDES; side++) {
        const next = (side + 1) % SIDES;
        triangles.push(here - SIDES + side, here - SIDES + next, here + next, here - SIDES + side, here + next, here + side);
      }
    });
  }
  const geometry = new THREE.BufferGeometry();
  geometry.setAttribute("position", new THREE.Float32BufferAttribute(positions, 3));
  geometry.setAttribute("normal", new THREE.Float32BufferAttribute(normals, 3));
  geometry.setAttribute("course", new THREE.Float32BufferAttribute(course, 2));
  geometry.setIndex(triangles);
  return geometry;
}
