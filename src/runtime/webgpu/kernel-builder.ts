import { elements, type Value, type ValueId } from '../../graph/value.ts';
import type { Binding, Kernel, Location, Lowering } from './kernel.ts';
import { type Element, Tensor } from './tensor.ts';

interface OpenBinding {
  readonly name: string;
  readonly resource: string;
  readonly element: Element;
  start: number;
  end: number;
  written: boolean;
}

interface Use {
  readonly tensor: Tensor;
  readonly binding: OpenBinding;
  readonly offset: number;
}

export interface Extent {
  /** Threads wanted, one-dimensional; `t` in the body, always below this. */
  readonly threads: number;
  readonly workgroupSize?: number;
}

const bytesOf: Readonly<Record<Element, number>> = {
  vec4f: 16,
  f32: 4,
  i32: 4,
  u32: 4,
  'atomic<u32>': 4,
};
/** Workgroups in one dimension that every device allows. */
const largestDimension = 65_535;

/**
 * Collects what one kernel reads and writes and puts its WGSL together. Values that are parts of one range, or lie at the same place
 * (in-place operations), share a binding.
 */
export class KernelBuilder {
  private readonly bindings: OpenBinding[] = [];
  private readonly uses: Use[] = [];
  private readonly declarations: string[] = [];
  private usesScalars = false;

  constructor(
    readonly lowering: Lowering,
    private readonly label: string,
  ) {}

  /** Declares a value that is read. `name` is its name in WGSL; `as: 'f32'` for access by scalars. */
  read(id: ValueId, name: string, as?: Element): Tensor {
    return this.use(id, name, false, as);
  }

  /** Declares a value that is written (and may be read). */
  write(id: ValueId, name: string, as?: Element): Tensor {
    return this.use(id, name, true, as);
  }

  /** Declares values of one shape that lie at equal distances in one range; the answer is the first, with `stride` to the next. */
  readEach(ids: readonly ValueId[], name: string, as?: Element): { readonly tensor: Tensor; readonly stride: number } {
    return this.each(ids, name, false, as);
  }

  writeEach(ids: readonly ValueId[], name: string, as?: Element): { readonly tensor: Tensor; readonly stride: number } {
    return this.each(ids, name, true, as);
  }

  /** Declares the workspace of a node: rows of `channels` numbers. */
  workspace(index: number, name: string, channels: number): Tensor {
    const location = this.lowering.workspace(index);
    const element: Element = channels % 4 === 0 ? 'vec4f' : 'f32';
    return this.bind(location, `${location.resource} ${location.offset}`, name, element, channels, true);
  }

  /** A runtime scalar, as a WGSL expression. */
  scalar(name: string): string {
    this.usesScalars = true;
    const index = this.lowering.scalarIndex(name);
    return `scalars[${index >> 2}].${'xyzw'[index & 3]}`;
  }

  /** Adds WGSL at module scope. */
  declare(text: string): void {
    this.declarations.push(text);
  }

  /** The kernel of `threads` independent threads: `body` runs with `t: i32` in 0..threads-1. */
  finish(body: string, { threads, workgroupSize = 64 }: Extent): Kernel {
    const count = Math.ceil(threads / workgroupSize);
    const guard = `if (t >= ${threads}) { return; }`;
    return this.finishGroups(`let t = group * ${workgroupSize} + local; ${guard}\n${body}`, {
      groups: count,
      workgroupSize,
    });
  }

  /** The kernel of `groups` workgroups: `body` runs with `group: i32` in 0..groups-1 and `local: i32` in 0..workgroupSize-1. */
  finishGroups(
    body: string,
    extent: { readonly groups: number; readonly workgroupSize: number; readonly subgroups?: boolean },
  ): Kernel {
    const { groups, workgroupSize, subgroups = false } = extent;
    const columns = Math.min(groups, largestDimension);
    const rows = Math.ceil(groups / columns);
    const head = subgroups ? ['enable subgroups;', 'diagnostic(off, subgroup_uniformity);'] : [];
    const bindings: Binding[] = this.bindings.map(({ resource, start, end, written }) => ({
      resource,
      offset: start,
      bytes: end - start,
      access: written || isShared(resource) ? 'read_write' : 'read',
    }));
    const variables = this.bindings.map(({ name, element, start, end }, index) => {
      const access = (bindings[index] as Binding).access;
      const length = (end - start) / bytesOf[element];
      return `@group(0) @binding(${index}) var<storage, ${access}> ${name}: array<${element}, ${length}>;`;
    });
    if (this.usesScalars) {
      const { scalars } = this.lowering.graph;
      const rowsOfFour = Math.ceil(scalars.length / 4);
      variables.push(
        `@group(0) @binding(${bindings.length}) var<uniform> scalars: array<vec4f, ${Math.max(1, rowsOfFour)}>;`,
      );
      bindings.push({ resource: 'scalars', offset: 0, bytes: 16 * Math.max(1, rowsOfFour), access: 'uniform' });
    }
    const bases = this.uses.map(
      ({ tensor, binding, offset }) => `const ${tensor.base} = ${(offset - binding.start) / bytesOf[tensor.element]};`,
    );
    const helpers = this.uses.flatMap(({ tensor }) => tensor.helpers());
    const lane = subgroups ? ', @builtin(subgroup_invocation_id) laneIndex: u32' : '';
    const fold = rows > 1 ? `i32(workgroup.x + workgroup.y * ${columns}u)` : 'i32(workgroup.x)';
    const spare = rows > 1 && rows * columns !== groups ? `if (group >= ${groups}) { return; }` : '';
    const code = [
      ...head,
      ...variables,
      ...bases,
      ...helpers,
      ...this.declarations,
      `@compute @workgroup_size(${workgroupSize})`,
      `fn main(@builtin(workgroup_id) workgroup: vec3u, @builtin(local_invocation_index) localIndex: u32${lane}) {`,
      `let group = ${fold}; let local = i32(localIndex); ${spare}`,
      body,
      '}',
    ].join('\n');
    return { label: this.label, code, bindings, workgroups: [columns, rows] };
  }

  private use(id: ValueId, name: string, written: boolean, as: Element | undefined): Tensor {
    const value = this.lowering.value(id);
    const location = this.lowering.locate(id);
    const key =
      value.part === undefined
        ? `${location.resource} ${location.offset}`
        : `${location.resource} range ${value.part.of}`;
    const channels = value.shape.at(-1) ?? 1;
    return this.bind(location, key, name, as ?? elementOf(value), channels, written);
  }

  private each(ids: readonly ValueId[], name: string, written: boolean, as: Element | undefined) {
    const tensors = ids.map((id, index) => this.use(id, index === 0 ? name : `${name}${index}`, written, as));
    const offsets = ids.map((id) => this.lowering.locate(id).offset);
    const first = tensors[0] as Tensor;
    const step = ids.length > 1 ? (offsets[1] as number) - (offsets[0] as number) : 0;
    const even = offsets.every((offset, index) => offset === (offsets[0] as number) + index * step);
    const together = new Set(this.uses.slice(-ids.length).map(({ binding }) => binding)).size === 1;
    if (!even || !together) throw new Error(`${this.label}: the values of ${name} do not lie side by side`);
    return { tensor: first, stride: step / bytesOf[first.element] };
  }

  private bind(
    { resource, offset, bytes }: Location,
    key: string,
    name: string,
    element: Element,
    channels: number,
    written: boolean,
  ): Tensor {
    let binding = this.byKey.get(key);
    if (binding === undefined) {
      const made = {
        name: `binding${this.bindings.length}`,
        resource,
        element,
        start: offset,
        end: offset + bytes,
        written,
      };
      this.bindings.push(made);
      this.byKey.set(key, made);
      binding = made;
    }
    if (binding.element !== element)
      throw new Error(`${this.label}: ${name} is bound both as ${element} and ${binding.element}`);
    binding.start = Math.min(binding.start, offset);
    binding.end = Math.max(binding.end, offset + bytes);
    binding.written ||= written;
    const tensor = new Tensor(name, binding.name, element, channels);
    this.uses.push({ tensor, binding, offset });
    return tensor;
  }

  private readonly byKey = new Map<string, OpenBinding>();
}

/** Buffers of which several pieces may be bound in one dispatch. */
const isShared = (resource: string): boolean => resource === 'arena' || resource === 'metrics';

/** How a value is read unless asked otherwise: four channels at a time where they come in fours. */
function elementOf(value: Value): Element {
  if (value.dtype === 'uint8') return 'u32';
  if (value.dtype === 'int32') return 'i32';
  return (value.shape.at(-1) ?? 1) % 4 === 0 && elements(value.shape) > 0 ? 'vec4f' : 'f32';
}
