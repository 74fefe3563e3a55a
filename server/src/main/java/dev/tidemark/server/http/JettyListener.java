package dev.tidemark.server.http;

import dev.tidemark.protocol.codec.ProblemCode;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.jspecify.annotations.Nullable;

/** Jetty's part: the listening socket, time-outs, limits, and refusals before any route runs. */
final class JettyListener {
  private static final int IDLE_MILLIS = 30_000;
  private static final int ACCEPT_QUEUE = 4_096;
  static final int HEADER_BYTES = 16_384;
  private static final int STOP_MILLIS = 1_500;

  private JettyListener() {}

  static void harden(Server server) {
    server.setStopTimeout(STOP_MILLIS);
    server.setStopAtShutdown(false);
    server.setErrorHandler(new ProblemHandler());
  }

  static Connector connector(Server server, HttpSettings settings) {
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    http.setSendDateHeader(true);
    http.setRequestHeaderSize(HEADER_BYTES);
    HttpSettings.Tls tls = settings.tls();
    ServerConnector connector;
    if (tls == null) {
      connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
    } else {
      http.addCustomizer(new SecureRequestCustomizer(false));
      SslContextFactory.Server context = new SslContextFactory.Server();
      context.setKeyStore(PemKeyStore.load(tls));
      context.setKeyStorePassword(PemKeyStore.PASSWORD);
      connector = new ServerConnector(server, context, new HttpConnectionFactory(http));
    }
    connector.setHost(settings.host());
    connector.setPort(settings.port());
    connector.setIdleTimeout(IDLE_MILLIS);
    connector.setAcceptQueueSize(ACCEPT_QUEUE);
    return connector;
  }

  /** Answers requests that Jetty itself refuses, such as malformed ones, with problem details. */
  private static final class ProblemHandler extends ErrorHandler {

    @Override
    protected void generateResponse(
        Request request,
        Response response,
        int code,
        String message,
        Throwable cause,
        Callback callback) {
      // An address that is too long is a request like any other that cannot be served.
      boolean tooLong = code == 414;
      int status = code == 400 && leadsNowhere(request, message) ? 404 : tooLong ? 400 : code;
      ProblemCode problem =
          switch (status) {
            case 404 -> ProblemCode.NOT_FOUND;
            case 413 -> ProblemCode.TOO_LARGE;
            case 503 -> ProblemCode.UNAVAILABLE;
            default -> status >= 500 ? ProblemCode.INTERNAL : ProblemCode.INVALID_REQUEST;
          };
      byte[] body =
          new Problem(problem, "The request is not one that can be served.")
              .withStatus(status)
              .json();
      response.setStatus(status);
      response.getHeaders().put(HttpHeader.CONTENT_TYPE, Problem.CONTENT_TYPE);
      response.getHeaders().put("X-Content-Type-Options", "nosniff");
      response.write(true, ByteBuffer.wrap(body), callback);
    }

    /** Paths that climb out of the root or mean two things name nothing; Jetty calls them bad. */
    private static boolean leadsNowhere(Request request, @Nullable String message) {
      return "/badMessage".equals(request.getHttpURI().getPath())
          || (message != null && message.startsWith("Ambiguous URI"));
    }
  }
}
