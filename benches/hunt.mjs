// The security desk: signals that the whole rule pack takes in a second on one core, searches over 200,000 of them, and in a running
// hospital a search before and after the journal was read once, rules tried on held-out attacks, and an attack replayed in every way.
import path from "node:path";
import { figure, timed, times } from "./shared/figures.mjs";
import { withServer } from "./shared/practicum.mjs";
import { cost } from "./shared/program.mjs";

const root = path.join(import.meta.dirname, "..");
const TIMES = 20;
const RULE = `title: A record was changed through an app
name: changed
level: low
logsource:
  product: practicum
  service: fhir
detection:
  selection:
    category: update
    outcome: ok
  condition: selection
---
title: One account changes many records
level: high
correlation:
  type: value_count
  rules:
    - changed
  group-by:
    - user
  timespan: 30m
  condition:
    gte: 7
    field: id
`;

const words = ["cargo", "run", "--quiet", "--release", "--package", "security", "--example", "hunt_speed"];
const { output } = await cost(words, { cwd: root });
for (const line of output.trim().split("\n")) {
  const [, speed] = /^whole pack: (\d+) signals a second/.exec(line) ?? [];
  if (speed) figure("detection, whole pack", Number(speed), "signals a second");
  const [, name, time] = /^(search .*|table of \d+): ([\d.]+) ms/.exec(line) ?? [];
  if (name) figure(name, Number(time), "ms");
}

await withServer(async (server) => {
  const attempt = JSON.parse((await server.ask("POST", "/api/attempts", JSON.stringify({ lab: "ransomware" }))).text);
  const hospital = `/s/${attempt.sandbox}`;
  const search = () => server.ask("GET", `${hospital}/hunt?q=${encodeURIComponent("category = update | stats dc(id) by user | top 5")}`);
  figure("first search of a lab's journal", await timed(search), "ms");
  const again = [];
  for (let at = 0; at < TIMES; at += 1) again.push(await timed(search));
  times("search again", again);
  figure("rules tried on held-out attacks", await timed(() => server.ask("POST", `${hospital}/rules/in-force`, JSON.stringify({ rules: RULE }))), "ms");
  figure("attack replayed in every way", await timed(() => server.ask("POST", `${hospital}/response/over`, "{}")), "ms");
});
