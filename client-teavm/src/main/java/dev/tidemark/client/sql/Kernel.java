package dev.tidemark.client.sql;

import org.jspecify.annotations.Nullable;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSObject;

/**
 * The part of the binding that is written in JavaScript: tight loops over the wasm heap. One per
 * connection. A {@link Handle} is a prepared statement; functions that can fail return SQLite's
 * result code.
 *
 * <p>Invariants: 1. text is bound with static lifetime out of one scratch buffer, and the buffer is
 * reused only when no statement has bound text since its last reset; text that does not fit is
 * copied by SQLite instead. 2. The heap view is taken anew after memory grew, which detaches the
 * old one (its length is then 0).
 */
abstract class Kernel implements JSObject {
  /** A prepared statement: the pointer, its column names, and whether it holds scratch text. */
  interface Handle extends JSObject {}

  /** Prepares one statement; null when SQLite refused it (see {@link #message()}). */
  abstract @Nullable Handle prepare(String sql);

  /** Where the first statement of the latest prepared text ended, in UTF-8 bytes from its end. */
  abstract boolean moreText();

  abstract void close(Handle handle);

  abstract int bindText(Handle handle, int parameter, String value);

  abstract int bindLong(Handle handle, int parameter, long value);

  abstract int bindDouble(Handle handle, int parameter, double value);

  abstract int bindNull(Handle handle, int parameter);

  /** Binds the elements of an array of text, numbers, booleans and nulls from parameter 1 on. */
  abstract int bindAll(Handle handle, JSObject values);

  abstract int step(Handle handle);

  abstract void reset(Handle handle);

  abstract int columnCount(Handle handle);

  abstract String columnName(Handle handle, int column);

  abstract int parameterCount(Handle handle);

  abstract boolean readOnly(Handle handle);

  abstract int type(Handle handle, int column);

  abstract String text(Handle handle, int column);

  abstract long integer(Handle handle, int column);

  abstract double real(Handle handle, int column);

  /** Steps to the end: an array of row objects, or the result code as a number. */
  abstract JSObject rows(Handle handle, int limit);

  /** Steps to the end: {@code {names, values}} with the rows one after the other. */
  abstract JSObject table(Handle handle, int limit);

  abstract int execute(String script);

  abstract int changes();

  abstract boolean inTransaction();

  abstract int errorCode();

  abstract String message();

  /** Binds the wasm exports to one open connection. */
  @JSBody(
      params = {"sqlite", "db"},
      script =
          """
          var wasm = sqlite.wasm, api = wasm.exports, memory = wasm.memory;
          var u8 = new Uint8Array(memory.buffer);
          var encoder = new TextEncoder(), decoder = new TextDecoder();
          var capacity = 1 << 17, base = api.sqlite3_malloc(capacity + 16), top = base;
          var limit = base + capacity, out = limit, holders = 0, more = false;

          function view() { if (u8.length === 0) u8 = new Uint8Array(memory.buffer); return u8; }

          function pointerAt(address) {
            var heap = view();
            return (heap[address] | heap[address + 1] << 8 | heap[address + 2] << 16 | heap[address + 3] << 24) >>> 0;
          }

          function decode(pointer, length) {
            var heap = view();
            if (length < 24) {
              var text = '', at = pointer, end = pointer + length;
              for (; at < end; at++) {
                var unit = heap[at];
                if (unit > 127) break;
                text += String.fromCharCode(unit);
              }
              if (at === end) return text;
            }
            return decoder.decode(heap.subarray(pointer, pointer + length));
          }

          function zeroTerminated(pointer) {
            if (pointer === 0) return '';
            var heap = view(), end = pointer;
            while (heap[end] !== 0) end++;
            return decode(pointer, end - pointer);
          }

          function withText(text, use) {
            var bytes = encoder.encode(text), pointer = api.sqlite3_malloc(bytes.length + 1);
            if (pointer === 0) return 7;
            var heap = view();
            heap.set(bytes, pointer);
            heap[pointer + bytes.length] = 0;
            try { return use(pointer, bytes.length); } finally { api.sqlite3_free(pointer); }
          }

          function names(st) {
            if (st.names === null) {
              var count = api.sqlite3_column_count(st.p), list = [];
              for (var at = 0; at < count; at++) list.push(zeroTerminated(api.sqlite3_column_name(st.p, at)));
              st.names = list;
            }
            return st.names;
          }

          function bindText(st, index, text) {
            var count = text.length, heap = view();
            if (top + count * 3 > limit) {
              return withText(text, function(pointer, length) {
                return api.sqlite3_bind_text(st.p, index, pointer, length, -1);
              });
            }
            if (!st.holds) { st.holds = true; holders++; }
            var pointer = top, done = 0;
            if (count < 64) {
              for (; done < count; done++) {
                var unit = text.charCodeAt(done);
                if (unit > 127) break;
                heap[pointer + done] = unit;
              }
            }
            if (done !== count) done = encoder.encodeInto(text, heap.subarray(pointer, limit)).written;
            top = pointer + done;
            return api.sqlite3_bind_text(st.p, index, pointer, done, 0);
          }

          function bindNumber(st, index, value) {
            if ((value | 0) === value) return api.sqlite3_bind_int(st.p, index, value);
            if (Number.isSafeInteger(value)) return api.sqlite3_bind_int64(st.p, index, BigInt(value));
            return api.sqlite3_bind_double(st.p, index, value);
          }

          function value(pointer, at) {
            switch (api.sqlite3_column_type(pointer, at)) {
              case 1: return api.sqlite3_column_double(pointer, at);
              case 2: return api.sqlite3_column_double(pointer, at);
              case 3: return decode(api.sqlite3_column_text(pointer, at), api.sqlite3_column_bytes(pointer, at));
              case 4:
                var from = api.sqlite3_column_blob(pointer, at);
                return view().slice(from, from + api.sqlite3_column_bytes(pointer, at));
              default: return null;
            }
          }

          function reset(st) {
            api.sqlite3_reset(st.p);
            if (st.holds) {
              st.holds = false;
              if (--holders === 0) top = base;
            }
          }

          return {
            prepare: function(sql) {
              return withText(sql, function(pointer, length) {
                var code = api.sqlite3_prepare_v3(db, pointer, length + 1, 1, out, out + 4);
                if (code !== 0) return null;
                var statement = pointerAt(out), tail = pointerAt(out + 4);
                var heap = view();
                while (tail < pointer + length && (heap[tail] <= 32 || heap[tail] === 59)) tail++;
                more = tail < pointer + length;
                return statement === 0 ? null : {p: statement, names: null, holds: false};
              });
            },
            moreText: function() { return more; },
            close: function(st) {
              reset(st);
              api.sqlite3_finalize(st.p);
              st.p = 0;
            },
            bindText: bindText,
            bindLong: function(st, index, value) {
              return api.sqlite3_bind_int64(st.p, index, value);
            },
            bindDouble: function(st, index, value) {
              return api.sqlite3_bind_double(st.p, index, value);
            },
            bindNull: function(st, index) { return api.sqlite3_bind_null(st.p, index); },
            bindAll: function(st, values) {
              for (var at = 0; at < values.length; at++) {
                var given = values[at], code;
                if (typeof given === 'string') code = bindText(st, at + 1, given);
                else if (typeof given === 'number') code = bindNumber(st, at + 1, given);
                else if (typeof given === 'boolean') code = api.sqlite3_bind_int(st.p, at + 1, given ? 1 : 0);
                else if (given === null || given === undefined) code = api.sqlite3_bind_null(st.p, at + 1);
                else code = 20;
                if (code !== 0) return code;
              }
              return 0;
            },
            step: function(st) { return api.sqlite3_step(st.p); },
            reset: reset,
            columnCount: function(st) { return api.sqlite3_column_count(st.p); },
            columnName: function(st, at) { return names(st)[at]; },
            parameterCount: function(st) { return api.sqlite3_bind_parameter_count(st.p); },
            readOnly: function(st) { return api.sqlite3_stmt_readonly(st.p) !== 0; },
            type: function(st, at) { return api.sqlite3_column_type(st.p, at); },
            text: function(st, at) {
              return decode(api.sqlite3_column_text(st.p, at), api.sqlite3_column_bytes(st.p, at));
            },
            integer: function(st, at) { return api.sqlite3_column_int64(st.p, at); },
            real: function(st, at) { return api.sqlite3_column_double(st.p, at); },
            rows: function(st, limit) {
              var pointer = st.p, list = names(st), count = list.length, rows = [], code;
              while ((code = api.sqlite3_step(pointer)) === 100) {
                if (rows.length === limit) { code = 101; break; }
                var row = {};
                for (var at = 0; at < count; at++) row[list[at]] = value(pointer, at);
                rows.push(row);
              }
              return code === 101 ? rows : code;
            },
            table: function(st, limit) {
              var pointer = st.p, count = names(st).length, values = [], code, left = limit;
              while ((code = api.sqlite3_step(pointer)) === 100) {
                if (left-- === 0) { code = 101; break; }
                for (var at = 0; at < count; at++) values.push(value(pointer, at));
              }
              return code === 101 ? {names: st.names, values: values} : code;
            },
            execute: function(script) {
              return withText(script, function(pointer) { return api.sqlite3_exec(db, pointer, 0, 0, 0); });
            },
            changes: function() { return api.sqlite3_changes(db); },
            inTransaction: function() { return api.sqlite3_get_autocommit(db) === 0; },
            errorCode: function() { return api.sqlite3_extended_errcode(db); },
            message: function() { return zeroTerminated(api.sqlite3_errmsg(db)); }
          };
          """)
  static native Kernel of(JSObject sqlite, int db);
}
