package dev.tidemark.server.bench;

import dev.tidemark.server.bench.VectorData.Source;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;

/** The extension that people would use otherwise: exact search over float32. */
final class SqliteVec {
  private static final String PACKAGE = "sqlite-vec-linux-x64";
  private static final String VERSION = "0.1.9";
  private static final int CHARGE = 1_000;

  private SqliteVec() {}

  /** The extension's file, brought by npm where it is missing; null when that fails. */
  static @Nullable Path fetch() throws IOException, InterruptedException {
    Path folder = Path.of(System.getProperty("tidemark.root", "."), "server/target/sqlite-vec");
    Path extension = folder.resolve("node_modules").resolve(PACKAGE).resolve("vec0.so");
    if (Files.exists(extension)) {
      return extension;
    }
    Files.createDirectories(folder);
    try {
      Process npm =
          new ProcessBuilder(
                  "npm",
                  "install",
                  "--ignore-scripts",
                  "--no-audit",
                  "--no-fund",
                  "--prefix",
                  folder.toString(),
                  PACKAGE + "@" + VERSION)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      boolean done = npm.waitFor(60, TimeUnit.SECONDS);
      if (!done) {
        npm.destroy();
      }
    } catch (IOException e) {
      return null; // no npm here
    }
    return Files.exists(extension) ? extension : null;
  }

  static Samples measure(
      Path extension, Path folder, Source source, List<float[]> queries, int limit) {
    SQLiteConfig config = new SQLiteConfig();
    config.enableLoadExtension(true);
    config.setCacheSize(-64 * 1024);
    Samples samples = new Samples();
    try (Connection connection =
            config.createConnection("jdbc:sqlite:" + folder.resolve("vec.db"));
        Statement statement = connection.createStatement()) {
      statement.execute("select load_extension('" + extension.toAbsolutePath() + "')");
      statement.execute("pragma journal_mode = wal");
      statement.execute(
          "create virtual table v using vec0(embedding float[" + source.dimensions() + "])");
      fill(connection, source);
      try (PreparedStatement nearest =
          connection.prepareStatement(
              "select rowid, distance from v where embedding match ? and k = ?")) {
        for (float[] query : queries) {
          long start = System.nanoTime();
          nearest.setBytes(1, bytes(query));
          nearest.setInt(2, limit);
          try (ResultSet row = nearest.executeQuery()) {
            while (row.next()) {
              row.getLong(1);
            }
          }
          samples.add(System.nanoTime() - start);
        }
      }
      return samples;
    } catch (SQLException e) {
      throw new IllegalStateException("sqlite-vec failed", e);
    }
  }

  private static void fill(Connection connection, Source source) throws SQLException {
    connection.setAutoCommit(false);
    try (PreparedStatement insert =
        connection.prepareStatement("insert into v (rowid, embedding) values (?, ?)")) {
      for (int i = 0; i < source.count(); i++) {
        insert.setLong(1, i + 1L);
        insert.setBytes(2, bytes(source.vector(i)));
        insert.executeUpdate();
        if (i % CHARGE == CHARGE - 1) {
          connection.commit();
        }
      }
    }
    connection.setAutoCommit(true);
  }

  private static byte[] bytes(float[] vector) {
    ByteBuffer bytes =
        ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(vector);
    return bytes.array();
  }
}
