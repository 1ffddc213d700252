// The camera's picture behind a drawing, and what is said when there is none.

/** Asks for the camera that looks away from whoever holds the device. Throws words when it is refused. */
export async function camera(): Promise<MediaStream> {
  if (!window.isSecureContext || !navigator.mediaDevices?.getUserMedia) {
    throw new Error("The camera needs a page that came over HTTPS. The machine is drawn without it; everything can be done all the same.");
  }
  try {
    return await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" }, audio: false });
  } catch (error) {
    throw new Error(noCamera(error instanceof DOMException ? error.name : ""), { cause: error });
  }
}

/** Why there is no picture, by the name of the error. */
export function noCamera(name: string): string {
  switch (name) {
    case "NotAllowedError":
      return "You did not allow the camera. The machine is drawn without it; to allow it, press the lock beside the address.";
    case "NotFoundError":
    case "OverconstrainedError":
      return "This device has no camera. The machine is drawn without it.";
    case "NotReadableError":
      return "Another program holds the camera. Close it and press again; the machine is drawn without it meanwhile.";
    default:
      return "The camera did not start. The machine is drawn without it; press to try again.";
  }
}
