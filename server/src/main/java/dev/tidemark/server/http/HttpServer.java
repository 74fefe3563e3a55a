package dev.tidemark.server.http;

import dev.tidemark.protocol.codec.EventRefusedException;
import dev.tidemark.protocol.codec.ProblemCode;
import dev.tidemark.protocol.codec.Protocol;
import dev.tidemark.protocol.json.JsonException;
import dev.tidemark.server.account.Accounts;
import dev.tidemark.server.account.Credential;
import dev.tidemark.server.database.DatabaseException;
import dev.tidemark.server.database.GroupWriter;
import dev.tidemark.server.embedding.Embeddings;
import dev.tidemark.server.eventlog.EventLog;
import dev.tidemark.server.http.mcp.McpEndpoint;
import dev.tidemark.server.http.mcp.McpTools;
import dev.tidemark.server.intake.BatchRefused;
import dev.tidemark.server.jobs.WorkerStatus;
import dev.tidemark.server.search.SearchRoom;
import dev.tidemark.server.space.Spaces;
import dev.tidemark.server.storage.Indexing;
import dev.tidemark.server.stream.EventFanout;
import dev.tidemark.server.web.StaticFiles;
import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpResponseException;
import java.nio.channels.UnresolvedAddressException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The HTTP server: all routes, on Jetty with a virtual thread for each request. */
public final class HttpServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);

  /** Acceptors and selectors only: requests run on virtual threads. */
  private static final int PLATFORM_THREADS = 24;

  private final Javalin javalin;
  private final JobStreams jobStreams;
  private final SlowRequestGuard guard = new SlowRequestGuard();

  /**
   * What the routes need of the other rooms.
   *
   * @param workers what each worker does at this moment, in the order of their indexes
   * @param stats the answer to {@code GET /api/v1/stats}
   */
  public record Rooms(
      Accounts accounts,
      EventLog log,
      Spaces spaces,
      EventFanout fanout,
      StaticFiles files,
      Operations operations,
      Indexing indexing,
      Supplier<List<WorkerStatus>> workers,
      SearchRoom search,
      Embeddings embeddings,
      Supplier<String> stats) {}

  /**
   * Starts listening.
   *
   * @throws CannotListen when the port is taken or the certificate cannot be used
   */
  public HttpServer(HttpSettings settings, Rooms rooms) {
    Authentication authentication = new Authentication(rooms.accounts());
    Indexing indexing = rooms.indexing();
    LibraryTitles titles = new LibraryTitles(indexing.libraries());
    indexing.onRemoved(titles::forget);
    JobJson json = new JobJson(titles);
    this.jobStreams =
        new JobStreams(authentication, indexing.jobs(), indexing.feed(), rooms.workers(), json);
    LibraryRoutes libraries = new LibraryRoutes(authentication, indexing, json);
    JobRoutes jobs = new JobRoutes(authentication, indexing.jobs(), rooms.workers(), json);
    SearchRoutes search =
        new SearchRoutes(authentication, rooms.search().engine(), rooms.search().context());
    StatsRoutes stats = new StatsRoutes(authentication, rooms.stats());
    EmbeddingRoutes embeddings = new EmbeddingRoutes(authentication, rooms.embeddings());
    McpRoute mcp =
        new McpRoute(authentication, new McpEndpoint(new McpTools(rooms.search(), rooms.stats())));
    this.javalin =
        Javalin.create(config -> {
          configure(config, settings);
          route(config.routes, authentication, rooms);
          route(config.routes, libraries);
          route(config.routes, jobs, jobStreams);
          routeSearch(config.routes, search, mcp);
          Methods.get(config.routes, "/api/v1/stats", stats::show);
          config.routes.post("/api/v1/embeddings/build", embeddings::build);
          routeFiles(config.routes, new StaticRoutes(rooms.files()));
          refuse(config.routes, new Methods(config.unsafe.internalRouter, rooms.files()));
        });
    try {
      javalin.start();
    } catch (RuntimeException e) {
      throw new CannotListen(settings, e);
    }
    guard.start(javalin.jettyServer().server());
  }

  /** The address cannot be listened on; the message says why. */
  public static final class CannotListen extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CannotListen(HttpSettings settings, RuntimeException cause) {
      super(
          "Cannot listen on "
              + settings.host()
              + " port "
              + settings.port()
              + ": "
              + rootMessage(cause)
              + ". Choose another with --host or --port.",
          cause);
    }

    private static String rootMessage(Throwable failure) {
      Throwable root = failure;
      while (root.getCause() != null && !(root instanceof PemKeyStore.Unusable)) {
        root = root.getCause();
      }
      return root instanceof UnresolvedAddressException
          ? "there is no such host"
          : String.valueOf(root.getMessage());
    }
  }

  /** The port, also when a free one was asked for. */
  public int port() {
    return javalin.port();
  }

  /** Ends what a session had opened here; streams of events are the fan-out's. */
  public void endStreamsOf(Credential credential) {
    jobStreams.endStreamsOf(credential);
  }

  /** All routes but HEAD's as {@code METHOD /path}, for the test that compares descriptions. */
  Set<String> routes() {
    return javalin.unsafe.internalRouter.allHttpHandlers().stream()
        .map(parsed -> parsed.endpoint)
        .filter(
            endpoint -> endpoint.method.isHttpMethod() && !endpoint.method.equals(HandlerType.HEAD))
        .map(endpoint -> endpoint.method.name() + " " + endpoint.path)
        .collect(Collectors.toSet());
  }

  private static void configure(JavalinConfig config, HttpSettings settings) {
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.startup.startupWatcherEnabled = false;
    config.http.compressionStrategy = CompressionStrategy.NONE;
    config.http.prefer405over404 = false; // Methods tells: the files' route takes all paths
    config.http.generateEtags = false;
    config.http.maxRequestSize = Protocol.MAX_BATCH_BYTES * 2L;
    QueuedThreadPool threads = new QueuedThreadPool(PLATFORM_THREADS);
    threads.setName("http");
    threads.setVirtualThreadsExecutor(
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("request-", 0).factory()));
    config.jetty.threadPool = threads;
    config.jetty.modifyServer(JettyListener::harden);
    config.jetty.addConnector((server, http) -> JettyListener.connector(server, settings));
  }

  private static void route(RoutesConfig routes, Authentication authentication, Rooms rooms) {
    SpaceRoutes spaces =
        new SpaceRoutes(authentication, rooms.log(), rooms.spaces(), rooms.operations());
    SessionRoutes sessions = new SessionRoutes(authentication, rooms.accounts());
    StreamRoutes streams = new StreamRoutes(authentication, rooms.log(), rooms.fanout());
    routes.before(HttpServer::prepare);
    Methods.get(routes, "/healthz", rooms.operations()::health);
    Methods.get(routes, "/metrics", rooms.operations()::metrics);
    Methods.get(routes, "/api/v1/session", sessions::show);
    routes.post("/api/v1/session", sessions::signIn);
    routes.delete("/api/v1/session", sessions::signOut);
    Methods.get(routes, "/api/v1/spaces", spaces::list);
    routes.post("/api/v1/spaces", spaces::create);
    Methods.get(routes, "/api/v1/spaces/{space}/events", spaces::read);
    routes.post("/api/v1/spaces/{space}/events", spaces::append);
    Methods.stream(routes, "/api/v1/stream", streams::get);
    routes.post("/api/v1/stream", streams::post);
  }

  private static void route(RoutesConfig routes, LibraryRoutes libraries) {
    Methods.get(routes, "/api/v1/libs", libraries::list);
    routes.post("/api/v1/libs", libraries::add);
    Methods.get(routes, "/api/v1/libs/{id}", libraries::show);
    routes.delete("/api/v1/libs/{id}", libraries::remove);
    routes.post("/api/v1/libs/{id}/versions/discover", libraries::discover);
    routes.post("/api/v1/libs/{id}/index", libraries::index);
  }

  private static void route(RoutesConfig routes, JobRoutes jobs, JobStreams streams) {
    Methods.get(routes, "/api/v1/jobs", jobs::list);
    Methods.stream(routes, "/api/v1/jobs/stream", streams::all);
    Methods.get(routes, "/api/v1/jobs/{id}", jobs::show);
    Methods.stream(routes, "/api/v1/jobs/{id}/stream", streams::one);
    routes.post("/api/v1/jobs/{id}/pause", jobs::pause);
    routes.post("/api/v1/jobs/{id}/resume", jobs::resume);
    routes.post("/api/v1/jobs/{id}/cancel", jobs::cancel);
    Methods.get(routes, "/api/v1/workers", jobs::workers);
  }

  private static void routeSearch(RoutesConfig routes, SearchRoutes search, McpRoute mcp) {
    Methods.get(routes, "/api/v1/search", search::search);
    Methods.get(routes, "/api/v1/context", search::context);
    Methods.get(routes, "/mcp", mcp::get);
    routes.post("/mcp", mcp::post);
  }

  /** Comes last: it takes every path that no route before took. */
  private static void routeFiles(RoutesConfig routes, StaticRoutes files) {
    Methods.get(routes, Methods.ALL_PATHS, files::get);
    Methods.get(routes, "/", files::get);
  }

  private static void prepare(Context context) {
    context.header("X-Content-Type-Options", "nosniff");
    context.header("Referrer-Policy", "no-referrer");
    if (!context.path().startsWith("/api/")) {
      return;
    }
    context.header("Cache-Control", "no-store");
    String version = context.header(Protocol.VERSION_HEADER);
    if (version != null && !isServed(version)) {
      throw new Problem(
          ProblemCode.UNSUPPORTED_PROTOCOL,
          "This server serves protocol versions "
              + Protocol.OLDEST_SERVED_VERSION
              + " to "
              + Protocol.VERSION
              + ".");
    }
  }

  private static boolean isServed(String version) {
    return version.matches("[0-9]{1,6}")
        && Integer.parseInt(version) >= Protocol.OLDEST_SERVED_VERSION
        && Integer.parseInt(version) <= Protocol.VERSION;
  }

  private static void refuse(RoutesConfig routes, Methods methods) {
    routes.exception(Problem.class, HttpServer::send);
    routes.exception(
        BatchRefused.class,
        (refused, context) -> {
          Problem problem = new Problem(refused.code(), refused.detail());
          if (refused.index() >= 0) {
            problem.with("index", (long) refused.index());
          }
          String eventId = refused.eventId();
          send(eventId == null ? problem : problem.with("eventId", eventId), context);
        });
    routes.exception(
        EventRefusedException.class,
        (refused, context) -> send(new Problem(refused.code(), refused.detail()), context));
    routes.exception(
        JsonException.class,
        (e, context) ->
            send(new Problem(ProblemCode.INVALID_JSON, String.valueOf(e.getMessage())), context));
    routes.exception(
        GroupWriter.Overloaded.class,
        (e, context) ->
            send(new Problem(ProblemCode.TOO_MANY, String.valueOf(e.getMessage())), context));
    routes.exception(DatabaseException.class, HttpServer::databaseFailed);
    routes.exception(
        HttpResponseException.class,
        (e, context) -> send(ofStatus(e.getStatus(), methods, context), context));
    routes.exception(Exception.class, HttpServer::failed);
  }

  private static void send(Problem problem, Context context) {
    if (!context.res().isCommitted()) {
      problem.send(context);
    }
  }

  private static Problem ofStatus(int status, Methods methods, Context context) {
    return switch (status) {
      case 404, 405 -> methods.problem(context);
      case 413 -> new Problem(ProblemCode.TOO_LARGE, "The body is too large.");
      default -> Problem.invalid("The request cannot be served.").withStatus(status);
    };
  }

  private static void databaseFailed(DatabaseException e, Context context) {
    switch (e.kind()) {
      case STORAGE_FULL ->
          send(
              new Problem(
                  ProblemCode.STORAGE_FULL,
                  "The server's disk is full; nothing was stored, reading goes on."),
              context);
      case BUSY ->
          send(
              new Problem(ProblemCode.UNAVAILABLE, "The server is busy; try again in a moment."),
              context);
      case BROKEN -> failed(e, context);
    }
  }

  private static void failed(Exception e, Context context) {
    LOG.error("{} {} failed", context.method(), OneLine.of(context.path()), e);
    send(new Problem(ProblemCode.INTERNAL, "The server made a mistake; it is logged."), context);
  }

  /** Stops listening and waits a moment for running requests. End the streams before. */
  @Override
  public void close() {
    guard.close();
    javalin.stop();
  }
}
