// <contract-bench>: compiles Solidity in a worker, deploys what came out, and calls it. The compiler is fetched when it is first used, and
// its worker can reach nothing: a source leaves the page only as code, and only when it is deployed.
import { announce } from "./announce.ts";
import { input, lines, output, type Built } from "./pure/solidity.ts";

class ContractBench extends HTMLElement {
  private worker: Promise<Worker> | undefined;
  private built = new Map<string, Built>();

  connectedCallback(): void {
    this.querySelector<HTMLFormElement>("[data-does=compile]")?.addEventListener("click", () => this.do("compile", () => this.compile()));
    this.querySelector<HTMLFormElement>("[data-does=deploy]")?.addEventListener("click", () => this.do("deploy", () => this.deploy()));
    this.querySelector<HTMLFormElement>("[data-does=call]")?.addEventListener("click", () => this.do("call", () => this.call()));
  }

  private value(name: string): string {
    return this.querySelector<HTMLInputElement>(`[name="${name}"]`)?.value ?? "";
  }

  private say(which: string, words: string): void {
    const status = this.querySelector(`[data-says=${which}]`);
    if (status) status.textContent = words;
  }

  /** One thing at a time; what goes wrong is said where it was asked for. */
  private async do(which: string, work: () => Promise<string>): Promise<void> {
    const button = this.querySelector<HTMLButtonElement>(`[data-does=${which}]`);
    if (!button || button.getAttribute("aria-disabled") === "true") return;
    button.setAttribute("aria-disabled", "true");
    this.say(which, "At work …");
    try {
      this.say(which, await work());
    } catch (error) {
      this.say(which, error instanceof Error ? error.message : String(error));
    } finally {
      button.removeAttribute("aria-disabled");
    }
  }

  private async compile(): Promise<string> {
    const worker = await (this.worker ??= this.start());
    const said = new Promise<string>((resolve, reject) => {
      worker.onmessage = ({ data }) => resolve((data as { said: string }).said);
      worker.onerror = () => reject(new Error("The compiler stopped; reload the page and try again."));
    });
    worker.postMessage({ input: input(this.value("source")) });
    const { contracts, complaints } = output(await said);
    this.built = contracts;
    const list = this.querySelector(".contract-messages");
    list?.replaceChildren(
      ...complaints.map(({ severe, text }) => Object.assign(document.createElement("pre"), { textContent: text, className: severe ? "contract-error" : "contract-warning" })),
    );
    const select = this.querySelector<HTMLSelectElement>("[name=contract]");
    select?.replaceChildren(...[...contracts.keys()].map((name) => new Option(name, name)));
    const errors = complaints.filter(({ severe }) => severe).length;
    if (errors > 0) return errors === 1 ? "One error." : `${errors} errors.`;
    const sizes = [...contracts].map(([name, { bytecode }]) => `${name}, ${(bytecode.length - 2) / 2} bytes`);
    return sizes.length > 0 ? `Compiled: ${sizes.join("; ")}.` : "Compiled, but there is no contract in it that could be deployed.";
  }

  /** Fetches the machine code, and hands it to a worker that has no way to fetch anything. */
  private async start(): Promise<Worker> {
    const reply = await fetch(this.dataset["machine"] ?? "");
    if (!reply.ok || !reply.body) throw new Error("The compiler could not be fetched; try again.");
    const machine = await new Response(reply.body.pipeThrough(new DecompressionStream("gzip"))).arrayBuffer();
    const worker = new Worker(this.dataset["worker"] ?? "");
    const ready = new Promise<void>((resolve, reject) => {
      worker.onmessage = () => resolve();
      worker.onerror = () => reject(new Error("The compiler does not run in this browser."));
    });
    worker.postMessage({ machine }, [machine]);
    try {
      await ready;
    } catch (error) {
      this.worker = undefined;
      throw error;
    }
    return worker;
  }

  private async deploy(): Promise<string> {
    const built = this.built.get(this.value("contract"));
    if (!built) return "Compile first, and choose what to deploy.";
    const made = await this.rpc<{ address: string }>("practicum_deploy", { from: Number(this.value("from")), built, with: lines(this.value("with")) });
    const to = this.querySelector<HTMLInputElement>("[name=to]");
    if (to) to.value = made.address;
    announce("The contract is deployed.");
    return `Deployed at ${made.address}.`;
  }

  private async call(): Promise<string> {
    const call = this.value("call").trim();
    const asked = { from: Number(this.value("caller")), to: this.value("to").trim(), call, with: lines(this.value("arguments")) };
    if (/\)\s*\(/.test(call)) {
      const answers = await this.rpc<string[]>("practicum_ask", asked);
      return answers.length > 0 ? `Answer: ${answers.join(", ")}.` : "It answered nothing.";
    }
    const { transaction } = await this.rpc<{ transaction: string }>("practicum_send", asked);
    return `Done in transaction ${transaction}.`;
  }

  private async rpc<T>(method: string, param: unknown): Promise<T> {
    const reply = await fetch(this.dataset["rpc"] ?? "", {
      method: "POST",
      headers: { "content-type": "application/json", "x-csrf-token": document.querySelector<HTMLMetaElement>('meta[name="csrf"]')?.content ?? "" },
      body: JSON.stringify({ jsonrpc: "2.0", id: 1, method, params: [param] }),
    });
    const { result, error, detail } = (await reply.json()) as { result?: T; error?: { message: string }; detail?: string };
    if (result === undefined) throw new Error(error?.message ?? detail ?? "The chain gave no answer.");
    return result;
  }
}

customElements.define("contract-bench", ContractBench);
