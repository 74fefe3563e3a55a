/**
 * Embeddings: which model turns texts into vectors, and which texts are covered.
 *
 * <p>This room owns the models (one in process, one over HTTP), the generations, and the worker
 * that scans for rows without a current stamp and fills them. There is no queue: {@code embed_gen}
 * on each row is the truth, null whenever its text changed. Models run on their own threads; stamps
 * are set in the writer's transaction together with the vector, and only when the text is still the
 * one embedded.
 */
@NullMarked
package dev.tidemark.server.embedding;

import org.jspecify.annotations.NullMarked;
