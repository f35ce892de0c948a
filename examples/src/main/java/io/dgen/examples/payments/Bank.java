package io.dgen.examples.payments;

/** The world outside: slow, not transactional, and not always there. */
interface Bank {

  /**
   * Charges a card.
   *
   * @param order what is paid for: the bank charges an order once, however often it is asked
   * @param card the card
   * @param cents how much
   * @return the bank's reference
   * @throws IllegalStateException if the bank refuses
   */
  String charge(String order, String card, long cents);
}
