package dev.tidemark.simulation;

import dev.tidemark.client.query.ResultSet;
import dev.tidemark.protocol.database.Database;
import dev.tidemark.protocol.database.Table;
import dev.tidemark.protocol.schema.ReplicaTables.CursorMark;
import dev.tidemark.protocol.schema.ReplicaTables.Space;
import dev.tidemark.protocol.schema.WorkspaceTables.Member;
import dev.tidemark.protocol.schema.WorkspaceTables.Message;
import dev.tidemark.protocol.schema.WorkspaceTables.Reaction;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One view, equalities, order and limit: as much SQL as the simulation's pages speak. {@code SELECT
 * count(*)|COLUMNS FROM VIEW [WHERE CONDITION AND ...] [ORDER BY COLUMN [DESC], ...] [LIMIT N|?]}
 */
final class TinySelect {
  private static final Map<String, TinySelect> PARSED = new HashMap<>();

  private record Condition(String column, String operator) {}

  private record Order(String column, boolean isDescending) {}

  private final List<String> selected = new ArrayList<>();
  private final List<Condition> conditions = new ArrayList<>();
  private final List<Order> orders = new ArrayList<>();
  private String view = "";
  private @Nullable String limit;

  private TinySelect() {}

  static TinySelect parse(String sql) {
    synchronized (PARSED) {
      return PARSED.computeIfAbsent(sql, TinySelect::read);
    }
  }

  private static TinySelect read(String sql) {
    List<String> words =
        new ArrayList<>(
            List.of(
                sql.replace(",", " , ")
                    .replace("=", " = ")
                    .replace("<", " < ")
                    .replace("\"", "")
                    .trim()
                    .split("\\s+")));
    TinySelect select = new TinySelect();
    take(words, "select");
    do {
      select.selected.add(words.removeFirst());
    } while (takes(words, ","));
    take(words, "from");
    select.view = words.removeFirst();
    if (takes(words, "where")) {
      do {
        select.conditions.add(condition(words));
      } while (takes(words, "and"));
    }
    if (takes(words, "order")) {
      take(words, "by");
      do {
        String column = words.removeFirst();
        select.orders.add(new Order(column, takes(words, "desc") && !takes(words, "asc")));
        takes(words, "asc");
      } while (takes(words, ","));
    }
    if (takes(words, "limit")) {
      select.limit = words.removeFirst();
    }
    if (!words.isEmpty()) {
      throw new IllegalArgumentException("not so tiny: " + sql + " at " + words);
    }
    return select;
  }

  private static Condition condition(List<String> words) {
    String column = words.removeFirst();
    String operator = words.removeFirst();
    if (operator.equalsIgnoreCase("is")) {
      take(words, "null");
      return new Condition(column, "null");
    }
    take(words, "?");
    return new Condition(column, operator);
  }

  private static boolean takes(List<String> words, String wanted) {
    boolean isNext = !words.isEmpty() && words.getFirst().equalsIgnoreCase(wanted);
    if (isNext) {
      words.removeFirst();
    }
    return isNext;
  }

  private static void take(List<String> words, String wanted) {
    if (!takes(words, wanted)) {
      throw new IllegalArgumentException("expected " + wanted + " at " + words);
    }
  }

  ResultSet run(Database rows, @Nullable Object[] values) {
    List<Map<String, @Nullable Object>> found = new ArrayList<>();
    boolean bySpace = !conditions.isEmpty() && conditions.getFirst().column().equals("space");
    Object[] prefix =
        bySpace ? new Object[] {Objects.requireNonNull(values[0], "a space")} : new Object[0];
    for (@Nullable Object[] row : rows.scan(table(view), Integer.MAX_VALUE, prefix)) {
      Map<String, @Nullable Object> shown = shown(rows, row);
      if (passes(shown, values)) {
        found.add(shown);
      }
    }
    if (selected.getFirst().toLowerCase(Locale.ROOT).startsWith("count(")) {
      List<@Nullable Object[]> count = new ArrayList<>();
      count.add(new @Nullable Object[] {(long) found.size()});
      return new ResultSet(List.of(selected.getFirst()), count);
    }
    found.sort(comparator());
    return new ResultSet(selected, cells(found, values));
  }

  private List<@Nullable Object[]> cells(
      List<Map<String, @Nullable Object>> found, @Nullable Object[] values) {
    long most = Long.MAX_VALUE;
    if (limit != null) {
      most =
          limit.equals("?")
              ? (Long) Objects.requireNonNull(values[values.length - 1])
              : Long.parseLong(limit);
    }
    List<@Nullable Object[]> cells = new ArrayList<>();
    for (Map<String, @Nullable Object> row : found) {
      if (cells.size() >= most) {
        break;
      }
      @Nullable Object[] line = new Object[selected.size()];
      for (int i = 0; i < line.length; i++) {
        line[i] = row.get(selected.get(i));
      }
      cells.add(line);
    }
    return cells;
  }

  private boolean passes(Map<String, @Nullable Object> row, @Nullable Object[] values) {
    int next = 0;
    for (Condition condition : conditions) {
      Object value = row.get(condition.column());
      boolean holds =
          switch (condition.operator()) {
            case "null" -> value == null;
            case "=" -> value != null && value.equals(values[next++]);
            case "<" -> value != null && compare(value, values[next++]) < 0;
            default -> throw new IllegalArgumentException(condition.operator());
          };
      if (!holds) {
        return false;
      }
    }
    return true;
  }

  private Comparator<Map<String, @Nullable Object>> comparator() {
    return (a, b) -> {
      for (Order order : orders) {
        int difference = compare(a.get(order.column()), b.get(order.column()));
        if (difference != 0) {
          return order.isDescending() ? -difference : difference;
        }
      }
      return 0;
    };
  }

  private static int compare(@Nullable Object a, @Nullable Object b) {
    if (a == null || b == null) {
      return Boolean.compare(a != null, b != null);
    }
    return a instanceof Long number && b instanceof Long other
        ? Long.compare(number, other)
        : String.valueOf(a).compareTo(String.valueOf(b));
  }

  private static Table table(String view) {
    return switch (view) {
      case "messages" -> Message.TABLE;
      case "reactions" -> Reaction.TABLE;
      case "members" -> Member.TABLE;
      case "spaces" -> Space.TABLE;
      default -> throw new IllegalArgumentException("no view " + view);
    };
  }

  /** A row as its view shows it. */
  private Map<String, @Nullable Object> shown(Database rows, @Nullable Object[] row) {
    Map<String, @Nullable Object> shown = new HashMap<>();
    Table table = table(view);
    for (int i = 0; i < row.length; i++) {
      shown.put(table.columns().get(i), row[i]);
    }
    if (table == Message.TABLE) {
      long state = (Long) Objects.requireNonNull(row[Message.STATE]);
      shown.put("state", List.of("sent", "pending", "refused").get((int) state));
      shown.put("position", state == Message.STATE_SENT ? row[Message.ORDER_KEY] : null);
    }
    if (table == Space.TABLE) {
      @Nullable Object[] mark =
          rows.find(CursorMark.TABLE.key(), Objects.requireNonNull(row[Space.ID]));
      shown.put("position", mark == null ? (Object) 0L : mark[CursorMark.POSITION]);
    }
    return shown;
  }
}
