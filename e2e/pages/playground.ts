import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, type Page } from '@playwright/test';

/** Folder of the real CIFAR-10 files beside the checkout; absent on a plain clone. */
export const cifarFolder = resolve(import.meta.dirname, '../../../shared/data/cifar-10');
export const hasCifar = existsSync(resolve(cifarFolder, 'test_batch.bin'));

/** The page as a person meets it: regions, roles and labels, never its markup. */
export class Playground {
  readonly problems: string[] = [];

  constructor(readonly page: Page) {
    page.on('console', (message) => {
      if (message.type() === 'error') this.problems.push(message.text());
    });
    page.on('pageerror', (error) => this.problems.push(error.message));
  }

  /** Opens the page and waits until its run is prepared. */
  async open(hash = ''): Promise<void> {
    await this.page.goto(`./${hash}`);
    await this.waitForStatus('paused');
  }

  /** Opens the page on an experiment given as changes of the starting one. */
  async openWith(experiment: object): Promise<void> {
    await this.open(`#experiment=${encodeURIComponent(JSON.stringify(experiment))}`);
  }

  region(name: string) {
    return this.page.getByRole('region', { name, exact: true });
  }

  get status() {
    return this.page
      .getByRole('status')
      .filter({ hasText: /step \d/i })
      .first();
  }

  async waitForStatus(word: string, timeout = 120_000): Promise<void> {
    await expect(this.status).toContainText(new RegExp(word, 'i'), { timeout });
  }

  /** Steps done, as the status says. */
  async step(): Promise<number> {
    const text = (await this.status.textContent()) ?? '';
    return Number(/step ([\d,.]+)/i.exec(text)?.[1]?.replace(/[,.]/g, '') ?? Number.NaN);
  }

  async waitForStep(step: number, timeout = 180_000): Promise<void> {
    await expect.poll(() => this.step(), { timeout, intervals: [250] }).toBeGreaterThanOrEqual(step);
  }

  async press(name: string): Promise<void> {
    await this.page.getByRole('button', { name, exact: true }).click();
  }

  /** Types a number into a field and leaves it. */
  async setNumber(label: string, value: number): Promise<void> {
    const input = this.region('Controls').getByRole('spinbutton', { name: label, exact: true });
    await input.fill(String(value));
    await input.press('Enter');
  }

  /** Opens the run anew on an executor; it must not have begun. */
  async runOn(executor: string): Promise<void> {
    const panel = this.region('Executor');
    await panel.getByLabel('Run on').selectOption(executor);
    await expect(panel.locator('strong').first()).toHaveText(executor, { timeout: 120_000 });
    await this.waitForStatus('paused');
  }

  /** Opens the table view of a chart and returns its rows, header first. */
  async chartTable(title: string): Promise<string[][]> {
    const figure = this.page.getByRole('figure', { name: title, exact: true });
    const table = figure.getByRole('table');
    if ((await table.count()) === 0) await figure.getByRole('button', { name: /Table/ }).click();
    return table.evaluate((element) =>
      [...(element as HTMLTableElement).rows].map((row) => [...row.cells].map((cell) => cell.textContent ?? '')),
    );
  }
}
