package io.dgen.tests.generated;

import static org.assertj.core.api.Assertions.assertThat;

import io.dgen.NoReply;
import io.dgen.Reply;
import io.dgen.generated.MessageKind;
import io.dgen.tests.generated.Warehouse.Item;
import io.dgen.tests.generated.Warehouse.State;
import io.dgen.tests.generated.Warehouse.Unit;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A server with every component type, driven without an engine. */
class WarehouseTest {

  private static final UUID ID = UUID.fromString("0b0e7a54-8c7d-4a3b-9f6e-5d6c7b8a9f01");
  private static final Item ITEM =
      new Item(ID, "nail", Optional.of(new BigDecimal("0.010")), Unit.PIECE);
  private static final Warehouse.Sizes SIZES =
      new Warehouse.Sizes(
          true,
          Byte.MIN_VALUE,
          Short.MAX_VALUE,
          Integer.MIN_VALUE,
          Long.MAX_VALUE,
          '\uffff',
          Float.MIN_VALUE,
          Double.MAX_VALUE);
  private static final Warehouse.Boxed BOXED =
      new Warehouse.Boxed(false, (byte) 1, (short) 2, 3, 4L, 'd', 5.5f, 6.25);

  private final WarehouseServer server = WarehouseServer.of();
  private final State empty;

  WarehouseTest() throws Exception {
    empty = server.init(TestContext.FIRST);
  }

  private State cast(WarehouseMessage message, State state) throws Exception {
    NoReply<State> result = (NoReply<State>) server.handle(message, state, TestContext.FIRST);
    return result.state();
  }

  private Reply<?, State> call(WarehouseMessage message, State state) throws Exception {
    return (Reply<?, State>) server.handle(message, state, TestContext.FIRST);
  }

  @Test
  void hasTheNameOfItsAnnotation() {
    assertThat(server.name()).isEqualTo("warehouse v1");
  }

  @Test
  void initGetsItsContext() {
    assertThat(empty.last()).contains(Instant.EPOCH);
  }

  @Test
  void aPlainStateBecomesNoReply() throws Exception {
    State state = cast(new WarehouseMessage.Put(new Warehouse.Put(ITEM)), empty);
    assertThat(state.items()).containsExactly(Map.entry(ID, ITEM));
    assertThat(state.units()).containsExactly(Unit.PIECE);
  }

  @Test
  void parametersComeInTheOrderOfTheCallback() throws Exception {
    State measured = cast(new WarehouseMessage.Measure(new Warehouse.Measure(SIZES, BOXED)), empty);
    assertThat(measured.sizes()).isEqualTo(SIZES);
    State noted = cast(new WarehouseMessage.Note(new Warehouse.Note("hello")), measured);
    assertThat(noted.log()).containsExactly("some-id hello");
    byte[] label = {1, 2, 3};
    State printed = cast(new WarehouseMessage.Print(new Warehouse.Print(label)), noted);
    assertThat(printed.log()).containsExactly("some-id hello", "label of 3");
  }

  @Test
  void aPlainReplyKeepsTheVeryState() throws Exception {
    State state = cast(new WarehouseMessage.Put(new Warehouse.Put(ITEM)), empty);
    Reply<?, State> count = call(new WarehouseMessage.Count(new Warehouse.Count()), state);
    assertThat(count.reply()).isEqualTo(1);
    assertThat(count.state()).isSameAs(state);
    Reply<?, State> found = call(new WarehouseMessage.Find(new Warehouse.Find(ID)), state);
    assertThat(found.reply()).isEqualTo(Optional.of(ITEM));
  }

  @Test
  void aReplyCanChangeTheState() throws Exception {
    State state = cast(new WarehouseMessage.Put(new Warehouse.Put(ITEM)), empty);
    Reply<?, State> taken = call(new WarehouseMessage.Take(new Warehouse.Take(ID)), state);
    assertThat(taken.reply()).isEqualTo(true);
    assertThat(taken.state().items()).isEmpty();
  }

  @Test
  void aReplyMayBeNull() throws Exception {
    Reply<?, State> synced = call(new WarehouseMessage.Sync(new Warehouse.Sync()), empty);
    assertThat(synced.reply()).isNull();
    assertThat(synced.state()).isSameAs(empty);
  }

  static Stream<WarehouseMessage> messages() {
    return Stream.of(
        new WarehouseMessage.Put(new Warehouse.Put(ITEM)),
        new WarehouseMessage.Measure(new Warehouse.Measure(SIZES, BOXED)),
        new WarehouseMessage.Note(new Warehouse.Note("ünï\0")),
        new WarehouseMessage.Count(new Warehouse.Count()),
        new WarehouseMessage.Find(new Warehouse.Find(ID)),
        new WarehouseMessage.Take(new Warehouse.Take(ID)),
        new WarehouseMessage.Prices(
            new Warehouse.Prices(Map.of(Unit.KILO, List.of(Optional.of(1L), Optional.empty())))),
        new WarehouseMessage.Sync(new Warehouse.Sync()));
  }

  @ParameterizedTest
  @MethodSource("messages")
  void aMessageIsWhatWasWritten(WarehouseMessage message) {
    WarehouseMessage read = RoundTrip.message(server, message);
    assertThat(read).isEqualTo(message).hasSameHashCodeAs(message).hasToString(message.toString());
    assertThat(read.message()).isEqualTo(message.message());
    assertThat(server.messages().name(read))
        .isEqualTo(message.message().getClass().getSimpleName());
  }

  @Test
  void anArrayIsWhatWasWritten() {
    byte[] label = {-128, 0, 127};
    WarehouseMessage.Print read =
        (WarehouseMessage.Print)
            RoundTrip.message(server, new WarehouseMessage.Print(new Warehouse.Print(label)));
    assertThat(read.message().label()).containsExactly(-128, 0, 127);
  }

  @Test
  void repliesAreWhatWasWritten() {
    assertThat(
            RoundTrip.reply(
                server, new WarehouseMessage.Find(new Warehouse.Find(ID)), Optional.of(ITEM)))
        .isEqualTo(Optional.of(ITEM));
    assertThat(
            RoundTrip.reply(
                server,
                new WarehouseMessage.Prices(new Warehouse.Prices(Map.of())),
                Map.of(Unit.PIECE, Set.of("a", "b"))))
        .isEqualTo(Map.of(Unit.PIECE, Set.of("a", "b")));
    assertThat(RoundTrip.reply(server, new WarehouseMessage.Sync(new Warehouse.Sync()), null))
        .isNull();
  }

  @Test
  void theStateIsWhatWasWritten() throws Exception {
    State state = cast(new WarehouseMessage.Put(new Warehouse.Put(ITEM)), empty);
    State noted = cast(new WarehouseMessage.Note(new Warehouse.Note("x")), state);
    assertThat(RoundTrip.state(server, noted)).isEqualTo(noted);
    assertThat(RoundTrip.state(server, empty)).isEqualTo(empty);
  }

  @Test
  void aSwitchOverTheKindsIsExhaustive() {
    assertThat(messages().map(WarehouseTest::kind))
        .isEqualTo(messages().map(server.messages()::kind).toList());
    assertThat(kind(new WarehouseMessage.Print(new Warehouse.Print()))).isEqualTo(MessageKind.INFO);
  }

  private static MessageKind kind(WarehouseMessage message) {
    return switch (message) {
      case WarehouseMessage.Call call -> MessageKind.CALL;
      case WarehouseMessage.Cast cast -> MessageKind.CAST;
      case WarehouseMessage.Info info -> MessageKind.INFO;
    };
  }
}
