package io.dgen.tests.codec;

import io.dgen.Cast;
import io.dgen.annotations.DistributedServer;
import io.dgen.annotations.Term;
import io.dgen.annotations.UseCodec;
import io.dgen.codec.TermCodec;
import io.dgen.codec.TermReader;
import io.dgen.codec.TermWriter;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A server whose state tells which of its parts were looked into. */
@DistributedServer
interface Probes {

  /** Counts how often it was looked at. */
  @UseCodec(ProbeCodec.class)
  final class Probe {

    private final String name;
    private int looks;

    Probe(String name) {
      this.name = name;
    }

    /** How often it was looked at since this was last asked. */
    int takeLooks() {
      int taken = looks;
      looks = 0;
      return taken;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      looks++;
      return other instanceof Probe that && name.equals(that.name);
    }

    @Override
    public int hashCode() {
      looks++;
      return name.hashCode();
    }

    @Override
    public String toString() {
      return name;
    }
  }

  /** Of a type that can change, as far as anybody knows. */
  final class ProbeCodec implements TermCodec<Probe> {
    @Override
    public void write(TermWriter out, @Nullable Probe value) {
      if (value != null) {
        value.looks++;
      }
      out.writeString(String.valueOf(value));
    }

    @Override
    public Probe read(TermReader in) {
      return new Probe(String.valueOf(in.readString()));
    }

    @Override
    public @Nullable Probe freeze(@Nullable Probe value) {
      if (value != null) {
        value.looks++;
      }
      return value;
    }
  }

  record Inner(int number, Probe probe) {}

  record Part(Inner inner, Probe probe) {}

  record Item(String id, Inner inner) {}

  record State(
      int count,
      Probe alone,
      Part record,
      @Term Part term,
      List<Item> items,
      @Term List<Item> termItems,
      Map<String, Inner> entries) {}

  record Put(State state) implements Cast {}

  State init();

  State handleCast(Put message, State state);
}
