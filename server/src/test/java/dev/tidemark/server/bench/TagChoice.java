package dev.tidemark.server.bench;

import dev.tidemark.server.library.LibraryVersion;
import dev.tidemark.server.library.git.GitFailed;
import dev.tidemark.server.library.git.GitFile;
import dev.tidemark.server.library.git.GitRepositories;
import dev.tidemark.server.library.git.GitRepository;
import dev.tidemark.server.library.split.FileRules;
import dev.tidemark.server.library.split.FileText;
import dev.tidemark.server.library.split.SplitSize;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Two neighbouring tags and how much they differ in what is indexed of them: the goal speaks of 5 %
 * of the files, and tags of real repositories differ in nothing or in a quarter.
 *
 * @param fileShare files of the second whose content the first does not have, of all its files
 * @param textShare characters of those files, of all its characters
 */
record TagChoice(LibraryVersion first, LibraryVersion second, double fileShare, double textShare) {
  private static final double WANTED = 0.05;

  /** The neighbours that come closest to what the goal speaks of. */
  static TagChoice among(
      List<LibraryVersion> tags, GitRepositories repositories, String library, String source)
      throws GitFailed, InterruptedException {
    List<TagChoice> pairs = new ArrayList<>();
    try (GitRepository repository =
        repositories.open(library, source, tags.getFirst().name(), () -> false)) {
      FileRules rules = new FileRules(SplitSize.DEFAULT);
      Map<String, Integer> sizes = new HashMap<>();
      List<GitFile> before = repository.list(tags.getFirst().commit(), rules).files();
      for (int i = 1; i < tags.size(); i++) {
        List<GitFile> after = repository.list(tags.get(i).commit(), rules).files();
        pairs.add(compare(repository, sizes, tags.get(i - 1), before, tags.get(i), after));
        before = after;
      }
    }
    return pairs.stream()
        .min((a, b) -> Double.compare(a.distance(), b.distance()))
        .orElseThrow(() -> new IllegalStateException("the repository needs two tags or more"));
  }

  private double distance() {
    return Math.abs(fileShare - WANTED);
  }

  private static TagChoice compare(
      GitRepository repository,
      Map<String, Integer> sizes,
      LibraryVersion first,
      List<GitFile> before,
      LibraryVersion second,
      List<GitFile> after)
      throws GitFailed {
    Set<String> known = new HashSet<>();
    before.forEach(file -> known.add(file.objectId()));
    int files = 0;
    long text = 0;
    long allText = 0;
    for (GitFile file : after) {
      Integer size = sizes.get(file.objectId());
      if (size == null) {
        size = sizeOf(repository, file);
        sizes.put(file.objectId(), size);
      }
      allText += size;
      if (!known.contains(file.objectId())) {
        files++;
        text += size;
      }
    }
    return new TagChoice(
        first,
        second,
        files / (double) Math.max(1, after.size()),
        text / (double) Math.max(1, allText));
  }

  private static int sizeOf(GitRepository repository, GitFile file) throws GitFailed {
    return switch (repository.read(file.objectId())) {
      case FileText.Answer.Text text -> text.text().length();
      case FileText.Answer.Skipped skipped -> 0;
    };
  }
}
