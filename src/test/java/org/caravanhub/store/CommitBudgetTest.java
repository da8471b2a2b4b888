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
    void whatComesAloneIsCommittedAtOnceUntilTheBurstIsUsedUp() {
        for (int second = 1; second <= 3; second++) {
            assertThat(budget.waitNanos(alone(second), second * SECOND)).isZero();
            budget.spend(alone(second), 1, second * SECOND);
        }

        assertThat(budget.waitNanos(alone(4), 4 * SECOND)).isEqualTo(7 * SECOND);
        assertThat(budget.waitNanos(alone(4), 11 * SECOND)).isZero();
    }

    @Test
    void whatFollowsCloselyWaitsForThePaceAndCostsNothing() {
        for (int pace = 1; pace <= 5; pace++) {
            long due = 10 * pace * SECOND;
            CommitBudget.Waiting stream = new CommitBudget.Waiting(20, due - 10 * SECOND, due, false);
            assertThat(budget.waitNanos(stream, due - 1)).isEqualTo(1);
            assertThat(budget.waitNanos(stream, due)).isZero();
            budget.spend(stream, 20, due);
        }
        assertThat(budget.waitNanos(alone(60), 60 * SECOND)).isZero();
    }

    @Test
    void theLastOfAStreamWaitsOneSecond() {
        CommitBudget.Waiting last = new CommitBudget.Waiting(5, 20 * SECOND, 22 * SECOND, false);

        assertThat(budget.waitNanos(last, 22 * SECOND)).isEqualTo(SECOND);
        assertThat(budget.waitNanos(last, 23 * SECOND)).isZero();
    }

    @Test
    void enoughOutcomesDoNotWaitAndCostNothing() {
        CommitBudget.Waiting many = new CommitBudget.Waiting(40, SECOND, SECOND, false);

        assertThat(budget.waitNanos(many, SECOND)).isZero();
    }

    @Test
    void whatABrokerWithASmallWindowHeldBackDoesNotWait() {
        budget.spend(new CommitBudget.Waiting(20, SECOND, SECOND, false), 20, 10 * SECOND);
        long now = 10 * SECOND + 1;

        assertThat(budget.waitNanos(new CommitBudget.Waiting(19, now, now, false), now))
                .isPositive();
        assertThat(budget.waitNanos(new CommitBudget.Waiting(20, now, now, false), now))
                .isZero();
    }

    @Test
    void aBrokerThatSendsOneMessageAtATimeIsNotMadeToWaitForThePace() {
        long now = 10 * SECOND;
        for (int message = 0; message < 100; message++) {
            budget.spend(alone(10), 1, now);
            CommitBudget.Waiting next = new CommitBudget.Waiting(1, now + 1, now + 1, false);
            now += SECOND / 50 + 1;
            assertThat(budget.waitNanos(next, now)).isZero();
        }
    }

    private static CommitBudget.Waiting alone(int second) {
        return new CommitBudget.Waiting(1, second * SECOND, second * SECOND, true);
    }
}
