import { html, svg, type TemplateResult } from 'lit';

/** Line icons on a 20 x 20 grid, drawn with the text's colour. Decorative: the control around them carries the name. */
const paths = {
  hash: svg`<path d="M7.5 3 6 17M14 3l-1.5 14M3.5 7.500h13.500M3 12.500h13.5"/>`,
  plus: svg`<path d="M10 4v12M4 10h12"/>`,
  close: svg`<path d="m5 5 10 10M15 5 5 15"/>`,
  back: svg`<path d="M12 4 6 10l6 6"/>`,
  down: svg`<path d="m5 8 5 5 5-5"/>`,
  more: svg`<g fill="currentColor" stroke="none"><circle cx="4.5" cy="10" r="1.5"/><circle cx="10" cy="10" r="1.5"/><circle cx="15.5" cy="10" r="1.5"/></g>`,
  search: svg`<circle cx="9" cy="9" r="5.5"/><path d="m13.2 13.2 3.8 3.8"/>`,
  send: svg`<path d="M3.5 10h6M3.5 3.5 17 10 3.5 16.5 4.5 10z"/>`,
  reply: svg`<path d="M8 5 3.5 9.5 8 14M4 9.500h7c3.3 0 5.5 2 5.5 5.5"/>`,
  smile: svg`<circle cx="10" cy="10" r="7"/><path d="M7 11.800c.8 1.2 1.8 1.7 3 1.700s2.2-.5 3-1.700M7.5 8v.2M12.5 8v.2"/>`,
  edit: svg`<path d="m4 13.2-.5 3.3 3.3-.5L16.5 6.300l-2.8-2.800zM12 5.2 14.8 8"/>`,
  trash: svg`<path d="M4 5.500h12M8 5.500V3.500h4v2M5.5 5.500l.7 11h7.600l.7-11M8.5 8.500v5M11.5 8.500v5"/>`,
  pin: svg`<path d="m12 3 5 5-2.5.8-2.7 2.7-.5 3.5-6.3-6.3 3.5-.5 2.7-2.700zM7.5 12.5 3.5 16.5"/>`,
  link: svg`<path d="m8.5 11.5 3-3M9 6.500l2-2a3.2 3.2 0 0 1 4.5 4.500l-2 2M11 13.500l-2 2A3.2 3.2 0 0 1 4.5 11l2-2"/>`,
  copy: svg`<rect x="7" y="7" width="9.5" height="9.5" rx="2"/><path d="M13 4.500A1.5 1.5 0 0 0 11.5 3.500H5A1.5 1.5 0 0 0 3.5 5v6.500A1.5 1.5 0 0 0 4.5 13"/>`,
  clock: svg`<circle cx="10" cy="10" r="7"/><path d="M10 6v4l2.5 2"/>`,
  warning: svg`<path d="M10 3.5 17.5 16.500h-15zM10 8.500v3.500M10 14.200v.1"/>`,
  check: svg`<path d="m4 10.5 4 4 8-9"/>`,
  info: svg`<circle cx="10" cy="10" r="7"/><path d="M10 9.500v4M10 6.500v.1"/>`,
  archive: svg`<path d="M3.5 4h13v3.500h-13zM4.5 7.500v8.500h11V7.500M8 10.500h4"/>`,
  sun: svg`<circle cx="10" cy="10" r="3.5"/><path d="M10 2.500v1.500M10 16v1.500M2.5 10H4M16 10h1.500M4.7 4.700l1 1M14.3 14.300l1 1M4.7 15.300l1-1M14.3 5.700l1-1"/>`,
  moon: svg`<path d="M16.5 11.800A6.8 6.8 0 0 1 8.2 3.500a6.8 6.8 0 1 0 8.3 8.300z"/>`,
  keyboard: svg`<rect x="2.5" y="5" width="15" height="10" rx="2"/><path d="M5.5 8.200v.1M8.5 8.200v.1M11.5 8.200v.1M14.5 8.200v.1M6.5 12h7"/>`,
  signOut: svg`<path d="M8 3.500H4.500v13H8M12.5 6.5 16 10l-3.5 3.500M16 10H8"/>`,
  settings: svg`<path d="M3 6h8M15 6h2M3 14h2M9 14h8"/><circle cx="13" cy="6" r="2"/><circle cx="7" cy="14" r="2"/>`,
  retry: svg`<path d="M15.5 6.500A6.5 6.5 0 1 0 16.5 10M16 3v4h-4"/>`,
  wave: svg`<path d="M2.5 8c2.5-2.6 5-2.6 7.5 0s5 2.6 7.5 0M2.5 13h15"/>`,
  book: svg`<path d="M4 4.500A1.5 1.5 0 0 1 5.5 3H16v14H5.500A1.5 1.5 0 0 1 4 15.500zM4 14.500h12"/>`,
  people: svg`<circle cx="7.5" cy="7" r="2.7"/><path d="M2.5 16c.3-3 2.2-4.5 5-4.500s4.7 1.5 5 4.500M13 4.600a2.6 2.6 0 0 1 0 4.800M14.5 11.800c1.8.6 2.8 2 3 4.2"/>`,
  thread: svg`<path d="M3.5 4h13v8.500H9L5.5 15.500v-3h-2z"/>`,
} as const;

export type IconName = keyof typeof paths;

export function icon(name: IconName, size = 20): TemplateResult {
  return html`<svg
    width=${size}
    height=${size}
    viewBox="0 0 20 20"
    fill="none"
    stroke="currentColor"
    stroke-width="1.6"
    stroke-linecap="round"
    stroke-linejoin="round"
    aria-hidden="true"
  >
    ${paths[name]}
  </svg>`;
}

export const iconNames = Object.keys(paths) as IconName[];
