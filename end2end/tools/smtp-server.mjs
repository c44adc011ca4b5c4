// A real SMTP server on loopback for the mail tests: takes every message without a password and writes it,
// as it came, to FOLDER/0001.eml, 0002.eml and so on.
// Usage: node smtp-server.mjs PORT FOLDER [--fail N] [--slow SECONDS] [--hang]
//   PORT      0 takes a free one; `listening PORT` on standard output names it
//   --fail N  answers 451 (try again later) to the first N messages and keeps none of them
//   --slow S  keeps each message at once, and says so S seconds later
//   --hang    accepts the connection and never says a word
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { SMTPServer } from 'smtp-server';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    fail: { type: 'string', default: '0' },
    slow: { type: 'string', default: '0' },
    hang: { type: 'boolean', default: false },
  },
});
const [port, folder] = [Number(positionals[0]), positionals[1]];
let refusalsLeft = Number(options.fail);
const slow = Number(options.slow) * 1000;
if (!Number.isInteger(port) || !folder || !Number.isInteger(refusalsLeft) || Number.isNaN(slow)) {
  console.error('usage: node smtp-server.mjs PORT FOLDER [--fail N] [--slow SECONDS] [--hang]');
  process.exit(2);
}
mkdirSync(folder, { recursive: true });

let received = 0;
function keep(message) {
  received += 1;
  const path = join(folder, `${String(received).padStart(4, '0')}.eml`);
  // Renamed when whole, so that a test which watches the folder never reads half a message.
  writeFileSync(`${path}.part`, message);
  renameSync(`${path}.part`, path);
}

function onData(stream, session, answer) {
  const chunks = [];
  stream.on('data', (chunk) => chunks.push(chunk));
  stream.on('end', () => {
    if (refusalsLeft > 0) {
      refusalsLeft -= 1;
      answer(Object.assign(new Error('Try again later'), { responseCode: 451 }));
      return;
    }
    keep(Buffer.concat(chunks));
    setTimeout(() => answer(null, 'Message kept'), slow);
  });
}

// Sockets must be read from, or their closing by the other side goes unseen.
const silent = () => createServer((socket) => socket.on('error', () => {}).resume());
const talking = () =>
  new SMTPServer({ onData, disabledCommands: ['AUTH', 'STARTTLS'], disableReverseLookup: true }).on(
    'error',
    (error) => console.error(error.message),
  );

const server = options.hang ? silent() : talking();
const listener = server.listen(port, '127.0.0.1', () => console.log(`listening ${listener.address().port}`));
listener.on('error', (error) => {
  console.error(error.message);
  process.exit(1);
});
for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => process.exit(0));
// A test that died cannot stop it any more.
setTimeout(() => process.exit(0), 30 * 60 * 1000);
