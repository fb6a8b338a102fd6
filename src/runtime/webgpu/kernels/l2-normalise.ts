import type { L2Normalise, L2NormaliseGradient } from '../../../graph/node.ts';
import type { Kernel, Lowering } from '../kernel.ts';
import { KernelBuilder } from '../kernel-builder.ts';

/** l2Normalise: one thread a row. */
export function lowerL2Normalise(node: L2Normalise, lowering: Lowering): Kernel[] {
  const [rows] = lowering.value(node.inputs.x).shape as [number, number];
  const builder = new KernelBuilder(lowering, 'L2 normalise');
  const y = builder.write(node.outputs.y, 'y');
  const x = builder.read(node.inputs.x, 'x');
  const body = [
    'var squares = 0.0;',
    `for (var c = 0; c < ${x.fours}; c++) { let v = ${x.load4('t', 'c')}; squares += dot(v, v); }`,
    'let divisor = max(sqrt(squares), 1e-12);',
    `for (var c = 0; c < ${x.fours}; c++) { ${y.store4('t', 'c', `${x.load4('t', 'c')} / divisor`)} }`,
  ];
  return [builder.finish(body.join('\n'), { threads: rows })];
}

/** l2NormaliseGradient: one thread a row. */
export function lowerL2NormaliseGradient(node: L2NormaliseGradient, lowering: Lowering): Kernel[] {
  const [rows] = lowering.value(node.inputs.x).shape as [number, number];
  const builder = new KernelBuilder(lowering, 'L2 normalise gradient');
  const dx = builder.write(node.outputs.dx, 'dx');
  const x = builder.read(node.inputs.x, 'x');
  const dy = builder.read(node.inputs.dy, 'dy');
  const body = [
    'var squares = 0.0;',
    `for (var c = 0; c < ${x.fours}; c++) { let v = ${x.load4('t', 'c')}; squares += dot(v, v); }`,
    'let norm = sqrt(squares); let divisor = max(norm, 1e-12);',
    'var along = 0.0;',
    `for (var c = 0; c < ${x.fours}; c++) { along += dot(${x.load4('t', 'c')} / divisor, ${dy.load4('t', 'c')}); }`,
    // At and below the smallest divisor it is a constant.
    'along = select(along, 0.0, norm <= 1e-12);',
    `for (var c = 0; c < ${x.fours}; c++) { ${dx.store4('t', 'c', `(${dy.load4('t', 'c')} - along * ${x.load4('t', 'c')} / divisor) / divisor`)} }`,
  ];
  return [builder.finish(body.join('\n'), { threads: rows })];
}
