// <json-view>: lays out and colours the JSON inside its <code>. References to other resources become buttons when
// `base` is given; pressing one sends the bubbling event `json-open` with the address.
import { layOut, type Piece } from "./json/print.ts";

const COLOURED_MAX = 400_000;
const RELATIVE = /^[A-Z][A-Za-z]+\/[A-Za-z0-9.-]{1,64}(?:\/_history\/[A-Za-z0-9.-]{1,64})?$/;

export class JsonView extends HTMLElement {
  connectedCallback(): void {
    const code = this.querySelector("code");
    if (code?.textContent) this.show(code.textContent);
  }

  /** Shows `text`, laid out and coloured if it is JSON, as it is if not. */
  show(text: string): void {
    const code = this.querySelector("code");
    if (!code) return;
    const pieces = text.length > COLOURED_MAX ? null : layOut(text);
    if (pieces) code.replaceChildren(...pieces.map((piece) => this.draw(piece)));
    else code.textContent = text;
  }

  private draw(piece: Piece): Node {
    if (!piece.kind) return document.createTextNode(piece.text);
    const target = piece.kind === "string" ? this.target(piece) : null;
    if (target !== null) return this.link(piece.text, target);
    const span = document.createElement("span");
    span.className = `json-${piece.kind}`;
    span.textContent = piece.text;
    return span;
  }

  private link(text: string, target: string): HTMLButtonElement {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "json-link";
    button.textContent = text;
    button.addEventListener("click", () => this.dispatchEvent(new CustomEvent("json-open", { bubbles: true, detail: target })));
    return button;
  }

  /** The address behind a string, relative to `base`; null if it is no address of this server. */
  private target(piece: Piece): string | null {
    const base = this.getAttribute("base");
    if (base === null || !["reference", "fullUrl", "url"].includes(piece.key ?? "")) return null;
    const text = JSON.parse(piece.text) as string;
    if (RELATIVE.test(text)) return text;
    const absolute = new URL(base.replace(/\/$/, ""), location.href).href;
    if (!text.startsWith(absolute)) return null;
    const rest = text.slice(absolute.length);
    return /^[/?]/.test(rest) ? rest.replace(/^\//, "") : null;
  }
}

customElements.define("json-view", JsonView);
