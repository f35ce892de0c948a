package io.dgen.internal.store;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The writes of one transaction to one key. Immutable. */
final class KeyWrites {

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

  static KeyWrites known(byte @Nullable [] value, Mutation mutation) {
    return new KeyWrites(Kind.KNOWN, value, List.of(), List.of(mutation));
  }

  static KeyWrites adding(byte[] operand, Mutation mutation) {
    return new KeyWrites(Kind.ADDING, null, List.of(operand), List.of(mutation));
  }

  static KeyWrites unknown(Mutation mutation) {
    return new KeyWrites(Kind.UNKNOWN, null, List.of(), List.of(mutation));
  }

  KeyWrites withAdd(byte[] operand, Mutation mutation) {
    return new KeyWrites(Kind.ADDING, null, plus(operands, operand), plus(mutations, mutation));
  }

  KeyWrites withMutation(Mutation mutation) {
    return new KeyWrites(Kind.UNKNOWN, null, List.of(), plus(mutations, mutation));
  }

  KeyWrites withoutLast() {
    int last = operands.size() - 1;
    return new KeyWrites(Kind.ADDING, null, operands.subList(0, last), mutations.subList(0, last));
  }

  boolean isKnown() {
    return kind == Kind.KNOWN;
  }

  /** Returns whether the stored value matters for the value that the commit writes. */
  boolean isDependent() {
    return kind == Kind.ADDING || mutations.get(0).kind == Mutation.Kind.ADD;
  }

  byte @Nullable [] value() {
    return value;
  }

  byte[] lastOperand() {
    return operands.get(operands.size() - 1);
  }

  int lastOperandSize() {
    return operands.isEmpty() ? -1 : lastOperand().length;
  }

  Mutation lastMutation() {
    return mutations.get(mutations.size() - 1);
  }

  List<Mutation> mutations() {
    return mutations;
  }

  /** Returns the value that a reader sees, given the stored one. */
  byte @Nullable [] over(byte @Nullable [] stored) {
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
