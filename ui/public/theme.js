// Runs before the first paint, so that the chosen theme and text size never flash. It is a file of its own
// because the content policy forbids inline scripts. What it reads is a copy; the shell keeps the choices.
(function () {
  try {
    var kept = JSON.parse(localStorage.getItem('preferences') || '{}');
    var root = document.documentElement;
    if (kept.theme === 'light' || kept.theme === 'dark') root.dataset.theme = kept.theme;
    if (kept.density === 'compact' || kept.density === 'comfortable') root.dataset.density = kept.density;
    if (/^(small|large|larger|largest)$/.test(kept.text)) root.dataset.text = kept.text;
    if (kept.language === 'en' || kept.language === 'es') root.lang = kept.language;
  } catch {
    // Without storage the usual values apply.
  }
})();
