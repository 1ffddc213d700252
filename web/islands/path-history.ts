// <path-history sandbox action>: remembers the expressions that gave a result, as links that bring them back.
import { Recent } from "./pure/recent.ts";

class PathHistory extends HTMLElement {
  private readonly ended = new AbortController();

  connectedCallback(): void {
    const recent = new Recent(localStorage, this.getAttribute("sandbox") ?? "");
    const result = document.getElementById("path-result");
    const remember = (): void => {
      const expression = result?.querySelector<HTMLElement>("[data-expression]")?.dataset["expression"];
      const resource = document.querySelector<HTMLSelectElement>(".path-bench [name=resource]");
      if (expression) recent.add({ expression, resource: resource?.value ?? "" });
      this.draw(recent);
    };
    const { signal } = this.ended;
    this.querySelector("[data-clear]")?.addEventListener("click", () => (recent.clear(), this.draw(recent)), { signal });
    if (result) {
      const watch = new MutationObserver(remember);
      watch.observe(result, { childList: true });
      signal.addEventListener("abort", () => watch.disconnect());
    }
    remember();
  }

  disconnectedCallback(): void {
    this.ended.abort();
  }

  private draw(recent: Recent): void {
    const all = recent.all();
    this.hidden = all.length === 0;
    this.querySelector("ol")?.replaceChildren(...all.map((it) => this.entry(it.expression, it.resource)));
  }

  private entry(expression: string, resource: string): HTMLElement {
    const link = document.createElement("a");
    link.href = `${this.getAttribute("action") ?? ""}?${new URLSearchParams({ resource, expression })}`;
    link.textContent = expression;
    const on = document.createElement("code");
    on.textContent = resource;
    const item = document.createElement("li");
    item.append(link, on);
    return item;
  }
}

customElements.define("path-history", PathHistory);
