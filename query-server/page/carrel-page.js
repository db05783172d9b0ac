/* What the results page does more with a script: a filter, an order, a page of the list changes what is shown
   without a new page, the number of results is said, and Back goes to what was shown before. What was searched is
   kept in the memory of this page alone: entries of the history hold a number, addresses hold no words. */
(() => {
  'use strict';

  const results = document.getElementById('results');
  document.documentElement.classList.add('js');
  if (!results || !window.fetch || !history.pushState) return;

  const parts = ['results', 'kept', 'languages', 'again', 'foot'];
  const announce = document.getElementById('announce');
  const shown = new Map(); // number of an entry → { html, scroll }
  const mostKept = 30;
  let entry = 0;
  let asking = null;

  const remember = (number, html) => {
    shown.set(number, { html, scroll: 0 });
    if (shown.size > mostKept) shown.delete(shown.keys().next().value);
  };
  remember(0, document.documentElement.outerHTML);
  history.scrollRestoration = 'manual';
  // Entries of the history that another document made, as before a reload, are not in this memory.
  const self = crypto.getRandomValues(new Uint32Array(2)).join('-');
  const state = (number) => ({ carrel: self, number });
  history.replaceState(state(0), '');

  /** How to find the control that has the focus again on the new page. */
  const focused = () => {
    const at = document.activeElement;
    if (!at || at === document.body || !results.contains(at)) return null;
    if (at.id) return () => document.getElementById(at.id);
    if (!at.name) return null;
    const { name, value, type } = at;
    return () => [...document.getElementsByName(name)].find((other) => other.type === type && (type !== 'checkbox' || other.value === value));
  };

  const put = (html) => {
    const page = new DOMParser().parseFromString(html, 'text/html');
    if (!page.getElementById('results')) return false;
    const find = focused();
    const open = new Map([...results.querySelectorAll('details[id]')].map((part) => [part.id, part.open]));
    for (const id of parts) {
      const now = document.getElementById(id);
      const then = page.getElementById(id);
      if (now && then) now.replaceChildren(...then.childNodes);
    }
    document.getElementById('q').value = page.getElementById('q').getAttribute('value');
    document.getElementById('q').defaultValue = document.getElementById('q').value;
    document.documentElement.lang = page.documentElement.lang;
    for (const [id, was] of open) {
      const part = document.getElementById(id);
      if (part && was) part.open = true;
    }
    prepare();
    const again = find && find();
    if (again) again.focus({ preventScroll: true });
    announce.textContent = '';
    setTimeout(() => { announce.textContent = document.getElementById('heading').textContent; }, 50);
    return true;
  };

  /** Asks for a page and shows it; `otherwise` is what the browser would have done without this script. */
  const ask = async (address, options, otherwise, toTop) => {
    if (asking) asking.abort();
    const own = asking = new AbortController();
    results.setAttribute('aria-busy', 'true');
    const slow = setTimeout(() => { announce.textContent = announce.dataset.loading; }, 1000);
    try {
      const answer = await fetch(address, { ...options, credentials: 'omit', cache: 'no-store', signal: own.signal });
      const html = await answer.text();
      if (own.signal.aborted) return;
      const before = shown.get(entry);
      if (before) before.scroll = scrollY;
      if (!answer.ok || !put(html)) return otherwise();
      remember(++entry, html);
      history.pushState(state(entry), '', options.method === 'POST' ? '/search' : address);
      if (toTop) {
        scrollTo(0, 0);
        document.getElementById('heading').focus({ preventScroll: true });
      }
    } catch (fault) {
      if (fault.name !== 'AbortError') otherwise();
    } finally {
      clearTimeout(slow);
      if (asking === own) results.removeAttribute('aria-busy');
    }
  };

  const send = (form, button, toTop) => {
    const data = new FormData(form);
    if (button && button.name) data.append(button.name, button.value);
    const plainly = () => {
      if (button && button.name) form.append(Object.assign(document.createElement('input'), { type: 'hidden', name: button.name, value: button.value }));
      form.submit();
    };
    return ask('/search', { method: 'POST', body: new URLSearchParams(data) }, plainly, toTop);
  };

  document.addEventListener('submit', (event) => {
    const { target: form, submitter } = event;
    if (form.id !== 'search' && form.id !== 'again') return;
    if (submitter && (submitter.hasAttribute('formaction') || submitter.name === 'ui_chosen')) return;
    event.preventDefault();
    const filters = submitter && submitter.classList.contains('apply');
    send(form, submitter, !filters);
  });

  document.addEventListener('click', (event) => {
    const link = event.target.closest('a[href^="/search?"]');
    if (!link || !results.contains(link) || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    ask(link.getAttribute('href'), { method: 'GET' }, () => { location.href = link.href; }, true);
  });

  // A filter or an order is applied as it is chosen; years when the field is left.
  const search = document.getElementById('search');
  document.addEventListener('change', (event) => {
    const control = event.target;
    if (control.form !== search || control.id === 'q' || !results.contains(control)) return;
    if (control.validity && !control.validity.valid) return control.reportValidity();
    send(search, null, false);
  });

  addEventListener('popstate', (event) => {
    if (!event.state || !event.state.carrel) return;
    if (event.state.carrel !== self) return location.reload();
    const { number } = event.state;
    const leaving = shown.get(entry);
    if (leaving) leaving.scroll = scrollY;
    const before = shown.get(number);
    if (!before || !put(before.html)) return location.reload();
    entry = number;
    scrollTo(0, before.scroll);
  });

  /** On a phone the filters stay folded, on a wide screen nothing folds them. */
  const prepare = () => {
    for (const image of results.querySelectorAll('svg.years rect')) image.addEventListener('click', chooseYear);
  };
  const chooseYear = (event) => {
    const year = event.currentTarget.textContent.trim().slice(0, 4);
    for (const name of ['year_from', 'year_to']) document.getElementsByName(name)[0].value = year;
    send(search, null, false);
  };
  prepare();
})();
