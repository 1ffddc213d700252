// Asking a browser for a headset or for the picture of the real room, and what is said when it refuses.

export type Mode = "immersive-vr" | "immersive-ar";

/** Whether a browser offers a mode at all; no error, whatever it answers. */
export async function offers(mode: Mode): Promise<boolean> {
  try {
    return (await navigator.xr?.isSessionSupported(mode)) ?? false;
  } catch {
    return false;
  }
}

/** Why there is no headset here, in words. */
export function whyNot(mode: Mode): string {
  const what = mode === "immersive-vr" ? "A headset" : "The network on your own table";
  if (!window.isSecureContext) return `${what} needs a page that came over HTTPS. Ask who runs this Practicum for its address with https.`;
  if (!navigator.xr) return `${what} needs a browser with WebXR, such as the one in a headset or Chrome on Android. Here the rooms can be walked on the screen.`;
  return mode === "immersive-vr" ? "This browser finds no headset. Here the rooms can be walked on the screen." : "This browser cannot draw into the real room. On a phone, the printed labels open the same machines over the camera’s picture.";
}

/** Begins a session. Throws words when it is refused. */
export async function begin(mode: Mode, overlay?: HTMLElement): Promise<XRSession> {
  const wishes = mode === "immersive-vr" ? ["local-floor", "hand-tracking"] : ["local-floor", "anchors", "hand-tracking", ...(overlay ? ["dom-overlay"] : [])];
  const options: XRSessionInit = { optionalFeatures: wishes, requiredFeatures: mode === "immersive-ar" ? ["hit-test"] : [] };
  if (overlay && mode === "immersive-ar") options.domOverlay = { root: overlay };
  if (!navigator.xr) throw new Error(whyNot(mode));
  try {
    return await navigator.xr.requestSession(mode, options);
  } catch (error) {
    throw new Error(refusal(error instanceof DOMException ? error.name : "", mode), { cause: error });
  }
}

/** What a refusal means, by the name of the error. */
export function refusal(name: string, mode: Mode): string {
  switch (name) {
    case "SecurityError":
      return "The browser does not allow it on this page. It needs HTTPS, and a press on the button itself.";
    case "NotAllowedError":
      return "You did not allow it. Press again and choose Allow, or go on here on the screen.";
    case "InvalidStateError":
      return "Another page is using the headset. Close it there and press again.";
    case "NotSupportedError":
      return mode === "immersive-ar" ? "This device cannot find floors and tables. Go on here on the screen." : "This device cannot do what the rooms need. Go on here on the screen.";
    default:
      return "The headset did not start. Wake it, see that it is connected, and press again.";
  }
}
