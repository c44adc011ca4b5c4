// Asks a running server for its pages, many times over, and prints what that costs. Used by .make/bench-size.sh
// and .make/bench.sh:
//   node bench.mjs measure BASE-URL PID FOLDER ROUNDS   reads FOLDER/seed.json, writes FOLDER/pages.json, and static
//                                                       files to measure beside into FOLDER/site/pkg
//   node bench.mjs compare SMALLEST-FOLDER MIDDLE-FOLDER LARGEST-FOLDER
// Exit code 1 of `compare` when a page was missing or refused, or costs clearly more the more applications there are.
import autocannon from 'autocannon';
import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import http from 'node:http';

const CONNECTIONS = 4;
/** Of each round of a page; what disturbs the machine only ever adds, so that the best round counts. */
const SECONDS = 1;
const WARM_UP_SECONDS = 1;
/** A page over most applications may cost so many times the page over fewest. */
const MOST = 1.3;
/** A page that is shorter than this share of what it is over most applications is not full yet, and another page. */
const FULL = 0.95;
/** The pages that visitors and staff open most are to reach this share of a static file of the same size. */
const AIM = 0.25;
/** Sections are to be saved at this share of the rows written bare, and hardly any save is to take so many times the usual. */
const SAVED = 0.3;
const LONGEST = 4;

const json = (file) => JSON.parse(readFileSync(file, 'utf8'));
const kilobytes = (bytes) => `${(bytes / 1000).toFixed(1)} kB`;
const row = (name, ...cells) => console.log(name.padEnd(44) + cells.map((cell) => String(cell).padStart(14)).join(''));

/** The home pages of everybody who has one. */
const HOMES = [
  'programme-officer', 'finance-officer', 'certifying-officer', 'approving-officer', 'executive-director', 'board-member',
  'technical-reviewer', 'administrator', 'auditor', 'organisation-signatory', 'donor-representative',
];
/** The pages that are measured beside a static file. */
const FLOORED = ['home page, visitor', 'application list', 'application'];
const floorOf = (name) => `static file as large as: ${name}`;

/** What is measured: name, role of whoever asks (null: a visitor), path. */
function pages({ application, draft, call, session, grant, report, donor, search, last_page }) {
  const [officer, finance] = HOMES;
  return [
    ['home page, visitor', null, '/'],
    ...HOMES.map((role) => [`home page, ${role}`, role, '/']),
    ['application list', officer, '/applications'],
    [`application list, search "${search}"`, officer, `/applications?search=${search}`],
    ['application list, sorted by title', officer, '/applications?sort=title'],
    ['application list, sorted by organisation', officer, '/applications?sort=organisation'],
    ['application list, last page', officer, `/applications?page=${last_page}`],
    ['applications that lack a reviewer', officer, '/applications?filter=lacks-reviewers'],
    ["reviewer's reviews", 'technical-reviewer', '/reviews'],
    ["reviewer's applications", 'technical-reviewer', '/applications'],
    ['report list', officer, '/reports'],
    ['reports that are late', officer, '/reports?filter=late'],
    ['grant list', officer, '/grants'],
    ['grants with an instalment due', officer, '/grants?filter=instalment-due'],
    ['disbursement list', finance, '/disbursements'],
    ['disbursements to certify', 'certifying-officer', '/disbursements?filter=to-certify'],
    ['contribution list', finance, '/contributions'],
    ['contributions, overdue', finance, '/contributions?filter=overdue'],
    ['overdue instalments', finance, '/contributions/overdue'],
    ['organisation list', officer, '/organisations'],
    ['audit trail', 'auditor', '/audit'],
    ['application', officer, `/applications/${application}`],
    ['application section (budget)', 'organisation-signatory', `/applications/${draft}/budget`],
    ['grant', officer, `/grants/${grant}`],
    ['report', officer, `/reports/${report}`],
    ["donor's dashboard", 'donor-representative', `/donors/${donor}/statement`],
    ["call's ranking", officer, `/calls/${call}/ranking`],
    ["Board's sessions", 'board-member', '/board'],
    ["Board's session", 'board-member', `/board/${session}`],
    ["Board's recommendations", 'executive-director', '/board/decisions'],
    ['bank statements', finance, '/contributions/statements'],
    ['journal', finance, '/ledger/journal'],
  ];
}

/** Status and size of one answer as it comes over the line. */
function ask(url, headers) {
  return new Promise((resolve, reject) => {
    http.get(url, { headers }, (response) => {
      let size = 0;
      response.on('data', (part) => (size += part.length));
      response.on('end', () => resolve({ status: response.statusCode, size }));
      response.on('error', reject);
    }).on('error', reject);
  });
}

/** Asks for a page for some seconds. autocannon's own percentiles are whole milliseconds, too coarse here. */
async function load(url, headers, duration) {
  const times = [];
  const started = performance.now();
  const result = await new Promise((resolve, reject) => {
    const run = autocannon({ url, headers, connections: CONNECTIONS, duration }, (error, done) =>
      error ? reject(error) : resolve(done));
    run.on('response', (client, status, bytes, milliseconds) => times.push(milliseconds));
  });
  const elapsed = (performance.now() - started) / 1000;
  times.sort((one, other) => one - other);
  const percentile = (share) => times[Math.min(times.length - 1, Math.ceil(times.length * share) - 1)];
  return {
    failed: result.non2xx + result.errors + result.timeouts,
    perSecond: times.length / elapsed,
    p50: percentile(0.5),
    p99: percentile(0.99),
  };
}

async function sizes(base, cookie, path) {
  const url = base + path;
  const plain = await ask(url, { ...cookie, 'accept-encoding': 'identity' });
  if (plain.status !== 200) return { problem: plain.status === 404 ? 'missing' : `refused (${plain.status})` };
  const packed = await ask(url, { ...cookie, 'accept-encoding': 'gzip' });
  return { size: plain.size, gzip: packed.size };
}

/** A round of a page, after one that is not counted. As browsers ask: compressing is part of what a page costs. */
async function round(base, cookie, path) {
  const headers = { ...cookie, 'accept-encoding': 'gzip' };
  await load(base + path, headers, WARM_UP_SECONDS);
  const { failed, ...figures } = await load(base + path, headers, SECONDS);
  return failed > 0 ? { problem: `${failed} requests failed` } : figures;
}

/** Resident memory of a process in kilobytes: now, and at most. */
function memory(pid) {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const of = (name) => Number(status.match(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm'))[1]);
  return { resident: of('VmRSS'), peak: of('VmHWM') };
}

/** Puts a file that does not pack beside the site's, as large as the page is when packed. */
function layFloor(folder, size, number) {
  const file = `floor-${number}.bin`;
  writeFileSync(`${folder}/site/pkg/${file}`, randomBytes(size));
  return `/pkg/${file}`;
}

async function measure(base, pid, folder, rounds) {
  const seed = json(`${folder}/seed.json`);
  const idle = memory(pid);
  const asked = pages(seed).map(([name, role, path]) =>
    ({ name, path, cookie: role ? { cookie: `session=${seed.sessions[role]}` } : {} }));
  const results = {};
  for (const { name, cookie, path } of asked) results[name] = await sizes(base, cookie, path);
  for (const [number, name] of FLOORED.filter((name) => !results[name].problem).entries()) {
    const path = layFloor(folder, results[name].gzip, number);
    asked.push({ name: floorOf(name), path, cookie: {} });
    results[floorOf(name)] = await sizes(base, {}, path);
  }
  console.log(`${CONNECTIONS} connections, the best of ${rounds} rounds of ${SECONDS} s a page after ${WARM_UP_SECONDS} s of warm-up, gzip accepted`);
  // All pages in turn, round by round: what disturbs the machine for a while does not hit all rounds of one page.
  for (let number = 1; number <= rounds; number += 1) {
    console.log(`round ${number} of ${rounds}`);
    for (const { name, cookie, path } of asked) {
      if (results[name].problem) continue;
      const figures = await round(base, cookie, path);
      if (figures.problem || !(results[name].p50 <= figures.p50)) Object.assign(results[name], figures);
    }
  }
  row('Page', 'requests/s', 'p50 ms', 'p99 ms', 'size', 'gzip');
  for (const [name, { problem, perSecond, p50, p99, size, gzip }] of Object.entries(results)) {
    if (problem) row(name, problem);
    else row(name, perSecond.toFixed(0), p50.toFixed(2), p99.toFixed(2), kilobytes(size), kilobytes(gzip));
  }
  for (const name of FLOORED.filter((name) => results[name].perSecond && results[floorOf(name)]?.perSecond)) {
    const share = results[name].perSecond / results[floorOf(name)].perSecond;
    console.log(`${name}: ${(share * 100).toFixed(0)} % of a static file of the same size (aim: ${AIM * 100} %)`);
  }
  const after = memory(pid);
  const megabytes = (kibibytes) => `${(kibibytes / 1024).toFixed(1)} MiB`;
  console.log(`server's memory (RSS): ${megabytes(idle.resident)} before, ${megabytes(after.resident)} after, ` +
    `${megabytes(after.peak)} at most`);
  writeFileSync(`${folder}/pages.json`, JSON.stringify(results));
}

function compare(...folders) {
  const measured = folders.map((folder) => json(`${folder}/pages.json`));
  const rows = folders.map((folder) => json(`${folder}/seed.json`).rows);
  row('Rows', ...folders.map((folder) => folder.split('/').pop()));
  for (const table of Object.keys(rows.at(-1))) row(table, ...rows.map((size) => size[table]));
  console.log();
  row('p50 in ms, by applications', ...rows.map((size) => size.applications), 'ratio', `at most ${MOST}?`);
  for (const name of Object.keys(measured.at(-1))) {
    const problem = measured.map((size) => size[name]?.problem ?? (size[name] ? undefined : 'missing')).find(Boolean);
    if (problem) {
      process.exitCode = 1;
      row(name, problem);
      continue;
    }
    const times = measured.map((size) => size[name].p50);
    // The largest but one always counts: a page that grew without end would else be compared with itself.
    const from = measured.findIndex((size, place) =>
      size[name].size >= FULL * measured.at(-1)[name].size || place === measured.length - 2);
    const ratio = times.at(-1) / times[from];
    if (ratio > MOST) process.exitCode = 1;
    const cells = times.map((time, place) => (place < from ? `(${time.toFixed(2)})` : time.toFixed(2)));
    row(name, ...cells, ratio.toFixed(2), ratio > MOST ? 'NO' : 'yes');
  }
  console.log(`In brackets: the page is shorter than ${FULL * 100} % of the largest, its lists are not full yet.`);
  console.log();
  row('Ledger entries a second', 'posted', 'inserted', 'times as long');
  for (const folder of folders) {
    const { entries, posted_a_second, inserted_a_second, ratio } = json(`${folder}/ledger.json`);
    row(`${entries} pledges each way, one a transaction`, posted_a_second, inserted_a_second, ratio);
  }
  row('Postings a second', 'use case', 'inserted', 'times as long');
  for (const folder of folders) {
    const entered = json(`${folder}/pledges.json`);
    const { postings_a_second_through_the_use_case: through, postings_a_second_inserted_bare: bare } = entered;
    row(`${entered.pledges} pledges by their form`, through, bare, entered.ratio);
  }
  row('Sections saved by eight at once', 'a second', 'written bare', 'share', 'p50 ms', 'p99 ms', 'p99 : p50');
  for (const folder of folders) {
    const saved = json(`${folder}/sections.json`);
    row(`${saved.saves} saves (aims: ${SAVED}, ${LONGEST})`, saved.saves_a_second, saved.written_bare_a_second, saved.share,
      saved.p50_ms, saved.p99_ms, saved.p99_by_p50);
  }
}

const [command, ...rest] = process.argv.slice(2);
if (command === 'measure' && rest.length === 4) await measure(...rest.slice(0, 3), Number(rest[3]));
else if (command === 'compare' && rest.length === 3) compare(...rest);
else throw new Error('usage: bench.mjs measure BASE-URL PID FOLDER ROUNDS | bench.mjs compare SMALLEST MIDDLE LARGEST');
