// What the rooms ask of the server, and hear from it: the same addresses that scripts and pages use, with the page's own session.
import type { Answer, Plan, Pose, State, Traveller } from "./model.ts";

const RETRY_MS = 4000;

/** Something the server said, in words for whoever stands in the rooms. */
export class Refused extends Error {}

export class Server {
  private source: EventSource | undefined;
  private retry = 0;
  private keys = 0;
  private readonly visit = crypto.getRandomValues(new Uint32Array(2)).join("-");

  /** `root` is the drill's address, such as `/api/drills/ID`. */
  constructor(
    private readonly root: string,
    private readonly csrf: string,
  ) {}

  plan(): Promise<Plan> {
    return this.ask("GET", "/plan") as Promise<Plan>;
  }

  state(): Promise<State> {
    return this.ask("GET", "") as Promise<State>;
  }

  /** A drill that is over, as it stood so many seconds after it began. */
  async replay(second: number): Promise<State> {
    return { ...((await this.ask("GET", `/replay?second=${second}`)) as State), past: true };
  }

  async messages(): Promise<Traveller[]> {
    return ((await this.ask("GET", "/messages")) as { messages: Traveller[] }).messages;
  }

  /** Gives a command; under a key of its own, so that what is sent twice counts once. */
  give(command: string): Promise<Answer> {
    this.keys += 1;
    return this.ask("POST", "/commands", { key: `rooms-${this.visit}-${this.keys}`.slice(0, 64), command }) as Promise<Answer>;
  }

  pass(minutes: number): Promise<State> {
    return this.ask("POST", "/pass", { minutes }) as Promise<State>;
  }

  pose(pose: Omit<Pose, "login" | "name">): Promise<unknown> {
    return this.ask("POST", "/pose", pose);
  }

  /** Follows the drill: its state at every change, where the others stand, and whether the server is heard at all. */
  follow(on: { state: (state: State) => void; team: (team: Pose[]) => void; heard: (heard: boolean) => void }): void {
    const source = new EventSource(this.root);
    this.source = source;
    source.addEventListener("open", () => on.heard(true));
    source.addEventListener("state", (event) => on.state(JSON.parse(event.data) as State));
    source.addEventListener("team", (event) => on.team(JSON.parse(event.data) as Pose[]));
    source.addEventListener("error", () => {
      on.heard(false);
      // The browser tries again by itself, unless the server answered with an error.
      if (source.readyState === EventSource.CLOSED) this.retry = window.setTimeout(() => this.follow(on), RETRY_MS);
    });
  }

  leave(): void {
    this.source?.close();
    clearTimeout(this.retry);
  }

  private async ask(method: string, path: string, body?: unknown): Promise<unknown> {
    const headers: Record<string, string> = { accept: "application/json", "x-csrf-token": this.csrf };
    if (body !== undefined) headers["content-type"] = "application/json";
    const answer = await fetch(this.root + path, { method, headers, body: body === undefined ? null : JSON.stringify(body) }).catch(() => {
      throw new Refused("The hospital does not answer. Wait a moment and try again.");
    });
    const said = (await answer.json().catch(() => ({}))) as { detail?: string; title?: string };
    if (!answer.ok) throw new Refused(sentence(said.detail ?? said.title ?? `The server answered ${answer.status}.`));
    return said;
  }
}

const sentence = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1) + (/[.!?]$/.test(text) ? "" : ".");
