package io.dgen.internal.overlay;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The writes of one transaction to one key. Immutable. */
public final class KeyWrites {

  private enum Kind {
    /** The value is known: the stored value does not matter. */
    KNOWN,
    /** Operands are added to the stored value. */
    ADDING,
    /** A versionstamp is part of the value: only the commit knows it. */
    UNKNOWN
  }

  private final Kind kind;
  private final byte @Nullable [] value;
  private final List<byte[]> operands;
  private final List<Mutation> mutations;

  private KeyWrites(
      Kind kind, byte @Nullable [] value, List<byte[]> operands, List<Mutation> mutations) {
    this.kind = kind;
    this.value = value;
    this.operands = operands;
    this.mutations = mutations;
  }

  public static KeyWrites known(byte @Nullable [] value, Mutation mutation) {
    return new KeyWrites(Kind.KNOWN, value, List.of(), List.of(mutation));
  }

  public static KeyWrites adding(byte[] operand, Mutation mutation) {
    return new KeyWrites(Kind.ADDING, null, List.of(operand), List.of(mutation));
  }

  public static KeyWrites unknown(Mutation mutation) {
    return new KeyWrites(Kind.UNKNOWN, null, List.of(), List.of(mutation));
  }

  public KeyWrites withAdd(byte[] operand, Mutation mutation) {
    return new KeyWrites(Kind.ADDING, null, plus(operands, operand), plus(mutations, mutation));
  }

  public KeyWrites withMutation(Mutation mutation) {
    return new KeyWrites(Kind.UNKNOWN, null, List.of(), plus(mutations, mutation));
  }

  public KeyWrites withoutLast() {
    int last = operands.size() - 1;
    return new KeyWrites(Kind.ADDING, null, operands.subList(0, last), mutations.subList(0, last));
  }

  public boolean isKnown() {
    return kind == Kind.KNOWN;
  }

  /** Returns whether the stored value matters for the value that the commit writes. */
  public boolean isDependent() {
    return kind == Kind.ADDING || mutations.get(0).kind == Mutation.Kind.ADD;
  }

  public byte @Nullable [] value() {
    return value;
  }

  public byte[] lastOperand() {
    return operands.get(operands.size() - 1);
  }

  public int lastOperandSize() {
    return operands.isEmpty() ? -1 : lastOperand().length;
  }

  public Mutation lastMutation() {
    return mutations.get(mutations.size() - 1);
  }

  public List<Mutation> mutations() {
    return mutations;
  }

  /** Returns the value that a reader sees, given the stored one. */
  public byte @Nullable [] over(byte @Nullable [] stored) {
    if (kind == Kind.KNOWN) {
      return value;
    }
    byte[] result = stored;
    for (byte[] operand : operands) {
      result = Atomics.add(result, operand);
    }
    return result;
  }

  private static <T> List<T> plus(List<T> list, T last) {
    List<T> longer = new ArrayList<>(list.size() + 1);
    longer.addAll(list);
    longer.add(last);
    return longer;
  }
}
