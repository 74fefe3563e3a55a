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
          var wasm = sqlite.wasm, x = wasm.exports, memory = wasm.memory;
          var u8 = new Uint8Array(memory.buffer);
          var encoder = new TextEncoder(), decoder = new TextDecoder();
          var capacity = 1 << 17, base = x.sqlite3_malloc(capacity + 16), top = base;
          var limit = base + capacity, out = limit, holders = 0, more = false;

          function view() { if (u8.length === 0) u8 = new Uint8Array(memory.buffer); return u8; }

          function pointerAt(address) {
            var h = view();
            return (h[address] | h[address + 1] << 8 | h[address + 2] << 16 | h[address + 3] << 24) >>> 0;
          }

          function decode(pointer, length) {
            var h = view();
            if (length < 24) {
              var s = '', i = pointer, end = pointer + length;
              for (; i < end; i++) {
                var c = h[i];
                if (c > 127) break;
                s += String.fromCharCode(c);
              }
              if (i === end) return s;
            }
            return decoder.decode(h.subarray(pointer, pointer + length));
          }

          function zeroTerminated(pointer) {
            if (pointer === 0) return '';
            var h = view(), end = pointer;
            while (h[end] !== 0) end++;
            return decode(pointer, end - pointer);
          }

          function withText(text, use) {
            var bytes = encoder.encode(text), p = x.sqlite3_malloc(bytes.length + 1);
            if (p === 0) return 7;
            var h = view();
            h.set(bytes, p);
            h[p + bytes.length] = 0;
            try { return use(p, bytes.length); } finally { x.sqlite3_free(p); }
          }

          function names(st) {
            if (st.names === null) {
              var n = x.sqlite3_column_count(st.p), list = [];
              for (var i = 0; i < n; i++) list.push(zeroTerminated(x.sqlite3_column_name(st.p, i)));
              st.names = list;
            }
            return st.names;
          }

          function bindText(st, index, text) {
            var n = text.length, h = view();
            if (top + n * 3 > limit) {
              return withText(text, function(p, length) {
                return x.sqlite3_bind_text(st.p, index, p, length, -1);
              });
            }
            if (!st.holds) { st.holds = true; holders++; }
            var p = top, k = 0;
            if (n < 64) {
              for (; k < n; k++) {
                var c = text.charCodeAt(k);
                if (c > 127) break;
                h[p + k] = c;
              }
            }
            if (k !== n) k = encoder.encodeInto(text, h.subarray(p, limit)).written;
            top = p + k;
            return x.sqlite3_bind_text(st.p, index, p, k, 0);
          }

          function bindNumber(st, index, value) {
            if ((value | 0) === value) return x.sqlite3_bind_int(st.p, index, value);
            if (Number.isSafeInteger(value)) return x.sqlite3_bind_int64(st.p, index, BigInt(value));
            return x.sqlite3_bind_double(st.p, index, value);
          }

          function value(p, i) {
            switch (x.sqlite3_column_type(p, i)) {
              case 1: return x.sqlite3_column_double(p, i);
              case 2: return x.sqlite3_column_double(p, i);
              case 3: return decode(x.sqlite3_column_text(p, i), x.sqlite3_column_bytes(p, i));
              case 4:
                var from = x.sqlite3_column_blob(p, i);
                return view().slice(from, from + x.sqlite3_column_bytes(p, i));
              default: return null;
            }
          }

          function reset(st) {
            x.sqlite3_reset(st.p);
            if (st.holds) {
              st.holds = false;
              if (--holders === 0) top = base;
            }
          }

          return {
            prepare: function(sql) {
              return withText(sql, function(p, length) {
                var code = x.sqlite3_prepare_v3(db, p, length + 1, 1, out, out + 4);
                if (code !== 0) return null;
                var statement = pointerAt(out), tail = pointerAt(out + 4);
                var h = view();
                while (tail < p + length && (h[tail] <= 32 || h[tail] === 59)) tail++;
                more = tail < p + length;
                return statement === 0 ? null : {p: statement, names: null, holds: false};
              });
            },
            moreText: function() { return more; },
            close: function(st) {
              reset(st);
              x.sqlite3_finalize(st.p);
              st.p = 0;
            },
            bindText: bindText,
            bindLong: function(st, index, value) {
              return x.sqlite3_bind_int64(st.p, index, value);
            },
            bindDouble: function(st, index, value) {
              return x.sqlite3_bind_double(st.p, index, value);
            },
            bindNull: function(st, index) { return x.sqlite3_bind_null(st.p, index); },
            bindAll: function(st, values) {
              for (var i = 0; i < values.length; i++) {
                var v = values[i], code;
                if (typeof v === 'string') code = bindText(st, i + 1, v);
                else if (typeof v === 'number') code = bindNumber(st, i + 1, v);
                else if (typeof v === 'boolean') code = x.sqlite3_bind_int(st.p, i + 1, v ? 1 : 0);
                else if (v === null || v === undefined) code = x.sqlite3_bind_null(st.p, i + 1);
                else code = 20;
                if (code !== 0) return code;
              }
              return 0;
            },
            step: function(st) { return x.sqlite3_step(st.p); },
            reset: reset,
            columnCount: function(st) { return x.sqlite3_column_count(st.p); },
            columnName: function(st, i) { return names(st)[i]; },
            parameterCount: function(st) { return x.sqlite3_bind_parameter_count(st.p); },
            readOnly: function(st) { return x.sqlite3_stmt_readonly(st.p) !== 0; },
            type: function(st, i) { return x.sqlite3_column_type(st.p, i); },
            text: function(st, i) {
              return decode(x.sqlite3_column_text(st.p, i), x.sqlite3_column_bytes(st.p, i));
            },
            integer: function(st, i) { return x.sqlite3_column_int64(st.p, i); },
            real: function(st, i) { return x.sqlite3_column_double(st.p, i); },
            rows: function(st, limit) {
              var p = st.p, list = names(st), n = list.length, rows = [], code;
              while ((code = x.sqlite3_step(p)) === 100) {
                if (rows.length === limit) { code = 101; break; }
                var row = {};
                for (var i = 0; i < n; i++) row[list[i]] = value(p, i);
                rows.push(row);
              }
              return code === 101 ? rows : code;
            },
            table: function(st, limit) {
              var p = st.p, n = names(st).length, values = [], code, left = limit;
              while ((code = x.sqlite3_step(p)) === 100) {
                if (left-- === 0) { code = 101; break; }
                for (var i = 0; i < n; i++) values.push(value(p, i));
              }
              return code === 101 ? {names: st.names, values: values} : code;
            },
            execute: function(script) {
              return withText(script, function(p) { return x.sqlite3_exec(db, p, 0, 0, 0); });
            },
            changes: function() { return x.sqlite3_changes(db); },
            inTransaction: function() { return x.sqlite3_get_autocommit(db) === 0; },
            errorCode: function() { return x.sqlite3_extended_errcode(db); },
            message: function() { return zeroTerminated(x.sqlite3_errmsg(db)); }
          };
          """)
  static native Kernel of(JSObject sqlite, int db);
}
