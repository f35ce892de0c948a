package io.dgen.processor.schema;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;

/**
 * The parts of a server that are stored, or may wait in a queue. Immutable, and sorted by names, so
 * that the order of declarations does not count.
 *
 * @param server the name under which its entities are stored
 * @param version the number of the release; 0 if it was not released
 * @param state the state
 * @param messages its messages
 * @param types every record, enum and sealed interface, by its name in the file
 */
record Schema(
    String server,
    int version,
    TypeText state,
    SortedMap<String, Message> messages,
    SortedMap<String, Declared> types) {

  /** The kind of a step, which is listed with the messages. */
  static final String STEP = "step";

  /**
   * A message, or a step.
   *
   * @param kind {@code call}, {@code cast}, {@code info}, {@code query}, {@code answer} or {@code
   *     step}
   * @param type its record; of an answer, that of the call
   * @param reply what a call or a query is answered with; of an answer, what is in it; the result
   *     of a step
   * @param formerNames the names under which it was stored before, the newest first
   */
  record Message(String kind, TypeText type, Optional<TypeText> reply, List<String> formerNames) {

    /**
     * The kind of the answer to a call, whose name begins with that of the server that is asked.
     */
    static final String ANSWER = "answer";

    boolean isAnswer() {
      return kind.equals(ANSWER);
    }
  }

  /** Returns what stands before the name of a record in the name of an answer to it. */
  static String asked(String answer) {
    return answer.substring(0, answer.lastIndexOf('.') + 1);
  }

  /** A type of the user's. */
  sealed interface Declared {}

  /**
   * A record.
   *
   * @param components its components, by name
   * @param reserved the names of components that it had, under which something may be stored
   */
  record RecordType(SortedMap<String, Member> components, SortedSet<String> reserved)
      implements Declared {}

  /**
   * An enum.
   *
   * @param constants its constants, each with its former names
   */
  record EnumType(SortedMap<String, List<String>> constants) implements Declared {}

  /**
   * A sealed interface.
   *
   * @param variants its variants, by the names under which they are stored
   */
  record SealedType(SortedMap<String, Member> variants) implements Declared {}

  /**
   * A component or a variant.
   *
   * @param type its type
   * @param formerNames the names under which it was stored before, the newest first
   */
  record Member(TypeText type, List<String> formerNames) {}

  /** Returns the same as another release. */
  Schema withVersion(int released) {
    return new Schema(server, released, state, messages, types);
  }

  /** Returns the same with names that some records had. */
  Schema withReserved(Map<String, SortedSet<String>> reserved) {
    SortedMap<String, Declared> merged = new java.util.TreeMap<>(types);
    reserved.forEach(
        (name, names) -> {
          if (merged.get(name) instanceof RecordType record) {
            merged.put(name, new RecordType(record.components(), names));
          }
        });
    return new Schema(server, version, state, messages, merged);
  }
}
