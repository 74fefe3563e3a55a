package dev.tidemark.simulation;

import dev.tidemark.client.owner.OwnerStatus;
import dev.tidemark.client.query.ResultDiff;
import dev.tidemark.client.query.ResultSet;
import dev.tidemark.client.tabs.Call;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What pages, workers and the hub say to each other over ports. */
sealed interface Wire {

  /** For the trace. */
  default String what() {
    return getClass().getSimpleName();
  }

  /** Whether hearing it twice must be harmless. */
  default boolean canBeDoubled() {
    return false;
  }

  record Join(String tab, long join) implements Wire {
    @Override
    public boolean canBeDoubled() {
      return true;
    }
  }

  record Leave(String tab) implements Wire {
    @Override
    public boolean canBeDoubled() {
      return true;
    }
  }

  /** Waiters of forgotten locks ask again. */
  record WakeLocks(String tab) implements Wire {
    @Override
    public boolean canBeDoubled() {
      return true;
    }
  }

  record WorkerPort(String tab, PortModel port) implements Wire {}

  record Connect(String tab, long epoch, int link, PortModel port) implements Wire {}

  record OwnerIs(@Nullable String owner, long epoch, String hubLock) implements Wire {
    @Override
    public String what() {
      return "owner is " + owner + " at " + epoch;
    }

    @Override
    public boolean canBeDoubled() {
      return true;
    }
  }

  record Opened(long epoch, List<String> tabs) implements Wire {
    public Opened {
      tabs = List.copyOf(tabs);
    }

    @Override
    public boolean canBeDoubled() {
      return true;
    }
  }

  record PagePort(String tab, int link, PortModel port) implements Wire {}

  record Gone(String tab) implements Wire {
    @Override
    public boolean canBeDoubled() {
      return true;
    }
  }

  record Hello(long epoch) implements Wire {}

  record Hint() implements Wire {}

  record Called(int number, long epoch, Call call) implements Wire {
    @Override
    public String what() {
      return "call " + number + " " + call.getClass().getSimpleName() + " at " + epoch;
    }

    @Override
    public boolean canBeDoubled() {
      return true;
    }
  }

  record Subscribed(int number, String sql, @Nullable Object parameters) implements Wire {
    @Override
    public boolean canBeDoubled() {
      return true;
    }
  }

  record Unsubscribed(int number) implements Wire {}

  record Answered(int number, @Nullable Object result) implements Wire {
    @Override
    public boolean canBeDoubled() {
      return true;
    }
  }

  record Failed(int number, String code, String detail, boolean retry) implements Wire {
    @Override
    public String what() {
      return "failed " + number + " " + code;
    }

    @Override
    public boolean canBeDoubled() {
      return true;
    }
  }

  record Rows(int number, ResultSet rows) implements Wire {}

  record Changed(int number, List<ResultDiff.Step> steps) implements Wire {
    public Changed {
      steps = List.copyOf(steps);
    }
  }

  record Broken(int number, String code, String detail) implements Wire {}

  record Status(OwnerStatus status) implements Wire {}
}
