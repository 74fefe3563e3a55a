package dev.tidemark.client.browser;

import java.util.function.Consumer;
import org.teavm.jso.JSBody;
import org.teavm.jso.JSFunctor;
import org.teavm.jso.JSObject;

/** The origin's private file system, as far as pages need it. */
public final class Storage {

  private Storage() {}

  @JSFunctor
  private interface Text extends JSObject {
    void accept(String text);
  }

  /**
   * Removes a directory with all it holds; a missing one counts as removed.
   *
   * @param parent top-level directory it is in
   * @param failed gets a sentence, for example when a worker still has files of it open
   */
  public static void removeDirectory(
      String parent, String name, Runnable removed, Consumer<String> failed) {
    removeNative(parent, name, removed::run, failed::accept);
  }

  @JSBody(
      params = {"parent", "name", "removed", "failed"},
      script =
          """
          navigator.storage.getDirectory()
            .then(function(root) { return root.getDirectoryHandle(parent); })
            .then(function(directory) { return directory.removeEntry(name, {recursive: true}); })
            .then(function() { removed(); }, function(error) {
              if (error.name === 'NotFoundError') removed();
              else failed(String(error.message || error));
            });
          """)
  private static native void removeNative(
      String parent, String name, Callback removed, Text failed);
}
