// A headset that is not there: IWER plays a Quest 3 in the browser, and these are the hands of whoever wears it.
import { readFile } from "node:fs/promises";

const iwer = () => readFile(new URL("../node_modules/iwer/build/iwer.min.js", import.meta.url), "utf8");

/** Puts an emulated headset into every page of a context that is opened from now on. */
export async function wearable(page) {
  await page.context().addInitScript(await iwer());
  await page.context().addInitScript(() => {
    const device = new globalThis.IWER.XRDevice(globalThis.IWER.metaQuest3, { stereoEnabled: true });
    device.installRuntime({ forceInstall: true });
    device.position.set(0, 1.6, 0);
    globalThis.headset = device;
  });
}

/** Puts the emulated headset into a real room: one that was once measured, with its floor and tables. */
export async function inOffice(page) {
  await page.context().addInitScript(await readFile(new URL("../node_modules/@iwer/sem/build/iwer-sem.min.js", import.meta.url), "utf8"));
  const office = JSON.parse(await readFile(new URL("../node_modules/@iwer/sem/captures/office_small.json", import.meta.url), "utf8"));
  await page.context().addInitScript((office) => {
    const device = globalThis.headset;
    device.installSEM(globalThis.IWER_SEM.SyntheticEnvironmentModule);
    device.sem.loadEnvironment(office);
  }, office);
}

/** Lets so many pictures be drawn. */
export const pictures = (page, count = 2) =>
  page.evaluate((count) => new Promise((done) => {
    const one = (left) => requestAnimationFrame(() => (left ? one(left - 1) : done()));
    one(count - 1);
  }), count);

/** What the rooms say of themselves: where the eyes are, what is pointed at, what a picture costs. */
export const told = (page) => page.locator("drill-rooms").evaluate(({ dataset }) => ({ ...dataset, eyes: dataset.eyes.split(" ").map(Number), rig: dataset.rig.split(" ").map(Number) }));

/** Where a thing stands in the rooms. */
export const place = async (page, thing) => (await page.locator(`[data-thing="${thing}"]`).getAttribute("data-at")).split(" ").map(Number);

/** From the rooms to the space of the headset: the rig stands somewhere, turned about the vertical. */
async function inHand(page, [x, y, z]) {
  const [rx, ry, rz, turn] = (await told(page)).rig;
  const [dx, dz] = [x - rx, z - rz];
  return [dx * Math.cos(turn) - dz * Math.sin(turn), y - ry, dx * Math.sin(turn) + dz * Math.cos(turn)];
}

/** Holds a hand where it is in the rooms, and points it at something. */
export async function point(page, hand, from, at) {
  const [a, b] = [await inHand(page, from), await inHand(page, at)];
  await page.evaluate(([hand, a, b]) => {
    const way = b.map((one, axis) => one - a[axis]);
    const long = Math.hypot(...way) || 1;
    const [yaw, pitch] = [Math.atan2(-way[0], -way[2]), Math.asin(way[1] / long)];
    const [cy, sy, cp, sp] = [Math.cos(yaw / 2), Math.sin(yaw / 2), Math.cos(pitch / 2), Math.sin(pitch / 2)];
    const controller = globalThis.headset.controllers[hand];
    controller.position.set(...a);
    controller.quaternion.set(cy * sp, sy * cp, -sy * sp, cy * cp);
  }, [hand, a, b]);
  await pictures(page);
}

/** Lays the controllers away: what is held and pointed with from now on are bare hands. */
export async function bareHands(page) {
  await page.evaluate(() => (globalThis.headset.primaryInputMode = "hand"));
  await pictures(page, 4);
}

/** Puts the tip of a bare hand's index finger where it is meant to be in the rooms; the hand looks ahead. */
export async function reach(page, hand, to) {
  const at = await inHand(page, to);
  await page.evaluate(([hand, at]) => {
    const bare = globalThis.headset.hands[hand];
    bare.quaternion.set(0, 0, 0, 1);
    bare.position.set(...at);
  }, [hand, at]);
  await pictures(page);
}

/** Pinches with a bare hand, 1, or lets go, 0. */
export async function pinch(page, hand, value) {
  await page.evaluate(([hand, value]) => globalThis.headset.hands[hand].updatePinchValue(value), [hand, value]);
  await pictures(page, 3);
}

/** Presses a button of a controller for some pictures: a press shorter than one is none. */
export async function press(page, hand, button) {
  await hold(page, hand, button, 1);
  await hold(page, hand, button, 0);
}

/** Holds a button down, 1, or lets it go, 0. */
export async function hold(page, hand, button, value) {
  await page.evaluate(([hand, button, value]) => globalThis.headset.controllers[hand].updateButtonValue(button, value), [hand, button, value]);
  await pictures(page);
}

/** Pushes the stick of a controller, to the right and forward, and lets it come back. */
export async function stick(page, hand, right, forward) {
  const push = (x, y) => page.evaluate(([hand, x, y]) => globalThis.headset.controllers[hand].updateAxes("thumbstick", x, y), [hand, x, y]);
  await push(right, -forward);
  await pictures(page);
  await push(0, 0);
  await pictures(page);
}
