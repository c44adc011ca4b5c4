// What an organisation does, with or without a script and in any language: registering, its profile, and what it
// writes into the sections of an application.
import { day, fill, formTo, mailedLink, pdf, send, signIn, unique } from './support.js';

export const PASSWORD = 'plain words in a row';

/** Opens the mailed link and confirms with the password: whoever else reads the mail cannot. */
export async function confirmAddress(page, email) {
  await page.goto(await mailedLink(email, 'confirm'));
  await fill(page, { password: PASSWORD });
  await send(formTo(page, '/confirm'));
}

/** Registers an organisation, confirms by the mailed link, and signs in. */
export async function registerOrganisation(page, { country = 'MD', language = 'en' } = {}) {
  const mark = unique();
  const person = {
    name: `Ana Munteanu ${mark}`,
    email: `ana.${mark}@ngo.example.org`,
    organisation: `House of Return ${mark}`,
    country,
  };
  await page.goto('/register/organisation');
  await fill(page, {
    name: person.name,
    email: person.email,
    password: PASSWORD,
    language,
    legal_name: person.organisation,
    country,
    authorised: true,
  });
  await send(formTo(page, '/register/organisation'));
  await confirmAddress(page, person.email);
  await signIn(page, person.email, PASSWORD);
  return person;
}

/** Goes to the own organisation, and gives its path. */
export async function ownOrganisation(page) {
  await page.goto('/account');
  return page.locator('main a[href^="/organisations/"]').first().getAttribute('href');
}

/** Completes the profile. */
export async function completeProfile(page, path, person) {
  await page.goto(`${path}/edit`);
  await fill(page, {
    registration_number: 'MD-10442',
    registration_date: '2014-05-15',
    kind: 'ngo',
    yearly_income: '143000.50',
    street: 'Strada Alba',
    building_number: '12',
    post_code: 'MD-2001',
    town: 'Chisinau',
    contact_name: person.name,
    contact_email: person.email,
    experience: 'Since 2014 we have run a shelter with eleven places and an outreach team.',
  });
  await send(formTo(page, '/edit'));
}

/** Enters the bank details. */
export async function enterBankDetails(page, path) {
  await page.goto(`${path}/bank`);
  await fill(page, { bank_name: 'Commercial Bank', account_number: 'MD24AG000225100013104168', bic: 'AGRNMD2X' });
  await send(formTo(page, '/bank'));
}

/** What stands in each section of a complete application, but the budget. */
export const SECTIONS = {
  summary: {
    theme: 'post-trafficking',
    country: 'MD',
    location: 'Chisinau and Balti',
    duration_months: 12,
    start_date: day(60),
    summary: 'A safe place, care and a way back into school and work for women and girls who came back.',
  },
  context: {
    context: 'large-movements',
    needs: 'Those who return have debts, untreated injuries and no papers.',
    root_causes: 'Poverty, and recruiters who promise work abroad.',
    existing_services: 'One public shelter for the whole region.',
  },
  people: {
    selection: 'They come to us through hospitals, the police and other survivors.',
    'people.0.sex': 'female',
    'people.0.age': 'adult',
    'people.0.movement': 'cross-border',
    'people.0.returnee': 'yes',
    'people.0.exploitation': 'sexual',
    'people.0.count': 48,
    'people.1.sex': 'female',
    'people.1.age': 'child',
    'people.1.movement': 'internal',
    'people.1.returnee': 'no',
    'people.1.exploitation': 'domestic-servitude',
    'people.1.count': 27,
  },
  activities: {
    help_kinds: ['physical', 'psychological'],
    services: ['shelter', 'counselling'],
    'activities.0.title': 'Safe shelter and daily care',
    'activities.0.kind': 'direct-help',
    'activities.0.help': 'physical',
    'activities.0.start_month': 1,
    'activities.0.end_month': 12,
    'activities.0.description': 'Eleven places, open day and night.',
    'activities.1.title': 'Counselling',
    'activities.1.kind': 'direct-help',
    'activities.1.help': 'psychological',
    'activities.1.start_month': 1,
    'activities.1.end_month': 12,
    'activities.1.description': 'Individual counselling each week.',
  },
  results: {
    sustainability: 'The district takes over two salaries in the second year.',
    'results.0.indicator': 'People who stayed in the shelter',
    'results.0.unit': 'people',
    'results.0.counted': 'people',
    'results.0.baseline': 0,
    'results.0.target': 75,
    'results.0.verification': 'Registers without names',
  },
  safeguarding: {
    risks: 'Recruiters may look for those who left them.',
    mitigation: 'The address is not published; a safety plan is made with each person.',
    referral: 'Urgent needs go to the regional hospital within the hour.',
    confidentiality: 'Records carry numbers only.',
    not_penalised: true,
    not_stigmatised: true,
    informed_consent: true,
    anonymity: true,
    ohchr_principles: true,
    child_best_interests: true,
    child_unicef_guidelines: true,
  },
};

/** Lines that add up to 36,553.00. */
export const BUDGET = [
  { category: 'staff', description: 'Social workers', unit: 'month', quantity: 2, unit_cost: '800', times: 12, requested: '19200', purpose: 'Care' },
  { category: 'supplies', description: 'Hygiene kits', unit: 'person', quantity: 100, unit_cost: '95.50', times: 1, requested: '9550', purpose: 'First needs' },
  { category: 'operating', description: 'Rent', unit: 'month', quantity: 1, unit_cost: '650.25', times: 12, requested: '7803', purpose: 'Shelter' },
];

/** The fields of budget lines by name. */
export function budgetFields(lines) {
  return Object.fromEntries(lines.flatMap((line, row) => Object.entries(line).map(([name, value]) => [`lines.${row}.${name}`, value])));
}

/** Saves one section by its form. */
export async function saveSection(page, application, section, values) {
  await page.goto(`${application}/${section}`);
  await fill(page, values);
  await send(page.locator('#section-form'));
}

/** The documents that every application needs. */
export const DOCUMENTS = ['registration-certificate', 'statutes', 'audited-accounts', 'activity-report', 'bank-letter', 'signatory-authorisation'];

/** Uploads all of them. */
export async function uploadDocuments(page, application) {
  for (const kind of DOCUMENTS) {
    await page.goto(`${application}/documents`);
    await fill(page, { kind });
    await page.locator('input[type=file]').setInputFiles({ name: `${kind}.pdf`, mimeType: 'application/pdf', buffer: pdf(kind) });
    await send(formTo(page, '/documents'));
  }
}

/** Starts an application to a call, and gives its path. */
export async function startApplication(page, call, title) {
  await page.goto(call);
  await fill(page, { title });
  await send(formTo(page, '/apply'));
  return new URL(page.url()).pathname;
}
