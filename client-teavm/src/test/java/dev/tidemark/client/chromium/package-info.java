/**
 * Runs Java mains in a real Chromium. {@link dev.tidemark.client.chromium.Chromium} (on the JVM)
 * compiles a main with TeaVM, serves it with the headers the product sends, starts a headless
 * browser on a page that loads it in a dedicated worker, and collects what it reports; {@link
 * dev.tidemark.client.chromium.Facts} (in the browser) is what such a main reports through. Results
 * travel by POST, because the page's policy forbids a driver to evaluate strings in it. Mains live
 * beside the code they test, in classes named {@code ...Main}.
 */
@NullMarked
package dev.tidemark.client.chromium;

import org.jspecify.annotations.NullMarked;
