package dev.tidemark.server.cli;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
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

  /** The configuration file cannot be used; the message says why. */
  static final class Unreadable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Unreadable(Path path, String why, Exception cause) {
      super("The configuration file " + path + " cannot be read: " + why + ".", cause);
    }
  }

  /**
   * @throws Unreadable when there is a configuration file that cannot be read
   */
  Defaults(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
    String configured = environment.get(PREFIX + "CONFIG");
    Path path = Path.of(configured == null ? DEFAULT_FILE : configured);
    if (configured != null || Files.exists(path)) {
      try (Reader reader = Files.newBufferedReader(path)) {
        file.load(reader);
      } catch (NoSuchFileException e) {
        throw new Unreadable(path, "it is not there", e);
      } catch (CharacterCodingException e) {
        throw new Unreadable(path, "it is not UTF-8", e);
      } catch (IOException | IllegalArgumentException e) {
        throw new Unreadable(path, String.valueOf(e.getMessage()), e);
      }
    }
  }

  @Override
  public @Nullable String defaultValue(ArgSpec argument) {
    if (!(argument instanceof OptionSpec option) || option.usageHelp() || option.versionHelp()) {
      return null;
    }
    String name = option.longestName().replaceFirst("^-+", "");
    if (name.equals("version")) {
      return null; // images of containers often have a TIDEMARK_VERSION that means something else
    }
    String fromEnvironment =
        environment.get(PREFIX + name.toUpperCase(Locale.ROOT).replace('-', '_'));
    return fromEnvironment != null ? fromEnvironment : file.getProperty(name);
  }
}
