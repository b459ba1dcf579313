/** What is to be seen: the figures that are known, as the reader chose to see them. */

import { choice } from './choice.js';
import {
  METRICS, beginOf, byInterval, linesOfOne, linesOfPlaces, newest, per100k, scaled, spanOf, stack, together, withAverages, withSpans,
} from './figures.js';
import { against, chosenCodes, known } from './known.js';
import { chosenDays, inside, rangesOf } from './range.js';
import { revised } from './versions.js';

const { computed } = Vue;

// --- The places

export const codes = computed(() => chosenCodes(known.figures));

/** Those of some codes that were read, numbered as they were chosen. */
const readOf = (all) =>
  all
    .map((code, i) => ({ ...known.figures.places.find((place) => place.code === code), number: i + 1 }))
    .filter(({ code }) => known.figures.series.has(code));

/** Until one of the chosen places has been read, those that were chosen before. */
const found = computed(() => {
  const chosen = readOf(codes.value.chosen);
  return chosen.length > 0 ? chosen : readOf([...known.figures.series.keys()]);
});

/** The places without figures per 100,000, which the reader asked for. */
export const unscaled = computed(() =>
  choice.per === '100k' ? found.value.filter(({ population }) => !population) : [],
);

/** If the population of none is known, there are no such figures. */
export const perPopulation = computed(
  () => choice.per === '100k' && unscaled.value.length < found.value.length,
);

/** The places that are shown, with their days, their latest figures and newest changes. */
export const places = computed(() =>
  found.value
    .filter(({ population }) => !perPopulation.value || population)
    .map((place) => {
      const days = daysOf(place, known.figures.series);
      return { ...place, days, latest: latestOf(place, days), changes: changesOf(days) };
    }),
);

export const isCompared = computed(() => places.value.length > 1);

function daysOf({ code, population }, series) {
  const all = withAverages(series.get(code) ?? []);
  return withSpans(perPopulation.value ? scaled(all, population) : all, known.figures.interval);
}

function latestOf(place, days) {
  const end = days[days.length - 1].date;
  const figures = METRICS.filter(({ key }) => place[key]).map(({ key }) => {
    const { value, asOf, stalled = false, discontinued = stalled && asOf < end } = place[key];
    return [key, { value: perPopulation.value ? per100k(value, place.population) : value, asOf, stalled, discontinued }];
  });
  return Object.fromEntries(figures);
}

/** The newest change of each metric, by its key. */
const changesOf = (days) =>
  Object.fromEntries(METRICS.map((metric) => [metric.key, newest(days, metric, known.figures.interval)]));

/** The last day of which there are figures. */
export const lastDay = computed(() =>
  places.value.map(({ days }) => days[days.length - 1].date).reduce((a, b) => (a > b ? a : b)),
);

// --- What of them is shown

const INTERVALS = ['day', 'week', 'month'];

/** A source of weeks has no days. */
export const intervals = computed(() => INTERVALS.slice(INTERVALS.indexOf(known.figures.interval)));
export const interval = computed(() =>
  intervals.value.includes(choice.interval) ? choice.interval : intervals.value[0],
);

/** Averages are of seven days. */
export const measures = computed(() =>
  interval.value === 'day' ? ['change', 'average', 'total'] : ['change', 'total'],
);
export const measure = computed(() => {
  const first = isCompared.value && interval.value === 'day' ? 'average' : 'change';
  return measures.value.includes(choice.measure) ? choice.measure : first;
});

export const metrics = computed(() =>
  METRICS.filter(({ key }) => places.value.some(({ latest }) => latest[key])),
);
export const shownMetrics = computed(() =>
  choice.metric.length === 0
    ? metrics.value
    : metrics.value.filter(({ key }) => choice.metric.some((value) => value.split(',').includes(key))),
);

/** Only one place is stacked: the sum over places is no figure of the set. */
export const isStacked = computed(() => choice.view === 'stacked' && !isCompared.value);
export const isLogarithmic = computed(() => choice.scale === 'log' && !isStacked.value);

export const lines = computed(() =>
  isCompared.value
    ? linesOfPlaces(places.value, shownMetrics.value)
    : linesOfOne(isStacked.value ? stack(shownMetrics.value, places.value[0].latest) : shownMetrics.value),
);

/** The panels: one of each metric, or one of all. */
export const panels = computed(() =>
  isStacked.value
    ? [{ key: 'stack', lines: lines.value }]
    : shownMetrics.value.map((metric) => ({
        key: metric.key,
        metric,
        lines: lines.value.filter(({ of }) => of === metric.key),
      })),
);

// --- The periods

/** The first day of the period with a date; a period of the source is named by its date. */
const beginOfPeriod = (date) => (interval.value === known.figures.interval ? date : beginOf(date, interval.value));

function periodsOf(placesWithDays) {
  const { interval: sourceInterval } = known.figures;
  const inPeriods = placesWithDays.map((place) => ({
    ...place,
    periods: interval.value === sourceInterval ? place.days : byInterval(place.days, interval.value, sourceInterval),
  }));
  return isCompared.value ? together(inPeriods, METRICS, beginOfPeriod) : inPeriods[0].periods;
}

const periods = computed(() => periodsOf(places.value));

/** All of them, the chosen range, and what is in it. */
export const first = computed(() => periods.value[0].date);
export const last = computed(() => periods.value[periods.value.length - 1].date);
export const ranges = computed(() => rangesOf(periods.value));
export const range = computed(() => chosenDays(choice, periods.value));
export const shown = computed(() => inside(periods.value, range.value));
/** The days of what is shown, first and last. */
export const shownDays = computed(() => ({
  from: beginOfPeriod(shown.value[0].date),
  to: shown.value[shown.value.length - 1].date,
}));
export const hasPeriods = (days) => inside(periods.value, days).length > 0;

/** The periods of the version to compare with, in the form of those that are shown. */
const earlierPeriods = computed(() => {
  if (!against.value || known.earlier?.id !== against.value.id) {
    return [];
  }
  return periodsOf(places.value.map((place) => ({ ...place, days: daysOf(place, known.earlier.series) })));
});

export const revisions = computed(() =>
  revised(shown.value, earlierPeriods.value, lines.value, measure.value),
);

/** Whether a change that is shown is of more than one period. */
export const hasSpans = computed(
  () =>
    measure.value === 'change' &&
    shown.value.some((period) => lines.value.some((line) => spanOf(period, line, measure.value) > 1)),
);

/** The known breaks of the figures that are in the picture, numbered as they follow each other. */
export const breaks = computed(() =>
  (known.figures.known ?? [])
    .filter(({ date }) => shownDays.value.from <= date && date <= shownDays.value.to)
    .map((each, i) => ({ ...each, number: i + 1 })),
);
