// Languages: in the mirrored pseudo-locale no text is seen that escaped translation, the French pages are French,
// and a chosen language lasts.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from './support.js';
import { browsers, fullestPages } from './routes.js';

// Hundreds of pages: recording each of them would take longer than looking at it.
test.use({ trace: 'off', screenshot: 'off' });

/** Where only translated texts stand, never what somebody typed. */
const TRANSLATED = [
  'h2', 'label', 'legend', 'main button', 'th[scope=col]', 'caption', 'nav.site-nav a', '.hint', 'dt', 'figcaption', 'summary',
  '.figure-label', '.status', '.empty', 'footer p', '.banner p', '.skip', 'option[value=""]',
];
/** Where texts of the data stand as well. */
const OF_DATA = [
  // Names of the demo people on the sign-in page, of documents, and of applications to be ticked.
  'thead th:has(a[href^="/calls/"])', '.people button', '.files', 'td label[for^="a-"]', 'th label[for^="a-"]', 'option:not([value=""])', '[lang]:not(html)', '.site-user', 'code',
];
/** Reviewers, whose names stand above their scores. */
const NAMES = ['Mei-Lin Hartmann', 'Tomasz Wierzba', 'Noura Belkacem', 'Kofi Asante-Brown'];

/** Everything that holds words. Most of what stands there is data, which has no brackets either. */
const WORDED = 'h1, h2, h3, p, li, td, th, dd, dt, a, button, label, legend, span, strong, caption, figcaption, summary, output';
/** Places whose words are not for translation: what people typed stands under a language, `code` names records. */
const AS_KEPT = 'code, option, [lang]:not(html)';
/** Words that stand in the code as well, but on these pages are data of the demo, or names that no language changes. */
const DATA_AND_CODE = ['people', 'person', 'month', 'camt.053', 'camt.054'];

/** All literals of the program with letters in them: codes, names of columns, and sentences, if there were any. */
function literals() {
  const root = fileURLToPath(new URL('../../', import.meta.url));
  const sources = ['app/src', 'app/domain/src', 'server/backend/src'].flatMap((folder) => readdirSync(join(root, folder), { recursive: true })
    .filter((file) => file.endsWith('.rs')).map((file) => readFileSync(join(root, folder, file), 'utf8').split('#[cfg(test)]')[0]));
  return sources.flatMap((source) => [...source.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, text]) => text))
    // A currency's code is the same in all languages.
    .filter((text) => /[A-Za-z]{2}/.test(text) && !/^[A-Z]{3}$/.test(text) && !DATA_AND_CODE.includes(text));
}

/** The texts of a page that stand in the program as they stand on the page: no locale file made them. */
const fromCode = (page, known) => page.evaluate(([worded, asKept, all]) => {
  const literal = new Set(all);
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = [];
  for (let text = texts.nextNode(); text; text = texts.nextNode()) {
    const element = text.parentElement;
    if (element.matches(worded) && !element.closest(asKept) && literal.has(text.data.trim())) found.push(`${element.localName}: ${text.data.trim()}`);
  }
  return [...new Set(found)];
}, [WORDED, AS_KEPT, known]);

/** The texts of a page that no bracket of the pseudo-locale stands around. */
const escaped = (page) => page.evaluate(([translated, ofData, names]) => {
  const visible = (element) => element.checkVisibility?.() ?? true;
  const found = [...document.querySelectorAll(translated.join(','))]
    .filter((element) => visible(element) && !element.closest(ofData.join(',')))
    .filter((element) => /[A-Za-z]{2}/.test(element.textContent) && !element.textContent.includes('⟦'))
    .filter((element) => !names.includes(element.textContent.trim()))
    // A currency's code is the same in all languages.
    .filter((element) => !/^\W*[A-Z]{3}\W*$/.test(element.textContent.replaceAll(/[\d.,\s]/g, '')));
  const attributes = [...document.querySelectorAll('main [aria-label], main [placeholder], main [title], nav[aria-label]')]
    .flatMap((element) => ['aria-label', 'placeholder', 'title'].map((name) => element.getAttribute(name)))
    .filter((text) => text && /[A-Za-z]{2}/.test(text) && !text.includes('⟦'));
  return [...new Set([...found.map((element) => `${element.localName}: ${element.textContent.trim().slice(0, 60)}`), ...attributes])];
}, [TRANSLATED, OF_DATA, NAMES]);

test('in the mirrored pseudo-locale every page runs from the right and no text escaped translation', async ({ open, baseURL }) => {
  test.setTimeout(240_000);
  const { pages } = await fullestPages(open);
  const of = browsers(open);
  const prepared = new Set();
  const known = literals();
  expect(known.length).toBeGreaterThan(2_000);
  for (const found of pages) {
    const { role, route, path, person } = found;
    const page = await of(found);
    if (!prepared.has(person)) {
      await page.context().addCookies([{ name: 'language', value: 'ar-XB', url: baseURL }]);
      prepared.add(person);
    }
    await page.goto(path, { waitUntil: 'load' });
    await expect.soft(page.locator('html'), path).toHaveAttribute('dir', 'rtl');
    expect.soft(await page.title(), path).toContain('⟦');
    expect.soft(await escaped(page), `${route} as ${role} (${path})`).toEqual([]);
    expect.soft(await fromCode(page, known), `${route} as ${role} (${path}) shows what stands in the code`).toEqual([]);
    const width = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect.soft(width, `${path} scrolls sideways when mirrored`).toBeLessThanOrEqual(0);
  }
});

test('a missing text would be noticed: no page shows the name of a key', async ({ open }) => {
  const { pages } = await fullestPages(open);
  for (const { html, path } of pages) {
    expect.soft(html.match(/\[[a-z]+(?:-[a-z_]+)+\]/g) ?? [], path).toEqual([]);
  }
});

/** English texts of the locale files that are other words in French. */
function englishOnly() {
  const folder = fileURLToPath(new URL('../../app/i18n/locales/', import.meta.url));
  // Names of countries are names of donors as well, and mails are listed in the language that they were written in.
  const texts = (language) => readdirSync(join(folder, language)).filter((file) => !/^(countries|mail)/.test(file))
    .flatMap((file) => [...readFileSync(join(folder, language, file), 'utf8').matchAll(/^[\w-]+ = ([^{}\n]+)$/gm)])
    .map(([, text]) => text.trim());
  const french = new Set(texts('fr'));
  return texts('en').filter((text) => !french.has(text) && /[A-Za-z]{3}/.test(text));
}

test('no French page has an English heading, label, button or term', async ({ open, baseURL }) => {
  test.setTimeout(120_000);
  const { pages } = await fullestPages(open);
  const english = new Set(englishOnly());
  expect(english.size).toBeGreaterThan(500);
  const of = browsers(open);
  const seen = (html) => [...html.matchAll(/<(?:h1|h2|h3|label|legend|th|dt|button|caption|summary|a)\b[^>]*>([^<]+)</g)].map(([, text]) => text.trim());
  for (const found of pages) {
    const { role, path } = found;
    const page = await of(found);
    await page.context().addCookies([{ name: 'language', value: 'fr', url: baseURL }]);
    const html = await (await page.request.get(path)).text();
    expect.soft(html, path).toContain('<html lang="fr"');
    // The list of mails shows their subjects in the languages in which they were sent.
    if (path === '/mail') continue;
    expect.soft(seen(html).filter((text) => english.has(text)), `${path} as ${role}`).toEqual([]);
  }
});

test('choosing a language keeps the page and lasts', async ({ open }) => {
  const page = await open();
  await page.goto('/results');
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await page.locator('form.language button[value=fr]').click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'fr');
  expect(new URL(page.url()).pathname).toBe('/results');
  await page.goto('/calls');
  await expect(page.locator('html')).toHaveAttribute('lang', 'fr');
  const again = await page.context().newPage();
  await again.goto('/sign-in');
  await expect(again.locator('html')).toHaveAttribute('lang', 'fr');
  await again.locator('form.language button[value=en]').click();
  await expect(again.locator('html')).toHaveAttribute('lang', 'en');
});
