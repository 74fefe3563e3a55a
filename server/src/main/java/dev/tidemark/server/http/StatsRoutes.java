package dev.tidemark.server.http;

import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.function.Supplier;

/** {@code /api/v1/stats}, for administrators. */
final class StatsRoutes {
  private final Authentication authentication;
  private final Supplier<String> stats;

  /**
   * @param stats the answer, a JSON object
   */
  StatsRoutes(Authentication authentication, Supplier<String> stats) {
    this.authentication = authentication;
    this.stats = stats;
  }

  void show(Context context) {
    authentication.requireAdmin(context);
    Query.allowOnly(context, Set.of());
    Responses.bytes(context, 200, stats.get().getBytes(StandardCharsets.UTF_8));
  }
}
