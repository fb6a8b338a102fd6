import type { StepGraph } from './graph.ts';
import type { GraphNode, Phase } from './node.ts';
import {
  alignedBytes,
  type DataType,
  elements,
  type Initial,
  type Role,
  sharedModule,
  type Value,
  type ValueId,
} from './value.ts';

/** What a new value or node belongs to unless it says otherwise. */
export interface Context {
  readonly phase: Phase;
  readonly module: number;
  readonly owner: string;
}

export interface NewValue {
  readonly label: string;
  readonly shape: readonly number[];
  readonly role: Role;
  readonly dtype?: DataType;
  readonly part?: { readonly of: ValueId; readonly offset: number };
  readonly initial?: Initial;
}

/** A parameter tensor inside its owner. */
export interface TensorShape {
  readonly name: string;
  readonly shape: readonly number[];
  readonly initial: Initial;
}

/** The parameters of one owner (block, auxiliary network, head, probe): one contiguous range, updated by one node. */
export interface ParameterRange {
  readonly owner: string;
  readonly module: number;
  readonly parameters: ValueId;
  /** Parameter values by their name inside the owner. */
  readonly tensors: ReadonlyMap<string, ValueId>;
}

type NodeDraft = GraphNode extends infer Node
  ? Node extends GraphNode
    ? Omit<Node, 'phase' | 'module'>
    : never
  : never;

interface GradientRange {
  readonly range: ValueId;
  readonly parts: ReadonlyMap<ValueId, ValueId>;
  readonly written: Set<ValueId>;
}

/** Appends values and nodes in the order they will run. The functions of `kinds/` know shapes; this only keeps the list. */
export class GraphBuilder {
  readonly values: Value[] = [];
  readonly nodes: GraphNode[] = [];
  private readonly scalars = new Set<string>();
  private readonly persistent = new Map<string, ValueId>();
  private readonly rangeOfParameter = new Map<ValueId, ParameterRange>();
  private readonly gradients = new Map<ValueId, GradientRange>();
  private readonly velocityRanges = new Map<ValueId, ValueId>();
  private context: Context = { phase: 'forward', module: sharedModule, owner: 'input' };

  /** Runs `body` with some of the context replaced. */
  within<Made>(context: Partial<Context>, body: () => Made): Made {
    const before = this.context;
    this.context = { ...before, ...context };
    try {
      return body();
    } finally {
      this.context = before;
    }
  }

  shape(id: ValueId): readonly number[] {
    return (this.values[id] as Value).shape;
  }

  add(value: NewValue): ValueId {
    const id = this.values.length;
    const { module, owner } = this.context;
    const { label, shape, role, dtype = 'float32', part, initial } = value;
    // Every value has the same fields in the same order: thousands are made for each preview.
    this.values.push({ id, label, shape, dtype, role, owner, module, part, initial });
    return id;
  }

  /** Takes the draft over as the next node. */
  append(node: NodeDraft): void {
    const { phase, module } = this.context;
    const made = node as { phase?: Phase; module?: number };
    made.phase = phase;
    made.module = module;
    this.nodes.push(node as GraphNode);
  }

  /** Makes a transient value a metric, so that it can be read after a run, by this label. */
  expose(id: ValueId, label: string): void {
    this.values[id] = { ...(this.values[id] as Value), role: 'metric', label };
  }

  /** Declares a runtime scalar and returns its name. */
  scalar(name: string): string {
    this.scalars.add(name);
    return name;
  }

  /** A persistent value of role state; the same label gives the same value. */
  state(label: string, shape: readonly number[], initial: Initial): ValueId {
    const known = this.persistent.get(label);
    if (known !== undefined) return known;
    const id = this.add({ label, shape, role: 'state', initial });
    this.persistent.set(label, id);
    return id;
  }

  /** The flag [1] that stops updates once a step has diverged: 0, or the number of the first module that did, counted from 1. */
  guard(): ValueId {
    return this.within({ owner: 'guard', module: sharedModule }, () =>
      this.state('guard', [1], { kind: 'constant', value: 0 }),
    );
  }

  /** A range of persistent values of role state, one after the other; the same label gives the same range. Answers them in order. */
  stateRange(label: string, tensors: readonly TensorShape[]): ValueId[] {
    const bytes = tensors.reduce((sum, tensor) => sum + alignedBytes(4 * elements(tensor.shape)), 0);
    const known = this.persistent.has(label);
    const range = this.persistent.get(label) ?? this.add({ label, shape: [bytes / 4], role: 'state' });
    this.persistent.set(label, range);
    let offset = 0;
    return tensors.map(({ name, shape, initial }) => {
      const part = { of: range, offset };
      offset += alignedBytes(4 * elements(shape));
      const id = known ? this.persistent.get(name) : this.add({ label: name, shape, role: 'state', part, initial });
      this.persistent.set(name, id as ValueId);
      return id as ValueId;
    });
  }

  /** A range of transient values of one shape, one after the other. */
  transientRange(label: string, names: readonly string[], shape: readonly number[]): ValueId[] {
    const step = alignedBytes(4 * elements(shape));
    const of = this.add({ label, shape: [(names.length * step) / 4], role: 'activation' });
    return names.map((name, index) =>
      this.add({ label: name, shape, role: 'activation', part: { of, offset: index * step } }),
    );
  }

  /** The parameters of the context's owner, tensors padded to the alignment. */
  parameters(tensors: readonly TensorShape[]): ParameterRange {
    const { owner, module } = this.context;
    const bytes = tensors.reduce((sum, tensor) => sum + alignedBytes(4 * elements(tensor.shape)), 0);
    const parameters = this.add({ label: owner, shape: [bytes / 4], role: 'parameter' });
    const parts = new Map<string, ValueId>();
    let offset = 0;
    for (const { name, shape, initial } of tensors) {
      const label = `${owner}.${name}`;
      parts.set(name, this.add({ label, shape, role: 'parameter', part: { of: parameters, offset }, initial }));
      offset += alignedBytes(4 * elements(shape));
    }
    const range: ParameterRange = { owner, module, parameters, tensors: parts };
    for (const id of parts.values()) this.rangeOfParameter.set(id, range);
    return range;
  }

  /**
   * The gradient values of some parameters of one owner, for a node that is about to write them, and whether an earlier node of
   * this step has written them already, so that this one must add.
   */
  gradientsFor(parameters: readonly ValueId[]): { ids: ValueId[]; accumulate: boolean } {
    const ids = parameters.map((parameter) => this.gradientRange(parameter).parts.get(parameter) as ValueId);
    const { written } = this.gradientRange(parameters[0] as ValueId);
    const before = ids.filter((id) => written.has(id)).length;
    if (before > 0 && before < ids.length) throw new Error('a node adds to some gradients and begins others');
    for (const id of ids) written.add(id);
    return { ids, accumulate: before > 0 };
  }

  /** The gradient range of a parameter range, where some node of this step has written into it. */
  writtenGradients(range: ParameterRange): ValueId | undefined {
    return this.gradients.get(range.parameters)?.range;
  }

  /** The velocities of a parameter range, in the same layout; only a graph that updates has them. */
  velocitiesOf({ parameters, owner, module, tensors }: ParameterRange): ValueId {
    const known = this.velocityRanges.get(parameters);
    if (known !== undefined) return known;
    return this.within({ owner, module }, () => {
      const of = this.add({ label: `velocity.${owner}`, shape: this.shape(parameters), role: 'optimiser' });
      for (const tensor of tensors.values()) {
        const { label, shape, part } = this.values[tensor] as Value;
        const offset = part?.offset ?? 0;
        this.add({ label: `velocity.${label}`, shape, role: 'optimiser', part: { of, offset } });
      }
      this.velocityRanges.set(parameters, of);
      return of;
    });
  }

  build(purpose: StepGraph['purpose'], batch: number): StepGraph {
    return { purpose, batch, values: this.values, nodes: this.nodes, scalars: [...this.scalars] };
  }

  private gradientRange(parameter: ValueId): GradientRange {
    const range = this.rangeOfParameter.get(parameter);
    if (range === undefined) throw new Error(`value ${parameter} is no parameter`);
    const known = this.gradients.get(range.parameters);
    if (known !== undefined) return known;
    return this.within({ owner: range.owner, module: range.module }, () => {
      const id = this.add({ label: `gradient.${range.owner}`, shape: this.shape(range.parameters), role: 'gradient' });
      const parts = new Map<ValueId, ValueId>();
      for (const [name, tensor] of range.tensors) {
        const { shape, part } = this.values[tensor] as Value;
        const offset = part?.offset ?? 0;
        const label = `gradient.${range.owner}.${name}`;
        parts.set(tensor, this.add({ label, shape, role: 'gradient', part: { of: id, offset } }));
      }
      const made = { range: id, parts, written: new Set<ValueId>() };
      this.gradients.set(range.parameters, made);
      return made;
    });
  }
}
