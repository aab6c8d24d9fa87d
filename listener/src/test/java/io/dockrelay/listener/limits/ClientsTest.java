package io.dockrelay.listener.limits;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import io.dockrelay.settings.ClientLimits;

import static org.assertj.core.api.Assertions.assertThat;

class ClientsTest {

    private long nanos;

    private Clients clients(ClientLimits limits) {
        return new Clients(limits, () -> nanos);
    }

    private void pass(int seconds) {
        nanos += TimeUnit.SECONDS.toNanos(seconds);
    }

    private static int accepted(ClientShare share, int messages) {
        int accepted = 0;
        for (int i = 0; i < messages; i++) {
            accepted += share.countMessage() ? 1 : 0;
        }
        return accepted;
    }

    @Test
    void oneAddressHasAtMostItsConnectionsAndOthersAreNotAffected() {
        Clients clients = clients(new ClientLimits(2, 10, 10, 10, 10, 10));
        ClientShare first = clients.socket("192.0.2.1");
        ClientShare second = clients.socket("192.0.2.1");

        assertThat(clients.mayOpenSocket("192.0.2.1")).isFalse();
        assertThat(clients.mayOpenSocket("192.0.2.2")).isTrue();

        first.end();
        first.end();
        assertThat(clients.mayOpenSocket("192.0.2.1")).isTrue();
        second.end();
        assertThat(clients.ledger().present()).isZero();
    }

    @Test
    void subscriptionsAreLimitedPerAddressAndInAll() {
        Clients clients = clients(new ClientLimits(10, 4, 6, 10, 10, 10));
        ClientShare one = clients.socket("192.0.2.1");
        ClientShare another = clients.socket("192.0.2.1");
        ClientShare other = clients.socket("192.0.2.2");
        one.follows(3);
        another.follows(1);

        assertThat(one.refusalOfOneMore()).get().asString().contains("one client address may follow 4 logs");
        assertThat(other.refusalOfOneMore()).isEmpty();
        other.follows(2);
        assertThat(other.refusalOfOneMore()).get().asString().contains("all clients together may follow 6 logs");

        one.end();
        assertThat(other.refusalOfOneMore()).isEmpty();
        assertThat(another.refusalOfOneMore()).isEmpty();
        one.follows(5);
        assertThat(clients.ledger().subscriptions()).isEqualTo(3);
    }

    @Test
    void rateIsAnAverageOverTenSecondsOfAConnectionAnAddressAndAll() {
        Clients clients = clients(new ClientLimits(10, 10, 10, 50, 80, 70));
        ClientShare one = clients.socket("192.0.2.1");
        ClientShare another = clients.socket("192.0.2.1");
        ClientShare other = clients.socket("192.0.2.2");

        assertThat(accepted(one, 1000)).isEqualTo(500);
        assertThat(accepted(another, 1000)).isEqualTo(300);
        // All but the reserve of one address: 70 - (80 - 10) are left in all, and 10 of its own.
        assertThat(accepted(other, 1000)).isEqualTo(100);
        pass(1);
        assertThat(accepted(one, 1000)).isEqualTo(50);
        assertThat(accepted(another, 1000)).isEqualTo(30);
        assertThat(accepted(other, 1000)).isEqualTo(10);
    }

    @Test
    void quietClientHasItsReserveWhateverOthersSend() {
        Clients clients = clients(new ClientLimits(10, 10, 10, 1000, 1000, 10_000));
        for (int second = 0; second < 60; second++) {
            for (int address = 1; address <= 16; address++) {
                ClientShare attacker = clients.socket("192.0.2." + address);
                assertThat(accepted(attacker, 10_000)).isPositive();
                attacker.end();
            }
            ClientShare page = clients.socket("198.51.100.7");
            assertThat(accepted(page, Client.RESERVED)).isEqualTo(Client.RESERVED);
            page.end();
            pass(1);
        }
    }

    @Test
    void reconnectingDoesNotRenewTheRate() {
        Clients clients = clients(new ClientLimits(10, 10, 10, 100, 10, 1000));
        ClientShare before = clients.socket("192.0.2.1");
        assertThat(accepted(before, 200)).isEqualTo(100);
        before.end();

        ClientShare after = clients.socket("192.0.2.1");
        assertThat(accepted(after, 200)).isZero();
        after.end();
        assertThat(clients.ledger().gone()).isEqualTo(1);

        pass(10);
        clients.socket("192.0.2.1").end();
        assertThat(clients.ledger().gone()).isZero();
    }

    @Test
    void memoryOfAddressesThatAreGoneIsBounded() {
        Clients clients = clients(new ClientLimits(10, 10, 10, 100, 10, 1_000_000));
        List<ClientShare> shares = new ArrayList<>();
        for (int i = 0; i < ClientLedger.MOST_GONE + 500; i++) {
            ClientShare share = clients.socket("10." + i / 65_536 + "." + i / 256 % 256 + "." + i % 256);
            shares.add(share);
            assertThat(share.countMessage()).isTrue();
        }
        shares.forEach(ClientShare::end);

        assertThat(clients.ledger().present()).isZero();
        assertThat(clients.ledger().gone()).isEqualTo(ClientLedger.MOST_GONE);
    }
}
