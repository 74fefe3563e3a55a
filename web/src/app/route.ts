/** Where in the workspace one is. It lives in the address after `#`, so every place has a link and the back gesture works. */
export interface Route {
  space?: string;
  channel?: string;
  /** Root message of the thread that is open on the right. */
  thread?: string;
  /** A message to show and mark: in the thread when one is open, else in the channel. */
  message?: string;
  /** The channel's details (pins, people) are open on the right. */
  details?: boolean;
}

/** Reads `#/SPACE/CHANNEL[/t/ROOT][/m/MESSAGE]` or `#/SPACE/CHANNEL/details`; anything else is the start. */
export function parseRoute(hash: string): Route {
  const [space, channel, ...more] = hash
    .replace(/^#\/?/, '')
    .split('/')
    .map((part) => decode(part))
    .filter((part) => part !== '');
  if (!space) return {};
  if (!channel) return { space };
  const route: Route = { space, channel };
  for (let at = 0; at < more.length; at++) {
    const next = more[at + 1];
    if (more[at] === 't' && next) route.thread = next;
    else if (more[at] === 'm' && next) route.message = next;
    else if (more[at] === 'details') route.details = true;
    else continue;
    if (more[at] !== 'details') at++;
  }
  return route;
}

export function routeHash(route: Route): string {
  if (!route.space) return '#/';
  const parts = [route.space];
  if (route.channel) {
    parts.push(route.channel);
    if (route.thread) parts.push('t', route.thread);
    if (route.message) parts.push('m', route.message);
    if (route.details) parts.push('details');
  }
  return '#/' + parts.map(encodeURIComponent).join('/');
}

export function go(route: Route, how: 'push' | 'replace' = 'push'): void {
  const hash = routeHash(route);
  if (how === 'replace') {
    history.replaceState(null, '', hash);
    window.dispatchEvent(new HashChangeEvent('hashchange'));
  } else {
    location.hash = hash;
  }
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return '';
  }
}
