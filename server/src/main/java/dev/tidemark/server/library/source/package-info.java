/**
 * Where a library may come from.
 *
 * <p>This package decides whether an address or a folder may be read: https only, public hosts
 * only, no secrets in addresses, local folders only below what the operator allowed. All of it is
 * pure but for two questions that are passed in: what a name resolves to, and where a path really
 * leads. The same rule for addresses is asked again at each connection, so that neither a redirect
 * nor a name that changes its address leads inside.
 */
@NullMarked
package dev.tidemark.server.library.source;

import org.jspecify.annotations.NullMarked;
