/** Where the axis of days has its ticks, and what they say. */

import { dateOf, dayNumber } from './figures.js';
import * as words from './words.js';

const LABEL_WIDTH = 58;
const STEPS_IN_DAYS = [1, 2, 7, 14, 28];
const STEPS_IN_MONTHS = [1, 2, 3, 6, 12, 24, 60, 120];

/** Ticks on the first of months, or on days counted back from the last where they are few. */
export function dateTicks({ min, max, width }) {
  const first = Math.ceil(min);
  const last = Math.floor(max);
  const room = Math.max(2, Math.floor(width / LABEL_WIDTH));
  const fits = (count) => (step) => count / step <= room;
  const ticks = [];
  if (last - first < 100) {
    const step = STEPS_IN_DAYS.find(fits(last - first + 1)) ?? 28;
    for (let number = last; number >= first; number -= step) {
      ticks.unshift({ value: number, label: words.dayOfYear(dateOf(number)) });
    }
  } else {
    const step = STEPS_IN_MONTHS.find(fits((last - first) / 30)) ?? 120;
    const day = new Date(`${dateOf(first).slice(0, 7)}-01`);
    for (; dayNumber(day.toISOString()) <= last; day.setUTCMonth(day.getUTCMonth() + 1)) {
      const months = day.getUTCFullYear() * 12 + day.getUTCMonth();
      const value = dayNumber(day.toISOString());
      if (value >= first && months % step === 0) {
        ticks.push({ value, label: words.monthOfYear(day) });
      }
    }
  }
  return ticks.map(({ value, label }, i) => {
    const year = dateOf(value).slice(0, 4);
    const told = i > 0 && dateOf(ticks[i - 1].value).startsWith(year);
    return { value, label: told ? label : [label, year] };
  });
}
