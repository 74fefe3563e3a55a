/**
 * How well typed letters fit a name: 4 the name itself, 3 its beginning, 2 the beginning of a word in it, 1 the letters in order
 * somewhere, 0 not at all.
 */
export function closeness(typed: string, name: string): number {
  const wanted = typed.toLowerCase();
  const given = name.toLowerCase();
  if (given === wanted) return 4;
  if (given.startsWith(wanted)) return 3;
  const inside = given.indexOf(wanted);
  if (inside > 0 && /[^\p{L}\p{N}]/u.test(given[inside - 1] ?? '')) return 2;
  let at = 0;
  for (const letter of given) if (letter === wanted[at]) at++;
  return at === wanted.length && wanted.length > 1 ? 1 : 0;
}
