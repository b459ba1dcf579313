/** The panels, for the eye, the pointer and the keyboard. */

import { areWanted, inTurn, pencil, readPencil } from './charts.js';
import { figure, isReported, spanOf } from './figures.js';
import { repaints } from './theme.js';
import * as words from './words.js';
import { zooming } from './zoom.js';

const { computed, h, onBeforeUnmount, onMounted, ref, watch } = Vue;

const PAGE = 30;

/**
 * One chart. Its day is read in all panels at once.
 *
 * @prop first the chart of the picture that the page begins with, if that is to be seen; otherwise null
 * @prop drawing what drawingOf takes
 * @prop at the index of the period that is read; null if none is
 * @emits read with the index under the pointer
 * @emits zoom with the first and the last day that the reader chose in it, as numbers
 */
const Panel = {
  props: ['drawing', 'at', 'first'],
  emits: ['read', 'zoom'],
  setup(props, { emit }) {
    const canvas = ref(null);
    const isDrawn = ref(false);
    let chart;
    let isDue = false;
    let isGone = false;

    const stands = () => props.first && !areWanted.value;

    /** Draws the chart for the first time. */
    function draw() {
      isDue = false;
      if (!isGone && !stands()) {
        const { PLUGINS, drawingOf } = pencil.value;
        chart = new Chart(canvas.value, { ...drawingOf(props.drawing), plugins: PLUGINS });
        isDrawn.value = true;
        mark(props.at);
      }
    }

    function drawAsItIs() {
      if (chart) {
        Object.assign(chart, pencil.value.drawingOf(props.drawing));
        chart.update();
      } else if (!stands() && !pencil.value) {
        readPencil();
      } else if (!stands() && !isDue) {
        isDue = true;
        inTurn(draw);
      }
    }

    /** Marks a day in this chart; the one under the pointer has marked it itself. */
    function mark(index) {
      if (!chart) {
        return;
      }
      const active =
        index === null
          ? []
          : chart.data.datasets
              .map(({ data }, datasetIndex) => ({ data, datasetIndex, index }))
              .filter(({ data }) => (data[index]?.y ?? null) !== null);
      chart.setActiveElements(active);
      chart.tooltip.setActiveElements(active, { x: 0, y: 0 });
      chart.render();
    }

    onMounted(drawAsItIs);
    watch(() => [props.drawing, repaints.value, stands(), pencil.value], drawAsItIs, { flush: 'post' });
    watch(() => props.at, mark);
    onBeforeUnmount(() => {
      isGone = true;
      chart?.destroy();
    });

    const read = (event) => {
      if (!chart) {
        return;
      }
      const [item] = chart.getElementsAtEventForMode(event, 'index', { axis: 'x', intersect: false }, false);
      emit('read', item ? item.index : null);
    };

    const { brush, handlers: gestures } = zooming({
      dayAt: (x) => chart.scales.x.getValueForPixel(x - canvas.value.getBoundingClientRect().left),
      range: () => ({ from: chart.scales.x.min, to: chart.scales.x.max }),
      onZoom: (days) => emit('zoom', days),
    });
    const handlers = Object.fromEntries(
      Object.entries(gestures).map(([name, handle]) => [name, (event) => chart && handle(event)]),
    );
    const brushed = ({ start, end }) => ({
      left: `${Math.min(start, end) - canvas.value.getBoundingClientRect().left}px`,
      width: `${Math.abs(end - start)}px`,
    });

    return () => [
      h('canvas', {
        ref: canvas,
        class: { waits: !isDrawn.value },
        'aria-hidden': 'true',
        ...handlers,
        onPointermove: (event) => {
          read(event);
          handlers.onPointermove(event);
        },
        onPointerdown: (event) => {
          read(event);
          handlers.onPointerdown(event);
        },
        onPointerleave: () => emit('read', null),
      }),
      !isDrawn.value &&
        props.first &&
        h('div', { class: 'first-picture', 'aria-hidden': 'true', onVnodeMounted: ({ el }) => el.append(props.first) }),
      brush.value && h('div', { class: 'brush', style: brushed(brush.value) }),
    ];
  },
};

/**
 * @prop panels each with its lines, and its metric if it has only one
 * @prop head what is written over a panel
 * @prop periods the periods to show, ascending, at least one
 * @prop drawing what all panels are drawn with, besides their lines
 * @prop title what is shown, for whom does not see it
 * @prop first the charts of the picture that the page begins with, by panel; null if it is not to be seen
 * @prop attributes of the group of panels
 * @emits zoom with the first and the last day that the reader chose in a panel, as numbers
 */
export const Plot = {
  props: ['panels', 'head', 'drawing', 'title', 'first', 'attributes'],
  emits: ['zoom'],
  setup(props, { emit }) {
    const at = ref(null);
    const reading = ref('');

    const want = () => {
      areWanted.value = true;
    };
    const leave = () => {
      at.value = null;
      reading.value = '';
    };
    watch(() => [props.drawing, props.panels], leave);
    const drawings = computed(
      () => new Map(props.panels.map(({ key, lines }) => [key, { ...props.drawing, lines }])),
    );

    function go(index) {
      at.value = index;
      reading.value = sentence(props, index);
    }

    function onKeydown(event) {
      const last = props.drawing.periods.length - 1;
      const by = (days) => Math.min(last, Math.max(0, (at.value ?? (days > 0 ? -1 : last + 1)) + days));
      const goal = {
        ArrowLeft: by(-1),
        ArrowRight: by(1),
        PageUp: by(-PAGE),
        PageDown: by(PAGE),
        Home: 0,
        End: last,
      }[event.key];
      if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) {
        return;
      }
      if (goal !== undefined) {
        event.preventDefault();
        go(goal);
      } else if (event.key === 'Escape') {
        leave();
      }
    }

    const panel = ({ key, metric, lines }) => {
      const drawn = lines.filter((line) => isReported(props.drawing.periods, line, props.drawing.measure));
      return h('div', { key, class: ['panel', key], 'data-panel': key }, [
        props.head({ key, metric, lines }),
        h('div', { class: 'panel-area' }, [
          h(Panel, {
            drawing: drawings.value.get(key),
            at: at.value,
            first: props.first?.get(key) ?? null,
            onRead: (index) => (at.value = index),
            onZoom: (days) => emit('zoom', days),
          }),
          drawn.length === 0 && h('p', { class: 'plot-empty' }, notReported(lines)),
        ]),
      ]);
    };

    return () => {
      const { panels, attributes, title } = props;
      return h('figure', { class: ['plot', `of-${panels.length}`] }, [
        h(
          'div',
          {
            id: 'chart',
            class: 'panels',
            tabindex: 0,
            role: 'application',
            'aria-roledescription': 'chart',
            'aria-label': title,
            'aria-describedby': 'chart-hint',
            onKeydown,
            onPointerenter: want,
            onFocus: want,
            onBlur: leave,
            ...attributes,
          },
          panels.length === 0 ? h('p', { class: 'plot-empty' }, 'No metric is chosen.') : panels.map(panel),
        ),
        h('figcaption', [
          h('p', { id: 'chart-reading', 'aria-live': 'polite' }, reading.value),
          h('p', { id: 'chart-hint', hidden: reading.value !== '' }, [
            h('span', { class: 'for-pointer' }, 'Point at a chart to read a day, draw over it to zoom in, or focus it and use the arrow keys.'),
            h('span', { class: 'for-touch' }, 'Touch a chart to read a day, or zoom with two fingers.'),
            attributes['data-view'] === 'stacked' && ' The areas are stacked: each is as thick as its figure.',
            attributes['data-scale'] === 'log' && ' The scale is logarithmic: it has no place for 0 and less.',
          ]),
        ]),
      ]);
    };
  },
};

const notReported = (lines) => `${words.list(lines.map(({ name }) => name))}: not reported for these days.`;

/** A day's figures in one sentence. */
function sentence({ panels, drawing: { periods, measure, interval, revisions } }, index) {
  const period = periods[index];
  const say = words.saying(measure);
  const parts = panels.flatMap(({ metric, lines }) =>
    lines.map((line) => {
      const value = figure(period, line, measure);
      const was = words.wasOf(revisions.get(period.date)?.[line.key], say);
      const name = line.code === undefined ? line.name.toLowerCase() : `${metric.name.toLowerCase()} of ${line.name}`;
      const during = words.during(spanOf(period, line, measure), interval);
      return (value === null ? `${name} not reported` : `${say(value)} ${name}${during}`) + was;
    }),
  );
  return `${words.day(period.date)}${period.isOpen ? ', so far' : ''}: ${parts.join(', ')}`;
}
