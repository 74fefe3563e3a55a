/**
 * The wire: one description per event type from which decoding, encoding, validation and the schema
 * hash follow, plus cursors, problem codes and the limits that both sides keep. Golden files per
 * protocol version freeze it. Used by the server's intake and stream and by the client's sync and
 * outbox. Stateless and thread-safe. See docs/protocol.md.
 */
@NullMarked
package dev.tidemark.protocol.codec;

import org.jspecify.annotations.NullMarked;
