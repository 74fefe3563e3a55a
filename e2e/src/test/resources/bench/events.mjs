// Chat lines like real ones, the same for the same seed: made here so that both contenders get equal work.

const WORDS = `the a to of and in is you that it for on have with this be not are as at if or but what can do my
  so no just me there how was any from they will your up out about some would use one like know get when then
  now only work try need install ubuntu kernel package apt sudo file drive boot grub server update error driver
  wireless sound card screen login terminal command gnome version system disk partition mount usb network
  firefox thanks yes hello problem question help anyone running`.split(/\s+/);

/** Creates `count` messages in `channels` channels, as `applyEvents` takes them. */
export function makeEvents(count, channels = 20, seed = 1) {
  let state = seed >>> 0;
  const random = (n) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 4294967296) * n);
  };
  const hex = (digits) => Array.from({ length: digits }, () => random(16).toString(16)).join('');
  const uuid = () => `${hex(8)}-${hex(4)}-7${hex(3)}-8${hex(3)}-${hex(12)}`;
  const channelIds = Array.from({ length: channels }, uuid);
  const authors = Array.from({ length: 200 }, (_, i) => `import:nick${i}`);
  const start = Date.UTC(2026, 0, 1);
  const events = [];
  for (let i = 0; i < count; i++) {
    const words = Array.from({ length: 3 + random(20) }, () => WORDS[random(WORDS.length)]);
    if (random(50) === 0) words.push('déjà vu ☕');
    events.push({
      t: 'c', eid: uuid(), id: uuid(), channel: channelIds[random(channels)], author: authors[random(200)],
      body: words.join(' '), created_at: start + i * 1000, at: start + i * 1000,
    });
  }
  return { events, channelIds };
}
