/** Parts of the admin page, each with an address of its own. The first is what `/admin` shows. */
export const SECTIONS = [
  { id: 'jobs', path: '/admin', label: 'Jobs' },
  { id: 'libraries', path: '/admin/libraries', label: 'Libraries' },
  { id: 'embeddings', path: '/admin/embeddings', label: 'Embeddings' },
  { id: 'server', path: '/admin/server', label: 'Server' },
] as const;

export type SectionId = (typeof SECTIONS)[number]['id'];

/** The section of an address; jobs for one that is unknown. */
export function sectionOf(path: string): SectionId {
  const trimmed = path.replace(/\/+$/, '');
  return SECTIONS.find((section) => section.path === trimmed)?.id ?? 'jobs';
}
