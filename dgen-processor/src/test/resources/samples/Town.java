package sample;

import io.dgen.Call;
import io.dgen.CallResult;
import io.dgen.Cast;
import io.dgen.CastResult;
import io.dgen.Context;
import io.dgen.Info;
import io.dgen.NoReply;
import io.dgen.annotations.Default;
import io.dgen.annotations.DistributedServer;
import io.dgen.annotations.Renamed;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

class Town {

  enum Shelf {
    NEW,
    @Renamed({"AGED", "ANCIENT"})
    OLD
  }

  record Book(UUID id, String title, Optional<BigDecimal> price, Shelf shelf) {}

  record Loan(
      @Renamed("who") String reader,
      @Default("2026-01-01T00:00:00Z") Instant since,
      @Default("P14D") Duration term) {}

  record Books(
      List<Book> books,
      Map<UUID, Loan> loans,
      @Renamed({"users", "people"}) @Default("nobody()") Set<String> readers,
      byte[] seal) {

    static Set<String> nobody() {
      return Set.of();
    }
  }

  @DistributedServer(name = "library/town", state = Books.class)
  interface Library {

    @Deprecated
    record Add(List<Book> books) implements Cast {}

    record Seal(byte... seal) implements Info {}

    @Renamed("Borrow")
    record Lend(UUID book, @Default("?") String reader, Duration term) implements Call<Boolean> {}

    record LoanOf(UUID book) implements Call<Optional<Loan>> {}

    record Titles(boolean sorted, byte b, short s, int i, long l, char c, float f, double d)
        implements Call<List<String>> {}

    record Sync() implements Call<Void> {}

    Books init(Context context);

    CastResult<Books> handleCast(Context context, Books state, Add message);

    NoReply<Books> handleInfo(Books state, Seal message);

    CallResult<Boolean, Books> handleCall(Lend message, Books state, Context context);

    Optional<Loan> handleCall(LoanOf message, Books state);

    List<String> handleCall(Titles message, Books state);

    Void handleCall(Sync message, Books state);
  }
}
