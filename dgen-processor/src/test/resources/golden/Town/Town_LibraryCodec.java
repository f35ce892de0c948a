package sample;

import io.dgen.codec.SchemaVersion;
import io.dgen.codec.TermCodec;
import io.dgen.codec.TermReader;
import io.dgen.codec.TermWriter;
import io.dgen.generated.MessageCodec;
import io.dgen.generated.Messages;
import io.dgen.generated.codec.ComponentwiseCodec;
import io.dgen.generated.codec.EmptyRecordCodec;
import io.dgen.generated.codec.RecordCodec;
import io.dgen.generated.codec.StateCodec;
import io.dgen.generated.codec.StateName;
import io.dgen.generated.codec.StateReader;
import io.dgen.generated.codec.StateRecordCodec;
import io.dgen.generated.codec.StateWriter;
import io.dgen.generated.codec.TermCodecs;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import javax.annotation.processing.Generated;

/**
 * Writes and reads the messages and the state of {@link Town.Library}. Thread-safe.
 */
@Generated("io.dgen.processor.DistributedServerProcessor")
@SuppressWarnings({"all", "deprecation", "removal", "exports", "NullAway"})
final class Town_LibraryCodec {
  private static final SchemaVersion SCHEMA = new SchemaVersion(-462098020);

  private static final TermCodec<Town.Library.Sync> SYNC_RECORD = new EmptyRecordCodec<>("Sync", Town.Library.Sync::new);

  private static final TermCodec<Optional<BigDecimal>> OPTIONAL_BIG_DECIMAL = TermCodecs.optional(TermCodecs.BIG_DECIMAL);

  private static final TermCodec<Town.Shelf> SHELF = TermCodecs.enums("Town.Shelf", Town.Shelf.values(), Map.ofEntries(Map.entry("AGED", Town.Shelf.OLD), Map.entry("ANCIENT", Town.Shelf.OLD)));

  private static final TermCodec<List<Town.Book>> LIST_OF_BOOK = TermCodecs.list(BookRecord.INSTANCE);

  private static final TermCodec<Map<UUID, Town.Loan>> MAP_OF_UUID_TO_LOAN = TermCodecs.map(TermCodecs.UUID, LoanRecord.INSTANCE);

  private static final TermCodec<Set<String>> SET_OF_STRING = TermCodecs.set(TermCodecs.STRING);

  private static final TermCodec<Optional<Town.Loan>> OPTIONAL_LOAN = TermCodecs.optional(LoanRecord.INSTANCE);

  private static final TermCodec<List<String>> LIST_OF_STRING = TermCodecs.list(TermCodecs.STRING);

  private static final ComponentwiseCodec<List<Town.Book>> ITEMS_OF_BOOK = TermCodecs.components(BookRecord.INSTANCE, Town.Book::id, TermCodecs.UUID);

  private static final ComponentwiseCodec<Map<UUID, Town.Loan>> ENTRIES_OF_UUID_TO_LOAN = TermCodecs.entries(TermCodecs.UUID, LoanRecord.INSTANCE);

  /**
   * The codec of the messages and replies.
   */
  public static final MessageCodec<Town_LibraryMessage> MESSAGES = Messages.<Town_LibraryMessage>of("library/town", SCHEMA)
    .cast("Add", Town_LibraryMessage.Add.class, Town_LibraryMessage.Add::new, AddRecord.INSTANCE)
    .info("Seal", Town_LibraryMessage.Seal.class, Town_LibraryMessage.Seal::new, SealRecord.INSTANCE)
    .call("Lend", Town_LibraryMessage.Lend.class, Town_LibraryMessage.Lend::new, LendRecord.INSTANCE, TermCodecs.BOOLEAN)
    .renamed("Lend", "Borrow")
    .call("LoanOf", Town_LibraryMessage.LoanOf.class, Town_LibraryMessage.LoanOf::new, LoanOfRecord.INSTANCE, OPTIONAL_LOAN)
    .call("Titles", Town_LibraryMessage.Titles.class, Town_LibraryMessage.Titles::new, TitlesRecord.INSTANCE, LIST_OF_STRING)
    .call("Sync", Town_LibraryMessage.Sync.class, Town_LibraryMessage.Sync::new, SYNC_RECORD, TermCodecs.NOTHING)
    .build();

  /**
   * The codec of the state.
   */
  public static final StateCodec<Town.Books> STATES = StateCodec.of("Town.Books", BooksRecord.INSTANCE, SCHEMA);

  private Town_LibraryCodec() {
  }

  private static final class BookRecord extends StateRecordCodec<Town.Book> {
    static final BookRecord INSTANCE = new BookRecord();

    private static final StateName ID = StateName.of("id");

    private static final StateName TITLE = StateName.of("title");

    private static final StateName PRICE = StateName.of("price");

    private static final StateName SHELF_ = StateName.of("shelf");

    @Override
    protected void writeRecord(TermWriter out, Town.Book value) {
      out.startMap(4);
      out.name("id");
      TermCodecs.UUID.write(out, value.id());
      out.name("title");
      TermCodecs.STRING.write(out, value.title());
      out.name("price");
      OPTIONAL_BIG_DECIMAL.write(out, value.price());
      out.name("shelf");
      SHELF.write(out, value.shelf());
      out.endMap();
    }

    @Override
    protected Town.Book readRecord(TermReader in) {
      UUID id = null;
      String title = null;
      Optional<BigDecimal> price = OPTIONAL_BIG_DECIMAL.missing();
      Town.Shelf shelf = null;
      in.startRecord("Book");
      for (String name = in.nextName(); name != null; name = in.nextName()) {
        switch (name) {
          case "id" -> id = TermCodecs.UUID.read(in);
          case "title" -> title = TermCodecs.STRING.read(in);
          case "price" -> price = OPTIONAL_BIG_DECIMAL.read(in);
          case "shelf" -> shelf = SHELF.read(in);
          default -> in.skip();
        }
      }
      return new Town.Book(id, title, price, shelf);
    }

    @Override
    public void put(StateWriter out, Town.Book value) {
      out.putTerm(ID, TermCodecs.UUID, value.id());
      out.putTerm(TITLE, TermCodecs.STRING, value.title());
      out.putTerm(PRICE, OPTIONAL_BIG_DECIMAL, value.price());
      out.putTerm(SHELF_, SHELF, value.shelf());
    }

    @Override
    public void change(StateWriter out, Town.Book before, Town.Book after) {
      out.changeTerm(ID, TermCodecs.UUID, before.id(), after.id());
      out.changeTerm(TITLE, TermCodecs.STRING, before.title(), after.title());
      out.changeTerm(PRICE, OPTIONAL_BIG_DECIMAL, before.price(), after.price());
      out.changeTerm(SHELF_, SHELF, before.shelf(), after.shelf());
    }

    @Override
    public Town.Book read(StateReader in) {
      UUID id = null;
      String title = null;
      Optional<BigDecimal> price = OPTIONAL_BIG_DECIMAL.missing();
      Town.Shelf shelf = null;
      for (String name = in.nextName(); name != null; name = in.nextName()) {
        switch (name) {
          case "id" -> id = in.readTerm(TermCodecs.UUID);
          case "title" -> title = in.readTerm(TermCodecs.STRING);
          case "price" -> price = in.readTerm(OPTIONAL_BIG_DECIMAL);
          case "shelf" -> shelf = in.readTerm(SHELF);
          default -> in.skip();
        }
      }
      return new Town.Book(id, title, price, shelf);
    }
  }

  private static final class LoanRecord extends StateRecordCodec<Town.Loan> {
    static final LoanRecord INSTANCE = new LoanRecord();

    private static final StateName READER = StateName.of("reader");

    private static final StateName SINCE = StateName.of("since");

    private static final StateName TERM = StateName.of("term");

    private static final Instant SINCE_DEFAULT = Instant.parse("2026-01-01T00:00:00Z");

    private static final Duration TERM_DEFAULT = Duration.parse("P14D");

    @Override
    protected void writeRecord(TermWriter out, Town.Loan value) {
      out.startMap(3);
      out.name("reader");
      TermCodecs.STRING.write(out, value.reader());
      out.name("since");
      TermCodecs.INSTANT.write(out, value.since());
      out.name("term");
      TermCodecs.DURATION.write(out, value.term());
      out.endMap();
    }

    @Override
    protected Town.Loan readRecord(TermReader in) {
      String reader = null;
      int readerAge = 2;
      Instant since = LoanRecord.SINCE_DEFAULT;
      Duration term = LoanRecord.TERM_DEFAULT;
      in.startRecord("Loan");
      for (String name = in.nextName(); name != null; name = in.nextName()) {
        switch (name) {
          case "reader" -> {
            reader = TermCodecs.STRING.read(in);
            readerAge = 0;
          }
          case "who" -> {
            if (readerAge > 1) {
              in.markOutdated();
              reader = TermCodecs.STRING.read(in);
              readerAge = 1;
            } else {
              in.skip();
            }
          }
          case "since" -> since = TermCodecs.INSTANT.read(in);
          case "term" -> term = TermCodecs.DURATION.read(in);
          default -> in.skip();
        }
      }
      return new Town.Loan(reader, since, term);
    }

    @Override
    public void put(StateWriter out, Town.Loan value) {
      out.putTerm(READER, TermCodecs.STRING, value.reader());
      out.putTerm(SINCE, TermCodecs.INSTANT, value.since());
      out.putTerm(TERM, TermCodecs.DURATION, value.term());
    }

    @Override
    public void change(StateWriter out, Town.Loan before, Town.Loan after) {
      out.changeTerm(READER, TermCodecs.STRING, before.reader(), after.reader());
      out.changeTerm(SINCE, TermCodecs.INSTANT, before.since(), after.since());
      out.changeTerm(TERM, TermCodecs.DURATION, before.term(), after.term());
    }

    @Override
    public Town.Loan read(StateReader in) {
      String reader = null;
      int readerAge = 2;
      Instant since = LoanRecord.SINCE_DEFAULT;
      Duration term = LoanRecord.TERM_DEFAULT;
      for (String name = in.nextName(); name != null; name = in.nextName()) {
        switch (name) {
          case "reader" -> {
            reader = in.readTerm(TermCodecs.STRING);
            readerAge = 0;
          }
          case "who" -> {
            if (readerAge > 1) {
              in.markOutdated();
              reader = in.readTerm(TermCodecs.STRING);
              readerAge = 1;
            } else {
              in.skip();
            }
          }
          case "since" -> since = in.readTerm(TermCodecs.INSTANT);
          case "term" -> term = in.readTerm(TermCodecs.DURATION);
          default -> in.skip();
        }
      }
      return new Town.Loan(reader, since, term);
    }
  }

  private static final class BooksRecord extends StateRecordCodec<Town.Books> {
    static final BooksRecord INSTANCE = new BooksRecord();

    private static final StateName BOOKS = StateName.of("books");

    private static final StateName LOANS = StateName.of("loans");

    private static final StateName READERS = StateName.of("readers");

    private static final StateName SEAL = StateName.of("seal");

    @Override
    protected void writeRecord(TermWriter out, Town.Books value) {
      out.startMap(4);
      out.name("books");
      LIST_OF_BOOK.write(out, value.books());
      out.name("loans");
      MAP_OF_UUID_TO_LOAN.write(out, value.loans());
      out.name("readers");
      SET_OF_STRING.write(out, value.readers());
      out.name("seal");
      TermCodecs.BYTES.write(out, value.seal());
      out.endMap();
    }

    @Override
    protected Town.Books readRecord(TermReader in) {
      List<Town.Book> books = LIST_OF_BOOK.missing();
      Map<UUID, Town.Loan> loans = MAP_OF_UUID_TO_LOAN.missing();
      Set<String> readers = SET_OF_STRING.missing();
      int readersAge = 3;
      byte[] seal = TermCodecs.BYTES.missing();
      in.startRecord("Books");
      for (String name = in.nextName(); name != null; name = in.nextName()) {
        switch (name) {
          case "books" -> books = LIST_OF_BOOK.read(in);
          case "loans" -> loans = MAP_OF_UUID_TO_LOAN.read(in);
          case "readers" -> {
            readers = SET_OF_STRING.read(in);
            readersAge = 0;
          }
          case "users" -> {
            if (readersAge > 1) {
              in.markOutdated();
              readers = SET_OF_STRING.read(in);
              readersAge = 1;
            } else {
              in.skip();
            }
          }
          case "people" -> {
            if (readersAge > 2) {
              in.markOutdated();
              readers = SET_OF_STRING.read(in);
              readersAge = 2;
            } else {
              in.skip();
            }
          }
          case "seal" -> seal = TermCodecs.BYTES.read(in);
          default -> in.skip();
        }
      }
      if (readersAge == 3) {
        readers = SET_OF_STRING.freeze(null, Town.Books.nobody());
      }
      return new Town.Books(books, loans, readers, seal);
    }

    @Override
    @SuppressWarnings({"OptionalEquality", "ReferenceEquality"})
    public Town.Books freeze(Town.Books value) {
      if (value == null) {
        return null;
      }
      List<Town.Book> books = LIST_OF_BOOK.freeze(value.books());
      Map<UUID, Town.Loan> loans = MAP_OF_UUID_TO_LOAN.freeze(value.loans());
      Set<String> readers = SET_OF_STRING.freeze(value.readers());
      byte[] seal = TermCodecs.BYTES.freeze(value.seal());
      return books == value.books() && loans == value.loans() && readers == value.readers() && seal == value.seal() ? value : new Town.Books(books, loans, readers, seal);
    }

    @Override
    public boolean isImmutable() {
      return false;
    }

    @Override
    public void put(StateWriter out, Town.Books value) {
      out.putRecord(BOOKS, ITEMS_OF_BOOK, value.books());
      out.putRecord(LOANS, ENTRIES_OF_UUID_TO_LOAN, value.loans());
      out.putTerm(READERS, SET_OF_STRING, value.readers());
      out.putTerm(SEAL, TermCodecs.BYTES, value.seal());
    }

    @Override
    public void change(StateWriter out, Town.Books before, Town.Books after) {
      out.changeRecord(BOOKS, ITEMS_OF_BOOK, before.books(), after.books());
      out.changeRecord(LOANS, ENTRIES_OF_UUID_TO_LOAN, before.loans(), after.loans());
      out.changeTerm(READERS, SET_OF_STRING, before.readers(), after.readers());
      out.changeTerm(SEAL, TermCodecs.BYTES, before.seal(), after.seal());
    }

    @Override
    public Town.Books read(StateReader in) {
      List<Town.Book> books = LIST_OF_BOOK.missing();
      Map<UUID, Town.Loan> loans = MAP_OF_UUID_TO_LOAN.missing();
      Set<String> readers = SET_OF_STRING.missing();
      int readersAge = 3;
      byte[] seal = TermCodecs.BYTES.missing();
      for (String name = in.nextName(); name != null; name = in.nextName()) {
        switch (name) {
          case "books" -> books = in.readRecord(ITEMS_OF_BOOK);
          case "loans" -> loans = in.readRecord(ENTRIES_OF_UUID_TO_LOAN);
          case "readers" -> {
            readers = in.readTerm(SET_OF_STRING);
            readersAge = 0;
          }
          case "users" -> {
            if (readersAge > 1) {
              in.markOutdated();
              readers = in.readTerm(SET_OF_STRING);
              readersAge = 1;
            } else {
              in.skip();
            }
          }
          case "people" -> {
            if (readersAge > 2) {
              in.markOutdated();
              readers = in.readTerm(SET_OF_STRING);
              readersAge = 2;
            } else {
              in.skip();
            }
          }
          case "seal" -> seal = in.readTerm(TermCodecs.BYTES);
          default -> in.skip();
        }
      }
      if (readersAge == 3) {
        in.markOutdated();
        readers = SET_OF_STRING.freeze(null, Town.Books.nobody());
      }
      return new Town.Books(books, loans, readers, seal);
    }

    @Override
    @SuppressWarnings({"OptionalEquality", "ReferenceEquality"})
    public Town.Books freeze(Town.Books before, Town.Books after) {
      if (after == null || after == before) {
        return after;
      }
      List<Town.Book> books = ITEMS_OF_BOOK.freeze(before == null ? null : before.books(), after.books());
      Map<UUID, Town.Loan> loans = ENTRIES_OF_UUID_TO_LOAN.freeze(before == null ? null : before.loans(), after.loans());
      Set<String> readers = SET_OF_STRING.freeze(before == null ? null : before.readers(), after.readers());
      byte[] seal = TermCodecs.BYTES.freeze(before == null ? null : before.seal(), after.seal());
      return books == after.books() && loans == after.loans() && readers == after.readers() && seal == after.seal() ? after : new Town.Books(books, loans, readers, seal);
    }
  }

  private static final class AddRecord extends RecordCodec<Town.Library.Add> {
    static final AddRecord INSTANCE = new AddRecord();

    @Override
    protected void writeRecord(TermWriter out, Town.Library.Add value) {
      out.startMap(1);
      out.name("books");
      LIST_OF_BOOK.write(out, value.books());
      out.endMap();
    }

    @Override
    protected Town.Library.Add readRecord(TermReader in) {
      List<Town.Book> books = LIST_OF_BOOK.missing();
      in.startRecord("Add");
      for (String name = in.nextName(); name != null; name = in.nextName()) {
        switch (name) {
          case "books" -> books = LIST_OF_BOOK.read(in);
          default -> in.skip();
        }
      }
      return new Town.Library.Add(books);
    }

    @Override
    @SuppressWarnings({"OptionalEquality", "ReferenceEquality"})
    public Town.Library.Add freeze(Town.Library.Add value) {
      if (value == null) {
        return null;
      }
      List<Town.Book> books = LIST_OF_BOOK.freeze(value.books());
      return books == value.books() ? value : new Town.Library.Add(books);
    }

    @Override
    public boolean isImmutable() {
      return false;
    }

    @Override
    public boolean isFixed() {
      return true;
    }
  }

  private static final class SealRecord extends RecordCodec<Town.Library.Seal> {
    static final SealRecord INSTANCE = new SealRecord();

    @Override
    protected void writeRecord(TermWriter out, Town.Library.Seal value) {
      out.startMap(1);
      out.name("seal");
      TermCodecs.BYTES.write(out, value.seal());
      out.endMap();
    }

    @Override
    protected Town.Library.Seal readRecord(TermReader in) {
      byte[] seal = TermCodecs.BYTES.missing();
      in.startRecord("Seal");
      for (String name = in.nextName(); name != null; name = in.nextName()) {
        switch (name) {
          case "seal" -> seal = TermCodecs.BYTES.read(in);
          default -> in.skip();
        }
      }
      return new Town.Library.Seal(seal);
    }

    @Override
    @SuppressWarnings({"OptionalEquality", "ReferenceEquality"})
    public Town.Library.Seal freeze(Town.Library.Seal value) {
      if (value == null) {
        return null;
      }
      byte[] seal = TermCodecs.BYTES.freeze(value.seal());
      return seal == value.seal() ? value : new Town.Library.Seal(seal);
    }

    @Override
    public boolean isImmutable() {
      return false;
    }
  }

  private static final class LendRecord extends RecordCodec<Town.Library.Lend> {
    static final LendRecord INSTANCE = new LendRecord();

    @Override
    protected void writeRecord(TermWriter out, Town.Library.Lend value) {
      out.startMap(3);
      out.name("book");
      TermCodecs.UUID.write(out, value.book());
      out.name("reader");
      TermCodecs.STRING.write(out, value.reader());
      out.name("term");
      TermCodecs.DURATION.write(out, value.term());
      out.endMap();
    }

    @Override
    protected Town.Library.Lend readRecord(TermReader in) {
      UUID book = null;
      String reader = "?";
      Duration term = null;
      in.startRecord("Lend");
      for (String name = in.nextName(); name != null; name = in.nextName()) {
        switch (name) {
          case "book" -> book = TermCodecs.UUID.read(in);
          case "reader" -> reader = TermCodecs.STRING.read(in);
          case "term" -> term = TermCodecs.DURATION.read(in);
          default -> in.skip();
        }
      }
      return new Town.Library.Lend(book, reader, term);
    }
  }

  private static final class LoanOfRecord extends RecordCodec<Town.Library.LoanOf> {
    static final LoanOfRecord INSTANCE = new LoanOfRecord();

    @Override
    protected void writeRecord(TermWriter out, Town.Library.LoanOf value) {
      out.startMap(1);
      out.name("book");
      TermCodecs.UUID.write(out, value.book());
      out.endMap();
    }

    @Override
    protected Town.Library.LoanOf readRecord(TermReader in) {
      UUID book = null;
      in.startRecord("LoanOf");
      for (String name = in.nextName(); name != null; name = in.nextName()) {
        switch (name) {
          case "book" -> book = TermCodecs.UUID.read(in);
          default -> in.skip();
        }
      }
      return new Town.Library.LoanOf(book);
    }
  }

  private static final class TitlesRecord extends RecordCodec<Town.Library.Titles> {
    static final TitlesRecord INSTANCE = new TitlesRecord();

    @Override
    protected void writeRecord(TermWriter out, Town.Library.Titles value) {
      out.startMap(8);
      out.name("sorted");
      out.writeBoolean(value.sorted());
      out.name("b");
      out.writeInt(value.b());
      out.name("s");
      out.writeInt(value.s());
      out.name("i");
      out.writeInt(value.i());
      out.name("l");
      out.writeLong(value.l());
      out.name("c");
      out.writeInt(value.c());
      out.name("f");
      out.writeFloat(value.f());
      out.name("d");
      out.writeDouble(value.d());
      out.endMap();
    }

    @Override
    protected Town.Library.Titles readRecord(TermReader in) {
      boolean sorted = false;
      byte b = 0;
      short s = 0;
      int i = 0;
      long l = 0;
      char c = 0;
      float f = 0;
      double d = 0;
      in.startRecord("Titles");
      for (String name = in.nextName(); name != null; name = in.nextName()) {
        switch (name) {
          case "sorted" -> sorted = in.readBoolean();
          case "b" -> b = in.readByte();
          case "s" -> s = in.readShort();
          case "i" -> i = in.readInt();
          case "l" -> l = in.readLong();
          case "c" -> c = in.readChar();
          case "f" -> f = in.readFloat();
          case "d" -> d = in.readDouble();
          default -> in.skip();
        }
      }
      return new Town.Library.Titles(sorted, b, s, i, l, c, f, d);
    }
  }
}
