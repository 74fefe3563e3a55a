package dev.tidemark.server.http.mcp;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.BufferedReader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;

/** A request whose body was read before, within its limits. */
final class ReadRequest extends HttpServletRequestWrapper {
  private final String body;

  ReadRequest(HttpServletRequest request, byte[] body) {
    super(request);
    this.body = new String(body, StandardCharsets.UTF_8);
  }

  @Override
  public BufferedReader getReader() {
    return new BufferedReader(new StringReader(body));
  }
}
