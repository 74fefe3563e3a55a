package dev.tidemark.simulation;

import dev.tidemark.protocol.codec.Cursor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What lies between one browser and the server. Requests and answers are lost, doubled and late,
 * streams break, and now and then the browser is offline altogether. A caller hears back once, or
 * never.
 */
final class Network {

  /** Ends of a request; at most one of them is called, perhaps neither. */
  interface Caller {
    void answered(Answer answer);

    void failed(String reason);
  }

  /** Ends of a stream. */
  interface StreamCaller extends ServerStream.Reader {
    void opened();

    void refused(Answer answer);
  }

  /** Something under way that its caller can give up. */
  static final class Call {
    private boolean given;
    private @Nullable ServerStream stream;

    void abort() {
      given = true;
      if (stream != null) {
        stream.close();
      }
    }
  }

  private final World world;
  private final ServerModel server;
  private final List<ServerStream> streams = new ArrayList<>();
  private boolean offline;

  Network(World world, ServerModel server) {
    this.world = world;
    this.server = server;
  }

  boolean isOffline() {
    return offline;
  }

  void goOffline() {
    world.struck(Fault.OFFLINE);
    offline = true;
    // Some connections break at once, some only fall silent.
    for (ServerStream stream : streams) {
      if (world.dice().chance(500)) {
        stream.cut();
      } else {
        stream.swallow();
      }
    }
    streams.clear();
  }

  void goOnline() {
    offline = false;
  }

  /** Sends a request; {@code handle} runs on the server, perhaps twice, perhaps never. */
  Call request(String what, Supplier<Answer> handle, Caller caller) {
    Call call = new Call();
    if (offline || world.strikes(Fault.REQUEST_LOST, 20)) {
      fail(call, what, caller::failed);
      return call;
    }
    if (world.strikes(Fault.REQUEST_DOUBLED, 20)) {
      world.after(1 + world.dice().below(8000), what + " again", () -> handled(handle));
    }
    long delay = 1L + world.dice().below(15);
    if (world.strikes(Fault.ANSWER_LATE, 15)) {
      delay += world.dice().below(90_000);
    }
    world.after(delay, what, () -> serve(call, what, handle, caller));
    return call;
  }

  private @Nullable Answer handled(Supplier<Answer> handle) {
    return server.isStopped() ? null : handle.get();
  }

  private void serve(Call call, String what, Supplier<Answer> handle, Caller caller) {
    Answer answer = handled(handle);
    if (answer == null || offline || world.strikes(Fault.ANSWER_LOST, 25)) {
      fail(call, what, caller::failed);
      return;
    }
    world.after(
        1 + world.dice().below(15),
        "answer " + answer.status() + " to " + what,
        () -> {
          if (!call.given) {
            caller.answered(answer);
          }
        });
  }

  /** The caller hears of it soon, or never. */
  private void fail(Call call, String what, Consumer<String> told) {
    if (world.dice().chance(700)) {
      world.after(
          1 + world.dice().below(500),
          "failure of " + what,
          () -> {
            if (!call.given) {
              told.accept("The connection failed.");
            }
          });
    }
  }

  Call openStream(String user, String cursor, StreamCaller caller) {
    Call call = new Call();
    if (offline || world.strikes(Fault.REQUEST_LOST, 20)) {
      fail(call, "stream of " + user, caller::broken);
      return call;
    }
    world.after(
        1 + world.dice().below(30),
        "stream of " + user + " at " + cursor,
        () -> {
          if (call.given) {
            return;
          }
          if (server.isStopped() || offline) {
            fail(call, "stream of " + user, caller::broken);
          } else {
            begin(call, user, Cursor.parse(cursor), caller);
          }
        });
    return call;
  }

  private void begin(Call call, String user, Cursor cursor, StreamCaller caller) {
    Answer refusal = server.checkCursor(user, cursor);
    if (refusal != null) {
      caller.refused(refusal);
      return;
    }
    caller.opened();
    // Late frames of a stream that its reader gave up are dropped here, as a browser does.
    ServerStream.Reader reader =
        new ServerStream.Reader() {
          @Override
          public void chunk(List<dev.tidemark.client.sync.Frame> frames) {
            if (!call.given) {
              caller.chunk(frames);
            }
          }

          @Override
          public void broken(String reason) {
            if (!call.given) {
              caller.broken(reason);
            }
          }
        };
    if (call.given) {
      return;
    }
    ServerStream stream = new ServerStream(world, server, user, cursor, reader);
    call.stream = stream;
    streams.removeIf(one -> !one.isOpen());
    streams.add(stream);
  }
}
