// A learner's app as they would write it: two pages with `fhirclient`, on an origin of their own.
import { createServer } from "node:http";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";

const library = createRequire(import.meta.url).resolve("fhirclient/build/fhir-client.js");

const launchPage = (client) => `<!doctype html><title>Launching</title><script src="fhir-client.js"></script><script>
  const launched = new URLSearchParams(location.search).has("launch");
  FHIR.oauth2.authorize({
    clientId: "${client}",
    scope: (launched ? "launch" : "launch/patient") + " openid fhirUser offline_access patient/*.rs",
    redirectUri: "app",
    completeInTarget: true,
  });
</script>`;

const appPage = `<!doctype html><title>Growth Chart</title><p id="patient"></p><p id="others"></p><script src="fhir-client.js"></script><script>
  FHIR.oauth2.ready().then(async (client) => {
    const patient = await client.patient.read();
    document.getElementById("others").textContent = (await client.request("Patient?_total=accurate")).total;
    document.getElementById("patient").textContent = patient.name[0].given[0] + " " + patient.name[0].family;
  }).catch((error) => { document.getElementById("patient").textContent = String(error); });
</script>`;

/** Serves the app on any free port. `serves` tells it the client id that it was given. */
export async function serveApp() {
  let client = "";
  const script = await readFile(library, "utf8");
  const answers = {
    "/launch": () => ["text/html", launchPage(client)],
    "/app": () => ["text/html", appPage],
    "/fhir-client.js": () => ["text/javascript", script],
    "/favicon.ico": () => ["image/x-icon", ""],
  };
  const server = createServer((request, response) => {
    const [type, body] = (answers[request.url.split("?")[0]] ?? (() => ["text/plain", ""]))();
    response.setHeader("content-type", type).end(body);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const origin = `http://127.0.0.1:${server.address().port}`;
  return {
    launchUrl: `${origin}/launch`,
    redirectUri: `${origin}/app`,
    serves: (id) => (client = id),
    stop: () => new Promise((stopped) => (server.closeAllConnections(), server.close(stopped))),
  };
}
