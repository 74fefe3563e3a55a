/**
 * What happens in a space: the envelope every event travels in and the sealed family of workspace
 * events. Plain data that both sides and the simulation share; it knows neither JSON nor SQL.
 * Anyone may use it. Immutable, hence safe on every thread. See docs/protocol.md.
 */
@NullMarked
package dev.tidemark.protocol.event;

import org.jspecify.annotations.NullMarked;
