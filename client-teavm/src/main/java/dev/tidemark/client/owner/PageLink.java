package dev.tidemark.client.owner;

import dev.tidemark.client.query.ResultDiff;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the owner says to one page. Messages may be lost with the page; a link is never used after
 * it was replaced.
 */
public interface PageLink {

  /** First message over a link. */
  void hello(long epoch);

  /** The result of a call, opaque as in {@link dev.tidemark.client.tabs.Call}. */
  void answer(int call, @Nullable Object result);

  void fail(int call, String code, String detail, boolean retry);

  /** The first result of a subscription, or one from scratch. */
  void rows(int subscription, List<String> columns, List<@Nullable Object[]> rows);

  /** What changed since the last one. */
  void changed(int subscription, List<ResultDiff.Step> steps);

  /** The subscription can't be served; it is over. */
  void broken(int subscription, String code, String detail);

  void status(OwnerStatus status);
}
