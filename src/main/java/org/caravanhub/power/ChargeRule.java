package org.caravanhub.power;

/**
 * By whose charge the hub goes, and at which charge its profiles begin. One ends {@link #RISE} points above where it began, so that a charge
 * that goes up and down by a little changes nothing.
 *
 * @param device any that tells {@code soc_percent}
 * @param savingBelow below this the hub saves, in percent
 * @param floor at this and below it is as good as empty, in percent; less than {@code savingBelow}
 */
public record ChargeRule(String device, int savingBelow, int floor) {
    /** Points of percent. */
    public static final int RISE = 5;

    /** The profile that a charge asks for. */
    public Profile after(Profile was, double percent) {
        if (percent <= floor || was == Profile.FLOOR && percent < aboveFloorFrom()) {
            return Profile.FLOOR;
        }
        boolean isShort = percent < savingBelow || was != Profile.NORMAL && percent < normalFrom();
        return isShort ? Profile.SAVING : Profile.NORMAL;
    }

    /** From this charge on it is no longer as good as empty. */
    public int aboveFloorFrom() {
        return floor + RISE;
    }

    /** From this charge on nothing has to wait any more. */
    public int normalFrom() {
        return savingBelow + RISE;
    }
}
