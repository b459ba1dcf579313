/*
 * Runs before anything is painted: the page begins with the colours that its reader chose, and with the picture that
 * is in it only where that is the one asked for. Plain files have one picture for all addresses.
 */
{
  const root = document.documentElement;
  const { searchParams } = new URL(location.href);
  const isFile = document.querySelector('meta[name=data]').content.startsWith('files');
  const others = isFile ? ['run', 'page', 'place', 'asOf'] : ['run', 'page'];
  root.dataset.begins = others.some((name) => searchParams.get(name)) ? 'empty' : 'picture';
  try {
    const theme = localStorage.getItem('event-driven-camel.theme');
    if (theme === 'light' || theme === 'dark') {
      root.dataset.theme = theme;
    }
  } catch {
    // The colours of the system.
  }
}
