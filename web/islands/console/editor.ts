// The body editor: a plain textarea that stays a textarea (so the keyboard, undo and screen readers work), with a line
// below it that says where the caret is and what is wrong with the JSON.
import { pretty } from "../json/print.ts";
import { place, scan, type Fault } from "../json/scan.ts";

export class Editor {
  private pause = 0;

  constructor(
    private readonly area: HTMLTextAreaElement,
    private readonly verdict: HTMLElement,
    private readonly caret: HTMLElement,
    private readonly jump: HTMLButtonElement,
  ) {
    area.addEventListener("input", () => this.lintSoon());
    document.addEventListener("selectionchange", () => this.showCaret());
    jump.addEventListener("click", () => this.goToFault());
    this.lint();
  }

  get text(): string {
    return this.area.value;
  }

  set text(text: string) {
    this.area.value = text;
    this.lint();
  }

  /** Lays the text out again if it is JSON; leaves it alone if not. */
  tidy(): void {
    this.text = pretty(this.text);
  }

  /** The first fault of the text, shown below it; null when the text is empty or right. */
  lint(): Fault | null {
    const fault = this.text.trim() === "" ? null : scan(this.text).fault;
    this.area.setAttribute("aria-invalid", String(fault !== null));
    this.jump.hidden = fault === null;
    this.verdict.toggleAttribute("data-bad", fault !== null);
    this.verdict.textContent = fault
      ? `Line ${fault.line}, column ${fault.column}: ${fault.message}`
      : this.text.trim() === "" ? "No body" : "Well-formed JSON";
    this.showCaret();
    return fault;
  }

  /** Puts the caret on the fault, as if the reader had walked there. */
  goToFault(): void {
    const fault = this.lint();
    if (!fault) return;
    this.area.focus();
    this.area.setSelectionRange(fault.offset, Math.min(fault.offset + 1, this.text.length));
  }

  /** Selects a stretch of the text and brings it into view. */
  select(start: number, end: number): void {
    this.area.focus();
    // A textarea scrolls to where the caret is set, not to what is selected.
    this.area.setSelectionRange(start, start);
    this.area.blur();
    this.area.focus();
    this.area.setSelectionRange(start, end);
  }

  // Typing is not interrupted by a verdict on half a word.
  private lintSoon(): void {
    clearTimeout(this.pause);
    this.pause = window.setTimeout(() => this.lint(), 300);
  }

  private showCaret(): void {
    const { line, column } = place(this.text, this.area.selectionStart);
    this.caret.textContent = `Ln ${line}, Col ${column}`;
  }
}
