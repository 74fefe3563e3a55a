package dev.tidemark.client.owner;

import dev.tidemark.client.query.IncrementalQuery;
import dev.tidemark.client.query.QueryShape;
import dev.tidemark.client.query.ResultDiff;
import dev.tidemark.client.query.ResultSet;
import dev.tidemark.client.query.Subscriptions;
import dev.tidemark.protocol.codec.ProblemCode;
import dev.tidemark.protocol.database.Change;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The subscriptions of all pages: after a commit, those that it can have changed run again and
 * their pages get the difference. Invariant I9: what a page was told last equals a fresh query
 * after each commit.
 */
final class LiveQueries {

  /** One subscription of one page. */
  record Id(String tab, int subscription) {}

  private static final class Live {
    final PageLink page;
    final String sql;
    final @Nullable Object[] values;
    final @Nullable IncrementalQuery incremental;
    ResultSet told = ResultSet.EMPTY;

    Live(
        PageLink page,
        String sql,
        @Nullable Object[] values,
        @Nullable IncrementalQuery incremental) {
      this.page = page;
      this.sql = sql;
      this.values = values;
      this.incremental = incremental;
    }
  }

  private final QueryEngine engine;
  private final Map<Id, Live> live = new HashMap<>();
  private final Subscriptions<Id> index = new Subscriptions<>();
  private List<Change> changes = new ArrayList<>();

  LiveQueries(QueryEngine engine) {
    this.engine = engine;
  }

  /** Starts a subscription, replacing one of the same id, and tells its first result. */
  void add(String tab, int subscription, PageLink page, String sql, @Nullable Object parameters) {
    Id id = new Id(tab, subscription);
    remove(id);
    flush();
    try {
      @Nullable Object[] values = engine.values(parameters);
      QueryShape shape = engine.shape(sql, values);
      Live query = new Live(page, sql, values, shape.incremental());
      query.told = run(query);
      index.add(id, shape);
      live.put(id, query);
      page.rows(subscription, query.told.columns(), query.told.rows());
    } catch (QueryRefusedException e) {
      page.broken(subscription, ProblemCode.INVALID_REQUEST.code(), String.valueOf(e.getMessage()));
    }
  }

  private ResultSet run(Live query) {
    IncrementalQuery incremental = query.incremental;
    return incremental == null
        ? engine.rows(query.sql, query.values)
        : incremental.fill(engine.rows(incremental.fillSql(), incremental.fillParameters()));
  }

  void remove(Id id) {
    if (live.remove(id) != null) {
      index.remove(id);
    }
  }

  void removeTab(String tab) {
    for (Id id : new ArrayList<>(live.keySet())) {
      if (id.tab().equals(tab)) {
        remove(id);
      }
    }
  }

  int count() {
    return live.size();
  }

  void committed(List<Change> committed) {
    changes.addAll(committed);
  }

  /** Tells every page what the commits since the last call have changed for it. */
  void flush() {
    if (changes.isEmpty()) {
      return;
    }
    List<Change> taken = changes;
    changes = new ArrayList<>();
    if (live.isEmpty()) {
      return;
    }
    index
        .match(taken)
        .forEach((id, mine) -> {
          Live query = live.get(id);
          if (query != null) {
            refresh(id, query, mine);
          }
        });
  }

  private void refresh(Id id, Live query, List<Change> mine) {
    ResultSet now = next(query, mine);
    if (now == null) {
      return;
    }
    List<ResultDiff.Step> steps = ResultDiff.between(query.told, now);
    boolean isSame =
        now.rows().size() == query.told.rows().size()
            && (steps.isEmpty()
                || (steps.size() == 1 && steps.get(0) instanceof ResultDiff.Step.Keep));
    query.told = now;
    if (!isSame) {
      query.page.changed(id.subscription(), steps);
    }
  }

  /** The result after these changes, or null where they leave it as it was. */
  private @Nullable ResultSet next(Live query, List<Change> mine) {
    IncrementalQuery incremental = query.incremental;
    if (incremental == null) {
      return run(query);
    }
    return switch (incremental.apply(mine)) {
      case IncrementalQuery.Outcome.Same same -> null;
      case IncrementalQuery.Outcome.Changed changed -> changed.result();
      case IncrementalQuery.Outcome.NeedsFill needsFill -> run(query);
    };
  }
}
