// Starts the script named in the address: in this page (`page`) or as a dedicated worker (`worker`). It reports by itself.
const parameters = new URLSearchParams(location.search);
const failed = (message) => fetch('/result', { method: 'POST', body: `failed\tit runs\t${message}` });
globalThis.onerror = failed;
globalThis.onunhandledrejection = (event) => failed(event.reason);
if (parameters.has('page')) {
  await import(parameters.get('page'));
} else {
  const policy = trustedTypes.createPolicy('tidemark', { createScriptURL: (url) => url });
  const worker = new Worker(policy.createScriptURL(parameters.get('worker')), { type: 'module' });
  worker.onerror = (event) => failed(event.message);
}
