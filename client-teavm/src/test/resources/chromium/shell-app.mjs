// What a page of the tests does: reports which build it is, or what became of an update.
const workers = navigator.serviceWorker;
const report = (...fields) => fetch('/result', { method: 'POST', body: fields.join('\t') });
const url = globalThis.trustedTypes
  .createPolicy('tidemark', { createScriptURL: (text) => text })
  .createScriptURL('/service-worker.js');

if (!workers.controller) {
  await workers.register(url);
  await new Promise((done) => (workers.oncontrollerchange = done));
  report('ready', build);
} else if (location.search === '?update') {
  const registration = await workers.getRegistration();
  registration.onupdatefound = () => {
    const worker = registration.installing;
    worker.onstatechange = () => {
      if (worker.state === 'installed') report('updated', build, 'installed');
      if (worker.state === 'redundant') report('updated', build, 'install failed');
    };
  };
  await registration.update();
} else if (location.search === '?take-over') {
  workers.oncontrollerchange = () => report('changed', build, 'taken over');
  (await workers.getRegistration()).waiting.postMessage('tidemark:take-over');
} else if (location.search === '?caches') {
  report('caches', build, await caches.keys());
} else {
  const api = await fetch('/api/v1/session').then(() => 'api answered', () => 'api failed');
  report('loaded', build, api);
}
