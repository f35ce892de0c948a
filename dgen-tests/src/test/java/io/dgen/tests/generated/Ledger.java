package io.dgen.tests.generated;

import io.dgen.Call;
import io.dgen.CallResult;
import io.dgen.Cast;
import io.dgen.Context;
import io.dgen.annotations.DistributedServer;

/** Abstract callbacks, a state outside the interface, and an abstract method that is none. */
@DistributedServer(state = LedgerState.class)
interface Ledger {

  record Book(long cents) implements Cast {}

  record Balance() implements Call<String> {}

  LedgerState init();

  LedgerState handleCast(Book message, LedgerState state);

  CallResult<String, LedgerState> handleCall(Context context, Balance message, LedgerState state);

  String format(long cents);
}
