import { spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

const LARGE = "2g";

/** The disk that sandboxes lie on: one of its own, where the machine lets us mount one, which can be made too small. */
export class Disk {
  constructor(folder) {
    this.folder = folder;
    mkdirSync(folder, { recursive: true });
    this.isOwn = this.mount(`size=${LARGE}`);
    if (!this.isOwn) console.log("skipped: no full disk, since only root may mount one");
  }

  mount(options) {
    return spawnSync("mount", ["-t", "tmpfs", "-o", options, "tmpfs", this.folder]).status === 0;
  }

  /** Leaves no byte free between two moments. */
  async fill(from, until) {
    if (!this.isOwn) return;
    await sleep(Math.max(0, from - Date.now()));
    const used = spawnSync("df", ["--output=used", "-k", this.folder], { encoding: "utf8" }).stdout.split("\n")[1].trim();
    this.mount(`remount,size=${Math.max(1, Number(used))}k`);
    await sleep(Math.max(0, until - Date.now()));
    this.mount(`remount,size=${LARGE}`);
  }

  remove() {
    if (this.isOwn) spawnSync("umount", ["-l", this.folder]);
  }
}
