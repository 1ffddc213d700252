// What is offered where, how somebody likes to move, and where the buttons of a sheet are.
import { test } from "node:test";
import assert from "node:assert/strict";
import { plan, state } from "../small.ts";
import { things } from "../plan/things.ts";
import { buttonAt, buttonsFrom, places, SHEET_PX } from "../draw/sheet.ts";
import { gentle, nextTurn, read } from "./comfort.ts";
import { after, before, moved } from "./moments.ts";
import { atThing, menu, messages, where } from "./sheet.ts";

const thing = (id: string) => things(plan, state).find((one) => one.id === id)!;

test("a sheet offers what can be done, and says why the rest cannot", () => {
  const cable = atThing(thing("cable:host-b"), state);
  assert.deepEqual(cable.buttons.map((button) => [button.does, button.open]), [["give:join", false], ["give:cut", true], ["close", true]]);
  assert.equal(cable.buttons[0]!.detail, "It was never cut.");
  const other = atThing(thing("cable:host-b"), { ...state, roles: ["lead"] });
  assert.deepEqual(other.buttons.map((button) => button.open), [false, false, true]);
  const over = atThing(thing("desk:lead"), { ...state, over: true });
  assert.ok(over.buttons.filter((button) => button.does.startsWith("give:")).every((button) => !button.open));
});

test("the cart can be taken and let stand", () => {
  const label = (taken: boolean) => atThing(thing("cart"), state, taken).buttons.find((button) => button.does === "take:cart")?.label;
  assert.deepEqual([label(false), label(true)], ["Take it along", "Let it stand"]);
});

test("a message says where it is, and what waits can be followed", () => {
  const one = { seq: 4, interface: "orders-lis", event: "ORM^O01", state: "waiting", stops: ["host-a", "host-b"], cables: [0, 1], at: "host-b" } as const;
  const name = (host: string) => plan.network.host.find((it) => it.id === host)?.title ?? host;
  assert.equal(where({ ...one, stops: [...one.stops], cables: [...one.cables] }, name), "Waits at Laboratory, on the way Record system → Laboratory.");
  assert.equal(messages([{ ...one, stops: [...one.stops], cables: [...one.cables] }], name).buttons[0]?.does, "follow:4");
});

test("what is over is looked at, and nothing in it can be done", () => {
  const past = { ...state, past: true, commands: state.commands.map((command) => ({ ...command, done: command.id === "cart" })) };
  const then = things(plan, past);
  for (const one of then) assert.deepEqual(atThing(one, past).buttons.map((button) => button.does), ["close"], one.id);
  const cart = atThing(then.find((one) => one.id === "cart")!, past);
  assert.deepEqual(cart.says, ["cart: done."]);
  assert.ok(menu(past, gentle(false), "screen").buttons.every((button) => /^(go|close)/.test(button.does)));
});

test("on the line of time keys and buttons lead from moment to moment, and not beyond its ends", () => {
  assert.deepEqual(["ArrowRight", "ArrowLeft", "PageUp", "PageDown", "Tab"].map((key) => moved(key, 100, 500)), [160, 40, 500, 0, undefined]);
  const moments = [0, 90, 90, 240];
  assert.deepEqual([0, 90, 91, 300].map((second) => before(moments, second)), [0, 0, 90, 240]);
  assert.deepEqual([0, 89, 90, 240].map((second) => after(moments, second, 500)), [90, 90, 240, 500]);
});

test("every button of a sheet is where it is drawn, inside the sheet and over no other", () => {
  for (const sheet of [atThing(thing("cable:host-b"), state), menu(state, gentle(false), "headset"), menu(state, gentle(false), "screen"), menu(state, gentle(false), "table")]) {
    const all = places(sheet, buttonsFrom(sheet));
    all.forEach((one, place) => {
      assert.ok(one.x >= 0 && one.y > 100 && one.x + one.width <= SHEET_PX.width && one.y + one.height <= SHEET_PX.height, sheet.title);
      const middle = [(one.x + one.width / 2) / SHEET_PX.width, 1 - (one.y + one.height / 2) / SHEET_PX.height] as const;
      assert.equal(buttonAt(sheet, middle), place);
    });
    assert.equal(buttonAt(sheet, [0.5, 0.99]), undefined);
  }
});

test("how one likes to move is kept, and what makes no sense is gentle", () => {
  const chosen = { ...gentle(false), turn: 0 as const, seated: true, hand: "left" as const };
  assert.deepEqual(read(JSON.stringify(chosen), false), chosen);
  assert.deepEqual(read("{", true), gentle(true));
  assert.deepEqual(read('{"turn": 90, "seated": "yes", "hand": 3}', false), gentle(false));
  assert.deepEqual([30, 45, 60, 0].map((turn) => nextTurn(turn as 0)), [45, 60, 0, 30]);
});
