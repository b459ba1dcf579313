/** The page: what it knows, what the reader chose, and how it looks. */

import { METRICS, MODES, RANGES, daysOf, modesOfPlaces, stack, unit, useMetrics } from './figures.js';
import { comparisonTable, daysTable, runsTable, sources, totals } from './parts.js';
import { asItWas, noVersion, versionSelect } from './past.js';
import { Plot } from './plot.js';
import { live, ofPlaces } from './reading.js';
import { Revisions } from './revisions.js';
import {
  read,
  readDaysOf,
  readOnePlace,
  readPlace,
  readPlaceOf,
  readPlaces,
  readVersions,
} from './source.js';
import { keepPast, past, revised, takePast, versionOf } from './versions.js';
import * as words from './words.js';

const { computed, createApp, h, nextTick, reactive, shallowReactive, watch } = Vue;

// A page of one place has no more files than it needs.
const { choice, comparisonOf, keepChoice, periodsOf, shownPlaces, takeChoice, totalsOf } = ofPlaces
  ? await import('./choice.js')
  : { choice: { perPopulation: false } };
const { Chooser, MOST_PLACES } = ofPlaces ? await import('./chooser.js') : {};

const SECONDS_TO_NEWS = 300;
const SECONDS_TO_RECOVERY = 60;

// --- What is known

const known = shallowReactive({
  totals: null,
  periods: null,
  list: null,
  shownPlaces: [],
  compared: null,
  runs: null,
  readAt: null,
  noSetYet: false,
  outOfDate: false,
  trouble: null,
  troubleWithRuns: null,
  looking: false,
  versions: [],
  troubleWithVersions: null,
  asOf: '',
  noVersion: null,
  earlier: null,
  troubleWithEarlier: null,
});

let nextLook;
let looks = 0;

async function look() {
  const { asOf } = past;
  looks += 1;
  const mine = looks;
  known.looking = true;
  const [figures, runs, versions] = await Promise.allSettled([
    ofPlaces ? lookAtPlaces(asOf) : lookAtOnePlace(asOf),
    read('runs'),
    readVersions(),
  ]);
  if (mine !== looks) {
    // The reader has chosen another version meanwhile.
    return;
  }
  const { reason } = figures;
  known.noSetYet = Boolean(reason?.noSetYet);
  known.noVersion = asOf !== '' && reason?.noVersion ? reason : null;
  known.trouble = reason && !reason.noSetYet && !known.noVersion ? reason : null;
  known.versions = versions.value ?? known.versions;
  known.troubleWithVersions = versions.reason?.message ?? null;
  if (!reason) {
    figures.value();
    known.asOf = asOf;
    known.readAt = Date.now();
  } else if (reason.noSetYet || known.noVersion) {
    known.totals = null;
    known.periods = null;
    known.list = null;
  }
  lookBack();
  known.runs = runs.value?.body.runs ?? (runs.reason.noSetYet ? [] : known.runs);
  known.troubleWithRuns = runs.reason && !runs.reason.noSetYet ? runs.reason.message : null;
  known.looking = false;
  const failure = reason ?? runs.reason;
  const wait = failure || known.outOfDate ? SECONDS_TO_RECOVERY : SECONDS_TO_NEWS;
  lookIn(failure?.retryAfter ?? wait);
}

/** Reads the figures of the only place; returns what shows them. */
async function lookAtOnePlace(asOf) {
  const { totals: figures, periods, outOfDate } = await readOnePlace(asOf);
  return () => Object.assign(known, { totals: figures, periods, outOfDate });
}

let series = new Map();

/** Reads the list of places and the series of those that are chosen; returns what shows them. */
async function lookAtPlaces(asOf) {
  const list = await readPlaces(asOf);
  if (!known.list) {
    useMetrics(list.body.metrics);
    chosen.metrics = Object.fromEntries(list.body.metrics.map((key) => [key, true]));
    takePlaces(list.body);
  }
  if (chosenPlaces(list.body).length === 0) {
    throw noFiguresOf(choice.places.map(placeName));
  }
  const found = await readSeries(list.body, asOf);
  return () => {
    series = found.series;
    known.list = list.body;
    known.outOfDate = list.outOfDate || found.outOfDate;
    showPlaces();
  };
}

/** An earlier version may lack a place. */
const noFiguresOf = (names) => ({
  noVersion: true,
  title: 'No figures of this choice',
  detail: `That version has no figures of ${words.list(names)}.`,
});

function takePlaces(list) {
  const measure = takeChoice(list, MOST_PLACES);
  chosen.mode = MEASURES.find(([, each]) => each === measure)?.[0] ?? 'cumulative';
}

async function readSeries(list, asOf) {
  const answers = await Promise.all(
    chosenPlaces(list).map(async (place) => {
      const { periods, outOfDate } = await readPlace(place, asOf);
      return { outOfDate, series: [place.code, periods] };
    }),
  );
  return {
    outOfDate: answers.some(({ outOfDate }) => outOfDate),
    series: new Map(answers.map((answer) => answer.series)),
  };
}

const chosenPlaces = (list) =>
  choice.places.map((code) => list.places.find((place) => place.code === code)).filter(Boolean);

/** Shows the chosen places: one as the only place is, several in comparison. */
function showPlaces() {
  const places = shownPlaces(known.list, series);
  if (places.length > 0) {
    known.shownPlaces = places;
    known.compared = places.length === 1 ? null : { places, ...comparisonOf(places, METRICS) };
    known.totals = totalsOf(places[0], known.list);
    known.periods = known.compared?.periods ?? places[0].periods;
  }
  keepChoice(MEASURES.find(([mode]) => mode === chosen.mode)[1], known.list);
}

/** Another choice is shown once its series are there. */
async function choose(change) {
  Object.assign(choice, change);
  try {
    ({ series } = await readSeries(known.list, known.asOf));
    known.trouble = null;
  } catch (reason) {
    known.trouble = reason;
  }
  showPlaces();
  lookBack();
}

// --- The past

/** The version whose figures are shown. */
const shownVersion = computed(
  () => known.totals && versionOf(known.versions, known.asOf, known.totals.updatedAt),
);
const olderVersions = computed(() =>
  known.versions.slice(known.versions.indexOf(shownVersion.value) + 1),
);
/** The version to compare with: the chosen one, or the one before that which is shown. */
const against = computed(
  () =>
    shownVersion.value &&
    (olderVersions.value.find(({ id }) => id === past.against) ?? olderVersions.value[0]),
);

/** Reads what the version to compare with had. */
async function lookBack() {
  const version = against.value;
  const name = version && [version.id, ...(choice.places ?? [])].join();
  known.troubleWithEarlier = null;
  if (name === known.earlier?.name) {
    return;
  }
  known.earlier = null;
  try {
    const days = version && (ofPlaces ? await daysOfPlaces(version.id) : await readDaysOf(version.id));
    if (version?.id === against.value?.id) {
      known.earlier = version ? { name, id: version.id, days } : null;
    }
  } catch (reason) {
    known.troubleWithEarlier = reason;
  }
}

const daysOfPlaces = async (version) =>
  new Map(
    await Promise.all(
      chosenPlaces(known.list).map(async (place) => [place.code, await readPlaceOf(place, version)]),
    ),
  );

/** The periods of the version to compare with, in the form of those that are shown. */
const earlierPeriods = computed(() => {
  if (!against.value || known.earlier?.id !== against.value.id) {
    return [];
  }
  if (!ofPlaces) {
    return known.earlier.days;
  }
  const places = known.shownPlaces.map((place) => ({
    ...place,
    periods: periodsOf(place, known.earlier.days.get(place.code) ?? []),
  }));
  return known.compared ? comparisonOf(places, METRICS).periods : places[0].periods;
});
const revisions = computed(() =>
  revised(shown.value, earlierPeriods.value, allLayers.value, chosen.mode),
);

/** Shows another version. */
async function goBack(change) {
  keepPast(change);
  await (change.asOf === undefined ? lookBack() : lookNow());
}

takePast();
addEventListener('popstate', () => {
  takePast();
  if (known.list) {
    takePlaces(known.list);
  }
  look();
});

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

/** What the parameter measure calls the modes. */
const MEASURES = [
  ['cumulative', 'total'],
  ['change', 'change'],
  ['average', 'average'],
];

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
const layers = computed(
  () => known.compared?.lines ?? stack(known.totals).filter(({ key }) => chosen.metrics[key]),
);
const allLayers = computed(() => known.compared?.lines ?? METRICS);
const allModes = computed(() => (known.list ? modesOfPlaces(known.list.interval) : MODES));
const shownUnit = computed(() => ({
  ...unit({
    mode: chosen.mode,
    interval: known.list?.interval,
    stacked: !known.compared,
    perPopulation: choice.perPopulation,
  }),
  whole: !choice.perPopulation && chosen.mode !== 'average',
  of: known.compared ? `${nameOf(choice.metric)} of ` : '',
}));
const nameOf = (metric) => METRICS.find(({ key }) => key === metric).name;
const heading = computed(() => {
  const names = known.compared?.places.map(({ name }) => name) ?? [known.totals.country];
  return `COVID-19 · ${words.list(names)}`;
});

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
    h('h1', { tabindex: -1 }, figures ? heading.value : 'COVID-19'),
    figures?.synthetic &&
      h('p', { id: 'synthetic', class: 'note' }, [
        h('strong', 'Synthetic:'),
        ' these figures are invented.',
      ]),
    figures &&
      h('p', { class: 'updated' }, [
        known.asOf ? 'Version of ' : 'Updated ',
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
    known.totals &&
      known.troubleWithVersions &&
      !known.trouble &&
      h('p', { id: 'trouble-with-versions', class: 'note' }, [
        `The versions of the figures cannot be listed. ${known.troubleWithVersions}`,
      ]),
  ]);
}

const placeName = (code) => known.list?.places.find((place) => place.code === code)?.name ?? code;

function nothingToShow() {
  if (known.noVersion) {
    return noVersion({
      versions: known.versions,
      asOf: past.asOf,
      title: known.noVersion.title,
      detail: known.noVersion.detail,
      onGo: goBack,
    });
  }
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
    h('div', { class: 'controls' }, [modes(), metrics(), known.list && perPopulation()]),
    h('div', { class: 'controls' }, [rangeButtons(), dates()]),
    against.value && comparedWith(),
    h(Plot, {
      revisions: revisions.value,
      marked: Boolean(against.value),
      periods: shown.value,
      metrics: layers.value,
      all: allLayers.value,
      mode: chosen.mode,
      lines: Boolean(known.compared),
      unit: shownUnit.value,
    }),
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
        known.list && live && h('li', h('a', { id: 'places-csv-link', href: files('days') }, 'These as CSV')),
        hasFiles() &&
          h('li', h('a', { id: 'csv-link', href: files('CovidData.csv') }, known.list ? 'All as CSV' : 'CSV')),
        hasCharts() && h('li', h('a', { id: 'png-link', href: files('chart.png') }, 'Chart as PNG')),
        hasCharts() && h('li', h('a', { id: 'svg-link', href: files('chart.svg') }, 'Chart as SVG')),
        live && h('li', h('a', { id: 'api-link', href: 'openapi.json' }, 'API')),
      ]),
    ]),
    h('div', { id: 'table-place' }, [
      chosen.table &&
        daysTable(
          shown.value,
          allModes.value.find(({ key }) => key === chosen.mode),
          allLayers.value,
          revisions.value,
        ),
    ]),
  ]);
}

/** Which days were revised since when. */
function comparedWith() {
  const { size } = revisions.value;
  return h('div', { class: 'controls compared-with' }, [
    versionSelect({
      id: 'against',
      label: 'Revised since the version of',
      versions: olderVersions.value,
      chosen: against.value.id,
      onChoose: (id) => goBack({ against: id === olderVersions.value[0].id ? '' : id }),
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

/** Files of earlier versions are made by the server. */
const hasFiles = () => live || !known.asOf;

/** Charts of places are drawn by the server. */
const hasCharts = () => hasFiles() && (live || !known.list);

/** The address of a file with what is shown. */
function files(name) {
  const query = new URLSearchParams();
  if (known.asOf) {
    query.set('asOf', known.asOf);
  }
  if (!known.list || name === 'CovidData.csv') {
    return known.asOf ? `${name}?${query}` : name;
  }
  known.shownPlaces.forEach(({ code }) => query.append('place', code));
  if (choice.perPopulation) {
    query.set('per', '100k');
  }
  if (chosen.mode !== 'cumulative') {
    query.set('measure', chosen.mode);
  }
  if (name === 'days') {
    query.set('format', 'csv');
  } else if (known.compared && choice.metric !== known.list.metrics[0]) {
    query.set('metric', choice.metric);
  }
  return `${name}?${query}`;
}

function perPopulation() {
  return h('fieldset', { class: 'metrics' }, [
    h('legend', 'Compared to the population'),
    h('label', [
      h('input', {
        type: 'checkbox',
        id: 'per-100k',
        checked: choice.perPopulation,
        onChange: ({ target }) => choose({ perPopulation: target.checked }),
      }),
      'Per 100,000 persons',
    ]),
  ]);
}

function choosing() {
  return h('section', { id: 'places', 'aria-labelledby': 'places-title' }, [
    h('h2', { id: 'places-title', class: 'unseen' }, 'Places'),
    h(Chooser, {
      places: known.list.places,
      chosen: choice.places,
      onChange: (places) => choose({ places }),
    }),
    choice.unknown.length > 0 &&
      h('p', { id: 'unknown-places', class: 'note' }, [
        `There are no figures of ${words.list(choice.unknown)} here.`,
      ]),
    choice.unscaled.length > 0 &&
      h('p', { id: 'no-population', class: 'note' }, [
        `The population of ${words.list(choice.unscaled)} is not known: no figures per 100,000.`,
      ]),
  ]);
}

function modes() {
  return h('fieldset', { class: 'segments' }, [
    h('legend', 'Figures'),
    allModes.value.map(({ key, name }) =>
      h('label', { key }, [
        h('input', {
          type: 'radio',
          name: 'mode',
          id: `mode-${key}`,
          checked: chosen.mode === key,
          onChange: () => {
            chosen.mode = key;
            known.list && showPlaces();
          },
        }),
        h('span', name),
      ]),
    ),
  ]);
}

function metrics() {
  if (known.compared) {
    return comparedMetric();
  }
  return h('fieldset', { key: 'stacked', class: 'metrics' }, [
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

/** Lines are of one metric. */
function comparedMetric() {
  return h('fieldset', { key: 'compared', class: 'segments' }, [
    h('legend', 'Metric'),
    METRICS.map(({ key, name }) =>
      h('label', { key }, [
        h('input', {
          type: 'radio',
          name: 'metric',
          id: `compared-${key}`,
          checked: choice.metric === key,
          onChange: () => choose({ metric: key }),
        }),
        h('span', name),
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
      known.list && choosing(),
      known.versions.length > 0 &&
        asItWas({
          versions: known.versions,
          shown: shownVersion.value,
          asOf: known.totals ? known.asOf : past.asOf,
          updatedAt: known.totals?.updatedAt,
          looking: known.looking,
          onGo: goBack,
        }),
      known.totals
        ? [
            known.compared
              ? comparisonTable(
                  known.compared.places,
                  known.compared.places.map((place) => totalsOf(place, known.list)),
                  choice.perPopulation,
                )
              : totals(known.totals, known.periods[known.periods.length - 1], known.list?.interval),
            overTime(),
            known.versions.length > 1 &&
              h(Revisions, { versions: known.versions, nameOf: placeName }),
            sources(known.totals, known.asOf ? [] : (known.runs ?? []), known.list?.credit),
          ]
        : nothingToShow(),
      (known.runs || (known.troubleWithRuns && !known.trouble)) && runs(),
    ]),
    h('footer', [
      known.totals?.synthetic
        ? h('p', 'The figures on this page are synthetic: they are invented and have no source.')
        : known.list
          ? [h('p', `${known.list.credit}.`), h('p', known.list.placesCredit)]
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
    const title = figures ? heading.value : 'COVID-19';
    document.title = figures?.synthetic ? `Synthetic · ${title}` : title;
  },
);
createApp(Page).mount('#app');
look();
