// <image-viewer>: changes the picture in place. Up and down (or the wheel) go through the pictures, Shift with the arrows
// or dragging changes the window: across its width, down its center. Without it the form loads the page again.
import { announce } from "./announce.ts";
import { dragged, stepped, withWindow, type Window } from "./pure/image-window.ts";

// Pictures that are fetched before anybody asks: a stack of slices, not a film of hundreds.
const FETCHED_AHEAD = 32;

class ImageViewer extends HTMLElement {
  private sources: string[] = [];
  private pause = 0;
  // One picture is fetched at a time: while it comes, only the last wish counts.
  private fetching = false;
  private waiting = false;

  connectedCallback(): void {
    this.sources = [...this.querySelectorAll<HTMLElement>(".viewer-pictures li")].map((item) => item.dataset["src"] ?? "");
    const screen = this.querySelector<HTMLElement>(".viewer-screen");
    const form = this.querySelector("form");
    if (!screen || !form || this.sources.length === 0) return;
    form.addEventListener("submit", (event) => (event.preventDefault(), this.draw()));
    form.addEventListener("input", (event) => this.changed(event.target as HTMLElement));
    screen.addEventListener("keydown", (event) => this.key(event));
    screen.addEventListener("wheel", (event) => (event.preventDefault(), this.step(Math.sign(event.deltaY))), { passive: false });
    this.drag(screen);
    const image = this.querySelector("img");
    for (const end of ["load", "error"]) image?.addEventListener(end, () => this.came());
    for (const source of this.sources.slice(0, FETCHED_AHEAD)) new Image().src = withWindow(source, this.window());
  }

  private control(name: string): HTMLInputElement | HTMLSelectElement | null {
    return this.querySelector(`[name="${name}"]`);
  }

  private window(): Window | undefined {
    const [center, width] = ["center", "width"].map((name) => Number.parseFloat(this.control(name)?.value ?? ""));
    if (center === undefined || width === undefined || !Number.isFinite(center) || !Number.isFinite(width)) return undefined;
    return { center, width: Math.max(1, width) };
  }

  private set(window: Window): void {
    const [center, width] = [this.control("center"), this.control("width")];
    if (center) center.value = String(Math.round(window.center));
    if (width) width.value = String(Math.round(window.width));
    this.draw();
  }

  private changed(control: HTMLElement): void {
    const preset = control.id === "viewer-preset" ? (control as HTMLSelectElement).value : "";
    const [center, width] = preset.split(",").map(Number);
    if (preset && center !== undefined && width !== undefined) this.set({ center, width });
    else this.draw();
  }

  private key(event: KeyboardEvent): void {
    const steps: Record<string, [number, number]> = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };
    const step = steps[event.key];
    if (!step) return;
    event.preventDefault();
    const window = this.window();
    if (!event.shiftKey) this.step(step[0] + step[1]);
    else if (window) this.set(dragged(window, step[0] * 10, step[1] * 10));
  }

  private step(by: number): void {
    const picture = this.control("picture");
    if (!picture || by === 0) return;
    picture.value = String(stepped(Number(picture.value), by, this.sources.length));
    this.draw();
  }

  private drag(screen: HTMLElement): void {
    let from: { x: number; y: number; window: Window } | undefined;
    screen.addEventListener("pointerdown", (event) => {
      const window = this.window();
      if (event.button !== 0 || !window) return;
      from = { x: event.clientX, y: event.clientY, window };
      screen.setPointerCapture(event.pointerId);
      event.preventDefault();
      screen.focus();
    });
    screen.addEventListener("pointermove", (event) => {
      if (from) this.set(dragged(from.window, event.clientX - from.x, event.clientY - from.y));
    });
    for (const end of ["pointerup", "pointercancel"]) screen.addEventListener(end, () => (from = undefined));
  }

  private came(): void {
    this.fetching = false;
    if (!this.waiting) return;
    this.waiting = false;
    this.draw();
  }

  private draw(): void {
    const image = this.querySelector("img");
    const number = Number(this.control("picture")?.value ?? 1);
    const source = this.sources[number - 1];
    if (!image || !source) return;
    const words = `${number} of ${this.sources.length}`;
    const wanted = withWindow(source, this.window());
    if (image.getAttribute("src") !== wanted) {
      this.waiting = this.fetching;
      if (!this.fetching) {
        this.fetching = true;
        image.src = wanted;
      }
    }
    image.alt = image.alt.replace(/picture \d+ of \d+$/, `picture ${words}`);
    const output = this.querySelector("output");
    if (output) output.textContent = words;
    // Said once the hand rests, not at every step.
    clearTimeout(this.pause);
    this.pause = window.setTimeout(() => announce(`Picture ${words}`), 700);
  }
}

customElements.define("image-viewer", ImageViewer);
