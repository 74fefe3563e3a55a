package dev.tidemark.server.importing;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A log by its name, {@code DATE.PART.raw.txt} with the date as {@code 2004-12-25}.
 *
 * @param source the name without {@code .raw.txt}: what ids are derived from
 * @param channel {@code DATE-PART}; different for different sources, because the date has one
 *     length
 * @param annotations the file {@code DATE.PART.annotation.txt} beside it, where there is one
 */
record IrcLogFile(
    Path path, String source, String channel, LocalDate date, @Nullable Path annotations) {

  /** Most bytes of one log or annotation file, which is read into memory as a whole. */
  static final long MAX_BYTES = 64L << 20;

  private static final int MAX_LOGS = 100_000;
  private static final String RAW = ".raw.txt";
  private static final Pattern NAME =
      Pattern.compile("(\\d{4}-\\d{2}-\\d{2})(?:\\.([\\p{L}\\p{N}_. -]{1,100}))?\\.raw\\.txt");

  /**
   * @param logs by their names
   * @param others names of files that are neither logs nor annotations of one
   */
  record Found(List<IrcLogFile> logs, List<String> others) {
    Found {
      logs = List.copyOf(logs);
      others = List.copyOf(others);
    }
  }

  /**
   * The logs at a path: one file, or all files directly in a folder.
   *
   * @throws ImportRefused when there is none
   */
  static Found at(Path path) {
    if (!Files.exists(path)) {
      throw new ImportRefused("There is no file or folder " + path + ".");
    }
    if (Files.isDirectory(path)) {
      return inFolder(path);
    }
    IrcLogFile log = named(path);
    if (log == null) {
      throw new ImportRefused(
          path + " is no log: logs are named DATE.PART.raw.txt, such as 2004-12-25.a.raw.txt.");
    }
    return new Found(List.of(log), List.of());
  }

  private static Found inFolder(Path folder) {
    List<IrcLogFile> logs = new ArrayList<>();
    Set<Path> others = new HashSet<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, Files::isRegularFile)) {
      for (Path file : files) {
        IrcLogFile log = named(file);
        if (log == null) {
          others.add(file);
        } else {
          logs.add(log);
        }
      }
    } catch (IOException e) {
      throw new ImportRefused("The folder " + folder + " cannot be read: " + e + ".", e);
    }
    if (logs.isEmpty()) {
      throw new ImportRefused(
          "There are no logs in " + folder + ": logs are named DATE.PART.raw.txt.");
    }
    if (logs.size() > MAX_LOGS) {
      throw new ImportRefused(
          "There are "
              + logs.size()
              + " logs in "
              + folder
              + ", one import takes "
              + MAX_LOGS
              + "; divide them into several folders.");
    }
    logs.sort(Comparator.comparing(IrcLogFile::source));
    for (IrcLogFile log : logs) {
      if (log.annotations != null) {
        others.remove(log.annotations);
      }
    }
    List<String> names = others.stream().map(file -> nameOf(file)).sorted().toList();
    return new Found(logs, names);
  }

  private static @Nullable IrcLogFile named(Path path) {
    String name = nameOf(path);
    Matcher matcher = NAME.matcher(name);
    if (!matcher.matches()) {
      return null;
    }
    LocalDate date;
    try {
      date = LocalDate.parse(matcher.group(1));
    } catch (DateTimeException e) {
      return null; // such as 2004-13-45
    }
    String part = matcher.group(2);
    String source = name.substring(0, name.length() - RAW.length());
    Path annotations = path.resolveSibling(source + ".annotation.txt");
    return new IrcLogFile(
        path,
        source,
        part == null ? matcher.group(1) : matcher.group(1) + "-" + part,
        date,
        Files.isRegularFile(annotations) ? annotations : null);
  }

  private static String nameOf(Path path) {
    return String.valueOf(path.getFileName());
  }
}
