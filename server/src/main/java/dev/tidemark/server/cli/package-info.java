/**
 * The command line: what {@code ./run} starts.
 *
 * <p>Each command is one class; {@link dev.tidemark.server.cli.Tidemark} lists them. Every option
 * can also be given in the environment or in a configuration file, see {@link
 * dev.tidemark.server.cli.Defaults}. Results go to standard output, everything else to standard
 * error. Commands run on the main thread.
 */
@NullMarked
package dev.tidemark.server.cli;

import org.jspecify.annotations.NullMarked;
