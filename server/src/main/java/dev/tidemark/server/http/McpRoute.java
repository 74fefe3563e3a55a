package dev.tidemark.server.http;

import dev.tidemark.server.http.Authentication.Principal;
import dev.tidemark.server.http.mcp.McpEndpoint;
import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * {@code /mcp}: streamable HTTP without sessions. Who asks is settled here as on every other route,
 * with the same check of the page that a cookie comes from.
 */
final class McpRoute {
  private final Authentication authentication;
  private final McpEndpoint endpoint;

  McpRoute(Authentication authentication, McpEndpoint endpoint) {
    this.authentication = authentication;
    this.endpoint = endpoint;
  }

  void post(Context context) {
    Principal principal = authentication.require(context);
    Authentication.requireOwnOrigin(context);
    Query.allowOnly(context, Set.of());
    byte[] body = Bodies.json(context, McpEndpoint.BODY_BYTES);
    McpEndpoint.Answer answer =
        endpoint.serve(body, context.header("MCP-Protocol-Version"), principal.account());
    if (answer.json().isEmpty()) {
      context.status(answer.status());
    } else {
      Responses.bytes(context, answer.status(), answer.json().getBytes(StandardCharsets.UTF_8));
    }
  }

  /** There is nothing to listen to: every answer comes with its request. */
  void get(Context context) {
    authentication.require(context);
    context.header("Allow", "POST");
    throw Problem.invalid("Send requests by POST; this server opens no stream here.")
        .withStatus(405);
  }
}
