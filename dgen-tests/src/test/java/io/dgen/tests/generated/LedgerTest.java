package io.dgen.tests.generated;

import static io.dgen.Results.reply;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dgen.CallResult;
import io.dgen.Context;
import io.dgen.Reply;
import io.dgen.error.DgenException;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.LongFunction;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

/** A server whose callbacks are in a class of the user's, with what was injected into it. */
public class LedgerTest {

  private static final LedgerMessage BOOK = new LedgerMessage.Book(new Ledger.Book(150));
  private static final LedgerMessage BALANCE = new LedgerMessage.Balance(new Ledger.Balance());

  private static class Implementation implements Ledger {
    private final LongFunction<String> formatter;

    private Implementation(LongFunction<String> formatter) {
      this.formatter = formatter;
    }

    @Override
    public LedgerState init() {
      return new LedgerState(100);
    }

    @Override
    public LedgerState handleCast(Book message, LedgerState state) {
      return new LedgerState(state.cents() + message.cents());
    }

    @Override
    public CallResult<String, LedgerState> handleCall(
        Context context, Balance message, LedgerState state) {
      return reply(context.id() + ": " + format(state.cents()), state);
    }

    @Override
    public String format(long cents) {
      return formatter.apply(cents);
    }
  }

  @Test
  void theImplementationIsCalled() throws Exception {
    LedgerServer server =
        LedgerServer.of(new Implementation(it -> String.format(Locale.ROOT, "%.2f", it / 100.0)));
    LedgerState state = server.init(TestContext.FIRST);
    LedgerState booked = new LedgerState(250);
    assertThat(server.handle(BOOK, state, TestContext.FIRST).state()).isEqualTo(booked);
    assertThat(server.handle(BALANCE, booked, TestContext.FIRST))
        .isEqualTo(new Reply<>("some-id: 2.50", booked));
  }

  @Test
  void thereIsNoServerWithoutAnImplementation() {
    assertThat(
            Arrays.stream(LedgerServer.class.getDeclaredMethods())
                .filter(it -> it.getName().equals("of"))
                .map(it -> it.getParameterTypes()[0]))
        .containsExactly(Ledger.class);
  }

  @Test
  @NullUnmarked
  void theImplementationMustNotBeNull() {
    assertThatNullPointerException()
        .isThrownBy(() -> LedgerServer.of(null))
        .withMessage("implementation");
  }

  @Test
  void theServerIsNamedByItsInterface() {
    assertThat(LedgerServer.of(new Implementation(Long::toString)).name()).isEqualTo("Ledger");
  }

  @Test
  void aNullStateNamesItsCallback() {
    LedgerServer server = LedgerServer.of(new Nulls());
    LedgerState state = new LedgerState(0);
    assertThatThrownBy(() -> server.init(TestContext.FIRST))
        .isInstanceOf(DgenException.class)
        .hasMessage("Ledger.init() returned null; return the new state, or the old one");
    assertThatThrownBy(() -> server.handle(BOOK, state, TestContext.FIRST))
        .isInstanceOf(DgenException.class)
        .hasMessage(
            "Ledger.handleCast(Book, LedgerState) returned null; return the new state, or the old"
                + " one");
    assertThatThrownBy(() -> server.handle(BALANCE, state, TestContext.FIRST))
        .isInstanceOf(DgenException.class)
        .hasMessage(
            "Ledger.handleCall(Context, Balance, LedgerState) returned a result without a state;"
                + " give it the new state, or the old one");
    assertThatThrownBy(() -> server.handle(BALANCE, new LedgerState(1), TestContext.FIRST))
        .isInstanceOf(DgenException.class)
        .hasMessage(
            "Ledger.handleCall(Context, Balance, LedgerState) returned null; return a result, such"
                + " as Results.reply or Results.noReply");
  }

  /** What code that is not null-marked may do. */
  @NullUnmarked
  private static final class Nulls extends Implementation {
    private Nulls() {
      super(Long::toString);
    }

    @Override
    public LedgerState init() {
      return null;
    }

    @Override
    public LedgerState handleCast(Book message, LedgerState state) {
      return null;
    }

    @Override
    public CallResult<String, LedgerState> handleCall(
        Context context, Balance message, LedgerState state) {
      return state.cents() == 0 ? reply("", null) : null;
    }
  }
}
