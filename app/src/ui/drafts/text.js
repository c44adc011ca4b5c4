// What a form says, what is kept of it in this browser, and sending it. First of the three parts of the script that keeps
// what people type until the server has it; `WORDS` stands before it, in the reader's language. See `script.rs`.

// After the last key, this long until a draft is sent; while typing goes on, at least this often; while the line is
// down, this long until the next try. All in milliseconds.
const PAUSE = 1500;
const LONGEST = 10_000;
const RETRY = 10_000;
// What nobody came back to is forgotten after so many milliseconds: thirty days.
const LIFETIME = 30 * 24 * 3600 * 1000;
// Browsers send up to 64 kB from a page that is being left.
const PARTING = 60_000;
// Fields of the page itself: they say nothing about what was typed.
const OF_THE_PAGE = new Set(['back', 'version', 'then', 'command_id']);
const ROW = /^([^.]+)\.(\d+)\.(.+)$/;
const PREFIX = `draft:${document.currentScript.dataset.person}:`;

const word = (key, values = {}) => Object.entries(values).reduce((text, [name, value]) => text.replaceAll(`{${name}}`, value), WORDS[key] ?? key);
const when = (at) => new Date(at).toLocaleString(document.documentElement.lang, { dateStyle: 'medium', timeStyle: 'short' });

/** An element with its properties and children; a text is shown as it is. */
const element = (tag, properties = {}, ...children) => {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
};

const button = (text, look, press) => element('button', { type: 'button', className: `button ${look}`, textContent: text, onclick: press });

/** This page's address, without what only one look is for. */
const address = () => {
  const query = new URLSearchParams(location.search);
  for (const name of ['kept', 'done', 'check']) query.delete(name);
  const left = String(query);
  return location.pathname + (left && `?${left}`);
};

// ---- What is kept: by the path that a form is sent to ----

const drop = (path) => { try { localStorage.removeItem(PREFIX + path); } catch { /* the form still has it */ } };

const keep = (path, entry) => {
  // A full or forbidden storage leaves the text in the form, where it was.
  try { localStorage.setItem(PREFIX + path, JSON.stringify(entry)); } catch { /* the form still has it */ }
};

const kept = (path) => {
  try {
    const entry = JSON.parse(localStorage.getItem(PREFIX + path));
    return entry?.typed ? entry : null;
  } catch { return null; }
};

/** All that is kept of this person, with the path of each. */
const everything = () => {
  let keys = [];
  try { keys = Object.keys(localStorage).filter((key) => key.startsWith(PREFIX)); } catch { return []; }
  const found = keys.map((key) => [key.slice(PREFIX.length), kept(key.slice(PREFIX.length))]);
  for (const [path, entry] of found) if (!entry || entry.at < Date.now() - LIFETIME) drop(path);
  return found.filter(([, entry]) => entry && entry.at >= Date.now() - LIFETIME);
};

// ---- What a form says ----

const typedOf = (form) => {
  const typed = {};
  for (const [name, value] of new FormData(form)) if (typeof value === 'string') (typed[name] ??= []).push(value);
  return typed;
};

/** The same for forms that say the same: empty fields, gaps between rows and the way lines end do not count. */
const gist = (typed) => {
  const rows = {};
  for (const [name, values] of Object.entries(typed)) {
    const row = ROW.exec(name);
    if (row && values.some((value) => value.trim())) (rows[row[1]] ??= new Set()).add(Number(row[2]));
  }
  const order = Object.fromEntries(Object.entries(rows).map(([group, numbers]) => [group, [...numbers].sort((one, other) => one - other)]));
  const said = [];
  for (const [name, values] of Object.entries(typed)) {
    const plain = values.filter((value) => value !== '').map((value) => value.replaceAll('\r\n', '\n'));
    if (OF_THE_PAGE.has(name) || !plain.length) continue;
    const row = ROW.exec(name);
    if (!row) said.push([name, plain]);
    else if (order[row[1]]?.includes(Number(row[2]))) said.push([`${row[1]}.${order[row[1]].indexOf(Number(row[2]))}.${row[3]}`, plain]);
  }
  return JSON.stringify(said.sort(([one], [other]) => (one < other ? -1 : 1)));
};

const same = (one, other) => gist(one) === gist(other);

/** Fields that somebody types into or chooses from. */
const fieldsOf = (form) => [...form.elements].filter((field) => field.name && field.matches('input:not([type=hidden], [type=file], [type=password]), select, textarea'));

const differs = (field) => {
  if (field.type === 'checkbox' || field.type === 'radio') return field.checked !== field.defaultChecked;
  if (field.tagName !== 'SELECT') return field.value !== field.defaultValue;
  const first = [...field.options].find((option) => option.defaultSelected) ?? field.options[0];
  return field.value !== (first?.value ?? '');
};

/** Puts a text into the fields that the page has, and lets each that changes tell of it as if it had been typed. */
const fill = (form, typed) => {
  for (const field of fieldsOf(form)) {
    const values = typed[field.name] ?? [];
    let changed = false;
    if (field.type === 'checkbox' || field.type === 'radio') {
      changed = field.checked !== values.includes(field.value);
      field.checked = values.includes(field.value);
    } else if (field.name in typed || ROW.test(field.name)) {
      changed = field.value !== (values[0] ?? '');
      if (changed) field.value = values[0] ?? '';
    }
    if (changed) field.dispatchEvent(new Event('input', { bubbles: true }));
  }
};

const groups = (typed) => [...new Set(Object.keys(typed).map((name) => ROW.exec(name)?.[1]).filter(Boolean))];

/** The fields of a text that stand once, and each of its groups. */
const units = (typed) => [...new Set([...Object.keys(typed).filter((name) => !ROW.test(name) && !OF_THE_PAGE.has(name)), ...groups(typed)])];
const unit = (typed, name) => Object.fromEntries(Object.entries(typed).filter(([field]) => field === name || (ROW.test(field) && field.startsWith(`${name}.`))));

/** What stands now, with what the server changed in what was sent; null where both changed the same. */
const rebase = (now, sent, merged) => {
  const result = { ...now };
  for (const name of units({ ...now, ...sent, ...merged })) {
    const [mine, mineSent, theirs] = [unit(now, name), unit(sent, name), unit(merged, name)];
    if (same(theirs, mineSent) || same(theirs, mine)) continue;
    if (!same(mine, mineSent)) return null;
    for (const field of Object.keys(mine)) delete result[field];
    Object.assign(result, theirs);
  }
  return result;
};

// ---- Sending ----

/** Posts a text as the browser would, asking for JSON; null when there is no line. */
const post = async (path, typed) => {
  const body = new URLSearchParams();
  for (const [name, values] of Object.entries(typed)) for (const value of values) body.append(name, value);
  try {
    const keepalive = body.toString().length < PARTING;
    const response = await fetch(path, { method: 'POST', body, keepalive, headers: { accept: 'application/json' } });
    const answer = await response.json().catch(() => null);
    // Something on the way answered in the server's place.
    return response.status === 200 && !answer ? null : { status: response.status, answer };
  } catch { return null; }
};

const isConflict = (reply) => reply.status === 409 && Boolean(reply.answer?.Conflict);

/** Takes over the version that the server gave for what was sent, where nothing contradicts it. */
const settled = (typed, sent, saved) => {
  const version = [String(saved.version)];
  if (!saved.merged) return { ...typed, version };
  const together = rebase(typed, sent, saved.merged);
  return together ? { ...together, version } : typed;
};

/** Whether what was typed has just arrived and its page was drawn anew; with `now`, notes that. */
const arrived = (path, now) => {
  try {
    const noted = sessionStorage.getItem('arrived') === path;
    sessionStorage.removeItem('arrived');
    if (now) sessionStorage.setItem('arrived', path);
    return noted;
  } catch { return false; }
};

/** Sends what is kept of a draft: `sent` when the server has all of it, else `waiting` or `refused`. What was sent and not answered goes first: the
    server may have it, the same again is no conflict for it, and its answer names the version of the newer text. */
const sendKept = async (path) => {
  for (let entry = kept(path); entry; entry = kept(path)) {
    if (!entry.save) return 'waiting';
    const sent = entry.sent ?? entry.typed;
    const reply = await post(entry.save, sent);
    const now = kept(path);
    if (!now) return 'sent';
    if (!reply || reply.status >= 500) return 'waiting';
    if (reply.status !== 200 || !reply.answer.saved) {
      if (!now.sent) return 'refused';
      keep(path, { ...now, sent: null });
      continue;
    }
    if (same(now.typed, sent)) drop(path);
    else keep(path, { ...now, sent: null, typed: settled(now.typed, sent, reply.answer.saved) });
  }
  return 'sent';
};

/** Shows another page of this site, and the same one anew. */
const go = (address) => {
  const here = location.pathname + location.search;
  location.href = address;
  // Another place on the same page is only scrolled to.
  if (address.split('#')[0] === here) location.reload();
};

/** Sends a form as a browser does by itself, with the button that was pressed and with fields that it has no room for. */
const sendPlainly = (form, path, pressed, typed = {}) => {
  const names = new Set([...form.elements].map((field) => field.name));
  const more = Object.entries(typed).filter(([name]) => !names.has(name)).flatMap(([name, values]) => values.map((value) => [name, value]));
  if (pressed?.name) more.push([pressed.name, pressed.value]);
  for (const [name, value] of more) form.append(element('input', { type: 'hidden', name, value }));
  form.setAttribute('action', path);
  // A field may have the name of the method.
  HTMLFormElement.prototype.submit.call(form);
};
