// What pages know of text that was not sent, and what else the script does on them. Last of three parts.

const record = (path) => path.split('/').slice(0, 3).join('/');

/** What is kept of the record that this page shows, or on the home page of all; forms of this page not counted. */
const unsent = () => everything().filter(([path, entry]) => !live.has(path) && (location.pathname === '/' || (entry.save && record(location.pathname) === record(entry.save))));

const list = (found, changed) => element('ul', {}, ...found.map(([path, entry]) => {
  const item = element('li', {}, element('a', { href: entry.page, textContent: entry.title }), ` ${when(entry.at)} `);
  item.append(button(word('draft-throw-away'), 'button-quiet button-small', () => { drop(path); item.remove(); changed(); }));
  return item;
}));

let notice;
const warn = (text, found, ...buttons) => {
  notice?.remove();
  if (!found.length) return;
  const items = list(found, () => { if (!items.children.length) notice.remove(); });
  notice = element('div', { className: 'notice notice-warning', tabIndex: -1 }, element('p', {}, element('strong', {}, word(text))), items, element('div', { className: 'button-row' }, ...buttons));
  notice.setAttribute('role', 'alert');
  const main = document.querySelector('main');
  const after = main.querySelector('.breadcrumbs');
  if (after) after.after(notice);
  else main.prepend(notice);
  return notice;
};

const sendAll = async (found) => {
  let sent = 0;
  for (const [path, entry] of found) if (entry.save && await sendKept(path) === 'sent') sent += 1;
  return sent;
};

/** Sends what an earlier page could not send. The page was drawn without it, so it is drawn anew. */
const catchUp = async () => {
  const elsewhere = everything().filter(([path]) => !live.has(path));
  const shownHere = unsent().map(([path]) => path);
  // Whoever has gone on to another page meanwhile is not brought back to this one.
  let leaving = false;
  const leave = () => { leaving = true; };
  addEventListener('beforeunload', leave);
  const sent = await sendAll(elsewhere);
  removeEventListener('beforeunload', leave);
  if (leaving) return;
  const left = unsent();
  const touched = [...document.forms].some((form) => fieldsOf(form).some(differs));
  if (sent && left.length < shownHere.length && !touched) location.reload();
  else warn('draft-not-sent', left);
};

/** Nothing of a record is decided while text of it is only in this browser, unless its person says so. */
const hold = (form) => form.addEventListener('submit', async (event) => {
  const found = unsent();
  if (form.dataset.goOn || !found.length || location.pathname === '/') return;
  event.preventDefault();
  const { submitter } = event;
  await sendAll(found);
  const left = unsent();
  if (!left.length) return location.reload();
  const goOn = () => {
    form.dataset.goOn = 'yes';
    form.requestSubmit(submitter);
  };
  warn('draft-hold', left, button(word('draft-go-on'), 'button-secondary', goOn))?.focus();
});

/** Whoever signs out leaves no text behind in this browser: it is sent first, and what cannot be is asked about. */
const signOut = (form) => form.addEventListener('submit', async (event) => {
  event.preventDefault();
  const leave = () => {
    for (const keeper of live.values()) keeper.restoring = true;
    for (const [path] of everything()) drop(path);
    form.submit();
  };
  await sendAll(everything());
  const left = everything();
  if (!left.length) return leave();
  warn('draft-sign-out', left, button(word('draft-sign-out-anyway'), 'button-secondary', leave), button(word('draft-stay'), 'button-quiet', () => notice.remove()))?.focus();
});

// ---- Lengths of texts ----

const count = (field) => {
  const line = document.getElementById(`${field.id}-limit`);
  if (!line) return;
  const most = Number(field.dataset.most);
  const length = Array.from(field.value.trim()).length;
  const number = new Intl.NumberFormat(document.documentElement.lang);
  line.textContent = word(length > most ? 'draft-too-long' : 'draft-length', { length: number.format(length), most: number.format(most), over: number.format(length - most) });
  line.classList.toggle('error-text', length > most);
};

for (const field of document.querySelectorAll('[data-most]')) {
  let waits;
  count(field);
  field.addEventListener('input', () => {
    clearTimeout(waits);
    waits = setTimeout(() => count(field), 200);
  });
}

// A short form is typed again sooner than it is kept.
const isLong = (form) => form.querySelector('textarea') || fieldsOf(form).length >= 4;
// ---- Files: nobody waits for a large one to be refused ----

for (const field of document.querySelectorAll('input[type=file][data-most-bytes]')) {
  const line = element('p', { className: 'error-text' });
  line.setAttribute('role', 'alert');
  const tooLarge = () => [...field.files].find((file) => file.size > Number(field.dataset.mostBytes));
  const megabytes = (bytes) => String(Math.ceil(bytes / 1024 / 1024));
  field.addEventListener('change', () => {
    const file = tooLarge();
    line.textContent = file ? word('draft-file-too-large', { size: megabytes(file.size), most: megabytes(field.dataset.mostBytes) }) : '';
    field.after(line);
  });
  field.form?.addEventListener('submit', (event) => {
    if (!tooLarge()) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    field.focus();
  });
}

const forms = [...document.querySelectorAll('form[method=post]')];
const isAlone = (form) => forms.filter((other) => other.getAttribute('action') === form.getAttribute('action')).length === 1;
for (const form of forms) {
  if (form.dataset.draft || (form.dataset.keep && isLong(form) && isAlone(form))) new Keeper(form);
  else if (form.getAttribute('action') === '/sign-out') signOut(form);
  else if (form.closest('main')) hold(form);
}
catchUp();
