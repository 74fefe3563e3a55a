// The yardstick: what a careful person writes on the official oo1 API. One dedicated worker, the
// sahpool VFS, an exclusive lock, WAL, synchronous=FULL, statements prepared once, one transaction a
// batch. It writes the rows that the product writes (event, message, full text by trigger, one cursor
// update a batch) into the same tables, and nothing else: no projection, no subscriptions, no outbox.

const EVENT = `INSERT INTO events(space,position,id,type,author,origin,basis,client_time,server_time,
  target,timeline,payload) VALUES(?,?,?,?,?,?,?,?,?,?,?,?)`;
const MESSAGE = `INSERT INTO message(space,id,channel,thread,author,body,order_key,state,created_at,
  edited_at,deleted,pinned,replies,last_reply_at,reactions,version,attachments)
  VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)`;
const EDIT = 'UPDATE message SET body=?, edited_at=?, version=version+1 WHERE space=? AND id=?';
const REACT = 'INSERT OR IGNORE INTO reaction(space,message,author,emoji,channel) VALUES(?,?,?,?,?)';
const COUNT = 'UPDATE message SET reactions=reactions+1 WHERE space=? AND id=?';
const CHANNEL = 'SELECT channel FROM message WHERE space=? AND id=?';
const CURSOR = `INSERT INTO cursor(space,position,hash) VALUES(?,?,?)
  ON CONFLICT(space) DO UPDATE SET position=excluded.position, hash=excluded.hash`;
const TIMELINE = `SELECT id,channel,author,body,created_at,edited_at,reactions FROM message
  WHERE space=? AND channel=? AND thread IS NULL ORDER BY order_key DESC LIMIT ?`;

/** Opens a new database in a directory of its own. `ddl` makes the product's tables. */
export async function openRaw(sqlite3, name, ddl) {
  const pool = await sqlite3.installOpfsSAHPoolVfs({
    name,
    directory: `bench/${name}`,
    initialCapacity: 8,
    clearOnInit: true,
    verbosity: 0,
  });
  const db = new pool.OpfsSAHPoolDb('/raw.db');
  db.exec('PRAGMA locking_mode=exclusive');
  const mode = db.selectValue('PRAGMA journal_mode=wal');
  if (mode !== 'wal') throw new Error(`journal mode ${mode}`);
  db.exec(
    'PRAGMA synchronous=full; PRAGMA wal_autocheckpoint=4000; PRAGMA cache_size=-16384; PRAGMA temp_store=memory',
  );
  db.exec(ddl);
  const statement = Object.fromEntries(
    Object.entries({ EVENT, MESSAGE, EDIT, REACT, COUNT, CHANNEL, CURSOR, TIMELINE }).map(
      ([key, sql]) => [key, db.prepare(sql)],
    ),
  );
  const begin = db.prepare('BEGIN IMMEDIATE');
  const commit = db.prepare('COMMIT');
  const space = 'bench';
  let position = 0;

  const run = (prepared, values) => prepared.bind(values).stepReset();

  function event(e, type, target, timeline, payload) {
    position++;
    run(statement.EVENT, [
      space, position, e.eid, type, e.author ?? 'bench', 'server', position - 1, e.at, e.at, target,
      timeline, JSON.stringify(payload),
    ]);
  }

  function apply(e) {
    if (e.t === 'c') {
      event(e, 'message.created', e.id, e.channel, { messageId: e.id, channelId: e.channel, body: e.body });
      run(statement.MESSAGE, [
        space, e.id, e.channel, null, e.author, e.body, position, 0, e.created_at, null, 0, 0, 0, null, 0, 1, null,
      ]);
    } else if (e.t === 'e') {
      event(e, 'message.edited', e.id, null, { messageId: e.id, body: e.body });
      run(statement.EDIT, [e.body, e.edited_at, space, e.id]);
    } else {
      event(e, 'reaction.added', e.id, null, { messageId: e.id, emoji: e.emoji });
      const find = statement.CHANNEL.bind([space, e.id]);
      const channel = find.step() ? find.get(0) : '';
      find.reset();
      run(statement.REACT, [space, e.id, e.author, e.emoji, channel]);
      if (db.changes() > 0) run(statement.COUNT, [space, e.id]);
    }
  }

  return {
    /** One transaction: the events' rows and one cursor update, durable when it returns. */
    applyEvents(events) {
      begin.stepReset();
      for (const e of events) apply(e);
      run(statement.CURSOR, [space, position, null]);
      commit.stepReset();
    },
    timeline(channel, limit) {
      const rows = [];
      const prepared = statement.TIMELINE.bind([space, channel, limit]);
      while (prepared.step()) rows.push(prepared.get({}));
      prepared.reset();
      return rows;
    },
    async close() {
      for (const prepared of [...Object.values(statement), begin, commit]) prepared.finalize();
      db.close();
      await pool.removeVfs();
    },
  };
}
