import { createWriteStream, existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { Page } from '@playwright/test';
import { packTar } from 'modern-tar/fs';
import { runCommand } from '../src/cli/command.ts';
import { repository } from '../src/cli/node-script.ts';
import { withPublishedPage } from './published-page.ts';

/**
 * `node --import tsx bench/archive-to-step.ts`: in Chromium, from choosing a .tar.gz of CIFAR-10's five training files to the first
 * training step of `quick` on WASM, and the memory of the page's process on the way. Linux, where processes tell their memory.
 */
const images = 50_000;
const decodedBytes = images * 3072;
const bars = { seconds: 5, times: 3 } as const;

const shared = join(repository, '..', 'shared', 'data', 'cifar-10');
const out = join(repository, 'out', 'archive-to-step');
const parts = [1, 2, 3, 4, 5].map((part) => `data_batch_${part}.bin`);

await runCommand(async (_, output) => {
  if (!existsSync(join(shared, parts[0] as string))) {
    output.note(`CIFAR-10's .bin files are not in ${shared}: nothing to measure.`);
    return 0;
  }
  mkdirSync(out, { recursive: true });
  const archive = join(out, 'cifar-10-binary.tar.gz');
  if (!existsSync(archive)) {
    output.note('Packing the five training files.');
    const sources = parts.map((name) => ({
      type: 'file' as const,
      source: join(shared, name),
      target: `cifar-10-batches-bin/${name}`,
    }));
    await pipeline(packTar(sources), createGzip(), createWriteStream(archive));
  }
  return withPublishedPage(out, output.note, async (browser, address) => {
    const opened = await browser.newPage();
    await opened.goto(address);
    const { seconds, idle, peak } = await measure(opened, archive);
    const times = (peak - idle) / decodedBytes;
    const verdict = seconds < bars.seconds && times < bars.times ? 'within' : 'over';
    output.line(
      `archive to first step: ${seconds.toFixed(2)} s (bar ${bars.seconds} s); process memory ${megabytes(idle)} idle, ` +
        `${megabytes(peak)} at most, ${times.toFixed(2)} times the decoded ${megabytes(decodedBytes)} over idle (bar ${bars.times}): ${verdict}`,
    );
    return verdict === 'within' ? 0 : 1;
  });
});

async function measure(page: Page, archive: string): Promise<{ seconds: number; idle: number; peak: number }> {
  await page
    .getByRole('button', { name: 'One step', exact: true })
    .and(page.locator(':enabled'))
    .waitFor({ timeout: 60_000 });
  await page.waitForTimeout(2_000);
  const idle = rendererBytes();
  let peak = idle;
  const timer = setInterval(() => {
    peak = Math.max(peak, rendererBytes());
  }, 50);
  const done = page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        let chosen = 0;
        document.addEventListener('change', () => (chosen ||= performance.now()), { capture: true, once: true });
        let pressed = false;
        const poll = setInterval(() => {
          const data = document.querySelector('.data-set h3')?.textContent ?? '';
          if (
            !pressed &&
            data.includes('CIFAR-10') &&
            data.includes('in this run') &&
            !data.includes('not in this run')
          ) {
            const button = [...document.querySelectorAll('button')].find(
              (one) => (one.getAttribute('aria-label') ?? one.textContent)?.trim() === 'One step' && !one.disabled,
            );
            button?.click();
            pressed = button !== undefined;
          }
          const status = [...document.querySelectorAll('[role="status"]')].map((one) => one.textContent).join(' ');
          if (!pressed || !/step 1\b/i.test(status)) return;
          clearInterval(poll);
          resolve((performance.now() - chosen) / 1000);
        }, 10);
      }),
  );
  await page.getByLabel('Data files').setInputFiles(archive);
  const seconds = await done;
  // What is kept on the device for the next visit is written after it.
  await page.waitForTimeout(8_000);
  clearInterval(timer);
  return { seconds, idle, peak };
}

/** Resident memory of the largest of this process' renderers, without what it shares with others. */
function rendererBytes(): number {
  let largest = 0;
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      if (!readFileSync(`/proc/${name}/cmdline`, 'utf8').includes('--type=renderer') || !isOwn(name)) continue;
      const [, resident = '0', sharedPages = '0'] = readFileSync(`/proc/${name}/statm`, 'utf8').split(' ');
      largest = Math.max(largest, (Number(resident) - Number(sharedPages)) * 4096);
    } catch {
      // It has ended meanwhile.
    }
  }
  return largest;
}

/** Whether a process descends from this one: other browsers may run here. */
function isOwn(name: string): boolean {
  for (let at = name; at !== '0' && at !== ''; ) {
    if (Number(at) === process.pid) return true;
    at = /^PPid:\s+(\d+)/m.exec(readFileSync(`/proc/${at}/status`, 'utf8'))?.[1] ?? '0';
  }
  return false;
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(0)} MB`;
}
