// raw(name, ...arguments) asks the worker and awaits its answer, as an application on oo1 would.
const worker = new Worker('/raw-worker.js', { type: 'module' });
const waiting = new Map();
let count = 0;
worker.onmessage = ({ data: { call, value, error } }) => {
  const { resolve, reject } = waiting.get(call);
  waiting.delete(call);
  if (error) reject(new Error(error));
  else resolve(value);
};
globalThis.raw = (name, ...args) =>
  new Promise((resolve, reject) => {
    waiting.set(++count, { resolve, reject });
    worker.postMessage({ call: count, name, args });
  });
