// The organisation's part without JavaScript and in French: nothing that it does needs a script.
import { done, expect, fill, formTo, send, test, unique } from './support.js';
import {
  BUDGET, DOCUMENTS, SECTIONS, budgetFields, completeProfile, enterBankDetails, ownOrganisation, registerOrganisation,
  saveSection, startApplication, uploadDocuments,
} from './ngo.js';

test.use({ contextOptions: { javaScriptEnabled: false, locale: 'fr-FR' } });

/** The open call, as a visitor finds it. */
async function openCall(page) {
  await page.goto('/calls');
  return page.locator('main').getByRole('link', { name: 'Third call' }).first().getAttribute('href');
}

test('an organisation registers, applies, submits and withdraws without a script, in French', async ({ open }) => {
  test.setTimeout(120_000);
  const page = await open();
  await page.goto('/');
  await expect(page.locator('html')).toHaveAttribute('lang', 'fr');
  const call = await openCall(page);
  const person = await registerOrganisation(page, { language: 'fr' });
  const organisation = await ownOrganisation(page);
  const application = await startApplication(page, call, `Un retour sans honte ${unique()}`);

  await test.step('an invalid draft is saved as it is', async () => {
    await saveSection(page, application, 'summary', { duration_months: '999', start_date: '', summary: '</textarea>Un « résumé »' });
    await page.goto(`${application}/summary`);
    await expect(page.locator('[name=duration_months]')).toHaveValue('999');
    await expect(page.locator('[name=summary]')).toHaveValue('</textarea>Un « résumé »');
  });

  await test.step('the check page lists every open point with a link to its field', async () => {
    await page.goto(`${application}/check`);
    await expect(page.locator('h1')).toHaveText('Vérifier la demande');
    const links = page.locator(`main li a[href^="${application}/"]`);
    expect(await links.count(), 'seven sections and six documents are open').toBeGreaterThanOrEqual(6 + DOCUMENTS.length);
    const months = page.locator(`main li a[href="${application}/summary?check=1#duration_months"]`);
    await months.click();
    await expect(page.locator('[name=duration_months]')).toHaveAttribute('aria-invalid', 'true');
    await page.goto(`${application}/submit`);
    await expect(page.locator('form[action$="/submit"]'), 'it cannot be submitted yet').toHaveCount(0);
  });

  await completeProfile(page, organisation, person);
  await enterBankDetails(page, organisation);

  await test.step('all is filled in', async () => {
    for (const [section, values] of Object.entries(SECTIONS)) await saveSection(page, application, section, values);
    await saveSection(page, application, 'budget', budgetFields(BUDGET));
    await page.goto(`${application}/budget`);
    await expect(page.locator('#budget-requested'), 'the server sums without a script').toHaveText(/^36\s553,00$/);
    await page.locator('#section-form button[name=then][value=rows]').first().click();
    await expect(page.locator('[name="lines.5.description"]'), 'three more empty lines').toBeVisible();
    await uploadDocuments(page, application);
  });

  await test.step('a submitted application is frozen', async () => {
    await page.goto(`${application}/check`);
    await page.locator(`a[href="${application}/submit"]`).click();
    await fill(page, { declaration: true });
    await send(formTo(page, '/submit'));
    await expect(done(page)).toBeVisible();
    await page.goto(`${application}/summary`);
    await expect(page.locator('main form')).toHaveCount(0);
    await page.goto(`${application}/revisions/1`);
    await expect(page.locator('main')).toContainText('Chisinau and Balti');
  });

  await test.step('it is withdrawn', async () => {
    await page.goto(`${application}/withdraw`);
    await send(formTo(page, '/withdraw'));
    await expect(done(page)).toBeVisible();
    await expect(page.locator('main')).toContainText('Retirée');
  });
});

test('a signatory countersigns an agreement and reports on it without a script, in French', async ({ open }) => {
  test.setTimeout(120_000);
  const page = await open('signatory18@ngo.example.org');
  // People of the demo read English until they choose another language.
  await page.locator('form.language button[value=fr]').click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'fr');
  await page.goto('/grants');
  const grant = await page.locator('main tbody a[href^="/grants/"]').first().getAttribute('href');
  await page.goto(grant);

  await test.step('an agreement is not signed without the tick, and is with it', async () => {
    await page.locator(`a[href="${grant}/countersign"]`).click();
    await page.waitForURL('**/countersign');
    await send(formTo(page, '/countersign'));
    await expect(page.getByRole('heading', { name: 'Il y a un problème' })).toBeVisible();
    await fill(page, { accept: true });
    await send(formTo(page, '/countersign'));
    await expect(done(page)).toContainText('Vous avez signé l’accord');
    await expect(page.locator(`a[href="${grant}/countersign"]`)).toHaveCount(0);
  });

  await page.goto(grant);
  const report = await page.locator('main a[href^="/reports/"]').first().getAttribute('href');
  const form = page.locator('form[action$="/save"]');
  const numbered = async (ending) => page.locator(`[name$=".${ending}"]`).evaluateAll((fields) => fields.map(({ name }) => name));

  await test.step('a draft is saved as it is, also with nonsense in it', async () => {
    await page.goto(`${report}/edit`);
    await expect(page.locator('html')).toHaveAttribute('lang', 'fr');
    await fill(page, { achievements: 'Le refuge était ouvert chaque jour.', safeguarding_incidents: 'aucun' });
    await send(form, 'Enregistrer');
    await expect(done(page)).toContainText('Le brouillon est enregistré');
    await page.goto(`${report}/edit`);
    await expect(page.locator('[name=achievements]')).toHaveValue('Le refuge était ouvert chaque jour.');
    await expect(page.locator('[name=safeguarding_incidents]')).toHaveValue('aucun');
  });

  await test.step('what is missing is named at once, with links to the fields', async () => {
    await send(form);
    await expect(page.getByRole('heading', { name: 'Il y a un problème' })).toBeVisible();
    await expect(page.locator('main a[href="#safeguarding_incidents"]')).toBeVisible();
    await expect(page.locator('[name=achievements]')).toHaveValue('Le refuge était ouvert chaque jour.');
  });

  await test.step('the report is sent, with amounts written the French way', async () => {
    const amounts = await numbered('spent');
    expect(amounts.length).toBeGreaterThan(3);
    await fill(page, {
      challenges: 'Les papiers ont pris plus de temps que prévu.',
      lessons: 'Les groupes menés par des survivantes sont très demandés.',
      safeguarding_incidents: 0,
      ...Object.fromEntries(amounts.map((name) => [name, '120,50'])),
      ...Object.fromEntries((await numbered('explanation')).map((name) => [name, 'Les travaux commencent à peine.'])),
      ...Object.fromEntries((await numbered('achieved')).map((name) => [name, 3])),
      'people.0.sex': 'female', 'people.0.age': 'adult', 'people.0.movement': 'cross-border', 'people.0.returnee': 'yes',
      'people.0.exploitation': 'sexual', 'people.0.help': 'physical', 'people.0.count': 12,
      declaration: true,
    });
    await send(form);
    await expect(done(page)).toContainText('Le rapport est envoyé');
    await page.goto(report);
    await expect(page.locator('main')).toContainText('Remis');
    await expect(page.locator('main')).toContainText(/120,50\sUSD/);
    await page.goto(`${report}/edit`);
    await expect(page.locator('form[action$="/save"]'), 'it can no longer be changed').toHaveCount(0);
  });
});
