// <drill-rooms data-api="/api/drills/ID">: the rooms of a drill, on the screen and in a headset. The page around it holds its words
// and buttons; where nothing can be drawn it says so, and the page's own link leads to the same drill without pictures.
import { Vector3 } from "three";
import { announce } from "../announce.ts";
import type { Pose, State, Vec3 } from "./model.ts";
import { ROOMS, middle } from "./plan/house.ts";
import { clock, type Thing } from "./plan/things.ts";
import { distance } from "./plan/runs.ts";
import { keep, recall } from "./act/comfort.ts";
import { begin, offers, whyNot, type Mode } from "./act/enter.ts";
import { Flat } from "./act/flat.ts";
import { Headset } from "./act/headset.ts";
import { Marks } from "./act/marks.ts";
import { OnTable } from "./act/on-table.ts";
import { Others } from "./act/others.ts";
import type { Presence } from "./act/sheet.ts";
import { PageSheet } from "./page-sheet.ts";
import { fonts, piece } from "./parts.ts";
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
  private table: OnTable | undefined;
  private rooms: Rooms | undefined;
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
    this.rooms = rooms;
    rooms.scene.add(this.marks.group, this.others.group);
    const sheet = new PageSheet(this.piece("sheet"), (what) => void this.visit?.does(what));
    const visit = new Visit(plan, state, server, rooms, this.comfort, {
      sheet: (open, note) => {
        const as = this.presence();
        sheet.show(as === "screen" ? open : undefined, note);
        this.headset?.show(as === "headset" ? open : undefined, note);
        this.table?.sheet(as === "table" ? open : undefined, note);
      },
      say: (words) => announce(words),
      move: (to, look) => this.move(to, look),
      leave: () => void stage.renderer.xr.getSession()?.end(),
      follow: (one) => this.table?.follow(one),
      place: () => this.table?.again(),
    }, () => this.presence());
    this.visit = visit;
    this.headset = new Headset(stage, visit, this.marks);
    this.table = new OnTable(stage, visit, this.headset.hands);
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
      const stage = new Stage(view, drawsInSoftware(), (now, passed, frame) => this.frame(now, passed, frame));
      stage.renderer.domElement.addEventListener("webglcontextlost", () => this.fails("The picture was taken away: this device ran out of room for it. The drill goes on; load the page again to come back, or go on flat."));
      this.stage = stage;
      return stage;
    } catch {
      this.fails("This browser draws nothing in three dimensions: WebGL is off, or the device has none. The same drill goes on flat.");
      return undefined;
    }
  }

  private presence(): Presence {
    if (!this.stage?.worn) return "screen";
    return this.table?.active ? "table" : "headset";
  }

  private frame(now: number, passed: number, frame: XRFrame | undefined): void {
    const { stage, visit, flat, headset, server } = this;
    if (!stage || !visit || !flat || !headset || !server) return;
    const as = this.presence();
    if (as === "table") return this.onTable(now, frame);
    if (as === "headset") headset.frame(passed);
    else flat.frame(passed);
    if (this.comfort.lively) visit.rooms?.run(now);
    this.others.show(this.team, stage.eyes().at);
    const posture = stage.worn ? headset.posture() : { hands: [], points: visit.focus ? middle(visit.focus.box) : null };
    this.others.tell(server, stage, posture.hands, posture.points, now);
    this.says(stage);
  }

  private onTable(now: number, frame: XRFrame | undefined): void {
    const { stage, table } = this;
    if (!stage || !table) return;
    table.frame(now, frame);
    this.dataset["table"] = table.standing;
    const at = table.at(this.dataset["watch"] ?? "");
    if (at) this.dataset["at"] = at.map((one) => one.toFixed(3)).join(" ");
    this.says(stage);
  }

  /** Where we are and what a picture costs, for whoever looks at the page with tools. */
  private says(stage: Stage): void {
    const { position, rotation } = stage.rig;
    const eyes = stage.eyes().at;
    const board = (this.presence() === "table" ? this.table : this.headset)?.board;
    const said = {
      calls: stage.cost.calls,
      triangles: stage.cost.triangles,
      worn: stage.worn,
      others: this.team.length,
      eyes: [eyes.x, eyes.y, eyes.z].map((one) => one.toFixed(2)).join(" "),
      rig: [position.x, position.y, position.z, rotation.y].map((one) => one.toFixed(3)).join(" "),
      focus: this.visit?.focus?.id ?? "",
      board: board?.hangs ?? "",
      offers: board?.offers ?? "",
    };
    for (const [name, value] of Object.entries(said)) if (this.dataset[name] !== `${value}`) this.dataset[name] = `${value}`;
  }

  private stands(state: State): void {
    this.visit?.stands(state);
    this.table?.show(state);
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
      item.dataset["thing"] = thing.id;
      item.dataset["at"] = middle(thing.box).map((one) => one.toFixed(3)).join(" ");
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
    this.offer("enter", "immersive-vr", stage);
    this.offer("lay", "immersive-ar", stage);
  }

  /** A button that begins a session; where the browser has none, it says why. */
  private offer(name: string, mode: Mode, stage: Stage): void {
    const button = this.piece(name);
    let why = whyNot(mode);
    button.addEventListener("click", () => (why ? this.refused(why) : void this.wear(mode, stage)));
    void offers(mode).then((offered) => {
      if (offered) why = "";
      else if (mode === "immersive-vr") this.piece("why").textContent = why;
      button.setAttribute("aria-disabled", `${!offered}`);
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

  private async wear(mode: Mode, stage: Stage): Promise<void> {
    const { at, turn } = stage.eyes();
    const { table, headset, rooms, visit } = this;
    if (!table || !headset || !rooms || !visit) return;
    try {
      const session = await begin(mode);
      visit.closeSheet();
      stage.camera.position.set(0, 0, 0);
      await stage.renderer.xr.setSession(session);
      this.piece("why").textContent = "";
      session.addEventListener("end", () => {
        table.end();
        headset.active = false;
        stage.scene = rooms.scene;
        visit.closeSheet();
      });
      if (mode === "immersive-ar") {
        stage.scene = table.scene;
        await table.begin(session);
        return;
      }
      headset.active = true;
      const ahead = at.clone().add(new Vector3(0, 0, -1).applyQuaternion(turn));
      headset.arrive([at.x, 0, at.z], vec(ahead));
    } catch (error) {
      this.refused(error instanceof Error ? error.message : String(error));
    }
  }

  private refused(words: string): void {
    this.piece("why").textContent = words;
    announce(words);
  }

  private fails(words: string): void {
    this.piece("wait").hidden = true;
    const place = this.piece("fails");
    place.hidden = false;
    this.piece("words").textContent = words;
    announce(words);
  }

  private piece(name: string): HTMLElement {
    return piece(this, name);
  }
}

customElements.define("drill-rooms", DrillRooms);
