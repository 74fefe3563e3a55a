/**
 * The little JSON that the codecs need: read access to a parsed object and a canonical writer. The
 * parser itself belongs to the platform: Jackson's streaming parser on the JVM ({@code jvm}),
 * {@code JSON.parse} in the browser. Used by {@code codec} and by whoever frames messages. Not
 * thread-safe. See docs/adr/0003.
 */
@NullMarked
package dev.tidemark.protocol.json;

import org.jspecify.annotations.NullMarked;
