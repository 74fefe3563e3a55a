/**
 * The tools that language models and their programs use, over the Model Context Protocol.
 *
 * <p>This room describes the tools, turns their arguments into searches and their answers into
 * text. The official SDK speaks the protocol: streamable HTTP without sessions, each request
 * answered by itself, so that nothing is kept between requests. Who asks is decided by the HTTP
 * room before; a tool sees what that user may see. Tools run on the request's thread. See ADR 0012.
 */
@NullMarked
package dev.tidemark.server.http.mcp;

import org.jspecify.annotations.NullMarked;
