// Asks a running server for its pages, many times over, and prints what that costs. Used by .make/bench-size.sh
// and .make/bench.sh:
//   node bench.mjs measure BASE-URL PID FOLDER   reads FOLDER/seed.json, writes FOLDER/pages.json
//   node bench.mjs compare SMALL-FOLDER LARGE-FOLDER
// Exit code 1 of `compare` when a page was missing or refused, or costs clearly more the more applications there are.
import autocannon from 'autocannon';
import { readFileSync, writeFileSync } from 'node:fs';
import http from 'node:http';

const CONNECTIONS = 4;
/** A page is asked for in so many rounds; what disturbs the machine only ever adds, so that the best one counts. */
const ROUNDS = 3;
const SECONDS = 2;
const WARM_UP_SECONDS = 1;
/** The page over 10,000 applications may cost so many times the page over 1,000. */
const MOST = 1.3;

const json = (file) => JSON.parse(readFileSync(file, 'utf8'));
const kilobytes = (bytes) => `${(bytes / 1000).toFixed(1)} kB`;
const row = (name, ...cells) => console.log(name.padEnd(44) + cells.map((cell) => String(cell).padStart(14)).join(''));

/** What is measured: name, role of whoever asks (null: a visitor), path. */
function pages({ application, draft, donor, search, last_page }) {
  const officer = 'programme-officer';
  return [
    ['home page, administrator', 'administrator', '/'],
    ['home page, visitor', null, '/'],
    ['application list', officer, '/applications'],
    [`application list, search "${search}"`, officer, `/applications?search=${search}`],
    ['application list, sorted by title', officer, '/applications?sort=title'],
    ['application list, last page', officer, `/applications?page=${last_page}`],
    ['application', officer, `/applications/${application}`],
    ['application section (budget)', 'organisation-signatory', `/applications/${draft}/budget`],
    ["donor's dashboard", 'donor-representative', `/donors/${donor}/statement`],
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

async function measure(base, pid, folder) {
  const seed = json(`${folder}/seed.json`);
  const idle = memory(pid);
  const asked = pages(seed).map(([name, role, path]) =>
    ({ name, path, cookie: role ? { cookie: `session=${seed.sessions[role]}` } : {} }));
  const results = {};
  for (const { name, cookie, path } of asked) results[name] = await sizes(base, cookie, path);
  console.log(`${CONNECTIONS} connections, the best of ${ROUNDS} rounds of ${SECONDS} s a page after ${WARM_UP_SECONDS} s of warm-up, gzip accepted`);
  // All pages in turn, round by round: what disturbs the machine for a while does not hit all rounds of one page.
  for (let number = 1; number <= ROUNDS; number += 1) {
    console.log(`round ${number} of ${ROUNDS}`);
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
  const after = memory(pid);
  const megabytes = (kibibytes) => `${(kibibytes / 1024).toFixed(1)} MiB`;
  console.log(`server's memory (RSS): ${megabytes(idle.resident)} before, ${megabytes(after.resident)} after, ` +
    `${megabytes(after.peak)} at most`);
  writeFileSync(`${folder}/pages.json`, JSON.stringify(results));
}

function compare(small, large) {
  const [few, many] = [small, large].map((folder) => json(`${folder}/pages.json`));
  const [fewRows, manyRows] = [small, large].map((folder) => json(`${folder}/seed.json`).rows);
  row('Rows', small.split('/').pop(), large.split('/').pop());
  for (const table of Object.keys(manyRows)) row(table, fewRows[table], manyRows[table]);
  console.log();
  row('p50 in ms, by applications', fewRows.applications, manyRows.applications, 'ratio', `at most ${MOST}?`);
  for (const name of Object.keys(many)) {
    const problem = few[name].problem ?? many[name].problem;
    if (problem) {
      process.exitCode = 1;
      row(name, problem);
      continue;
    }
    const ratio = many[name].p50 / few[name].p50;
    if (ratio > MOST) process.exitCode = 1;
    row(name, few[name].p50.toFixed(2), many[name].p50.toFixed(2), ratio.toFixed(2), ratio > MOST ? 'NO' : 'yes');
  }
  console.log();
  row('Ledger entries a second', 'posted', 'inserted', 'times as long');
  for (const folder of [small, large]) {
    const { entries, posted_a_second, inserted_a_second, ratio } = json(`${folder}/ledger.json`);
    row(`${entries} pledges each way, one a transaction`, posted_a_second, inserted_a_second, ratio);
  }
  row('Postings a second', 'use case', 'inserted', 'times as long');
  for (const folder of [small, large]) {
    const entered = json(`${folder}/pledges.json`);
    const { postings_a_second_through_the_use_case: through, postings_a_second_inserted_bare: bare } = entered;
    row(`${entered.pledges} pledges by their form`, through, bare, entered.ratio);
  }
}

const [command, ...rest] = process.argv.slice(2);
if (command === 'measure' && rest.length === 3) await measure(...rest);
else if (command === 'compare' && rest.length === 2) compare(...rest);
else throw new Error('usage: bench.mjs measure BASE-URL PID FOLDER | bench.mjs compare SMALL-FOLDER LARGE-FOLDER');
