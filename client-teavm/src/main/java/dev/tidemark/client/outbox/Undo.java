package dev.tidemark.client.outbox;

import dev.tidemark.protocol.database.Change;
import dev.tidemark.protocol.database.Database;
import dev.tidemark.protocol.database.Table;
import dev.tidemark.protocol.schema.WorkspaceTables;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How the optimistic effect of one event is taken back, and which rows its projection looked at.
 * Made from the changes that the projection reported, kept as text in the outbox so that it
 * survives a restart.
 *
 * <p>Only the columns that the event changed are kept: a row may gain its position meanwhile (a
 * confirmed message keeps its place while a later edit of it is still pending) without an undo
 * bringing the old position back.
 */
final class Undo {
  static final Undo NOTHING = new Undo(List.of(), Set.of());

  private static final char END = '\u001f';
  private static final Map<String, Table> TABLES = new HashMap<>();

  static {
    for (Table table : WorkspaceTables.ALL) {
      TABLES.put(table.name(), table);
    }
  }

  /** One change to take back. */
  private sealed interface Step {
    /** The row was added: remove it. */
    record Added(Table table, List<@Nullable Object> key) implements Step {}

    /** Columns of the row were changed: put the old values back. */
    record Changed(
        Table table,
        List<@Nullable Object> key,
        List<Integer> columns,
        List<@Nullable Object> values)
        implements Step {}

    /** The row was removed: add it again. */
    record Removed(Table table, List<@Nullable Object> row) implements Step {}
  }

  private final List<Step> steps;
  private final Set<String> touched;

  private Undo(List<Step> steps, Set<String> touched) {
    this.steps = steps;
    this.touched = touched;
  }

  /**
   * @param changes what the projection wrote, in order
   * @param touched names of the rows it looked at
   */
  static Undo of(List<Change> changes, Set<String> touched) {
    List<Step> steps = new ArrayList<>(changes.size());
    for (Change change : changes) {
      steps.add(step(change));
    }
    return new Undo(steps, touched);
  }

  private static Step step(Change change) {
    Table table = change.table();
    @Nullable Object[] before = change.before();
    @Nullable Object[] after = change.after();
    if (before == null) {
      return new Step.Added(table, keyOf(table, Objects.requireNonNull(after)));
    }
    if (after == null) {
      return new Step.Removed(table, listOf(before));
    }
    List<Integer> columns = new ArrayList<>();
    List<@Nullable Object> values = new ArrayList<>();
    for (int i = 0; i < before.length; i++) {
      if (!Objects.equals(before[i], after[i])) {
        columns.add(i);
        values.add(before[i]);
      }
    }
    return new Step.Changed(table, keyOf(table, before), columns, values);
  }

  private static List<@Nullable Object> keyOf(Table table, @Nullable Object[] row) {
    List<@Nullable Object> key = new ArrayList<>();
    for (int i = 0; i < table.key().size(); i++) {
      key.add(row[i]);
    }
    return key;
  }

  private static List<@Nullable Object> listOf(@Nullable Object[] row) {
    List<@Nullable Object> list = new ArrayList<>(row.length);
    for (Object value : row) {
      list.add(value);
    }
    return list;
  }

  Collection<String> touched() {
    return touched;
  }

  /**
   * Takes the changes back, last first.
   *
   * @throws IllegalStateException when a row is not as the projection left it: a bug, the replica
   *     must be rebuilt
   */
  void apply(Database database) {
    for (int i = steps.size() - 1; i >= 0; i--) {
      switch (steps.get(i)) {
        case Step.Added added ->
            database.delete(added.table(), find(database, added.table(), added.key()));
        case Step.Changed changed -> restore(database, changed);
        case Step.Removed removed -> {
          if (!database.insert(removed.table(), removed.row().toArray())) {
            throw new IllegalStateException(
                "undo: a row of " + removed.table() + " is there again: " + removed.row());
          }
        }
      }
    }
  }

  private static void restore(Database database, Step.Changed changed) {
    @Nullable Object[] current = find(database, changed.table(), changed.key());
    @Nullable Object[] after = current.clone();
    for (int i = 0; i < changed.columns().size(); i++) {
      after[changed.columns().get(i)] = changed.values().get(i);
    }
    database.update(changed.table(), current, after);
  }

  private static @Nullable Object[] find(
      Database database, Table table, List<@Nullable Object> key) {
    Object[] values = new Object[key.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = Objects.requireNonNull(key.get(i), "a key without NULL");
    }
    @Nullable Object[] row = database.find(table.key(), values);
    if (row == null) {
      throw new IllegalStateException("undo: no row " + key + " in " + table);
    }
    return row;
  }

  /** The text that {@link #parse} reads. */
  String text() {
    StringBuilder out = new StringBuilder();
    number(out, touched.size());
    for (String name : touched) {
      value(out, name);
    }
    for (Step step : steps) {
      switch (step) {
        case Step.Added added -> list(out, "+", added.table(), added.key());
        case Step.Removed removed -> list(out, "-", removed.table(), removed.row());
        case Step.Changed changed -> {
          list(out, "~", changed.table(), changed.key());
          number(out, changed.columns().size());
          for (int i = 0; i < changed.columns().size(); i++) {
            number(out, changed.columns().get(i));
            value(out, changed.values().get(i));
          }
        }
      }
    }
    return out.toString();
  }

  private static void list(
      StringBuilder out, String kind, Table table, List<@Nullable Object> values) {
    value(out, kind);
    value(out, table.name());
    number(out, values.size());
    for (Object value : values) {
      value(out, value);
    }
  }

  private static void number(StringBuilder out, long number) {
    value(out, number);
  }

  private static void value(StringBuilder out, @Nullable Object value) {
    if (value == null) {
      out.append('n');
    } else if (value instanceof Long number) {
      out.append('i').append(number.longValue());
    } else {
      out.append('t').append(escape(value.toString()));
    }
    out.append(END);
  }

  private static String escape(String text) {
    if (text.indexOf(END) < 0 && text.indexOf('\\') < 0) {
      return text;
    }
    return text.replace("\\", "\\\\").replace(String.valueOf(END), "\\u");
  }

  /** Reads what {@link #text} wrote. */
  static Undo parse(String text) {
    return new Reader(text).read();
  }

  private static final class Reader {
    private final String text;
    private int at;

    Reader(String text) {
      this.text = text;
    }

    Undo read() {
      Set<String> touched = new java.util.HashSet<>();
      for (int left = count(); left > 0; left--) {
        touched.add(word());
      }
      List<Step> steps = new ArrayList<>();
      while (at < text.length()) {
        String kind = word();
        Table table = Objects.requireNonNull(TABLES.get(word()), "a projected table");
        List<@Nullable Object> values = values();
        steps.add(
            switch (kind) {
              case "+" -> new Step.Added(table, values);
              case "-" -> new Step.Removed(table, values);
              case "~" -> changed(table, values);
              default -> throw new IllegalStateException("unknown undo step " + kind);
            });
      }
      return new Undo(steps, touched);
    }

    private Step changed(Table table, List<@Nullable Object> key) {
      List<Integer> columns = new ArrayList<>();
      List<@Nullable Object> values = new ArrayList<>();
      for (int left = count(); left > 0; left--) {
        columns.add(count());
        values.add(value());
      }
      return new Step.Changed(table, key, columns, values);
    }

    private List<@Nullable Object> values() {
      List<@Nullable Object> values = new ArrayList<>();
      for (int left = count(); left > 0; left--) {
        values.add(value());
      }
      return values;
    }

    private int count() {
      return ((Long) Objects.requireNonNull(value(), "a count")).intValue();
    }

    private String word() {
      return (String) Objects.requireNonNull(value(), "a word");
    }

    private @Nullable Object value() {
      int end = text.indexOf(END, at);
      char kind = text.charAt(at);
      String raw = text.substring(at + 1, end);
      at = end + 1;
      return switch (kind) {
        case 'n' -> null;
        case 'i' -> Long.valueOf(Long.parseLong(raw));
        case 't' -> unescape(raw);
        default -> throw new IllegalStateException("unknown undo value " + kind);
      };
    }

    private static String unescape(String raw) {
      if (raw.indexOf('\\') < 0) {
        return raw;
      }
      StringBuilder out = new StringBuilder(raw.length());
      for (int i = 0; i < raw.length(); i++) {
        char c = raw.charAt(i);
        if (c == '\\') {
          i++;
          out.append(raw.charAt(i) == 'u' ? END : '\\');
        } else {
          out.append(c);
        }
      }
      return out.toString();
    }
  }
}
