/**
 * Who may append what, decided against the state just before the event. The server asks inside its
 * writer's transaction; the simulation's server asks the same class. Pure apart from reads through
 * {@code Database}, confined to its thread. Roles are explained in docs/protocol.md.
 */
@NullMarked
package dev.tidemark.protocol.authority;

import org.jspecify.annotations.NullMarked;
