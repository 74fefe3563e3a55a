// Evaluated in the pages that are measured. Times are milliseconds of performance.now().
(() => {
  const percentile = (times, share) => {
    const sorted = [...times].sort((a, b) => a - b);
    return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
  };
  const summary = (times) => ({ p50: percentile(times, 0.5), p99: percentile(times, 0.99) });
  const api = {
    contender: {
      apply: (events) => benchContender.applyEvents(events),
      timeline: (channel, limit) => benchContender.timeline(channel, limit),
    },
    raw: {
      apply: (events) => raw('applyEvents', events),
      timeline: (channel, limit) => raw('timeline', channel, limit),
    },
  };
  globalThis.measure = {
    channels: [],

    /** Events a second for `count` new messages in batches of 500. */
    async ingest(who, count, seed) {
      const { events, channelIds } = makeEvents(count, 20, seed);
      this.channels = channelIds;
      const start = performance.now();
      for (let i = 0; i < events.length; i += 500) await api[who].apply(events.slice(i, i + 500));
      return (count * 1000) / (performance.now() - start);
    },

    /** The newest 50 of a channel, again and again. */
    async reads(who, rounds) {
      const times = [];
      for (let i = 0; i < rounds; i++) {
        const channel = this.channels[i % this.channels.length];
        const start = performance.now();
        const rows = await api[who].timeline(channel, 50);
        times.push(performance.now() - start);
        if (rows.length !== 50) throw new Error(`${rows.length} rows`);
      }
      return summary(times);
    },

    /** A write until the subscription's callback holds the row. */
    async writeToCallback(rounds, seed) {
      const { events } = makeEvents(rounds, 1, seed);
      const channel = this.channels[0];
      const times = [];
      let wanted = null;
      let arrived = null;
      let first = null;
      const begun = new Promise((resolve) => (first = resolve));
      const stop = benchContender.subscribe(channel, 50, ({ rows }) => {
        first();
        if (arrived && rows.some((row) => row.id === wanted)) arrived();
      });
      await begun;
      for (const event of events) {
        event.channel = channel;
        wanted = event.id;
        const seen = new Promise((resolve) => (arrived = resolve));
        const start = performance.now();
        const durable = benchContender.writeOne(event);
        await seen;
        times.push(performance.now() - start);
        arrived = null;
        await durable;
      }
      stop();
      return summary(times);
    },

    /** What the yardstick does for the same: write in one transaction, query again. */
    async writeAndRequery(rounds, seed) {
      const { events } = makeEvents(rounds, 1, seed);
      const channel = this.channels[0];
      const times = [];
      for (const event of events) {
        event.channel = channel;
        const start = performance.now();
        await raw('applyEvents', [event]);
        const rows = await raw('timeline', channel, 50);
        times.push(performance.now() - start);
        if (!rows.some((row) => row.id === event.id)) throw new Error('the row is not there');
      }
      return summary(times);
    },

    /** Writes while `count` subscriptions to other channels are live; how many of those were called. */
    async writesBeside(count, rounds, seed) {
      let called = 0;
      const stops = [];
      const firsts = [];
      for (let i = 0; i < count; i++) {
        firsts.push(
          new Promise((resolve) => {
            let isFirst = true;
            stops.push(
              benchContender.subscribe(`quiet-${i}`, 50, () => {
                if (!isFirst) called++;
                isFirst = false;
                resolve();
              }),
            );
          }),
        );
      }
      await Promise.all(firsts);
      const times = await this.writeToCallback(rounds, seed);
      stops.forEach((stop) => stop());
      return { ...times, called };
    },
  };
})();
