package dev.tidemark.server.http.mcp;

import dev.tidemark.protocol.json.JsonText;
import dev.tidemark.server.http.mcp.McpEndpoint.Answer;
import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.server.McpStatelessServerHandler;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.ErrorCodes;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCNotification;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCRequest;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse;
import io.modelcontextprotocol.spec.McpStatelessServerTransport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * JSON-RPC with one message a request and its answer: what the SDK's own servlet does, but what is
 * wrong with a message is said as a JSON-RPC error. That servlet sends its exception with the stack
 * trace, and 500 for a method that there is not. Safe on any thread.
 */
final class SingleMessages implements McpStatelessServerTransport {
  private static final String VERSION = "2.0";

  /** Notifications get no answer. */
  private static final Answer TAKEN = new Answer(202, "");

  private final McpJsonMapper mapper = McpJsonDefaults.getMapper();
  private volatile @Nullable McpStatelessServerHandler handler;

  /** A message that is refused. */
  private static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final int code;

    Refused(int code, String sentence) {
      super(sentence, null, false, false);
      this.code = code;
    }
  }

  @Override
  public void setMcpHandler(McpStatelessServerHandler handler) {
    this.handler = handler;
  }

  @Override
  public Mono<Void> closeGracefully() {
    return Mono.empty();
  }

  /**
   * Answers one message, on this thread.
   *
   * @param protocolVersion as the client's header says, if it does
   */
  Answer answer(byte[] body, @Nullable String protocolVersion, McpTransportContext context) {
    Object id = null;
    try {
      Map<?, ?> message = message(body);
      id = message.get("id");
      boolean request = message.containsKey("id");
      if (request && !(id instanceof String || id instanceof Integer || id instanceof Long)) {
        id = null;
        throw new Refused(ErrorCodes.INVALID_REQUEST, "An id is a text or a whole number.");
      }
      if (protocolVersion != null && !protocolVersions().contains(protocolVersion)) {
        throw new Refused(
            ErrorCodes.INVALID_REQUEST,
            "This server speaks the protocol versions "
                + String.join(", ", protocolVersions())
                + ".");
      }
      String method = method(message);
      Object params = message.get("params");
      return request
          ? called(new JSONRPCRequest(VERSION, method, id, params), context)
          : told(new JSONRPCNotification(VERSION, method, params), context);
    } catch (Refused e) {
      return new Answer(400, error(id, e.code, String.valueOf(e.getMessage())));
    }
  }

  private Map<?, ?> message(byte[] body) {
    Object read;
    try {
      read = mapper.readValue(new String(body, StandardCharsets.UTF_8), Object.class);
    } catch (IOException e) {
      throw new Refused(ErrorCodes.PARSE_ERROR, "The body is no JSON.");
    }
    if (!(read instanceof Map<?, ?> message)) {
      throw new Refused(
          ErrorCodes.INVALID_REQUEST, "Send one JSON-RPC message; batches are not taken.");
    }
    return message;
  }

  private static String method(Map<?, ?> message) {
    if (!VERSION.equals(message.get("jsonrpc"))) {
      throw new Refused(ErrorCodes.INVALID_REQUEST, "A message has \"jsonrpc\": \"2.0\".");
    }
    if (message.get("method") instanceof String method) {
      return method;
    }
    throw new Refused(
        ErrorCodes.INVALID_REQUEST, "A message names its method; this server asks for nothing.");
  }

  private Answer called(JSONRPCRequest request, McpTransportContext context) {
    if (!fits(request)) {
      return new Answer(200, unfit(request));
    }
    try {
      JSONRPCResponse response = joined(running().handleRequest(context, request), context);
      JSONRPCResponse.JSONRPCError error = response.error();
      // Tools never end so: it comes of params that the SDK cannot read, in the words of its
      // reader.
      return error != null && error.code() == ErrorCodes.INTERNAL_ERROR
          ? new Answer(200, unfit(request))
          : new Answer(200, mapper.writeValueAsString(response));
    } catch (McpError e) {
      JSONRPCResponse.JSONRPCError error = e.getJsonRpcError();
      return new Answer(200, error(request.id(), error.code(), error.message()));
    } catch (IOException e) {
      throw new IllegalStateException("an answer can be written", e);
    }
  }

  /** Everything runs on this thread, so nothing is waited for. */
  private static <T> T joined(Mono<T> result, McpTransportContext context) {
    try {
      return result
          .contextWrite(reactor -> reactor.put(McpTransportContext.KEY, context))
          .toFuture()
          .join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }

  /** What the SDK takes for granted. */
  private static boolean fits(JSONRPCRequest request) {
    Object params = request.params();
    return switch (request.method()) {
      case McpSchema.METHOD_INITIALIZE -> params instanceof Map<?, ?>;
      case McpSchema.METHOD_TOOLS_CALL ->
          params instanceof Map<?, ?> call
              && call.get("name") instanceof String
              && (call.get("arguments") == null || call.get("arguments") instanceof Map<?, ?>);
      default -> params == null || params instanceof Map<?, ?>;
    };
  }

  private static String unfit(JSONRPCRequest request) {
    return error(
        request.id(), ErrorCodes.INVALID_PARAMS, "These params do not fit " + request.method());
  }

  private Answer told(JSONRPCNotification notification, McpTransportContext context) {
    try {
      joined(running().handleNotification(context, notification), context);
    } catch (McpError e) {
      return TAKEN; // nobody waits for what became of it
    }
    return TAKEN;
  }

  private McpStatelessServerHandler running() {
    return Objects.requireNonNull(handler, "the server is built before it is asked");
  }

  private static String error(@Nullable Object id, int code, String message) {
    JsonText json = new JsonText().beginObject().name("jsonrpc").value(VERSION).name("id");
    switch (id) {
      case null -> json.nullValue();
      case Number number -> json.value(number.longValue());
      default -> json.value(id.toString());
    }
    json.name("error").beginObject().name("code").value(code).name("message").value(message);
    return json.endObject().endObject().toString();
  }
}
