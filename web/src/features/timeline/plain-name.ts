/** The name of somebody without a profile: imported nicks stand as they were. */
export function plainName(author: string): string {
  if (author.startsWith('import:')) return author.slice('import:'.length);
  return author === 'system' ? 'Tidemark' : author;
}
