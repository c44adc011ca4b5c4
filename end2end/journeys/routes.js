// Every page of the site as some person sees it: the route table is read from the source, the addresses are found
// by following links as one person of each role, and what no link reaches is named here.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { day, expect, fill, formTo, mailedLink, send, unique } from './support.js';
import { PASSWORD } from './ngo.js';

/** One person of each role (none is a visitor), and beside them signatories whose records are at other stages. */
export const PEOPLE = [
  ['visitor', null],
  ['administrator', 'Astrid Hollmann'],
  ['programme-officer', 'Amina Diallo'],
  ['technical-reviewer', 'Mei-Lin Hartmann'],
  ['board-member', 'Ingrid Solheim'],
  ['executive-director', 'Grace Okonjo'],
  ['certifying-officer', 'Henrik Aalto'],
  ['approving-officer', 'Salma Rachidi'],
  ['finance-officer', 'Benedikt Moser'],
  ['auditor', 'Yolanda Pereira'],
  ['organisation-signatory', 'Sunita Tamang'],
  ['organisation-editor', 'Kiran Gurung'],
  ['donor-representative', 'Solveig Brekke'],
  // A late report; an application returned for clarification; an agreement to sign.
  ['organisation-signatory', 'signatory4@ngo.example.org'],
  ['organisation-signatory', 'signatory7@ngo.example.org'],
  ['organisation-signatory', 'signatory18@ngo.example.org'],
];

const SECTIONS = ['summary', 'context', 'people', 'activities', 'results', 'budget', 'safeguarding'];
/** Pages of one record whose links differ by its state: many of them are looked at. */
const HUBS = /^\/(applications|grants|disbursements|reports|organisations|board|calls|reviews|ledger\/statements)\/\{\w+\}$/;
const MOST_OF_A_HUB = 25;
const MOST_OF_OTHERS = 2;

/** The paths of all pages in the source's route tables. */
export function pageRoutes() {
  const folder = fileURLToPath(new URL('../../app/src/pages/', import.meta.url));
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap((entry) => [...readFileSync(join(folder, entry.name, 'mod.rs'), 'utf8').matchAll(/\.page\(\s*"([^"]+)"/g)])
    .map(([, path]) => path)
    .flatMap((path) => (path.endsWith('/{section}') ? SECTIONS.map((section) => path.replace('{section}', section)) : [path]));
}

/** The addresses that take a form, with the roles that may send it: the golden file of permissions lists all but signing out. */
export function changingRoutes() {
  const file = fileURLToPath(new URL('../../server/tests/permissions.golden.csv', import.meta.url));
  const [[, , , ...roles], ...rows] = readFileSync(file, 'utf8').trim().split('\n').map((line) => line.split(','));
  return rows.filter(([kind]) => kind === 'Action')
    .map(([, path, , ...answers]) => ({ path, roles: roles.filter((_, at) => answers[at] === 'allowed') }));
}

/** Parts of a path that are no numbers. */
const CODES = ['{token}', '{section}', '{kind}', '{earmark}', '{day}', '{statement}'];

/** The route of an address: the one with the most literal segments that fits. */
export function routeOf(pathname, routes) {
  const segments = pathname.split('/');
  const fits = (route) => {
    const parts = route.split('/');
    return parts.length === segments.length
      && parts.every((part, at) => part === segments[at] || (part.startsWith('{') && segments[at] !== ''
        && (CODES.includes(part) || /^\d+$/.test(segments[at]))));
  };
  const literals = (route) => route.split('/').filter((part) => !part.startsWith('{')).length;
  return routes.filter(fits).sort((one, other) => literals(other) - literals(one))[0];
}

/** Pages that show nothing without what their address asks for. */
const ASKING = ['/ledger/entries'];

function linksOf(html) {
  const links = [...html.matchAll(/href="(\/[^"#]*)/g)].map(([, link]) => link.replaceAll('&amp;', '&'));
  return links.map((link) => (ASKING.includes(link.split('?')[0]) ? link : link.split('?')[0]));
}

/** Follows links as one person, and gives what was found: role, person, route, path and the page's HTML. */
async function walk(request, role, person, routes) {
  const found = [];
  const seen = new Set(['/']);
  const numbers = new Map();
  const queue = ['/'];
  while (queue.length > 0) {
    const path = queue.shift();
    const route = routeOf(path.split('?')[0], routes);
    const number = numbers.get(route) ?? 0;
    if (!route || number >= (HUBS.test(route) ? MOST_OF_A_HUB : MOST_OF_OTHERS)) continue;
    const answer = await request.get(path, { maxRedirects: 0 });
    expect(answer.status(), `${role} ${path}`).toBeLessThan(500);
    if (answer.status() !== 200) continue;
    numbers.set(route, number + 1);
    const html = await answer.text();
    found.push({ role, person, route, path, html });
    for (const link of linksOf(html)) {
      if (!seen.has(link)) {
        seen.add(link);
        queue.push(link);
      }
    }
  }
  return found;
}

/** A page of a record that no link leads to in its present state, but that its address shows. */
async function typedAddress(request, role, person, route, known) {
  const [, hub, step] = route.match(/^(.+\{\w+\})(\/\w+)$/) ?? [];
  for (const path of known.filter((page) => page.route === hub && page.person === person).map((page) => page.path)) {
    const answer = await request.get(path + step, { maxRedirects: 0 });
    if (answer.status() === 200) return [{ role, person, route, path: path + step, html: await answer.text() }];
  }
  return [];
}

/** A call that is still a draft: the demo data has none. */
async function draftCall(page) {
  await page.goto('/calls/new');
  await fill(page, {
    title: `A call that is being written ${unique()}`, objectives: 'Help.', themes: ['trafficking'], priority_groups: ['children'],
    opens_on: day(10), opens_at: '09:00', closes_on: day(60), closes_at: '23:59:59',
  });
  await send(formTo(page, '/calls/create'));
}

/** A file of contributions of the past that waits to be entered: the demo data has none. */
async function pastFile(page) {
  await page.goto('/contributions/past');
  const rows = 'donor,date,currency,pledged,received,received on,bank reference,earmark,note\nNorway,2022-03-02,USD,1000.00,,,,,Paper files\n';
  await page.locator('input[type=file]').setInputFiles({ name: 'past.csv', mimeType: 'text/csv', buffer: Buffer.from(rows) });
  await send(formTo(page, '/contributions/past/upload'));
}

/** Former versions of a report that is being written: the demo data has none. */
async function writtenReport(page) {
  await page.goto('/reports');
  const reports = await page.locator('main tbody a[href^="/reports/"]').evaluateAll((links) => links.map((link) => link.getAttribute('href')));
  for (const report of reports) {
    const answer = await page.goto(`${report}/edit`);
    if (answer.status() !== 200 || !(await page.locator('[name=achievements]').count())) continue;
    for (const text of ['The house is open.', 'The house is open every day.']) {
      const saved = page.waitForResponse((response) => response.url().endsWith('/save'));
      await page.locator('[name=achievements]').fill(text);
      await saved;
    }
    return;
  }
}

let surveyed;

/** All pages of all people, found once for all journeys of a process. `open` is the fixture. */
export async function survey(open) {
  surveyed ??= (async () => {
    const routes = pageRoutes();
    const pages = [];
    for (const [role, person] of PEOPLE) {
      const page = await open(person);
      if (role === 'programme-officer') await draftCall(page);
      if (role === 'finance-officer') await pastFile(page);
      if (role === 'organisation-signatory') await writtenReport(page);
      pages.push(...await walk(page.request, role, person, routes));
      for (const route of routes.filter((one) => !pages.some((known) => known.route === one))) {
        pages.push(...await typedAddress(page.request, role, person, route, pages));
      }
      await page.context().close();
    }
    return { routes, pages };
  })();
  return surveyed;
}

/** For each route the fullest page that was found, with who sees it; the home page once for each role. */
export async function fullestPages(open) {
  const { routes, pages } = await survey(open);
  const best = new Map();
  for (const page of pages) {
    const key = page.route === '/' ? `/ ${page.role}` : page.route;
    const weight = ({ html }) => html.length + 2_000 * (html.split('<label').length - 1);
    if (!best.has(key) || weight(best.get(key)) < weight(page)) best.set(key, page);
  }
  const missing = routes.filter((route) => !route.includes('{token}') && ![...best.values()].some((page) => page.route === route));
  return { pages: [...best.values()].sort((one, other) => one.role.localeCompare(other.role)), missing };
}

/** Pages that only a mailed link opens, made anew: path by route. */
export async function mailedPages(open) {
  const mark = unique();
  const address = `link.${mark}@ngo.example.org`;
  const page = await open();
  await page.goto('/register/donor');
  await fill(page, { name: 'Link', email: address, password: PASSWORD, language: 'en', donor_name: `Donor ${mark}`, donor_kind: 'ngo' });
  await send(formTo(page, '/register/donor'));
  await page.goto('/forgot');
  await fill(page, { email: 'editor2@ngo.example.org' });
  await send(formTo(page, '/forgot'));
  const administrator = await open('Astrid Hollmann');
  await administrator.goto('/users/invite');
  await fill(administrator, { name: 'Invited', email: `invited.${mark}@fund.example.org`, role: 'auditor', language: 'en' });
  await send(formTo(administrator, '/users/invite'));
  await administrator.context().close();
  return [
    { role: 'visitor', person: null, route: '/confirm/{token}', path: await mailedLink(address, 'confirm') },
    { role: 'visitor', person: null, route: '/reset/{token}', path: await mailedLink('editor2@ngo.example.org', 'reset') },
    { role: 'visitor', person: null, route: '/invitation/{token}', path: await mailedLink(`invited.${mark}@fund.example.org`, 'invitation') },
  ];
}

/** A browser for each person, signed in when first asked for. */
export function browsers(open, options = {}) {
  const pages = new Map();
  return async ({ person }) => {
    if (!pages.has(person)) pages.set(person, await open(person, options));
    return pages.get(person);
  };
}
