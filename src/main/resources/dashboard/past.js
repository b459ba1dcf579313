/** What leads to earlier versions of the figures, and says which one is shown. */

import { choose } from './choice.js';
import { isDay } from './figures.js';
import { button, link } from './parts.js';
import { offered } from './versions.js';
import * as words from './words.js';

const { h } = Vue;

const nowLink = () => link({ asOf: '' }, 'Back to now', { id: 'back-to-now' });

/** A date as the rest of the page says it, over the field that says it as the browser does. */
export const said = (date) =>
  h('span', { class: 'said', 'aria-hidden': 'true' }, isDay(date) ? words.briefDay(date) : 'Choose a day');

/**
 * @param versions all of them, newest first
 * @param shown the one whose figures are shown; undefined if it is none of them
 * @param asOf what the reader asked for: a day, or the id of a version; empty for the current version
 * @param updatedAt the time of the figures that are shown; undefined if there are none
 * @param looking whether others are being read
 */
export function asItWas({ versions, shown, asOf, updatedAt, looking }) {
  const at = versions.indexOf(shown);
  const date = isDay(asOf) ? asOf : asOf && shown ? shown.at.slice(0, 10) : '';
  const step = (id, name, other) =>
    button(
      {
        id,
        disabled: !other,
        onClick: () => choose({ asOf: other === versions[0] ? '' : other.id }),
      },
      name,
    );
  return h('section', { id: 'past', 'aria-labelledby': 'past-title' }, [
    h('h2', { id: 'past-title', class: 'unseen' }, 'Versions of the figures'),
    h('div', { class: 'controls' }, [
      h('div', { class: 'dates' }, [
        h('label', [
          h('span', 'As it was on'),
          h('input', {
            type: 'date',
            id: 'as-of',
            value: date,
            onChange: ({ target }) => {
              // A year is typed digit by digit.
              if (target.value === '' || target.value >= '1900') {
                choose({ asOf: target.value });
              }
            },
          }),
          said(date),
        ]),
      ]),
      h('fieldset', { class: 'segments' }, [
        h('legend', 'Version'),
        step('earlier-version', 'Earlier', at < 0 ? undefined : versions[at + 1]),
        step('later-version', 'Later', at < 0 ? undefined : versions[at - 1]),
      ]),
      h('p', { id: 'which-version' }, [
        at >= 0 && `Version ${words.number(versions.length - at)} of ${words.number(versions.length)}`,
      ]),
    ]),
    asOf === '' && whichFigures({ versions, shown, asOf, updatedAt, looking }),
  ]);
}

/** Says of which version the figures are; those of the past lead the page. */
export function whichFigures({ versions, shown, asOf, updatedAt, looking }) {
  const isCurrent = shown !== undefined && shown === versions[0];
  return h(
    'p',
    { id: 'as-it-was', role: 'status', class: asOf !== '' && updatedAt && !isCurrent ? 'note' : 'now' },
    looking && asOf !== '' && !updatedAt
      ? 'Reading the figures …'
      : updatedAt && [sentence({ asOf, at: shown?.at ?? updatedAt, isCurrent }), ' ', asOf !== '' && nowLink()],
  );
}

function sentence({ asOf, at, isCurrent }) {
  if (asOf === '') {
    return `These are the current figures: the version of ${words.versionTime(at)}.`;
  }
  const day = isDay(asOf) ? asOf : at.slice(0, 10);
  const time = at.startsWith(day) ? words.utcTime(at) : words.versionTime(at);
  return [
    h('strong', `As it was on ${words.day(day)}`),
    ` (version of ${time}), ${isCurrent ? 'which is still the current one.' : 'not the current figures.'}`,
  ];
}

/** In place of the figures, if there is no version that has them. */
export function noVersion({ versions, asOf, title, detail }) {
  const first = versions[versions.length - 1];
  const isBefore = first && isDay(asOf) && asOf < first.at.slice(0, 10);
  return h('section', { id: 'no-version', class: 'instead', 'aria-labelledby': 'no-version-title' }, [
    h(
      'h2',
      { id: 'no-version-title' },
      title ?? (isDay(asOf) ? `No figures as they were on ${words.day(asOf)}` : 'There is no such version'),
    ),
    h(
      'p',
      isBefore
        ? `The first version is of ${words.versionTime(first.at)}: what the figures were before is not known.`
        : detail,
    ),
    h('p', [
      first && [link({ asOf: first.id }, 'Show the first version', { id: 'to-first' }), ' '],
      nowLink(),
    ]),
  ]);
}

/** Chooses one of some versions. */
export const versionSelect = ({ id, label, versions, chosen, onChoose }) =>
  h('label', { class: 'select' }, [
    h('span', label),
    h(
      'select',
      { id, value: chosen, onChange: ({ target }) => onChoose(target.value) },
      offered(versions, [chosen]).map((version) =>
        h(
          'option',
          { key: version.id, value: version.id, selected: version.id === chosen },
          words.briefVersion(version.at),
        ),
      ),
    ),
  ]);
