package dev.tidemark.client.owner;

import dev.tidemark.client.browser.PlainArray;
import dev.tidemark.client.browser.PlainObject;
import dev.tidemark.client.browser.Port;
import dev.tidemark.client.query.ResultDiff;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.teavm.jso.JSObject;

/**
 * The owner's side of a page's port.
 *
 * <pre>
 * owner -> page  hello {e}; ok {n, v}; no {n, code, detail, retry}; rows {n, columns, cells}; diff {n, steps};
 *                broken {n, code, detail}; status {...}
 * </pre>
 *
 * Cells are one flat array. Steps are one flat array too: 0, from, count keeps rows; 1 and a row's
 * cells adds one.
 */
final class PortPageLink implements PageLink {
  private final Port port;

  PortPageLink(Port port) {
    this.port = port;
  }

  @Override
  public void hello(long epoch) {
    port.post(message("hello").put("e", (double) epoch));
  }

  @Override
  public void answer(int call, @Nullable Object result) {
    PlainObject out = message("ok").put("n", call);
    switch (result) {
      case null -> {}
      case String text -> out.put("v", text);
      case Double number -> out.put("v", number);
      default -> out.put("v", (JSObject) result);
    }
    port.post(out);
  }

  @Override
  public void fail(int call, String code, String detail, boolean retry) {
    port.post(
        message("no").put("n", call).put("code", code).put("detail", detail).put("retry", retry));
  }

  @Override
  public void rows(int subscription, List<String> columns, List<@Nullable Object[]> rows) {
    PlainArray names = PlainArray.create();
    columns.forEach(names::push);
    PlainArray cells = PlainArray.create();
    rows.forEach(row -> push(row, cells));
    port.post(message("rows").put("n", subscription).put("columns", names).put("cells", cells));
  }

  @Override
  public void changed(int subscription, List<ResultDiff.Step> steps) {
    PlainArray flat = PlainArray.create();
    for (ResultDiff.Step step : steps) {
      switch (step) {
        case ResultDiff.Step.Keep keep ->
            flat.push(0.0).push((double) keep.from()).push((double) keep.count());
        case ResultDiff.Step.Row row -> {
          flat.push(1.0);
          push(row.values(), flat);
        }
      }
    }
    port.post(message("diff").put("n", subscription).put("steps", flat));
  }

  private static void push(@Nullable Object[] row, PlainArray out) {
    for (Object cell : row) {
      switch (cell) {
        case null -> out.push((String) null);
        case String text -> out.push(text);
        case Long number -> out.push(number.doubleValue());
        case Double number -> out.push(number.doubleValue());
        default -> throw new IllegalStateException("a cell of " + cell.getClass());
      }
    }
  }

  @Override
  public void broken(int subscription, String code, String detail) {
    port.post(message("broken").put("n", subscription).put("code", code).put("detail", detail));
  }

  @Override
  public void status(OwnerStatus status) {
    port.post(
        message("status")
            .put("online", status.online())
            .put("pending", status.pending())
            .put("refused", status.refused())
            .put("cursor", status.cursor())
            .put("problemCode", status.problemCode())
            .put("problemDetail", status.problemDetail())
            .put("inMemory", status.inMemory()));
  }

  private static PlainObject message(String kind) {
    return PlainObject.create().put("k", kind);
  }
}
