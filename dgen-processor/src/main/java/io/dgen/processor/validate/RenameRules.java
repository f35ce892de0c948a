package io.dgen.processor.validate;

import io.dgen.processor.extract.Unresolved;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.Element;

/** Rules about {@code @Renamed} on the components of a record, on messages, or on constants. */
final class RenameRules {

  static final String RENAMED = "io.dgen.annotations.Renamed";

  private final Unresolved unresolved;
  private final ValidationReport report;

  RenameRules(Unresolved unresolved, ValidationReport report) {
    this.unresolved = unresolved;
    this.report = report;
  }

  /**
   * Reads and checks the former names of elements that share a namespace.
   *
   * @param owner the owner of the names, for errors
   * @param members the named elements
   * @param elsewhere where errors of members outside the interface are shown
   * @return the former names of each member, the newest first
   */
  <E extends Element> Map<E, List<String>> check(
      String owner, List<? extends E> members, Element elsewhere) {
    Map<String, E> present = new LinkedHashMap<>();
    members.forEach(it -> present.put(it.getSimpleName().toString(), it));
    Map<String, String> formerly = new HashMap<>();
    Map<E, List<String>> names = new HashMap<>();
    for (E member : members) {
      Element at = report.covers(member) ? member : elsewhere;
      String name = member.getSimpleName().toString();
      String path = owner + name;
      List<String> former = new ArrayList<>();
      Optional<Written> written = Written.of(member, RENAMED, unresolved);
      written.ifPresent(
          it -> {
            if (it.items().isEmpty()) {
              report.error(at, it, Message.RENAMED_NAME, path, "{}");
            }
            it.items().forEach(item -> add(item, at, name, path, former));
          });
      for (Written item : written.map(Written::items).orElse(List.of())) {
        String old = item.text();
        if (!former.contains(old)) {
          continue;
        }
        if (present.containsKey(old)) {
          report.error(at, item, Message.RENAMED_TAKEN, path, old, owner + old);
          continue;
        }
        String other = formerly.putIfAbsent(old, path);
        if (other != null && !other.equals(path)) {
          report.error(at, item, Message.RENAMED_TWICE, path, old, other);
        }
      }
      names.put(member, List.copyOf(former));
    }
    return names;
  }

  private void add(Written item, Element at, String name, String path, List<String> former) {
    String old = item.text();
    String found =
        old.equals(name)
            ? "its own name"
            : former.contains(old)
                ? item + " twice"
                : SourceVersion.isName(old) && SourceVersion.isIdentifier(old)
                    ? ""
                    : item.toString();
    if (found.isEmpty()) {
      former.add(old);
    } else {
      report.error(at, item, Message.RENAMED_NAME, path, found);
    }
  }
}
