// A form that is being written: keeps every key, sends drafts by itself, and says how far that is. Every form works without
// it. Second of three parts.

const live = new Map();

class Keeper {
  constructor(form) {
    this.form = form;
    // Where drafts are saved; none for a form that is only sent by its person.
    this.save = form.dataset.draft;
    this.path = this.save ?? form.getAttribute('action');
    this.writtenOn = form.dataset.writtenOn;
    this.changes = 0;
    this.failures = 0;
    this.status = '';
    this.line = form.querySelector('.draft-keeper [role=status]') ?? this.addLine();
    live.set(this.path, this);
    this.start();
    form.addEventListener('input', () => this.changed());
    form.addEventListener('change', () => this.changed());
    form.addEventListener('submit', (event) => this.press(event));
    addEventListener('online', () => { if (this.status === 'waiting' && this.save) this.send(); });
    addEventListener('pagehide', () => this.part());
    document.addEventListener('visibilitychange', () => { if (document.hidden) this.part(); });
  }

  addLine() {
    const line = element('p', { className: 'saved-at is-idle', role: 'status' });
    line.setAttribute('role', 'status');
    this.form.append(element('div', { className: 'draft-keeper' }, line));
    return line;
  }

  say(status, values) {
    this.status = status;
    const looks = { waiting: 'is-waiting', unsent: 'is-waiting', compared: 'is-waiting', conflict: 'is-failed', 'signed-out': 'is-failed', refused: 'is-failed' };
    this.line.className = `saved-at ${looks[status] ?? ''}`;
    this.line.textContent = word(`draft-${status}`, values);
    this.line.parentElement.querySelector('button')?.remove();
    // The server answers it with both texts side by side.
    if (status === 'conflict') this.line.after(button(word('draft-compare'), 'button-secondary', () => sendPlainly(this.form, this.save, null)));
  }

  /** What stands in the form, as written on the version that it was. */
  typed() {
    const typed = typedOf(this.form);
    return this.writtenOn ? { ...typed, version: [this.writtenOn] } : typed;
  }

  keep(more = {}) {
    const title = document.querySelector('h1')?.textContent ?? document.title;
    keep(this.path, { sent: null, ...kept(this.path), page: address(), title, at: Date.now(), save: this.save, typed: this.typed(), ...more });
  }

  setVersion(version) {
    const field = this.form.elements.version;
    if (field && version) field.value = version;
  }

  /** Brings back what an earlier visit could not send. */
  start() {
    const entry = kept(this.path);
    if (!this.save) {
      if (entry && !same(entry.typed, typedOf(this.form))) this.offer(entry);
      else if (fieldsOf(this.form).some(differs)) this.changed();
      return;
    }
    const shown = this.form.dataset.shown;
    if (shown === 'both') {
      if (entry) this.keep({ sent: null });
      this.say('compared');
    } else if (shown === 'refused') {
      if (entry) this.keep({ sent: null });
      this.changed();
    } else if (entry && !same(entry.typed, typedOf(this.form))) {
      this.restore(entry);
    } else if (entry) {
      // The page shows that the server has it.
      drop(this.path);
      this.say('stored');
    } else if (fieldsOf(this.form).some(differs)) {
      // Typed before this script came.
      this.changed();
    } else if (arrived(this.path)) {
      this.say('stored');
    }
  }

  /** Puts a kept draft into the form and sends it, as written on the version that it was. */
  restore(entry) {
    this.say('waiting');
    this.restoring = true;
    fill(this.form, entry.typed);
    if (same(typedOf(this.form), entry.typed)) {
      this.restoring = false;
      this.setVersion(entry.typed.version?.[0]);
      this.send();
    } else {
      // Rows for which this page has no room: nothing is typed into it until the server's page has.
      this.form.inert = true;
      this.sendWhole(entry);
    }
  }

  async sendWhole(entry) {
    const outcome = await sendKept(this.path);
    if (outcome === 'refused') {
      // The server's page says why, and has room for all of it.
      this.setVersion(entry.typed.version?.[0]);
      return sendPlainly(this.form, this.save, null, entry.typed);
    }
    if (outcome === 'waiting') return setTimeout(() => this.sendWhole(entry), RETRY);
    arrived(this.path, true);
    location.reload();
  }

  /** Offers what was typed into a form that only its person sends. */
  offer(entry) {
    const rest = element('ul');
    const back = () => {
      fill(this.form, entry.typed);
      const now = typedOf(this.form);
      for (const [name, values] of Object.entries(entry.typed)) if (ROW.test(name) && !(name in now) && values.some(Boolean)) rest.append(element('li', {}, values.join(', ')));
      if (rest.children.length) notice.replaceChildren(element('p', {}, word('draft-no-room')), rest);
      else notice.remove();
    };
    const away = () => { drop(this.path); notice.remove(); };
    const notice = element('div', { className: 'notice notice-warning' }, element('p', {}, word('draft-offered', { at: when(entry.at) })),
      element('div', { className: 'button-row' }, button(word('draft-put-back'), 'button-secondary', back), button(word('draft-throw-away'), 'button-quiet', away)));
    this.form.before(notice);
  }

  /** Keeps every key at once, and sends after a pause, or when typing goes on for long. */
  changed() {
    if (this.restoring) return;
    this.changes += 1;
    if (!this.save) {
      if (fieldsOf(this.form).some(differs)) this.keep();
      else drop(this.path);
      return;
    }
    this.keep();
    this.since ??= Date.now();
    this.sendSoon(Date.now() - this.since >= LONGEST ? 0 : PAUSE);
  }

  sendSoon(pause) {
    const { changes } = this;
    setTimeout(() => { if (this.changes === changes) this.send(); }, pause);
  }

  /** The page is left, or is out of sight: what is not sent yet goes now. */
  part() {
    if (this.save && this.since && !this.restoring) this.send();
  }

  /** Saves by the person's own will and goes on, or sends the form. */
  async press(event) {
    const pressed = event.submitter;
    const path = pressed?.getAttribute('formaction') ?? this.form.getAttribute('action');
    event.preventDefault();
    if (this.restoring || this.sending) return;
    this.keep();
    if (path === this.save) {
      this.pressed = pressed ?? {};
      return this.send();
    }
    this.sending = true;
    // What is under way is of an older text, and brings the version that this one is written on.
    while (this.busy) await new Promise((resolve) => { setTimeout(resolve, 50); });
    const typed = typedOf(this.form);
    if (pressed?.name) typed[pressed.name] = [pressed.value];
    this.say('sending');
    const reply = await post(path, typed);
    this.sending = false;
    if (!reply) return this.say(this.save ? 'waiting' : 'unsent');
    // The page that follows says why not; the text stays kept.
    if (reply.status !== 200) return sendPlainly(this.form, path, pressed);
    drop(this.path);
    this.restoring = true;
    go(reply.answer.next);
  }

  async send() {
    const byHand = ['conflict', 'compared'].includes(this.status);
    if (this.busy || this.restoring || (byHand && !this.pressed)) return;
    const pressed = this.pressed;
    // Whoever decides between both texts sends what replaces the other one.
    const sent = kept(this.path)?.sent ?? typedOf(this.form);
    if (pressed?.name) sent[pressed.name] = [pressed.value];
    this.keep({ sent });
    this.busy = true;
    this.since = null;
    this.say('saving');
    const reply = await post(this.save, sent);
    this.busy = false;
    if (reply?.status === 200 && reply.answer.saved) this.settle(sent, pressed, reply.answer);
    else if (reply && reply.status < 500) this.refused(reply);
    else this.tryAgain();
  }

  /** The server has what was sent. What was typed meanwhile is sent as well; else whoever pressed the button goes on. */
  settle(sent, pressed, { saved, next }) {
    const now = typedOf(this.form);
    const complete = same(now, sent);
    this.writtenOn = undefined;
    if (saved.merged) {
      const together = rebase(now, sent, saved.merged);
      if (together) {
        this.restoring = true;
        fill(this.form, together);
        this.restoring = false;
        if (complete && !same(typedOf(this.form), together)) {
          // Somebody else added rows for which this page has no room.
          drop(this.path);
          return pressed ? go(next) : location.reload();
        }
        this.setVersion(saved.version);
      }
    } else {
      this.setVersion(saved.version);
    }
    if (complete) drop(this.path);
    else this.keep({ sent: null });
    this.say(saved.merged ? 'together' : 'saved', { at: saved.saved_at });
    if (complete && pressed && this.pressed === pressed) return go(next);
    if (this.pressed) return this.send();
    if (!complete) this.sendSoon(PAUSE);
  }

  /** The server does not take it. What was typed stays kept; whoever pressed the button gets the page that says why. */
  refused(reply) {
    const { pressed } = this;
    this.pressed = null;
    this.keep({ sent: null });
    if (pressed) return sendPlainly(this.form, this.save, pressed);
    this.say(isConflict(reply) ? 'conflict' : reply.status === 401 ? 'signed-out' : 'refused');
  }

  /** There was no answer. Nobody is taken to another page later on, in the middle of a word. */
  tryAgain() {
    this.keep();
    this.pressed = null;
    this.failures += 1;
    this.say('waiting');
    const { failures } = this;
    setTimeout(() => { if (this.failures === failures && this.status === 'waiting') this.send(); }, RETRY);
  }
}
