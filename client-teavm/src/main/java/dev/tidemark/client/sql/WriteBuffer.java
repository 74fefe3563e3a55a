package dev.tidemark.client.sql;

import org.teavm.jso.JSBody;
import org.teavm.jso.JSObject;

/**
 * Gathers writes that follow each other in a file into one call of the access handle. SQLite writes
 * a commit to its WAL as two small writes a page, and every call of an access handle costs tens of
 * microseconds: gathered, a batch of 500 events is one write instead of about 450.
 *
 * <p>Nothing is promised earlier than before: 1. A frame that commits a transaction is written
 * through, with everything before it, before its write returns, so that SQLite hears of a full disk
 * at the commit that met it, under NORMAL as well. 2. A sync, a read that overlaps, a truncation, a
 * size question, a close, or a write elsewhere first writes what was gathered.
 *
 * <p>It also reports {@code SQLITE_IOCAP_POWERSAFE_OVERWRITE}, which SQLite itself assumes on
 * desktop systems and which the pool leaves out: without it every synced commit writes its last
 * page twice.
 */
final class WriteBuffer {
  private WriteBuffer() {}

  /**
   * Installs it for all files of the library's pools, once; before the WAL of {@code database} is
   * opened.
   */
  @JSBody(
      params = {"library", "db"},
      script =
          """
          if (library.tidemarkWriteBuffer) return;
          library.tidemarkWriteBuffer = true;
          var wasm = library.wasm, api = wasm.exports, memory = wasm.memory;
          var u8 = new Uint8Array(memory.buffer), i32 = new Int32Array(memory.buffer);
          function view() {
            if (u8.length === 0) {
              u8 = new Uint8Array(memory.buffer);
              i32 = new Int32Array(memory.buffer);
            }
            return u8;
          }
          var out = api.sqlite3_malloc(8);
          if (api.sqlite3_file_control(db, 0, 7, out) !== 0) throw new Error('no file below the database');
          view();
          var methods = i32[i32[out >> 2] >> 2] >> 2;
          api.sqlite3_free(out);
          function original(index) { return wasm.functionEntry(i32[methods + index]); }
          var close = original(1), read = original(2), write = original(3), truncate = original(4);
          var sync = original(5), size = original(6), traits = original(12);

          var capacity = 1 << 20, buffer = api.sqlite3_malloc(capacity);
          var file = 0, start = 0, length = 0, commits = false;

          function flush() {
            if (length === 0) return 0;
            var bytes = length, code = write(file, buffer, bytes, BigInt(start));
            length = 0;
            commits = false;
            return code;
          }
          function first(of, then) {
            var code = of === file ? flush() : 0;
            return code === 0 ? then() : code;
          }
          function install(index, signature, body) {
            var pointer = wasm.installFunction(signature, body);
            view();
            i32[methods + index] = pointer;
          }
          install(1, 'i(p)', function(of) {
            var code = of === file ? flush() : 0, closed = close(of);
            if (of === file) file = 0;
            return code || closed;
          });
          install(2, 'i(ppij)', function(of, to, bytes, at) {
            if (of === file && length !== 0) {
              var from = Number(at);
              if (from < start + length && from + bytes > start) {
                var code = flush();
                if (code !== 0) return code;
              }
            }
            return read(of, to, bytes, at);
          });
          install(3, 'i(ppij)', function(of, from, bytes, at) {
            var to = Number(at), code;
            if (length !== 0 && (of !== file || to !== start + length || length + bytes > capacity)) {
              code = flush();
              if (code !== 0) return code;
            }
            if (bytes > capacity) return write(of, from, bytes, at);
            if (length === 0) {
              file = of;
              start = to;
            }
            var heap = view();
            heap.copyWithin(buffer + length, from, from + bytes);
            length += bytes;
            if (bytes === 24) {
              commits = (heap[from + 4] | heap[from + 5] | heap[from + 6] | heap[from + 7]) !== 0;
            } else if (commits) {
              return flush();
            }
            return 0;
          });
          install(4, 'i(pj)', function(of, to) {
            return first(of, function() { return truncate(of, to); });
          });
          install(5, 'i(pi)', function(of, flags) {
            return first(of, function() { return sync(of, flags); });
          });
          install(6, 'i(pp)', function(of, to) {
            return first(of, function() { return size(of, to); });
          });
          install(12, 'i(p)', function(of) { return traits(of) | 0x1000; });
          """)
  static native void install(JSObject library, int db);
}
