// Bulk export of a whole hospital of 1,000 patients: until its files are there, and until they are fetched.
import { stat, readdir } from "node:fs/promises";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { figure, timed } from "./shared/figures.mjs";
import { withServer } from "./shared/practicum.mjs";

await withServer(async (server) => {
  const sandbox = await server.sandbox();
  const base = `/s/${sandbox}/fhir`;
  for (const level of ["", "/Patient"]) {
    let manifest;
    let status;
    const ms = await timed(async () => {
      const wishes = { Prefer: "respond-async", Accept: "application/fhir+json" };
      const begun = await server.ask("GET", `${base}${level}/$export`, undefined, wishes);
      status = new URL(begun.headers["content-location"]).pathname;
      for (;;) {
        const answer = await server.ask("GET", status);
        if (answer.status === 200) {
          manifest = JSON.parse(answer.text);
          return;
        }
        await sleep(20);
      }
    });
    const resources = manifest.output.reduce((sum, file) => sum + file.count, 0);
    const what = level === "" ? "hospital" : "patients";
    figure(`export of all ${what}`, resources / (ms / 1000), "resources a second");
    figure(`export of all ${what}, bytes`, (await size(server.folder, sandbox)) / 2 ** 20 / (ms / 1000), "MiB a second");
    const fetching = await timed(async () => {
      for (const file of manifest.output) await server.ask("GET", new URL(file.url).pathname);
    });
    figure(`fetching all ${what}`, resources / (fetching / 1000), "resources a second");
    await server.ask("DELETE", status);
  }
});

/** The bytes in all files of a sandbox's exports. */
async function size(folder, sandbox) {
  const place = path.join(folder, "sandboxes", sandbox, "exports");
  const names = (await readdir(place, { recursive: true })).filter((name) => name.endsWith(".ndjson"));
  const sizes = await Promise.all(names.map(async (name) => (await stat(path.join(place, name))).size));
  return sizes.reduce((sum, bytes) => sum + bytes, 0);
}
