// Keeps the pages themselves available without the server.

interface ScriptPolicy {
  createScriptURL(url: string): unknown;
}

interface PolicyFactory {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): ScriptPolicy;
}

const POLICY = Symbol.for('tidemark.scripts');

/** Registers the service worker that serves the app offline; without one the app works while the server does. */
export async function keepShellOffline(): Promise<void> {
  if (!('serviceWorker' in navigator)) return;
  try {
    await navigator.serviceWorker.register(trusted('/service-worker.js') as string, { scope: '/' });
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
