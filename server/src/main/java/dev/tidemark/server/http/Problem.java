package dev.tidemark.server.http;

import dev.tidemark.protocol.codec.ProblemCode;
import dev.tidemark.protocol.codec.Protocol;
import dev.tidemark.protocol.json.JsonText;
import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A refusal as RFC 9457 problem details: {@code {type, title, status, code, detail, ...}}. Thrown
 * to leave a handler.
 */
final class Problem extends RuntimeException {
  private static final long serialVersionUID = 1L;
  static final String CONTENT_TYPE = "application/problem+json";

  private final ProblemCode code;
  private final transient Map<String, Object> extra = new LinkedHashMap<>();
  private int status;
  private int retryAfterSeconds;

  /**
   * @param detail a sentence for the sender
   */
  Problem(ProblemCode code, String detail) {
    super(detail, null, false, false);
    this.code = code;
    this.status = code.status();
    if (code.retryHelps()) {
      this.retryAfterSeconds = 1;
    }
    if (code == ProblemCode.UNSUPPORTED_PROTOCOL || code == ProblemCode.UNKNOWN_TYPE) {
      with("supportedFrom", (long) Protocol.OLDEST_SERVED_VERSION);
      with("supportedTo", (long) Protocol.VERSION);
    }
  }

  static Problem notFound() {
    return new Problem(ProblemCode.NOT_FOUND, "There is nothing here.");
  }

  static Problem noSuchSpace() {
    return new Problem(ProblemCode.NOT_FOUND, "There is no such space.");
  }

  static Problem invalid(String detail) {
    return new Problem(ProblemCode.INVALID_REQUEST, detail);
  }

  /** Adds a member: a text or a whole number. */
  Problem with(String name, Object value) {
    extra.put(name, value);
    return this;
  }

  /** Another status than the code's usual one, such as 405. */
  Problem withStatus(int other) {
    status = other;
    return this;
  }

  Problem retryAfter(int seconds) {
    retryAfterSeconds = seconds;
    return this;
  }

  ProblemCode code() {
    return code;
  }

  int status() {
    return status;
  }

  byte[] json() {
    JsonText json = new JsonText().beginObject();
    json.name("type").value("about:blank");
    json.name("title").value(code.code().replace('-', ' '));
    json.name("status").value(status);
    json.name("code").value(code.code());
    json.name("detail").value(String.valueOf(getMessage()));
    extra.forEach((name, value) -> {
      json.name(name);
      if (value instanceof Number number) {
        json.value(number.longValue());
      } else {
        json.value(value.toString());
      }
    });
    return json.endObject().toString().getBytes(StandardCharsets.UTF_8);
  }

  void send(Context context) {
    if (retryAfterSeconds > 0) {
      context.header("Retry-After", Integer.toString(retryAfterSeconds));
    }
    if (code == ProblemCode.NOT_SIGNED_IN) {
      context.header("WWW-Authenticate", "Bearer");
    }
    context.status(status).contentType(CONTENT_TYPE).result(json());
  }
}
