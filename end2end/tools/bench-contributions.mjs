// Prints what `fund bench-contributions` and `fund bench-bank-statement` measured, each beside its floor. Used by
// .make/bench-contributions.sh:
//   node bench-contributions.mjs CONTRIBUTIONS.json BANK-STATEMENT.json
import { readFileSync } from 'node:fs';

const [contributions, bank] = process.argv.slice(2).map((file) => JSON.parse(readFileSync(file, 'utf8')));
const number = (count) => count.toLocaleString('en');
const row = (name, ...cells) => console.log(name.padEnd(48) + cells.map((cell) => String(cell).padStart(14)).join(''));

const { fiscal_years, pledges, receipts, statement_rows, csv_bytes, xlsx_bytes } = contributions.sizes;
console.log(
  `${fiscal_years} fiscal years, ${number(pledges)} pledges, ${number(receipts)} receipts; the statement has ` +
    `${number(statement_rows)} rows: ${number(csv_bytes)} bytes as CSV, ${number(xlsx_bytes)} as XLSX`,
);
const milliseconds = (time) => `${(time / 1000).toFixed(1)} ms`;
row('Statement of contributions, medians', 'took', 'times the floor');
for (const [name, key] of [
  ['read, as for its page', 'open_us'],
  ['whole CSV', 'csv_us'],
  ['whole XLSX', 'xlsx_us'],
  ['floor: pledges and receipts by SQL, added up', 'bare_us'],
]) {
  row(name, milliseconds(contributions[key]), (contributions[key] / contributions.bare_us).toFixed(2));
}

console.log();
console.log(
  `A camt.053 of ${number(bank.lines)} lines (${number(bank.kilobytes)} kB), ${number(bank.open_pledges)} open pledges`,
);
const seconds = (time) => `${time.toFixed(2)} s`;
row('Bank statement', 'lines', 'took', 'lines a second', 'floor', 'times the floor');
for (const [name, key] of [
  ['imported', 'import'],
  ['sure lines taken for pledges', 'match'],
  ['the others held', 'hold'],
]) {
  const step = bank[key];
  const rate = number(Math.round(step.lines / step.seconds));
  const times = (step.seconds / step.bare_seconds).toFixed(2);
  row(`${name} (${number(step.rows)} rows)`, number(step.lines), seconds(step.seconds), rate, seconds(step.bare_seconds), times);
}
row('all of it again: nothing changes', number(bank.lines), seconds(bank.again_s));
row('the same lines in another file: none is new', number(bank.lines), seconds(bank.other_file_s));
