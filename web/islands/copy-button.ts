// <copy-button for="ID">: copies the text of that element, or the value of its own `text` attribute.
import { announce } from "./announce.ts";

class CopyButton extends HTMLElement {
  connectedCallback(): void {
    this.querySelector("button")?.addEventListener("click", () => void this.copy());
  }

  private async copy(): Promise<void> {
    const source = document.getElementById(this.getAttribute("for") ?? "");
    const text = this.getAttribute("text") ?? source?.textContent ?? "";
    try {
      await navigator.clipboard.writeText(text);
      announce("Copied");
      this.show("Copied");
    } catch {
      announce("The browser did not allow copying. Select the text and copy it by hand.");
      this.show("Not allowed");
    }
  }

  private show(word: string): void {
    const label = this.querySelector("[data-label]");
    if (!label) return;
    const before = this.dataset["label"] ?? label.textContent ?? "Copy";
    this.dataset["label"] = before;
    label.textContent = word;
    setTimeout(() => (label.textContent = before), 2000);
  }
}

customElements.define("copy-button", CopyButton);
