package dev.tidemark.simulation;

import dev.tidemark.client.owner.OwnerStatus;
import dev.tidemark.client.owner.PageLink;
import dev.tidemark.client.query.ResultDiff;
import dev.tidemark.client.query.ResultSet;
import dev.tidemark.client.query.RowIdentity;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The owner's side of a page's port; remembers what the page was told, for I9. */
final class OwnerLink implements PageLink {
  private final PortModel port;
  private final Map<Integer, ResultSet> told = new LinkedHashMap<>();

  private final Map<Integer, Wire.Subscribed> asked = new LinkedHashMap<>();

  OwnerLink(PortModel port) {
    this.port = port;
  }

  /** A subscription is about to begin. */
  void asked(Wire.Subscribed subscription) {
    asked.put(subscription.number(), subscription);
  }

  /** What that subscription asks for. */
  Wire.Subscribed asked(int subscription) {
    return Objects.requireNonNull(asked.get(subscription), "a subscription that was asked for");
  }

  /** The last result of each subscription, as its page will have it. */
  Map<Integer, ResultSet> told() {
    return told;
  }

  /** The result after these steps. */
  static ResultSet applied(ResultSet before, List<ResultDiff.Step> steps) {
    RowIdentity identity = RowIdentity.of(before.columns());
    return new ResultSet(before.columns(), ResultDiff.apply(identity, before.rows(), steps).rows());
  }

  @Override
  public void hello(long epoch) {
    port.post(new Wire.Hello(epoch));
  }

  @Override
  public void answer(int call, @Nullable Object result) {
    port.post(new Wire.Answered(call, result));
  }

  @Override
  public void fail(int call, String code, String detail, boolean retry) {
    port.post(new Wire.Failed(call, code, detail, retry));
  }

  @Override
  public void rows(int subscription, List<String> columns, List<@Nullable Object[]> rows) {
    ResultSet result = new ResultSet(columns, rows);
    told.put(subscription, result);
    port.post(new Wire.Rows(subscription, result));
  }

  @Override
  public void changed(int subscription, List<ResultDiff.Step> steps) {
    ResultSet before = told.get(subscription);
    if (before == null) {
      throw new Violation("I9", "changes without a first result");
    }
    told.put(subscription, applied(before, steps));
    port.post(new Wire.Changed(subscription, steps));
  }

  @Override
  public void broken(int subscription, String code, String detail) {
    told.remove(subscription);
    port.post(new Wire.Broken(subscription, code, detail));
  }

  @Override
  public void status(OwnerStatus status) {
    port.post(new Wire.Status(status));
  }
}
