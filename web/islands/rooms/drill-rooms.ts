// <drill-rooms data-api="/api/drills/ID">: the rooms of a drill, on the screen and in a headset. The page around it holds its words
// and buttons; where nothing can be drawn it says so, and the page's own link leads to the same drill without pictures.
import { announce } from "../announce.ts";
import type { Pose, State, Vec3 } from "./model.ts";
import { ROOMS } from "./plan/house.ts";
import { clock, type Thing } from "./plan/things.ts";
import { distance } from "./plan/runs.ts";
import { middle } from "./plan/house.ts";
import { keep, recall } from "./act/comfort.ts";
import { begin, offers, whyNot } from "./act/enter.ts";
import { Flat } from "./act/flat.ts";
import { Headset } from "./act/headset.ts";
import { Marks } from "./act/marks.ts";
import { Others } from "./act/others.ts";
import { PageSheet } from "./page-sheet.ts";
import { Rooms } from "./rooms.ts";
import { Server } from "./server.ts";
import { Stage, drawsInSoftware } from "./stage.ts";
import { Visit, vec } from "./visit.ts";

/** How sharp the rooms are mirrored in their own surfaces, in pixels a side. */
const MIRROR_PX = 128;

class DrillRooms extends HTMLElement {
  private stage: Stage | undefined;
  private visit: Visit | undefined;
  private flat: Flat | undefined;
  private headset: Headset | undefined;
  private server: Server | undefined;
  private team: Pose[] = [];
  private listed = "";
  private readonly marks = new Marks();
  private readonly others = new Others();
  private readonly comfort = recall();

  connectedCallback(): void {
    const csrf = document.querySelector<HTMLMetaElement>('meta[name="csrf"]')?.content ?? "";
    this.server = new Server(this.dataset["api"] ?? "", csrf);
    this.start(this.server).catch((error: unknown) => this.fails(error instanceof Error ? error.message : String(error)));
  }

  disconnectedCallback(): void {
    this.server?.leave();
    this.flat?.close();
    this.stage?.close();
  }

  private async start(server: Server): Promise<void> {
    const [plan, state] = await Promise.all([server.plan(), server.state(), fonts()]);
    const view = this.piece("view");
    const stage = this.open(view);
    if (!stage) return;
    // The words "The rooms are being built" are drawn before the building begins.
    await new Promise((done) => setTimeout(done, 30));
    const rooms = new Rooms(plan);
    if (!stage.weak) rooms.polish(stage.renderer, MIRROR_PX);
    stage.scene = rooms.scene;
    rooms.scene.add(this.marks.group, this.others.group);
    const sheet = new PageSheet(this.piece("sheet"), (what) => void this.visit?.does(what));
    const visit = new Visit(plan, state, server, rooms, this.comfort, {
      sheet: (open, note) => {
        sheet.show(stage.worn ? undefined : open, note);
        this.headset?.show(stage.worn ? open : undefined, note);
      },
      say: (words) => announce(words),
      move: (to, look) => this.move(to, look),
      leave: () => void stage.renderer.xr.getSession()?.end(),
    }, () => stage.worn);
    this.visit = visit;
    this.headset = new Headset(stage, visit, this.marks);
    rooms.scene.add(this.headset.board.mesh);
    this.flat = new Flat(stage, view, visit, this.marks);
    const centre = ROOMS.find((room) => room.id === "centre")!;
    this.flat.place(centre.stand, centre.look);
    view.addEventListener("keyup", (event) => event.key === "Enter" && event.target === view && sheet.focus());
    this.piece("sheet").addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      visit.closeSheet();
      view.focus();
    });
    this.buttons(visit, stage);
    this.stands(state);
    server.follow({
      state: (now) => this.stands(now),
      team: (team) => (this.team = visit.others(team)),
      heard: (heard) => (this.piece("away").hidden = heard),
    });
    this.piece("wait").hidden = true;
    this.dataset["ready"] = "";
  }

  /** Opens the canvas; says it in words where there is none, or where it is taken away. */
  private open(view: HTMLElement): Stage | undefined {
    try {
      const stage = new Stage(view, drawsInSoftware(), (now, passed) => this.frame(now, passed));
      stage.renderer.domElement.addEventListener("webglcontextlost", () => this.fails("The picture was taken away: this device ran out of room for it. The drill goes on; load the page again to come back, or go on flat."));
      this.stage = stage;
      return stage;
    } catch {
      this.fails("This browser draws nothing in three dimensions: WebGL is off, or the device has none. The same drill goes on flat.");
      return undefined;
    }
  }

  private frame(now: number, passed: number): void {
    const { stage, visit, flat, headset, server } = this;
    if (!stage || !visit || !flat || !headset || !server) return;
    if (stage.worn) headset.frame(passed);
    else flat.frame(passed);
    if (this.comfort.lively) visit.rooms?.run(now);
    this.others.show(this.team, stage.eyes().at);
    const posture = stage.worn ? headset.posture() : { hands: [], points: visit.focus ? middle(visit.focus.box) : null };
    this.others.tell(server, stage, posture.hands, posture.points, now);
    this.dataset["calls"] = `${stage.cost.calls}`;
    this.dataset["triangles"] = `${stage.cost.triangles}`;
  }

  private stands(state: State): void {
    this.visit?.stands(state);
    const points = state.points === null ? "" : ` · ${state.points} of 100 points`;
    this.piece("state").textContent = `${clock(state.now)} · minute ${Math.max(0, state.minute)}${points}${state.over ? " · over" : state.rate ? "" : " · the clock stands"}`;
    this.piece("over").hidden = !state.over;
    this.list();
  }

  /** What is near, as a list of buttons: the rooms for whoever does not see them. */
  private list(): void {
    const visit = this.visit;
    if (!visit) return;
    const key = visit.things.map((thing) => `${thing.id} ${thing.says[0]}`).join("|");
    if (key === this.listed) return;
    this.listed = key;
    const items = visit.things.map((thing) => {
      const item = document.createElement("li");
      const button = document.createElement("button");
      button.type = "button";
      button.className = "button button-quiet";
      button.textContent = thing.title;
      button.addEventListener("click", () => this.goTo(thing));
      item.append(button, ` ${thing.says[0] ?? ""}`);
      return item;
    });
    this.piece("list").replaceChildren(...items);
  }

  /** Goes to a thing, stands before it and opens it. */
  private goTo(thing: Thing): void {
    const { visit, flat } = this;
    if (!visit || !flat) return;
    const at = middle(thing.box);
    const near = ROOMS.reduce((best, room) => (distance(middle(room), at) < distance(middle(best), at) ? room : best));
    const spot: Vec3 = [at[0] + (near.stand[0] - at[0]) * 0.2, 0, near.id === "ward" || near.id === "centre" ? at[2] + 1.5 : 0];
    flat.place(near.id === "centre" && thing.kind === "wall" ? near.stand : spot, at);
    flat.show(thing);
    visit.open(thing);
    (this.piece("sheet").querySelector<HTMLElement>("button") ?? this.piece("view")).focus();
  }

  private move(to: Vec3, look: Vec3): void {
    if (this.stage?.worn) this.headset?.place(to, look);
    else this.flat?.place(to, look);
  }

  private buttons(visit: Visit, stage: Stage): void {
    for (const button of this.querySelectorAll<HTMLElement>("[data-does]")) {
      button.addEventListener("click", () => void visit.does(button.dataset["does"] ?? ""));
    }
    this.setting("turn", `${this.comfort.turn}`, (value) => (this.comfort.turn = ([30, 45, 60] as const).find((one) => `${one}` === value) ?? 0));
    this.setting("hand", this.comfort.hand, (value) => (this.comfort.hand = value === "left" ? "left" : "right"));
    for (const name of ["seated", "blinkers", "lively"] as const) this.setting(name, this.comfort[name], (value) => (this.comfort[name] = value === "on"));
    const enter = this.piece("enter") as HTMLButtonElement;
    enter.addEventListener("click", () => void this.wear(stage));
    void offers("immersive-vr").then((offered) => {
      if (!offered) this.piece("why").textContent = whyNot("immersive-vr");
      enter.setAttribute("aria-disabled", `${!offered}`);
    });
  }

  /** A choice about comfort: shown as it is, and kept when it changes. */
  private setting(name: string, now: string | boolean, set: (value: string) => void): void {
    const field = this.querySelector<HTMLInputElement | HTMLSelectElement>(`[name="${name}"]`);
    if (!field) return;
    if (field instanceof HTMLInputElement) field.checked = now === true;
    else field.value = `${now}`;
    field.addEventListener("change", () => {
      set(field instanceof HTMLInputElement ? (field.checked ? "on" : "off") : field.value);
      keep(this.comfort);
    });
  }

  private async wear(stage: Stage): Promise<void> {
    const { at, turn } = stage.eyes();
    try {
      const session = await begin("immersive-vr");
      stage.camera.position.set(0, 0, 0);
      await stage.renderer.xr.setSession(session);
      this.piece("why").textContent = "";
      this.visit?.closeSheet();
      // The first pictures say where the head is; then it is put where the eyes were on the screen.
      const ahead = vec(at.clone().add({ x: -2 * turn.y * turn.w, y: 0, z: 2 * turn.y * turn.y - 1 }));
      setTimeout(() => this.headset?.place([at.x, 0, at.z], ahead), 120);
    } catch (error) {
      const words = error instanceof Error ? error.message : String(error);
      this.piece("why").textContent = words;
      announce(words);
    }
  }

  private fails(words: string): void {
    this.piece("wait").hidden = true;
    const place = this.piece("fails");
    place.hidden = false;
    this.piece("words").textContent = words;
    announce(words);
  }

  private piece(name: string): HTMLElement {
    const found = this.querySelector<HTMLElement>(`[data-part="${name}"]`);
    if (!found) throw new Error(`this page lacks its part "${name}"`);
    return found;
  }
}

/** The letters that pictures are drawn with; without them, those the browser has. */
function fonts(): Promise<unknown> {
  const all = ['400 16px "Plex Sans"', '600 16px "Plex Sans"', '300 16px "Plex Sans"', '400 16px "Plex Mono"'];
  return Promise.all(all.map((font) => document.fonts.load(font))).catch(() => undefined);
}

customElements.define("drill-rooms", DrillRooms);
