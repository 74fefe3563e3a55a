package dev.tidemark.server.bench;

import dev.tidemark.server.library.GitFixture;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;

/** A repository of 600 files, half documentation and half Java; each tag changes 5 % of them. */
final class GeneratedRepository {
  private static final int FILES = 600;
  private static final int CHANGED = FILES / 20;
  private static final String[] WORDS =
      ("server client request answer stream cursor position event space channel message library"
           + " version index snippet vector search keyword result writer reader transaction batch"
           + " commit snapshot replica owner worker queue retry limit cache token session")
          .split(" ");

  private GeneratedRepository() {}

  static Path make(Path folder, int tags, long seed) throws IOException {
    Random random = new Random(seed);
    try (GitFixture git = new GitFixture(folder)) {
      Map<String, String> files = new HashMap<>();
      for (int i = 0; i < FILES; i++) {
        files.put(path(i), content(i, random));
      }
      git.tag("v1.0", files);
      for (int tag = 1; tag < tags; tag++) {
        for (int i = 0; i < CHANGED; i++) {
          int file = random.nextInt(FILES);
          files.put(path(file), content(file, random));
        }
        git.tag("v1." + tag, files);
      }
    }
    return folder;
  }

  private static String path(int file) {
    return file % 2 == 0
        ? "docs/part" + file % 20 + "/page" + file + ".md"
        : "src/main/java/dev/part" + file % 20 + "/Part" + file + ".java";
  }

  private static String content(int file, Random random) {
    StringBuilder text = new StringBuilder();
    if (file % 2 == 0) {
      text.append("# Page ").append(file).append("\n\n");
      for (int section = 0; section < 6; section++) {
        text.append("## ").append(sentence(random, 3)).append("\n\n");
        for (int i = 0; i < 8; i++) {
          text.append(sentence(random, 14)).append(".\n");
        }
        text.append('\n');
      }
    } else {
      text.append("package dev.part").append(file % 20).append(";\n\n/** ");
      text.append(sentence(random, 8)).append(". */\npublic final class Part").append(file);
      text.append(" {\n");
      for (int method = 0; method < 8; method++) {
        text.append("\n  /** ").append(sentence(random, 10)).append(". */\n  int call");
        text.append(method).append("(int value) {\n");
        for (int i = 0; i < 12; i++) {
          text.append("    value += ").append(word(random)).append("(value, ");
          text.append(random.nextInt(1_000)).append(");\n");
        }
        text.append("    return value;\n  }\n");
      }
      text.append("}\n");
    }
    return text.toString();
  }

  private static String sentence(Random random, int words) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < words; i++) {
      text.append(i == 0 ? "" : " ").append(word(random));
    }
    return text.toString();
  }

  private static String word(Random random) {
    return WORDS[random.nextInt(WORDS.length)];
  }
}
