/** When charts are drawn: none while the picture that the page begins with is the one to be seen. */

const { nextTick, ref, shallowRef } = Vue;

/** What draws charts; null until it is read, with its library. */
export const pencil = shallowRef(null);

/** Whether charts are wanted in place of the first picture: a reader points at it, or saves it. */
export const areWanted = ref(false);

let reading;

/** Has the library read. If it does not come, the next call tries again. */
export function readPencil() {
  reading ??= import('./chart.js')
    .then(() => import('./drawing.js'))
    .then(
      (drawing) => {
        pencil.value = drawing;
      },
      () => {
        reading = undefined;
      },
    );
  return reading;
}

let last = Promise.resolve();

/** Does some work after that of the others, in a task of its own: between them the page answers its reader. */
export function inTurn(work) {
  last = last.then(
    () =>
      new Promise((done) => {
        setTimeout(() => {
          try {
            work();
          } finally {
            done();
          }
        });
      }),
  );
}

/** Waits until all charts of the page are drawn. */
export async function drawn() {
  areWanted.value = true;
  await readPencil();
  await nextTick();
  await last;
}
