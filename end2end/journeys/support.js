// What all journeys share: people at their own browsers, mails, forms filled by field name, and the watch over
// every page for errors of scripts and of the console.
import { test as base, expect } from '@playwright/test';
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { simpleParser } from 'mailparser';

export { expect };

/** The password of every demo person. */
const DEMO_PASSWORD = 'demo-fund-2026';

/** Every address that a journey visited, over all tests of this process. */
export const visited = new Set();

/** Notes what must not happen on any page of a context, and every address. */
class Watch {
  constructor() {
    this.problems = [];
    this.allowed = [];
    this.refusedDocuments = new Set();
  }

  /** Lets a message pass that a test provokes. */
  allow(pattern) {
    this.allowed.push(pattern);
  }

  over(context) {
    context.on('console', (message) => {
      if (message.type() === 'error') this.problems.push({ text: message.text(), url: message.location().url });
    });
    context.on('weberror', (error) => this.problems.push({ text: String(error.error()), url: '' }));
    context.on('dialog', (dialog) => {
      this.problems.push({ text: `a script opened a window: ${dialog.message()}`, url: '' });
      dialog.dismiss();
    });
    context.on('response', (response) => {
      const navigation = response.request().isNavigationRequest();
      if (navigation) visited.add(new URL(response.url()).pathname);
      // Chromium reports a page with the status of a refused form as a failed resource; that status is meant, also where
      // the page's script sends the form first.
      const sent = response.request().method() === 'POST' && response.request().resourceType() === 'fetch';
      if ((navigation || sent) && response.status() >= 400 && response.status() < 500) this.refusedDocuments.add(response.url());
    });
  }

  found() {
    return this.problems
      .filter(({ text, url }) => !(text.startsWith('Failed to load resource') && this.refusedDocuments.has(url)))
      .filter(({ text }) => !this.allowed.some((pattern) => pattern.test(text)))
      .map(({ text, url }) => `${text} (${url})`);
  }
}

export const test = base.extend({
  /** The watch of this test. */
  watch: async ({}, use) => {
    const watch = new Watch();
    await use(watch);
    expect(watch.found(), 'errors on the console or in scripts').toEqual([]);
  },
  /** The page of the test itself is watched as well. */
  context: async ({ context, watch }, use) => {
    watch.over(context);
    await use(context);
  },
  /** Opens a browser of its own for a person: nobody, a demo person by name, or one by address. */
  open: async ({ browser, baseURL, contextOptions, watch }, use) => {
    const contexts = [];
    await use(async (person, options = {}) => {
      const context = await browser.newContext({ ...contextOptions, baseURL, ...options });
      watch.over(context);
      contexts.push(context);
      const page = await context.newPage();
      if (person?.includes('@')) await signIn(page, person, DEMO_PASSWORD);
      else if (person) await signInAsDemo(page, person);
      return page;
    });
    await Promise.all(contexts.map((context) => context.close()));
  },
});

/** Signs in by the button of a demo person. */
export async function signInAsDemo(page, person) {
  await page.goto('/sign-in');
  const button = page.locator('form[action="/sign-in/demo"] button').filter({ hasText: person });
  await Promise.all([page.waitForURL((url) => url.pathname !== '/sign-in'), button.first().click()]);
}

/** Signs in by address and password. */
export async function signIn(page, email, password) {
  await page.goto('/sign-in');
  await fill(page, { email, password });
  await send(page.locator('form[action="/sign-in"]'));
}

/** Fills fields by their names: texts, selections, ticks (`true`) and lists of ticks (an array). */
export async function fill(scope, values) {
  for (const [name, value] of Object.entries(values)) {
    const fields = scope.locator(`:is(input:not([type=hidden]), select, textarea)[name="${name}"]`);
    if (Array.isArray(value)) {
      for (const one of value) await scope.locator(`[name="${name}"][value="${one}"]`).check();
      continue;
    }
    const field = fields.first();
    const kind = await field.evaluate((element) => element.type);
    if (kind === 'checkbox') await field.setChecked(value);
    else if (kind === 'select-one') await field.selectOption(String(value));
    else await field.fill(String(value));
  }
}

/** Presses a form's button (the primary one, or the one with a name) and waits for the page that follows. */
export async function send(form, button = null) {
  const page = form.page();
  const found = button ? form.getByRole('button', { name: button, exact: true }) : form.locator('button.button-primary, button.button-danger').first();
  const answered = page.waitForResponse(
    (response) => response.request().isNavigationRequest() && response.request().method() === 'GET' && response.status() !== 303,
  );
  // A draft is saved by the page itself, which goes on when it has the answer: pressing alone waits for nothing.
  const left = page.waitForEvent('framenavigated', (frame) => frame === page.mainFrame());
  await found.click();
  await Promise.all([answered, left]);
  await page.waitForLoadState();
}

/** The form of a page that posts to a path ending in `ending`. */
export const formTo = (page, ending) => page.locator(`form[action$="${ending}"]`);

/** The line that says that something was done. */
export const done = (page) => page.locator('main > .notice-good').first();

/** The mails to an address, oldest first. */
export async function mailsTo(address) {
  const folder = join(process.env.DATA_DIR, 'mail');
  const mails = [];
  for (const name of readdirSync(folder).filter((name) => name.endsWith('.eml')).sort()) {
    const bytes = readFileSync(join(folder, name));
    if (!bytes.includes(address)) continue;
    const mail = await simpleParser(bytes);
    if (mail.to?.text.includes(address)) mails.push(mail);
  }
  return mails;
}

/** The link of the newest mail to an address whose path begins so. The outbox is looked through every five seconds. */
export async function mailedLink(address, path) {
  let link;
  await expect(async () => {
    const found = (await mailsTo(address)).map((mail) => mail.text.match(new RegExp(`${process.env.BASE_URL}(/${path}/[\\w-]+)`))?.[1]);
    link = found.filter(Boolean).at(-1);
    expect(link, `a mail to ${address} with a link to /${path}/`).toBeTruthy();
  }).toPass({ timeout: 25_000, intervals: [500] });
  return link;
}

/** Runs the program, and throws when it fails. */
export const fund = (...words) => execFileSync(process.env.FUND, words, { encoding: 'utf8' });

/** A day so many days from today, as forms take it. */
export function day(days) {
  const date = new Date(Date.now() + days * 86_400_000);
  return new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Vienna' }).format(date);
}

/** A name that no other run used. */
let counter = 0;
export const unique = () => `${Date.now().toString(36)}${(counter += 1)}`;

/** The smallest PDF that says something. */
export function pdf(text) {
  const stream = `BT /F1 18 Tf 60 760 Td (${text}) Tj ET`;
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${stream.length} >>\nstream\n${stream}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ];
  let file = '%PDF-1.4\n';
  const offsets = objects.map((object, position) => {
    const offset = file.length;
    file += `${position + 1} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const start = file.length;
  file += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n`;
  for (const offset of offsets) file += `${String(offset).padStart(10, '0')} 00000 n \n`;
  file += `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`;
  return Buffer.from(file, 'latin1');
}
