package io.dgen.examples.payments;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A bank in memory that refuses some cards. */
final class DemoBank implements Bank {

  private final Map<String, Integer> requests = new ConcurrentHashMap<>();
  private final Set<String> renewed = ConcurrentHashMap.newKeySet();

  @Override
  public String charge(String order, String card, long cents) {
    int asked = requests.merge(order, 1, Integer::sum);
    if (card.equals("flaky") && asked == 1) {
      throw new IllegalStateException("the bank does not answer");
    }
    if (card.equals("expired") && !renewed.contains(card)) {
      throw new IllegalStateException("the card is expired");
    }
    return "ref-" + order;
  }

  int requests(String order) {
    return requests.getOrDefault(order, 0);
  }

  void renew(String card) {
    renewed.add(card);
  }
}
