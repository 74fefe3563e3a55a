package dev.tidemark.server.library.split;

import java.util.Set;
import java.util.function.Supplier;
import org.treesitter.TSLanguage;
import org.treesitter.TreeSitterGo;
import org.treesitter.TreeSitterJava;
import org.treesitter.TreeSitterJavascript;
import org.treesitter.TreeSitterPython;
import org.treesitter.TreeSitterTypescript;

/**
 * A language that is cut by its declarations.
 *
 * @param language as snippets name it
 * @param source makes the native grammar
 * @param containers what the grammar calls declarations with declarations inside
 */
record Grammar(String language, Supplier<TSLanguage> source, Set<String> containers) {
  static final Grammar JAVA =
      new Grammar(
          "java",
          TreeSitterJava::new,
          Set.of(
              "class_declaration",
              "interface_declaration",
              "enum_declaration",
              "record_declaration",
              "annotation_type_declaration",
              "enum_body_declarations"));
  static final Grammar JAVASCRIPT =
      new Grammar("javascript", TreeSitterJavascript::new, Set.of("class_declaration", "class"));
  static final Grammar TYPESCRIPT =
      new Grammar(
          "typescript",
          TreeSitterTypescript::new,
          Set.of(
              "class_declaration",
              "abstract_class_declaration",
              "class",
              "interface_declaration",
              "internal_module",
              "module",
              "ambient_declaration"));
  static final Grammar PYTHON =
      new Grammar("python", TreeSitterPython::new, Set.of("class_definition"));
  static final Grammar GO = new Grammar("go", TreeSitterGo::new, Set.of());

  /** The native grammar; loads a library at its first use. */
  TSLanguage load() {
    return source.get();
  }

  /** Whether declarations stand inside a node of this type. */
  boolean isContainer(String type) {
    return containers.contains(type);
  }

  private static final boolean AVAILABLE = probe();

  /** Whether the native library can be used on this machine. */
  static boolean available() {
    return AVAILABLE;
  }

  private static boolean probe() {
    try {
      return JAVA.load().stateCount() > 0;
    } catch (RuntimeException | LinkageError e) {
      return false; // no build for this system: code is cut by lines, which ids of splitters tell
    }
  }
}
