// <drill-glass data-api="/api/drills/ID" data-thing="host-lis">: one machine on a phone. The network is drawn around it, over the
// camera's picture where that is allowed; what can be done there stands below.
import * as THREE from "three";
import { announce } from "../announce.ts";
import type { State } from "./model.ts";
import { camera } from "./act/camera.ts";
import { recall } from "./act/comfort.ts";
import { first } from "./plan/ray.ts";
import { PageSheet } from "./page-sheet.ts";
import { piece } from "./parts.ts";
import { Server } from "./server.ts";
import { Stage, drawsInSoftware } from "./stage.ts";
import { TableNetwork } from "./table/table-network.ts";
import { Visit, vec } from "./visit.ts";

class DrillGlass extends HTMLElement {
  private server: Server | undefined;
  private stage: Stage | undefined;
  private visit: Visit | undefined;
  private table: TableNetwork | undefined;
  private stream: MediaStream | undefined;
  private turn = 0.5;
  private tilt = 0.55;
  private drag: { x: number; y: number; far: boolean } | undefined;
  private now = 0;
  private readonly comfort = recall();

  connectedCallback(): void {
    const csrf = document.querySelector<HTMLMetaElement>('meta[name="csrf"]')?.content ?? "";
    this.server = new Server(this.dataset["api"] ?? "", csrf);
    this.start(this.server).catch((error: unknown) => this.says(error instanceof Error ? error.message : String(error)));
  }

  disconnectedCallback(): void {
    this.server?.leave();
    this.stage?.close();
    for (const track of this.stream?.getTracks() ?? []) track.stop();
  }

  private async start(server: Server): Promise<void> {
    const [plan, state] = await Promise.all([server.plan(), server.state()]);
    const sheet = new PageSheet(this.piece("sheet"), (what) => void this.visit?.does(what));
    this.table = new TableNetwork(plan);
    const visit = new Visit(plan, state, server, undefined, this.comfort, {
      sheet: (open, note) => sheet.show(open, note),
      say: (words) => announce(words),
      move: () => {},
      leave: () => {},
      follow: (one) => {
        this.table?.follow(one, this.now);
        if (this.visit) this.table?.show(this.visit.state);
      },
      place: () => {},
    }, () => "screen");
    this.visit = visit;
    // The page's own buttons; those of the sheet, which is opened next, listen for themselves.
    for (const button of this.querySelectorAll<HTMLElement>("[data-does]")) button.addEventListener("click", () => void visit.does(button.dataset["does"] ?? ""));
    this.stands(state);
    visit.open(visit.things.find((thing) => thing.id === this.dataset["thing"]));
    server.follow({ state: (now) => this.stands(now), team: () => {}, heard: (heard) => !heard && this.says("The server is not heard; what you see may be old.") });
    this.piece("look").addEventListener("click", () => void this.look());
    this.draw(this.piece("view"), this.table);
    this.piece("wait").hidden = true;
    this.dataset["ready"] = "";
  }

  private draw(view: HTMLElement, table: TableNetwork): void {
    try {
      this.stage = new Stage(view, drawsInSoftware(), (now) => this.frame(now));
    } catch {
      return this.says("This browser draws nothing in three dimensions. What can be done here stands below.");
    }
    this.stage.renderer.domElement.addEventListener("webglcontextlost", () => this.says("The picture was taken away. What can be done here stands below."));
    this.stage.scene.add(table.group);
    view.append(this.stage.renderer.domElement);
    view.addEventListener("pointerdown", (event) => {
      view.setPointerCapture(event.pointerId);
      this.drag = { x: event.clientX, y: event.clientY, far: false };
    });
    view.addEventListener("pointermove", (event) => this.dragged(event));
    view.addEventListener("pointerup", (event) => this.pressed(event, view));
  }

  private dragged(event: PointerEvent): void {
    if (!this.drag) return;
    const [dx, dy] = [event.clientX - this.drag.x, event.clientY - this.drag.y];
    if (!this.drag.far && Math.hypot(dx, dy) < 6) return;
    this.turn -= dx * 0.008;
    this.tilt = Math.max(0.1, Math.min(1.3, this.tilt + dy * 0.006));
    this.drag = { x: event.clientX, y: event.clientY, far: true };
  }

  private pressed(event: PointerEvent, view: HTMLElement): void {
    const drag = this.drag;
    this.drag = undefined;
    const { stage, table, visit } = this;
    if (!drag || drag.far || !stage || !table || !visit) return;
    const box = view.getBoundingClientRect();
    const caster = new THREE.Raycaster();
    caster.setFromCamera(new THREE.Vector2(((event.clientX - box.left) / box.width) * 2 - 1, 1 - ((event.clientY - box.top) / box.height) * 2), stage.camera);
    const found = first({ from: vec(caster.ray.origin), to: vec(caster.ray.direction) }, table.things(visit.state));
    if (found) visit.open(found.hit);
  }

  /** The eyes go round the machine; the network stays where it is. */
  private frame(now: number): void {
    const { stage, table } = this;
    if (!stage || !table) return;
    this.now = now;
    const node = table.nodes.find((one) => one.id === this.dataset["thing"]);
    const about = new THREE.Vector3(...(node?.at ?? [0, 0, 0])).multiplyScalar(0.55);
    const away = stage.camera.aspect < 1 ? 1.25 : 0.95;
    stage.camera.position.set(about.x + Math.sin(this.turn) * Math.cos(this.tilt) * away, about.y + Math.sin(this.tilt) * away, about.z + Math.cos(this.turn) * Math.cos(this.tilt) * away);
    stage.camera.lookAt(about);
    table.run(this.comfort.lively ? now : 0, stage.camera.position);
  }

  private stands(state: State): void {
    this.visit?.stands(state);
    this.table?.show(state);
  }

  private async look(): Promise<void> {
    const video = this.piece("camera") as HTMLVideoElement;
    try {
      this.stream = await camera();
      video.srcObject = this.stream;
      video.hidden = false;
      await video.play();
      this.says("");
      this.dataset["camera"] = "";
    } catch (error) {
      video.hidden = true;
      this.says(error instanceof Error ? error.message : String(error));
    }
  }

  private says(words: string): void {
    this.piece("why").textContent = words;
    if (words) announce(words);
  }

  private piece(name: string): HTMLElement {
    return piece(this, name);
  }
}

customElements.define("drill-glass", DrillGlass);
