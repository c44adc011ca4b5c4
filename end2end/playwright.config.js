// The browser journeys: the system's Chromium against a server that .make/journeys.sh has started.
import { defineConfig } from '@playwright/test';

const baseURL = process.env.BASE_URL;
if (!baseURL) {
  throw new Error('BASE_URL is not set: start the journeys by .make/journeys.sh');
}

export default defineConfig({
  testDir: './journeys',
  outputDir: './results/playwright',
  reporter: 'list',
  forbidOnly: Boolean(process.env.CI),
  // All journeys share one server and its data; two at once would see each other's changes.
  workers: 1,
  // A second try tells a slow machine from a defect; Playwright names what needed one as flaky.
  retries: process.env.CI ? 1 : 0,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  use: {
    baseURL,
    locale: 'en-GB',
    timezoneId: 'Europe/Vienna',
    actionTimeout: 10_000,
    navigationTimeout: 20_000,
    screenshot: 'only-on-failure',
    trace: 'retain-on-failure',
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
});
