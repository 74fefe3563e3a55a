package dev.tidemark.client.api;

import dev.tidemark.client.browser.PlainArray;
import dev.tidemark.client.browser.PlainObject;
import dev.tidemark.client.query.ResultDiff;
import dev.tidemark.client.query.RowIdentity;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSObject;

/**
 * The rows of one live query in a page. Kept rows keep their JavaScript object, so that a page can
 * compare by reference. A full result after a change of owner is compared with what was there: the
 * page is only told what differs.
 */
final class LiveResult {

  /** Gets {@code {rows, added, removed, changed}}. */
  interface Listener {
    void changed(JSObject result);
  }

  private final Listener listener;
  private List<String> columns = List.of();
  private List<@Nullable Object[]> rows = List.of();
  private List<PlainObject> objects = List.of();
  private boolean isFirst = true;

  LiveResult(Listener listener) {
    this.listener = listener;
  }

  /** A full result: {@code {columns, cells}}. */
  void replace(PlainObject message) {
    PlainArray names = Objects.requireNonNull(message.array("columns"));
    List<String> newColumns = new ArrayList<>();
    for (int i = 0; i < names.length(); i++) {
      newColumns.add(Objects.requireNonNull(names.textAt(i)));
    }
    columns = newColumns;
    PlainArray cells = Objects.requireNonNull(message.array("cells"));
    List<ResultDiff.Step> steps = new ArrayList<>();
    for (int at = 0; at < cells.length(); at += columns.size()) {
      steps.add(new ResultDiff.Step.Row(row(cells, at)));
    }
    apply(steps);
  }

  /** A difference: flat steps as {@code PortPageLink} writes them. */
  void change(PlainObject message) {
    PlainArray flat = Objects.requireNonNull(message.array("steps"));
    List<ResultDiff.Step> steps = new ArrayList<>();
    int at = 0;
    while (at < flat.length()) {
      if (flat.numberAt(at) == 0) {
        steps.add(
            new ResultDiff.Step.Keep((int) flat.numberAt(at + 1), (int) flat.numberAt(at + 2)));
        at += 3;
      } else {
        steps.add(new ResultDiff.Step.Row(row(flat, at + 1)));
        at += 1 + columns.size();
      }
    }
    apply(steps);
  }

  private @Nullable Object[] row(PlainArray cells, int at) {
    @Nullable Object[] row = new Object[columns.size()];
    for (int i = 0; i < row.length; i++) {
      row[i] =
          switch (cells.kindAt(at + i)) {
            case "string" -> cells.textAt(at + i);
            case "number" -> (Object) cells.numberAt(at + i);
            default -> null;
          };
    }
    return row;
  }

  private void apply(List<ResultDiff.Step> steps) {
    ResultDiff.Applied applied = ResultDiff.apply(RowIdentity.of(columns), rows, steps);
    if (!isFirst && applied.isSame()) {
      return;
    }
    List<PlainObject> before = objects;
    List<PlainObject> after = new ArrayList<>(applied.rows().size());
    for (int i = 0; i < applied.rows().size(); i++) {
      int from = applied.from()[i];
      after.add(from >= 0 ? before.get(from) : object(applied.rows().get(i)));
    }
    isFirst = false;
    rows = applied.rows();
    objects = after;
    listener.changed(
        PlainObject.create()
            .put("rows", array(after))
            .put("added", pick(after, applied.added()))
            .put("removed", pick(before, applied.removed()))
            .put("changed", pick(after, applied.changed())));
  }

  private PlainObject object(@Nullable Object[] row) {
    PlainObject object = PlainObject.create();
    for (int i = 0; i < row.length; i++) {
      switch (row[i]) {
        case null -> object.put(columns.get(i), (String) null);
        case String text -> object.put(columns.get(i), text);
        case Double number -> object.put(columns.get(i), number.doubleValue());
        default ->
            throw new IllegalStateException("a cell of another kind: " + Arrays.toString(row));
      }
    }
    return object;
  }

  private static PlainArray array(List<PlainObject> objects) {
    PlainArray array = PlainArray.create();
    objects.forEach(array::push);
    return array;
  }

  private static PlainArray pick(List<PlainObject> objects, int[] indexes) {
    PlainArray array = PlainArray.create();
    for (int index : indexes) {
      array.push(objects.get(index));
    }
    return array;
  }

  /** The compact table that the owner answers queries with, as an array of row objects. */
  @JSBody(
      params = "table",
      script =
          """
          if (!table) return [];
          var names = table.names, values = table.values, width = names.length, rows = [];
          for (var at = 0; at < values.length; at += width) {
            var row = {};
            for (var column = 0; column < width; column++) row[names[column]] = values[at + column];
            rows.push(row);
          }
          return rows;
          """)
  static native JSObject rowsOf(@Nullable JSObject table);
}
