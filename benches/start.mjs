// From the command to the first page with the image built, and the memory of a server nobody uses.
import { readFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { figure, timed, times } from "./shared/figures.mjs";
import { start, withFolder } from "./shared/practicum.mjs";

const ROUNDS = 10;

await withFolder(async (folder) => {
  figure("first start, image built on the way, to the first page", (await once(folder)) / 1000, "s");
  const later = [];
  for (let round = 0; round < ROUNDS; round += 1) later.push(await once(folder));
  times("later start to the first page", later);
  const server = await start(folder);
  await sleep(2000);
  const status = await readFile(`/proc/${server.pid}/status`, "utf8");
  figure("idle, resident", Number(status.match(/^VmRSS:\s+(\d+) kB/m)[1]) / 1024, "MiB");
  await server.stop();
});

/** Milliseconds from the command to the first page. */
async function once(folder) {
  let server;
  const ms = await timed(async () => {
    server = await start(folder);
    await server.ask("GET", "/");
  });
  await server.stop();
  return ms;
}
