/** What is drawn on a chart besides the figures: plug-ins of Chart.js. */

import { dayNumber } from './figures.js';

const MARK = 5;

/** The room above a chart for the marks of revised days. */
export const ROOM = 2 * MARK + 2;

function painting(chart, paint) {
  chart.ctx.save();
  paint(chart.ctx, chart.chartArea);
  chart.ctx.restore();
}

/** A line through the day that is read. */
export const dayLine = {
  id: 'dayLine',
  beforeDatasetsDraw(chart, args, { colour }) {
    const [active] = chart.getActiveElements();
    if (active) {
      painting(chart, (ctx, { top, height }) => {
        ctx.fillStyle = colour;
        ctx.fillRect(Math.round(active.element.x), top, 1, height);
      });
    }
  },
};

/** Marks the revised days above the chart, by shape: the colours are those of the metrics. */
export const revisedMarks = {
  id: 'revisedMarks',
  afterDraw(chart, args, { days, colour }) {
    painting(chart, (ctx, { top }) => {
      ctx.fillStyle = colour;
      for (const date of days) {
        const x = chart.scales.x.getPixelForValue(dayNumber(date));
        ctx.beginPath();
        ctx.moveTo(x - MARK, top - 1.8 * MARK);
        ctx.lineTo(x + MARK, top - 1.8 * MARK);
        ctx.lineTo(x, top - 1);
        ctx.fill();
      }
    });
  },
};

/** A dashed line where something about the figures has changed, with a few words. */
export const turns = {
  id: 'turns',
  beforeDatasetsDraw(chart, args, { list, colour, font }) {
    painting(chart, (ctx, { top, bottom, left, right }) => {
      Object.assign(ctx, { fillStyle: colour, strokeStyle: colour, font, textBaseline: 'top' });
      ctx.setLineDash([3, 3]);
      for (const { date, text } of list) {
        const x = Math.round(chart.scales.x.getPixelForValue(dayNumber(date))) + 0.5;
        if (x >= left && x <= right) {
          ctx.beginPath();
          ctx.moveTo(x, top);
          ctx.lineTo(x, bottom);
          ctx.stroke();
          ctx.textAlign = right - x > ctx.measureText(text).width + 8 ? 'left' : 'right';
          ctx.fillText(text, x + (ctx.textAlign === 'left' ? 5 : -5), top + 3);
        }
      }
    });
  },
};

// Along the top the tooltip hides least.
Chart.Tooltip.positioners.top = function top(items) {
  return items.length > 0 && { x: items[0].element.x, y: this.chart.chartArea.top };
};
