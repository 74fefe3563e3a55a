/**
 * What the browser stored is there again: after a restart, after the whole browser was killed, and
 * without the server. A write counts from the moment its promise resolved, so these tests kill
 * right after that. A profile folder stands for the disk of a device. No test here knows how files
 * look.
 */
@NullMarked
package dev.tidemark.e2e.storage;

import org.jspecify.annotations.NullMarked;
