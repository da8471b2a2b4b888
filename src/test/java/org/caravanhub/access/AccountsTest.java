package org.caravanhub.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import org.caravanhub.Await;
import org.caravanhub.TestPostgres;
import org.caravanhub.broker.Account;
import org.caravanhub.device.Registration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who is let in when time passes, the hub was stopped, the database is away, or somebody else changed it. */
class AccountsTest {
    private static final TestPostgres POSTGRES = TestPostgres.fresh();

    @TempDir
    Path data;

    @AfterAll
    static void stop() {
        POSTGRES.close();
    }

    @Test
    void thePasswordBeforeEndsAfterTenMinutesThoughTheHubWasStoppedMeanwhile() throws Exception {
        Provisioning.Issued first;
        Provisioning.Issued second;
        try (Office office = Office.with(data)) {
            first = office.provision("hut-1");
            second = office.provisioning.rotate("hut-1", Duration.ofMinutes(10), "admin");
            office.now.updateAndGet(at -> at.plusSeconds(599));
            assertThat(office.letsIn(first)).isTrue();
            assertThat(office.accounts.device(second.user(), second.password())).contains("hut-1");
        }
        try (Office office = Office.with(data)) {
            office.now.updateAndGet(at -> at.plusSeconds(600));
            assertThat(office.accounts.atStart()).extracting(Account::user).containsExactly("hut-1~2");
            office.accounts.begin();
            assertThat(office.letsIn(first)).isFalse();
            assertThat(office.letsIn(second)).isTrue();
            assertThat(office.atBroker).containsExactly("hut-1~2");
            assertThat(office.provisioning.credentials("hut-1")).hasSize(1);
        }
    }

    @Test
    void thePasswordBeforeEndsByItself() throws Exception {
        try (Office office = Office.with(data)) {
            office.provision("hut-1");
            office.provisioning.rotate("hut-1", Duration.ofSeconds(1), "admin");
            assertThat(office.atBroker).containsExactly("hut-1", "hut-1~2");
            office.now.updateAndGet(at -> at.plusSeconds(1));
            Await.until("the broker forgets it", Duration.ofSeconds(10), () -> office.atBroker.size() == 1);
        }
    }

    @Test
    void noWordIsTheSiteOfOneAndThePrefixOfAnother() throws Exception {
        try (Office office = Office.with(data)) {
            Registration.Topics esphome = new Registration.Topics("esphome", "", "");
            Registration.Topics paku = new Registration.Topics("paku", "cottage", "heater");
            office.provision("emu01", paku);
            assertThatThrownBy(() -> office.provision("cottage", esphome)).isInstanceOf(Refused.class);
            office.provision("mill", esphome);
            assertThatThrownBy(() -> office.provision("emu02", new Registration.Topics("paku", "mill", "pump")))
                    .isInstanceOf(Refused.class);
            change("update registration set site = 'mill' where device = 'emu01'");
            office.accounts.changed("emu01");
            assertThat(office.atBroker).containsExactly("emu01");
        }
    }

    @Test
    void aSecondRotationCutsTheFirstOnesOverlapAndKeepsTwoNames() throws Exception {
        try (Office office = Office.with(data)) {
            Provisioning.Issued first = office.provision("hut-1");
            Provisioning.Issued second = office.provisioning.rotate("hut-1", Duration.ofMinutes(10), "admin");
            Provisioning.Issued third = office.provisioning.rotate("hut-1", Duration.ofMinutes(10), "admin");
            assertThat(third.user()).isEqualTo(first.user());
            assertThat(office.letsIn(first)).isFalse();
            assertThat(office.letsIn(second)).isTrue();
            assertThat(office.letsIn(third)).isTrue();
        }
    }

    @Test
    void aDisabledDeviceIsKeptOutAndOneThatIsRevokedCannotBeRotated() throws Exception {
        try (Office office = Office.with(data)) {
            Provisioning.Issued issued = office.provision("hut-1");
            change("update registration set disabled = 1");
            office.accounts.changed("hut-1");
            assertThat(office.letsIn(issued)).isFalse();
            assertThat(office.atBroker).isEmpty();
            change("update registration set disabled = 0");
            office.accounts.changed("hut-1");
            assertThat(office.letsIn(issued)).isTrue();

            change("update registration set family = 'paku', site = 'caravan', system = 'mast'");
            office.accounts.changed("hut-1");
            assertThat(office.atBroker)
                    .as("with the topics of another family it is nobody")
                    .isEmpty();

            office.provisioning.revoke("hut-1", "admin");
            assertThatThrownBy(() -> office.provisioning.rotate("hut-1", Duration.ZERO, "admin"))
                    .isInstanceOf(Refused.class)
                    .hasMessageContaining("--replace --yes");
        }
    }

    @Test
    void whileRowsOfADamagedFileComeBackWhoWasLetInStillIsAndWhoIsRevokedIsNot() throws Exception {
        Provisioning.Issued hut;
        Provisioning.Issued mast;
        try (Office office = Office.with(data)) {
            hut = office.provision("hut-1");
            mast = office.provision("mast");
        }
        change("delete from credential where device = 'hut-1'");
        try (Office office = Office.with(data)) {
            office.isWhole = false;
            assertThat(office.accounts.atStart()).extracting(Account::user).containsExactly("hut-1", "mast");
            office.accounts.begin();
            assertThat(office.letsIn(hut)).isTrue();
            office.provisioning.revoke("mast", "admin");
            assertThat(office.letsIn(mast)).isFalse();
            assertThat(office.letsIn(hut)).isTrue();
            office.isWhole = true;
            office.accounts.changed("mast");
            assertThat(office.letsIn(hut)).as("it did not come back").isFalse();
        }
    }

    @Test
    void whileAPostgresIsAwayAtStartWhoWasLetInStillIs() throws Exception {
        Provisioning.Issued issued;
        try (Office office = Office.with(data, POSTGRES)) {
            issued = office.provision("hut-8");
            Path kept = data.resolve("broker/accounts");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(kept)))
                    .isEqualTo("rw-------");
            assertThat(Files.readString(kept)).contains("hut-8\t").doesNotContain(issued.password());
        }
        POSTGRES.stop();
        try (Office office = Office.with(data, POSTGRES)) {
            assertThat(office.accounts.atStart()).extracting(Account::user).containsExactly("hut-8");
            assertThat(office.letsIn(issued)).isTrue();
            office.accounts.begin();
            POSTGRES.start();
            Await.until("it was asked", Duration.ofSeconds(30), () -> office.atBroker.size() == 1);
        }
    }

    @Test
    void whatAnotherHubChangedIsFound() throws Exception {
        try (Office one = Office.with(data.resolve("one"), POSTGRES);
                Office other = Office.with(data.resolve("other"), POSTGRES)) {
            one.accounts.lookElsewhere();
            Provisioning.Issued issued = other.provision("mast");
            one.accounts.lookElsewhere();
            assertThat(one.letsIn(issued)).isTrue();
            other.provisioning.revoke("mast", "admin");
            one.accounts.lookElsewhere();
            assertThat(one.letsIn(issued)).isFalse();
        }
    }

    private void change(String sql) throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + data.resolve("caravan.db"))) {
            connection.createStatement().executeUpdate(sql);
        }
    }
}
