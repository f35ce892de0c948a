package io.dgen.tests.servers;

import static io.dgen.Results.reply;

import io.dgen.Call;
import io.dgen.Cast;
import io.dgen.Reply;
import io.dgen.annotations.DistributedServer;
import io.dgen.annotations.UseCodec;
import io.dgen.codec.TermCodec;
import io.dgen.codec.TermReader;
import io.dgen.codec.TermWriter;
import io.dgen.tests.harness.Threads;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * For codecs that do not return: its messages and replies have parts whose codec waits for the
 * test.
 */
@DistributedServer
public interface StuckCodecs {

  /** What the codec waits for, by the name of the lump that it reads or writes. */
  Map<String, CountDownLatch> HELD = new ConcurrentHashMap<>();

  /** What the codec has come to wait for. */
  Set<String> STUCK = ConcurrentHashMap.newKeySet();

  record State(int sunk) {}

  /** What gets stuck. */
  @UseCodec(LumpCodec.class)
  record Lump(String name) {}

  record Fetch(String name) implements Call<Lump> {}

  record Sink(Lump lump) implements Cast {}

  record Sunk() implements Call<Integer> {}

  final class LumpCodec implements TermCodec<Lump> {

    @Override
    public void write(TermWriter out, @Nullable Lump value) {
      String name = Objects.requireNonNull(value).name();
      out.writeString(stuck("write " + name, name));
    }

    @Override
    public Lump read(TermReader in) {
      String name = Objects.requireNonNull(in.readString());
      return new Lump(stuck("read " + name, name));
    }

    @Override
    public @Nullable Lump freeze(@Nullable Lump value) {
      return value;
    }

    private static String stuck(String what, String name) {
      CountDownLatch latch = HELD.get(what);
      if (latch == null) {
        return name;
      }
      STUCK.add(what);
      return Threads.waitFor(latch, name);
    }
  }

  default State init() {
    return new State(0);
  }

  default Reply<Lump, State> handleCall(Fetch message, State state) {
    return reply(new Lump(message.name()), state);
  }

  default State handleCast(Sink message, State state) {
    return new State(state.sunk() + 1);
  }

  default Integer handleCall(Sunk message, State state) {
    return state.sunk();
  }
}
