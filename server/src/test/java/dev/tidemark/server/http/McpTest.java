package dev.tidemark.server.http;

import static dev.tidemark.server.TestServer.channel;
import static dev.tidemark.server.TestServer.code;
import static dev.tidemark.server.TestServer.json;
import static dev.tidemark.server.TestServer.message;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tidemark.protocol.json.JsonObject;
import dev.tidemark.server.TestServer;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tools, called by the client of the official SDK. */
class McpTest {
  private static final String PING = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}";

  @TempDir Path data;
  private TestServer server;
  private String ada;
  private String bob;
  private String space;

  @BeforeEach
  void start() throws IOException {
    server = new TestServer(data);
    ada = server.token("ada", true);
    bob = server.token("bob", false);
    space = server.space(ada, "Boats");
    server.append(ada, space, channel("c1"), message("m1", "c1", "the harbour pilot"));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private McpSyncClient client(String token) {
    return McpClient.sync(
            HttpClientStreamableHttpTransport.builder("http://localhost:" + server.port())
                .endpoint("/mcp")
                .httpRequestCustomizer((request, method, uri, body, context) ->
                    request.header("Authorization", "Bearer " + token))
                .build())
        .build();
  }

  private static CallToolResult call(McpSyncClient client, String tool, Map<String, Object> with) {
    return client.callTool(new CallToolRequest(tool, with));
  }

  private static String text(CallToolResult result) {
    return ((TextContent) result.content().getFirst()).text();
  }

  @Test
  void the_tools_are_listed_and_answer() {
    try (McpSyncClient client = client(ada)) {
      client.initialize();
      Set<String> names =
          client.listTools().tools().stream().map(Tool::name).collect(Collectors.toSet());
      assertTrue(
          names.containsAll(Set.of("resolve_library", "get_library_docs", "search_messages")),
          names.toString());
      CallToolResult found = call(client, "search_messages", Map.of("query", "pilot"));
      assertFalse(found.isError());
      assertTrue(text(found).contains("\"id\":\"m1\""), text(found));
      CallToolResult stats = call(client, "stats", Map.of());
      assertTrue(text(stats).contains("missing_embeddings_total"), text(stats));
      assertEquals("{\"libraries\":[]}", text(call(client, "resolve_library", Map.of())));
    }
  }

  @Test
  void a_tool_sees_what_its_user_may_see() {
    try (McpSyncClient client = client(bob)) {
      client.initialize();
      String found = text(call(client, "search_messages", Map.of("query", "pilot")));
      assertTrue(found.contains("\"results\":[]"), found);
      CallToolResult foreign =
          call(client, "search_messages", Map.of("query", "pilot", "space", space));
      CallToolResult absent =
          call(client, "search_messages", Map.of("query", "pilot", "space", "nowhere"));
      assertTrue(foreign.isError());
      assertTrue(call(client, "stats", Map.of()).isError());
      assertEquals(text(absent), text(foreign));
    }
  }

  @Test
  void wrong_arguments_are_answered_with_a_sentence() {
    try (McpSyncClient client = client(ada)) {
      client.initialize();
      for (Map<String, Object> wrong :
          Set.<Map<String, Object>>of(
              Map.of(),
              Map.of("query", 1),
              Map.of("query", ""),
              Map.of("query", "a\0b"),
              Map.of("query", "pilot", "limit", 0))) {
        CallToolResult refused = call(client, "search_messages", wrong);
        assertTrue(refused.isError(), wrong.toString());
        assertTrue(text(refused).endsWith("."), text(refused));
      }
      CallToolResult unknown =
          call(client, "get_library_docs", Map.of("libraryId", "nothing", "query", "x"));
      assertTrue(unknown.isError());
    }
  }

  private HttpResponse<String> post(HttpRequest.Builder request, String body) throws IOException {
    return server.send(
        request
            .header("Content-Type", "application/json")
            .header("Accept", "application/json, text/event-stream")
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  @Test
  void who_is_not_signed_in_or_comes_from_another_page_is_refused() throws IOException {
    assertEquals(401, post(server.as(null, "/mcp"), PING).statusCode());
    assertEquals(200, post(server.as(bob, "/mcp"), PING).statusCode());
    HttpResponse<String> foreign =
        post(server.as(bob, "/mcp").header("Origin", "http://evil.example"), PING);
    assertEquals(403, foreign.statusCode());
    assertEquals("wrong-origin", code(foreign));
    assertEquals(405, server.get(bob, "/mcp").statusCode());
    assertEquals(401, server.get(null, "/mcp").statusCode());
  }

  @Test
  void bodies_that_are_too_large_or_no_json_are_refused() throws IOException {
    HttpResponse<String> large = post(server.as(bob, "/mcp"), "\"" + "x".repeat(1 << 20) + "\"");
    assertEquals(413, large.statusCode());
    assertEquals(65_536, json(large).integer("limit"));
    assertEquals(400, post(server.as(bob, "/mcp"), "{\"a\":").statusCode());
  }

  private String error(String message) throws IOException {
    HttpResponse<String> response = post(server.as(bob, "/mcp"), message);
    assertEquals("application/json", response.headers().firstValue("Content-Type").orElse(""));
    assertFalse(response.body().contains("stackTrace"), response.body());
    assertFalse(response.body().contains("java"), response.body());
    JsonObject error = json(response).object("error");
    assertTrue(error.text("message").length() > 10, response.body());
    return response.statusCode() + " " + error.integer("code");
  }

  @Test
  void a_message_that_is_none_gets_a_json_rpc_error_and_no_stack_trace() throws IOException {
    for (String broken : List.of("", "{", "x", "{\"a\":" + "[".repeat(9_000))) {
      assertEquals("400 -32700", error(broken), broken);
    }
    for (String invalid :
        List.of(
            "null",
            "5",
            "[]",
            "[" + PING + "]",
            "{}",
            "{\"id\":1,\"method\":\"ping\"}",
            "{\"jsonrpc\":\"1.0\",\"id\":1,\"method\":\"ping\"}",
            "{\"jsonrpc\":\"2.0\",\"id\":null,\"method\":\"ping\"}",
            "{\"jsonrpc\":\"2.0\",\"id\":{},\"method\":\"ping\"}",
            "{\"jsonrpc\":\"2.0\",\"id\":1.5,\"method\":\"ping\"}",
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":5}",
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}")) {
      assertEquals("400 -32600", error(invalid), invalid);
    }
  }

  @Test
  void an_unknown_method_or_tool_and_params_of_another_shape_are_told_apart() throws IOException {
    String call = "{\"jsonrpc\":\"2.0\",\"id\":\"a\",\"method\":";
    for (String unknown : List.of("\"nope\"}", "\"\"}", "\"resources/list\"}")) {
      assertEquals("200 -32601", error(call + unknown), unknown);
    }
    for (String unfit :
        List.of(
            "\"initialize\"}",
            "\"initialize\",\"params\":[]}",
            "\"initialize\",\"params\":{\"protocolVersion\":{}}}",
            "\"tools/call\"}",
            "\"tools/call\",\"params\":{}}",
            "\"tools/call\",\"params\":{\"name\":5}}",
            "\"tools/call\",\"params\":{\"name\":\"nope\"}}",
            "\"tools/call\",\"params\":{\"name\":\"stats\",\"arguments\":[]}}",
            "\"tools/list\",\"params\":5}")) {
      assertEquals("200 -32602", error(call + unfit), unfit);
    }
  }

  @Test
  void a_notification_gets_no_answer_and_an_unknown_protocol_version_a_refusal()
      throws IOException {
    String told = "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/nothing\"}";
    HttpResponse<String> taken = post(server.as(bob, "/mcp"), told);
    assertEquals(202, taken.statusCode());
    assertEquals("", taken.body());
    HttpResponse<String> version =
        post(server.as(bob, "/mcp").header("MCP-Protocol-Version", "1999-01-01"), PING);
    assertEquals(400, version.statusCode());
    assertTrue(json(version).object("error").text("message").contains("2025-06-18"));
    HttpResponse<String> known =
        post(server.as(bob, "/mcp").header("MCP-Protocol-Version", "2025-06-18"), PING);
    assertEquals(200, known.statusCode());
  }
}
