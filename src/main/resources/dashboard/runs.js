/** The runs, as a list. */

import { cell, scrolling } from './parts.js';
import * as words from './words.js';

const { h } = Vue;

export const TRIGGERS = {
  schedule: 'the schedule',
  'catch-up': 'the schedule, late',
  command: 'a command',
  http: 'a request',
};
export const STATUSES = {
  running: ['…', 'Running'],
  succeeded: ['✓', 'Succeeded'],
  partial: ['◐', 'Partial'],
  refused: ['⊘', 'Refused'],
  failed: ['✕', 'Failed'],
};

/** @param linked makes a link to the page of a run */
export function runsTable(runs, linked) {
  const reasons = runs.some(({ reason }) => reason);
  return scrolling('runs-caption', { id: 'runs-region' }, [
    h('table', { id: 'runs-table' }, [
      h('caption', { id: 'runs-caption', class: 'unseen' }, 'Last runs, newest first'),
      h(
        'thead',
        h('tr', [
          h('th', { scope: 'col' }, 'Began'),
          h('th', { scope: 'col' }, 'Status'),
          h('th', { scope: 'col', class: 'number' }, 'Days added'),
          h('th', { scope: 'col' }, 'Started by'),
          reasons && h('th', { scope: 'col' }, 'Reason'),
        ]),
      ),
      h(
        'tbody',
        runs.map((run) => runRow(run, { linked, reasons })),
      ),
    ]),
  ]);
}

function runRow(run, { linked, reasons }) {
  const [symbol, status] = STATUSES[run.status] ?? ['', run.status];
  const began = h('time', { datetime: run.startedAt }, words.briefMoment(run.startedAt));
  return h('tr', { key: run.id, 'data-run': run.id, 'data-status': run.status }, [
    h('th', { scope: 'row' }, [
      linked(run, [h('span', { class: 'unseen' }, 'Report of '), began]),
      run.finishedAt && h('span', { class: 'aside' }, words.span(run.startedAt, run.finishedAt)),
    ]),
    h('td', { class: ['status', run.status] }, [
      h('span', { class: 'symbol', 'aria-hidden': 'true' }, symbol),
      status,
    ]),
    h('td', { class: 'number', 'data-column': 'Days added' }, cell(run.added, words.number)),
    h(
      'td',
      { class: 'trigger', 'data-column': 'Started by' },
      TRIGGERS[run.trigger] ?? run.trigger,
    ),
    reasons && h('td', { class: ['reason', !run.reason && 'none'] }, cell(run.reason, String)),
  ]);
}
