// The whole life of one grant, by a donor, an organisation and the people of the Fund, each at a browser of their own;
// once as browsers are, and once with JavaScript off for everybody.
import { day, done, expect, fill, formTo, fund, mailsTo, send, signIn, test, unique } from './support.js';
import {
  BUDGET, PASSWORD, SECTIONS, budgetFields, completeProfile, confirmAddress, enterBankDetails, ownOrganisation, registerOrganisation,
  saveSection, startApplication, uploadDocuments,
} from './ngo.js';

const AWARD = 'USD 36,553.00';
const HALF = 'USD 18,276.50';
// After programme support costs exactly the award. Older money that is earmarked to the same purpose pays first.
const PLEDGED = '42,014.94';
const SUPPORT = 'USD 5,461.94';

/** A donor registers and confirms the address. */
async function registerDonor(page) {
  const mark = unique();
  const donor = { name: `Foundation of the Bridge ${mark}`, email: `donor.${mark}@donor.example.org` };
  await page.goto('/register/donor');
  await fill(page, {
    name: 'Ioana Prodan', email: donor.email, password: PASSWORD, language: 'en', donor_name: donor.name,
    donor_kind: 'foundation', country: 'RO',
  });
  await send(formTo(page, '/register/donor'));
  await confirmAddress(page, donor.email);
  await signIn(page, donor.email, PASSWORD);
  await page.goto('/account');
  donor.path = await page.locator('main a[href^="/donors/"]').getAttribute('href');
  return donor;
}

/** Finance confirms that the donor is who it says. */
async function confirmDonor(page, donor) {
  await page.goto(donor.path);
  await send(formTo(page, '/confirm'));
  await expect(done(page)).toContainText('donor is confirmed');
}

/** The donor pledges online for Eastern Europe. */
async function pledge(page, donor) {
  await page.goto(`${donor.path}/statement`);
  await page.locator('a[href^="/contributions/new"]').first().click();
  await page.waitForURL('**/contributions/new**');
  await fill(page, { currency: 'USD', amount: PLEDGED, date: day(0), earmark: 'region-eastern-europe' });
  await send(formTo(page, '/contributions/create'));
  await expect(done(page)).toContainText('pledge is entered');
  donor.pledge = new URL(page.url()).pathname;
}

/** Finance enters the money that came in; programme support costs are set aside. */
async function receive(page, donor) {
  await page.goto(donor.pledge);
  await fill(formTo(page, '/receive'), { amount: PLEDGED, currency: 'USD', date: day(0), bank_reference: `RCPT-${unique()}` });
  await send(formTo(page, '/receive'));
  await expect(done(page)).toContainText('receipt is entered');
  await expect(page.getByRole('cell', { name: SUPPORT }).first(), '13 per cent of it').toBeVisible();
}

/** A programme officer enters a call and publishes it. */
async function publishCall(page, title) {
  await page.goto('/calls/new');
  await fill(page, {
    title,
    objectives: 'Help to those who came back.',
    themes: ['post-trafficking'],
    priority_groups: ['women'],
    opens_on: day(-2),
    opens_at: '09:00:00',
    closes_on: day(30),
    closes_at: '23:59:59',
  });
  await send(formTo(page, '/calls/create'));
  const call = new URL(page.url()).pathname;
  await send(formTo(page, '/publish'), 'Publish');
  await expect(done(page)).toContainText('published');
  return call;
}

/** The organisation fills in every section, adds its documents, and finds nothing open on the check page. */
async function apply(page, call, title) {
  const application = await startApplication(page, call, title);
  for (const [section, values] of Object.entries(SECTIONS)) await saveSection(page, application, section, values);
  await saveSection(page, application, 'budget', budgetFields(BUDGET));
  await uploadDocuments(page, application);
  await page.goto(`${application}/check`);
  await expect(page.getByText('The application is complete.')).toBeVisible();
  await page.getByRole('link', { name: 'Go on to submitting' }).click();
  await page.waitForURL('**/submit');
  await fill(page, { declaration: true });
  await send(formTo(page, '/submit'));
  await expect(done(page)).toContainText('submitted');
  return application;
}

/** A reviewer finds the application among the own ones, declares, and scores. */
async function review(page, title) {
  await page.goto('/reviews');
  await page.getByRole('link', { name: title }).first().click();
  await page.waitForURL('**/reviews/*');
  await fill(formTo(page, '/declare'), { conflict: 'none' });
  await send(formTo(page, '/declare'));
  const sheet = formTo(page, '/submit');
  const scores = await sheet.locator('input[name$=".score"]').evaluateAll((inputs) => inputs.map((input) => input.name));
  expect(scores.length).toBeGreaterThanOrEqual(6);
  for (const [row, name] of scores.entries()) {
    await fill(sheet, { [name]: [23, 18, 14, 13, 9, 13][row], [name.replace(/score$/, 'comment')]: 'Well argued.' });
  }
  await fill(sheet, { overall: 'A realistic plan by people who know the place.', recommendation: 'recommend' });
  await send(sheet);
  await expect(done(page)).toContainText('handed in');
}

/** A Board member votes for it. */
async function vote(page, item) {
  await page.goto(item);
  await fill(formTo(page, '/vote'), { vote: 'approve' });
  await send(formTo(page, '/vote'));
  await expect(done(page)).toContainText('vote is cast');
}

/** One officer's step of a disbursement. */
async function step(page, disbursement, name, says, values = {}) {
  await page.goto(disbursement);
  const form = formTo(page, `/${name}`);
  await fill(form, values);
  await send(form);
  await expect(done(page)).toContainText(says);
}

/** The amounts in a text, in cents. */
const amounts = (text) => [...text.matchAll(/USD\s([\d,]+)\.(\d\d)/g)].map(([, whole, cents]) => Number(whole.replaceAll(',', '') + cents));

/** From the pledge to what the donor reads in the end. */
async function oneGrant(open) {
  const title = `Coming home without stigma ${unique()}`;
  const callTitle = `Call for those who came back ${unique()}`;

  const representative = await open();
  const donor = await registerDonor(representative);
  const finance = await open('Benedikt Moser');
  await confirmDonor(finance, donor);
  await pledge(representative, donor);
  await receive(finance, donor);
  const officer = await open('Amina Diallo');
  const call = await publishCall(officer, callTitle);

  const ngo = await open();
  const person = await registerOrganisation(ngo);
  const organisation = await ownOrganisation(ngo);
  await completeProfile(ngo, organisation, person);
  await enterBankDetails(ngo, organisation);
  await expect(ngo.locator('main')).not.toContainText('MD24AG000225100013104168');

  await finance.goto(organisation);
  await fill(formTo(finance, '/bank/verify'), { note: 'Called the number of the registration papers.' });
  await send(formTo(finance, '/bank/verify'));
  await expect(done(finance)).toContainText('verified');

  await officer.goto(`${organisation}/vetting`);
  await fill(officer, { status: 'vetted', valid_until: day(500), reason: 'Registration, accounts and references checked.' });
  await send(formTo(officer, '/vetting'));

  const application = await apply(ngo, call, title);
  await expect.poll(async () => (await mailsTo(person.email)).map((mail) => mail.subject).join('\n'), { timeout: 25_000 })
    .toMatch(/A-\d{4}-\d{4}/);

  await test.step('screening and review', async () => {
    await officer.goto(`${application}/screening`);
    const met = await officer.locator('[name=met]').evaluateAll((boxes) => boxes.map((box) => box.value));
    await fill(officer, { met, reasons: 'All conditions are met.' });
    await send(formTo(officer, '/screening'));
    await expect(done(officer)).toContainText('eligible');
    const reviewers = ['Mei-Lin Hartmann', 'Tomasz Wierzba'];
    for (const reviewer of reviewers) {
      await officer.goto(`${application}/reviews`);
      await officer.locator('[name=reviewer]').selectOption({ label: reviewer });
      await send(formTo(officer, '/assign'));
    }
    for (const reviewer of reviewers) await review(await open(reviewer), title);
  });

  const grant = await test.step('the Board recommends, the executive director approves', async () => {
    await officer.goto('/board/new');
    const option = officer.locator('[name=call] option').filter({ hasText: callTitle });
    await fill(officer, { call: await option.getAttribute('value'), title: `Session ${unique()}`, date: day(0) });
    await send(formTo(officer, '/board/create'));
    await send(officer.locator('form[action$="/start"]'));
    const item = await officer.getByRole('link', { name: title }).getAttribute('href');
    for (const member of ['Ingrid Solheim', 'Joseph Mbarga', 'Priyanka Rajbanshi']) await vote(await open(member), item);
    await officer.goto(item);
    await fill(formTo(officer, '/record'), { conditions: 'A child protection policy before the first instalment.' });
    await send(formTo(officer, '/record'));
    await expect(done(officer)).toContainText('recorded');
    const director = await open('Grace Okonjo');
    await director.goto('/board/decisions');
    await director.getByRole('link', { name: title }).click();
    await director.waitForURL('**/board/decisions/*');
    await send(director.locator('form[action$="/approve"]'));
    await expect(done(director)).toContainText('money is committed');
    const paying = director.getByRole('row').filter({ has: director.getByRole('rowheader', { name: donor.name }) });
    await expect(paying, 'the donor for this region pays').toBeVisible();
    [donor.committed] = amounts(await paying.innerText());
    expect(donor.committed).toBeGreaterThan(0);
    return new URL(director.url()).pathname;
  });

  await officer.goto(grant);
  await expect(officer.getByText(AWARD).first()).toBeVisible();
  await officer.goto(`${grant}/offer`);
  await fill(officer, { start_date: day(0) });
  await send(formTo(officer, '/offer'));
  await ngo.goto(grant);
  await ngo.locator(`a[href="${grant}/countersign"]`).click();
  await ngo.waitForURL('**/countersign');
  await fill(ngo, { accept: true });
  await send(formTo(ngo, '/countersign'));
  await expect(done(ngo)).toContainText('grant is active');

  await test.step('the first instalment is paid by four different people', async () => {
    await officer.goto(grant);
    await send(officer.locator('form[action$="/meet"]').first(), 'It is met');
    await expect(done(officer)).toContainText('ticked');
    await send(officer.locator('form[action$="/request"]').first());
    const disbursement = new URL(officer.url()).pathname;
    await expect(officer.locator('main')).toContainText(HALF);
    await step(await open('Henrik Aalto'), disbursement, 'certify', 'Certified');
    await step(await open('Salma Rachidi'), disbursement, 'approve', 'Approved');
    await step(finance, disbursement, 'release', 'Released');
    await step(finance, disbursement, 'confirm', 'confirmed', { bank_reference: `PAY-${unique()}` });
  });

  await test.step('the organisation reports, the officer accepts', async () => {
    await ngo.goto(grant);
    await ngo.locator('main a[href^="/reports/"]').first().click();
    await ngo.waitForURL('**/reports/*');
    const report = new URL(ngo.url()).pathname;
    await ngo.goto(`${report}/edit`);
    await fill(ngo, {
      achievements: 'The shelter was open every day.',
      challenges: 'Papers took longer than planned.',
      lessons: 'Groups led by survivors are asked for.',
      safeguarding_incidents: 0,
      'expenditure.0.spent': '9600',
      'expenditure.1.spent': '4775',
      'expenditure.2.spent': '3901.50',
      'indicators.0.achieved': 41,
      'people.0.sex': 'female', 'people.0.age': 'adult', 'people.0.movement': 'cross-border', 'people.0.returnee': 'yes',
      'people.0.exploitation': 'sexual', 'people.0.help': 'physical', 'people.0.count': 41,
      declaration: true,
    });
    await send(ngo.locator('form[action$="/save"]'));
    await expect(done(ngo)).toContainText('sent');
    await officer.goto(`${report}/assess`);
    await send(formTo(officer, '/accept'));
    await expect(done(officer)).toContainText('accepted');
  });

  await test.step('the donor reads what became of the money', async () => {
    await representative.goto(`${donor.path}/statement`);
    const row = representative.getByRole('row').filter({ hasText: title });
    await expect(row).toContainText('41');
    const [committed, disbursed] = amounts(await row.innerText());
    expect(committed, 'what the page of the grant says').toBe(donor.committed);
    expect(Math.abs(2 * disbursed - committed), 'half of it, to the cent').toBeLessThanOrEqual(1);
    await expect(representative.getByText(SUPPORT).first()).toBeVisible();
  });

  expect(fund('check-books')).not.toMatch(/fail/i);
}

test('one grant lives from a pledge to the help it paid for, by fourteen people', async ({ open }) => {
  test.setTimeout(180_000);
  await oneGrant(open);
});

test.describe('without JavaScript', () => {
  test.use({ contextOptions: { javaScriptEnabled: false } });

  test('one grant lives as long, by the same fourteen people', async ({ open }) => {
    test.setTimeout(180_000);
    await oneGrant(open);
  });
});
