/**
 * SQLite in a dedicated worker, bound over the bare wasm exports of the official build. {@link
 * dev.tidemark.client.sql.Sqlite} loads the library (standbys do that early), {@link
 * dev.tidemark.client.sql.Pool} takes the database's files (only while the owner lock is held),
 * {@link dev.tidemark.client.sql.WasmConnection} and {@link dev.tidemark.client.sql.WasmStatement}
 * implement the interfaces of {@code protocol.database}. Everything runs on the worker's one
 * thread, synchronously, apart from loading and taking files; other packages use the Java types
 * only, never the JavaScript inside.
 *
 * <p>What is fast and what is not, measured here on TeaVM 0.15's JavaScript target: a Java {@code
 * long} is a BigInt, so 64-bit columns cross without conversion but cost an allocation and slow
 * arithmetic; a Java {@code String} wraps a JavaScript string, so text crosses without a copy; a
 * call of a {@code JSObject} method is a plain JavaScript call that V8 inlines; boxing a {@code
 * Long} or an {@code Object[]} row costs about as much as the wasm call that fills it. Results that
 * go to a page should therefore never become Java objects: {@code rows} and {@code table} build
 * them in one call.
 */
@NullMarked
package dev.tidemark.client.sql;

import org.jspecify.annotations.NullMarked;
