// What $validate said about a resource, line by line, each with a way to the place it is about.
import { locate } from "../json/locate.ts";
import type { ConsoleRequest } from "./request.ts";

/** One issue of an OperationOutcome; `path` is empty where it is about the whole. */
export interface Finding {
  severity: string;
  words: string;
  path: string;
}

/** The request that has `text` checked, against `profile` too where one is named; null if it is no resource. */
export function validationOf(text: string, profile: string): ConsoleRequest | null {
  let kind: unknown;
  try {
    kind = (JSON.parse(text) as { resourceType?: unknown } | null)?.resourceType;
  } catch {
    return null;
  }
  if (typeof kind !== "string" || !/^[A-Z][A-Za-z]+$/.test(kind)) return null;
  const query = profile.trim() === "" ? "" : `?profile=${encodeURIComponent(profile.trim())}`;
  return { method: "POST", path: `${kind}/$validate${query}`, headers: {}, body: text };
}

/** The issues of an answer; null if it is no OperationOutcome. */
export function findingsOf(body: string): Finding[] | null {
  interface Issue { severity?: unknown; diagnostics?: unknown; details?: { text?: unknown }; expression?: unknown }
  let outcome: { resourceType?: unknown; issue?: unknown } | null;
  try {
    outcome = JSON.parse(body);
  } catch {
    return null;
  }
  if (outcome?.resourceType !== "OperationOutcome" || !Array.isArray(outcome.issue)) return null;
  return (outcome.issue as Issue[]).map((issue) => ({
    severity: String(issue.severity ?? "error"),
    words: String(issue.diagnostics ?? issue.details?.text ?? "No words were given."),
    path: Array.isArray(issue.expression) ? String(issue.expression[0] ?? "") : "",
  }));
}

/** What was found, in one sentence. */
export function verdictOf(findings: Finding[]): string {
  const count = (severities: string[]) => findings.filter((one) => severities.includes(one.severity)).length;
  const errors = count(["fatal", "error"]);
  const warnings = count(["warning"]);
  const said = (number: number, word: string) => `${number} ${word}${number === 1 ? "" : "s"}`;
  if (errors > 0) return warnings > 0 ? `Not valid: ${said(errors, "error")}, ${said(warnings, "warning")}` : `Not valid: ${said(errors, "error")}`;
  return warnings > 0 ? `Valid, with ${said(warnings, "warning")}` : "Valid";
}

const TONES: Record<string, string> = { fatal: "bad", error: "bad", warning: "warn" };

/** A line of the list; `jump` is called with the place in the text as it is now. */
export function drawn(finding: Finding, text: () => string, jump: (start: number, end: number) => void): HTMLLIElement {
  const line = document.createElement("li");
  const tone = TONES[finding.severity] ?? "info";
  line.append(Object.assign(document.createElement("span"), { className: `tag tag-${tone}`, textContent: finding.severity }));
  line.append(Object.assign(document.createElement("p"), { textContent: finding.words }));
  if (finding.path === "") return line;
  const button = Object.assign(document.createElement("button"), { type: "button", className: "json-link", textContent: finding.path });
  button.setAttribute("aria-label", `Go to ${finding.path}`);
  button.addEventListener("click", () => {
    const spot = locate(text(), finding.path);
    if (spot) jump(spot.start, spot.end);
  });
  line.append(button);
  return line;
}
