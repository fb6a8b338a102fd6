/** What a pickle is read to: data and nothing else. Python's byte strings stay bytes; keys of dictionaries become text. */
export type Pickled =
  | undefined
  | boolean
  | number
  | string
  | Uint8Array
  | PickledList
  | PickledTuple
  | PickledDictionary
  | NumpyArray
  | NumpyType
  | Named;

export class PickledList {
  readonly items: Pickled[] = [];
}

export class PickledTuple {
  constructor(readonly items: readonly Pickled[]) {}
}

export class PickledDictionary {
  readonly entries = new Map<string, Pickled>();
}

/** A NumPy array; empty until its state was read. */
export class NumpyArray {
  shape: readonly number[] = [];
  /** Such as 'u1'. */
  type = '';
  /** Whether the first index runs fastest. */
  columnMajor = false;
  bytes: Uint8Array = new Uint8Array(0);
}

/** A NumPy element type, such as 'u1'. */
export class NumpyType {
  constructor(readonly code: string) {}
}

/** Something of a Python module, by name. Never called: `reduce` knows what the few allowed ones would make. */
export class Named {
  constructor(readonly name: string) {}
}

/** A pickle that holds more than data, or is damaged. */
export class PickleError extends Error {}

const reconstruct = new Set(['numpy.core.multiarray._reconstruct', 'numpy._core.multiarray._reconstruct']);

/** What a call in a pickle stands for: an empty NumPy array, an element type, or bytes written as text. */
export function reduce(callee: Pickled, parameters: Pickled): Pickled {
  const items = parameters instanceof PickledTuple ? parameters.items : [];
  if (callee instanceof Named) {
    if (reconstruct.has(callee.name)) return new NumpyArray();
    if (callee.name === 'numpy.dtype') return new NumpyType(textOf(items[0]));
    if (callee.name === '_codecs.encode') return latin1(textOf(items[0]));
    throw new PickleError(`it asks to call ${callee.name.slice(0, 60)}, which is no data`);
  }
  throw new PickleError('it calls what is no function');
}

/** Gives a NumPy array its shape, type and bytes; NumPy's state is (version, shape, type, column-major, bytes). */
export function build(target: Pickled, state: Pickled): void {
  // Byte order and the like, which one-byte elements do without.
  if (target instanceof NumpyType) return;
  if (!(target instanceof NumpyArray) || !(state instanceof PickledTuple)) {
    throw new PickleError('it sets the state of something other than a NumPy array');
  }
  const [, shape, type, columnMajor, bytes] = state.items;
  if (!(shape instanceof PickledTuple && type instanceof NumpyType && bytes instanceof Uint8Array)) {
    throw new PickleError('its NumPy array has no shape, type or bytes');
  }
  target.shape = shape.items.map((extent) => (typeof extent === 'number' ? extent : Number.NaN));
  target.type = type.code;
  target.columnMajor = columnMajor === true;
  target.bytes = bytes;
}

/** Text as it is, or bytes as latin-1. */
export function textOf(value: Pickled): string {
  if (typeof value === 'string') return value;
  if (value instanceof Uint8Array && value.length <= 1_000) return String.fromCharCode(...value);
  throw new PickleError('it has something else where a name should be');
}

function latin1(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at++) bytes[at] = text.charCodeAt(at);
  return bytes;
}
