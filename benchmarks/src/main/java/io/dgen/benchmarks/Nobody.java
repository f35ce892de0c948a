package io.dgen.benchmarks;

import io.dgen.Call;
import io.dgen.annotations.DistributedServer;

/** A server that no node hosts: what is sent to it waits. */
@DistributedServer
interface Nobody {

  record State() {}

  record Ask() implements Call<Long> {}

  default State init() {
    return new State();
  }

  default long handleCall(Ask message, State state) {
    return 0;
  }
}
