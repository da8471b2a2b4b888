package org.caravanhub.ota;

/**
 * A rollout that somebody wants.
 *
 * @param name for people; no other rollout has it
 * @param model which devices
 * @param version of the model's release
 * @param audience which of them
 * @param plan how
 * @param isPaused whether it waits to be resumed before anybody is offered anything
 */
public record RolloutDraft(String name, String model, String version, Audience audience, Plan plan, boolean isPaused) {}
