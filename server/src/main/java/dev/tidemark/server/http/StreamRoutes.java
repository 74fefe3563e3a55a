package dev.tidemark.server.http;

import dev.tidemark.protocol.codec.Cursor;
import dev.tidemark.protocol.codec.EventRefusedException;
import dev.tidemark.protocol.codec.Protocol;
import dev.tidemark.protocol.json.JsonObject;
import dev.tidemark.server.eventlog.EventLog;
import dev.tidemark.server.http.Authentication.Principal;
import dev.tidemark.server.stream.EventFanout;
import dev.tidemark.server.stream.StreamSession;
import dev.tidemark.server.stream.StreamSink;
import dev.tidemark.server.stream.StreamStart;
import io.javalin.http.Context;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;

/** {@code /api/v1/stream}: opens a stream and stays in it, on the request's virtual thread. */
final class StreamRoutes {

  private final Authentication authentication;
  private final EventLog log;
  private final EventFanout fanout;

  StreamRoutes(Authentication authentication, EventLog log, EventFanout fanout) {
    this.authentication = authentication;
    this.log = log;
    this.fanout = fanout;
  }

  void get(Context context) throws IOException {
    Principal principal = authentication.require(context);
    Query.allowOnly(context, Set.of("cursor"));
    String given = context.queryParam("cursor");
    open(context, principal, given == null ? "" : given);
  }

  /** For cursors that are too long for an address: {@code {"cursor": "..."}}. */
  void post(Context context) throws IOException {
    Principal principal = authentication.require(context);
    Query.allowOnly(context, Set.of());
    JsonObject body = Bodies.object(context, Protocol.MAX_BATCH_BYTES);
    boolean empty = body.names().isEmpty();
    if (!empty && (body.names().size() != 1 || body.kind("cursor") != JsonObject.Kind.TEXT)) {
      throw Problem.invalid("Send {\"cursor\": \"SPACE:POSITION:HASH,...\"}.");
    }
    open(context, principal, empty ? "" : body.text("cursor"));
  }

  private void open(Context context, Principal principal, String given) throws IOException {
    String lastSeen = context.header("Last-Event-ID");
    Cursor cursor = parse(lastSeen == null || lastSeen.isEmpty() ? given : lastSeen);
    StreamStart start = StreamStart.check(log, principal.user(), cursor);
    switch (start) {
      case StreamStart.Refused refused ->
          throw new Problem(refused.code(), refused.detail()).with("space", refused.space());
      case StreamStart.From from -> run(context, principal, from);
    }
  }

  private static Cursor parse(String text) {
    try {
      return Cursor.parse(text);
    } catch (EventRefusedException e) {
      throw new Problem(e.code(), e.detail());
    }
  }

  private void run(Context context, Principal principal, StreamStart.From start)
      throws IOException {
    HttpServletResponse response = context.res();
    StreamSession session =
        fanout.open(
            log, principal.user(), principal.credential(), start, new ResponseSink(response));
    if (session == null) {
      throw NoStream.problem(fanout.isClosing());
    }
    response.setStatus(200);
    response.setContentType("text/event-stream");
    response.setHeader("Cache-Control", "no-store");
    response.setHeader("X-Accel-Buffering", "no");
    try {
      session.run(() -> authentication.isSignedIn(principal));
    } catch (IOException e) {
      return; // the reader is gone: nobody is left to tell
    }
  }

  private static final class ResponseSink implements StreamSink {
    private final HttpServletResponse response;

    ResponseSink(HttpServletResponse response) {
      this.response = response;
    }

    private ServletOutputStream out() throws IOException {
      return response.getOutputStream();
    }

    @Override
    public void write(byte[] bytes) throws IOException {
      out().write(bytes);
    }

    @Override
    public void flush() throws IOException {
      out().flush();
    }
  }
}
