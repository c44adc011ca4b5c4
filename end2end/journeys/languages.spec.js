// Languages: in the mirrored pseudo-locale no text is seen that escaped translation, the French pages are French,
// and a chosen language lasts.
import { expect, test } from './support.js';
import { PEOPLE, browsers, fullestPages } from './routes.js';

/** Where only translated texts stand, never what somebody typed. */
const TRANSLATED = [
  'h2', 'label', 'legend', 'main button', 'th[scope=col]', 'caption', 'nav.site-nav a', '.hint', 'dt', 'figcaption', 'summary',
  '.figure-label', '.status', '.empty', 'footer p', '.banner p', '.skip', 'option[value=""]',
];
/** Where texts of the data stand as well. */
const OF_DATA = [
  // Names of the demo people on the sign-in page, of documents, and of records in headings that name one.
  '.people button', '.files', 'option:not([value=""])', '[lang]:not(html)', '.site-user', 'code', '.timeline dl',
];

/** The texts of a page that no bracket of the pseudo-locale stands around. */
const escaped = (page) => page.evaluate(([translated, ofData]) => {
  const visible = (element) => element.checkVisibility?.() ?? true;
  const found = [...document.querySelectorAll(translated.join(','))]
    .filter((element) => visible(element) && !element.closest(ofData.join(',')))
    .filter((element) => /[A-Za-z]{2}/.test(element.textContent) && !element.textContent.includes('⟦'))
    // A currency's code is the same in all languages.
    .filter((element) => !/^\W*[A-Z]{3}\W*$/.test(element.textContent.replaceAll(/[\d.,\s]/g, '')));
  const attributes = [...document.querySelectorAll('main [aria-label], main [placeholder], main [title], nav[aria-label]')]
    .flatMap((element) => ['aria-label', 'placeholder', 'title'].map((name) => element.getAttribute(name)))
    .filter((text) => text && /[A-Za-z]{2}/.test(text) && !text.includes('⟦'));
  return [...new Set([...found.map((element) => `${element.localName}: ${element.textContent.trim().slice(0, 60)}`), ...attributes])];
}, [TRANSLATED, OF_DATA]);

test('in the mirrored pseudo-locale every page runs from the right and no text escaped translation', async ({ open, baseURL }) => {
  test.setTimeout(240_000);
  const { pages } = await fullestPages(open);
  const of = browsers(open);
  const prepared = new Set();
  for (const { role, route, path } of pages) {
    const page = await of(role);
    if (!prepared.has(role)) {
      await page.context().addCookies([{ name: 'language', value: 'ar-XB', url: baseURL }]);
      prepared.add(role);
    }
    await page.goto(path, { waitUntil: 'load' });
    await expect.soft(page.locator('html'), path).toHaveAttribute('dir', 'rtl');
    expect.soft(await page.title(), path).toContain('⟦');
    expect.soft(await escaped(page), `${route} as ${role} (${path})`).toEqual([]);
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

test('French pages have no English heading', async ({ open }) => {
  test.setTimeout(240_000);
  const { pages } = await fullestPages(open);
  const headings = (html) => [...html.matchAll(/<(h1|h2|label|legend|th|dt|button)\b[^>]*>([^<]+)</g)].map(([, , text]) => text.trim());
  // The same word in both languages, and what people wrote.
  const same = /^(Description|Budget|Total|Documents?|Explication|Date|Type|Question|Conditions?|Organisation|Organisations|Pages?|Message|Messages|English|Français|Contact|Applications?|Instrument|Code|Note|Notes|Donation|Action|Actions|Sanctions|Points|Commission|Latitude|Conflict|Observation)$/;
  let compared = 0;
  for (const role of Object.keys(PEOPLE)) {
    const page = await open(PEOPLE[role], { locale: 'fr-FR' });
    await page.context().addCookies([{ name: 'language', value: 'fr', url: page.url().replace(/(https?:\/\/[^/]+).*|.*/, (_, origin) => origin ?? process.env.BASE_URL) }]);
    for (const { path, html } of pages.filter((one) => one.role === role)) {
      const french = await (await page.request.get(path)).text();
      expect.soft(french, path).toContain('lang="fr"');
      const h1 = (text) => text.match(/<h1>([^<]+)</)?.[1];
      const english = new Set(headings(html));
      const shared = headings(french).filter((text) => english.has(text) && /[A-Za-z]{3}/.test(text) && !same.test(text));
      const known = [...html.matchAll(/>([^<>]{3,})</g)].length;
      expect(known).toBeGreaterThan(0);
      compared += 1;
      if (h1(french) === h1(html)) test.info().annotations.push({ type: 'same heading', description: `${path}: ${h1(html)}` });
      expect.soft(shared.filter((text) => TRANSLATED_HEADINGS.has(text)), path).toEqual([]);
    }
    await page.context().close();
  }
  expect(compared).toBeGreaterThan(50);
});

/** English words of the interface that must not stand on a French page. */
const TRANSLATED_HEADINGS = new Set([
  'Save', 'Sign in', 'Sign out', 'Apply', 'Submit', 'Search', 'State', 'Country', 'Amount', 'Deadline', 'Reports', 'Donor', 'Donors',
  'Results', 'People', 'Mail', 'Books', 'Grants', 'Home', 'Reviews', 'Calls for proposals', 'Number', 'Role', 'Name', 'Title',
]);

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
