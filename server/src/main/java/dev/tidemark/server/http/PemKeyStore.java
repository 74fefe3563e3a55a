package dev.tidemark.server.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;

/** A key store in memory from the two PEM files that certificate tools write. */
final class PemKeyStore {
  /** The store never leaves this process. */
  static final String PASSWORD = "in-memory";

  private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA");

  private PemKeyStore() {}

  /** The files are not there or are no certificate and key. */
  static final class Unusable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Unusable(String message, Exception cause) {
      super(message, cause);
    }
  }

  static KeyStore load(HttpSettings.Tls tls) {
    try (InputStream in = Files.newInputStream(tls.certificate())) {
      Certificate[] chain =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(in)
              .toArray(new Certificate[0]);
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setKeyEntry(
          "tidemark", key(Files.readString(tls.key())), PASSWORD.toCharArray(), chain);
      return store;
    } catch (IOException | GeneralSecurityException e) {
      throw new Unusable(
          "the certificate "
              + tls.certificate()
              + " or the key "
              + tls.key()
              + " cannot be used ("
              + e.getMessage()
              + ")",
          e);
    }
  }

  private static PrivateKey key(String pem) throws GeneralSecurityException {
    String begin = "-----BEGIN PRIVATE KEY-----";
    int from = pem.indexOf(begin);
    int to = pem.indexOf("-----END PRIVATE KEY-----");
    if (from < 0 || to < from) {
      throw new GeneralSecurityException("the key must be PKCS #8 (BEGIN PRIVATE KEY)");
    }
    byte[] der =
        Base64.getMimeDecoder()
            .decode(pem.substring(from + begin.length(), to).getBytes(StandardCharsets.US_ASCII));
    GeneralSecurityException last = new GeneralSecurityException("none of " + ALGORITHMS);
    for (String algorithm : ALGORITHMS) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der));
      } catch (InvalidKeySpecException e) {
        last = e; // a key of another algorithm
      }
    }
    throw last;
  }
}
