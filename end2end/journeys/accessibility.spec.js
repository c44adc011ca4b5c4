// axe finds no violation of WCAG 2.2 A and AA on any page of the site, as somebody sees it who has most on it.
import AxeBuilder from '@axe-core/playwright';
import { expect, fill, formTo, send, test } from './support.js';
import { browsers, fullestPages, mailedPages } from './routes.js';

// Hundreds of pages: recording each of them would take longer than looking at it.
test.use({ trace: 'off', screenshot: 'off' });

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
const MAIN = [
  '/', '/sign-in', '/calls/{call}', '/applications', '/applications/{application}/budget', '/grants/{grant}',
  '/donors/{donor}/statement', '/results', '/reports/{report}/edit', '/ledger',
];

/** What axe finds, short enough to read. */
async function violations(page) {
  // Legacy mode looks at the page itself only, without a second page for frames, of which there are none.
  const axe = new AxeBuilder({ page }).setLegacyMode(true).options({ resultTypes: ['violations'], iframes: false });
  const { violations: found } = await axe.withTags(TAGS).analyze();
  return found.map(({ id, help, nodes }) => `${id}: ${help} — ${nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join(' | ')} (${nodes.length})`);
}

test('every page of every route is without violations', async ({ open }) => {
  test.setTimeout(900_000);
  const { pages, missing } = await fullestPages(open);
  expect.soft(missing, 'routes without a page').toEqual([]);
  const of = browsers(open);
  for (const found of [...pages, ...await mailedPages(open)]) {
    const { role, route, path } = found;
    const page = await of(found);
    await page.goto(path);
    expect.soft(await violations(page), `${route} as ${role} (${path})`).toEqual([]);
  }
});

test('ten main pages are without violations in the dark', async ({ open }) => {
  test.setTimeout(300_000);
  const { pages } = await fullestPages(open);
  const of = browsers(open, { colorScheme: 'dark' });
  const chosen = MAIN.map((route) => pages.find((page) => page.route === route));
  expect(chosen.filter(Boolean)).toHaveLength(MAIN.length);
  for (const found of chosen) {
    const { role, route, path } = found;
    const page = await of(found);
    await page.goto(path);
    expect.soft(await violations(page), `${route} as ${role} (${path})`).toEqual([]);
  }
});

test('every chart says its main figures in words, and its table is seen beside it', async ({ open }) => {
  const donor = await open('Solveig Brekke');
  const statement = (await fullestPages(open)).pages.find(({ route }) => route === '/donors/{donor}/statement');
  const reader = await open(statement.person);
  for (const [page, path, most] of [[donor, '/results', 3], [await open(), '/', 2], [reader, statement.path, 1]]) {
    await page.goto(path);
    const charts = page.locator('figure.chart');
    expect(await charts.count(), path).toBeGreaterThanOrEqual(most);
    for (const chart of await charts.all()) {
      const title = await chart.locator('figcaption').textContent();
      const drawing = chart.getByRole('img');
      await expect(drawing).toHaveAccessibleName(new RegExp(`^${title.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')} .*\\d`));
      const shown = await chart.locator('tbody td').allTextContents();
      expect(shown.length, `${path}: ${title}`).toBeGreaterThan(0);
      await expect(chart.locator('tbody tr').first(), `${path}: the table of ${title}`).toBeVisible();
      const words = await chart.locator('svg > desc').textContent();
      expect(shown.some((figure) => words.includes(figure)), `${words} names a figure of the table`).toBe(true);
    }
  }
});

test('a refused form, a page that does not exist and a forbidden one are without violations', async ({ open }) => {
  const page = await open();
  await page.goto('/register/organisation');
  await fill(page, { email: 'nonsense' });
  await send(formTo(page, '/register/organisation'));
  await expect(page).toHaveURL(/kept=/);
  await expect(page).toHaveTitle(/^Error/);
  expect.soft(await violations(page), 'refused form').toEqual([]);
  await page.goto('/no-such-page');
  expect.soft(await violations(page), 'not found').toEqual([]);
  const donor = await open('Solveig Brekke');
  await donor.goto('/users');
  expect.soft(await violations(donor), 'forbidden').toEqual([]);
});
