/** Light or dark: as the system has it, or as the reader chose on this device. Paper is always light. */

const { ref } = Vue;

const KEY = 'theme';
const dark = matchMedia('(prefers-color-scheme: dark)');
const paper = matchMedia('print');
const forced = matchMedia('(forced-colors: active)');

/** What the reader chose: "light", "dark", or empty for what the system has. */
export const chosenTheme = ref(localStorage.getItem(KEY) ?? '');

/** Counts the changes: a canvas has to be drawn again. */
export const repaints = ref(0);

function apply(isPaper) {
  const system = dark.matches ? 'dark' : 'light';
  document.documentElement.dataset.theme = isPaper ? 'light' : chosenTheme.value || system;
  repaints.value += 1;
}

export function chooseTheme(theme) {
  chosenTheme.value = theme;
  if (theme === '') {
    localStorage.removeItem(KEY);
  } else {
    localStorage.setItem(KEY, theme);
  }
  apply(paper.matches);
}

for (const media of [dark, paper, forced]) {
  media.addEventListener('change', () => apply(paper.matches));
}
addEventListener('beforeprint', () => apply(true));
addEventListener('afterprint', () => apply(false));
apply(paper.matches);
