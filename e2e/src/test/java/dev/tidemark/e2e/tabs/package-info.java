/**
 * Several tabs, one database: what people with many tabs rely on. The tests here open, crash, leave
 * and reload real tabs of one browser and look from the survivors. Which tab owns the database may
 * change at any time; what a tab shows and what was written may not. Each test has a space of its
 * own, all tests of a class share a server.
 */
@NullMarked
package dev.tidemark.e2e.tabs;

import org.jspecify.annotations.NullMarked;
