/** Milliseconds of work between two turns of the page. */
const slice = 8;

/** Gathers the pieces of a long text without holding up the page: it gets a turn every few milliseconds. */
export async function inSlices(pieces: Iterable<string>, pause = nextTurn): Promise<Blob> {
  // Text becomes bytes slice by slice: of all of it at once that would take as long as making it.
  const slices: Blob[] = [];
  let parts: string[] = [];
  let since = performance.now();
  for (const piece of pieces) {
    parts.push(piece);
    if (performance.now() - since < slice) continue;
    slices.push(new Blob(parts));
    parts = [];
    await pause();
    since = performance.now();
  }
  return new Blob([...slices, ...parts]);
}

/** After the page had its turn. */
export const nextTurn = () => new Promise<void>((resolve) => setTimeout(resolve, 0));
