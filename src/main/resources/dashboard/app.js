/** The page, from its parts. */

import { about, aboutLink, isAbout, knownBreaks } from './about.js';
import { firstCharts, hasBegun } from './beginning.js';
import { choice, choose, isEmbedded } from './choice.js';
import { comparedWith, mainControls, moreControls } from './controls.js';
import { downloads } from './downloads.js';
import { dateOf } from './figures.js';
import { heads, panelHead } from './headline.js';
import { MOST_PLACES, against, hasFiles, known, look, lookNow, nameOf, shownVersion } from './known.js';
import { button, comparisonTable, day, daysTable } from './parts.js';
import { asItWas, noVersion, whichFigures } from './past.js';
import * as picture from './picture.js';
import { Plot } from './plot.js';
import { live, ofPlaces } from './reading.js';
import { Report, reportLink } from './report.js';
import { feedsOf, remarks, sources } from './remarks.js';
import { Revisions } from './revisions.js';
import { runsTable } from './runs.js';
import { Sharing } from './sharing.js';
import { chooseTheme, chosenTheme } from './theme.js';
import * as words from './words.js';

const { computed, createApp, h, nextTick, watch } = Vue;

// A page of one place has no more files than it needs.
const { Chooser } = ofPlaces ? await import('./chooser.js') : {};

const lookButton = (attributes, name) =>
  button({ ...attributes, onClick: lookNow }, known.looking ? 'Looking …' : name);

// --- What leads

const heading = () => `COVID-19 · ${words.list(picture.places.value.map(({ name }) => name))}`;

function masthead() {
  const { figures } = known;
  return h('header', [
    h('h1', { tabindex: -1 }, figures ? heading() : 'COVID-19'),
    figures &&
      h('p', { class: 'dates-of-figures' }, [
        h('strong', { id: 'data-up-to' }, ['Data up to ', day(picture.lastDay.value)]),
        h('span', { class: 'updated' }, [
          known.asOf ? 'version of ' : 'updated ',
          h('time', { id: 'updated', datetime: figures.updatedAt }, words.moment(figures.updatedAt)),
          ' ',
          !isEmbedded && lookButton({ id: 'refresh', class: 'quiet' }, 'Refresh'),
        ]),
      ]),
    figures?.synthetic &&
      h('p', { id: 'synthetic', class: 'note' }, [h('strong', 'Synthetic:'), ' these figures are invented.']),
    figures && remarks(ofSources(), !isEmbedded && !isAbout()),
  ]);
}

/** What is said of the sources; the runs tell of the current figures only. */
const ofSources = () => ({
  feeds: known.asOf ? [] : feedsOf(known.runs ?? []),
  latest: picture.isCompared.value ? {} : picture.places.value[0].latest,
  places: known.figures.places,
  credit: known.figures.credit,
  synthetic: known.figures.synthetic,
});

const versionShown = () => ({
  versions: known.versions,
  shown: shownVersion.value ?? undefined,
  asOf: known.figures ? known.asOf : choice.asOf,
  updatedAt: known.figures?.updatedAt,
  looking: known.looking,
});

/** What is wrong while there are figures to show. */
function notes() {
  const { trouble, outOfDate, troubleWithVersions } = known;
  return h('div', { id: 'notes', role: 'status' }, known.figures && [
    trouble &&
      h('p', { id: 'trouble', class: 'note' }, [
        `${trouble.message} These are the figures as they were read at ${words.timeOfDay(known.readAt)}. `,
        lookButton({ id: 'try-again' }, 'Try again'),
      ]),
    outOfDate &&
      !trouble &&
      h('p', { id: 'out-of-date', class: 'note' },
        'These figures may be out of date: the archive cannot be reached at the moment.'),
    troubleWithVersions &&
      !trouble &&
      h('p', { id: 'trouble-with-versions', class: 'note' },
        `The versions of the figures cannot be listed. ${troubleWithVersions}`),
  ]);
}

function nothingToShow() {
  if (known.noVersion) {
    const { title, detail } = known.noVersion;
    return noVersion({ versions: known.versions, asOf: choice.asOf, title, detail });
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

function choosing() {
  const { chosen, leftOut, unknown } = picture.codes.value;
  const unscaled = picture.unscaled.value.map(({ name }) => name);
  return h('section', { id: 'places', 'aria-labelledby': 'places-title' }, [
    h('h2', { id: 'places-title', class: 'unseen' }, 'Places'),
    h(Chooser, { places: known.figures.places, chosen, onChange: (place) => choose({ place }) }),
    unknown.length > 0 &&
      h('p', { id: 'unknown-places', class: 'note' }, `There are no figures of ${words.list(unknown)} here.`),
    leftOut.length > 0 &&
      h('p', { id: 'left-out-places', class: 'note' }, `More than ${MOST_PLACES} places are too many: ${words.list(leftOut.map(nameOf))} ${leftOut.length === 1 ? 'is' : 'are'} left out.`),
    unscaled.length > 0 &&
      h('p', { id: 'no-population', class: 'note' },
        `The population of ${words.list(unscaled)} is not known: no figures per 100,000.`),
  ]);
}

// --- The chart

const hasAverages = computed(
  () => picture.measure.value === 'change' && picture.interval.value === 'day' && !picture.isCompared.value,
);

const drawing = computed(() => ({
  periods: picture.shown.value,
  measure: picture.measure.value,
  interval: picture.interval.value,
  isStacked: picture.isStacked.value,
  isCompared: picture.isCompared.value,
  isLogarithmic: picture.isLogarithmic.value,
  hasAverages: hasAverages.value && !picture.isStacked.value,
  whole: !picture.perPopulation.value && picture.measure.value !== 'average',
  revisions: picture.revisions.value,
  marked: Boolean(against.value),
  turns: turns.value,
}));

/** Known changes of the figures, within the picture. */
const turns = computed(() => [
  ...(picture.isCompared.value ? [] : ends()),
  ...picture.breaks.value.map(({ date, number }) => ({ date, text: String(number) })),
]);

const ends = () =>
  picture.shownMetrics.value
    .map(({ key, name }) => ({ key, name, ...picture.places.value[0].latest[key] }))
    .filter(({ discontinued }) => discontinued)
    .map(({ key, name, asOf }) => ({ of: key, date: asOf, text: `${name} ends` }));

const headOf = (metric) =>
  panelHead({
    metric,
    measure: picture.measure.value,
    interval: picture.interval.value,
    perPopulation: picture.perPopulation.value,
    hasAverages: drawing.value.hasAverages,
    latest: picture.isCompared.value ? undefined : picture.places.value[0].latest[metric.key],
    change: picture.places.value[0].changes[metric.key],
    sourceInterval: known.figures.interval,
  });

const stackHead = () =>
  h('h3', [
    words.list(picture.shownMetrics.value.map(({ name }) => name)),
    ' ',
    h('span', { class: 'unit' }, `stacked, ${words.unit(picture.measure.value, picture.interval.value, picture.perPopulation.value)}`),
  ]);

/** What the chart shows, in words. */
function title() {
  const { shown, shownMetrics, isCompared, isStacked, measure, interval, perPopulation } = picture;
  const from = words.day(shown.value[0].date);
  const to = words.day(shown.value[shown.value.length - 1].date);
  const what = words.list(shownMetrics.value.map((metric) => words.titleOf(metric, measure.value)));
  const of = isCompared.value ? ` of ${words.list(picture.places.value.map(({ name }) => name))}` : '';
  const unit = words.unit(measure.value, interval.value, perPopulation.value);
  return shownMetrics.value.length === 0
    ? 'Empty chart. No metric is chosen.'
    : `Chart of ${what}${of}, ${isStacked.value ? 'stacked, ' : ''}${unit}, ${from} to ${to}.`;
}

function plot() {
  const { range, isStacked, isLogarithmic, measure, interval, shownMetrics, revisions } = picture;
  return h(Plot, {
    panels: picture.panels.value,
    head: ({ metric }) => (metric ? headOf(metric) : stackHead()),
    drawing: drawing.value,
    title: title(),
    first: firstCharts(heading()),
    onZoom: zoom,
    attributes: {
      'data-from': range.value.from,
      'data-to': range.value.to,
      'data-measure': measure.value,
      'data-interval': interval.value,
      'data-view': isStacked.value ? 'stacked' : 'panels',
      'data-scale': isLogarithmic.value ? 'log' : 'linear',
      'data-metrics': shownMetrics.value.map(({ key }) => key).join(' '),
      'data-places': picture.places.value.map(({ code }) => code).join(' | '),
      'data-revised': [...revisions.value.keys()].join(' '),
    },
  });
}

/** Days that were chosen in the chart, as far as there are figures. */
function zoom(days) {
  const first = picture.first.value;
  const last = picture.last.value;
  const [from, to] = [days.from, days.to].map(dateOf);
  const change = { from: from > first ? from : '', to: to < last ? to : '', range: '' };
  if (picture.hasPeriods({ from: change.from || first, to: change.to || last })) {
    choose(change);
  }
}

function overTime() {
  return h('section', { id: 'over-time', 'aria-labelledby': 'over-time-title' }, [
    h('h2', { id: 'over-time-title', class: 'unseen' }, 'Over time'),
    mainControls(),
    picture.isStacked.value && heads(picture.shownMetrics.value, headOf),
    plot(),
    knownBreaks(picture.breaks.value),
    picture.hasSpans.value &&
      h('p', { id: 'spans' },
        'After days without a figure, the next one is of all of them: it is drawn by the day, and told whole.'),
    picture.intervals.value[0] === 'week' &&
      h('p', { id: 'by-week' },
        'The source has figures by week: there are no daily figures, and no averages of seven days.'),
    moreControls(),
    against.value && comparedWith(),
    waysOut(),
    h('div', { id: 'table-place' }, [choice.table && table()]),
  ]);
}

function table() {
  const { measure, interval, isCompared, shown, lines, revisions } = picture;
  const from = words.day(shown.value[0].date);
  const to = words.day(shown.value[shown.value.length - 1].date);
  const metricOf = ({ of }) => picture.metrics.value.find(({ key }) => key === of);
  return daysTable({
    title: `${words.measure(measure.value, interval.value)}, ${from} to ${to}, newest first`,
    periods: shown.value,
    measure: measure.value,
    interval: interval.value,
    lines: lines.value,
    columnOf: (line) =>
      isCompared.value && picture.shownMetrics.value.length > 1 ? `${line.name}, ${metricOf(line).name.toLowerCase()}` : line.name,
    revisions: revisions.value,
  });
}

function waysOut() {
  const link = (id, href, name) => h('li', h('a', { id, href }, name));
  const charts = hasFiles() && (live || !ofPlaces);
  return h('div', { class: 'ways-out' }, [
    button(
      {
        id: 'table-toggle',
        'aria-expanded': String(choice.table !== ''),
        'aria-controls': 'table-place',
        onClick: () => choose({ table: choice.table ? '' : 'days' }),
      },
      choice.table ? 'Hide the table' : 'Show as a table',
    ),
    downloads(whatIsShown()),
    h(Sharing),
    h('ul', { class: 'links', 'aria-label': 'Files' }, [
      ofPlaces && live && link('places-csv-link', files('days'), 'These as CSV'),
      hasFiles() && link('csv-link', files('CovidData.csv'), 'Whole set as CSV'),
      charts && link('png-link', files('chart.png'), ofPlaces ? 'Drawn by the server: PNG' : 'Stacked chart: PNG'),
      charts && link('svg-link', files('chart.svg'), 'SVG'),
      live && link('api-link', 'openapi.json', 'API'),
    ]),
  ]);
}

/** What the page makes files of. */
function whatIsShown() {
  const { places, shown, lines, measure, isCompared, range } = picture;
  const { from, to } = range.value;
  const names = places.value.map(({ code, name }) => (code || name).toLowerCase().replace(/[^a-z0-9]+/g, '-'));
  return {
    shown: {
      places: places.value,
      periods: shown.value,
      lines: lines.value,
      measures: [measure.value, drawing.value.hasAverages && 'average'].filter(Boolean),
      isCompared: isCompared.value,
    },
    words: {
      title: heading(),
      range: `${words.day(from)} to ${words.day(to)}${known.asOf ? `, as of ${words.versionTime(known.figures.updatedAt)}` : ''}`,
      credit: known.figures.synthetic ? SYNTHETIC : (known.figures.credit ?? SOURCES),
    },
    name: ['covid', ...names, from, to].join('-'),
  };
}

/** The address of a file with what is shown. */
function files(name) {
  const query = new URLSearchParams();
  if (known.asOf) {
    query.set('asOf', known.asOf);
  }
  if (!ofPlaces || name === 'CovidData.csv') {
    return known.asOf ? `${name}?${query}` : name;
  }
  picture.places.value.forEach(({ code }) => query.append('place', code));
  if (picture.perPopulation.value) {
    query.set('per', '100k');
  }
  query.set('measure', picture.measure.value);
  const [metric] = picture.shownMetrics.value;
  if (name === 'days') {
    const { from, to } = picture.shownDays.value;
    query.set('from', from);
    query.set('to', to);
    query.set('interval', picture.interval.value);
    query.set('format', 'csv');
  } else if (picture.isCompared.value && metric && metric !== picture.metrics.value[0]) {
    query.set('metric', metric.key);
  }
  return `${name}?${query}`;
}

// --- The rest

function runs() {
  return h('section', { id: 'runs', tabindex: -1, 'aria-labelledby': 'runs-title' }, [
    h('h2', { id: 'runs-title' }, 'Last runs'),
    known.troubleWithRuns &&
      !known.trouble &&
      h('p', { class: 'note' }, `The runs cannot be read. ${known.troubleWithRuns}`),
    known.runs?.length > 0 && runsTable(known.runs, reportLink),
    known.runs?.length === 0 && h('p', 'There has been no run yet.'),
  ]);
}

const SYNTHETIC = 'The figures on this page are synthetic: they are invented and have no source.';
const SOURCES =
  'Cases and deaths: The New York Times. Recovered: COVID-19 Data Repository by the Center for Systems Science ' +
  'and Engineering (CSSE) at Johns Hopkins University, CC BY 4.0.';

const credits = () =>
  known.figures?.synthetic
    ? h('p', SYNTHETIC)
    : known.figures?.credit
      ? [h('p', `${known.figures.credit}.`), h('p', known.figures.placesCredit)]
      : h('p', SOURCES);

const figuresAndMore = () => [
  overTime(),
  picture.isCompared.value && comparisonTable(picture.places.value, known.figures.interval, picture.perPopulation.value),
  known.versions.length > 0 && asItWas(versionShown()),
  known.versions.length > 1 && h(Revisions, { versions: known.versions, nameOf }),
  sources(ofSources()),
];

const isRun = () => choice.run !== '';

/** A run in place of the figures. */
const aRun = () => [
  h('header', h('h1', { tabindex: -1 }, 'COVID-19 · A run')),
  h('main', h(Report)),
];

const THEMES = [['', 'As the system'], ['light', 'Light'], ['dark', 'Dark']];

const themes = () =>
  h('fieldset', { class: 'segments themes' }, [
    h('legend', 'Colours'),
    THEMES.map(([theme, says]) =>
      button(
        {
          key: theme,
          id: `theme-${theme || 'system'}`,
          'aria-pressed': String(chosenTheme.value === theme),
          onClick: () => chooseTheme(theme),
        },
        says,
      ),
    ),
  ]);

const foot = () => h('footer', [credits(), h('p', known.figures && aboutLink()), themes()]);

function whole() {
  if (isRun()) {
    return aRun();
  }
  if (isAbout()) {
    return [masthead(), h('main', [notes(), about()]), foot()];
  }
  return [
    known.figures && h('a', { class: 'skip', href: '#runs' }, 'Skip to the last runs'),
    masthead(),
    h('main', [
      notes(),
      known.figures && choice.asOf !== '' && whichFigures(versionShown()),
      known.figures && ofPlaces && choosing(),
      known.figures ? figuresAndMore() : [known.versions.length > 0 && asItWas(versionShown()), nothingToShow()],
      (known.runs || (known.troubleWithRuns && !known.trouble)) && runs(),
    ]),
    foot(),
  ];
}

/** The colours of places, or of metrics in a stack, where no controls tell them. */
function legend() {
  const { isCompared, isStacked, places, shownMetrics } = picture;
  const item = (key, colour, name) => h('li', { key, class: colour }, name);
  return isCompared.value
    ? h('ul', { class: 'legend' }, places.value.map(({ code, number, name }) => item(code, `line-${number}`, name)))
    : isStacked.value && h('ul', { class: 'legend' }, shownMetrics.value.map(({ key, name }) => item(key, key, name)));
}

/** In a page of others: the picture, and where it is from. */
function embedded() {
  const url = new URL(location.href);
  url.searchParams.delete('embed');
  url.pathname = url.pathname.replace(/embed\.html$/, '');
  return [
    masthead(),
    h('main', { class: 'embedded' }, [notes(), known.figures ? [legend(), plot(), knownBreaks(picture.breaks.value)] : nothingToShow()]),
    h('footer', [credits(), h('p', h('a', { href: url.href, target: '_blank' }, 'The whole page'))]),
  ];
}

function titleOfPage() {
  const { figures } = known;
  const parts = [
    figures?.synthetic && 'Synthetic',
    isRun() ? `COVID-19 · Run ${choice.run}` : figures ? heading() : 'COVID-19',
    isAbout() && 'About the data',
  ];
  return parts.filter(Boolean).join(' · ');
}

/** Another page begins at its top, for the eye and for the keyboard. */
watch(
  () => [choice.run, choice.page].join(),
  async () => {
    await nextTick();
    document.querySelector('h1').focus({ preventScroll: true });
    scrollTo(0, 0);
  },
);

/** The picture that the server wrote stands until there is something to put in its place. */
async function begin() {
  const place = document.getElementById('app');
  const looked = look();
  if (hasBegun) {
    await looked;
  }
  place.classList.remove('first');
  createApp({ setup: () => (isEmbedded ? embedded : whole) }).mount(place);
  watch(titleOfPage, (title) => (document.title = title), { immediate: true });
}

begin();
