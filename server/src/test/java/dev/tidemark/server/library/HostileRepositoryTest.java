package dev.tidemark.server.library;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tidemark.server.library.git.GitLimits;
import dev.tidemark.server.library.split.SplitSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.ResultSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.TreeFormatter;
import org.junit.jupiter.api.Test;

/** Repositories that are made to break out, to fill the disk, or to be misread. */
class HostileRepositoryTest extends IndexFixture {
  private static final GitLimits SMALL =
      new GitLimits(1 << 20, 4 << 20, 10_000, 1 << 20, 500, 100, 4_096, 100, 6, 50);

  @Test
  void a_tag_that_leads_to_no_commit_is_no_version() throws Exception {
    git.tag("v1", files(1));
    git.commitTree(inserter -> {
      ObjectId blob = blob(inserter, "x");
      inserter.flush();
      git.point("blob", blob);
      return blobTree(inserter);
    });
    String id = add();
    assertEquals(1, Objects.requireNonNull(libraries.find(id)).versions().size());
  }

  @Test
  void links_submodules_and_dangerous_names_are_counted_and_never_followed() throws Exception {
    String commit =
        git.commitTree(inserter -> {
          ObjectId page = blob(inserter, section("safe"));
          TreeFormatter evil = new TreeFormatter();
          evil.append("stolen.md", FileMode.REGULAR_FILE, page);
          ObjectId inner = inserter.insert(evil);
          TreeFormatter root = new TreeFormatter();
          root.append("..", FileMode.TREE, inner);
          root.append(".GIT", FileMode.TREE, inner);
          root.append(".git", FileMode.TREE, inner);
          root.append("git~1", FileMode.TREE, inner);
          root.append("link.md", FileMode.SYMLINK, blob(inserter, "/etc/passwd"));
          root.append("page.md", FileMode.REGULAR_FILE, page);
          root.append("sub", FileMode.GITLINK, ObjectId.zeroId().copy());
          root.append("x\\y.md", FileMode.REGULAR_FILE, page);
          return inserter.insert(root);
        });
    git.point("v1", ObjectId.fromString(commit));
    String id = add();
    TestControl.Report report = index(id, "v1");
    assertEquals(new TestControl.Report("done", 8, 8, 7, 1, 0), report);
    String skipped =
        storage
            .readers()
            .read(reader -> {
              try (ResultSet row = reader.prepare("select skipped from tree").executeQuery()) {
                row.next();
                return row.getString(1);
              }
            });
    assertEquals("submodule 1, symbolic link 1, unsafe name 5", skipped);
  }

  @Test
  void files_whose_paths_read_the_same_are_one_file_and_the_others_are_counted() throws Exception {
    String commit =
        git.commitTree(inserter -> {
          TreeFormatter root = new TreeFormatter();
          byte[] latin = {(byte) 0xe8, '.', 'm', 'd'};
          byte[] other = {(byte) 0xe9, '.', 'm', 'd'};
          root.append("a.md", FileMode.REGULAR_FILE, blob(inserter, section("first")));
          root.append("a.md", FileMode.REGULAR_FILE, blob(inserter, section("second")));
          root.append(latin, FileMode.REGULAR_FILE, blob(inserter, section("grave")));
          root.append(other, FileMode.REGULAR_FILE, blob(inserter, section("acute")));
          return inserter.insert(root);
        });
    git.point("v1", ObjectId.fromString(commit));
    String id = add();
    assertEquals(new TestControl.Report("done", 4, 4, 2, 2, 0), index(id, "v1"));
    assertEquals(2, version(id, "v1").files());
  }

  @Test
  void letters_of_any_alphabet_are_no_danger_in_a_name() throws Exception {
    git.tag(
        "v1/\u0130stanbul",
        Map.of(
            "\u0130stanbul.md",
            section("city"),
            "\u6587\u6863/\u8bf4\u660e.md",
            section("manual"),
            "Caf\u00e9.md",
            section("coffee")));
    String id = add();
    assertEquals(3, index(id, "v1/\u0130stanbul").done());
    assertEquals(3, version(id, "v1/\u0130stanbul").files());
  }

  @Test
  void a_repository_of_another_format_is_refused_in_words() throws Exception {
    git.tag("v1", files(1));
    String id = add();
    Path config = git.folder().resolve("config");
    String before = Files.readString(config);
    for (String other :
        List.of(
            "[core]\n\trepositoryformatversion = 1\n[extensions]\n\tobjectformat = sha256\n",
            "[core]\n\trepositoryformatversion = 7\n",
            "[core\n")) {
      Files.writeString(config, other);
      Libraries.Discovery.Failed failed =
          assertInstanceOf(Libraries.Discovery.Failed.class, libraries.discover(id), other);
      assertFalse(failed.sentence().isBlank());
    }
    Files.writeString(config, before);
    assertInstanceOf(Libraries.Discovery.Discovered.class, libraries.discover(id));
  }

  @Test
  void an_empty_repository_has_no_versions_and_a_damaged_one_says_so() throws Exception {
    String id = add();
    assertEquals(0, Objects.requireNonNull(libraries.find(id)).versions().size());
    git.tag("v1", files(3));
    libraries.discover(id);
    Path head = git.folder().resolve("refs/tags/v1");
    Files.writeString(head, "no object id at all");
    assertInstanceOf(Libraries.Discovery.Discovered.class, libraries.discover(id));
    assertTrue(failure(task, id, "v1").length() > 10);
  }

  @Test
  void binary_files_and_pointers_are_passed_over_and_not_read_again() throws Exception {
    Map<String, String> files = files(2);
    files.put("a.md", "\u0000\u0001binary");
    files.put("b.md", "version https://git-lfs.github.com/spec/v1\noid sha256:1\nsize 1\n");
    git.tag("v1", files);
    String id = add();
    assertEquals(2, index(id, "v1").skipped());
    assertEquals(2, version(id, "v1").files());
    files.put("c.md", section("c"));
    git.tag("v2", files);
    libraries.discover(id);
    TestControl.Report second = index(id, "v2");
    assertEquals(2, second.skipped());
    assertEquals(2, second.reused());
  }

  @Test
  void limits_are_named_in_the_refusal_or_pass_files_over() throws Exception {
    Libraries limited = libraries(SMALL, SplitSize.DEFAULT);
    Map<String, String> files = files(3);
    files.put("large.md", "x ".repeat(5_000));
    files.put("a/".repeat(10) + "deep.md", section("deep"));
    files.put("p".repeat(120) + ".md", section("long"));
    git.tag("odd", files);
    git.tag("many-files", files(150));
    git.tag("many-entries", many(600));
    String id = add();
    try (IndexTask own = new IndexTask(limited)) {
      TestControl control = new TestControl();
      own.run(TestControl.job(id, "odd"), control);
      assertEquals(new TestControl.Report("done", 6, 6, 3, 3, 0), control.last());
      assertTrue(failure(own, id, "many-files").contains("100 files"));
      assertTrue(failure(own, id, "many-entries").contains("500 entries"));
    }
    for (int i = 0; i < 60; i++) {
      git.tag("t" + i, Map.of("a.md", "a"));
    }
    Libraries.Discovery.Failed failed =
        assertInstanceOf(Libraries.Discovery.Failed.class, limited.discover(id));
    assertTrue(failed.sentence().contains("50 tags"));
  }

  @Test
  void a_folder_bomb_is_refused() throws Exception {
    String commit =
        git.commitTree(inserter -> {
          ObjectId tree = blobTree(inserter);
          for (int depth = 0; depth < 5; depth++) {
            TreeFormatter formatter = new TreeFormatter();
            for (int i = 0; i < 9; i++) {
              formatter.append("d" + i, FileMode.TREE, tree);
            }
            tree = inserter.insert(formatter);
          }
          return tree;
        });
    git.point("v1", ObjectId.fromString(commit));
    String id = add();
    try (IndexTask own = new IndexTask(libraries(SMALL, SplitSize.DEFAULT))) {
      assertTrue(failure(own, id, "v1").contains("is the limit"));
    }
  }

  private static ObjectId blobTree(ObjectInserter inserter) throws IOException {
    TreeFormatter formatter = new TreeFormatter();
    for (int i = 0; i < 9; i++) {
      formatter.append("f" + i + ".md", FileMode.REGULAR_FILE, blob(inserter, "bomb"));
    }
    return inserter.insert(formatter);
  }

  @Test
  void a_repository_in_place_is_never_written_to() throws Exception {
    git.tag("v1", files(10));
    Map<Path, FileTime> before = times();
    String id = add();
    index(id, "v1");
    assertEquals(before, times());
  }

  private Map<Path, FileTime> times() throws IOException {
    Map<Path, FileTime> times = new TreeMap<>();
    try (Stream<Path> walk = Files.walk(git.folder())) {
      for (Path path : walk.toList()) {
        times.put(path, Files.getLastModifiedTime(path));
      }
    }
    return times;
  }

  @Test
  void a_repository_that_borrows_objects_from_outside_is_refused() throws Exception {
    git.tag("v1", files(2));
    String id = add();
    Path alternates = git.folder().resolve("objects/info/alternates");
    Files.createDirectories(alternates.getParent());
    Files.writeString(alternates, "/usr\n");
    Libraries.Discovery.Failed failed =
        assertInstanceOf(Libraries.Discovery.Failed.class, libraries.discover(id));
    assertTrue(failed.sentence().contains("outside"));
  }
}
