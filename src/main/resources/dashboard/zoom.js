/**
 * Chooses days in a chart: a mouse draws over them, a wheel with Ctrl held and two fingers zoom. Other gestures
 * are the page's: it scrolls, and one finger reads a day.
 */

const { ref } = Vue;

const LEAST_PIXELS = 8;
const LEAST_DAYS = 7;
const STEP = 1.2;
const PAUSE = 350;

/**
 * @param dayAt the day at an x of the page, as a number
 * @param range the first and the last day that are shown, as numbers
 * @param onZoom takes the first and the last day that were chosen, as numbers; once a gesture has ended
 */
export function zooming({ dayAt, range, onZoom }) {
  const brush = ref(null);
  const fingers = new Map();
  let pinch = null;
  let wheel = null;

  function around(centre, factor, { from, to }) {
    const days = Math.max(LEAST_DAYS, (to - from) * factor);
    const share = to === from ? 0.5 : (centre - from) / (to - from);
    const first = centre - share * days;
    return { from: Math.round(first), to: Math.round(first + days) };
  }

  function onPointerdown(event) {
    if (event.pointerType === 'touch') {
      fingers.set(event.pointerId, event.clientX);
      if (fingers.size === 2) {
        pinch = { range: range(), ...spread() };
      }
    } else if (event.button === 0) {
      brush.value = { start: event.clientX, end: event.clientX };
      event.currentTarget.setPointerCapture?.(event.pointerId);
    }
  }

  const spread = () => {
    const [one, other] = fingers.values();
    return { wide: Math.max(LEAST_PIXELS, Math.abs(one - other)), centre: dayAt((one + other) / 2) };
  };

  function onPointermove(event) {
    if (fingers.has(event.pointerId)) {
      fingers.set(event.pointerId, event.clientX);
    } else if (brush.value) {
      brush.value = { ...brush.value, end: event.clientX };
    }
  }

  function onPointerup(event) {
    if (fingers.size === 2 && pinch) {
      onZoom(around(pinch.centre, pinch.wide / spread().wide, pinch.range));
      pinch = null;
    }
    fingers.delete(event.pointerId);
    const drawn = brush.value;
    brush.value = null;
    if (drawn && Math.abs(drawn.end - drawn.start) >= LEAST_PIXELS) {
      const [from, to] = [drawn.start, drawn.end].map(dayAt).sort((a, b) => a - b);
      onZoom({ from: Math.ceil(from), to: Math.floor(to) });
    }
  }

  function onPointercancel(event) {
    fingers.delete(event.pointerId);
    pinch = null;
    brush.value = null;
  }

  /** A wheel turns in many small steps: the last one counts. */
  function onWheel(event) {
    if (!event.ctrlKey && !event.metaKey) {
      return;
    }
    event.preventDefault();
    clearTimeout(wheel?.timer);
    const days = around(dayAt(event.clientX), event.deltaY > 0 ? STEP : 1 / STEP, wheel?.days ?? range());
    wheel = {
      days,
      timer: setTimeout(() => {
        wheel = null;
        onZoom(days);
      }, PAUSE),
    };
  }

  return { brush, handlers: { onPointerdown, onPointermove, onPointerup, onPointercancel, onWheel } };
}
