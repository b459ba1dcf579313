/** What the reader of many places chose. It is kept in the address of the page. */

import { compared, per100k, scaled, withAverages } from './figures.js';

const { reactive } = Vue;

export const choice = reactive({ places: [], metric: '', perPopulation: false, unknown: [], unscaled: [] });

const address = () => new URL(location.href);

/** Takes the choice from the address; without one, the place with the most cases. */
export function takeChoice(list, most) {
  const parameters = address().searchParams;
  const codes = new Set(list.places.map(({ code }) => code));
  const named = parameters
    .getAll('place')
    .flatMap((value) => (codes.has(value) ? [value] : value.split(',')))
    .filter(Boolean);
  const known = [...new Set(named.filter((code) => codes.has(code)))].slice(0, most);
  choice.unknown = named.filter((code) => !codes.has(code));
  choice.places = known.length > 0 ? known : [largest(list)];
  choice.metric = list.metrics.includes(parameters.get('metric'))
    ? parameters.get('metric')
    : list.metrics[0];
  choice.perPopulation = parameters.get('per') === '100k';
  return parameters.get('measure');
}

function largest({ places, metrics }) {
  const value = (place) => place[metrics[0]]?.value ?? -1;
  return places.reduce((one, other) => (value(other) > value(one) ? other : one)).code;
}

/** Keeps the choice in the address, for links and the next visit. */
export function keepChoice(measure, list) {
  const url = address();
  for (const name of ['place', 'metric', 'per', 'measure']) {
    url.searchParams.delete(name);
  }
  choice.places.forEach((code) => url.searchParams.append('place', code));
  if (choice.places.length > 1 && choice.metric !== list.metrics[0]) {
    url.searchParams.set('metric', choice.metric);
  }
  if (choice.perPopulation) {
    url.searchParams.set('per', '100k');
  }
  if (measure !== 'total') {
    url.searchParams.set('measure', measure);
  }
  history.replaceState(null, '', url);
}

/**
 * The chosen places that figures can be shown of, with their series. If the population of none is
 * known, there are no figures per 100,000.
 */
export function shownPlaces(list, series) {
  const places = choice.places
    .map((code) => list.places.find((place) => place.code === code))
    .filter((place) => place && series.has(place.code));
  const without = choice.perPopulation ? places.filter(({ population }) => !population) : [];
  choice.unscaled = without.map(({ name }) => name);
  choice.perPopulation &&= without.length < places.length;
  return places
    .filter((place) => !choice.perPopulation || place.population)
    .map((place) => ({
      ...place,
      number: choice.places.indexOf(place.code) + 1,
      periods: periodsOf(place, series.get(place.code)),
    }));
}

/** The series of a place in the form in which it is shown. */
export function periodsOf({ population }, periods) {
  const all = withAverages(periods);
  return choice.perPopulation ? scaled(all, population) : all;
}

/** The latest figures of a place as the page of one place has them. */
export function totalsOf(place, list) {
  const newest = place.periods[place.periods.length - 1].date;
  const figures = list.metrics
    .filter((metric) => place[metric])
    .map((metric) => {
      const { value, asOf, stalled } = place[metric];
      return [
        metric,
        {
          value: choice.perPopulation ? per100k(value, place.population) : value,
          asOf,
          stalled,
          discontinued: stalled && asOf < newest,
        },
      ];
    });
  return {
    country: place.name,
    synthetic: list.synthetic,
    updatedAt: list.updatedAt,
    csv: 'CovidData.csv',
    ...Object.fromEntries(figures),
  };
}

/** The lines of places, and their common periods. */
export const comparisonOf = (places, metrics) =>
  compared(places, metrics.find(({ key }) => key === choice.metric) ?? metrics[0]);
