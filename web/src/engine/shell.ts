// Keeps the pages themselves available without the server.

interface ScriptPolicy {
  createScriptURL(url: string): unknown;
}

interface PolicyFactory {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): ScriptPolicy;
}

const POLICY = Symbol.for('tidemark.scripts');

/** What the waiting service worker obeys: it serves its newer build from then on. */
const TAKE_OVER = 'tidemark:take-over';

/**
 * Registers the service worker that serves the app offline; without one the app works while the server does.
 *
 * @param onNewer gets told, once, that a newer build is ready, and what to call to have all pages reload with it
 */
export async function keepShellOffline(onNewer: (reload: () => void) => void): Promise<void> {
  if (!('serviceWorker' in navigator)) return;
  const { serviceWorker } = navigator;
  try {
    const registration = await serviceWorker.register(trusted('/service-worker.js') as string, {
      scope: '/',
    });
    const served = serviceWorker.controller !== null;
    const offer = (worker: ServiceWorker | null) => {
      if (!worker || !served) return;
      onNewer(() => worker.postMessage(TAKE_OVER));
    };
    offer(registration.waiting);
    registration.addEventListener('updatefound', () => {
      const { installing } = registration;
      installing?.addEventListener('statechange', () => {
        if (installing.state === 'installed') offer(installing);
      });
    });
    serviceWorker.addEventListener('controllerchange', () => {
      if (served) location.reload();
    });
  } catch (error) {
    console.warn('the app cannot be kept for use without the server:', error);
  }
}

/** The page and the engine share one Trusted Types policy, because a policy can be made only once. */
function trusted(url: string): unknown {
  const shared = globalThis as unknown as Record<symbol, ScriptPolicy | undefined> & {
    trustedTypes?: PolicyFactory;
  };
  if (!shared.trustedTypes) return url;
  shared[POLICY] ??= shared.trustedTypes.createPolicy('tidemark', {
    createScriptURL(text: string): string {
      const address = new URL(text, location.href);
      if (address.origin !== location.origin) throw new TypeError(`foreign script ${address.href}`);
      return address.href;
    },
  });
  return shared[POLICY].createScriptURL(url);
}
