// <drill-replay data-api="/api/drills/ID">: a drill that is over, as its rooms stood at any moment of it. The page around it holds
// the line of time and says the same in words; where nothing can be drawn, that is enough.
import { announce } from "../announce.ts";
import type { Plan, State, Vec3 } from "./model.ts";
import { ROOMS } from "./plan/house.ts";
import { clock } from "./plan/things.ts";
import { recall } from "./act/comfort.ts";
import { Flat } from "./act/flat.ts";
import { Marks } from "./act/marks.ts";
import { fonts, piece } from "./parts.ts";
import { PageSheet } from "./page-sheet.ts";
import { Rooms } from "./rooms.ts";
import { Server } from "./server.ts";
import { Stage, drawsInSoftware } from "./stage.ts";
import { Visit } from "./visit.ts";
import { after, before, moved } from "./act/moments.ts";

/** How sharp the rooms are mirrored in their own surfaces, in pixels a side. */
const MIRROR_PX = 128;
/** While it plays, so many seconds of the hospital pass at each step, and a step takes so long. */
const STEP = 60;
const STEP_MS = 700;

class DrillReplay extends HTMLElement {
  private server: Server | undefined;
  private stage: Stage | undefined;
  private flat: Flat | undefined;
  private visit: Visit | undefined;
  private playing = 0;
  private asking = false;
  private shown = -1;
  private readonly known = new Map<number, Promise<State>>();
  private readonly comfort = recall();

  connectedCallback(): void {
    this.server = new Server(this.dataset["api"] ?? "", document.querySelector<HTMLMetaElement>('meta[name="csrf"]')?.content ?? "");
    this.line();
    this.start(this.server).catch((error: unknown) => this.fails(error instanceof Error ? error.message : String(error)));
  }

  disconnectedCallback(): void {
    clearInterval(this.playing);
    this.flat?.close();
    this.stage?.close();
  }

  private get slider(): HTMLInputElement {
    return piece(this, "second") as HTMLInputElement;
  }

  private async start(server: Server): Promise<void> {
    const [plan, state] = await Promise.all([server.plan(), this.at(this.slider.valueAsNumber), fonts()]);
    const stage = this.open(piece(this, "view"));
    if (!stage) return;
    // The words "The rooms are being built" are drawn before the building begins.
    await new Promise((done) => setTimeout(done, 30));
    this.build(server, stage, plan, state);
    piece(this, "wait").hidden = true;
    this.dataset["ready"] = "";
    await this.show();
  }

  private build(server: Server, stage: Stage, plan: Plan, state: State): void {
    const rooms = new Rooms(plan);
    if (!stage.weak) rooms.polish(stage.renderer, MIRROR_PX);
    stage.scene = rooms.scene;
    const marks = new Marks();
    rooms.scene.add(marks.group);
    const sheet = new PageSheet(piece(this, "sheet"), (what) => void this.visit?.does(what));
    const visit = new Visit(plan, state, server, rooms, this.comfort, {
      sheet: (open, note) => sheet.show(open, note),
      say: (words) => announce(words),
      move: (to: Vec3, look: Vec3) => this.flat?.place(to, look),
      leave: () => {},
      follow: () => {},
      place: () => {},
    }, () => "screen");
    this.visit = visit;
    const view = piece(this, "view");
    this.flat = new Flat(stage, view, visit, marks);
    const centre = ROOMS.find((room) => room.id === "centre")!;
    this.flat.place(centre.stand, centre.look);
    view.addEventListener("keyup", (event) => event.key === "Enter" && event.target === view && sheet.focus());
    piece(this, "sheet").addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      visit.closeSheet();
      view.focus();
    });
    for (const button of this.querySelectorAll<HTMLElement>("[data-does]")) button.addEventListener("click", () => void visit.does(button.dataset["does"] ?? ""));
  }

  private open(view: HTMLElement): Stage | undefined {
    try {
      const stage = new Stage(view, drawsInSoftware(), (now, passed) => this.frame(now, passed));
      stage.renderer.domElement.addEventListener("webglcontextlost", () => this.fails("The picture was taken away: this device ran out of room for it. The same stands in words below; load the page again for the picture."));
      this.stage = stage;
      return stage;
    } catch {
      this.fails("This browser draws nothing in three dimensions: WebGL is off, or the device has none. The same stands in words below.");
      return undefined;
    }
  }

  private frame(now: number, passed: number): void {
    this.flat?.frame(passed);
    if (this.comfort.lively) this.visit?.rooms?.run(now);
  }

  /** The line of time: arrows go on by a minute, buttons from moment to moment, links to one. */
  private line(): void {
    const { slider } = this;
    slider.addEventListener("input", () => void this.show());
    slider.addEventListener("keydown", (event) => {
      const to = moved(event.key, slider.valueAsNumber, Number(slider.max));
      if (to === undefined) return;
      event.preventDefault();
      this.go(to);
    });
    for (const link of this.links()) {
      link.addEventListener("click", (event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        this.go(Number(link.dataset["second"]));
      });
    }
    const moments = this.links().map((link) => Number(link.dataset["second"]));
    this.moves("back", () => this.go(before(moments, slider.valueAsNumber)));
    this.moves("on", () => this.go(after(moments, slider.valueAsNumber, Number(slider.max))));
    this.moves("play", () => this.play(!this.playing));
  }

  private moves(what: string, act: () => void): void {
    this.querySelector(`[data-moves="${what}"]`)?.addEventListener("click", () => {
      if (what !== "play") this.play(false);
      act();
    });
  }

  private links(): HTMLAnchorElement[] {
    return [...this.querySelectorAll<HTMLAnchorElement>("a[data-second]")];
  }

  /** Goes to a moment: the slider, the picture, and, through the slider, the words. */
  private go(second: number): void {
    const { slider } = this;
    slider.value = `${second}`;
    slider.dispatchEvent(new Event("input", { bubbles: true }));
    announce(slider.getAttribute("aria-valuetext") ?? "");
  }

  private play(plays: boolean): void {
    clearInterval(this.playing);
    this.playing = 0;
    const button = this.querySelector<HTMLElement>('[data-moves="play"]');
    if (button) button.textContent = plays ? "Pause" : "Play";
    button?.setAttribute("aria-pressed", `${plays}`);
    if (!plays) return;
    const { slider } = this;
    const end = Number(slider.max);
    if (slider.valueAsNumber >= end) this.go(0);
    this.playing = window.setInterval(() => {
      // Whoever looks on sees each step: the next one waits for the last.
      if (this.asking) return;
      this.go(Math.min(end, slider.valueAsNumber + STEP));
      if (slider.valueAsNumber >= end) this.play(false);
    }, STEP_MS);
  }

  /** Shows the moment on the slider; one question at a time, and of those that came meanwhile only the last. */
  private async show(): Promise<void> {
    const { slider } = this;
    this.says(slider.valueAsNumber);
    if (this.asking || !this.visit) return;
    this.asking = true;
    try {
      while (this.shown !== slider.valueAsNumber) {
        const second = slider.valueAsNumber;
        this.visit.stands(await this.at(second));
        this.shown = second;
        this.dataset["shown"] = `${second}`;
      }
    } catch (error) {
      this.play(false);
      announce(error instanceof Error ? error.message : String(error));
    } finally {
      this.asking = false;
    }
  }

  private at(second: number): Promise<State> {
    const found = this.known.get(second) ?? this.server!.replay(second);
    this.known.set(second, found);
    // What failed is asked again.
    found.catch(() => this.known.delete(second));
    return found;
  }

  private says(second: number): void {
    const { slider } = this;
    const begun = Number(slider.dataset["begun"]);
    const words = `${clock(new Date((begun + second) * 1000).toISOString())}, minute ${Math.floor(second / 60)}`;
    slider.setAttribute("aria-valuetext", words);
    piece(this, "now").textContent = words;
    const links = this.links();
    const last = links.findLast((link) => Number(link.dataset["second"]) <= second);
    for (const link of links) {
      if (link === last) link.setAttribute("aria-current", "step");
      else link.removeAttribute("aria-current");
    }
    const list = piece(this, "moments");
    if (last) list.scrollTop = last.offsetTop - list.offsetTop - list.clientHeight / 2;
  }

  private fails(words: string): void {
    piece(this, "wait").hidden = true;
    piece(this, "fails").hidden = false;
    piece(this, "words").textContent = words;
    announce(words);
  }
}

customElements.define("drill-replay", DrillReplay);
