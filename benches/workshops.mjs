// Twenty workshops of eight people at once, as their browsers have them: each has signed in, keeps the stream of the room open, and sends the
// room's forms. How long it takes from when one sends something until it stands in the piece of the room that each of the other seven is sent.
//
// `node benches/workshops.mjs PROGRAM 4` does the same with four workshops.
import { setTimeout as sleep } from "node:timers/promises";
import { figure, spread } from "./shared/figures.mjs";
import { withServer } from "./shared/practicum.mjs";

const WORKSHOPS = Number(process.argv[3] ?? 20);
const CASE = "ehr-go-live";
/** One facilitates, five have the roles of the case, and two look on. */
const SEATS = [null, "cno", "cmio", "it-lead", "registration", "trainer", null, null];
/** In each workshop somebody says something so often: more than eight people write who also talk. */
const EVERY_MS = 1_000;
const WARM_MS = 5_000;
const MEASURED_MS = 30_000;
/** What has not come by then is lost. */
const LOST_MS = 20_000;
const PASSWORD = "four plain little words";

await withServer(async (server) => {
  const workshops = [];
  for (let at = 0; at < WORKSHOPS; at += 1) workshops.push(await arranged(server, at));
  const from = performance.now() + WARM_MS;
  const until = from + MEASURED_MS;
  const times_ms = (await Promise.all(workshops.map((workshop) => played(workshop, from, until)))).flat();
  for (const person of workshops.flatMap((workshop) => workshop.people)) person.leave();
  const seen = times_ms.filter((ms) => ms !== null);
  figure(`screens that something came to, in ${WORKSHOPS} workshops of ${SEATS.length}`, seen.length / (MEASURED_MS / 1_000), "a second");
  figure("lost", times_ms.length - seen.length, "times");
  spread("from the deed to the screen of another", seen);
});

/** A workshop in its second phase, in which everybody keeps the stream of the room open. */
async function arranged(server, number) {
  const people = [];
  for (const [at] of SEATS.entries()) people.push(await signedIn(server, `player-${number}-${at}`));
  const [lead, ...others] = people;
  await lead.look("/workshops");
  const room = (await lead.send("/workshops", { case: CASE })).headers.get("location");
  const code = (await lead.look(room)).match(/<code>([a-z2-7]{8})<\/code>/)[1];
  for (const one of others) {
    await one.look("/workshops");
    await one.send("/workshops/join", { code });
  }
  for (const [at, role] of SEATS.entries()) if (role) await people[at].send(`${room}/act`, { do: "sit", role });
  for (const after of ["", "briefing"]) await lead.send(`${room}/act`, { do: "next", after });
  await Promise.all(people.map((person) => person.follow(`${room}/events`)));
  return { room, people };
}

/** How long each deed took to each of the others, in milliseconds; null for what never came. */
async function played({ room, people }, from, until) {
  const times_ms = [];
  await sleep(Math.random() * EVERY_MS);
  for (let number = 0; performance.now() < until; number += 1) {
    const begun = performance.now();
    const mark = `Word ${number} of ${Math.random().toString(36).slice(2)}.`;
    const who = people[number % people.length];
    const others = people.filter((person) => person !== who);
    const seen = Promise.all(others.map((person) => person.sees(mark)));
    await who.send(`${room}/act`, { do: "say", text: mark });
    const at = await seen;
    if (begun >= from) times_ms.push(...at.map((ms) => (ms === null ? null : ms - begun)));
    await sleep(Math.max(0, EVERY_MS - (performance.now() - begun)));
  }
  return times_ms;
}

/** Somebody new, signed in as a browser is. */
async function signedIn(server, login) {
  const made = JSON.stringify({ login, name: login, password: PASSWORD });
  await server.ask("POST", "/api/people", made, { Authorization: `Bearer ${server.instructor}` });
  const form = (fields) => ({ method: "POST", redirect: "manual", body: new URLSearchParams(fields) });
  const answer = await fetch(new URL("/sign-in", server.url), form({ login, password: PASSWORD }));
  const headers = { cookie: answer.headers.getSetCookie()[0].split(";")[0] };
  const waiting = new Map();
  const away = new AbortController();
  let csrf = "";
  return {
    async look(path) {
      const page = await (await fetch(new URL(path, server.url), { headers })).text();
      csrf = page.match(/name="csrf" value="([^"]+)"/)[1];
      return page;
    },
    async send(path, fields) {
      const sent = await fetch(new URL(path, server.url), { ...form({ csrf, ...fields }), headers });
      if (sent.status >= 400) throw new Error(`${path}: ${sent.status} ${(await sent.text()).slice(0, 400)}`);
      await sent.arrayBuffer();
      return sent;
    },
    /** Keeps a stream open, once its first event is there. */
    async follow(path) {
      const stream = await fetch(new URL(path, server.url), { headers, signal: away.signal });
      await new Promise((resolve, reject) => listen(stream.body, waiting, resolve).catch((error) => away.signal.aborted || reject(error)));
    },
    /** When a mark stands in what the stream sends; null if it does not come. */
    async sees(mark) {
      const seen = new Promise((resolve) => waiting.set(mark, resolve));
      const at = await Promise.race([seen, sleep(LOST_MS, null, { ref: false })]);
      waiting.delete(mark);
      return at;
    },
    leave: () => away.abort(),
  };
}

/** Reads events to their end and tells whoever waits for something in them. */
async function listen(body, waiting, begun) {
  let text = "";
  for await (const part of body.pipeThrough(new TextDecoderStream())) {
    text += part;
    const end = text.lastIndexOf("\n\n");
    if (end < 0) continue;
    const events = text.slice(0, end);
    text = text.slice(end + 2);
    const at = performance.now();
    for (const [mark, tell] of waiting) if (events.includes(mark)) tell(at);
    begun();
  }
}
