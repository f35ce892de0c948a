package io.dgen.processor.validate;

import com.squareup.javapoet.ArrayTypeName;
import com.squareup.javapoet.TypeName;
import io.dgen.processor.model.ScalarTypes;
import java.util.HashSet;
import java.util.Set;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.RecordComponentElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;

/**
 * Types that tell by what they declare in public that their values never change: the JDK's, enums,
 * and records of such. Of a class this is not asked: its private fields may change without anything
 * that depends on it being compiled again.
 */
final class ImmutableTypes {

  private static final Set<String> OF_THE_JDK =
      Set.of("java.lang.Class", "java.net.URL", "java.time.ZoneRegion", "java.util.regex.Pattern");

  private ImmutableTypes() {}

  static boolean contain(TypeMirror type) {
    return contain(type, new HashSet<>());
  }

  private static boolean contain(TypeMirror type, Set<String> assumed) {
    if (type.getKind().isPrimitive()) {
      return true;
    }
    if (type.getKind() != TypeKind.DECLARED) {
      return false;
    }
    TypeName name = TypeName.get(type).withoutAnnotations();
    if (ScalarTypes.contains(name)) {
      return !(name instanceof ArrayTypeName);
    }
    TypeElement element = (TypeElement) ((DeclaredType) type).asElement();
    if (element.getKind() == ElementKind.ENUM
        || OF_THE_JDK.contains(element.getQualifiedName().toString())) {
      return true;
    }
    return element.getKind() == ElementKind.RECORD
        && (!assumed.add(name.toString())
            || element.getRecordComponents().stream()
                .map(RecordComponentElement::asType)
                .allMatch(it -> contain(it, assumed)));
  }
}
