// <virtual-clock at="2031-03-04T06:52:10" rate="1">: carries the hospital's clock on between two answers of the server.
// A rate of 0 means paused. The time is the hospital's own wall time, so it is read as if it were UTC and never shifted.
import { hospitalTime } from "./pure/hospital-time.ts";

class VirtualClock extends HTMLElement {
  private timer = 0;
  private readonly since = performance.now();

  connectedCallback(): void {
    if (Number(this.getAttribute("rate")) > 0) this.timer = window.setInterval(() => this.draw(), 1000);
  }

  disconnectedCallback(): void {
    clearInterval(this.timer);
  }

  private draw(): void {
    const now = hospitalTime(this.getAttribute("at") ?? "", Number(this.getAttribute("rate")), performance.now() - this.since);
    if (!now) return;
    const part = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat("en-GB", { ...options, timeZone: "UTC" }).format(now);
    this.set("[data-hour]", part({ hour: "2-digit" }).padStart(2, "0"));
    this.set("[data-minute]", part({ minute: "2-digit" }).padStart(2, "0"));
    this.set("[data-day]", part({ weekday: "short", day: "numeric", month: "short", year: "numeric" }).replace(",", ""));
  }

  private set(selector: string, text: string): void {
    const cell = this.querySelector(selector);
    if (cell && cell.textContent !== text) cell.textContent = text;
  }
}

customElements.define("virtual-clock", VirtualClock);
