package dev.tidemark.protocol.projection;

import dev.tidemark.protocol.database.Database;
import dev.tidemark.protocol.database.Table;
import dev.tidemark.protocol.schema.WorkspaceTables;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A fingerprint of a space's projected rows, equal on every replica at the same position. Not
 * cryptographic: it finds our own mistakes. Rows are hashed one by one and added, so that the order
 * of a scan (which differs between SQLite's and Java's order of texts) does not matter. 32-bit
 * arithmetic only, for speed in the browser.
 */
public final class StateHash {

  private StateHash() {}

  /** 16 hex digits for each table of {@link WorkspaceTables#ALL}, by its name. */
  public static Map<String, String> ofSpace(Database database, String space) {
    Map<String, String> hashes = new LinkedHashMap<>();
    for (Table table : WorkspaceTables.ALL) {
      hashes.put(table.name(), ofTable(database, table, space));
    }
    return hashes;
  }

  /**
   * 16 hex digits for the rows of one space.
   *
   * @param table one whose key begins with the space
   */
  public static String ofTable(Database database, Table table, String space) {
    int high = 0;
    int low = 0;
    for (@Nullable Object[] row : database.scan(table, Integer.MAX_VALUE, space)) {
      high += hash(row, 0x9E3779B1);
      low += hash(row, 0x85EBCA77);
    }
    return hex(high) + hex(low);
  }

  private static int hash(@Nullable Object[] row, int seed) {
    int hash = seed;
    for (Object value : row) {
      String text = value == null ? "\u0000" : value.toString();
      for (int i = 0; i < text.length(); i++) {
        hash = (hash ^ text.charAt(i)) * 0x01000193;
      }
      hash = (hash ^ 0x1F) * 0x01000193;
    }
    hash ^= hash >>> 15;
    hash *= 0x2C1B3C6D;
    hash ^= hash >>> 12;
    return hash;
  }

  private static String hex(int value) {
    String digits = Integer.toHexString(value);
    return "00000000".substring(digits.length()) + digits;
  }
}
