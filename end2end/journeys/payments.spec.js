// Payments from the officers' desks to the bank and back: held and let go on, signed by a stand-in, gathered into a
// batch, confirmed by the bank's file. Each by the role concerned, on the demo's data.
import { day, done, expect, fill, formTo, send, test, unique } from './support.js';

/** The first disbursement of a list in a state. */
async function first(page, state) {
  await page.goto(`/disbursements?filter=${state}`);
  const path = await page.locator('main tbody a[href^="/disbursements/"]').first().getAttribute('href');
  await page.goto(path);
  return path;
}

/** Opens the part of a page that holds a form, and gives the form. */
async function unfold(page, ending) {
  const form = formTo(page, ending);
  await page.locator('details').filter({ has: form }).locator('summary').click();
  return form;
}

test('a payment is held with a reason, and goes on by somebody who approves', async ({ open }) => {
  const certifying = await open('Henrik Aalto');
  const path = await first(certifying, 'requested');
  await expect(certifying.getByText('A second person has verified the bank details')).toBeVisible();
  const hold = await unfold(certifying, '/hold');
  await fill(hold, { reason: 'The embassy asks about the shelter.' });
  await send(hold, 'Hold');
  await expect(done(certifying)).toContainText('on hold');
  await expect(formTo(certifying, '/certify')).toHaveCount(0);
  const approving = await open('Salma Rachidi');
  await approving.goto(path);
  await expect(approving.getByText('The embassy asks about the shelter.').first()).toBeVisible();
  const resume = await unfold(approving, '/resume');
  await fill(resume, { reason: 'The embassy is answered.' });
  await send(resume, 'Let it go on');
  await expect(done(approving)).toContainText('goes on');
});

test('a stand-in certifies in the place of the absent officer, and cannot pay what they certified', async ({ open }) => {
  const certifying = await open('Henrik Aalto');
  await certifying.goto('/disbursements/officers');
  const delegate = await certifying.locator('[name=delegate] option').filter({ hasText: 'Benedikt Moser' }).getAttribute('value');
  await fill(formTo(certifying, '/delegate'), { delegate, starts_on: day(0), ends_on: day(3), reason: 'Mission' });
  await send(formTo(certifying, '/delegate'));
  await expect(done(certifying)).toContainText('given');
  const finance = await open('Benedikt Moser');
  const path = await first(finance, 'requested');
  await expect(finance.getByText('You stand in for Henrik Aalto')).toBeVisible();
  await send(formTo(finance, '/stand-in/certify'));
  await expect(finance.getByText('in the place of Henrik Aalto')).toBeVisible();
  const approving = await open('Salma Rachidi');
  await approving.goto(path);
  await send(formTo(approving, '/approve'));
  await expect(done(approving)).toContainText('Approved');
  await finance.goto(path);
  await expect(formTo(finance, '/release')).toHaveCount(0);
  await expect(finance.getByText('You took another step of this disbursement')).toBeVisible();
  await finance.goto('/disbursements/batches');
  await expect(finance.locator(`main ul a[href="${path}"]`)).toBeVisible();
  await expect(finance.locator(`[name=payments][value="${path.split('/').pop()}"]`)).toHaveCount(0);
  await certifying.goto('/disbursements/officers');
  await certifying.getByRole('button', { name: 'End it now' }).first().click();
  await expect(done(certifying)).toContainText('ended');
});

test('payments go to the bank in one batch, and the bank’s file confirms them once', async ({ open }) => {
  const finance = await open('Benedikt Moser');
  await finance.goto('/disbursements/batches');
  await finance.locator('label').filter({ hasText: /, instalment \d+: USD/ }).first().click();
  await send(formTo(finance, '/batches/create'));
  await expect(done(finance)).toContainText('The batch is made');
  const batch = new URL(finance.url()).pathname;
  const files = await Promise.all([0, 1].map(async () => (await finance.request.get(`${batch}/file`)).text()));
  expect(files[0]).toContain('pain.001.001.09');
  expect(files[1], 'the same bytes').toBe(files[0]);
  const [, id] = files[0].match(/<EndToEndId>([^<]+)</);
  const [, amount] = files[0].match(/<InstdAmt Ccy="USD">([^<]+)</);
  const statement = `<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><Stmt>
    <Acct><Id><IBAN>AT611904300234573201</IBAN></Id></Acct><Ntry>
    <Amt Ccy="USD">${amount}</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>${day(0)}</Dt></BookgDt>
    <AcctSvcrRef>${unique()}</AcctSvcrRef><NtryDtls><TxDtls><Refs><EndToEndId>${id}</EndToEndId></Refs></TxDtls></NtryDtls>
    </Ntry></Stmt></BkToCstmrStmt></Document>`;
  const addresses = [];
  for (let turn = 0; turn < 2; turn += 1) {
    await finance.goto('/disbursements/bank-files');
    await finance.locator('[name=file]').setInputFiles({ name: 'statement.xml', mimeType: 'application/xml', buffer: Buffer.from(statement) });
    await send(formTo(finance, '/bank-files/import'));
    await expect(finance.getByRole('row').filter({ hasText: id })).toContainText('Confirmed');
    addresses.push(new URL(finance.url()).pathname);
  }
  expect(addresses[1], 'the same file is the same record').toBe(addresses[0]);
  await finance.goto(batch);
  await expect(finance.getByRole('row').filter({ hasText: id })).toContainText('Paid');
  await expect(formTo(finance, '/cancel')).toHaveCount(0);
});

test('what is no file of a bank is refused with the reason', async ({ open }) => {
  const finance = await open('Benedikt Moser');
  await finance.goto('/disbursements/bank-files');
  await finance.locator('[name=file]').setInputFiles({ name: 'notes.xml', mimeType: 'application/xml', buffer: Buffer.from('<Document/>') });
  await send(formTo(finance, '/bank-files/import'));
  await expect(finance.getByText('This is neither a camt.053 nor a camt.054.').first()).toBeVisible();
});

test('a statement is read of no account until a second person has confirmed it', async ({ open }) => {
  const administrator = await open('Astrid Hollmann');
  const number = `70${Date.now()}`;
  await administrator.goto('/contributions/accounts');
  await fill(formTo(administrator, '/accounts/enter'), { account_number: number, currency: 'CHF', bank_name: 'Banque de Genève' });
  await send(formTo(administrator, '/accounts/enter'));
  await expect(done(administrator)).toContainText('The account is entered');
  const finance = await open('Benedikt Moser');
  await finance.goto('/disbursements/bank-files');
  const statement = `<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><Stmt>
    <Acct><Id><Othr><Id>${number}</Id></Othr></Id></Acct></Stmt></BkToCstmrStmt></Document>`;
  await finance.locator('[name=file]').setInputFiles({ name: 'statement.xml', mimeType: 'application/xml', buffer: Buffer.from(statement) });
  await send(formTo(finance, '/bank-files/import'));
  await expect(finance.getByText(`the account ending in ${number.slice(-4)}, which waits to be confirmed`).first()).toBeVisible();
  const approving = await open('Salma Rachidi');
  await approving.goto('/contributions/accounts');
  await expect(approving.getByText(number, { exact: true })).toBeVisible();
  const path = await formTo(approving, '/confirm').last().getAttribute('action');
  await send(formTo(approving, path));
  await expect(done(approving)).toContainText('The account is confirmed');
  await finance.goto('/contributions/statements');
  await expect(finance.locator('[name=account] option').filter({ hasText: 'Banque de Genève' })).not.toHaveCount(0);
});
