package io.dgen.processor.schema;

import io.dgen.processor.schema.Schema.Declared;
import io.dgen.processor.schema.Schema.EnumType;
import io.dgen.processor.schema.Schema.Member;
import io.dgen.processor.schema.Schema.Message;
import io.dgen.processor.schema.Schema.RecordType;
import io.dgen.processor.schema.Schema.SealedType;
import io.dgen.processor.schema.SchemaMaker.Made;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Compares a released schema with the one that is compiled: can the one read what the other wrote?
 * Names of nested records do not count, since they are not stored.
 */
final class Comparison {

  /** The rules for what cannot be read. */
  enum Rule {
    /** A type that reads less. */
    TYPE,
    /** A constant that is gone. */
    CONSTANT,
    /** A variant that is gone. */
    VARIANT,
    /** A message that is gone. */
    MESSAGE,
    /** An answer that nothing takes any more. */
    ANSWER,
    /** A step that is gone. */
    STEP,
    /** A message of another kind. */
    KIND,
    /** A former name that is not given any more. */
    FORGOTTEN,
    /** A component that is gone where one came that could be it. */
    LOST,
    /** A name that was dropped, for something new. */
    REUSED
  }

  /**
   * A thing that cannot be read.
   *
   * @param rule what is wrong
   * @param places the types and members through which it is reached, the last where it is
   * @param subject its name
   * @param details what the error says further
   */
  record Problem(Rule rule, List<Place> places, String subject, List<String> details) {}

  /**
   * A place in the current schema.
   *
   * @param type a user's type
   * @param member a component of it; empty for the type itself
   */
  record Place(String type, Optional<String> member) {}

  /** The kind of message that is never stored. */
  private static final String QUERY = "query";

  private final Schema released;
  private final Schema current;
  private final Set<String> defaulted;
  private List<Problem> problems = new ArrayList<>();
  private Set<List<String>> seen = new HashSet<>();
  private Map<String, SortedSet<String>> reserved = new TreeMap<>();

  Comparison(Schema released, Made made) {
    this.released = released;
    this.current = made.schema();
    this.defaulted = made.defaulted();
    compare();
  }

  /** Returns the problems, in a stable order. */
  List<Problem> problems() {
    return List.copyOf(problems);
  }

  /** Returns the names that records of the current schema must not use again, by record. */
  Map<String, SortedSet<String>> reserved() {
    return reserved;
  }

  private void compare() {
    reads(released.state(), current.state(), List.of(at(current.state().toString())));
    released.messages().forEach(this::compareMessage);
  }

  private void compareMessage(String name, Message old) {
    if (old.kind().equals(QUERY)) {
      compareQuery(name, old);
      return;
    }
    Optional<String> heir =
        heir(name, current.messages().keySet(), it -> formerNames(current.messages(), it));
    if (heir.isEmpty()) {
      Rule rule = isStep(old) ? Rule.STEP : old.isAnswer() ? Rule.ANSWER : Rule.MESSAGE;
      problem(rule, List.of(), name);
      return;
    }
    Message now = get(current.messages(), heir.get());
    List<Place> here = List.of(at(now.type().toString()));
    if (!old.kind().equals(now.kind())) {
      problem(Rule.KIND, here, heir.get(), old.kind(), now.kind());
      return;
    }
    forgotten(old.formerNames(), now.formerNames(), heir.get(), here, heir.get());
    if (!isStep(old)) {
      reads(old.type(), now.type(), here);
    }
    reply(old, now, heir.get(), here);
  }

  private static boolean isStep(Message message) {
    return message.kind().equals(Schema.STEP);
  }

  private void reply(Message old, Message now, String name, List<Place> here) {
    if (old.reply().isPresent()
        && now.reply().isPresent()
        && !reads(old.reply().get(), now.reply().get(), here)) {
      problem(
          Rule.TYPE,
          here,
          (isStep(now) ? "the result of " : "the reply of ") + name,
          old.reply().get().toString(),
          now.reply().get().toString());
    }
  }

  /**
   * A query is never stored, so it may go, or become something else. One that stays may be sent by
   * a node of the old version, while a new version is rolled out.
   */
  private void compareQuery(String name, Message old) {
    Message now = current.messages().get(name);
    if (now == null || !now.kind().equals(QUERY)) {
      return;
    }
    List<Place> here = List.of(at(now.type().toString()));
    reads(old.type(), now.type(), here);
    reply(old, now, name, here);
  }

  private static List<String> formerNames(Map<String, Message> messages, String name) {
    return get(messages, name).formerNames();
  }

  /** Returns whether the current type reads what the old one wrote, but for what was reported. */
  private boolean reads(TypeText from, TypeText to, List<Place> here) {
    Declared old = released.types().get(from.toString());
    Declared now = current.types().get(to.toString());
    if (old instanceof RecordType a && now instanceof RecordType b) {
      records(from.toString(), a, to.toString(), b, here);
      return true;
    }
    if (old instanceof EnumType a && now instanceof EnumType b) {
      enums(a, to.toString(), b, here);
      return true;
    }
    if (old instanceof SealedType a && now instanceof SealedType b) {
      variants(from.toString(), a, to.toString(), b, here);
      return true;
    }
    if (old instanceof RecordType a && isNamedMap(to)) {
      return a.components().values().stream().allMatch(it -> silently(it.type(), to.argument(1)));
    }
    if (isNamedMap(from) && now instanceof RecordType b) {
      return b.components().values().stream().allMatch(it -> silently(from.argument(1), it.type()));
    }
    if (old instanceof EnumType && to.equals(TypeText.of("String"))) {
      return true;
    }
    Optional<TypeText> inOld = Widening.optional(from);
    Optional<TypeText> inNew = Widening.optional(to);
    if (inOld.isPresent() || inNew.isPresent()) {
      return optionals(from, inOld, to, inNew, here);
    }
    if (old != null || now != null) {
      return from.equals(to) && old == null && now == null;
    }
    return collections(from, to, here);
  }

  private boolean optionals(
      TypeText from,
      Optional<TypeText> inOld,
      TypeText to,
      Optional<TypeText> inNew,
      List<Place> here) {
    boolean wasNested = inOld.flatMap(Widening::optional).isPresent();
    boolean isNested = inNew.flatMap(Widening::optional).isPresent();
    if (wasNested != isNested || (isNested && inOld.isEmpty())) {
      return false;
    }
    if (inNew.isEmpty() && Widening.isPrimitive(to)) {
      return false;
    }
    return reads(inOld.orElse(from), inNew.orElse(to), here);
  }

  private boolean collections(TypeText from, TypeText to, List<Place> here) {
    if (isMap(from) && isMap(to)) {
      return keys(from.argument(0), to.argument(0), here)
          && reads(from.argument(1), to.argument(1), here);
    }
    Optional<TypeText> old = element(from);
    Optional<TypeText> now = element(to);
    if (old.isEmpty() || now.isEmpty()) {
      return Widening.reads(from, to);
    }
    // A set would keep only one of two equal items of a list.
    return (isSet(from) || !isSet(to)) && reads(old.get(), now.get(), here);
  }

  private boolean keys(TypeText from, TypeText to, List<Place> here) {
    Declared old = released.types().get(from.toString());
    Declared now = current.types().get(to.toString());
    if (old instanceof EnumType && now == null) {
      return to.equals(TypeText.of("String"));
    }
    return (old != null && now != null) ? reads(from, to, here) : Widening.readsKey(from, to);
  }

  private static boolean isNamedMap(TypeText type) {
    return isMap(type) && type.argument(0).equals(TypeText.of("String"));
  }

  private static boolean isMap(TypeText type) {
    return Set.of("Map", "SequencedMap", "EnumMap").contains(type.name());
  }

  private static boolean isSet(TypeText type) {
    return Set.of("Set", "SequencedSet", "EnumSet").contains(type.name());
  }

  /** Returns the element of a type that is stored as an array of CBOR; bytes are not. */
  private static Optional<TypeText> element(TypeText type) {
    boolean isArray =
        type.name().equals(TypeText.ARRAY) && !type.argument(0).equals(TypeText.of("byte"));
    return isArray
            || isSet(type)
            || Set.of("List", "SequencedCollection", "Collection").contains(type.name())
        ? Optional.of(type.argument(0))
        : Optional.empty();
  }

  private void records(
      String oldName, RecordType old, String name, RecordType now, List<Place> here) {
    if (!seen.add(List.of(oldName, name))) {
      return;
    }
    Set<String> dropped = reserved.computeIfAbsent(name, it -> new TreeSet<>());
    dropped.addAll(old.reserved());
    Set<String> kept = new HashSet<>();
    List<String> gone = new ArrayList<>();
    old.components()
        .forEach(
            (component, was) -> {
              Optional<String> heir =
                  heir(
                      component,
                      now.components().keySet(),
                      it -> get(now.components(), it).formerNames());
              if (heir.isEmpty()) {
                gone.add(component);
                dropped.add(component);
                dropped.addAll(was.formerNames());
              } else {
                kept.add(heir.get());
                component(name, heir.get(), was, get(now.components(), heir.get()), here);
              }
            });
    lost(name, old, gone, now, kept, here);
    now.components()
        .forEach(
            (component, member) -> {
              for (String again : old.reserved()) {
                if (again.equals(component) || member.formerNames().contains(again)) {
                  problem(Rule.REUSED, in(here, name, component), name + "." + component, again);
                }
              }
            });
  }

  private void component(String record, String name, Member was, Member now, List<Place> here) {
    List<Place> there = in(here, record, name);
    String path = record + "." + name;
    forgotten(was.formerNames(), now.formerNames(), name, there, path);
    if (!reads(was.type(), now.type(), there)) {
      problem(Rule.TYPE, there, path, was.type().toString(), now.type().toString());
    }
  }

  private void forgotten(
      List<String> was, List<String> now, String name, List<Place> here, String subject) {
    for (String old : was) {
      if (!now.contains(old) && !old.equals(name)) {
        problem(Rule.FORGOTTEN, here, subject, old);
      }
    }
  }

  /** Reports a new component that may be a removed one, unless a default says that it is not. */
  private void lost(
      String record,
      RecordType old,
      List<String> gone,
      RecordType now,
      Set<String> kept,
      List<Place> here) {
    Set<String> added = new TreeSet<>(now.components().keySet());
    added.removeAll(kept);
    added.removeIf(it -> defaulted.contains(record + "." + it));
    for (String component : gone) {
      TypeText was = get(old.components(), component).type();
      added.stream()
          .filter(it -> silently(was, get(now.components(), it).type()))
          .findFirst()
          .ifPresent(
              it -> {
                added.remove(it);
                problem(Rule.LOST, in(here, record, it), record + "." + it, component);
              });
    }
  }

  private void enums(EnumType old, String name, EnumType now, List<Place> here) {
    if (!seen.add(List.of("enum", name))) {
      return;
    }
    List<Place> there = append(here, at(name));
    old.constants()
        .forEach(
            (constant, was) -> {
              Optional<String> heir =
                  heir(constant, now.constants().keySet(), it -> get(now.constants(), it));
              if (heir.isEmpty()) {
                problem(Rule.CONSTANT, there, name, constant);
              } else {
                forgotten(
                    was,
                    get(now.constants(), heir.get()),
                    heir.get(),
                    there,
                    name + "." + heir.get());
              }
            });
  }

  private void variants(
      String oldName, SealedType old, String name, SealedType now, List<Place> here) {
    if (!seen.add(List.of(oldName, name))) {
      return;
    }
    List<Place> there = append(here, at(name));
    old.variants()
        .forEach(
            (variant, was) -> {
              Optional<String> heir =
                  heir(
                      variant,
                      now.variants().keySet(),
                      it -> get(now.variants(), it).formerNames());
              if (heir.isEmpty()) {
                problem(Rule.VARIANT, there, name, variant);
              } else {
                Member is = get(now.variants(), heir.get());
                forgotten(was.formerNames(), is.formerNames(), heir.get(), there, heir.get());
                if (!reads(was.type(), is.type(), there)) {
                  problem(
                      Rule.TYPE,
                      there,
                      name + "." + heir.get(),
                      was.type().toString(),
                      is.type().toString());
                }
              }
            });
  }

  private interface Names {
    Collection<String> formerNamesOf(String name);
  }

  /** Returns the current name of what has a name, or had it. */
  private static Optional<String> heir(String name, Collection<String> names, Names former) {
    return names.contains(name)
        ? Optional.of(name)
        : names.stream().filter(it -> former.formerNamesOf(it).contains(name)).findFirst();
  }

  /** Returns whether one type reads the other completely, without reporting problems. */
  private boolean silently(TypeText from, TypeText to) {
    List<Problem> problemsBefore = problems;
    Set<List<String>> seenBefore = seen;
    Map<String, SortedSet<String>> reservedBefore = reserved;
    problems = new ArrayList<>();
    seen = new HashSet<>(seenBefore);
    reserved = new TreeMap<>();
    boolean reads = reads(from, to, List.of()) && problems.isEmpty();
    problems = problemsBefore;
    seen = seenBefore;
    reserved = reservedBefore;
    return reads;
  }

  private void problem(Rule rule, List<Place> places, String subject, String... details) {
    problems.add(new Problem(rule, places, subject, List.of(details)));
  }

  private static Place at(String type) {
    return new Place(type, Optional.empty());
  }

  private static List<Place> in(List<Place> here, String type, String member) {
    return append(here, new Place(type, Optional.of(member)));
  }

  private static List<Place> append(List<Place> here, Place place) {
    List<Place> places = new ArrayList<>(here);
    places.add(place);
    return List.copyOf(places);
  }

  private static <T> T get(Map<String, T> map, String key) {
    T value = map.get(key);
    if (value == null) {
      throw new IllegalArgumentException(key);
    }
    return value;
  }
}
