// <vote-player>: shows a run of validators message by message. Everything is on the page already; what has not been sent yet is faint.
import { announce } from "./announce.ts";

const PACE_MS = 350;

class VotePlayer extends HTMLElement {
  private timer = 0;

  connectedCallback(): void {
    const controls = this.querySelector<HTMLElement>(".vote-controls");
    if (!controls) return;
    controls.hidden = false;
    controls.addEventListener("click", (event) => this.pressed((event.target as HTMLElement).closest<HTMLElement>("[data-does]")?.dataset["does"]));
    this.range()?.addEventListener("input", () => (this.stop(), this.show(false)));
    this.show(false);
  }

  disconnectedCallback(): void {
    this.stop();
  }

  private range(): HTMLInputElement | null {
    return this.querySelector<HTMLInputElement>("input[type=range]");
  }

  private pressed(what: string | undefined): void {
    if (what === "play") {
      if (this.timer) this.stop();
      else this.play();
      return;
    }
    this.stop();
    if (what === "back") this.move(-1);
    if (what === "step") this.move(1);
    this.show(true);
  }

  private play(): void {
    const range = this.range();
    if (!range) return;
    if (range.value === range.max) range.value = "0";
    this.timer = window.setInterval(() => {
      if (!this.move(1)) this.stop();
      this.show(false);
    }, PACE_MS);
    this.label("Pause");
  }

  private stop(): void {
    clearInterval(this.timer);
    this.timer = 0;
    this.label("Play");
  }

  private label(words: string): void {
    const button = this.querySelector("[data-does=play]");
    if (button) button.textContent = words;
  }

  /** Moves by so many messages, and says whether there was room. */
  private move(by: number): boolean {
    const range = this.range();
    const before = range?.value;
    if (range) range.value = String(Number(range.value) + by);
    return range?.value !== before;
  }

  private show(aloud: boolean): void {
    const step = Number(this.range()?.value ?? 0);
    for (const part of this.querySelectorAll<SVGElement>("[data-step]")) part.classList.toggle("to-come", Number(part.dataset["step"]) > step);
    const rows = [...this.querySelectorAll<HTMLTableRowElement>("tbody tr")];
    rows.forEach((row, at) => {
      row.classList.toggle("to-come", at >= step);
      row.toggleAttribute("aria-current", at === step - 1);
    });
    const cells = [...(rows[step - 1]?.cells ?? [])].map((cell) => cell.textContent?.trim() ?? "");
    const words = cells.length > 5 ? `${step} of ${rows.length}: ${cells[2]}, ${cells[3]} for ${cells[5] === "–not recorded" ? "nothing" : cells[5]}` : "Nothing has been said yet";
    const output = this.querySelector("output");
    if (output) output.textContent = words;
    if (aloud) announce(words);
  }
}

customElements.define("vote-player", VotePlayer);
