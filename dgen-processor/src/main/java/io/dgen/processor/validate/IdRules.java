package io.dgen.processor.validate;

import com.squareup.javapoet.ClassName;
import com.squareup.javapoet.TypeName;
import io.dgen.processor.model.ComponentModel;
import io.dgen.processor.model.RecordModel;
import io.dgen.processor.model.Shape;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.RecordComponentElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.ElementFilter;

/**
 * An {@code @Id} in a record that is stored, but nowhere in a list, says nothing. A record outside
 * the interface may be in a list of another server.
 */
final class IdRules {

  private final ValidationReport report;
  private final Set<TypeName> used = new HashSet<>();
  private final Set<TypeName> listed = new HashSet<>();

  IdRules(ValidationReport report, Collection<RecordModel> records) {
    this.report = report;
    records.stream()
        .flatMap(it -> it.components().stream())
        .map(ComponentModel::shape)
        .forEach(this::visit);
  }

  private void visit(Shape shape) {
    switch (shape) {
      case Shape.Record it -> used.add(it.type());
      case Shape.List it -> {
        listed.add(it.element().type());
        visit(it.element());
      }
      case Shape.Optional it -> visit(it.element());
      case Shape.Set it -> visit(it.element());
      case Shape.Map it -> {
        visit(it.key());
        visit(it.value());
      }
      default -> {}
    }
  }

  /** Checks the records that are nested in the interface. */
  void check(TypeElement server) {
    for (TypeElement type : ElementFilter.typesIn(server.getEnclosedElements())) {
      TypeName name = ClassName.get(type);
      if (type.getKind() != ElementKind.RECORD || !used.contains(name) || listed.contains(name)) {
        continue;
      }
      for (RecordComponentElement component : type.getRecordComponents()) {
        if (CodecAnnotations.has(component, CodecAnnotations.ID)) {
          report.errorAt(
              component,
              CodecAnnotations.ID,
              component,
              Message.USELESS_ID,
              type.getSimpleName() + "." + component.getSimpleName(),
              "record",
              type.getSimpleName());
        }
      }
    }
  }
}
