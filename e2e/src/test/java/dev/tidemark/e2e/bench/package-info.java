/**
 * Measures the engine in real Chromium, beside a hand-tuned program on the official SQLite API in
 * the same browser run. {@code ./run bench browser} and {@code ./run bench tabs} print tables;
 * nothing is asserted, as these machines are shared. Single-threaded. docs/operating.md explains
 * the columns.
 */
package dev.tidemark.e2e.bench;
