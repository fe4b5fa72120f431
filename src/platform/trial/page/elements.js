/** Text is only ever set as text: what people call themselves is shown, never interpreted. */
export function element(tag, { text, ...properties } = {}, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  if (text !== undefined) made.textContent = text;
  made.append(...children.filter(Boolean));
  return made;
}

export const byId = (id) => document.getElementById(id);

/** A state for every eye and ear: a word, a sign and a colour. */
export function showStatus(place, { tone, sign, word }) {
  place.className = `status ${tone}`;
  place.replaceChildren(element('span', { text: sign, ariaHidden: 'true' }), ` ${word}`);
}

/** For people who do not see the page change. */
export function announce(text) {
  byId('announcements').textContent = text;
}

/** Runs one at a time; asked for again meanwhile, it runs once more, because what it read may be old. */
export function oneAtATime(work) {
  let running = null;
  let again = false;
  const run = async () => {
    do {
      again = false;
      await work();
    } while (again);
  };
  return () => {
    if (running) again = true;
    else running = run().finally(() => (running = null));
    return running;
  };
}
