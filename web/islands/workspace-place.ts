// Keeps a reader's place from page to page of one workspace: how far the brief was scrolled where it scrolls by itself,
// and the hospital in sight where both sides stand one below the other.

const WIDE = "(min-width: 60rem)";

/** The workspace an address belongs to, such as `/attempts/abc`; null elsewhere. */
function workspaceOf(path: string): string | null {
  return /^\/(?:attempts|sandboxes)\/[^/]+/.exec(path)?.[0] ?? null;
}

function restore(root: string, brief: HTMLElement): void {
  brief.scrollTop = Number(sessionStorage.getItem(`practicum.brief.${root}`) ?? 0);
  const came = document.referrer === "" ? null : workspaceOf(new URL(document.referrer).pathname);
  const isNarrow = !matchMedia(WIDE).matches;
  if (isNarrow && came === root && location.hash === "") document.getElementById("work")?.scrollIntoView();
}

const root = workspaceOf(location.pathname);
const brief = document.querySelector<HTMLElement>(".brief-body");
if (root && brief) {
  restore(root, brief);
  addEventListener("pagehide", () => sessionStorage.setItem(`practicum.brief.${root}`, String(brief.scrollTop)));
}
