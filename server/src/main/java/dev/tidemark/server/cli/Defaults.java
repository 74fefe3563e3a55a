package dev.tidemark.server.cli;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Where options come from when they are not on the command line: {@code --tls-cert} from {@code
 * TIDEMARK_TLS_CERT} in the environment, else from {@code tls-cert=...} in the configuration file,
 * which is {@code TIDEMARK_CONFIG} or {@code tidemark.properties} in the working directory.
 */
final class Defaults implements IDefaultValueProvider {
  private static final String PREFIX = "TIDEMARK_";
  private static final String DEFAULT_FILE = "tidemark.properties";

  private final Map<String, String> environment;
  private final Properties file = new Properties();

  Defaults(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
    String configured = environment.get(PREFIX + "CONFIG");
    Path path = Path.of(configured == null ? DEFAULT_FILE : configured);
    if (configured != null || Files.exists(path)) {
      try (Reader reader = Files.newBufferedReader(path)) {
        file.load(reader);
      } catch (IOException e) {
        System.err.println("The configuration file " + path + " cannot be read: " + e.getMessage());
        throw new IllegalArgumentException("unreadable configuration file " + path, e);
      }
    }
  }

  @Override
  public @Nullable String defaultValue(ArgSpec argument) {
    if (!(argument instanceof OptionSpec option)) {
      return null;
    }
    String name = option.longestName().replaceFirst("^-+", "");
    String fromEnvironment =
        environment.get(PREFIX + name.toUpperCase(Locale.ROOT).replace('-', '_'));
    return fromEnvironment != null ? fromEnvironment : file.getProperty(name);
  }
}
