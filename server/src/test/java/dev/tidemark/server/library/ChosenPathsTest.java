package dev.tidemark.server.library;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tidemark.server.jobs.JobStopped;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Libraries of which some files only are read. */
class ChosenPathsTest extends IndexFixture {

  private static PathChoice paths(List<String> include, List<String> exclude) {
    return new PathChoice(include, exclude);
  }

  private void choose(PathChoice paths) {
    assertInstanceOf(
        Libraries.AddOutcome.Exists.class, libraries.add(git.folder().toString(), null, paths));
  }

  /** Paths of the version that readers see. */
  private Set<String> paths(String id, String version) {
    return storage
        .readers()
        .read(reader -> {
          var query =
              reader.prepare(
                  "select f.path from tree_file f join library_version v on v.tree = f.tree"
                      + " join library l on l.number = v.library where l.id = ? and v.name = ?");
          query.setString(1, id);
          query.setString(2, version);
          Set<String> found = new TreeSet<>();
          try (var row = query.executeQuery()) {
            while (row.next()) {
              found.add(row.getString(1));
            }
          }
          return found;
        });
  }

  @Test
  void another_choice_counts_from_the_next_indexing_on_and_the_old_content_is_swept()
      throws Exception {
    git.tag(
        "v1",
        Map.of(
            "README.md", section("all"),
            "docs/a.md", section("a"),
            "docs/old/b.md", section("b"),
            "vendor/c.md", section("c")));
    String id = add();
    index(id, "v1");
    assertEquals(Set.of("README.md", "docs/a.md", "docs/old/b.md"), paths(id, "v1"));
    choose(paths(List.of("docs/**", "vendor/**"), List.of("**/old/**")));
    assertEquals(Set.of("README.md", "docs/a.md", "docs/old/b.md"), paths(id, "v1"));
    index(id, "v1");
    assertEquals(Set.of("docs/a.md"), paths(id, "v1"), "what all libraries leave out stays out");
    libraries.sweeper().sweep();
    assertEquals(1, count("tree"));
    assertEquals(1, count("blob"));
    choose(PathChoice.ALL);
    index(id, "v1");
    assertEquals(3, paths(id, "v1").size());
  }

  @Test
  void a_choice_stays_until_another_one_is_given() throws Exception {
    git.tag("v1", files(1));
    PathChoice docs = paths(List.of("docs/**"), List.of("docs/old/", "-x+y"));
    Libraries.AddOutcome added = libraries.add(git.folder().toString(), null, docs);
    String id = assertInstanceOf(Libraries.AddOutcome.Added.class, added).library().id();
    libraries.add(git.folder().toString(), null);
    assertEquals(docs, Objects.requireNonNull(libraries.find(id)).paths());
  }

  @Test
  void a_stopped_job_of_chosen_paths_goes_on_with_what_it_has_stored() throws Exception {
    git.tag("v1", files(200));
    libraries.add(git.folder().toString(), null, paths(List.of("docs/**"), List.of()));
    String id = libraries.list().getFirst().id();
    libraries.discover(id);
    assertThrows(JobStopped.class, () -> task.run(TestControl.job(id, "v1"), new TestControl(60)));
    long stored = count("blob");
    libraries.sweeper().sweep();
    assertTrue(stored > 0);
    assertEquals(stored, count("blob"));
  }

  @Test
  void patterns_that_mean_nothing_are_refused_in_words() {
    for (String pattern :
        List.of("", " ", "/etc/**", "../x", "./docs/**", "a/../b", "a[bc]", "{a,b}", "a\nb")) {
      Libraries.AddOutcome refused =
          libraries.add(git.folder().toString(), null, paths(List.of(), List.of(pattern)));
      String sentence = assertInstanceOf(Libraries.AddOutcome.Refused.class, refused).sentence();
      assertTrue(sentence.endsWith("."), sentence);
    }
    List<String> many = Collections.nCopies(21, "docs/**");
    assertInstanceOf(
        Libraries.AddOutcome.Refused.class,
        libraries.add(git.folder().toString(), null, paths(many, List.of())));
    assertEquals(List.of(), libraries.list());
  }

  @ParameterizedTest
  @CsvSource({
    "docs/**, docs/a.md, true",
    "docs/**, docs/a/b.md, true",
    "docs/**, other/docs/a.md, false",
    "docs/, docs/a/b.md, true",
    "docs/*, docs/a/b.md, false",
    "*.md, README.md, true",
    "*.md, docs/a.md, false",
    "**/*.md, README.md, true",
    "**/*.md, docs/a/b.md, true",
    "**/old/**, docs/old/b.md, true",
    "**/old/**, docs/older/b.md, false",
    "src/**/test/*.java, src/test/A.java, true",
    "src/**/test/*.java, src/a/b/test/A.java, true",
    "src/**/test/*.java, src/latest/A.java, false",
    "a?c.md, abc.md, true",
    "a?c.md, a/c.md, false",
    "README.md, README.md, true",
    "README.md, README.mdx, false",
  })
  void patterns_match_paths_from_the_root(String pattern, String path, boolean matches) {
    assertEquals(matches, new Glob(pattern).matches(path));
  }

  @Test
  void no_pattern_takes_long_to_match() {
    String pattern = "*a".repeat(100);
    assertFalse(new Glob(pattern).matches("a".repeat(499) + "b"));
    assertFalse(new Glob("**/a".repeat(50)).matches("a/".repeat(249) + "b"));
  }
}
