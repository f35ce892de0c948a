package io.dgen.store.model;

import io.dgen.store.KeySelector;
import io.dgen.store.KeyValue;
import io.dgen.store.Keys;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The rows of a store as a transaction sees them: those of a snapshot with its own writes over
 * them, and which keys cannot be read because of a versionstamp.
 *
 * <p>Of some keys a store may say either: those between the lowest key where FoundationDB's client
 * may put a versionstamped key and the first one that it may really become.
 */
final class View {

  private static final byte[] NO_STAMP = new byte[10];

  private final NavigableMap<byte[], byte[]> rows;
  private final List<Span> unreadable = new ArrayList<>();
  private final List<Span> doubtful = new ArrayList<>();

  /** What own writes have set or cleared, whatever was stored. */
  private final List<Span> determined = new ArrayList<>();

  /**
   * Makes a view.
   *
   * @param version the read version; 0 if there is none yet
   */
  View(NavigableMap<byte[], byte[]> snapshot, List<Write> writes, long version) {
    rows = new TreeMap<>(snapshot);
    List<Write.StampedKey> pending = new ArrayList<>();
    for (Write write : writes) {
      switch (write) {
        case Write.Clear clear -> {
          clear.apply(rows, NO_STAMP);
          cut(unreadable, clear.span());
          cut(doubtful, clear.span());
          determined.add(clear.span());
          List<Span> left = new ArrayList<>();
          pending.stream()
              .filter(each -> clear.span().contains(each.key(version + 1)))
              .forEach(each -> left.add(each.hull()));
          pending.removeIf(each -> clear.span().contains(each.key(version + 1)));
          cut(left, clear.span());
          doubtful.addAll(left);
        }
        case Write.StampedKey stamped -> {
          unreadable.add(new Span(stamped.key(version + 1), Keys.after(stamped.last())));
          pending.add(stamped);
        }
        case Write.StampedValue stamped -> {
          unreadable.add(Span.point(stamped.key()));
          determined.add(Span.point(stamped.key()));
        }
        case Write.Put put -> {
          put.apply(rows, NO_STAMP);
          determined.add(Span.point(put.key()));
        }
        case Write.Add add -> add.apply(rows, NO_STAMP);
      }
    }
    pending.forEach(each -> doubtful.add(each.hull()));
  }

  private static void cut(List<Span> spans, Span hole) {
    List<Span> left = new ArrayList<>();
    for (Span span : spans) {
      if (!span.meets(hole)) {
        left.add(span);
        continue;
      }
      left.add(new Span(span.begin(), hole.begin()));
      left.add(new Span(hole.end(), span.end()));
    }
    left.removeIf(Span::isEmpty);
    spans.clear();
    spans.addAll(left);
  }

  /** What a read comes to: an answer, the keys that it was found by, and whether it must fail. */
  record Answer(Object value, List<Span> examined, Readable readable) {}

  /** Whether an answer can be read. */
  enum Readable {
    YES,
    NO,
    EITHER
  }

  NavigableMap<byte[], byte[]> rows() {
    return rows;
  }

  boolean isDetermined(byte[] key) {
    return determined.stream().anyMatch(span -> span.contains(key));
  }

  Answer get(byte[] key) {
    byte[] value = rows.get(key);
    return answer(value == null ? "nothing" : Keys.printable(value), List.of(Span.point(key)));
  }

  Answer getKey(KeySelector selector) {
    Found found = find(selector);
    return answer(Keys.printable(found.key), List.of(found.examined));
  }

  Answer getRange(KeySelector begin, KeySelector end, int limit, boolean reverse) {
    Found from = bound(begin);
    Found to = bound(end);
    List<KeyValue> pairs = new ArrayList<>();
    Span scanned = new Span(from.key, to.key);
    if (!scanned.isEmpty()) {
      NavigableMap<byte[], byte[]> range = rows.subMap(from.key, true, to.key, false);
      (reverse ? range.descendingMap() : range)
          .forEach((key, value) -> pairs.add(new KeyValue(key, value)));
    }
    if (limit > 0 && pairs.size() >= limit) {
      pairs.subList(limit, pairs.size()).clear();
      byte[] last = pairs.get(limit - 1).key();
      scanned = reverse ? new Span(last, to.key) : new Span(from.key, Keys.after(last));
    }
    return answer(text(pairs), List.of(from.examined, to.examined, scanned));
  }

  static String text(List<KeyValue> pairs) {
    StringBuilder text = new StringBuilder("rows");
    for (KeyValue pair : pairs) {
      text.append(' ')
          .append(Keys.printable(pair.key()))
          .append('=')
          .append(Keys.printable(pair.value()));
    }
    return text.toString();
  }

  private Answer answer(Object value, List<Span> examined) {
    Span whole = Span.around(examined);
    boolean fails = unreadable.stream().anyMatch(span -> examined.stream().anyMatch(span::meets));
    boolean mayFail = fails || unreadable.stream().anyMatch(whole::meets);
    mayFail |= doubtful.stream().anyMatch(whole::meets);
    return new Answer(
        value, examined, fails ? Readable.NO : mayFail ? Readable.EITHER : Readable.YES);
  }

  private record Found(byte[] key, Span examined) {}

  /** The first key from a given one on need not be looked for to bound a range. */
  private Found bound(KeySelector selector) {
    if (selector.offset() == 1) {
      return new Found(start(selector), new Span(start(selector), start(selector)));
    }
    return find(selector);
  }

  private Found find(KeySelector selector) {
    List<byte[]> keys = List.copyOf(rows.keySet());
    byte[] start = start(selector);
    int below = 0;
    while (below < keys.size() && Arrays.compareUnsigned(keys.get(below), start) < 0) {
      below++;
    }
    byte[] key = keys.get(below - 1 + selector.offset());
    return new Found(
        key, selector.offset() > 0 ? new Span(start, Keys.after(key)) : new Span(key, start));
  }

  private static byte[] start(KeySelector selector) {
    return selector.orEqual() ? Keys.after(selector.key()) : selector.key();
  }
}
