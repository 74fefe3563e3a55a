/**
 * Typed, thin access to what the browser offers: locks, ports, workers, timers, fetch, lifecycle,
 * randomness, plain JavaScript objects and promises. Nothing here decides anything or keeps state
 * beyond one handle; decisions live in pure classes that take functional interfaces, so that they
 * run on the JVM too. Callbacks are plain {@code Runnable} and {@code Consumer}; they run on the
 * event loop of the context that registered them, never re-entrantly from the call that registers
 * them unless the method says so. Every context is single-threaded: nothing is locked. Measured on
 * TeaVM's JavaScript target: a {@code String} is an object around a JavaScript string (crossing
 * costs one small allocation, never a copy of the characters), a {@code long} is a BigInt (exact
 * but slow: cross with {@code double} up to 2^53), and a one-line {@code JSBody} is inlined at its
 * call.
 */
@NullMarked
package dev.tidemark.client.browser;

import org.jspecify.annotations.NullMarked;
