/* Carrel's search box: <carrel-search server="https://search.example.org"> with a plain form inside it, or empty.
   It offers completions while somebody types (ARIA 1.2 combobox, list autocomplete with manual selection) and
   leaves searching to the form. Without this script the form works alone.

   server            where carrel-server answers; nothing: where the page is
   suggestions="off" no completions; suggestions-limit: how many (6)
   method="get"      words go into the address, so that searches can be linked; else they do not
   Any link with data-carrel-exit becomes a quick exit: it blanks the page, takes its place in the history, and
   Shift pressed three times follows it too; other tabs of the site leave with it.
   Looks: custom properties --carrel-… and the class names of USWDS; no rule here is stronger than a class of yours.
   Keeps nothing, sets no cookie, asks no server but the one that is named. */
(() => {
  'use strict';

  const words = {
    en: { label: 'Search', button: 'Search', list: 'Suggestions', count: 'Suggestions: {number}. Use the arrow keys to choose.',
      two: 'Press Shift 2 more times to leave this page.', one: 'Press Shift 1 more time to leave this page.', leaving: 'Leaving this page.' },
    es: { label: 'Buscar', button: 'Buscar', list: 'Sugerencias', count: 'Sugerencias: {number}. Elija con las flechas.',
      two: 'Pulse Mayús 2 veces más para salir de esta página.', one: 'Pulse Mayús 1 vez más para salir de esta página.', leaving: 'Saliendo de esta página.' },
  };
  const wordsFor = (element) => {
    const tagged = element.closest('[lang]');
    return words[(tagged ? tagged.lang : '').slice(0, 2).toLowerCase()] || words.en;
  };

  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
    :where(carrel-search) { display: block; position: relative; }
    :where(carrel-search form.usa-search) { display: flex; max-width: var(--carrel-width, 34rem); }
    :where(carrel-search .usa-search .usa-input) { flex: 1; min-width: 0; margin: 0; padding: .5rem .7rem; height: 2.75rem; max-width: none; box-sizing: border-box;
      font: inherit; color: var(--carrel-ink, inherit); background: var(--carrel-paper, Field);
      border: 1px solid var(--carrel-edge, #5c5c5c); border-inline-end: 0; border-radius: 0; appearance: none; }
    :where(carrel-search .usa-search .usa-button) { flex: none; margin: 0; padding: .5rem 1.1rem; height: 2.75rem; font: inherit; font-weight: 700; cursor: pointer;
      border: 0; border-radius: 0; color: var(--carrel-on-action, #fff); background: var(--carrel-action, #005ea2); }
    :where(carrel-search) :where(input, button):focus-visible { outline: .25rem solid var(--carrel-focus, #2491ff); outline-offset: 0; }
    :where(.carrel-anchor) { position: relative; flex: 1; min-width: 0; display: flex; }
    :where(.carrel-list) { position: absolute; inset-inline: 0; top: 100%; z-index: var(--carrel-layer, 10); margin: 0; padding: .25rem 0; list-style: none; max-height: min(24rem, 70vh); overflow-y: auto;
      text-align: start; font-size: 1rem; line-height: 1.35; color: var(--carrel-ink, CanvasText); background: var(--carrel-paper, Canvas);
      border: 1px solid var(--carrel-edge, #5c5c5c); border-top: 0; box-shadow: 0 .5rem 1.2rem rgb(0 0 0 / .18); }
    :where(.carrel-list[hidden]) { display: none; }
    :where(.carrel-list li) { padding: .55rem .8rem; cursor: pointer; display: flex; gap: .75rem; align-items: baseline; }
    :where(.carrel-list li > span:first-child) { flex: 1; min-width: 0; overflow-wrap: anywhere; }
    :where(.carrel-list li:hover) { background: var(--carrel-wash, #f0f4f8); }
    :where(.carrel-list [aria-selected="true"]) { background: var(--carrel-action, #005ea2); color: var(--carrel-on-action, #fff); }
    :where(.carrel-list strong) { font-weight: 700; }
    :where(.carrel-said, carrel-search .usa-sr-only) { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
    @media (forced-colors: active) { :where(.carrel-list [aria-selected="true"]) { forced-color-adjust: none; background: Highlight; color: HighlightText; } }
  `);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];

  /** Something that screen readers say; the region stands in the page before it speaks. */
  const speaker = (parent) => {
    const region = document.createElement('div');
    region.className = 'carrel-said';
    region.setAttribute('role', 'status');
    parent.append(region);
    return (text) => { region.textContent = text; };
  };

  let boxes = 0;

  class CarrelSearch extends HTMLElement {
    connectedCallback() {
      if (this.form) return;
      // The parser may not have read the form yet when the script ran before it.
      if (document.readyState === 'loading') {
        document.addEventListener('DOMContentLoaded', () => this.begin(), { once: true });
      } else {
        this.begin();
      }
    }

    disconnectedCallback() { this.close(); }

    begin() {
      if (this.form || !this.isConnected) return;
      this.words = wordsFor(this);
      this.server = (this.getAttribute('server') || '').replace(/\/+$/, '');
      this.form = this.querySelector('form') || this.makeForm();
      this.input = this.form.querySelector('input[name="q"], input[type="search"]');
      if (!this.input) return;
      this.form.autocomplete = this.input.autocomplete = 'off';
      // Coming back finds no words that were typed before leaving; those of the page itself stay.
      addEventListener('pagehide', () => { this.close(); this.form.reset(); });
      if (this.getAttribute('suggestions') !== 'off') this.offerSuggestions();
    }

    makeForm() {
      const form = document.createElement('form');
      const id = `carrel-box-${++boxes}`;
      form.className = 'usa-search';
      form.setAttribute('role', 'search');
      form.method = this.getAttribute('method') === 'get' ? 'get' : 'post';
      form.action = `${this.server}/search`;
      form.acceptCharset = 'utf-8';
      const label = Object.assign(document.createElement('label'), { className: 'usa-sr-only carrel-said', htmlFor: id });
      label.textContent = this.getAttribute('label') || this.words.label;
      form.setAttribute('aria-label', label.textContent);
      const input = Object.assign(document.createElement('input'), { className: 'usa-input', id, type: 'search', name: 'q', maxLength: 500, dir: 'auto' });
      const button = Object.assign(document.createElement('button'), { className: 'usa-button', type: 'submit' });
      button.textContent = this.words.button;
      form.append(label, input, button);
      const tagged = this.closest('[lang]');
      if (tagged && tagged.lang) {
        form.append(Object.assign(document.createElement('input'), { type: 'hidden', name: 'ui', value: tagged.lang }));
      }
      this.append(form);
      return form;
    }

    offerSuggestions() {
      const { input } = this;
      this.list = document.createElement('ul');
      this.list.className = 'carrel-list usa-combo-box__list';
      this.list.id = `carrel-list-${++boxes}`;
      this.list.hidden = true;
      this.list.setAttribute('role', 'listbox');
      this.list.setAttribute('aria-label', this.getAttribute('suggestions-label') || this.words.list);
      // The list hangs below the field, so the field gets a place of its own.
      const anchor = document.createElement('div');
      anchor.className = 'carrel-anchor';
      const focused = document.activeElement === input;
      input.before(anchor);
      anchor.append(input, this.list);
      if (focused) input.focus();
      this.say = speaker(this);
      const roles = { role: 'combobox', 'aria-autocomplete': 'list', 'aria-expanded': 'false', 'aria-controls': this.list.id };
      for (const [name, value] of Object.entries(roles)) input.setAttribute(name, value);
      this.chosen = -1;
      input.addEventListener('input', (event) => { if (!event.isComposing) this.ask(); });
      input.addEventListener('compositionend', () => this.ask());
      input.addEventListener('keydown', (event) => this.press(event));
      input.addEventListener('blur', () => this.close());
      this.form.addEventListener('submit', () => this.close());
      this.list.addEventListener('mousedown', (event) => event.preventDefault());
      this.list.addEventListener('click', (event) => {
        const option = event.target.closest('[role="option"]');
        if (option) this.take(option);
      });
    }

    ask() {
      clearTimeout(this.timer);
      if (this.asking) this.asking.abort();
      const typed = this.input.value.trim();
      if (typed.length < 2) return this.close();
      this.timer = setTimeout(() => this.fetchSuggestions(typed), 120);
    }

    async fetchSuggestions(typed) {
      this.asking = new AbortController();
      const limit = this.getAttribute('suggestions-limit') || '6';
      try {
        // Posted, so that what is typed stands in no address and no log of addresses.
        const answer = await fetch(`${this.server}/v1/suggest`, {
          method: 'POST', body: new URLSearchParams({ q: typed, limit }), signal: this.asking.signal,
          credentials: 'omit', referrerPolicy: 'no-referrer', cache: 'no-store',
        });
        if (!answer.ok) return this.close();
        const { suggestions } = await answer.json();
        if (document.activeElement === this.input && this.input.value.trim() === typed) this.show(suggestions, typed);
      } catch {
        this.close(); // a search without completions is still a search
      }
    }

    show(suggestions, typed) {
      this.chosen = -1;
      this.list.replaceChildren(...suggestions.map((suggestion, index) => {
        const option = document.createElement('li');
        option.className = 'usa-combo-box__list-option';
        option.id = `${this.list.id}-${index}`;
        option.dataset.text = suggestion.text;
        option.setAttribute('role', 'option');
        option.setAttribute('aria-selected', 'false');
        option.append(this.marked(suggestion.text, typed));
        return option;
      }));
      this.input.removeAttribute('aria-activedescendant');
      this.open(suggestions.length > 0);
      if (suggestions.length > 0) {
        const count = this.getAttribute('suggestions-count') || this.words.count;
        this.say(count.replace('{number}', suggestions.length));
      }
    }

    /** The text with what is added to the typed words in bold. */
    marked(text, typed) {
      const line = document.createElement('span');
      line.dir = 'auto';
      const at = text.toLocaleLowerCase().indexOf(typed.toLocaleLowerCase());
      if (at < 0) {
        line.textContent = text;
      } else {
        const strong = (part) => { const b = document.createElement('strong'); b.textContent = part; return b; };
        const parts = [text.slice(0, at), text.slice(at + typed.length)];
        line.append(...(parts[0] ? [strong(parts[0])] : []), text.slice(at, at + typed.length), ...(parts[1] ? [strong(parts[1])] : []));
      }
      return line;
    }

    press(event) {
      if (event.isComposing || event.ctrlKey || event.metaKey) return;
      const options = [...this.list.children];
      const isOpen = !this.list.hidden;
      if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
        event.preventDefault();
        if (!isOpen) return options.length > 0 ? this.open(true) : this.ask();
        const places = options.length + 1; // the field itself is one of them
        const step = event.key === 'ArrowDown' ? 1 : -1;
        this.choose((this.chosen + 1 + step + places) % places - 1);
      } else if (event.key === 'Escape' && isOpen) {
        event.preventDefault();
        this.close();
      } else if (event.key === 'Enter' && isOpen && this.chosen >= 0) {
        event.preventDefault();
        this.take(options[this.chosen]);
      } else if (event.key === 'Tab') {
        this.close();
      }
    }

    choose(index) {
      this.chosen = index;
      [...this.list.children].forEach((option, at) => {
        option.setAttribute('aria-selected', String(at === index));
        if (at === index) option.scrollIntoView({ block: 'nearest' });
      });
      if (index < 0) this.input.removeAttribute('aria-activedescendant');
      else this.input.setAttribute('aria-activedescendant', `${this.list.id}-${index}`);
    }

    take(option) {
      this.input.value = option.dataset.text;
      this.close();
      this.form.requestSubmit();
    }

    open(yes) {
      this.list.hidden = !yes;
      this.input.setAttribute('aria-expanded', String(yes));
      if (!yes && this.say) this.say('');
    }

    close() {
      clearTimeout(this.timer);
      if (this.asking) this.asking.abort();
      if (!this.list || this.list.hidden) return;
      this.choose(-1);
      this.open(false);
    }
  }

  if (!customElements.get('carrel-search')) customElements.define('carrel-search', CarrelSearch);

  /** Blanks the page at once, then puts the address in its place: Back does not come here again. */
  const leave = (address) => {
    const policy = Object.assign(document.createElement('meta'), { name: 'referrer', content: 'no-referrer' });
    document.head.replaceChildren(policy);
    document.body.replaceChildren();
    document.title = '\u200b';
    location.replace(address);
  };

  const beginExit = () => {
    const links = document.querySelectorAll('a[data-carrel-exit]');
    if (links.length === 0) return;
    const texts = wordsFor(links[0]);
    const say = speaker(document.body);
    // Other tabs of the site leave too, and pages that the browser keeps for Back are dropped when they are called.
    const others = new BroadcastChannel('carrel-exit');
    others.onmessage = () => leave(links[0].href);
    const go = (address) => { others.postMessage('leave'); leave(address); };
    const { twoMore = texts.two, oneMore = texts.one, leaving = texts.leaving } = links[0].dataset;
    document.addEventListener('click', (event) => {
      const link = event.target.closest('a[data-carrel-exit]');
      if (!link) return;
      event.preventDefault();
      go(link.href);
    });

    // Three times within five seconds, and nothing typed between: capital letters are no wish to leave.
    let presses = [];
    let alone = false;
    document.addEventListener('keydown', (event) => {
      if (event.key === 'Shift') {
        if (!event.repeat) alone = true;
      } else {
        alone = false;
        presses = [];
      }
    }, true);
    document.addEventListener('keyup', (event) => {
      if (event.key !== 'Shift' || !alone) return;
      alone = false;
      presses = [...presses.filter((time) => event.timeStamp - time < 5000), event.timeStamp];
      say(['', twoMore, oneMore, leaving][presses.length]);
      if (presses.length >= 3) go(links[0].href);
    }, true);
  };
  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', beginExit, { once: true });
  else beginExit();
})();
