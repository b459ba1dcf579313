/** What the page has read: the figures, the runs, the versions, and what could not be read. */

import { choice } from './choice.js';
import { METRICS, useMetrics } from './figures.js';
import { live, ofPlaces } from './reading.js';
import { read, readDaysOf, readOnePlace, readPlace, readPlaceOf, readPlaces, readVersions } from './source.js';
import { versionOf } from './versions.js';
import * as words from './words.js';

const { computed, nextTick, shallowReactive, watch } = Vue;

const SECONDS_TO_NEWS = 300;
const SECONDS_TO_RECOVERY = 60;
export const MOST_PLACES = 6;

/**
 * The figures have all places with their latest figures, and the series of those that are chosen: days by
 * code, as they were read. They are of the version that `asOf` names, empty for the current one.
 */
export const known = shallowReactive({
  figures: null,
  asOf: '',
  readAt: null,
  outOfDate: false,
  noSetYet: false,
  noVersion: null,
  trouble: null,
  runs: null,
  troubleWithRuns: null,
  versions: [],
  troubleWithVersions: null,
  earlier: null,
  troubleWithEarlier: null,
  looking: false,
});

// --- The places

/** What the parameter "place" names, as many as can be told apart; without it, the place with the most cases. */
export function chosenCodes({ places }) {
  const codes = new Set(places.map(({ code }) => code));
  const named = choice.place.flatMap((value) => (codes.has(value) ? [value] : value.split(',')));
  const all = [...new Set(named.filter((code) => codes.has(code)))];
  const unknown = named.filter((code) => code && !codes.has(code));
  return {
    chosen: all.length > 0 ? all.slice(0, MOST_PLACES) : [largest(places)],
    leftOut: all.slice(MOST_PLACES),
    unknown,
  };
}

function largest(places) {
  const value = (place) => place[METRICS[0].key]?.value ?? -1;
  return places.reduce((one, other) => (value(other) > value(one) ? other : one)).code;
}

const chosenPlaces = (list) =>
  chosenCodes(list).chosen.map((code) => list.places.find((place) => place.code === code));

export const nameOf = (code) => known.figures?.places.find((place) => place.code === code)?.name ?? code;

// --- Reading

let nextLook;
let looks = 0;

/** Reads what the reader chose, and what there is besides. */
export async function look() {
  const { asOf } = choice;
  looks += 1;
  const mine = looks;
  known.looking = true;
  const [figures, runs, versions] = await Promise.allSettled([
    ofPlaces ? lookAtPlaces(asOf) : lookAtOnePlace(asOf),
    read('runs'),
    readVersions(),
  ]);
  if (mine !== looks) {
    // The reader has chosen something else meanwhile.
    return;
  }
  const { reason } = figures;
  known.noSetYet = Boolean(reason?.noSetYet);
  known.noVersion = asOf !== '' && reason?.noVersion ? reason : null;
  known.trouble = reason && !reason.noSetYet && !known.noVersion ? reason : null;
  known.versions = versions.value ?? known.versions;
  known.troubleWithVersions = versions.reason?.message ?? null;
  if (!reason) {
    const { outOfDate, ...rest } = figures.value;
    Object.assign(known, { figures: rest, outOfDate, asOf, readAt: Date.now() });
  } else if (reason.noSetYet || known.noVersion) {
    known.figures = null;
  }
  lookBack();
  known.runs = runs.value?.body.runs ?? (runs.reason.noSetYet ? [] : known.runs);
  known.troubleWithRuns = runs.reason && !runs.reason.noSetYet ? runs.reason.message : null;
  known.looking = false;
  const failure = reason ?? runs.reason;
  const wait = failure || known.outOfDate ? SECONDS_TO_RECOVERY : SECONDS_TO_NEWS;
  lookIn(failure?.retryAfter ?? wait);
}

/** The figures of the only place, in the form of those of many. */
async function lookAtOnePlace(asOf) {
  const { totals, days, known: breaks, outOfDate } = await readOnePlace(asOf);
  const latest = METRICS.map(({ key }) => [key, totals[key]]).filter(([, value]) => value);
  return {
    synthetic: totals.synthetic,
    updatedAt: totals.updatedAt,
    interval: days.interval ?? 'day',
    known: breaks,
    places: [{ code: '', name: totals.country, ...Object.fromEntries(latest) }],
    series: new Map([['', days.periods]]),
    outOfDate,
  };
}

async function lookAtPlaces(asOf) {
  const list = await readPlaces(asOf);
  if (!known.figures) {
    useMetrics(list.body.metrics);
  }
  const places = chosenPlaces(list.body);
  if (asOf !== '' && choice.place.length > 0 && lacksAll(list.body)) {
    throw noFiguresOf(choice.place.map(nameOf));
  }
  const answers = await Promise.all(places.map((place) => readPlace(place, asOf)));
  return {
    ...list.body,
    series: new Map(answers.map(({ periods }, i) => [places[i].code, periods])),
    outOfDate: list.outOfDate || answers.some(({ outOfDate }) => outOfDate),
  };
}

/** Whether an earlier version has none of the chosen places. */
function lacksAll({ places }) {
  const codes = new Set(places.map(({ code }) => code));
  return !choice.place.some((value) => codes.has(value) || value.split(',').some((code) => codes.has(code)));
}

const noFiguresOf = (names) => ({
  noVersion: true,
  title: 'No figures of this choice',
  detail: `That version has no figures of ${words.list(names)}.`,
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
export async function lookNow() {
  await look();
  await nextTick();
  if (document.activeElement === document.body) {
    document.querySelector('h1').focus({ preventScroll: true });
  }
}

watch(() => [choice.asOf, choice.place], lookNow);

// --- The version to compare with

/** The version whose figures are shown. */
export const shownVersion = computed(
  () => known.figures && versionOf(known.versions, known.asOf, known.figures.updatedAt),
);

export const olderVersions = computed(() =>
  known.versions.slice(known.versions.indexOf(shownVersion.value) + 1),
);

/** The chosen one, or the one before that which is shown. */
export const against = computed(
  () =>
    shownVersion.value &&
    (olderVersions.value.find(({ id }) => id === choice.against) ?? olderVersions.value[0]),
);

/** What is to be compared with: a version, of the places that were read. */
const nameOfEarlier = () => against.value && [against.value.id, ...known.figures.series.keys()].join();

/** Reads what the version to compare with had. */
export async function lookBack() {
  const version = against.value;
  const name = nameOfEarlier();
  known.troubleWithEarlier = null;
  if (name === known.earlier?.name) {
    return;
  }
  known.earlier = null;
  try {
    const series = version && (await seriesOf(version.id));
    if (name === nameOfEarlier()) {
      known.earlier = version ? { name, id: version.id, series } : null;
    }
  } catch (reason) {
    if (name === nameOfEarlier()) {
      known.troubleWithEarlier = reason;
    }
  }
}

async function seriesOf(version) {
  if (!ofPlaces) {
    return new Map([['', await readDaysOf(version)]]);
  }
  const read = async (place) => [place.code, await readPlaceOf(place, version)];
  const { places, series } = known.figures;
  return new Map(await Promise.all(places.filter(({ code }) => series.has(code)).map(read)));
}

watch(() => choice.against, lookBack);

/** Files of earlier versions are made by the server. */
export const hasFiles = () => live || !known.asOf;
