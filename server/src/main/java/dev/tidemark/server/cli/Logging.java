package dev.tidemark.server.cli;

/**
 * Settings of SLF4J's simple logger, made before the first logger: one line an entry with its time,
 * on standard error. Settings given by {@code -D} win.
 */
final class Logging {
  private static final String PREFIX = "org.slf4j.simpleLogger.";

  private Logging() {}

  static void configure() {
    set("showDateTime", "true");
    set("dateTimeFormat", "yyyy-MM-dd'T'HH:mm:ss.SSSXXX");
    set("showThreadName", "false");
    set("showShortLogName", "true");
    set("defaultLogLevel", "info");
    set("log.org.eclipse.jetty", "warn");
    set("log.org.eclipse.jgit", "off"); // it logs addresses that hosts redirect to
    set("log.io.javalin", "off"); // it only repeats what we report
    set("log.io.modelcontextprotocol", "off"); // it repeats what the answer says, unescaped
  }

  private static void set(String name, String value) {
    if (System.getProperty(PREFIX + name) == null) {
      System.setProperty(PREFIX + name, value);
    }
  }
}
