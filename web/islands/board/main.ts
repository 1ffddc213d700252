// What the board of a workshop loads besides the rest: Yjs and everything that is written with it.
import "./process-map.ts";
import "./shared-board.ts";
