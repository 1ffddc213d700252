// How somebody likes to move in a headset. Kept in the browser, for the next time.

export interface Comfort {
  /** Degrees at a turn; 0 turns smoothly. */
  turn: 0 | 30 | 45 | 60;
  /** Whether the eyes are lifted to where they would be if one stood. */
  seated: boolean;
  /** Whether the edge of the view goes dark while one glides. */
  blinkers: boolean;
  /** Whether light runs along cables and lamps flicker. */
  lively: boolean;
  /** The hand that points. */
  hand: "right" | "left";
}

export const TURNS = [30, 45, 60, 0] as const;
const KEY = "practicum-rooms-comfort";

/** What is gentle, for whoever has not chosen. */
export function gentle(stillness: boolean): Comfort {
  return { turn: 45, seated: false, blinkers: true, lively: !stillness, hand: "right" };
}

/** Reads what was chosen; what is missing or makes no sense is gentle. */
export function read(text: string | null, stillness: boolean): Comfort {
  const comfort = gentle(stillness);
  let kept: unknown;
  try {
    kept = JSON.parse(text ?? "null");
  } catch {
    return comfort;
  }
  if (typeof kept !== "object" || kept === null) return comfort;
  const said = kept as Record<string, unknown>;
  const yes = (name: "seated" | "blinkers" | "lively"): boolean => (typeof said[name] === "boolean" ? said[name] : comfort[name]);
  const turn = TURNS.find((one) => one === said["turn"]) ?? comfort.turn;
  return { turn, seated: yes("seated"), blinkers: yes("blinkers"), lively: yes("lively"), hand: said["hand"] === "left" ? "left" : "right" };
}

/** The next way to turn. */
export const nextTurn = (turn: Comfort["turn"]): Comfort["turn"] => TURNS[(TURNS.indexOf(turn) + 1) % TURNS.length] ?? 45;

export function recall(): Comfort {
  const stillness = matchMedia("(prefers-reduced-motion: reduce)").matches;
  return read(shelf()?.getItem(KEY) ?? null, stillness);
}

export function keep(comfort: Comfort): void {
  try {
    shelf()?.setItem(KEY, JSON.stringify(comfort));
  } catch {
    // A browser that keeps nothing forgets it with the page.
  }
}

function shelf(): Storage | undefined {
  try {
    return localStorage;
  } catch {
    return undefined;
  }
}
