package dev.tidemark.server.library.git;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPInputStream;
import javax.net.ssl.SSLContext;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectIdRef;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.transport.AbstractAdvertiseRefsHook;
import org.eclipse.jgit.transport.PacketLineOut;
import org.eclipse.jgit.transport.RefAdvertiser;
import org.eclipse.jgit.transport.ServiceMayNotContinueException;
import org.eclipse.jgit.transport.UploadPack;
import org.jspecify.annotations.Nullable;

/** Serves one repository over HTTP or HTTPS on the loopback interface, as git hosts do. */
final class GitHost implements AutoCloseable {
  private static final String SERVICE = "git-upload-pack";

  private final Repository repository;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicLong packBytes = new AtomicLong();
  private final Map<String, ObjectId> furtherRefs = new ConcurrentHashMap<>();
  private volatile @Nullable String redirect;
  private volatile @Nullable HttpHandler instead;

  GitHost(Repository repository) throws IOException {
    this(repository, HttpServer.create(anyPort(), 0));
  }

  /** A host with a certificate. */
  GitHost(Repository repository, SSLContext tls) throws IOException {
    this(repository, withTls(tls));
  }

  private static InetSocketAddress anyPort() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  private static HttpServer withTls(SSLContext tls) throws IOException {
    HttpsServer server = HttpsServer.create(anyPort(), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(tls));
    return server;
  }

  private GitHost(Repository repository, HttpServer server) {
    this.repository = repository;
    this.server = server;
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  String address() {
    return (server instanceof HttpsServer ? "https" : "http")
        + "://127.0.0.1:"
        + server.getAddress().getPort()
        + "/acme/tool.git";
  }

  /** Bytes of packs since the last call. */
  long packBytes() {
    return packBytes.getAndSet(0);
  }

  /** Sends everybody elsewhere from now on. */
  void redirectTo(String address) {
    redirect = address;
  }

  /** Tells of a ref that no repository would hold, beside those that there are. */
  void tellOf(String ref, ObjectId object) {
    furtherRefs.put(ref, object);
  }

  /** Answers everything in another way from now on. */
  void answerWith(HttpHandler handler) {
    instead = handler;
  }

  private void answer(HttpExchange exchange) throws IOException {
    HttpHandler other = instead;
    if (other != null) {
      try (exchange) {
        other.handle(exchange);
      }
      return;
    }
    try (exchange) {
      String target = redirect;
      String path = exchange.getRequestURI().getPath();
      if (target != null) {
        exchange.getResponseHeaders().add("Location", target + "/info/refs?service=" + SERVICE);
        exchange.sendResponseHeaders(302, -1);
      } else if (path.equals("/acme/tool.git/info/refs")) {
        reply(exchange, "advertisement", advertisement(exchange));
      } else if (path.equals("/acme/tool.git/" + SERVICE)) {
        byte[] result = upload(exchange);
        packBytes.addAndGet(result.length);
        reply(exchange, "result", result);
      } else {
        exchange.sendResponseHeaders(404, -1);
      }
    }
  }

  private byte[] advertisement(HttpExchange exchange) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PacketLineOut out = new PacketLineOut(bytes);
    out.writeString("# service=" + SERVICE + "\n");
    out.end();
    try (UploadPack upload = uploadPack(exchange)) {
      upload.sendAdvertisedRefs(new RefAdvertiser.PacketLineOutRefAdvertiser(out));
    }
    return bytes.toByteArray();
  }

  private byte[] upload(HttpExchange exchange) throws IOException {
    List<String> encoding = exchange.getRequestHeaders().get("Content-Encoding");
    byte[] request;
    try (InputStream body = exchange.getRequestBody();
        InputStream plain =
            encoding != null && encoding.contains("gzip") ? new GZIPInputStream(body) : body) {
      request = plain.readAllBytes();
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (UploadPack upload = uploadPack(exchange)) {
      upload.upload(new ByteArrayInputStream(request), bytes, null);
    }
    return bytes.toByteArray();
  }

  private UploadPack uploadPack(HttpExchange exchange) {
    repository.getConfig().setBoolean("uploadpack", null, "allowFilter", true);
    UploadPack upload = new UploadPack(repository);
    upload.setBiDirectionalPipe(false);
    if (!furtherRefs.isEmpty()) {
      upload.setAdvertiseRefsHook(
          new AbstractAdvertiseRefsHook() {
            @Override
            protected Map<String, Ref> getAdvertisedRefs(Repository repository, RevWalk walk)
                throws ServiceMayNotContinueException {
              return refs();
            }
          });
    }
    List<String> protocol = exchange.getRequestHeaders().get("Git-Protocol");
    if (protocol != null) { // the second version of the protocol, which all hosts speak by now
      upload.setExtraParameters(protocol);
    }
    return upload;
  }

  private Map<String, Ref> refs() throws ServiceMayNotContinueException {
    Map<String, Ref> refs = new HashMap<>();
    try {
      repository.getRefDatabase().getRefs().forEach(ref -> refs.put(ref.getName(), ref));
    } catch (IOException e) {
      throw new ServiceMayNotContinueException(e);
    }
    furtherRefs.forEach((name, object) ->
        refs.put(name, new ObjectIdRef.Unpeeled(Ref.Storage.LOOSE, name, object)));
    return refs;
  }

  private static void reply(HttpExchange exchange, String what, byte[] body) throws IOException {
    exchange.getResponseHeaders().add("Content-Type", "application/x-" + SERVICE + "-" + what);
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.close();
  }
}
