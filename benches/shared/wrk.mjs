// The load generator `wrk`, with eight connections, beside the server on the same machine.
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { cost } from "./program.mjs";

const SECONDS = 10;

/** Requests a second that were answered well; any other answer is an error. `script` is Lua, for bodies. */
export async function requestsPerSecond(server, address, script = "") {
  const file = path.join(server.folder, "load.lua");
  await writeFile(file, script);
  const words = ["wrk", "--threads", "2", "--connections", "8", "--duration", `${SECONDS}s`, "--script", file];
  words.push("--header", `Authorization: Bearer ${server.token}`, new URL(address, server.url).href);
  const { output } = await cost(words);
  const refused = output.match(/Non-2xx or 3xx responses: (\d+)/);
  if (refused) throw new Error(`${address}: ${refused[1]} requests were refused`);
  return Number(output.match(/Requests\/sec:\s+([\d.]+)/)[1]);
}
