// Runs before the first paint, so that a chosen theme never flashes the other one. Kept apart from the
// modules because modules run after the page was parsed.
const chosen = localStorage.getItem('tidemark.theme');
if (chosen === 'light' || chosen === 'dark') document.documentElement.dataset['theme'] = chosen;
