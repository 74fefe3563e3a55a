/**
 * What an operator may do from the command line, beside a running server or without one.
 *
 * <p>{@link dev.tidemark.server.admin.Operator} names the operations. Without a server a command
 * opens the data folder itself; when the folder is taken, it asks the running server through a Unix
 * socket in the folder that only the owner of the folder can reach (mode 0600). So there is never a
 * second writer. Messages on the socket are JSON objects, each behind its length in four bytes.
 */
@NullMarked
package dev.tidemark.server.admin;

import org.jspecify.annotations.NullMarked;
