/** Takes the picture elsewhere: its address, and what shows it in another page. */

import { choice } from './choice.js';
import { button } from './parts.js';
import { live } from './reading.js';

const { h, nextTick, ref, watch } = Vue;

const SECONDS_TO_READ = 4;

/** The address of the picture as a part of another page. */
function embedAddress() {
  const url = new URL(location.href);
  if (live) {
    url.searchParams.set('embed', '');
  } else {
    url.pathname = url.pathname.replace(/[^/]*$/, 'embed.html');
  }
  return url.href;
}

const quoted = (text) => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
const attribute = ([name, value]) => ` ${name}="${quoted(value)}"`;

function frame() {
  const attributes = { src: embedAddress(), title: document.title, width: '100%', height: '480' };
  return `<iframe${Object.entries(attributes).map(attribute).join('')}></iframe>`;
}

const WAYS = [
  { key: 'link', name: 'Copy link', text: () => location.href },
  { key: 'embed', name: 'Copy code to embed', text: frame },
];

/** Buttons that copy; where the browser does not let them, a field with the text. */
export const Sharing = {
  setup() {
    const copied = ref('');
    const shown = ref('');

    let next;

    function forget() {
      clearTimeout(next);
      copied.value = '';
      shown.value = '';
    }

    async function copy({ key, text }) {
      forget();
      // What is said twice is heard twice only if there was nothing between.
      await nextTick();
      try {
        await navigator.clipboard.writeText(text());
        copied.value = key;
        next = setTimeout(forget, SECONDS_TO_READ * 1000);
      } catch {
        shown.value = text();
      }
    }

    watch(choice, forget);

    return () =>
      h('div', { class: 'sharing' }, [
        WAYS.map((way) =>
          button({ key: way.key, id: `copy-${way.key}`, onClick: () => copy(way) },
            copied.value === way.key ? 'Copied' : way.name),
        ),
        h('span', { class: 'unseen', role: 'status' }, copied.value && 'Copied.'),
        shown.value &&
          h('input', {
            id: 'to-copy',
            readonly: true,
            'aria-label': 'To be copied',
            value: shown.value,
            onFocus: ({ target }) => target.select(),
          }),
      ]);
  },
};
