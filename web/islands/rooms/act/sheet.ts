// What is said and offered at a thing, as data: the page shows it as HTML, a headset as a picture in the room.
import type { Command, State, Traveller } from "../model.ts";
import type { Thing } from "../plan/things.ts";
import { ROOMS, type RoomId } from "../plan/house.ts";
import type { Comfort } from "./comfort.ts";

export interface Button {
  /** `give:ID`, `take:cart`, `go:ROOM`, `pass:MINUTES`, `follow:SEQ`, `set:NAME`, `messages`, `place`, `menu`, `close` or `leave`. */
  does: string;
  label: string;
  /** What it means, or why it cannot be pressed. */
  detail: string;
  /** Whether it can be pressed now. */
  open: boolean;
}

export interface Sheet {
  title: string;
  says: string[];
  buttons: Button[];
}

/** What is at a thing, for whoever has these roles. `taken` says whether the cart is in their hands. */
export function atThing(thing: Thing, state: State, taken = false): Sheet {
  if (state.past) return past(thing);
  const mine = (command: Command): boolean => state.roles.includes(command.role);
  const buttons = thing.commands.map((command): Button => {
    const detail = command.at_work ? "At work." : (command.why_not ?? `${command.about} ${command.takes_min} min.`);
    return { does: `give:${command.id}`, label: command.title, detail: mine(command) ? detail : "This is for another role.", open: mine(command) && command.why_not === null && !state.over };
  });
  const take: Button[] = thing.kind === "cart" ? [{ does: "take:cart", label: taken ? "Let it stand" : "Take it along", detail: taken ? "It stays where it is." : "It goes where you go; on its place on the ward it does its work.", open: !state.over }] : [];
  return { title: thing.title, says: thing.says, buttons: [...buttons, ...take, close] };
}

/** What is at a thing, seen again afterwards: what was at work or done there by then. */
function past(thing: Thing): Sheet {
  const was = thing.commands.filter((command) => command.at_work || command.done).map((command) => `${command.title}: ${command.at_work ? "at work" : "done"}.`);
  const says = thing.says.filter((words) => !/press|take it/i.test(words));
  return { title: thing.title, says: [...says, ...was], buttons: [close] };
}

/** How somebody is there: before a screen, with a headset in the rooms, or with the network on a table. */
export type Presence = "screen" | "headset" | "table";

/** What can be done from anywhere. */
export function menu(state: State, comfort: Comfort, as: Presence): Sheet {
  const again: Button = { does: "place", label: "Put it elsewhere", detail: "Look for another table or floor.", open: true };
  const go = as === "table" ? [again] : ROOMS.map((room): Button => ({ does: `go:${room.id}`, label: room.title, detail: "Go there.", open: true }));
  if (state.past) return { title: "Where to", says: [], buttons: [...go, close] };
  const pass = [1, 5].map((minutes): Button => ({ does: `pass:${minutes}`, label: `${minutes} min later`, detail: "Let the hospital’s time pass.", open: !state.over }));
  const leave: Button = { does: "leave", label: "Take it off", detail: "Back to the page.", open: true };
  const set: Button[] = as === "headset"
    ? [
        { does: "set:seated", label: comfort.seated ? "Stand" : "Sit", detail: comfort.seated ? "Eyes as high as they are." : "Eyes as high as if you stood.", open: true },
        { does: "set:turn", label: `Turn by ${comfort.turn === 0 ? "gliding" : `${comfort.turn}°`}`, detail: "Press for the next.", open: true },
        leave,
      ]
    : as === "table" ? [leave] : [];
  return { title: as === "table" ? "The network" : "Where to", says: [], buttons: [...go, ...pass, { does: "messages", label: "Follow a message", detail: "See over which cables one goes, and where it is.", open: true }, ...set, close] };
}

const STATES: Record<Traveller["state"], string> = { waiting: "waits", delivered: "arrived", handed: "arrived", refused: "was turned away", lost: "got lost" };

/** Messages that can be followed. `name` says what a machine is called. */
export function messages(all: readonly Traveller[], name: (host: string) => string): Sheet {
  const buttons = all.slice(0, 8).map((one): Button => ({ does: `follow:${one.seq}`, label: `${one.event} · ${one.interface}`, detail: where(one, name), open: true }));
  const says = all.length ? ["What waits or was turned away stands first."] : ["No message has been sent yet."];
  return { title: "Follow a message", says, buttons: [...buttons, { does: "menu", label: "Back", detail: "", open: true }] };
}

/** Where a message is, in a sentence. */
export const where = (one: Traveller, name: (host: string) => string): string => `${STATES[one.state]} at ${name(one.at)}, on the way ${one.stops.map(name).join(" → ")}.`.replace(/^./, (letter) => letter.toUpperCase());

export const isRoom = (id: string): id is RoomId => ROOMS.some((room) => room.id === id);

const close: Button = { does: "close", label: "Close", detail: "", open: true };
