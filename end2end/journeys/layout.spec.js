// Layout and weight: every page on a phone and a tablet, screenshots of the most important ones, small sections, scripts
// only where there is an island, and static files that a browser keeps.
import { mkdirSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { expect, test, unique } from './support.js';
import { registerOrganisation, startApplication } from './ngo.js';
import { browsers, fullestPages, mailedPages, survey } from './routes.js';

// Hundreds of pages: recording each of them would take longer than looking at it.
test.use({ trace: 'off', screenshot: 'off' });

const NARROW = { width: 360, height: 740 };
const TABLET = { width: 768, height: 1024 };
const WIDE = { width: 1280, height: 900 };
const SECTION_LIMIT = 20_000;

/** The ten most important pages: name, route, role. */
const IMPORTANT = [
  ['home', '/', 'visitor'],
  ['home-administrator', '/', 'administrator'],
  ['call', '/calls/{call}', null],
  ['application', '/applications/{application}', 'organisation-signatory'],
  ['budget', '/applications/{application}/budget', 'organisation-signatory'],
  ['reviews', '/applications/{application}/reviews', null],
  ['board', '/board/{session}', null],
  ['grant', '/grants/{grant}', null],
  ['statement', '/donors/{donor}/statement', 'donor-representative'],
  ['results', '/results', null],
];

/** How wide the page is, and what stands out. */
const widest = (page) => page.evaluate(() => {
  const standsOut = [...document.querySelectorAll('main *')].filter((one) => one.getBoundingClientRect().right > innerWidth + 1);
  const spilt = [...document.querySelectorAll('.figure-card')].filter((one) => one.scrollWidth > one.clientWidth + 1);
  return { spilt: spilt.map((one) => one.textContent), width: document.documentElement.scrollWidth, wide: standsOut.slice(0, 3).map((one) => one.outerHTML.slice(0, 120)) };
});

test('every page fits a phone of 360 pixels, a tablet and a desk without scrolling sideways', async ({ open }) => {
  test.setTimeout(480_000);
  const { pages, missing } = await fullestPages(open);
  expect.soft(missing, 'routes without a page').toEqual([]);
  const of = browsers(open, { viewport: NARROW });
  for (const found of [...pages, ...await mailedPages(open)]) {
    const { role, route, path } = found;
    const page = await of(found);
    await page.goto(path);
    for (const size of [NARROW, TABLET, WIDE]) {
      await page.setViewportSize(size);
      const { width, wide, spilt } = await widest(page);
      expect.soft(spilt, `${path} as ${role} at ${size.width}: figures that stick out of their cards`).toEqual([]);
      expect.soft(width, `${route} as ${role} (${path}) at ${size.width}: ${wide.join(' | ')}`).toBeLessThanOrEqual(size.width);
    }
  }
});

test('the most important pages are pictured on a desk and on a phone', async ({ open }) => {
  test.setTimeout(120_000);
  const folder = new URL('../screenshots/', import.meta.url).pathname;
  mkdirSync(folder, { recursive: true });
  const { pages } = await survey(open);
  const fullest = (route, role) => pages
    .filter((page) => page.route === route && (role === null || page.role === role))
    .sort((one, other) => other.html.length - one.html.length)[0];
  const of = browsers(open);
  for (const [name, route, role] of IMPORTANT) {
    const found = fullest(route, role);
    expect(found, `${route} as ${role}`).toBeTruthy();
    const page = await of(found);
    for (const size of [WIDE, NARROW]) {
      await page.setViewportSize(size);
      await page.goto(found.path, { waitUntil: 'networkidle' });
      await page.screenshot({ path: `${folder}${name}-${size.width}.png`, fullPage: true });
    }
  }
});

test('a section of an application is at most 20 kB after gzip', async ({ open }) => {
  const { pages } = await survey(open);
  const sections = pages.filter(({ route, html }) => /^\/applications\/\{application\}\/[a-z]+$/.test(route) && html.includes('section-form'));
  expect(sections.length).toBeGreaterThanOrEqual(7);
  for (const { path, html } of sections) {
    expect.soft(gzipSync(html).length, path).toBeLessThanOrEqual(SECTION_LIMIT);
  }
});

/** Words that differ from row to row, as people's do: what repeats costs nothing after compression. */
function words(row, number) {
  const known = ['counsellor', 'shelter', 'transport', 'training', 'nurse', 'legal', 'food', 'evening', 'district', 'hospital', 'materials',
    'hygiene', 'outreach', 'radio', 'workshop', 'certificate', 'stipend', 'audit', 'interpreter', 'medicine', 'school', 'papers'];
  return Array.from({ length: number }, (_, at) => known[(row * 7 + at * (row % 5 + 3) + (row * at) % 11) % known.length]).join(' ');
}

test('a budget of 60 lines and 40 rows of people are at most 20 kB after gzip', async ({ open }) => {
  const page = await open();
  await registerOrganisation(page);
  await page.goto('/calls');
  const call = await page.locator('main').getByRole('link', { name: 'Third call' }).first().getAttribute('href');
  const application = await startApplication(page, call, `Full to the last row ${unique()}`);
  const one = (list, row) => list[row % list.length];
  const rows = {
    budget: Array.from({ length: 60 }, (_, row) => [`lines.${row}`, {
      category: one(['staff', 'supplies', 'operating', 'contractual'], row), description: `${words(row, 4)} ${row}`,
      unit: one(['month', 'person', 'piece', 'visit'], row), quantity: 1 + (row * 37) % 90, unit_cost: `${(row * 613) % 900 + 1}.${10 + row}`,
      times: 1 + row % 12, requested: `${(row * 991) % 5000}.${10 + row}`, other: row % 3 ? '' : `${row * 11}.50`, purpose: words(row + 60, 6),
    }]),
    people: Array.from({ length: 40 }, (_, row) => [`people.${row}`, {
      sex: one(['female', 'male', 'other'], row), age: one(['adult', 'child', 'not-stated'], row >> 1), movement: one(['internal', 'cross-border'], row >> 2),
      returnee: one(['yes', 'no', 'not-stated'], row >> 3), exploitation: one(['sexual', 'forced-labour', 'domestic-servitude', 'forced-begging'], row), count: (row * 53) % 97 + 5,
    }]),
  };
  for (const [section, all] of Object.entries(rows)) {
    const form = Object.fromEntries(all.flatMap(([row, fields]) => Object.entries(fields).map(([name, value]) => [`${row}.${name}`, String(value)])));
    const saved = await page.request.post(`${application}/${section}`, { form, headers: { origin: process.env.BASE_URL } });
    expect(saved.status(), section).toBe(200);
    const html = await (await page.request.get(`${application}/${section}`)).text();
    expect(html, 'the last row is there').toContain(`name="${all.at(-1)[0]}.`);
    expect.soft(gzipSync(html).length, section).toBeLessThanOrEqual(SECTION_LIMIT);
  }
});

test('only a page with an island loads the program for the browser', async ({ open }) => {
  test.setTimeout(120_000);
  const { pages } = await fullestPages(open);
  const of = browsers(open);
  let islands = 0;
  for (const found of pages) {
    const { path, html } = found;
    const hasIsland = html.includes('<leptos-island');
    expect.soft(/\.wasm/.test(html), `${path} names the program`).toBe(hasIsland);
    if (!hasIsland) continue;
    islands += 1;
    const page = await of(found);
    const loaded = page.waitForResponse((response) => response.url().endsWith('.wasm'));
    await page.goto(path);
    expect.soft((await loaded).status(), path).toBe(200);
  }
  expect(islands).toBeGreaterThanOrEqual(1);
  const page = await of({ person: null });
  const asked = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  for (const path of ['/', '/calls', '/results', '/sign-in']) await page.goto(path, { waitUntil: 'networkidle' });
  expect(asked.filter((path) => /\.(wasm|js)$/.test(path))).toEqual([]);
  expect(asked.filter((path) => path.endsWith('.css')).length).toBeGreaterThan(0);
});

test('static files are hashed, compressed beforehand and kept for a year', async ({ open }) => {
  const signatory = await open('Sunita Tamang');
  const { pages } = await survey(open);
  const budget = pages.find(({ html }) => html.includes('<leptos-island') && html.includes('BudgetEditor')) ?? pages.find(({ html }) => html.includes('<leptos-island'));
  const files = new Set([...budget.html.matchAll(/\/pkg\/[\w.-]+\.(?:css|js|wasm)/g)].map(([file]) => file));
  expect([...files].map((file) => file.split('.').at(-1)).sort()).toEqual(['css', 'js', 'wasm']);
  for (const file of files) {
    expect.soft(file, 'a hash in the name').toMatch(/\.[\w-]{16,}\.(css|js|wasm)$/);
    for (const encoding of ['br', 'gzip']) {
      const { status, headers } = await raw(signatory, file, encoding);
      expect.soft(status, file).toBe(200);
      expect.soft(headers['content-encoding'], file).toBe(encoding);
      expect.soft(headers['cache-control'], file).toMatch(/max-age=31536000/);
      expect.soft(headers['cache-control'], file).toContain('immutable');
    }
    const { status } = await raw(signatory, file, 'identity');
    expect.soft(status, 'also without compression').toBe(200);
  }
  const { headers } = await raw(signatory, '/', 'gzip');
  expect(headers['cache-control']).toBe('no-store');
  expect(headers['content-encoding']).toBe('gzip');
});

/** Status and headers of a file as they come over the line. */
async function raw(page, path, encoding) {
  const response = await page.request.get(path, { headers: { 'accept-encoding': encoding } });
  return { status: response.status(), headers: response.headers() };
}
