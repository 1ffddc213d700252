// <confirm-dialog>: a button marked `data-open` and a native <dialog> beside it. The browser keeps the focus inside,
// closes on Escape and returns the focus to the button.

class ConfirmDialog extends HTMLElement {
  connectedCallback(): void {
    this.addEventListener("click", (event) => {
      const target = event.target as Element;
      const dialog = this.querySelector("dialog");
      if (!dialog) return;
      if (target.closest("[data-open]")) dialog.showModal();
      if (target.closest("[data-close]") || target === dialog) dialog.close();
    });
  }
}

customElements.define("confirm-dialog", ConfirmDialog);
