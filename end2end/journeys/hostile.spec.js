// Hostile input in every form that a page offers: the server never breaks, nothing of it runs, and what was typed
// is there again. Each form is sent with the values that the page put into it and the hostile ones in its texts, and
// every address that takes a form is tried: one whose form no page offers at present gets every field there is.
import { expect, fill, formTo, send, test, unique } from './support.js';
import { browsers, changingRoutes, mailedPages, PEOPLE, routeOf, survey } from './routes.js';
import { registerOrganisation, startApplication } from './ngo.js';

// Hundreds of forms: recording each of them would take longer than sending it.
test.use({ trace: 'off', screenshot: 'off' });

const SCRIPT = '</textarea><script>alert(1)</script>"\'><img src=x onerror=alert(2)>';
const MIRRORED = '\u202Eمرحبا\u202C عالم 👩🏽‍⚕️🏳️‍🌈 \u2066x\u2069';
const AMOUNTS = ['-1', '999999999999999999999999999', '0.0000000001', '1e308', 'NaN', '12,34,56'];
const DAYS = ['2026-02-30', '0000-00-00', '99999-12-31', '31/31/2031', 'soon'];

/** What is typed, by what a field takes: each in every form. */
const KINDS = [
  { name: 'a script', text: SCRIPT, number: SCRIPT, date: SCRIPT },
  { name: 'right-to-left text and emoji', text: MIRRORED, number: '٣٤', date: '٢٠٢٦-٠١-٠١' },
  { name: 'control characters', text: 'a\u0000b\u0007c\u001b[2Jd\u0085', number: '1\u00002', date: '2026-01-01\u0000' },
  ...AMOUNTS.map((number, at) => ({ name: `the amount ${number}`, text: '-1', number, date: DAYS[at % DAYS.length] })),
];

/** Steps that end something other journeys need, and take any text: only a text that is refused goes there. */
const FINAL = /\/withdraw$|\/terminate$|\/waive$|\/take-back$|\/release$|\/board\/decisions\//;
/** They hold no text that anybody types. */
const LEFT_OUT = /^\/(language|sign-out|sign-in\/demo)$/;
/** The forms with a text in them of a page's HTML: where to, how, and every field with its value. */
const formsIn = (blank, html) => blank.evaluate((text) => {
  const page = new DOMParser().parseFromString(text, 'text/html');
  return [...page.querySelectorAll('form[method=post]')].map((form) => {
    const actions = [form.getAttribute('action'), ...[...form.querySelectorAll('[formaction]')].map((one) => one.getAttribute('formaction'))];
    const fields = [...form.querySelectorAll('input, select, textarea')].filter((field) => field.name).map((field) => {
      if (field.type === 'file') return { name: field.name, kind: 'file', value: '' };
      if (field.type === 'hidden') return { name: field.name, kind: 'hidden', value: field.value };
      if (field.type === 'checkbox') return { name: field.name, kind: 'tick', value: field.checked ? field.value : null };
      if (field.localName === 'select') return { name: field.name, kind: 'choice', value: field.value };
      const kind = field.type === 'date' ? 'date' : /numeric|decimal/.test(field.inputMode) ? 'number' : 'text';
      return { name: field.name, kind, value: field.value };
    });
    return { actions, multipart: form.enctype === 'multipart/form-data', fields };
  }).filter((form) => form.fields.some((field) => ['text', 'number', 'date'].includes(field.kind)));
}, html);

let found;

/** Every form of the site once: by its path without numbers and its fields, as the first person who has it. */
async function allForms(open) {
  found ??= await findForms(open);
  return found;
}

async function findForms(open) {
  const { pages } = await survey(open);
  const blank = await open();
  const mailed = await Promise.all((await mailedPages(open)).map(async (page) => ({ ...page, html: await (await blank.request.get(page.path)).text() })));
  const forms = new Map();
  for (const { role, person, path, html } of [...pages, ...mailed]) {
    if (!html.includes('method="post"')) continue;
    for (const form of await formsIn(blank, html)) {
      for (const action of form.actions.filter((one) => !LEFT_OUT.test(one))) {
        const key = `${action.replaceAll(/\d+/g, '#')} ${[...new Set(form.fields.map((field) => field.name.replaceAll(/\d+/g, '#')))].join()}`;
        if (!forms.has(key)) forms.set(key, { ...form, action, role, person, path });
      }
    }
  }
  return [...forms.values()];
}

/** Sends fields as the form would, and gives the page that is shown in the end. */
async function post(page, { action, multipart }, pairs) {
  const headers = { origin: process.env.BASE_URL };
  let answer;
  if (multipart) {
    const file = { name: 'a\u202Efdp.exe', mimeType: 'application/pdf', buffer: Buffer.from('<script>alert(1)</script>') };
    const parts = Object.fromEntries(pairs);
    answer = await page.request.post(action, { headers, multipart: { ...parts, file }, maxRedirects: 0 });
  } else {
    const form = new URLSearchParams(pairs).toString();
    answer = await page.request.post(action, {
      headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' }, data: form, maxRedirects: 0,
    });
  }
  const location = answer.headers().location;
  const shown = location ? await page.request.get(location) : answer;
  return { status: answer.status(), location, shown: shown.status(), html: await shown.text() };
}

/** The form's fields with hostile values. */
const hostile = (form, kinds) => form.fields
  .filter((field) => field.kind !== 'file' && field.value !== null)
  .map((field) => [field.name, kinds[field.kind] ?? field.value]);

/** What a form is tried with: where it has no amount and no day, one kind of them is as good as all. */
function kindsFor(form) {
  const varied = form.fields.some(({ kind }) => kind === 'number' || kind === 'date');
  return KINDS.slice(0, varied ? KINDS.length : 4).filter(({ name }) => !FINAL.test(form.action) || name === 'control characters');
}

/** What stands in the fields of a form on a page, by name; nothing where the page offers that form no more. */
const valuesIn = (blank, html, action, pairs) => blank.evaluate(([text, wanted, sent]) => {
  const page = new DOMParser().parseFromString(text, 'text/html');
  // Several forms may post to one address; what is hidden in them tells which of them was sent.
  const told = new Map(sent);
  const own = [...page.querySelectorAll(`form[action="${wanted}"]`)].find((form) =>
    [...form.querySelectorAll('input[type=hidden]')].every(({ name, value }) =>
      ['back', 'version', 'command_id'].includes(name) || told.get(name) === value));
  const form = own ?? page.querySelector(`form[action="${wanted}"]`) ?? page.querySelector(`[formaction="${wanted}"]`)?.form;
  const fields = [...(form?.querySelectorAll('input:not([type=hidden]), textarea') ?? [])].filter((field) => field.name);
  return Object.fromEntries(fields.map((field) => [field.name, field.value]));
}, [html, action, pairs]);

/** Texts that are not on the page any more. Passwords are left out on purpose, and a date field shows dates only. */
function lost(form, pairs, values) {
  const typed = new Map(pairs);
  // HTML has no sign for U+0000, which browsers read as U+FFFD or drop; one-line fields drop line ends.
  const same = (shown, sent) => [sent, sent.replaceAll('\u0000', '\uFFFD'), sent.replaceAll('\u0000', '')].includes(shown);
  return form.fields
    .filter(({ name, kind }) => ['text', 'number'].includes(kind) && name in values && !/password/.test(name))
    .filter(({ name }) => !same(values[name], typed.get(name)))
    .map(({ name }) => name);
}

/** Sends one form with one kind of hostile values, and gives the page that shows it again, if one does. */
async function tryForm(page, form, kinds) {
  const where = `${kinds.name} in ${form.action} as ${form.role}`;
  const pairs = hostile(form, kinds);
  const { status, location, shown, html } = await post(page, form, pairs);
  expect.soft(status, where).toBeLessThan(500);
  expect.soft(shown, `${where}: the page after it`).toBeLessThan(500);
  expect.soft(html, where).not.toContain('<script>alert');
  expect.soft(html, where).not.toContain('<img src=x');
  return { where, pairs, html, location };
}

test('hostile input breaks no form, runs nowhere, and is there again', async ({ open }) => {
  test.setTimeout(400_000);
  const forms = await allForms(open);
  const of = browsers(open);
  const blank = await open();
  const opened = new Set();
  const people = new Map(forms.map(({ person }) => [person, forms.filter((form) => form.person === person)]));
  // People work beside each other; each sends one form after the other.
  await Promise.all([...people.values()].map(async (own) => {
    const page = await of(own[0]);
    for (const form of own) {
      for (const kinds of kindsFor(form)) {
        const { where, pairs, html, location } = await tryForm(page, form, kinds);
        const stays = location?.includes('kept=') || location?.split('?')[0] === form.action;
        if (!stays) continue;
        expect.soft(lost(form, pairs, await valuesIn(blank, html, form.action, pairs)), `${where}: what was typed and is gone`).toEqual([]);
        // One page of a kind in a real browser: no script of it may run there.
        const kind = location.split('?')[0].replaceAll(/\d+|[\w-]{32,}/g, '#');
        if (kinds.name === 'a script' && !opened.has(kind)) {
          opened.add(kind);
          await page.goto(location, { waitUntil: 'load' });
        }
      }
    }
  }));
});

test('every address that takes a form stands hostile input, also where no page offers its form now', async ({ open }) => {
  test.setTimeout(240_000);
  const forms = await allForms(open);
  const routes = changingRoutes();
  const paths = routes.map(({ path }) => path);
  const tried = new Set(forms.filter(({ action }) => !FINAL.test(action)).map(({ action }) => routeOf(action.split('?')[0], paths)));
  // Every field of the site once, as what it is: whatever the form is made of is among them.
  const fields = new Map(forms.flatMap((form) => form.fields).map((field) => [field.name.replaceAll(/\d+/g, '0'), field]));
  const known = [...fields].filter(([name]) => name !== 'back').map(([name, { kind, value }]) => ({ name, kind, value }));
  const of = browsers(open);
  for (const { path, roles } of routes.filter((route) => !tried.has(route.path))) {
    const [role, person] = PEOPLE.find(([known]) => roles.includes(known));
    const page = await of({ person: role === 'visitor' ? null : person });
    // A record that does not exist: nothing that another journey needs is ended.
    const action = path.replace('{section}', 'summary').replaceAll(/\{\w+\}/g, '999999');
    for (const kinds of KINDS) await tryForm(page, { action, role, fields: known }, kinds);
    tried.add(path);
  }
  expect(paths.filter((path) => !tried.has(path)), 'addresses that were not tried').toEqual([]);
  expect([...tried].filter((path) => !paths.includes(path)), 'addresses that the golden file does not name').toEqual([]);
});

test('a text of a million signs is refused or kept, and never breaks a form', async ({ open }) => {
  test.setTimeout(240_000);
  const million = 'ä€'.repeat(100_000) + 'x'.repeat(800_000);
  const of = browsers(open);
  const kinds = new Map();
  for (const form of await allForms(open)) {
    const field = form.fields.find((one) => one.kind === 'text');
    if (field && !kinds.has(form.action.replaceAll(/\d+/g, '#'))) kinds.set(form.action.replaceAll(/\d+/g, '#'), { form, field });
  }
  for (const { form, field } of kinds.values()) {
    const page = await of(form);
    const pairs = form.fields.filter((one) => one.kind !== 'file' && one.value !== null)
      .map((one) => [one.name, one.name === field.name ? million : one.value]);
    const { status, shown, html } = await post(page, form, pairs);
    expect.soft(status, form.action).toBeLessThan(500);
    expect.soft(shown, form.action).toBeLessThan(500);
    // A password is never given back, and of a visitor no more is kept than 64 kB.
    const given = form.person && !/password/.test(field.name);
    if (given && shown === 422 && html.includes(`action="${form.action}"`)) {
      expect.soft(html.length, `${form.action} gives the text back`).toBeGreaterThan(1_000_000);
    }
  }
});

test("another organisation's and another donor's records are not found", async ({ open }) => {
  const { pages } = await survey(open);
  const record = (path) => path.match(/^\/(?:applications|grants|disbursements|reports|organisations)\/\d+/)?.[0];
  const own = new Set(pages.filter((page) => page.person === 'Sunita Tamang').map((page) => record(page.path)));
  const foreign = pages.filter(({ path, role }) => role === 'programme-officer' && record(path) && !own.has(record(path)));
  expect(foreign.length).toBeGreaterThan(20);
  const signatory = await open('Sunita Tamang');
  for (const { path } of foreign) {
    const status = (await signatory.request.get(path)).status();
    // Pages of the secretariat are forbidden to the role, whosever record it is.
    expect.soft(path === record(path) ? [404] : [403, 404], `${path}: ${status}`).toContain(status);
  }
  const application = foreign.find(({ path }) => /^\/applications\/\d+$/.test(path)).path;
  for (const [action, pairs] of [
    [`${application}/summary`, [['title', 'Mine now'], ['version', '1']]],
    [`${application}/withdraw`, [['reason', 'x']]],
    ['/organisations/2/edit', [['legal_name', 'Mine now']]],
    ['/organisations/2/bank', [['account_number', 'MD24AG000225100013104168']]],
  ]) {
    expect.soft((await post(signatory, { action }, pairs)).status, action).toBe(404);
  }
  const donor = await open('Solveig Brekke');
  for (const path of ['/donors/2', '/donors/2/statement']) {
    expect.soft((await donor.request.get(path)).status(), path).toBe(404);
  }
  const documents = foreign.flatMap(({ html }) => [...html.matchAll(/href="(\/documents\/\d+)"/g)].map(([, link]) => link));
  expect(documents.length).toBeGreaterThan(0);
  expect((await signatory.request.get(documents[0])).status()).toBe(404);
});

test('a form sent twice makes one record', async ({ open }) => {
  const donor = await open('Solveig Brekke');
  await donor.goto('/contributions/new');
  const command = await donor.locator('[name=command_id]').getAttribute('value');
  expect(command).toBeTruthy();
  const fields = await donor.locator('form[action="/contributions/create"] :is(input, select, textarea)')
    .evaluateAll((all) => all.map((one) => [one.name, one.value]));
  const pairs = fields.map(([name, value]) => [name, { amount: '1234.56', currency: 'USD' }[name] ?? value]);
  const [first, second] = await Promise.all([0, 1].map(() => post(donor, { action: '/contributions/create' }, pairs)));
  expect(first.location).toMatch(/^\/contributions\/\d+\?/);
  expect(second.location, 'the same pledge').toBe(first.location);
  const third = await post(donor, { action: '/contributions/create' }, pairs.map(([name, value]) => [name, name === 'amount' ? '99.00' : value]));
  expect(third.location, 'the same command for something else').toContain('kept=');

  const page = await open();
  await registerOrganisation(page);
  await page.goto('/calls');
  const call = await page.locator('main').getByRole('link', { name: 'Third call' }).first().getAttribute('href');
  const title = `Once only ${unique()}`;
  const both = await Promise.all([0, 1].map(() => post(page, { action: `${call}/apply` }, [['title', title], ['back', call]])));
  expect(both.filter(({ location }) => /^\/applications\/\d+\?/.test(location))).toHaveLength(1);
  await page.goto('/applications');
  await expect(page.locator('main tbody tr')).toHaveCount(1);
});

test('a form sent after signing out is there after signing in again', async ({ open }) => {
  const page = await open('Sunita Tamang');
  await page.goto('/applications');
  const draft = await page.locator('main tbody tr').filter({ hasText: 'Draft' }).first().getByRole('link').first().getAttribute('href');
  // Without a script, so that the whole form goes its ordinary way.
  const plain = await open('Sunita Tamang', { javaScriptEnabled: false });
  await plain.goto(`${draft}/context`);
  const text = `Typed before the session ended ${unique()}`;
  await fill(plain, { root_causes: text });
  await post(plain, { action: '/sign-out' }, []);
  await send(plain.locator('#section-form'), 'Save');
  await expect(plain).toHaveURL(/\/sign-in/);
  await signInAsDemoHere(plain, 'Sunita Tamang');
  await expect(plain).toHaveURL(new RegExp(`${draft}/context`));
  await expect(plain.locator('[name=root_causes]')).toHaveValue(text);
});

test('a form sent after the deadline is refused, and what was typed is shown', async ({ open }) => {
  const officer = await open('Amina Diallo');
  const closes = new Date(Date.now() + 14_000);
  const vienna = (options) => new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Vienna', hour12: false, ...options }).format(closes);
  await officer.goto('/calls/new');
  await fill(officer, {
    title: `A short call ${unique()}`, objectives: 'Help.', themes: ['trafficking'], priority_groups: ['children'],
    opens_on: '2026-01-05', opens_at: '09:00',
    closes_on: vienna({ year: 'numeric', month: '2-digit', day: '2-digit' }),
    closes_at: vienna({ hour: '2-digit', minute: '2-digit', second: '2-digit' }).replace(/^24/, '00'),
  });
  await send(formTo(officer, '/calls/create'));
  const call = new URL(officer.url()).pathname;
  await send(formTo(officer, '/publish'), 'Publish');
  const page = await open('Lorena Villaseñor', { javaScriptEnabled: false });
  const application = await startApplication(page, call, `Just in time ${unique()}`);
  await page.goto(`${application}/context`);
  const text = `Typed before the deadline ${unique()}`;
  await fill(page, { needs: text });
  await page.waitForTimeout(Math.max(0, closes - Date.now() + 1_500));
  await send(page.locator('#section-form'), 'Save');
  await expect(page.locator('main')).toContainText('The deadline was');
  await expect(page.locator('main')).toContainText(text);
  await page.goto(`${application}/context`);
  await expect(page.locator('main')).not.toContainText(text);
});

/** Signs in on the page that one was sent to, which knows where one wanted to go. */
async function signInAsDemoHere(page, person) {
  await page.locator('form[action="/sign-in/demo"] button').filter({ hasText: person }).first().click();
  await page.waitForURL((url) => url.pathname !== '/sign-in');
}
