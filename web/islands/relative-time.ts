// <relative-time><time datetime>…</time></relative-time>: says "4 minutes ago" in the reader's own words and keeps the
// exact time as the title. For wall time only; the hospital's own clock is <virtual-clock>.
import { relative } from "./pure/relative.ts";

class RelativeTime extends HTMLElement {
  private timer = 0;

  connectedCallback(): void {
    this.draw();
    this.timer = window.setInterval(() => this.draw(), 30_000);
  }

  disconnectedCallback(): void {
    clearInterval(this.timer);
  }

  private draw(): void {
    const time = this.querySelector("time");
    const then = Date.parse(time?.dateTime ?? "");
    if (!time || Number.isNaN(then)) return;
    if (!time.title) time.title = time.textContent ?? "";
    time.textContent = relative(then, Date.now());
  }
}

customElements.define("relative-time", RelativeTime);
