(() => {
  const read = (key) => {
    try {
      return localStorage.getItem(key);
    } catch {
      return null;
    }
  };
  const theme = read('passerelle.theme');
  const system = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
  document.documentElement.dataset.theme = theme === 'light' || theme === 'dark' ? theme : system;
  const language = read('passerelle.language');
  document.documentElement.lang = language ?? (/^fr\b/i.test(navigator.language) ? 'fr' : 'en');
})();
