package dev.tidemark.client.api;

import org.teavm.jso.JSBody;

/**
 * Remembers, apart from the database, that there is one: browsers that run short of space remove
 * the private file system of an origin and leave its local storage. A missing database with this
 * mark was lost; it is no first run. Weakness: a browser that removes both, or a person who does,
 * leaves no trace.
 */
final class StoredMark {
  private static final String PREFIX = "tidemark.stored.";

  private StoredMark() {}

  static boolean isSet(String database) {
    return isSetNative(PREFIX + database);
  }

  static void set(String database) {
    setNative(PREFIX + database);
  }

  static void clear(String database) {
    clearNative(PREFIX + database);
  }

  @JSBody(
      params = "name",
      script =
          "try { return localStorage.getItem(name) !== null; } catch (denied) { return false; }")
  private static native boolean isSetNative(String name);

  @JSBody(params = "name", script = "try { localStorage.setItem(name, '1'); } catch (denied) { }")
  private static native void setNative(String name);

  @JSBody(params = "name", script = "try { localStorage.removeItem(name); } catch (denied) { }")
  private static native void clearNative(String name);
}
