package dev.tidemark.server.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class MailboxTest {
  private final Mailbox mailbox = new Mailbox();

  private static Mail events(long position, int bytes) {
    return new Mail.Events("s", position, position, "0123456789abcdef", new byte[bytes]);
  }

  @Test
  void mail_comes_out_in_the_order_it_went_in() throws InterruptedException {
    mailbox.offer(events(1, 10));
    mailbox.offer(new Mail.Revoked("s"));
    assertTrue(mailbox.poll(0) instanceof Mail.Events);
    assertEquals(new Mail.Revoked("s"), mailbox.poll(0));
    assertNull(mailbox.poll(0));
  }

  @Test
  void too_many_mails_make_it_run_over_and_it_stays_so() throws InterruptedException {
    for (int i = 0; i < Mailbox.LIMIT; i++) {
      assertTrue(mailbox.offer(events(i + 1, 1)));
    }
    assertFalse(mailbox.offer(events(Mailbox.LIMIT + 1, 1)));
    assertTrue(mailbox.overflowed());
    assertNull(mailbox.poll(0));
    assertFalse(mailbox.offer(events(1, 1)));
  }

  @Test
  void too_many_bytes_make_it_run_over() {
    int half = (int) (Mailbox.LIMIT_BYTES / 2);
    assertTrue(mailbox.offer(events(1, half)));
    assertTrue(mailbox.offer(events(2, half)));
    assertFalse(mailbox.offer(events(3, 1)));
  }

  @Test
  void room_is_given_back_as_mail_is_taken() throws InterruptedException {
    int half = (int) (Mailbox.LIMIT_BYTES / 2);
    for (int i = 0; i < 10; i++) {
      assertTrue(mailbox.offer(events(i, half)));
      assertTrue(mailbox.poll(0) instanceof Mail.Events);
    }
  }

  @Test
  void the_end_overtakes_what_waits() throws InterruptedException {
    mailbox.offer(events(1, 10));
    mailbox.end();
    assertEquals(new Mail.End(), mailbox.poll(0));
  }
}
