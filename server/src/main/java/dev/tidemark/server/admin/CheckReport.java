package dev.tidemark.server.admin;

import java.util.List;

/**
 * @param findings one sentence for each thing that is wrong; empty when all is well
 */
public record CheckReport(long spaces, long events, List<String> findings) {
  public CheckReport {
    findings = List.copyOf(findings);
  }
}
