package org.caravanhub.command;

import org.caravanhub.device.Registration.Topics;
import org.caravanhub.reading.DeviceId;
import org.caravanhub.text.Quoted;

/**
 * Where what is said to a device goes.
 *
 * @param device its id
 * @param segment as its topics write it: with the colons of a hardware address, if it has them
 * @param topics which topics are its own
 * @param location where it is, for families that say so in their topics; may be empty
 */
public record Addressee(String device, String segment, Topics topics, String location) {
    private static final String HEATER = "heater";

    /** In which form commands go to it. */
    public Way way() {
        return switch (topics.family()) {
            case "caravan" -> Way.CARAVAN;
            case "paku" ->
                topics.site().isEmpty()
                        ? Way.PAKU_DEVICE
                        : topics.system().equals(HEATER) ? Way.PAKU_HEATER : Way.PAKU_CONTROL;
            case "iot" -> Way.IOT;
            case "esphome" -> Way.ESPHOME;
            case "alona" ->
                throw new NoWay(
                        "Version 1 of alona defines no topic to a node, so " + device
                                + " would not hear a command. Flash it with firmware of the family caravan, or give it its orders by hand.");
            case "" ->
                throw new NoWay(
                        "It is not known which topics are those of " + device
                                + ": it was never heard, and its family is not set. Set family, and site and system if its family has them.");
            default ->
                throw new NoWay("Devices of the family " + Quoted.of(topics.family()) + " take no commands, so "
                        + device + " would not hear one.");
        };
    }

    /**
     * The topic for a command.
     *
     * @throws NoWay if a part of it is not known
     * @throws WrongCommand if the name, of which it is a part, cannot be one
     */
    public String topic(String name) {
        return switch (way()) {
            case CARAVAN -> "caravan/" + segment + "/cmd";
            case PAKU_DEVICE -> "paku/" + segment + "/cmd";
            case PAKU_HEATER -> topics.site() + "/heater/" + segment + "/cmd";
            case PAKU_CONTROL -> topics.site() + "/" + known("system", topics.system()) + "/" + segment + "/control";
            case IOT -> homelab();
            case ESPHOME -> segment + "/" + component(name) + "/command";
        };
    }

    /**
     * The topic for its configuration, which the broker keeps.
     *
     * @throws NoWay if its family has none, or a part of it is not known
     */
    public String configurationTopic() {
        return switch (topics.family()) {
            case "caravan" -> "caravan/" + segment + "/config/set";
            case "paku" -> known("site", topics.site()) + "/edge/" + segment + "/config/set";
            case "" -> {
                way();
                yield "";
            }
            default ->
                throw new NoWay("Devices of the family " + Quoted.of(topics.family())
                        + " take no configuration; those of caravan and paku do.");
        };
    }

    /** Who counts the numbers of the commands on a topic: {@code iot/cottage/gw-01}, the gateway. */
    public static String receiver(String topic) {
        String[] levels = topic.split("/", -1);
        return String.join("/", levels[0], levels[1], levels[2]);
    }

    /** The gateway of a homelab device; itself if it is one. */
    String gateway() {
        return topics.system().isEmpty() ? segment : topics.system();
    }

    private String homelab() {
        String gateway = "iot/" + known("site", topics.site()) + "/";
        if (topics.system().isEmpty() || topics.system().equals(segment)) {
            return gateway + segment + "/commands";
        }
        return gateway + topics.system() + "/" + known("location", location) + "/" + segment + "/commands";
    }

    private String known(String what, String value) {
        if (!DeviceId.isValid(value)) {
            throw new NoWay("The " + what + " of " + device
                    + " is not known or can be no part of a topic, and its topics begin with it." + " Set " + what
                    + " of the device: " + DeviceId.RULE + ".");
        }
        return value;
    }

    private static String component(String name) {
        String[] parts = name.split("/", -1);
        if (parts.length != 2 || !DeviceId.isValid(parts[0]) || !DeviceId.isValid(parts[1])) {
            throw new WrongCommand(
                    "A command for an ESPHome node names the component and the object, \"switch/relay\", and not "
                            + Quoted.of(name) + ".");
        }
        return name;
    }
}
