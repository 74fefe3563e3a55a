/**
 * SQLite in a dedicated worker, bound over the bare wasm exports of the official build. {@link
 * dev.tidemark.client.sql.Sqlite} loads the library (standbys do that early), {@link
 * dev.tidemark.client.sql.Pool} takes the database's files (only while the owner lock is held),
 * {@link dev.tidemark.client.sql.WasmConnection} and {@link dev.tidemark.client.sql.WasmStatement}
 * implement the interfaces of {@code protocol.database}. Everything runs on the worker's one
 * thread, synchronously, apart from loading and taking files; other packages use the Java types
 * only, never the JavaScript inside.
 *
 * <p>What is fast and what is not, on TeaVM 0.15's JavaScript target: a Java {@code long} is a
 * BigInt, so 64-bit columns cross without conversion but cost an allocation and slow arithmetic; a
 * Java {@code String} wraps a JavaScript string, so text crosses without a copy; a call of a {@code
 * JSObject} method is a plain JavaScript call. Measured in a worker beside a hand-tuned oo1 program
 * ({@code BindingBench}): binding a row of twelve columns takes 1.1 us, decoding one event 0.9 us,
 * of some 50 us that SQLite itself needs for its five index entries and full text; ingest with the
 * real projections runs at 1.3 to 1.8 times the speed of oo1 without any, 50 rows are read in a
 * quarter of oo1's time. Results for a page should never become Java objects: {@code rows} and
 * {@code table} build them in one call.
 */
@NullMarked
package dev.tidemark.client.sql;

import org.jspecify.annotations.NullMarked;
