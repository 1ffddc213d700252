// Everything a page may need, registered once. Elements that are not on the page cost nothing.
import "htmx.org";
import "./announce.ts";
import "./confirm-dialog.ts";
import "./contract-bench.ts";
import "./copy-button.ts";
import "./image-viewer.ts";
import "./json-view.ts";
import "./live-checks.ts";
import "./menu-disclosure.ts";
import "./path-history.ts";
import "./relative-time.ts";
import "./table-filter.ts";
import "./theme-switch.ts";
import "./virtual-clock.ts";
import "./vote-player.ts";
import "./workspace-place.ts";
import "./console/fhir-console.ts";
