// Starts the page that the address names. The workspace comes with this script; the other pages are loaded when opened.
import { toast } from '../elements/toast';
import { keepShellOffline } from '../engine/shell';
import './root';

const PAGES: Record<string, () => Promise<string>> = {
  '/elements': () => import('../elements/page').then(() => 'tm-elements-page'),
  '/inspector': () => import('../inspector/inspector').then(() => 'tm-inspector'),
  '/admin': () => import('../admin/admin').then(() => 'tm-admin'),
};

// The sections of a page have addresses below its own.
const load = PAGES[`/${location.pathname.split('/')[1]}`];
document.body.append(document.createElement(load ? await load() : 'tm-root'));

// After the first paint: two frames later the browser has shown something.
requestAnimationFrame(() =>
  requestAnimationFrame(() => {
    void keepShellOffline((reload) =>
      toast({
        text: 'A newer version of Tidemark is ready.',
        stays: true,
        action: { label: 'Reload', run: reload },
      }),
    );
  }),
);
