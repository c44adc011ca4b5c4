// Prints what `fund bench-books` measured on databases of growing size as one table. Used by .make/bench-books.sh:
//   node bench-books.mjs SMALLEST.json … LARGEST.json
// Exit code 1 when the largest costs clearly more than the smallest: these figures are kept and not added up, and a
// long ledger is read in parts of one size.
import { readFileSync } from 'node:fs';

/** The largest may cost so many times the smallest, and beyond that so many microseconds for chance. */
const MOST = 1.5;
const CHANCE = 500;

const measured = process.argv.slice(2).map((file) => JSON.parse(readFileSync(file, 'utf8')));
const rows = [
  ['postings', 'postings', (count) => count.toLocaleString('en')],
  ["the Fund's position", 'position_us'],
  ['position, trial balance, money by earmark', 'position_and_trial_balance_us'],
  ['floor: the kept balances read by SQL alone', 'bare_read_of_kept_balances_us'],
  ['without kept balances: all postings added up', 'adding_up_all_postings_us'],
  ['lines of the longest account', 'ledger_lines', (count) => count.toLocaleString('en')],
  ['general ledger, a thousand of them', 'ledger_us_a_thousand_lines'],
  ['floor: the same by SQL alone, all at once', 'bare_read_us_a_thousand_lines'],
];
const milliseconds = (time) => `${(time / 1000).toFixed(2)} ms`;
for (const [name, key, shown = milliseconds] of rows) {
  console.log(name.padEnd(48) + measured.map((figures) => shown(figures[key]).padStart(14)).join(''));
}
const [smallest, largest] = [measured[0], measured[measured.length - 1]];
for (const key of ['position_us', 'position_and_trial_balance_us', 'ledger_us_a_thousand_lines']) {
  if (largest[key] > smallest[key] * MOST + CHANCE) {
    console.log(`error: ${key} grows with the number of postings`);
    process.exitCode = 1;
  }
}
