/**
 * What the reader chose. All of it is in the address of the page, so that a reload, the button "back" and a
 * shared link show the same picture.
 */

import { isDay } from './figures.js';

const { reactive } = Vue;

/** Whether the page is part of another one; a site of plain files has a page of its own for it. */
export const isEmbedded =
  new URL(location.href).searchParams.has('embed') || location.pathname.endsWith('/embed.html');

const anything = () => true;
const oneOf = (...values) => (value) => values.includes(value);

/** The parameters with one value, and what that may be. Without one, the first choice of the page holds. */
const SINGLE = {
  measure: oneOf('change', 'average', 'total'),
  interval: oneOf('day', 'week', 'month'),
  range: oneOf('1y', '6m', '3m', '1m'),
  from: isDay,
  to: isDay,
  scale: oneOf('log'),
  view: oneOf('stacked'),
  per: oneOf('100k'),
  table: oneOf('days'),
  asOf: anything,
  against: anything,
  revisedFrom: anything,
  revisedTo: anything,
  day: isDay,
  dayOf: anything,
  run: anything,
  page: oneOf('data'),
};

/** The parameters that may be repeated; none of them is all, or the first choice of the page. */
const REPEATED = ['place', 'metric'];

export const choice = reactive({
  ...Object.fromEntries(Object.keys(SINGLE).map((name) => [name, ''])),
  ...Object.fromEntries(REPEATED.map((name) => [name, []])),
});

/** Takes the choice from the address; what is not allowed there counts as not chosen. */
function takeChoice() {
  const { searchParams } = new URL(location.href);
  for (const [name, isAllowed] of Object.entries(SINGLE)) {
    const value = searchParams.get(name) ?? '';
    choice[name] = isAllowed(value) ? value : '';
  }
  for (const name of REPEATED) {
    const values = searchParams.getAll(name).filter(Boolean);
    if (values.join('\n') !== choice[name].join('\n')) {
      choice[name] = values;
    }
  }
}

/** The address of this page after a change of the choice. */
export function addressAfter(change) {
  const url = new URL(location.href);
  for (const [name, value] of Object.entries(change)) {
    url.searchParams.delete(name);
    [value].flat().filter(Boolean).forEach((each) => url.searchParams.append(name, each));
  }
  return url.href;
}

/** Changes the choice; the button "back" takes the change back. */
export function choose(change) {
  const address = addressAfter(change);
  if (address !== location.href) {
    history.pushState(null, '', address);
  }
  takeChoice();
}

takeChoice();
addEventListener('popstate', takeChoice);
