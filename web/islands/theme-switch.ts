// <theme-switch>: three radio buttons. The choice lives in a cookie so that the server can draw the page right at once.

const YEAR_S = 365 * 24 * 60 * 60;

class ThemeSwitch extends HTMLElement {
  connectedCallback(): void {
    this.addEventListener("change", (event) => {
      const { value } = event.target as HTMLInputElement;
      if (value === "auto") delete document.documentElement.dataset["theme"];
      else document.documentElement.dataset["theme"] = value;
      document.cookie = `theme=${value}; Path=/; Max-Age=${YEAR_S}; SameSite=Lax`;
    });
  }
}

customElements.define("theme-switch", ThemeSwitch);
