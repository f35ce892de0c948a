package io.dgen.processor.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.squareup.javapoet.ClassName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GeneratedNamesTest {

  @ParameterizedTest
  @CsvSource({
    "Increment, increment",
    "URLFetch, urlFetch",
    "FetchURL, fetchURL",
    "SQL, sql",
    "A, a",
    "ATest, aTest",
    "lower, lower",
    "_Odd, _Odd",
    "V2Put, v2Put",
    "HTTP2Get, http2Get",
    "Éclair, éclair"
  })
  void theFirstWordOfAMethodIsInLowerCase(String record, String method) {
    assertThat(GeneratedNames.method(record)).isEqualTo(method);
  }

  @Test
  void aNestedInterfaceBringsTheNamesAroundIt() {
    assertThat(GeneratedNames.of(ClassName.get("a.b", "Outer", "Inner", "Counter"), "Client"))
        .isEqualTo(ClassName.get("a.b", "Outer_Inner_CounterClient"));
    assertThat(GeneratedNames.of(ClassName.get("", "Counter"), "Server"))
        .isEqualTo(ClassName.get("", "CounterServer"));
  }
}
