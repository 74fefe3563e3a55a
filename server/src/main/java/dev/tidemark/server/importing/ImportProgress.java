package dev.tidemark.server.importing;

/** Who hears how far an import has come; called on the importing thread. */
public interface ImportProgress {
  /** For output that nobody watches. */
  ImportProgress NONE =
      new ImportProgress() {
        @Override
        public void reading(int logsRead, int logs) {}

        @Override
        public void storing(long linesStored, long lines) {}

        @Override
        public void done() {}
      };

  void reading(int logsRead, int logs);

  /** Lines of the input whose messages are durable, and all lines. */
  void storing(long linesStored, long lines);

  /** Whatever happened, nothing more is coming. */
  void done();
}
