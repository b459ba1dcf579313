/** What the reader chooses the picture with. */

import { choice, choose } from './choice.js';
import { against, known, lookBack, olderVersions } from './known.js';
import { button } from './parts.js';
import { said, versionSelect } from './past.js';
import * as picture from './picture.js';
import * as words from './words.js';

const { h, reactive, watch } = Vue;

/** One of a few. */
const oneOf = (name, legend, options, chosen, onChoose) =>
  options.length > 1 &&
  h('fieldset', { key: name, class: 'segments' }, [
    h('legend', legend),
    options.map(({ key, name: says }) =>
      h('label', { key }, [
        h('input', {
          type: 'radio',
          name,
          id: `${name}-${key}`,
          checked: chosen === key,
          onChange: () => onChoose(key),
        }),
        h('span', says),
      ]),
    ),
  ]);

/** The choices that most readers need, above the chart. */
export const mainControls = () =>
  h('div', { class: 'controls' }, [
    oneOf(
      'measure',
      'Figures',
      picture.measures.value.map((key) => ({ key, name: words.measure(key, picture.interval.value) })),
      picture.measure.value,
      (measure) => choose({ measure }),
    ),
    ranges(),
  ]);

function ranges() {
  return h('fieldset', { class: 'segments' }, [
    h('legend', 'Range'),
    picture.ranges.value.map(({ key, name }) =>
      button(
        {
          key,
          'data-range': key || 'all',
          'aria-pressed': String(picture.range.value.range === key),
          onClick: () => choose({ range: key, from: '', to: '' }),
        },
        name,
      ),
    ),
  ]);
}

/** The others, below it. */
export const moreControls = () =>
  h('div', { class: 'controls more' }, [
    metrics(),
    known.figures.metrics && perPopulation(),
    oneOf(
      'interval',
      'By',
      picture.intervals.value.map((key) => ({ key, name: key[0].toUpperCase() + key.slice(1) })),
      picture.interval.value,
      (interval) => choose({ interval: interval === picture.intervals.value[0] ? '' : interval }),
    ),
    !picture.isStacked.value &&
      oneOf(
        'scale',
        'Scale',
        [{ key: 'linear', name: 'Linear' }, { key: 'log', name: 'Log' }],
        picture.isLogarithmic.value ? 'log' : 'linear',
        (scale) => choose({ scale: scale === 'log' ? scale : '' }),
      ),
    !picture.isCompared.value &&
      oneOf(
        'view',
        'View',
        [{ key: 'panels', name: 'Panels' }, { key: 'stacked', name: 'Stacked' }],
        picture.isStacked.value ? 'stacked' : 'panels',
        (view) => choose({ view: view === 'stacked' ? view : '' }),
      ),
    dates(),
  ]);

function metrics() {
  const shown = picture.shownMetrics.value;
  const all = picture.metrics.value;
  const toggle = (key) => {
    const metric = all.map((each) => each.key).filter((each) => (each === key) !== shown.some((is) => is.key === each));
    choose({ metric: metric.length === all.length ? [] : metric.length === 0 ? ['none'] : metric });
  };
  return h('fieldset', { class: 'metrics' }, [
    h('legend', 'Metrics'),
    all.map(({ key, name }) =>
      h('label', { key, class: key }, [
        h('input', {
          type: 'checkbox',
          id: `metric-${key}`,
          checked: shown.some((is) => is.key === key),
          onChange: () => toggle(key),
        }),
        name,
      ]),
    ),
  ]);
}

function perPopulation() {
  return h('fieldset', { class: 'metrics' }, [
    h('legend', 'Population'),
    h('label', [
      h('input', {
        type: 'checkbox',
        id: 'per-100k',
        checked: picture.perPopulation.value,
        onChange: ({ target }) => choose({ per: target.checked ? '100k' : '' }),
      }),
      'Per 100,000',
    ]),
  ]);
}

// --- Dates

// Half typed dates are not a choice yet.
const typed = reactive({ from: '', to: '', wrong: '' });

function showTyped() {
  const { from, to } = picture.range.value;
  Object.assign(typed, { from, to, wrong: '' });
}

watch(() => known.figures && picture.range.value, (range) => range && showTyped());

function type(end, value) {
  typed[end] = value;
  const { from, to } = { ...picture.range.value, [end]: value };
  const first = picture.first.value;
  const last = picture.last.value;
  if (value === '') {
    typed.wrong = '';
  } else if (value < first || value > last) {
    typed.wrong = `There are figures from ${words.briefDay(first)} to ${words.briefDay(last)}.`;
  } else if (from > to) {
    typed.wrong = 'The first day is after the last one.';
  } else if (!picture.hasPeriods({ from, to })) {
    typed.wrong = 'There are no figures of these days.';
  } else {
    choose({ from, to, range: '' });
  }
}

function dates() {
  const input = (end, name) =>
    h('label', [
      h('span', name),
      h('input', {
        type: 'date',
        id: end,
        value: typed[end],
        min: picture.first.value,
        max: picture.last.value,
        'aria-invalid': String(typed.wrong !== '' && typed[end] !== picture.range.value[end]),
        'aria-describedby': 'wrong-dates',
        onInput: ({ target }) => type(end, target.value),
        onBlur: showTyped,
      }),
      said(typed[end]),
    ]);
  return h('div', { class: 'dates' }, [
    input('from', 'From'),
    input('to', 'To'),
    h('p', { id: 'wrong-dates', role: 'status' }, typed.wrong),
  ]);
}

// --- Revisions

/** Which days were revised since when. */
export function comparedWith() {
  const { size } = picture.revisions.value;
  return h('div', { class: 'controls compared-with' }, [
    versionSelect({
      id: 'against',
      label: 'Revised since the version of',
      versions: olderVersions.value,
      chosen: against.value.id,
      onChoose: (id) => choose({ against: id === olderVersions.value[0].id ? '' : id }),
    }),
    h('p', { id: 'revised-days', role: 'status' }, [
      known.troubleWithEarlier
        ? [
            `That version cannot be read. ${known.troubleWithEarlier.message} `,
            button({ id: 'read-earlier-again', class: 'quiet', onClick: lookBack }, 'Try again'),
          ]
        : !known.earlier
          ? 'Reading that version …'
          : size === 0
            ? 'None of these days was revised.'
            : [
                h('span', { class: 'mark', 'aria-hidden': 'true' }, '▼'),
                ` ${words.number(size)} of these days ${size === 1 ? 'was' : 'were'} revised; the table has the figures before.`,
              ],
    ]),
  ]);
}
