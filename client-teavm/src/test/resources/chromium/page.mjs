// Starts the script named in the address as a dedicated worker; it reports by itself.
const policy = trustedTypes.createPolicy('tidemark', { createScriptURL: (url) => url });
globalThis[Symbol.for('tidemark.scripts')] = policy;
const script = new URLSearchParams(location.search).get('worker');
const worker = new Worker(policy.createScriptURL(script), { type: 'module' });
worker.onerror = (event) =>
  fetch('/result', { method: 'POST', body: `failed\tthe worker runs\t${event.message}` });
