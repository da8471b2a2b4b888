package org.caravanhub.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How long a reading waits for others, told to the nanosecond. */
class CommitBudgetTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final CommitPolicy POLICY = new CommitPolicy(2000, 3, Duration.ofSeconds(10), 40, 10, 10);

    private final CommitBudget budget = new CommitBudget(POLICY, 0);

    @Test
    void afterTheBurstACommitComesAtThePace() {
        useUpTheBurst();

        assertThat(budget.waitNanos(1, SECOND)).isEqualTo(9 * SECOND);
        assertThat(budget.waitNanos(1, 10 * SECOND)).isZero();
    }

    @Test
    void enoughOutcomesDoNotWaitAndLeaveNoDebt() {
        useUpTheBurst();

        assertThat(budget.waitNanos(40, SECOND)).isZero();
        budget.spend(40, SECOND);
        assertThat(budget.waitNanos(1, 2 * SECOND)).isEqualTo(9 * SECOND);
    }

    @Test
    void whatABrokerWithASmallWindowHeldBackDoesNotWait() {
        useUpTheBurst();
        budget.spend(20, 10 * SECOND);

        assertThat(budget.waitNanos(19, 10 * SECOND + 1)).isPositive();
        assertThat(budget.waitNanos(20, 10 * SECOND + 1)).isZero();
    }

    private void useUpTheBurst() {
        for (int i = 0; i < 3; i++) {
            assertThat(budget.waitNanos(1, 0)).isZero();
            budget.spend(1, 0);
        }
    }
}
