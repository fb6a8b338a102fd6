import { defineConfig, devices } from '@playwright/test';

/** `npm run e2e` finds a browser, a free port and the data, and hands them over by these variables. */
const { CHROMIUM_PATH, E2E_PORT = '5199', E2E_DATA, E2E_REPORT = 'out/e2e-report.json' } = process.env;
const port = Number(E2E_PORT);
const asRoot = process.getuid?.() === 0;

export default defineConfig({
  testDir: 'e2e',
  outputDir: 'test-results',
  workers: 1,
  fullyParallel: false,
  forbidOnly: process.env.CI !== undefined,
  // A step in software takes long, longer still on a busy machine.
  timeout: 180_000,
  expect: { timeout: 30_000 },
  reporter: [['list'], ['json', { outputFile: E2E_REPORT }]],
  use: {
    ...devices['Desktop Chrome'],
    baseURL: `http://localhost:${port}/`,
    trace: 'retain-on-failure',
    // It would fetch the whole page into its cache for every test.
    serviceWorkers: 'block',
    launchOptions: {
      ...(CHROMIUM_PATH === undefined ? {} : { executablePath: CHROMIUM_PATH }),
      args: [
        '--enable-unsafe-webgpu',
        // A camera that shows a pattern; tests allow it or do not.
        '--use-fake-device-for-media-stream',
        ...(asRoot ? ['--no-sandbox'] : []),
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
  webServer: {
    command: `node --import tsx src/cli/start.ts --port ${port}${E2E_DATA === undefined ? '' : ` --data "${E2E_DATA}"`}`,
    url: `http://localhost:${port}/`,
    timeout: 120_000,
    stdout: 'ignore',
    stderr: 'pipe',
    reuseExistingServer: false,
    gracefulShutdown: { signal: 'SIGTERM', timeout: 5_000 },
  },
});
