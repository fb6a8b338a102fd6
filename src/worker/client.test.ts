import { describe, expect, it } from 'vitest';
import { plainExport } from '../runs/export-formats.ts';
import { type ClientEvent, createTrainingClient, type WorkerLike } from './client.ts';
import type { RequestMessage, WorkerMessage } from './protocol.ts';

/** A worker that only notes what it is told, and says what the test wants. */
class FakeWorker implements WorkerLike {
  readonly sent: RequestMessage[] = [];
  ended = false;
  private readonly listeners = new Map<string, (event: { data: unknown; message?: string }) => void>();

  postMessage(message: RequestMessage) {
    this.sent.push(message);
  }
  terminate() {
    this.ended = true;
  }
  addEventListener(kind: string, listener: (event: { data: unknown; message?: string }) => void) {
    this.listeners.set(kind, listener);
  }
  say(message: WorkerMessage) {
    this.listeners.get('message')?.({ data: message });
  }
  breakDown(message: string) {
    this.listeners.get('error')?.({ data: undefined, message });
  }
}

function setUp() {
  const workers: FakeWorker[] = [];
  const events: ClientEvent[] = [];
  const client = createTrainingClient(() => {
    const worker = new FakeWorker();
    workers.push(worker);
    return worker;
  });
  client.subscribe((event) => events.push(event));
  return { workers, events, client, worker: (index: number) => workers[index] as FakeWorker };
}

describe('training client', () => {
  it('starts its worker at the first request only', () => {
    const { workers, client } = setUp();
    expect(workers).toHaveLength(0);
    void client.request({ kind: 'play' });
    void client.request({ kind: 'pause' });
    expect(workers).toHaveLength(1);
  });

  it('matches answers to requests by id, in any order', async () => {
    const { client, worker } = setUp();
    const first = client.request({ kind: 'play' });
    const second = client.request({ kind: 'export', format: 'onnx', options: plainExport });
    const [play, exported] = worker(0).sent as [RequestMessage, RequestMessage];
    worker(0).say({
      kind: 'answer',
      id: exported.id,
      ok: true,
      value: { name: 'model.onnx', type: '', bytes: new Uint8Array(1) },
    });
    worker(0).say({ kind: 'answer', id: play.id, ok: false, error: { message: 'There is no run.' } });
    expect(await first).toEqual({ ok: false, error: { message: 'There is no run.' } });
    expect(await second).toMatchObject({ ok: true, value: { name: 'model.onnx' } });
  });

  it('passes events on, and not after unsubscribing', () => {
    const { client, events, worker } = setUp();
    const more: ClientEvent[] = [];
    const end = client.subscribe((event) => more.push(event));
    void client.request({ kind: 'play' });
    worker(0).say({ kind: 'preparing', what: 'images', share: 0.5 });
    end();
    worker(0).say({ kind: 'preparing', what: 'images', share: 1 });
    expect(events).toHaveLength(2);
    expect(more).toHaveLength(1);
  });

  it('answers open requests and tells when the worker breaks down, then starts a fresh one', async () => {
    const { client, events, workers, worker } = setUp();
    const play = client.request({ kind: 'play' });
    worker(0).breakDown('out of memory');
    expect(await play).toMatchObject({ ok: false, error: { message: expect.stringContaining('out of memory') } });
    expect(events).toMatchObject([{ kind: 'stopped' }]);
    expect(worker(0).ended).toBe(true);
    void client.request({ kind: 'play' });
    expect(workers).toHaveLength(2);
  });

  it('ignores what a replaced worker still says', async () => {
    const { client, events, worker } = setUp();
    void client.request({ kind: 'play' });
    worker(0).breakDown('gone');
    const again = client.request({ kind: 'play' });
    worker(0).breakDown('gone twice');
    worker(0).say({ kind: 'preparing', what: 'images', share: 1 });
    worker(1).say({ kind: 'answer', id: (worker(1).sent[0] as RequestMessage).id, ok: true, value: undefined });
    expect(await again).toEqual({ ok: true, value: undefined });
    expect(events).toHaveLength(1);
  });
});
