/** Chooses places by name or code, with the pointer, the keyboard or a finger. */

import { MOST_PLACES } from './known.js';
import * as words from './words.js';

const { computed, h, nextTick, ref } = Vue;

const MOST_SHOWN = 8;

/** Without case and accents. */
const plain = (text) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** How well a place fits a text: 0 is best; undefined if it does not. */
function rank({ code, name, iso3 = '' }, text) {
  const all = plain(`${code} ${name} ${iso3}`);
  if (!text.split(/[\s,]+/).every((word) => all.includes(word))) {
    return undefined;
  }
  const is = (test) => [code, name].some((each) => test(plain(each)));
  return is((each) => each === text) ? 0 : is((each) => each.startsWith(text)) ? 1 : 2;
}

/** The places that fit a text best. */
function matching(places, text) {
  return places
    .map((place) => ({ place, rank: rank(place, text) }))
    .filter((found) => found.rank !== undefined)
    .sort((a, b) => a.rank - b.rank || a.place.name.localeCompare(b.place.name))
    .slice(0, MOST_SHOWN)
    .map(({ place }) => place);
}

/**
 * @prop places all of them
 * @prop chosen codes of those that are chosen, at least one
 * @emits change with the new codes
 */
export const Chooser = {
  props: ['places', 'chosen'],
  emits: ['change'],
  setup(props, { emit }) {
    const input = ref(null);
    const text = ref('');
    const open = ref(false);
    const at = ref(0);
    const byCode = computed(() => new Map(props.places.map((place) => [place.code, place])));
    const others = computed(() => props.places.filter(({ code }) => !props.chosen.includes(code)));
    const found = computed(() => matching(others.value, plain(text.value.trim())));
    const isFull = () => props.chosen.length >= MOST_PLACES;

    function search(value) {
      text.value = value;
      open.value = true;
      at.value = 0;
    }

    function close() {
      open.value = false;
      text.value = '';
      at.value = 0;
    }

    function add(place) {
      if (place && !isFull()) {
        emit('change', [...props.chosen, place.code]);
      }
      close();
    }

    /** The focus goes to the field, since the pressed button is gone. */
    async function remove(code) {
      emit('change', props.chosen.filter((each) => each !== code));
      await nextTick();
      input.value?.focus();
      close();
    }

    function onKeydown(event) {
      const last = found.value.length - 1;
      const act = {
        ArrowDown: () => (open.value ? (at.value = Math.min(last, at.value + 1)) : search(text.value)),
        ArrowUp: () => (at.value = Math.max(0, at.value - 1)),
        Enter: () => open.value && add(found.value[at.value]),
        Escape: close,
      }[event.key];
      if (act && !event.isComposing) {
        event.preventDefault();
        act();
      }
    }

    const chip = (code, i) =>
      h('li', { key: code, 'data-place': code, class: `line-${i + 1}` }, [
        byCode.value.get(code)?.name ?? code,
        props.chosen.length > 1 &&
          h(
            'button',
            {
              type: 'button',
              class: 'remove',
              'aria-label': `Remove ${byCode.value.get(code)?.name ?? code}`,
              onClick: () => remove(code),
            },
            '×',
          ),
      ]);

    const option = (place, i) =>
      h(
        'li',
        {
          key: place.code,
          id: `place-option-${i}`,
          role: 'option',
          'data-code': place.code,
          'aria-selected': String(i === at.value),
          // Otherwise the field would lose the focus, and the list would close.
          onMousedown: (event) => event.preventDefault(),
          onClick: () => add(place),
        },
        [place.name, place.name !== place.code && h('span', { class: 'aside' }, place.code)],
      );

    return () => {
      const isOpen = open.value && !isFull();
      return h('div', { class: 'chooser' }, [
        h('ul', { id: 'chosen-places', 'aria-label': 'Chosen places' }, props.chosen.map(chip)),
        h('div', { class: 'search' }, [
          h('label', { for: 'place-search' }, 'Compare with'),
          h('input', {
            ref: input,
            id: 'place-search',
            type: 'text',
            role: 'combobox',
            autocomplete: 'off',
            autocapitalize: 'off',
            spellcheck: false,
            placeholder: 'Name or code of a place',
            value: text.value,
            disabled: isFull(),
            'aria-autocomplete': 'list',
            'aria-expanded': String(isOpen),
            'aria-controls': 'place-options',
            'aria-activedescendant':
              isOpen && found.value.length > 0 ? `place-option-${at.value}` : undefined,
            'aria-describedby': 'place-hint',
            onInput: ({ target }) => search(target.value),
            onClick: () => (open.value = true),
            onBlur: close,
            onKeydown,
          }),
          h(
            'ul',
            { id: 'place-options', role: 'listbox', 'aria-label': 'Places', hidden: !isOpen },
            isOpen && found.value.map(option),
          ),
          h(
            'p',
            { id: 'place-hint', role: 'status', class: !isFull() && !text.value && 'idle' },
            isFull()
              ? `${MOST_PLACES} places are the most to compare.`
              : isOpen && text.value && found.value.length === 0
                ? 'No other place has this name or code.'
                : `${words.number(props.places.length)} places to choose from.`,
          ),
        ]),
      ]);
    };
  },
};
