import type { Page, Worker } from '@playwright/test';

const trainingWorker = (page: Page): Worker =>
  page.workers().find((worker) => worker.url().includes('training')) as Worker;

/** Hands the page's training workers out with some code of the test before their own; call it before the page is opened. */
export const prefixWorker = (page: Page, code: string) =>
  page.route(/training\.worker/, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: `${code}\n${await response.text()}` });
  });

/** Code before a worker's own: the device it was given last stays in reach. */
export const keptDevice = `{
  const { requestDevice } = GPUAdapter.prototype;
  GPUAdapter.prototype.requestDevice = async function (descriptor) {
    return (globalThis.lastDevice = await requestDevice.call(this, descriptor));
  };
}`;

/** Destroys the device of a worker with `keptDevice`, as a crash of the driver would. */
export const destroyDevice = (page: Page) =>
  trainingWorker(page).evaluate(() => (globalThis as unknown as { lastDevice: GPUDevice }).lastDevice.destroy());

/** From now on the adapter gives the worker no device, as a browser does after too many crashes of a driver. */
export const refuseDevices = (page: Page) =>
  trainingWorker(page).evaluate(() => {
    GPUAdapter.prototype.requestDevice = async () => {
      throw new DOMException('The GPU is blocked after too many crashes', 'OperationError');
    };
  });

/** Code before a worker's own: a device of so little memory that no buffer may be larger than some bytes. */
export const littleMemory = (bytes: number) => `{
  const { createBuffer, popErrorScope } = GPUDevice.prototype;
  let refused = false;
  GPUDevice.prototype.createBuffer = function (descriptor) {
    refused ||= descriptor.size > ${bytes};
    return createBuffer.call(this, descriptor);
  };
  GPUDevice.prototype.popErrorScope = async function () {
    const error = await popErrorScope.call(this);
    if (!refused) return error;
    refused = false;
    return new GPUOutOfMemoryError('the test leaves no more');
  };
}`;

/** Code before a worker's own: a processor too small for threads. */
export const twoProcessors = `Object.defineProperty(navigator, 'hardwareConcurrency', { value: 2 });`;

/** Code before a worker's own: a browser without WebGPU. */
export const noWebgpu = `Object.defineProperty(navigator, 'gpu', { value: undefined });`;

/** A worker that throws outside of any request, as one that ran out of memory would. */
export const killWorker = (page: Page) =>
  trainingWorker(page).evaluate(() => {
    setTimeout(() => {
      throw new Error('killed by the test');
    });
  });

/** Code before a worker's own: a machine with this many logical processors, of which tfjs takes half. */
export const processors = (count: number) =>
  `Object.defineProperty(navigator, 'hardwareConcurrency', { value: ${count} });`;

/** Code before a worker's own: a browser that cannot share memory, as one without room for 4 GiB of addresses. */
export const noSharedMemory = `{
  const { Memory } = WebAssembly;
  WebAssembly.Memory = function (limits) {
    if (limits.shared) throw new RangeError('the test leaves no more');
    return new Memory(limits);
  };
}`;

/** Whether the page's training worker is cross-origin isolated. */
export const workerIsolated = (page: Page) => trainingWorker(page).evaluate(() => crossOriginIsolated);
