// What pages with rooms load besides the rest: three.js and everything that is drawn with it.
import "./drill-glass.ts";
import "./drill-replay.ts";
import "./drill-rooms.ts";
