package io.dgen.tests.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.Architectures.LayeredArchitecture;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Holds the layers that {@code docs/architecture.md} shows. */
final class LayersTest {

  private static final String ENGINE = "io.dgen.internal.engine";

  /** The rooms of the engine: each may use those before it. */
  private static final List<String> ROOMS =
      List.of(
          "format",
          "work",
          "tx",
          "send",
          "cluster",
          "later",
          "shards",
          "failure",
          "round",
          "control",
          "activation",
          "node");

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.dgen");

  @Test
  void eachRoomUsesThoseBelowItAlone() {
    LayeredArchitecture layers =
        layeredArchitecture().consideringOnlyDependenciesInAnyPackage(ENGINE + "..");
    for (String room : ROOMS) {
      layers = layers.layer(room).definedBy(ENGINE + "." + room);
    }
    for (int i = 0; i < ROOMS.size(); i++) {
      List<String> above = ROOMS.subList(i + 1, ROOMS.size());
      layers =
          above.isEmpty()
              ? layers.whereLayer(ROOMS.get(i)).mayNotBeAccessedByAnyLayer()
              : layers
                  .whereLayer(ROOMS.get(i))
                  .mayOnlyBeAccessedByLayers(above.toArray(String[]::new));
    }
    layers.check(CLASSES);
  }

  @Test
  void everyClassOfTheEngineIsInARoom() {
    Set<String> packages = new TreeSet<>();
    CLASSES.stream()
        .map(each -> each.getPackageName())
        .filter(name -> name.startsWith(ENGINE))
        .forEach(packages::add);
    assertThat(packages)
        .containsExactlyInAnyOrderElementsOf(
            ROOMS.stream().map(room -> ENGINE + "." + room).toList());
  }

  @Test
  void theStoresDoNotKnowTheEngine() {
    noClasses()
        .that()
        .resideInAnyPackage("io.dgen.store..", "io.dgen.internal.store..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(ENGINE + "..", "io.dgen.spi..", "io.dgen.codec..")
        .check(CLASSES);
  }

  /** It is for generated code alone, so the API can be compiled without it. */
  @Test
  void nothingUsesTheBasesOfGeneratedCode() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "io.dgen",
            "io.dgen.codec..",
            "io.dgen.spi..",
            "io.dgen.store..",
            "io.dgen.internal..",
            "io.dgen.micrometer..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.dgen.generated..")
        .check(CLASSES);
  }

  @Test
  void thePackagesOfTheStoresHaveNoCycle() {
    slices().matching("io.dgen.(internal.store.*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void nothingButItsStoreTouchesRocksDb() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.dgen.internal.store.rocks..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.rocksdb..")
        .check(CLASSES);
  }

  @Test
  void nothingButItsStoreTouchesTheClientOfFoundationDb() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.dgen.store.foundationdb..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "com.apple.foundationdb",
            "com.apple.foundationdb.async..",
            "com.apple.foundationdb.directory..",
            "com.apple.foundationdb.subspace..")
        .check(CLASSES);
  }
}
