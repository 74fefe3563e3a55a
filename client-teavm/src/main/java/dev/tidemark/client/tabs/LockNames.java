package dev.tidemark.client.tabs;

/**
 * Names of the locks, the hub and the directory of one database. Two databases of one origin never
 * meet.
 *
 * @param database {@code [A-Za-z0-9_-]{1,64}}
 */
public record LockNames(String database) {

  /** Held by the worker that has the database open. */
  public String owner() {
    return "tidemark-owner-" + database;
  }

  /** Held by a page for its life: its release is the tab's death. */
  public String tab(String tabId) {
    return "tidemark-tab-" + database + "-" + tabId;
  }

  /** Held by a tab's worker for its life. */
  public String worker(String tabId) {
    return "tidemark-worker-" + database + "-" + tabId;
  }

  /**
   * Held by the hub for its life. Every hub has its own: the last words of a dead one can arrive
   * when the next one is there already.
   */
  public String hub(String hubId) {
    return "tidemark-hub-" + database + "-" + hubId;
  }

  /** Directory in OPFS and VFS name. */
  public String directory() {
    return "tidemark-" + database;
  }
}
