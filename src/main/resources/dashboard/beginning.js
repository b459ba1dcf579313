/** The picture that the HTML of the page begins with: its charts stay until others are to be seen. */

import { choice } from './choice.js';
import { known } from './known.js';
import * as picture from './picture.js';

const place = document.getElementById('app');

/** Whether the page has begun with a picture. */
export const hasBegun = place.classList.contains('first') && document.documentElement.dataset.begins !== 'empty';

const heading = place.querySelector('h1')?.textContent;
const updatedAt = place.querySelector('#updated')?.dateTime;
const charts = new Map(
  [...place.querySelectorAll('.panel')].map((panel) => [panel.dataset.panel, panel.querySelector('.first-chart')]),
);

const CHOICES = ['measure', 'interval', 'range', 'from', 'to', 'scale', 'view', 'per'];

/** Whether the reader has chosen nothing but places and a version. */
const isPlain = () => choice.metric.length === 0 && CHOICES.every((name) => choice[name] === '');

/**
 * The charts of the first picture, by panel; null if it is not the one to be seen.
 *
 * @param shown the heading of what is to be seen
 */
export const firstCharts = (shown) =>
  hasBegun && shown === heading && known.figures.updatedAt === updatedAt && isPlain() && picture.revisions.value.size === 0
    ? charts
    : null;
