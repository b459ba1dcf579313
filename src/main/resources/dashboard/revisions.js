/** The days whose figures changed the most, and what the figures of one day were over time. */

import { METRICS } from './figures.js';
import { button, cell, day, link, scrolling } from './parts.js';
import { versionSelect } from './past.js';
import { readHistory, readRevisedDays } from './source.js';
import { choice, choose } from './choice.js';
import { largest } from './versions.js';
import * as words from './words.js';

const { computed, h, shallowReactive, watch } = Vue;

const ORDERS = [
  { key: 'change', name: 'By number' },
  { key: 'share', name: 'By percent' },
];
const KINDS = { added: 'First figures', revised: 'Revised', removed: 'Removed' };

/**
 * @prop versions all of them, newest first, at least two
 * @prop nameOf says the name of a place by its code
 */
export const Revisions = {
  props: ['versions', 'nameOf'],
  setup(props) {
    const known = shallowReactive({ days: null, trouble: null, order: 'change' });
    const history = shallowReactive({ issues: null, next: null, note: null, trouble: null });
    const open = computed(() => choice.revisedFrom !== '' || choice.revisedTo !== '');
    const rows = computed(() => largest(known.days ?? [], METRICS, known.order));
    const nameOf = (metric) => METRICS.find(({ key }) => key === metric).name;

    async function compare() {
      const { revisedFrom: from, revisedTo: to } = choice;
      const isStill = () => from === choice.revisedFrom && to === choice.revisedTo;
      known.days = null;
      known.trouble = null;
      try {
        const days = open.value ? await readRevisedDays(from, to) : null;
        if (isStill()) {
          known.days = days;
        }
      } catch (reason) {
        if (isStill()) {
          known.trouble = reason;
        }
      }
    }

    async function tell(address) {
      const { day: date, dayOf } = choice;
      const isStill = () => date === choice.day && dayOf === choice.dayOf;
      if (!address) {
        Object.assign(history, { issues: null, next: null, note: null });
      }
      history.trouble = null;
      if (date === '') {
        return;
      }
      try {
        const answer = await readHistory(date, dayOf, address);
        if (isStill()) {
          history.issues = [...(history.issues ?? []), ...answer.issues];
          history.next = answer.next;
          history.note = answer.note;
        }
      } catch (reason) {
        if (isStill()) {
          history.trouble = reason;
        }
      }
    }

    watch(() => [choice.revisedFrom, choice.revisedTo], compare, { immediate: true });
    watch(() => [choice.day, choice.dayOf], () => tell(), { immediate: true });

    const trouble = (reason, again) =>
      h('p', { class: 'note', role: 'alert' }, [
        `${reason.message} ${reason.detail ?? ''} `,
        button({ onClick: again }, 'Try again'),
      ]);

    const toggle = () =>
      choose(
        open.value
          ? { revisedFrom: '', revisedTo: '', day: '', dayOf: '' }
          : { revisedFrom: props.versions[props.versions.length - 1].id, revisedTo: props.versions[0].id },
      );

    function table() {
      const ofPlaces = rows.value.some(({ place }) => place);
      return scrolling('revisions-caption', { id: 'revisions-region' }, [
        h('table', { id: 'revisions-table' }, [
          h('caption', { id: 'revisions-caption' }, [
            `The ${words.number(rows.value.length)} largest changes of a day’s total so far, ${
              known.order === 'change' ? 'by number' : 'by percent'
            }`,
          ]),
          h(
            'thead',
            h('tr', [
              h('th', { scope: 'col' }, 'Day'),
              ofPlaces && h('th', { scope: 'col' }, 'Place'),
              h('th', { scope: 'col' }, 'Metric'),
              ['Before', 'After', 'Change'].map((name) =>
                h('th', { scope: 'col', class: 'number' }, name),
              ),
            ]),
          ),
          h(
            'tbody',
            rows.value.map((row) =>
              h('tr', { key: `${row.place} ${row.date} ${row.metric}`, 'data-day': row.date }, [
                h('th', { scope: 'row' }, dayLink(row)),
                ofPlaces && h('td', props.nameOf(row.place)),
                h('td', nameOf(row.metric)),
                h('td', { class: 'number' }, words.number(row.before)),
                h('td', { class: 'number' }, words.number(row.after)),
                h('td', { class: 'number' }, [
                  words.change(row.change),
                  h('span', { class: 'aside' }, row.share === null ? 'from none' : words.percent(row.share)),
                ]),
              ]),
            ),
          ),
        ]),
      ]);
    }

    const dayLink = ({ date, place = '' }) =>
      link({ day: date, dayOf: place }, [h('span', { class: 'unseen' }, 'History of '), day(date, words.briefDay)]);

    function historyOfDay() {
      const place = choice.dayOf ? ` · ${props.nameOf(choice.dayOf)}` : '';
      return h('section', { id: 'history', 'aria-labelledby': 'history-title' }, [
        h('h3', { id: 'history-title' }, [`History of ${words.day(choice.day)}${place}`]),
        history.trouble && trouble(history.trouble, () => tell(history.next)),
        !history.issues && !history.trouble && h('p', { role: 'status' }, 'Reading the history …'),
        history.issues?.length === 0 && h('p', 'No version has figures of this day.'),
        history.issues?.length > 0 && historyTable(),
        history.note && h('p', { id: 'history-note' }, history.note),
        h('p', [
          history.next && button({ id: 'earlier-issues', onClick: () => tell(history.next) }, 'Show earlier ones'),
          ' ',
          button({ id: 'close-history', onClick: () => choose({ day: '', dayOf: '' }) }, 'Close'),
        ]),
      ]);
    }

    function historyTable() {
      return scrolling('history-caption', { id: 'history-region' }, [
        h('table', { id: 'history-table' }, [
          h('caption', { id: 'history-caption' }, 'The versions that changed its figures, newest first'),
          h(
            'thead',
            h('tr', [
              h('th', { scope: 'col' }, 'Issue'),
              h('th', { scope: 'col', class: 'number' }, 'Lag, days'),
              h('th', { scope: 'col' }, 'What happened'),
              METRICS.map(({ name }) => h('th', { scope: 'col', class: 'number' }, name)),
            ]),
          ),
          h(
            'tbody',
            history.issues.map(({ issue, version, lag, kind, figures }) =>
              h('tr', { key: version, 'data-version': version }, [
                h('th', { scope: 'row' }, h('time', { datetime: issue }, words.briefVersion(issue))),
                h('td', { class: 'number' }, words.number(lag)),
                h('td', KINDS[kind] ?? kind),
                METRICS.map(({ key }) =>
                  h('td', { class: 'number' }, cell(figures?.[key], words.number)),
                ),
              ]),
            ),
          ),
        ]),
      ]);
    }

    function content() {
      const { versions } = props;
      const select = (id, label, parameter) =>
        versionSelect({
          id,
          label,
          versions,
          chosen: choice[parameter],
          onChoose: (value) => choose({ [parameter]: value }),
        });
      return [
        h('div', { class: 'controls' }, [
          select('revised-from', 'From the version of', 'revisedFrom'),
          select('revised-to', 'To the version of', 'revisedTo'),
          h('fieldset', { class: 'segments' }, [
            h('legend', 'Order'),
            ORDERS.map(({ key, name }) =>
              button(
                {
                  key,
                  id: `order-${key}`,
                  'aria-pressed': String(known.order === key),
                  onClick: () => (known.order = key),
                },
                name,
              ),
            ),
          ]),
        ]),
        known.trouble && trouble(known.trouble, compare),
        !known.days && !known.trouble && h('p', { role: 'status' }, 'Reading both versions …'),
        known.days && rows.value.length === 0 &&
          h('p', { id: 'no-revisions' }, 'No figure of a day differs between these versions.'),
        rows.value.length > 0 && table(),
      ];
    }

    return () =>
      h('section', { id: 'revisions', 'aria-labelledby': 'revisions-title' }, [
        h('h2', { id: 'revisions-title' }, 'Largest revisions'),
        h('p', 'Sources correct themselves. These are the days whose figures changed the most from one version to another.'),
        button(
          {
            id: 'revisions-toggle',
            'aria-expanded': String(open.value),
            'aria-controls': 'revisions-place',
            onClick: toggle,
          },
          open.value ? 'Hide the revisions' : 'Show the revisions',
        ),
        h('div', { id: 'revisions-place' }, [open.value && content(), choice.day !== '' && historyOfDay()]),
      ]);
  },
};
