package io.dgen.processor.validate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuggestionTest {

  @ParameterizedTest
  @CsvSource({
    "'', '', 0",
    "abc, '', 3",
    "'', abc, 3",
    "kitten, sitting, 3",
    "increment, decrement, 2",
    "abc, abc, 0"
  })
  void theDistanceIsTheNumberOfEdits(String from, String to, int edits) {
    assertThat(Suggestion.distance(from, to)).isEqualTo(edits);
  }

  @Test
  void theNearestNameIsSuggestedIfItIsNear() {
    List<String> names = List.of("Increment", "Value", "Reset");
    assertThat(Suggestion.nearest("Decrement", names)).contains("Increment");
    assertThat(Suggestion.nearest("value", names)).contains("Value");
    assertThat(Suggestion.nearest("Sheep", names)).isEmpty();
    assertThat(Suggestion.nearest("Increment", List.of())).isEmpty();
  }
}
