/**
 * Facts about the admin page: who gets in, jobs with their filters, pages and actions, what comes
 * by the stream and what happens without it, libraries from the first address to the last removal,
 * and the figures of the server. Repositories are small real ones, made for each test; what a test
 * has to see before an answer is the real answer held back in the browser. Pictures of every
 * section lie beside the others in {@code e2e/target/screenshots}.
 */
@NullMarked
package dev.tidemark.e2e.admin;

import org.jspecify.annotations.NullMarked;
