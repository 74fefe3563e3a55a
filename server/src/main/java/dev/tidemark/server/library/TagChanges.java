package dev.tidemark.server.library;

import dev.tidemark.server.database.GroupWriter;
import dev.tidemark.server.database.Verdict;
import dev.tidemark.server.database.WriteTransaction;
import dev.tidemark.server.library.git.GitTag;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a repository's tags are to the versions that a library has.
 *
 * @param changed new tags, those that lead elsewhere, and those whose time was not known
 * @param gone names of versions without a tag that were never indexed; indexed ones stay
 * @param added how many are new
 * @param moved how many lead to another commit than before
 */
record TagChanges(List<GitTag> changed, List<String> gone, int added, int moved) {
  private static final int MAX_NAME_CHARACTERS = 200;

  /** In one transaction: whoever appends an event waits for one of them at most. */
  private static final int AT_ONCE = 100;

  TagChanges {
    changed = List.copyOf(changed);
    gone = List.copyOf(gone);
  }

  static TagChanges between(Library library, List<GitTag> tags) {
    Map<String, GitTag> found = new HashMap<>();
    for (GitTag tag : tags) {
      if (tag.name().length() <= MAX_NAME_CHARACTERS) {
        found.put(tag.name(), tag);
      }
    }
    Map<String, LibraryVersion> versions = new HashMap<>();
    library.versions().forEach(version -> versions.put(version.name(), version));
    int added = 0;
    int moved = 0;
    List<GitTag> changed = new ArrayList<>();
    for (GitTag tag : found.values()) {
      LibraryVersion known = versions.get(tag.name());
      if (known == null || !known.commit().equals(tag.commit()) || known.committedAt() == 0) {
        changed.add(tag);
        added += known == null ? 1 : 0;
        moved += known == null || known.commit().equals(tag.commit()) ? 0 : 1;
      }
    }
    List<String> gone = new ArrayList<>();
    for (LibraryVersion version : library.versions()) {
      if (!found.containsKey(version.name()) && version.files() == null) {
        gone.add(version.name());
      }
    }
    return new TagChanges(changed, gone, added, moved);
  }

  /** Brings the library's versions to these tags; false when the library is gone. */
  boolean store(GroupWriter writer, String id, long nowMillis) throws InterruptedException {
    for (int from = 0; from < changed.size(); from += AT_ONCE) {
      List<GitTag> some = changed.subList(from, Math.min(changed.size(), from + AT_ONCE));
      boolean stored =
          writer.writeInBackground(transaction -> {
            long library = LibraryRows.number(transaction, id);
            if (library < 0) {
              return new Verdict.Keep<>(false);
            }
            for (GitTag tag : some) {
              put(transaction, library, tag);
            }
            return new Verdict.Keep<>(true);
          });
      if (!stored) {
        return false;
      }
    }
    for (int from = 0; from < gone.size(); from += AT_ONCE) {
      List<String> some = gone.subList(from, Math.min(gone.size(), from + AT_ONCE));
      writer.writeInBackground(transaction -> {
        for (String name : some) {
          transaction.update(
              "delete from library_version where name = ? and tree is null"
                  + " and library = (select number from library where id = ?)",
              name,
              id);
        }
        return new Verdict.Keep<>(true);
      });
    }
    return writer.writeInBackground(transaction ->
        new Verdict.Keep<>(
            transaction.update("update library set discovered_at = ? where id = ?", nowMillis, id)
                == 1));
  }

  private static void put(WriteTransaction transaction, long library, GitTag tag)
      throws SQLException {
    transaction.update(
        """
        insert into library_version(library, name, commit_id, committed_at)
          values (?, ?, ?, ?)
          on conflict (library, name) do update set
            committed_at = case
              when excluded.committed_at > 0 or commit_id <> excluded.commit_id
              then excluded.committed_at else committed_at end,
            commit_id = excluded.commit_id
        """,
        library,
        tag.name(),
        tag.commit(),
        tag.committedAtMillis());
  }
}
