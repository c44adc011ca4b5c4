// The demo as a Board sees it: everybody may be tried out, every state of a report is there, and no two texts that
// stand beside each other are the same.
import { expect, test } from './support.js';

test.use({ trace: 'off', screenshot: 'off' });

const linksOf = (html, pattern) => [...new Set([...html.matchAll(pattern)].map(([, link]) => link))];

test('the sign-in page offers every demo person, each with a name of their own', async ({ open }) => {
  const page = await open();
  await page.goto('/sign-in');
  const names = await page.locator('form[action="/sign-in/demo"] button').evaluateAll((buttons) => buttons.map((one) => one.firstChild.data.trim()));
  // Staff, 42 signatories, four editors, 15 representatives of donors.
  expect(names.length).toBe(17 + 42 + 4 + 15);
  expect(new Set(names).size).toBe(names.length);
  expect(names.filter((name) => / of /.test(name))).toEqual([]);
  const people = page.locator('.people button');
  await expect(people.last(), 'long lists are folded').toBeHidden();
});

test('reports of the demo are in every state, and differ', async ({ open }) => {
  const officer = await open('Amina Diallo');
  for (const state of ['due', 'draft', 'submitted', 'returned', 'accepted']) {
    const html = await (await officer.request.get(`/reports?filter=${state}`)).text();
    expect.soft(linksOf(html, /href="(\/reports\/\d+)"/g).length, state).toBeGreaterThan(0);
  }
  const accepted = await (await officer.request.get('/reports?filter=accepted')).text();
  const told = [];
  for (const path of linksOf(accepted, /href="(\/reports\/\d+)"/g).slice(0, 8)) {
    await officer.goto(path);
    told.push(await officer.locator('main .prose').first().textContent());
  }
  expect(told.length).toBe(8);
  expect(new Set(told).size, 'of eight reports').toBeGreaterThanOrEqual(4);
});

test('reviewers of the demo have something of their own to say on each criterion', async ({ open }) => {
  const officer = await open('Amina Diallo');
  const calls = await (await officer.request.get('/applications?filter=awarded')).text();
  const application = linksOf(calls, /href="(\/applications\/\d+)"/g)[0];
  await officer.goto(`${application}/reviews`);
  const comments = await officer.locator('main').textContent();
  const known = ['Well argued; some figures', 'Clear and specific', 'Convincing: survivors', 'Sound, although', 'Good for an organisation', 'Realistic and modest'];
  expect(known.filter((comment) => comments.includes(comment))).toEqual(known);
});
