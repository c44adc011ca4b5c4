// Every page of the site as some person sees it: the route table is read from the source, the addresses are found
// by following links as one person of each role, and what no link reaches is named here.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, fill, formTo, mailedLink, send, signInAsDemo, unique } from './support.js';
import { PASSWORD } from './ngo.js';

/** One person of each role; none is a visitor. */
export const PEOPLE = {
  visitor: null,
  administrator: 'Astrid Hollmann',
  'programme-officer': 'Amina Diallo',
  'technical-reviewer': 'Mei-Lin Hartmann',
  'board-member': 'Ingrid Solheim',
  'executive-director': 'Grace Okonjo',
  'certifying-officer': 'Henrik Aalto',
  'approving-officer': 'Salma Rachidi',
  'finance-officer': 'Benedikt Moser',
  auditor: 'Yolanda Pereira',
  'organisation-signatory': 'Sunita Tamang',
  'organisation-editor': 'Editor of Himalaya Return',
  'donor-representative': 'Solveig Brekke',
};

const SECTIONS = ['summary', 'context', 'people', 'activities', 'results', 'budget', 'safeguarding'];
/** Pages of one record whose links differ by its state: many of them are looked at. */
const HUBS = /^\/(applications|grants|disbursements|reports|organisations|board|calls|reviews)\/\{\w+\}$/;
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

/** The route of an address: the one with the most literal segments that fits. */
export function routeOf(pathname, routes) {
  const segments = pathname.split('/');
  const fits = (route) => {
    const parts = route.split('/');
    return parts.length === segments.length
      && parts.every((part, at) => part === segments[at] || (part.startsWith('{') && segments[at] !== ''
        && (part === '{token}' || /^\d+$/.test(segments[at]))));
  };
  const literals = (route) => route.split('/').filter((part) => !part.startsWith('{')).length;
  return routes.filter(fits).sort((one, other) => literals(other) - literals(one))[0];
}

const linksOf = (html) => [...html.matchAll(/href="(\/[^"#]*)/g)].map(([, link]) => link.replaceAll('&amp;', '&').split('?')[0]);

/** Follows links as one person, and gives what was found: role, route, path and the page's HTML. */
async function walk(request, role, routes) {
  const found = [];
  const seen = new Set(['/']);
  const numbers = new Map();
  const queue = ['/'];
  while (queue.length > 0) {
    const path = queue.shift();
    const route = routeOf(path, routes);
    const number = numbers.get(route) ?? 0;
    if (!route || number >= (HUBS.test(route) ? MOST_OF_A_HUB : MOST_OF_OTHERS)) continue;
    const answer = await request.get(path, { maxRedirects: 0 });
    expect(answer.status(), `${role} ${path}`).toBeLessThan(500);
    if (answer.status() !== 200) continue;
    numbers.set(route, number + 1);
    const html = await answer.text();
    found.push({ role, route, path, html });
    for (const link of linksOf(html)) {
      if (!seen.has(link)) {
        seen.add(link);
        queue.push(link);
      }
    }
  }
  return found;
}

let surveyed;

/**
 * All pages of all roles, found once for all journeys. `open` is the fixture. What comes of it: `pages`, and
 * `contexts(role)` to see them.
 */
export async function survey(open) {
  surveyed ??= (async () => {
    const routes = pageRoutes();
    const pages = [];
    for (const [role, person] of Object.entries(PEOPLE)) {
      const page = await open(person);
      pages.push(...await walk(page.request, role, routes));
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
  const administrator = await open(PEOPLE.administrator);
  await administrator.goto('/users/invite');
  await fill(administrator, { name: 'Invited', email: `invited.${mark}@fund.example.org`, role: 'auditor', language: 'en' });
  await send(formTo(administrator, '/users/invite'));
  await administrator.context().close();
  return [
    { role: 'visitor', route: '/confirm/{token}', path: await mailedLink(address, 'confirm') },
    { role: 'visitor', route: '/reset/{token}', path: await mailedLink('editor2@ngo.example.org', 'reset') },
    { role: 'visitor', route: '/invitation/{token}', path: await mailedLink(`invited.${mark}@fund.example.org`, 'invitation') },
  ];
}

/** A browser for each role, signed in when first asked for. */
export function browsers(open, options = {}) {
  const pages = new Map();
  return async (role) => {
    if (!pages.has(role)) pages.set(role, await open(PEOPLE[role], options));
    return pages.get(role);
  };
}
