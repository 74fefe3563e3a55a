export type Theme = 'system' | 'light' | 'dark';

const CHOSEN = 'tidemark.theme';

export function theme(): Theme {
  const chosen = localStorage.getItem(CHOSEN);
  return chosen === 'light' || chosen === 'dark' ? chosen : 'system';
}

export function chooseTheme(theme: Theme): void {
  if (theme === 'system') {
    localStorage.removeItem(CHOSEN);
    delete document.documentElement.dataset['theme'];
  } else {
    localStorage.setItem(CHOSEN, theme);
    document.documentElement.dataset['theme'] = theme;
  }
}
