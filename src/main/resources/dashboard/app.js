/** The page: what it knows, what the reader chose, and how it looks. */

import { METRICS, MODES, RANGES, daysOf, stack } from './figures.js';
import { daysTable, runsTable, sources, totals } from './parts.js';
import { Plot } from './plot.js';
import { live, read } from './source.js';
import * as words from './words.js';

const { computed, createApp, h, nextTick, reactive, shallowReactive, watch } = Vue;

const SECONDS_TO_NEWS = 300;
const SECONDS_TO_RECOVERY = 60;

// --- What is known

const known = shallowReactive({
  totals: null,
  periods: null,
  runs: null,
  readAt: null,
  noSetYet: false,
  outOfDate: false,
  trouble: null,
  troubleWithRuns: null,
  looking: false,
});

let nextLook;

async function look() {
  if (known.looking) {
    return;
  }
  known.looking = true;
  const [figures, days, runs] = await Promise.allSettled(['totals', 'days', 'runs'].map(read));
  const reason = figures.reason ?? days.reason;
  known.noSetYet = Boolean(reason?.noSetYet);
  known.trouble = reason && !reason.noSetYet ? reason : null;
  if (!reason) {
    known.totals = figures.value.body;
    known.periods = days.value.body.periods;
    known.outOfDate = figures.value.outOfDate || days.value.outOfDate;
    known.readAt = Date.now();
  } else if (reason.noSetYet) {
    known.totals = null;
    known.periods = null;
  }
  known.runs = runs.value?.body.runs ?? (runs.reason.noSetYet ? [] : known.runs);
  known.troubleWithRuns = runs.reason && !runs.reason.noSetYet ? runs.reason.message : null;
  known.looking = false;
  const failure = reason ?? runs.reason;
  const wait = failure || known.outOfDate ? SECONDS_TO_RECOVERY : SECONDS_TO_NEWS;
  lookIn(failure?.retryAfter ?? wait);
}

function lookIn(seconds) {
  clearTimeout(nextLook);
  nextLook = setTimeout(() => {
    if (document.hidden) {
      // A hidden page does not poll.
      document.addEventListener('visibilitychange', look, { once: true });
    } else {
      look();
    }
  }, seconds * 1000);
}

/** Keeps the keyboard focus when the pressed button has been removed meanwhile. */
async function lookNow() {
  await look();
  await nextTick();
  if (document.activeElement === document.body) {
    document.querySelector('h1').focus();
  }
}

// --- What the reader chose

const chosen = reactive({
  range: 'all',
  from: '',
  to: '',
  mode: 'cumulative',
  metrics: { cases: true, deaths: true, recovered: true },
  table: false,
});
// Half typed dates are not a choice yet.
const typed = reactive({ from: '', to: '', wrong: '' });

const inside = ({ from, to }) => known.periods.filter(({ date }) => from <= date && date <= to);
const ranges = computed(() =>
  RANGES.filter((range) => !range.months || daysOf(range, known.periods).from > first()),
);
const days = computed(() => {
  const range = ranges.value.find(({ key }) => key === chosen.range);
  return range ? daysOf(range, known.periods) : { from: chosen.from, to: chosen.to };
});
const shown = computed(() => inside(days.value));
const layers = computed(() => stack(known.totals).filter(({ key }) => chosen.metrics[key]));

const first = () => known.periods[0].date;
const last = () => known.periods[known.periods.length - 1].date;

function showTyped() {
  Object.assign(typed, days.value, { wrong: '' });
}

watch(() => known.periods && days.value, () => known.periods && showTyped());

function type(end, value) {
  typed[end] = value;
  const { from, to } = { ...days.value, [end]: value };
  if (value === '') {
    typed.wrong = '';
  } else if (value < first() || value > last()) {
    typed.wrong = `There are figures from ${words.briefDay(first())} to ${words.briefDay(last())}.`;
  } else if (from > to) {
    typed.wrong = 'The first day is after the last one.';
  } else if (inside({ from, to }).length === 0) {
    typed.wrong = 'There are no figures of these days.';
  } else {
    Object.assign(chosen, { range: null, from, to });
  }
}

// --- How it looks

const button = (attributes, name) => h('button', { type: 'button', ...attributes }, name);
const lookButton = (attributes, name) =>
  button({ ...attributes, onClick: lookNow }, known.looking ? 'Looking …' : name);

function masthead() {
  const { totals: figures } = known;
  return h('header', [
    h('h1', { tabindex: -1 }, figures ? `COVID-19 · ${figures.country}` : 'COVID-19'),
    figures?.synthetic &&
      h('p', { id: 'synthetic', class: 'note' }, [
        h('strong', 'Synthetic:'),
        ' these figures are invented.',
      ]),
    figures &&
      h('p', { class: 'updated' }, [
        'Updated ',
        h('time', { id: 'updated', datetime: figures.updatedAt }, words.moment(figures.updatedAt)),
        ' ',
        lookButton({ id: 'refresh', class: 'quiet' }, 'Refresh'),
      ]),
  ]);
}

/** What is wrong while there are figures to show. */
function notes() {
  return h('div', { id: 'notes', role: 'status' }, [
    known.totals &&
      known.trouble &&
      h('p', { id: 'trouble', class: 'note' }, [
        `${known.trouble.message} These are the figures as they were read at `,
        `${words.timeOfDay(known.readAt)}. `,
        lookButton({ id: 'try-again' }, 'Try again'),
      ]),
    known.totals &&
      known.outOfDate &&
      !known.trouble &&
      h('p', { id: 'out-of-date', class: 'note' }, [
        'These figures may be out of date: the archive cannot be reached at the moment.',
      ]),
  ]);
}

function nothingToShow() {
  if (known.noSetYet) {
    return h('section', { id: 'no-set-yet', class: 'instead', 'aria-labelledby': 'instead' }, [
      h('h2', { id: 'instead' }, 'No figures yet'),
      h('p', 'No data has been archived so far. The next run that succeeds brings it.'),
      h('p', 'This page looks again by itself; there is nothing to do but wait for that run.'),
      lookButton({ id: 'look-again' }, 'Look now'),
    ]);
  }
  if (known.trouble) {
    return h('section', { id: 'trouble', class: 'instead', role: 'alert' }, [
      h('h2', 'The figures cannot be shown'),
      h('p', known.trouble.message),
      known.trouble.detail && h('p', { class: 'detail' }, known.trouble.detail),
      lookButton({ id: 'try-again' }, 'Try again'),
    ]);
  }
  return h('p', { class: 'instead', role: 'status' }, 'Reading the figures …');
}

function overTime() {
  return h('section', { id: 'over-time', 'aria-labelledby': 'over-time-title' }, [
    h('h2', { id: 'over-time-title' }, 'Over time'),
    h('div', { class: 'controls' }, [modes(), metrics()]),
    h('div', { class: 'controls' }, [rangeButtons(), dates()]),
    h(Plot, { periods: shown.value, metrics: layers.value, mode: chosen.mode }),
    h('div', { class: 'ways-out' }, [
      button(
        {
          id: 'table-toggle',
          'aria-expanded': String(chosen.table),
          'aria-controls': 'table-place',
          onClick: () => (chosen.table = !chosen.table),
        },
        chosen.table ? 'Hide the table' : 'Show as a table',
      ),
      h('ul', { class: 'links', 'aria-label': 'Files' }, [
        h('li', h('a', { id: 'csv-link', href: known.totals.csv }, 'CSV')),
        h('li', h('a', { id: 'png-link', href: 'chart.png' }, 'Chart as PNG')),
        h('li', h('a', { id: 'svg-link', href: 'chart.svg' }, 'Chart as SVG')),
        live && h('li', h('a', { id: 'api-link', href: 'openapi.json' }, 'API')),
      ]),
    ]),
    h('div', { id: 'table-place' }, [
      chosen.table && daysTable(shown.value, chosen.mode),
    ]),
  ]);
}

function modes() {
  return h('fieldset', { class: 'segments' }, [
    h('legend', 'Figures'),
    MODES.map(({ key, name }) =>
      h('label', { key }, [
        h('input', {
          type: 'radio',
          name: 'mode',
          id: `mode-${key}`,
          checked: chosen.mode === key,
          onChange: () => (chosen.mode = key),
        }),
        h('span', name),
      ]),
    ),
  ]);
}

function metrics() {
  return h('fieldset', { class: 'metrics' }, [
    h('legend', 'Metrics'),
    METRICS.map(({ key, name }) =>
      h('label', { key, class: key }, [
        h('input', {
          type: 'checkbox',
          id: `metric-${key}`,
          checked: chosen.metrics[key],
          onChange: ({ target }) => (chosen.metrics[key] = target.checked),
        }),
        name,
      ]),
    ),
  ]);
}

function rangeButtons() {
  return h('fieldset', { class: 'segments' }, [
    h('legend', 'Range'),
    ranges.value.map(({ key, name }) =>
      button(
        {
          key,
          'data-range': key,
          'aria-pressed': String(chosen.range === key),
          onClick: () => (chosen.range = key),
        },
        name,
      ),
    ),
  ]);
}

function dates() {
  const input = (end, name) =>
    h('label', [
      h('span', name),
      h('input', {
        type: 'date',
        id: end,
        value: typed[end],
        min: first(),
        max: last(),
        'aria-invalid': String(typed.wrong !== '' && typed[end] !== days.value[end]),
        'aria-describedby': 'wrong-dates',
        onInput: ({ target }) => type(end, target.value),
        onBlur: showTyped,
      }),
    ]);
  return h('div', { class: 'dates' }, [
    input('from', 'From'),
    input('to', 'To'),
    h('p', { id: 'wrong-dates', role: 'status' }, typed.wrong),
  ]);
}

function runs() {
  return h('section', { id: 'runs', tabindex: -1, 'aria-labelledby': 'runs-title' }, [
    h('h2', { id: 'runs-title' }, 'Last runs'),
    known.troubleWithRuns &&
      !known.trouble &&
      h('p', { class: 'note' }, `The runs cannot be read. ${known.troubleWithRuns}`),
    known.runs?.length > 0 && runsTable(known.runs, live),
    known.runs?.length === 0 && h('p', 'There has been no run yet.'),
  ]);
}

const Page = {
  setup: () => () => [
    known.periods && h('a', { class: 'skip', href: '#runs' }, 'Skip to the last runs'),
    masthead(),
    h('main', [
      notes(),
      known.totals
        ? [
            totals(known.totals, known.periods[known.periods.length - 1]),
            overTime(),
            sources(known.totals, known.runs ?? []),
          ]
        : nothingToShow(),
      (known.runs || (known.troubleWithRuns && !known.trouble)) && runs(),
    ]),
    h('footer', [
      known.totals?.synthetic
        ? h('p', 'The figures on this page are synthetic: they are invented and have no source.')
        : h('p', [
            'Cases and deaths: The New York Times. Recovered: COVID-19 Data Repository by the ',
            'Center for Systems Science and Engineering (CSSE) at Johns Hopkins University, ',
            'CC BY 4.0.',
          ]),
    ]),
  ],
};

watch(
  () => known.totals,
  (figures) => {
    const title = figures ? `COVID-19 · ${figures.country}` : 'COVID-19';
    document.title = figures?.synthetic ? `Synthetic · ${title}` : title;
  },
);
createApp(Page).mount('#app');
look();
