/** Why there is no camera, and what to do, by the name of the browser's error. `served`: whether the page may ask at all. */
export function cameraRefusal(name: string, served: boolean): string {
  const instead = 'You can draw or choose a file instead.';
  if (!served)
    return `A browser hands out the camera only to pages that came over https or from this device. ${instead}`;
  switch (name) {
    case 'NotAllowedError':
      return `The page was not allowed to use the camera. Allow it in the site settings beside the address, then press Camera again. ${instead}`;
    case 'NotFoundError':
    case 'OverconstrainedError':
      return `No camera was found on this device. ${instead}`;
    case 'NotReadableError':
    case 'AbortError':
      return `The camera could not be started: another program may be using it. Close that one and press Camera again. ${instead}`;
    default:
      return `The camera could not be started (${name}). ${instead}`;
  }
}
