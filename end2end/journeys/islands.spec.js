// The budget editor, and keeping what people type: with the line down, with two people at once, and over the pages that
// follow.
import { expect, send, signInAsDemo, test, unique } from './support.js';
import { BUDGET, budgetFields, registerOrganisation, startApplication } from './ngo.js';
import { fill } from './support.js';

const SIGNATORY = 'Sunita Tamang';
const EDITOR = 'Kiran Gurung';
const FINANCE = 'Benedikt Moser';

/** A new organisation's draft to the open call, at its budget. */
async function newBudget(page) {
  await registerOrganisation(page);
  await page.goto('/calls');
  const call = await page.locator('main').getByRole('link', { name: 'Third call' }).first().getAttribute('href');
  const application = await startApplication(page, call, `Budget ${unique()}`);
  await page.goto(`${application}/budget`, { waitUntil: 'networkidle' });
  return `${application}/budget`;
}

/** The draft of the demo's first organisation. */
async function demoDraft(page) {
  await page.goto('/applications');
  const row = page.locator('main tbody tr').filter({ hasText: 'Draft' }).first();
  return row.getByRole('link').first().getAttribute('href');
}

const lines = (page) => page.locator('tr[data-line]');
const descriptions = (page) => page.locator('[data-field=description]').evaluateAll((inputs) => inputs.map((input) => input.value));
const names = (page) => page.locator('[data-field=description]').evaluateAll((inputs) => inputs.map((input) => input.name));
const kept = (page) => page.locator('.draft-keeper [role=status]');

test.describe('the budget editor', () => {
  test('sums exactly as one types, and says which rules are broken', async ({ page }) => {
    await newBudget(page);
    await fill(page, { 'lines.0.category': 'staff', 'lines.0.quantity': '3', 'lines.0.unit_cost': '0.10', 'lines.0.times': '1' });
    await expect(lines(page).nth(0).locator('output')).toHaveText('0.30');
    await fill(page, { 'lines.0.requested': '0.1', 'lines.0.other': '0.2' });
    await expect(page.locator('#budget-requested')).toHaveText('0.10');
    await expect(page.locator('.budget-sums tfoot tr').nth(2).locator('output, td').first()).toHaveText('0.30');
    await fill(page, { 'lines.0.other': '0.18' });
    await expect(page.locator('.notice-warning').last()).toContainText(/0\.02 less than the line costs/);

    await fill(page, budgetFields(BUDGET));
    await fill(page, { 'lines.0.other': '' });
    await expect(page.locator('#budget-requested')).toHaveText('36,553.00');
    await expect(page.locator('.budget-sums tbody tr').filter({ hasText: 'Staff' })).toContainText('52.5');
    await expect(page.getByText('less than the line costs')).toHaveCount(0);
    await fill(page, { 'lines.0.quantity': '9', 'lines.0.requested': '86400' });
    await expect(page.getByText('This call gives USD 60,000.00 at most')).toBeVisible();
    await fill(page, { 'lines.0.quantity': '1', 'lines.0.requested': '1' });
    await expect(page.getByText(/This call gives USD\s20,000\.00 or more/)).toBeVisible();
    await fill(page, { 'lines.0.unit_cost': '92233720368547758.07', 'lines.0.quantity': '99999', 'lines.0.times': '999' });
    await expect(page.locator('main')).not.toContainText('-92,233');
  });

  test('adds, removes and reorders lines, and sends the order that it shows', async ({ page }) => {
    const path = await newBudget(page);
    await fill(page, budgetFields(BUDGET));
    const before = await lines(page).count();
    await page.getByRole('button', { name: 'Add a line' }).click();
    await expect(lines(page)).toHaveCount(before + 1);
    await fill(page, { [`lines.${before}.description`]: 'Legal aid' });
    await page.getByRole('button', { name: `Move line ${before + 1} up` }).click();
    await page.getByRole('button', { name: 'Move line 1 down' }).click();
    await page.getByRole('button', { name: 'Remove line 4' }).click();
    await expect.poll(() => descriptions(page).then((all) => all.filter(Boolean))).toEqual(['Hygiene kits', 'Social workers', 'Legal aid']);
    expect(await names(page), 'names follow the order').toEqual((await names(page)).map((_, row) => `lines.${row}.description`));
    await expect(page.locator('#budget-requested')).toHaveText('28,750.00');
    await send(page.locator('#section-form'), 'Save');
    expect((await descriptions(page)).filter(Boolean)).toEqual(['Hygiene kits', 'Social workers', 'Legal aid']);
    await page.goto(path);
    expect((await descriptions(page)).filter(Boolean)).toEqual(['Hygiene kits', 'Social workers', 'Legal aid']);
  });

  test('keeps what was typed before the script came', async ({ page }) => {
    const path = await newBudget(page);
    let open;
    const gate = new Promise((resolve) => { open = resolve; });
    await page.route('**/*.wasm', async (route) => {
      await gate;
      await route.continue();
    });
    await page.goto(path, { waitUntil: 'domcontentloaded' });
    await fill(page, budgetFields(BUDGET.slice(0, 2)));
    await expect(page.locator('#budget-requested'), 'no script yet').toHaveText('0.00');
    open();
    await expect(page.locator('#budget-requested')).toHaveText('28,750.00');
    await expect(page.locator('[name="lines.1.description"]')).toHaveValue('Hygiene kits');
    await page.getByRole('button', { name: 'Move line 1 down' }).click();
    await expect.poll(() => descriptions(page)).toEqual(['Hygiene kits', 'Social workers', '']);
  });

  test('gives back a budget that was kept on the device, with the lines that were added', async ({ page, context, watch }) => {
    watch.allow(/ERR_INTERNET_DISCONNECTED/);
    const path = await newBudget(page);
    await page.getByRole('button', { name: 'Add a line' }).click();
    await context.setOffline(true);
    await fill(page, budgetFields(BUDGET));
    await fill(page, { 'lines.3.description': 'Legal aid', 'lines.3.quantity': '2', 'lines.3.unit_cost': '10', 'lines.3.times': '1', 'lines.3.requested': '20' });
    await expect(kept(page)).toContainText('kept on this device');
    await page.close();
    await context.setOffline(false);
    const again = await context.newPage();
    await again.goto(path);
    await expect(kept(again)).toContainText('Saved');
    await again.goto(path, { waitUntil: 'networkidle' });
    expect((await descriptions(again)).filter(Boolean)).toEqual(['Social workers', 'Hygiene kits', 'Rent', 'Legal aid']);
    await expect(again.locator('#budget-requested')).toHaveText('36,573.00');
  });

  test('keeps a line that was removed just before the tab was closed as removed', async ({ page, context }) => {
    const path = await newBudget(page);
    await fill(page, budgetFields(BUDGET));
    await send(page.locator('#section-form'), 'Save');
    await page.goto(path, { waitUntil: 'networkidle' });
    await page.getByRole('button', { name: 'Remove line 2' }).click();
    await expect(page.locator('#budget-requested')).toHaveText('27,003.00');
    await page.close();
    const again = await context.newPage();
    await again.goto(path);
    await expect(kept(again)).toContainText('Saved');
    await again.goto(path, { waitUntil: 'networkidle' });
    expect((await descriptions(again)).filter(Boolean)).toEqual(['Social workers', 'Rent']);
  });
});

/**
 * Types without a line and closes the tab: the text is there when the section is opened again, is sent, and a colleague
 * who has the section open sees it. Gives the page on which it was opened again.
 */
async function closedWithoutALine(page, other, text, press = async () => {}) {
  const context = page.context();
  const path = page.url();
  await context.setOffline(true);
  await fill(page, { partners: text });
  await press();
  await expect(kept(page)).toContainText('kept on this device');
  await page.close();
  await context.setOffline(false);
  const again = await context.newPage();
  await again.goto(path);
  await expect(again.locator('[name=partners]')).toHaveValue(text);
  await expect(kept(again)).toContainText('Saved');
  await other.reload();
  await expect(other.locator('[name=partners]')).toHaveValue(text);
  return again;
}

test.describe('draft keeping', () => {
  test('saves while one types and says when', async ({ page }) => {
    await signInAsDemo(page, SIGNATORY);
    const draft = await demoDraft(page);
    const text = `Typed and never sent ${unique()}`;
    await page.goto(`${draft}/context`, { waitUntil: 'networkidle' });
    // Other journeys may have left a text of a million signs, in which typing is slow.
    await page.locator('[name=needs]').fill('');
    await page.locator('[name=needs]').pressSequentially(text);
    await expect(kept(page)).toContainText(/Saved at .*\d\d:\d\d/);
    await page.reload();
    await expect(page.locator('[name=needs]')).toHaveValue(new RegExp(text));
  });

  test('keeps on the device what could not be sent, and sends it when the line is back', async ({ open, watch }) => {
    watch.allow(/ERR_INTERNET_DISCONNECTED/);
    const page = await open(SIGNATORY);
    const draft = await demoDraft(page);
    const [first, second] = [`Without a line ${unique()}`, `And after closing ${unique()}`];
    await page.goto(`${draft}/context`, { waitUntil: 'networkidle' });
    const context = page.context();
    await context.setOffline(true);
    await fill(page, { partners: first });
    await expect(kept(page)).toContainText('kept on this device');
    await context.setOffline(false);
    await expect(kept(page)).toContainText('Saved');
    const other = await open(EDITOR);
    await other.goto(`${draft}/context`);
    await expect(other.locator('[name=partners]')).toHaveValue(first);

    await closedWithoutALine(page, other, second);
  });

  test('shows both texts when somebody else saved in between, and loses neither', async ({ open, watch }) => {
    watch.allow(/status of 409/);
    const [mine, theirs] = [`My text ${unique()}`, `Their text ${unique()}`];
    const page = await open(SIGNATORY);
    const draft = await demoDraft(page);
    await page.goto(`${draft}/results`, { waitUntil: 'networkidle' });
    const other = await open(EDITOR, { javaScriptEnabled: false });
    await other.goto(`${draft}/results`);
    await fill(other, { sustainability: theirs });
    await send(other.locator('#section-form'), 'Save');

    await fill(page, { sustainability: mine });
    await expect(kept(page)).toContainText('Somebody else changed the same');
    await page.getByRole('button', { name: 'Compare both texts' }).click();
    await page.waitForURL('**kept=**');
    await expect(page.locator('.conflict')).toContainText(mine);
    await expect(page.locator('.conflict')).toContainText(theirs);
    await expect(page.locator('[name=sustainability]')).toHaveValue(mine);
    await page.waitForLoadState('networkidle');
    await fill(page, { sustainability: `${mine}, weighed` });
    await expect(kept(page)).toContainText('only when you save');
    // Longer than the pause after which a draft is sent.
    await page.waitForTimeout(2_500);
    await other.reload();
    await expect(other.locator('[name=sustainability]'), 'nothing was overwritten').toHaveValue(theirs);
    await fill(page, { sustainability: `${mine} ${theirs}` });
    await send(page.locator('#section-form'), 'Save');
    await other.reload();
    await expect(other.locator('[name=sustainability]')).toHaveValue(`${mine} ${theirs}`);
  });

  test('loses no row for which the page has no room any more', async ({ open, watch }) => {
    watch.allow(/ERR_INTERNET_DISCONNECTED/);
    const page = await open(SIGNATORY);
    const path = `${await demoDraft(page)}/people`;
    const other = await open(EDITOR, { javaScriptEnabled: false });
    const counts = (of) => of.locator('input[name^="people."][name$=".count"]');
    const row = (number, count) => Object.fromEntries(Object.entries({
      sex: 'female', age: 'adult', movement: 'internal', returnee: 'no', exploitation: 'sexual', count,
    }).map(([field, value]) => [`people.${number}.${field}`, value]));
    const nothing = (number) => Object.fromEntries(Object.keys(row(number)).map((name) => [name, '']));
    await other.goto(path);
    const many = await counts(other).count();
    for (let number = 0; number < many; number += 1) await fill(other, row(number, 10 + number));
    await send(other.locator('#section-form'), 'Save');

    await page.goto(path, { waitUntil: 'networkidle' });
    const last = (await counts(page).count()) - 1;
    expect(last, 'the page has room for more').toBeGreaterThanOrEqual(many);
    await page.context().setOffline(true);
    await fill(page, row(last, 977));
    await expect(kept(page)).toContainText('kept on this device');
    await page.close();
    await other.goto(path);
    for (let number = 1; number < many; number += 1) await fill(other, nothing(number));
    await send(other.locator('#section-form'), 'Save');

    await page.context().setOffline(false);
    const again = await page.context().newPage();
    await again.goto(path);
    await again.waitForURL('**kept=**');
    await expect(again.locator('.conflict')).toContainText('977');
    const typed = await counts(again).evaluateAll((inputs) => inputs.map((input) => input.value));
    expect(typed).toContain('977');
    await other.reload();
    expect(await counts(other).evaluateAll((inputs) => inputs.map((input) => input.value)), 'nothing was overwritten')
      .not.toContain('977');
  });

  test('loses nothing when Save is pressed without a line', async ({ open, watch }) => {
    watch.allow(/ERR_INTERNET_DISCONNECTED/);
    const page = await open(SIGNATORY);
    const draft = await demoDraft(page);
    const [first, second] = [`Saved without a line ${unique()}`, `And the tab closed ${unique()}`];
    await page.goto(`${draft}/context`, { waitUntil: 'networkidle' });
    const context = page.context();
    await context.setOffline(true);
    await fill(page, { partners: first });
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(kept(page)).toContainText('kept on this device');
    await expect(page.locator('[name=partners]'), 'the page is still there').toHaveValue(first);
    await context.setOffline(false);
    await expect(kept(page)).toContainText('Saved');
    const other = await open(EDITOR);
    await other.goto(`${draft}/context`);
    await expect(other.locator('[name=partners]')).toHaveValue(first);

    const again = await closedWithoutALine(page, other, second, async () => {
      await page.getByRole('button', { name: 'Save', exact: true }).click();
    });
    // With a line, Save goes on to the page that it always led to.
    await fill(again, { partners: first });
    await send(again.locator('#section-form'), 'Save');
    expect(new URL(again.url()).searchParams.get('done')).toBe('done-saved');
    await other.reload();
    await expect(other.locator('[name=partners]')).toHaveValue(first);
  });

  test('loses nothing when the tab is closed right after typing, a tick that was taken away included', async ({ open }) => {
    const page = await open(SIGNATORY);
    const draft = await demoDraft(page);
    const text = `Typed and closed ${unique()}`;
    const path = `${draft}/safeguarding`;
    await page.goto(path, { waitUntil: 'networkidle' });
    await fill(page, { anonymity: true });
    await send(page.locator('#section-form'), 'Save');
    await page.goto(path, { waitUntil: 'networkidle' });
    await fill(page, { referral: text, anonymity: false });
    await page.close();
    const again = await page.context().newPage();
    await again.goto(path);
    await expect(again.locator('[name=referral]')).toHaveValue(text);
    await expect(again.locator('[name=anonymity]')).not.toBeChecked();
    await expect(kept(again)).toContainText('Saved');
    const other = await open(EDITOR);
    await other.goto(path);
    await expect(other.locator('[name=referral]')).toHaveValue(text);
    await expect(other.locator('[name=anonymity]')).not.toBeChecked();
  });

  test('keeps what is typed after a conflict', async ({ open, watch }) => {
    watch.allow(/status of 409/);
    const [mine, theirs] = [`Mine before ${unique()}`, `Theirs in between ${unique()}`];
    const page = await open(SIGNATORY);
    const draft = await demoDraft(page);
    const path = `${draft}/results`;
    await page.goto(path, { waitUntil: 'networkidle' });
    const other = await open(EDITOR, { javaScriptEnabled: false });
    await other.goto(path);
    await fill(other, { sustainability: theirs });
    await send(other.locator('#section-form'), 'Save');
    await fill(page, { sustainability: mine });
    await expect(kept(page)).toContainText('Somebody else changed the same');
    await fill(page, { sustainability: `${mine} and after` });
    await page.close();
    const again = await page.context().newPage();
    await again.goto(path);
    await expect(again.locator('[name=sustainability]')).toHaveValue(`${mine} and after`);
    await expect(kept(again)).toContainText('Somebody else changed the same');
    await other.reload();
    await expect(other.locator('[name=sustainability]'), 'nothing was overwritten').toHaveValue(theirs);
    await again.getByRole('button', { name: 'Compare both texts' }).click();
    await again.waitForURL('**kept=**');
    await send(again.locator('#section-form'), 'Save');
    await other.reload();
    await expect(other.locator('[name=sustainability]')).toHaveValue(`${mine} and after`);
  });

  test('takes no answer that was lost on the way for somebody else\'s change', async ({ open, watch }) => {
    watch.allow(/ERR_FAILED/);
    const page = await open(SIGNATORY);
    const draft = await demoDraft(page);
    const [first, second] = [`Arrived unanswered ${unique()}`, `Typed afterwards ${unique()}`];
    await page.goto(`${draft}/context`, { waitUntil: 'networkidle' });
    let lost = 0;
    await page.route('**/context', async (route) => {
      if (route.request().method() !== 'POST' || lost > 0) return route.continue();
      lost += 1;
      await route.fetch();
      return route.abort();
    });
    await fill(page, { partners: first });
    await expect(kept(page)).toContainText('kept on this device');
    await fill(page, { partners: second });
    await expect(kept(page)).toContainText('Saved');
    expect(lost).toBe(1);
    await expect(async () => {
      await page.reload();
      await expect(page.locator('[name=partners]')).toHaveValue(second);
    }).toPass();
    await expect(kept(page)).not.toContainText('Somebody else');
  });

  test('sends while one types without a pause', async ({ page }) => {
    await signInAsDemo(page, SIGNATORY);
    const draft = await demoDraft(page);
    await page.goto(`${draft}/context`, { waitUntil: 'networkidle' });
    await page.locator('[name=partners]').fill('');
    await page.waitForRequest((request) => request.method() === 'POST');
    let sent = 0;
    page.on('request', (request) => { sent += request.method() === 'POST' ? 1 : 0; });
    await page.locator('[name=partners]').pressSequentially('word '.repeat(8), { delay: 350, timeout: 20_000 });
    expect(sent, 'while typing').toBeGreaterThan(0);
  });

  test('keeps the text of somebody whose session ended, until the next sign-in', async ({ open, watch }) => {
    watch.allow(/status of 401/);
    const text = `Typed after signing out ${unique()}`;
    const page = await open(SIGNATORY);
    const draft = await demoDraft(page);
    await page.goto(`${draft}/safeguarding`, { waitUntil: 'networkidle' });
    const twin = await page.context().newPage();
    await twin.goto('/account');
    await send(twin.locator('form[action="/sign-out"]'), 'Sign out');
    await fill(page, { risks: text });
    await expect(kept(page)).toContainText('You are signed out');
    await signInAsDemo(twin, SIGNATORY);
    // The home page sends the text, and is drawn anew.
    await twin.waitForLoadState('networkidle');
    await twin.goto(`${draft}/safeguarding`);
    await expect(twin.locator('[name=risks]')).toHaveValue(text);
  });

  test('puts together what two people changed at once', async ({ open }) => {
    const [mine, theirs] = [`My needs ${unique()}`, `Their partners ${unique()}`];
    const page = await open(SIGNATORY);
    const path = `${await demoDraft(page)}/context`;
    await page.goto(path, { waitUntil: 'networkidle' });
    const other = await open(EDITOR, { javaScriptEnabled: false });
    await other.goto(path);
    await fill(other, { partners: theirs });
    await send(other.locator('#section-form'), 'Save');
    await fill(page, { needs: mine });
    await expect(kept(page)).toContainText('together with what somebody else changed');
    await expect(page.locator('[name=partners]'), 'it is on the page as well').toHaveValue(theirs);
    await fill(page, { needs: `${mine} and more` });
    // What was said of the save before begins with the same words.
    await expect(kept(page)).not.toContainText('together');
    await expect(kept(page)).toContainText('Saved at');
    await other.reload();
    await expect(other.locator('[name=needs]')).toHaveValue(`${mine} and more`);
    await expect(other.locator('[name=partners]'), 'nobody put it back').toHaveValue(theirs);
    await other.getByRole('link', { name: 'Former versions' }).click();
    await expect(other.locator('ul.files li').first()).toContainText(SIGNATORY);
    await expect(other.locator('ul.files')).toContainText(EDITOR);
  });

  test('has what was typed just before leaving on the pages that follow', async ({ open }) => {
    const page = await open(SIGNATORY);
    const draft = await demoDraft(page);
    await page.goto(`${draft}/context`, { waitUntil: 'networkidle' });
    await fill(page, { root_causes: 'Something' });
    await expect(kept(page)).toContainText('Saved at');
    await page.goto(`${draft}/check`);
    await expect(page.locator(`main a[href$="#root_causes"]`)).toHaveCount(0);
    await page.goto(`${draft}/context`, { waitUntil: 'networkidle' });
    // Emptied, and left within the pause after which a draft is sent.
    await fill(page, { root_causes: '' });
    await page.goto(`${draft}/check`);
    await expect(page.locator(`main a[href$="#root_causes"]`), 'the check knows').toHaveCount(1);
    await page.goto(`${draft}/context`);
    await expect(page.locator('[name=root_causes]')).toHaveValue('');
  });

  test('says on the task list and on the home page what could not be sent, and sends it when it can', async ({ open, watch }) => {
    watch.allow(/ERR_FAILED/);
    const text = `Not sent yet ${unique()}`;
    const page = await open(SIGNATORY);
    const draft = await demoDraft(page);
    await page.goto(`${draft}/context`, { waitUntil: 'networkidle' });
    let blocked = true;
    await page.context().route('**/context', (route) => (route.request().method() === 'POST' && blocked ? route.abort() : route.continue()));
    await fill(page, { partners: text });
    await expect(kept(page)).toContainText('kept on this device');
    for (const path of [draft, `${draft}/check`, '/']) {
      await page.goto(path);
      const notice = page.locator('.notice-warning').filter({ hasText: 'has not been sent yet' });
      await expect(notice.locator(`a[href="${draft}/context"]`), path).toBeVisible();
    }
    blocked = false;
    await page.goto(draft);
    await expect(page.locator('.notice-warning').filter({ hasText: 'has not been sent yet' })).toHaveCount(0);
    const other = await open(EDITOR);
    await other.goto(`${draft}/context`);
    await expect(other.locator('[name=partners]')).toHaveValue(text);
  });

  test('keeps any long form, and leaves nothing in the browser after signing out', async ({ open }) => {
    const page = await open(FINANCE);
    const name = `Half a donor ${unique()}`;
    await page.goto('/donors/new');
    await fill(page, { name });
    await page.goto('/donors');
    await page.goto('/donors/new');
    await page.getByRole('button', { name: 'Put it back' }).click();
    await expect(page.locator('[name=name]')).toHaveValue(name);
    await page.goto('/');
    await expect(page.locator('.notice-warning').filter({ hasText: 'has not been sent yet' }).getByRole('link').first()).toBeVisible();
    await page.locator('.menu').evaluate((menu) => { menu.open = true; });
    await page.getByRole('button', { name: 'Sign out' }).click();
    await expect(page.getByText('If you sign out now, it is deleted')).toBeVisible();
    expect(new URL(page.url()).pathname).toBe('/');
    await page.getByRole('button', { name: 'Delete it and sign out' }).click();
    await page.waitForURL('**/sign-in**');
    expect(await page.evaluate(() => JSON.stringify(localStorage))).toBe('{}');
  });

  test('sends a long form once, keeps it when there is no line, and shows what the server says', async ({ open, watch }) => {
    watch.allow(/ERR_INTERNET_DISCONNECTED|status of 422/);
    const page = await open(FINANCE);
    await page.goto('/donors/new');
    await fill(page, { name: `Donor ${unique()}`, kind: 'member-state', contact_name: 'Kari Nordmann', contact_email: 'nonsense' });
    await page.context().setOffline(true);
    await page.locator('main form button.button-primary').click();
    await expect(kept(page)).toContainText('No line');
    await page.context().setOffline(false);
    await page.locator('main form button.button-primary').click();
    await expect(page.getByRole('heading', { name: 'There is a problem' })).toBeVisible();
    await fill(page, { contact_email: 'kari@example.org' });
    await send(page.locator('main form'));
    await expect(page.locator('main > .notice-good')).toBeVisible();
    expect(await page.evaluate(() => JSON.stringify(localStorage))).toBe('{}');
  });

  test('shows how far saving is without scrolling, on a phone too', async ({ open }) => {
    const page = await open(SIGNATORY, { viewport: { width: 360, height: 740 } });
    await page.goto(`${await demoDraft(page)}/context`, { waitUntil: 'networkidle' });
    await fill(page, { needs: `At the top ${unique()}` });
    await page.locator('[name=needs]').scrollIntoViewIfNeeded();
    await expect(kept(page)).toContainText('Saved at');
    await expect(kept(page)).toBeInViewport();
  });

  test('says of a text how long it is and how long it may be, and of a file that it is too large', async ({ open }) => {
    const page = await open(SIGNATORY);
    const draft = await demoDraft(page);
    await page.goto(`${draft}/context`, { waitUntil: 'networkidle' });
    await fill(page, { partners: 'x'.repeat(1501) });
    await expect(page.locator('#partners-limit')).toHaveText('1,501 of 1,500 characters: shorten the text by 1.');
    await fill(page, { partners: 'four' });
    await expect(page.locator('#partners-limit')).toHaveText('4 of 1,500 characters.');
    await page.goto(`${draft}/documents`);
    await page.locator('input[type=file]').setInputFiles({ name: 'large.pdf', mimeType: 'application/pdf', buffer: Buffer.alloc(12 * 1024 * 1024) });
    await expect(page.locator('main')).toContainText('This file has 12 MB. At most 10 MB are taken');
  });
});
