// <menu-disclosure>: a <details> that closes on Escape, on a click elsewhere and when focus leaves it.

class MenuDisclosure extends HTMLElement {
  private readonly outside = (event: Event) => {
    if (!this.contains(event.target as Node)) this.close();
  };

  connectedCallback(): void {
    document.addEventListener("click", this.outside);
    this.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !this.details?.open) return;
      this.close();
      this.querySelector("summary")?.focus();
    });
    this.addEventListener("focusout", (event) => {
      const next = event.relatedTarget as Node | null;
      if (next && !this.contains(next)) this.close();
    });
  }

  disconnectedCallback(): void {
    document.removeEventListener("click", this.outside);
  }

  private get details(): HTMLDetailsElement | null {
    return this.querySelector("details");
  }

  private close(): void {
    if (this.details) this.details.open = false;
  }
}

customElements.define("menu-disclosure", MenuDisclosure);
