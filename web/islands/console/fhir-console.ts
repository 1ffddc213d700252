// <fhir-console base="/s/ID/fhir" sandbox="ID">: a FHIR client for the learner's own hospital. The server draws every
// control; this element wires them. Without scripts the controls are there and a note says what is missing.
import { announce } from "../announce.ts";
import { JsonView } from "../json-view.ts";
import { Editor } from "./editor.ts";
import { History, type Entry } from "./history.ts";
import { drawn, findingsOf, validationOf, verdictOf } from "./validation.ts";
import { HEADERS, hasBody, send, updateOf, type ConsoleAnswer, type ConsoleRequest } from "./request.ts";

class FhirConsole extends HTMLElement {
  private form!: HTMLFormElement;
  private editor!: Editor;
  private history!: History;
  private answer: ConsoleAnswer | null = null;

  connectedCallback(): void {
    this.form = this.seek("form");
    this.history = new History(localStorage, this.getAttribute("sandbox") ?? "");
    this.editor = new Editor(this.seek("textarea"), this.seek("[data-verdict]"), this.seek("[data-caret]"), this.seek("[data-to-fault]"));
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.send();
    });
    this.form.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      this.form.requestSubmit();
    });
    this.control("method").addEventListener("change", () => this.showBody());
    this.on("[data-tidy]", () => this.editor.tidy());
    this.on("[data-edit]", () => this.edit());
    this.on("[data-validate]", () => void this.validate());
    this.on("[data-validate-answer]", () => {
      this.edit();
      void this.validate();
    });
    this.on("[data-clear]", () => {
      this.history.clear();
      this.showHistory();
    });
    this.addEventListener("json-open", (event) => {
      this.load({ method: "GET", path: (event as CustomEvent<string>).detail, headers: {}, body: "" });
      void this.send();
    });
    this.showBody();
    this.showHistory();
  }

  private async send(): Promise<void> {
    const request = this.request();
    if (hasBody(request.method) && this.editor.lint()) {
      announce(this.seek("[data-verdict]").textContent ?? "");
      this.editor.goToFault();
      return;
    }
    const button = this.seek<HTMLButtonElement>("[data-send]");
    button.setAttribute("aria-disabled", "true");
    try {
      const csrf = document.querySelector<HTMLMetaElement>('meta[name="csrf"]')?.content ?? "";
      this.show(request, await send(this.getAttribute("base") ?? "", request, csrf));
    } catch {
      this.showUnreached(request);
    } finally {
      button.removeAttribute("aria-disabled");
    }
  }

  /** Has the resource in the editor checked; nothing is stored, and the form stays as it is. */
  private async validate(): Promise<void> {
    if (this.editor.lint()) {
      announce(this.seek("[data-verdict]").textContent ?? "");
      this.editor.goToFault();
      return;
    }
    const request = validationOf(this.editor.text, this.control("profile").value);
    if (!request) return this.judge("There is no resource to validate: it needs a resourceType.", []);
    const button = this.seek<HTMLButtonElement>("[data-validate]");
    button.setAttribute("aria-disabled", "true");
    try {
      const csrf = document.querySelector<HTMLMetaElement>('meta[name="csrf"]')?.content ?? "";
      const answer = await send(this.getAttribute("base") ?? "", request, csrf);
      const findings = findingsOf(answer.body);
      const jump = (start: number, end: number) => this.editor.select(start, end);
      if (findings) this.judge(verdictOf(findings), findings.map((one) => drawn(one, () => this.editor.text, jump)));
      else this.judge(`The hospital answered ${answer.status} and no outcome.`, []);
    } catch {
      this.judge("The hospital could not be reached. Nothing is known about this resource.", []);
    } finally {
      button.removeAttribute("aria-disabled");
    }
  }

  private judge(verdict: string, lines: HTMLLIElement[]): void {
    this.seek("[data-outcome]").hidden = false;
    this.seek("[data-outcome-verdict]").textContent = verdict;
    this.seek("[data-outcome-lines]").replaceChildren(...lines);
    announce(verdict);
  }

  private request(): ConsoleRequest {
    const headers: Record<string, string> = {};
    for (const name of HEADERS) {
      const value = this.control(name).value.trim();
      if (value) headers[name] = value;
    }
    const method = this.control("method").value;
    return { method, path: this.control("path").value.trim(), headers, body: hasBody(method) ? this.editor.text : "" };
  }

  /** Fills the form with `request`; nothing is sent. */
  private load(request: ConsoleRequest): void {
    this.control("method").value = request.method;
    this.control("path").value = request.path;
    for (const name of HEADERS) this.control(name).value = request.headers[name] ?? "";
    this.editor.text = request.body;
    this.seek("[data-outcome]").hidden = true;
    if (HEADERS.slice(1).some((name) => request.headers[name])) this.seek<HTMLDetailsElement>("[data-more]").open = true;
    this.showBody();
  }

  private edit(): void {
    const update = this.answer && updateOf(this.answer);
    if (!update) return;
    this.load(update);
    this.editor.tidy();
    this.seek("textarea").focus();
    announce(`${update.path} is in the editor, ready to be changed and sent`);
  }

  private show(request: ConsoleRequest, answer: ConsoleAnswer): void {
    this.answer = answer;
    const words = `${answer.status} ${answer.statusText}`.trim();
    this.seek("[data-response]").hidden = false;
    this.seek("[data-idle]").hidden = true;
    this.tag(words, answer.status);
    this.seek("[data-ms]").textContent = `${answer.ms < 10 ? answer.ms.toFixed(1) : Math.round(answer.ms)} ms · ${size(answer.body)}`;
    this.seek("[data-asked]").textContent = `${request.method} ${request.path || "/"}`;
    this.seek("[data-headers]").textContent = answer.headers.map(([name, value]) => `${name}: ${value}`).join("\n");
    this.seek<JsonView>("json-view").show(answer.body || "(no body)");
    this.seek("[data-edit]").hidden = updateOf(answer) === null;
    this.seek("[data-validate-answer]").hidden = updateOf(answer) === null;
    this.remember(request, answer.status);
    announce(`${words}, ${size(answer.body)}`);
  }

  private showUnreached(request: ConsoleRequest): void {
    this.answer = null;
    this.seek("[data-response]").hidden = false;
    this.seek("[data-idle]").hidden = true;
    this.tag("No answer", 0);
    this.seek("[data-ms]").textContent = "";
    this.seek("[data-asked]").textContent = `${request.method} ${request.path || "/"}`;
    this.seek("[data-headers]").textContent = "";
    this.seek<JsonView>("json-view").show("The hospital could not be reached. Is Practicum still running? Nothing is known about what it did with this request.");
    this.seek("[data-edit]").hidden = true;
    this.seek("[data-validate-answer]").hidden = true;
    this.remember(request, 0);
    announce("No answer: the hospital could not be reached");
  }

  private tag(words: string, status: number): void {
    const tag = this.seek("[data-status]");
    tag.textContent = words;
    tag.className = `tag tag-${tone(status)}`;
  }

  private remember(request: ConsoleRequest, status: number): void {
    this.history.add({ ...request, status, at: Date.now() });
    this.showHistory();
  }

  private showHistory(): void {
    const entries = this.history.all();
    this.seek("[data-history]").replaceChildren(...entries.map((entry) => this.entry(entry)));
    this.seek("[data-no-history]").hidden = entries.length > 0;
    this.seek("[data-clear]").hidden = entries.length === 0;
  }

  private entry(entry: Entry): HTMLLIElement {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "entry";
    button.title = `Sent ${new Date(entry.at).toLocaleString()}`;
    const status = Object.assign(document.createElement("span"), { className: `tag tag-${tone(entry.status)}`, textContent: entry.status === 0 ? "none" : String(entry.status) });
    const path = Object.assign(document.createElement("code"), { textContent: entry.path || "/" });
    const method = Object.assign(document.createElement("b"), { textContent: entry.method });
    button.append(method, path, status);
    button.addEventListener("click", () => {
      this.load(entry);
      this.control("path").focus();
      announce(`${entry.method} ${entry.path || "/"} is back in the form`);
    });
    const item = document.createElement("li");
    item.append(button);
    return item;
  }

  private showBody(): void {
    this.seek("[data-body]").hidden = !hasBody(this.control("method").value);
  }

  private on(selector: string, action: () => void): void {
    this.seek(selector).addEventListener("click", action);
  }

  private control(name: string): HTMLInputElement {
    return this.form.elements.namedItem(name) as HTMLInputElement;
  }

  private seek<T extends HTMLElement = HTMLElement>(selector: string): T {
    const found = this.querySelector<T>(selector);
    if (!found) throw new Error(`fhir-console: ${selector} is missing from the page`);
    return found;
  }
}

function tone(status: number): string {
  if (status === 0 || status >= 500) return "bad";
  if (status >= 400) return "warn";
  return status >= 300 ? "info" : "good";
}

function size(text: string): string {
  const bytes = new TextEncoder().encode(text).length;
  return bytes < 1024 ? `${bytes} B` : `${(bytes / 1024).toFixed(1)} kB`;
}

customElements.define("fhir-console", FhirConsole);
