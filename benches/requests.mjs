// FHIR read, search of 50, and durable create, with wrk beside the server.
import { figure } from "./shared/figures.mjs";
import { withServer } from "./shared/practicum.mjs";
import { requestsPerSecond } from "./shared/wrk.mjs";

const CREATE = `
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/fhir+json"
wrk.body = '{"resourceType":"Patient","name":[{"family":"Bench","given":["Load"]}],"gender":"female","birthDate":"1980-02-29"}'
`;

await withServer(async (server) => {
  const fhir = `/s/${await server.sandbox()}/fhir`;
  const page = JSON.parse((await server.ask("GET", `${fhir}/Observation?_count=50`)).text);
  const [{ resource }] = page.entry;
  figure("read", await requestsPerSecond(server, `${fhir}/Observation/${resource.id}`), "a second");
  const [{ code }] = resource.code.coding;
  figure("search of 50", await requestsPerSecond(server, `${fhir}/Observation?code=${code}&_count=50`), "a second");
  figure("durable create", await requestsPerSecond(server, `${fhir}/Patient`, CREATE), "a second");
});
