import init from '/engine/sqlite/index.mjs';
import { openRaw } from '/raw.mjs';

// The VFSes that need further workers are off, as in the product.
globalThis.sqlite3ApiConfig = { disable: { vfs: { opfs: true, 'opfs-vfs': true, 'opfs-wl': true } } };
let db;

onmessage = async ({ data: { call, name, args } }) => {
  try {
    let value = null;
    if (name === 'open') {
      db = await openRaw(await init(), 'raw', args[0]);
    } else {
      value = db[name](...args);
    }
    postMessage({ call, value });
  } catch (error) {
    postMessage({ call, error: String(error.stack ?? error) });
  }
};
