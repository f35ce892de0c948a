package io.dgen.tests.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
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
  private static final String EXAMPLES = "io.dgen.examples";
  private static final String FOUNDATIONDB = "io.dgen.store.foundationdb";

  /** The packages from the ground up: each may use those before it. */
  private static final List<String> LAYERS =
      List.of(
          "io.dgen.annotations",
          "io.dgen.processor.model",
          "io.dgen.processor.extract",
          "io.dgen.processor.validate",
          "io.dgen.processor.schema",
          "io.dgen.processor.write",
          "io.dgen.processor",
          "io.dgen.internal",
          "io.dgen.error",
          "io.dgen.spi",
          "io.dgen.store",
          "io.dgen.internal.overlay",
          "io.dgen.codec",
          "io.dgen",
          "io.dgen.internal.term",
          "io.dgen.generated.codec",
          "io.dgen.generated",
          ENGINE + ".format",
          ENGINE + ".work",
          ENGINE + ".tx",
          ENGINE + ".send",
          ENGINE + ".cluster",
          ENGINE + ".query",
          ENGINE + ".later",
          ENGINE + ".shards",
          ENGINE + ".failure",
          ENGINE + ".round",
          ENGINE + ".control",
          ENGINE + ".activation",
          ENGINE + ".node",
          "io.dgen.internal.store",
          "io.dgen.internal.store.memory",
          "io.dgen.store.memory",
          "io.dgen.internal.store.rocks",
          "io.dgen.store.local",
          "io.dgen.store.foundationdb",
          "io.dgen.micrometer",
          EXAMPLES);

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.dgen");

  /** Hence there is no cycle between packages either. */
  @Test
  void eachPackageUsesThoseBelowItAlone() {
    LayeredArchitecture layers =
        layeredArchitecture().consideringOnlyDependenciesInAnyPackage("io.dgen..");
    for (String layer : LAYERS) {
      layers = layers.layer(layer).definedBy(layer.equals(EXAMPLES) ? layer + ".." : layer);
    }
    for (int i = 0; i < LAYERS.size(); i++) {
      List<String> above = LAYERS.subList(i + 1, LAYERS.size());
      layers =
          above.isEmpty()
              ? layers.whereLayer(LAYERS.get(i)).mayNotBeAccessedByAnyLayer()
              : layers
                  .whereLayer(LAYERS.get(i))
                  .mayOnlyBeAccessedByLayers(above.toArray(String[]::new));
    }
    layers.check(CLASSES);
  }

  /** Nothing that runs needs the processor. */
  @Test
  void nothingUsesTheProcessor() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.dgen.processor..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.dgen.processor..")
        .check(CLASSES);
  }

  @Test
  void everyClassIsInALayer() {
    Set<String> packages = new TreeSet<>();
    for (JavaClass each : CLASSES) {
      String name = each.getPackageName();
      packages.add(name.startsWith(EXAMPLES) ? EXAMPLES : name);
    }
    assertThat(packages).containsExactlyInAnyOrderElementsOf(LAYERS);
  }

  /** Stores work without the engine, and the engine with every store. */
  @Test
  void theStoresAndTheEngineDoNotKnowEachOther() {
    String[] stores = {
      "io.dgen.internal.store..", "io.dgen.store.local", "io.dgen.store.memory", FOUNDATIONDB
    };
    noClasses()
        .that()
        .resideInAnyPackage(stores)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(ENGINE + "..", "io.dgen", "io.dgen.codec..", "io.dgen.generated..")
        .check(CLASSES);
    noClasses()
        .that()
        .resideInAnyPackage(ENGINE + "..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(stores)
        .check(CLASSES);
  }

  /** What a term's bytes look like is decided in one place. */
  @Test
  void onlyTheTermsTouchJackson() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.dgen.internal.term")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("tools.jackson..")
        .check(CLASSES);
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
        .resideOutsideOfPackage(FOUNDATIONDB)
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
