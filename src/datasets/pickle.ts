import { fail, ok, type Result } from '../base/result.ts';
import { PickleBytes } from './pickle-bytes.ts';
import {
  build,
  Named,
  type Pickled,
  PickledDictionary,
  PickledList,
  PickledTuple,
  PickleError,
  reduce,
  textOf,
} from './pickle-objects.ts';
import { thousands } from './thousands.ts';

/**
 * Reads a Python pickle that holds data, as NumPy and Python write it with protocols 1 to 4: numbers, text, bytes, lists,
 * tuples, dictionaries and NumPy arrays. Nothing is executed; a pickle that asks for more is refused. Bytes are views into `bytes`. The message is a
 * reason without a file name, with the byte it was found at.
 */
export function readPickle(bytes: Uint8Array): Result<Pickled> {
  const source = new PickleBytes(bytes);
  try {
    return ok(new PickleMachine(source).run());
  } catch (error) {
    if (error instanceof PickleError) return fail(`${error.message} (at byte ${thousands(source.at)})`);
    throw error;
  }
}

/** CIFAR-100's has less than a million; each makes one object at most. */
const mostInstructions = 5_000_000;

/** Where a list, tuple or dictionary begins on the stack. */
const mark = Symbol('mark');

/** Python's pickle machine (pickletools.py names the opcodes), without its instructions that make objects. */
class PickleMachine {
  private readonly stack: (Pickled | typeof mark)[] = [];
  private readonly memo = new Map<number, Pickled>();

  constructor(private readonly bytes: PickleBytes) {}

  run(): Pickled {
    for (let count = 0; count < mostInstructions; count++) {
      const opcode = this.bytes.unsigned(1);
      if (opcode === 0x2e) return this.pop();
      this.execute(opcode);
    }
    throw new PickleError(
      `it has more than ${thousands(mostInstructions)} instructions, far more than a data set needs`,
    );
  }

  private execute(opcode: number): void {
    const { stack } = this;
    switch (opcode) {
      case 0x80: // PROTO
        this.bytes.take(1);
        return;
      case 0x95: // FRAME
        this.bytes.take(8);
        return;
      case 0x28: // MARK
        stack.push(mark);
        return;
      case 0x30: // POP
        stack.pop();
        return;
      case 0x31: // POP_MARK
        this.popToMark();
        return;
      case 0x4e: // NONE
        stack.push(undefined);
        return;
      case 0x88: // NEWTRUE
      case 0x89: // NEWFALSE
        stack.push(opcode === 0x88);
        return;
      case 0x4b: // BININT1
        stack.push(this.bytes.unsigned(1));
        return;
      case 0x4d: // BININT2
        stack.push(this.bytes.unsigned(2));
        return;
      case 0x4a: // BININT
        stack.push(this.bytes.unsigned(4) | 0);
        return;
      case 0x49: // INT
      case 0x4c: // LONG
        stack.push(this.bytes.decimal());
        return;
      case 0x8a: // LONG1
        stack.push(this.bytes.long(this.bytes.unsigned(1)));
        return;
      case 0x47: // BINFLOAT
        stack.push(this.bytes.float64());
        return;
      case 0x55: // SHORT_BINSTRING
      case 0x43: // SHORT_BINBYTES
        stack.push(this.bytes.take(this.bytes.unsigned(1)));
        return;
      case 0x54: // BINSTRING
      case 0x42: // BINBYTES
        stack.push(this.bytes.take(this.bytes.unsigned(4)));
        return;
      case 0x8e: // BINBYTES8
      case 0x96: // BYTEARRAY8
        stack.push(this.bytes.take(this.bytes.unsigned(8)));
        return;
      case 0x8c: // SHORT_BINUNICODE
        stack.push(this.bytes.utf8(this.bytes.unsigned(1)));
        return;
      case 0x58: // BINUNICODE
        stack.push(this.bytes.utf8(this.bytes.unsigned(4)));
        return;
      case 0x8d: // BINUNICODE8
        stack.push(this.bytes.utf8(this.bytes.unsigned(8)));
        return;
      default:
        this.executeOnObjects(opcode);
    }
  }

  /** Opcodes that make or fill lists, tuples, dictionaries and NumPy arrays, and the memo's. */
  private executeOnObjects(opcode: number): void {
    const { stack } = this;
    switch (opcode) {
      case 0x5d: // EMPTY_LIST
        stack.push(new PickledList());
        return;
      case 0x6c: // LIST
        this.pushList(this.popToMark());
        return;
      case 0x61: // APPEND
        this.append([this.pop()]);
        return;
      case 0x65: // APPENDS
        this.append(this.popToMark());
        return;
      case 0x29: // EMPTY_TUPLE
        stack.push(new PickledTuple([]));
        return;
      case 0x74: // TUPLE
        stack.push(new PickledTuple(this.popToMark()));
        return;
      case 0x85: // TUPLE1
      case 0x86: // TUPLE2
      case 0x87: {
        // TUPLE3
        const items = Array.from({ length: opcode - 0x84 }, () => this.pop()).reverse();
        stack.push(new PickledTuple(items));
        return;
      }
      case 0x7d: // EMPTY_DICT
        stack.push(new PickledDictionary());
        return;
      case 0x64: {
        // DICT
        const items = this.popToMark();
        stack.push(new PickledDictionary());
        this.setItems(items);
        return;
      }
      case 0x73: // SETITEM
        this.setItems([this.pop(), this.pop()].reverse());
        return;
      case 0x75: // SETITEMS
        this.setItems(this.popToMark());
        return;
      case 0x71: // BINPUT
        this.memo.set(this.bytes.unsigned(1), this.top());
        return;
      case 0x72: // LONG_BINPUT
        this.memo.set(this.bytes.unsigned(4), this.top());
        return;
      case 0x94: // MEMOIZE
        this.memo.set(this.memo.size, this.top());
        return;
      case 0x68: // BINGET
        stack.push(this.recall(this.bytes.unsigned(1)));
        return;
      case 0x6a: // LONG_BINGET
        stack.push(this.recall(this.bytes.unsigned(4)));
        return;
      case 0x63: // GLOBAL
        stack.push(new Named(`${this.bytes.line()}.${this.bytes.line()}`));
        return;
      case 0x93: {
        // STACK_GLOBAL
        const name = textOf(this.pop());
        stack.push(new Named(`${textOf(this.pop())}.${name}`));
        return;
      }
      case 0x52: {
        // REDUCE
        const parameters = this.pop();
        const callee = this.pop();
        const made = reduce(callee, parameters);
        if (made instanceof Uint8Array) this.bytes.spend(made.length);
        stack.push(made);
        return;
      }
      case 0x62: {
        // BUILD
        const state = this.pop();
        build(this.top(), state);
        return;
      }
      default:
        this.bytes.at--;
        throw new PickleError(`it has an instruction 0x${opcode.toString(16)} that is no data`);
    }
  }

  private pushList(items: readonly Pickled[]): void {
    this.stack.push(new PickledList());
    this.append(items);
  }

  private append(items: readonly Pickled[]): void {
    const list = this.top();
    if (!(list instanceof PickledList)) throw new PickleError('it appends to something other than a list');
    for (const item of items) list.items.push(item);
  }

  private setItems(items: readonly Pickled[]): void {
    const dictionary = this.top();
    if (!(dictionary instanceof PickledDictionary))
      throw new PickleError('it sets a key of something other than a dictionary');
    for (let at = 0; at + 1 < items.length; at += 2) dictionary.entries.set(textOf(items[at]), items[at + 1]);
  }

  private pop(): Pickled {
    const value = this.top();
    this.stack.pop();
    return value;
  }

  private top(): Pickled {
    if (this.stack.length === 0) throw new PickleError('it takes more than it has');
    const value = this.stack.at(-1);
    if (typeof value === 'symbol') throw new PickleError('it takes more than it has');
    return value;
  }

  private popToMark(): Pickled[] {
    const from = this.stack.lastIndexOf(mark);
    if (from < 0) throw new PickleError('it ends a list that did not begin');
    return this.stack.splice(from).slice(1) as Pickled[];
  }

  private recall(key: number): Pickled {
    if (!this.memo.has(key)) throw new PickleError('it recalls what it did not store');
    return this.memo.get(key);
  }
}
