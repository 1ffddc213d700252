// How long a learner waits for a hospital: start, and reset after some work, through the API.
import { timed, times } from "./shared/figures.mjs";
import { withServer } from "./shared/practicum.mjs";

const ROUNDS = 500;
const WARM_UP = 20;
const PATIENT = JSON.stringify({ resourceType: "Patient", name: [{ family: "Bench" }], birthDate: "1980-02-29" });

await withServer(async (server) => {
  const starts = [];
  const resets = [];
  for (let round = -WARM_UP; round < ROUNDS; round += 1) {
    let id;
    const start = await timed(async () => (id = await server.sandbox()));
    for (let patient = 0; patient < 3; patient += 1) {
      await server.ask("POST", `/s/${id}/fhir/Patient`, PATIENT, { "Content-Type": "application/fhir+json" });
    }
    const reset = await timed(() => server.ask("POST", `/api/sandboxes/${id}/reset`, "{}"));
    await server.ask("DELETE", `/api/sandboxes/${id}`);
    if (round >= 0) {
      starts.push(start);
      resets.push(reset);
    }
  }
  times("sandbox start", starts);
  times("sandbox reset", resets);
});
