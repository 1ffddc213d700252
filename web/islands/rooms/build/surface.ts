// The one program that draws everything that does not move: baked light, patterns of floors and wood, and the room mirrored in it.
import * as THREE from "three";
import { PATTERNS, type Shell } from "../light/shell.ts";
import type { Lit } from "../light/bake.ts";
import { middle, size, type Box } from "../plan/house.ts";

const VERTEX = /* glsl */ `
attribute vec3 shade;
attribute vec2 trait;
varying vec3 vShade;
varying vec3 vNormal;
varying vec3 vAt;
varying vec2 vTrait;
void main() {
  vShade = shade;
  vTrait = trait;
  vec4 world = modelMatrix * vec4(position, 1.0);
  vAt = world.xyz;
  vNormal = mat3(modelMatrix) * normal;
  gl_Position = projectionMatrix * viewMatrix * world;
}`;

const FRAGMENT = /* glsl */ `
uniform samplerCube around;
uniform vec3 low;
uniform vec3 high;
uniform vec3 probe;
uniform float mirrors;
varying vec3 vShade;
varying vec3 vNormal;
varying vec3 vAt;
varying vec2 vTrait;

float hash(vec2 p) { return fract(sin(dot(p, vec2(41.3, 289.1))) * 43758.5453); }
// A line of this width at every whole number, soft by what one pixel covers.
float seam(float x, float width) {
  float soft = fwidth(x) * 1.2;
  float d = abs(fract(x + 0.5) - 0.5);
  return (1.0 - smoothstep(width, width + soft, d)) * clamp(0.6 / (soft * 6.0 + 0.6), 0.0, 1.0);
}
float noise(vec2 p) {
  vec2 i = floor(p), f = fract(p);
  f = f * f * (3.0 - 2.0 * f);
  return mix(mix(hash(i), hash(i + vec2(1, 0)), f.x), mix(hash(i + vec2(0, 1)), hash(i + vec2(1, 1)), f.x), f.y);
}
// The two coordinates that lie in the surface.
vec2 flat2(vec3 at, vec3 n) {
  vec3 a = abs(n);
  return a.y > 0.7 ? at.xz : a.x > a.z ? at.zy : at.xy;
}

void main() {
  vec3 n = normalize(vNormal);
  vec3 v = normalize(cameraPosition - vAt);
  vec2 p = flat2(vAt, n);
  float gloss = vTrait.x;
  vec3 colour = vShade;
  int kind = int(vTrait.y + 0.5);
  if (kind == 1) {
    vec2 t = p / 0.6;
    float line = max(seam(t.x, 0.006), seam(t.y, 0.006));
    colour *= mix(0.94 + 0.1 * hash(floor(t + 0.5)), 0.35, line);
    gloss *= 1.0 - 0.7 * line;
  } else if (kind == 2) {
    colour *= 0.96 + 0.07 * noise(p * 38.0) * clamp(0.02 / fwidth(p.x), 0.0, 1.0);
  } else if (kind == 3) {
    vec2 t = p / vec2(1.2, 0.6);
    colour *= 1.0 - 0.45 * max(seam(t.x, 0.004), seam(t.y, 0.008));
  } else if (kind == 4) {
    float grain = noise(vec2(p.x * 3.0 + p.y * 3.0, (p.y - p.x) * 46.0));
    float board = hash(vec2(floor((p.x + p.y * 0.0) / 0.19), 3.0));
    colour *= 0.86 + 0.16 * grain + 0.08 * board;
  } else if (kind == 5) {
    colour *= 0.9 + 0.16 * hash(floor(p * 90.0)) * clamp(0.008 / fwidth(p.x), 0.0, 1.0);
  } else if (kind == 6) {
    vec2 t = fract(p / 0.03) - 0.5;
    float hole = 1.0 - smoothstep(0.1, 0.16, dot(t, t) * 2.0);
    colour *= 1.0 - 0.6 * hole * clamp(0.006 / fwidth(p.x), 0.0, 1.0);
  }
  if (gloss > 0.001) {
    // The room around, as if seen from where it meets the walls: a mirror that stays where the things are.
    vec3 r = reflect(-v, n);
    vec3 far = max((high - vAt) / r, (low - vAt) / r);
    vec3 hit = vAt + r * min(min(far.x, far.y), far.z) - probe;
    float facing = clamp(dot(n, v), 0.0, 1.0);
    float fresnel = 0.04 + 0.96 * pow(1.0 - facing, 5.0);
    vec3 seen = textureLod(around, hit, (1.0 - gloss) * 5.0).rgb;
    colour += seen * min(fresnel, 0.55) * gloss * mirrors;
  }
  gl_FragColor = vec4(colour, 1.0);
  #include <tonemapping_fragment>
  #include <colorspace_fragment>
}`;

/** Looks of a surface: which room it mirrors. */
export function surface(room: Box): THREE.ShaderMaterial {
  return new THREE.ShaderMaterial({
    vertexShader: VERTEX,
    fragmentShader: FRAGMENT,
    uniforms: {
      around: { value: null },
      low: { value: new THREE.Vector3(...room.min) },
      high: { value: new THREE.Vector3(...room.max) },
      probe: { value: new THREE.Vector3(middle(room)[0], 1.5, middle(room)[2]) },
      mirrors: { value: 0 },
    },
  });
}

/** A shell with the light that falls on it, ready to be drawn. */
export function mesh(shell: Shell, lit: Lit, material: THREE.Material): THREE.Mesh {
  const geometry = new THREE.BufferGeometry();
  const traits = new Float32Array(shell.paints.length * 2);
  shell.paints.forEach((one, place) => {
    traits[place * 2] = one.gloss ?? 0;
    traits[place * 2 + 1] = PATTERNS.indexOf(one.pattern ?? "plain");
  });
  geometry.setAttribute("position", new THREE.Float32BufferAttribute(shell.positions, 3));
  geometry.setAttribute("normal", new THREE.Float32BufferAttribute(shell.normals, 3));
  geometry.setAttribute("shade", new THREE.BufferAttribute(shell.lit(lit), 3));
  geometry.setAttribute("trait", new THREE.BufferAttribute(traits, 2));
  geometry.setIndex(shell.triangles);
  return new THREE.Mesh(geometry, material);
}

/** Takes a picture of a room from its middle, for its surfaces to mirror. */
export function mirror(renderer: THREE.WebGLRenderer, scene: THREE.Scene, room: Box, material: THREE.ShaderMaterial, side: number): void {
  const target = new THREE.WebGLCubeRenderTarget(side, { type: THREE.HalfFloatType, generateMipmaps: true, minFilter: THREE.LinearMipmapLinearFilter });
  const camera = new THREE.CubeCamera(0.05, 1.5 * Math.max(...size(room)), target);
  camera.position.copy(material.uniforms["probe"]!.value as THREE.Vector3);
  camera.update(renderer, scene);
  material.uniforms["around"]!.value = target.texture;
  material.uniforms["mirrors"]!.value = 1;
}
