package dev.tidemark.client.browser;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSFunctor;
import org.teavm.jso.JSObject;

/** Requests to the server. Cookies of the origin go along; responses are never cached. */
public final class Http {
  private Http() {}

  /** A request under way. */
  public interface Call {
    /** Ends it; no callback runs afterwards. Harmless when it ended already. */
    void abort();
  }

  /** A streamed body under way. */
  public interface StreamCall extends Call {
    /**
     * Reads no further while paused: at most one chunk more is delivered, and the sender is slowed
     * down by the network's own means. The end, too, is only noticed afterwards.
     */
    void pause(boolean paused);
  }

  /** A complete answer, whatever its status. */
  public static final class Response {
    private final PlainObject fields;

    Response(PlainObject fields) {
      this.fields = fields;
    }

    /** The HTTP status. */
    public int status() {
      return (int) fields.number("status");
    }

    /** The body as text. */
    public String body() {
      String body = fields.text("body");
      return body == null ? "" : body;
    }

    /** A header's value by any spelling of its name, or null. */
    public @Nullable String header(String name) {
      return headerOf(fields, name);
    }
  }

  /** Receives a streamed body. At most one of {@link #ended} and {@link #failed} runs, once. */
  public interface StreamListener {
    /** Headers are there; a status other than 200 is followed by its whole body as one chunk. */
    void opened(Response head);

    /** The next piece of text, never split within a character. */
    void chunk(String text);

    /** The server closed the stream properly. */
    void ended();

    /** The connection could not be made or broke; a sentence. */
    void failed(String sentence);
  }

  /**
   * Sends a request and reads the whole answer.
   *
   * @param headers names and values in turn
   * @param timeoutMillis after this the request is aborted and {@code failed} runs
   */
  public static Call request(
      String method,
      String url,
      String[] headers,
      @Nullable String body,
      int timeoutMillis,
      Consumer<Response> answered,
      Consumer<String> failed) {
    return requestNative(
            method,
            url,
            headers,
            body,
            timeoutMillis,
            fields -> answered.accept(new Response(fields)),
            failed::accept)
        ::abort;
  }

  /** Sends a request and delivers its body as it arrives; idle time is the listener's affair. */
  public static StreamCall stream(
      String method, String url, String[] headers, @Nullable String body, StreamListener listener) {
    StreamHandle handle =
        streamNative(
            method,
            url,
            headers,
            body,
            fields -> listener.opened(new Response(fields)),
            listener::chunk,
            listener::ended,
            listener::failed);
    return new StreamCall() {
      @Override
      public void abort() {
        handle.abort();
      }

      @Override
      public void pause(boolean paused) {
        handle.pause(paused);
      }
    };
  }

  private interface Abort extends JSObject {
    void abort();
  }

  private interface StreamHandle extends JSObject {
    void abort();

    void pause(boolean paused);
  }

  @JSFunctor
  private interface Answered extends JSObject {
    void accept(PlainObject fields);
  }

  @JSFunctor
  private interface Text extends JSObject {
    void accept(String text);
  }

  @JSBody(
      params = {"fields", "name"},
      script = "return fields.headers.get(name);")
  private static native @Nullable String headerOf(JSObject fields, String name);

  @JSBody(
      params = {"method", "url", "headers", "body", "millis", "answered", "failed"},
      script =
          """
          var abort = new AbortController(), over = false, fields = new Headers();
          for (var at = 0; at < headers.length; at += 2) fields.set(headers[at], headers[at + 1]);
          var timer = setTimeout(function() { end(failed, 'no answer in ' + millis + ' ms');
            abort.abort(); }, millis);
          function end(then, value) { if (!over) { over = true; clearTimeout(timer); then(value); } }
          fetch(url, {method: method, headers: fields, body: body === null ? undefined : body,
            cache: 'no-store', credentials: 'same-origin', signal: abort.signal})
          .then(function(answer) { return answer.text().then(function(text) {
            return {status: answer.status, headers: answer.headers, body: text}; }); })
          .then(function(value) { end(answered, value); },
            function(error) { end(failed, String(error && error.message || error)); });
          return {abort: function() { over = true; clearTimeout(timer); abort.abort(); }};
          """)
  private static native Abort requestNative(
      String method,
      String url,
      String[] headers,
      @Nullable String body,
      int millis,
      Answered answered,
      Text failed);

  @JSBody(
      params = {"method", "url", "headers", "body", "opened", "chunk", "ended", "failed"},
      script =
          """
          var abort = new AbortController(), over = false, paused = false;
          var resume = null, fields = new Headers();
          for (var at = 0; at < headers.length; at += 2) fields.set(headers[at], headers[at + 1]);
          function broke(error) { if (!over) { over = true; failed(String(error && error.message || error)); } }
          fetch(url, {method: method, headers: fields, body: body === null ? undefined : body,
            cache: 'no-store', credentials: 'same-origin', signal: abort.signal})
          .then(function(answer) {
            if (over) return;
            opened({status: answer.status, headers: answer.headers, body: ''});
            if (answer.status !== 200) return answer.text().then(function(text) {
              if (!over) { over = true; chunk(text); ended(); } });
            var reader = answer.body.getReader(), decoder = new TextDecoder();
            function next() {
              if (paused) { resume = next; return; }
              resume = null; reader.read().then(took, broke); }
            function took(part) {
              if (over) return;
              if (part.done) { over = true; ended(); return; }
              var text = decoder.decode(part.value, {stream: true});
              try { if (text) chunk(text); } finally { if (!over) next(); } }
            next();
          }, broke);
          return {abort: function() { over = true; abort.abort(); }, pause: function(wanted) {
            paused = wanted; if (!paused && resume && !over) { resume(); } }};
          """)
  private static native StreamHandle streamNative(
      String method,
      String url,
      String[] headers,
      @Nullable String body,
      Answered opened,
      Text chunk,
      Callback ended,
      Text failed);
}
