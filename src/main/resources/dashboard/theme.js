/** Light or dark: as the system has it, or as the reader chose on this device. Paper is always light. */

const { ref } = Vue;

const KEY = 'event-driven-camel.theme';
const THEMES = ['light', 'dark'];
const dark = matchMedia('(prefers-color-scheme: dark)');
const paper = matchMedia('print');
const forced = matchMedia('(forced-colors: active)');

/** What the reader chose: "light", "dark", or empty for what the system has. */
export const chosenTheme = ref(kept());

/** A browser may keep nothing for the page, which then has the theme of the system. */
function kept() {
  try {
    const theme = localStorage.getItem(KEY);
    return THEMES.includes(theme) ? theme : '';
  } catch {
    return '';
  }
}

function keep(theme) {
  try {
    if (theme === '') {
      localStorage.removeItem(KEY);
    } else {
      localStorage.setItem(KEY, theme);
    }
  } catch {
    // The choice holds until the page is left.
  }
}

/** Counts the changes: a canvas has to be drawn again. */
export const repaints = ref(0);

function apply(isPaper) {
  const system = dark.matches ? 'dark' : 'light';
  document.documentElement.dataset.theme = isPaper ? 'light' : chosenTheme.value || system;
  repaints.value += 1;
}

export function chooseTheme(theme) {
  chosenTheme.value = theme;
  keep(theme);
  apply(paper.matches);
}

for (const media of [dark, paper, forced]) {
  media.addEventListener('change', () => apply(paper.matches));
}
addEventListener('beforeprint', () => apply(true));
addEventListener('afterprint', () => apply(false));
apply(paper.matches);
