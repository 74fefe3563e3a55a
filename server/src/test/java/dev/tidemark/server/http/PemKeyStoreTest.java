package dev.tidemark.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A certificate and key that cannot serve are refused at the start, in a sentence. */
class PemKeyStoreTest {
  private static final char[] PASSWORD = "changeit".toCharArray();

  @TempDir Path folder;

  /** Makes NAME.cert and NAME.key with the JDK's keytool. */
  private void make(String name, String algorithm)
      throws IOException, InterruptedException, GeneralSecurityException {
    Path store = folder.resolve(name + ".p12");
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
            "-genkeypair",
            "-alias",
            "host",
            "-keyalg",
            algorithm,
            "-dname",
            "CN=test",
            "-storetype",
            "PKCS12",
            "-keystore",
            store.toString(),
            "-storepass",
            new String(PASSWORD));
    Process keytool =
        new ProcessBuilder(command)
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertEquals(0, keytool.waitFor());
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD);
    }
    pem(name + ".cert", "CERTIFICATE", keys.getCertificate("host").getEncoded());
    pem(name + ".key", "PRIVATE KEY", keys.getKey("host", PASSWORD).getEncoded());
  }

  private void pem(String file, String what, byte[] der) throws IOException {
    Files.writeString(
        folder.resolve(file),
        "-----BEGIN "
            + what
            + "-----\n"
            + Base64.getMimeEncoder().encodeToString(der)
            + "\n-----END "
            + what
            + "-----\n");
  }

  private KeyStore load(String certificate, String key) {
    return PemKeyStore.load(new HttpSettings.Tls(folder.resolve(certificate), folder.resolve(key)));
  }

  private String refusal(String certificate, String key) {
    return String.valueOf(
        assertThrows(PemKeyStore.Unusable.class, () -> load(certificate, key)).getMessage());
  }

  @Test
  void a_pair_is_taken_and_everything_else_refused() throws Exception {
    make("a", "EC");
    make("b", "EC");
    make("c", "RSA");
    make("d", "Ed25519");
    for (String name : List.of("a", "c", "d")) {
      assertTrue(load(name + ".cert", name + ".key").containsAlias("tidemark"), name);
    }
    assertTrue(refusal("a.cert", "b.key").contains("not the one of the certificate"));
    assertTrue(refusal("a.cert", "c.key").contains("not the one of the certificate"));
    Files.writeString(folder.resolve("empty"), "");
    assertTrue(refusal("empty", "a.key").contains("no certificate in it"));
    assertTrue(refusal("a.cert", "empty").contains("PKCS #8"));
    assertTrue(refusal("missing", "a.key").contains("there is no "));
    Files.writeString(
        folder.resolve("torn"), "-----BEGIN PRIVATE KEY-----\n!!!A\n-----END PRIVATE KEY-----\n");
    assertTrue(refusal("a.cert", "torn").contains("Base64"));
  }
}
