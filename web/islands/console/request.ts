// A FHIR request as the console holds it, and how it becomes a fetch.

/** The headers the console has a field for, in the order they are shown. */
export const HEADERS = ["If-Match", "If-None-Match", "If-None-Exist", "Prefer"] as const;

/** One request: `path` is relative to the FHIR base and may be empty or begin with `?`; `body` is kept as typed. */
export interface ConsoleRequest {
  method: string;
  path: string;
  headers: Record<string, string>;
  body: string;
}

/** What came back: the body as text, byte for byte; `ms` is the time until all of it had arrived. */
export interface ConsoleAnswer {
  status: number;
  statusText: string;
  headers: Array<[name: string, value: string]>;
  body: string;
  ms: number;
}

const WITH_BODY = new Set(["POST", "PUT", "PATCH"]);

/** Whether requests with this method carry a body. */
export function hasBody(method: string): boolean {
  return WITH_BODY.has(method);
}

/** The media type of a body: a patch is no resource (RFC 6902, section 6). */
export function mediaOf(method: string): string {
  return method === "PATCH" ? "application/json-patch+json" : "application/fhir+json";
}

/** The address of `path` below `base`. A leading slash or the base itself, pasted in, is forgiven. */
export function address(base: string, path: string): string {
  const root = base.replace(/\/$/, "");
  let rest = path.trim();
  if (rest.startsWith(root)) rest = rest.slice(root.length);
  rest = rest.replace(/^\/+/, "");
  return rest === "" || rest.startsWith("?") ? root + rest : `${root}/${rest}`;
}

/** Sends `request`. Rejects only if no answer came: a 404 is an answer. `csrf` proves that our own page is asking. */
export async function send(base: string, request: ConsoleRequest, csrf: string): Promise<ConsoleAnswer> {
  const headers = new Headers({ Accept: "application/fhir+json" });
  if (csrf) headers.set("X-CSRF-Token", csrf);
  for (const [name, value] of Object.entries(request.headers)) if (value.trim()) headers.set(name, value.trim());
  const body = hasBody(request.method) && request.body.trim() !== "" ? request.body : null;
  if (body !== null) headers.set("Content-Type", mediaOf(request.method));
  const start = performance.now();
  // No cache: two reads of a changing chart must both reach the hospital.
  const response = await fetch(address(base, request.path), { method: request.method, headers, body, cache: "no-store" });
  const text = await response.text();
  return { status: response.status, statusText: response.statusText, headers: [...response.headers], body: text, ms: performance.now() - start };
}

/** The request that would write an answered resource back: PUT to where it lives, with its version in If-Match. */
export function updateOf(answer: ConsoleAnswer): ConsoleRequest | null {
  let resource: { resourceType?: unknown; id?: unknown };
  try {
    resource = JSON.parse(answer.body);
  } catch {
    return null;
  }
  const { resourceType, id } = resource ?? {};
  if (typeof resourceType !== "string" || typeof id !== "string" || resourceType === "Bundle" || answer.status >= 400) return null;
  const etag = answer.headers.find(([name]) => name.toLowerCase() === "etag")?.[1];
  return { method: "PUT", path: `${resourceType}/${id}`, headers: etag ? { "If-Match": etag } : {}, body: answer.body };
}
