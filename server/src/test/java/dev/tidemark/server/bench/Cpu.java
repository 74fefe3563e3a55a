package dev.tidemark.server.bench;

import java.lang.management.ManagementFactory;

/** Processor time of this process. */
final class Cpu {
  private Cpu() {}

  static double micros() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
            .getProcessCpuTime()
        / 1_000.0;
  }
}
