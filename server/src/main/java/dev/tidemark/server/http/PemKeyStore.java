package dev.tidemark.server.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
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
      if (chain.length == 0) {
        throw new GeneralSecurityException("there is no certificate in it");
      }
      PrivateKey key = key(Files.readString(tls.key()));
      requireTogether(chain[0].getPublicKey(), key);
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setKeyEntry("tidemark", key, PASSWORD.toCharArray(), chain);
      return store;
    } catch (IOException | GeneralSecurityException e) {
      String why =
          e instanceof NoSuchFileException missing
              ? "there is no " + missing.getFile()
              : String.valueOf(e.getMessage());
      throw new Unusable(
          "the certificate "
              + tls.certificate()
              + " or the key "
              + tls.key()
              + " cannot be used ("
              + why
              + ")",
          e);
    }
  }

  /** Else the server would start, and every browser's greeting would fail. */
  private static void requireTogether(PublicKey open, PrivateKey secret)
      throws GeneralSecurityException {
    boolean together = open.getAlgorithm().equals(secret.getAlgorithm());
    if (together) {
      String algorithm =
          switch (secret.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> secret.getAlgorithm();
          };
      byte[] text = "tidemark".getBytes(StandardCharsets.US_ASCII);
      Signature signing = Signature.getInstance(algorithm);
      signing.initSign(secret);
      signing.update(text);
      byte[] signed = signing.sign();
      Signature verifying = Signature.getInstance(algorithm);
      verifying.initVerify(open);
      verifying.update(text);
      together = verifying.verify(signed);
    }
    if (!together) {
      throw new GeneralSecurityException("the key is not the one of the certificate");
    }
  }

  private static byte[] decoded(String base64) throws GeneralSecurityException {
    try {
      return Base64.getMimeDecoder().decode(base64.getBytes(StandardCharsets.US_ASCII));
    } catch (IllegalArgumentException e) {
      throw new GeneralSecurityException("the key is not valid Base64", e);
    }
  }

  private static PrivateKey key(String pem) throws GeneralSecurityException {
    String begin = "-----BEGIN PRIVATE KEY-----";
    int from = pem.indexOf(begin);
    int to = pem.indexOf("-----END PRIVATE KEY-----");
    if (from < 0 || to < from) {
      throw new GeneralSecurityException("the key must be PKCS #8 (BEGIN PRIVATE KEY)");
    }
    byte[] der = decoded(pem.substring(from + begin.length(), to));
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
