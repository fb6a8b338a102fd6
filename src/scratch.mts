import { expectOk } from './base/result.ts';
import { caseOf, sideBySide } from './runtime/agreement/cases.ts';
import { installNodeWebgpu } from './runtime/gpu/node-webgpu.ts';
import { createWebgpuExecutor } from './runtime/webgpu/executor.ts';

expectOk(await installNodeWebgpu({ icd: '/usr/lib/chromium/vk_swiftshader_icd.json' }));
const ex = expectOk(await createWebgpuExecutor({}));
const B = 32;
const empty = { images: new Uint8Array(), labels: new Int32Array(), crops: new Int32Array() };
for (const [H, C, O, s, k] of [
  [32, 16, 16, 1, 3],
  [32, 16, 32, 2, 3],
  [16, 32, 32, 1, 3],
  [16, 32, 64, 2, 3],
  [8, 64, 64, 1, 3],
  [32, 3, 16, 1, 3],
  [32, 16, 32, 2, 1],
] as const) {
  const Ho = H / s;
  const attributes = { stride: s, padding: k === 3 ? 1 : 0 };
  const flop = 2 * B * Ho * Ho * C * O * k * k;
  const line = [`${H}x${H} ${C}->${O} s${s} k${k}`];
  for (const kind of ['conv2d', 'conv2dInputGradient', 'conv2dParameterGradient'] as const) {
    const c = caseOf(1, (b: any) => {
      const x = b.value('x', [B, H, H, C], 'state');
      const dy = b.value('dy', [B, Ho, Ho, O], 'state');
      const w = sideBySide(b, 'w', [k, k, C, O], 1);
      if (kind === 'conv2d') b.push({ kind, inputs: { x, weights: w, biases: [] }, outputs: { y: dy }, attributes });
      else if (kind === 'conv2dInputGradient')
        b.push({
          kind,
          inputs: { dy, weights: w, accumulate: undefined, accumulateMask: undefined },
          outputs: { dx: x },
          attributes,
        });
      else
        b.push({
          kind,
          inputs: { x, dy },
          outputs: { dweights: w, dbiases: [] },
          attributes: { ...attributes, accumulate: false },
        });
    });
    const t0 = performance.now();
    const p = expectOk(await ex.compile(c.graph));
    const comp = performance.now() - t0;
    const times: number[] = [];
    for (let i = 0; i < 7; i++) {
      await ex.read('x');
      const t = performance.now();
      expectOk(await p.run({}, empty));
      await ex.read('w.0');
      times.push(performance.now() - t);
    }
    p.dispose();
    ex.drop(['x', 'dy', 'w.0']);
    const ms = Math.min(...times.slice(1));
    line.push(
      `${kind.slice(6) || 'fwd'} ${ms.toFixed(1)}ms ${(flop / ms / 1e6).toFixed(1)}GF (compile ${comp.toFixed(0)})`,
    );
  }
  console.log(line.join(' | '));
}
process.exit(0);
