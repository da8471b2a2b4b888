package org.caravanhub.ecoflow.fake;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What EcoFlow writes. */
final class Answers {
    static final String UNKNOWN_KEY = refusal("8513", "accessKey is invalid");
    static final String WRONG_SIGNATURE = refusal("8521", "signature is wrong");
    static final String NOT_BOUND = refusal("1006", "current device is not allowed to get device info");
    static final String OFFLINE = refusal("6012", "the device is offline");
    static final String TOO_BUSY = refusal("500", "Server is too busy");
    static final String WRONG_TYPES = success("{\"pd.soc\":{\"a\":[1]},\"pd.wattsInSum\":true,"
            + "\"pd.wattsOutSum\":\"many\",\"bmsMaster.soc\":[38],\"inv.outTemp\":\"\",\"bmsMaster.temp\":1e999999}");
    static final String ABSURD = success(
            "{\"pd.soc\":40000,\"bmsMaster.soc\":-1e15,\"pd.wattsInSum\":\"1e308\","
                    + "\"pd.wattsOutSum\":99999999999999999999999999999999,\"mppt.inWatts\":-2147483648,\"inv.outTemp\":65535}");

    private Answers() {}

    static String success(String data) {
        return "{\"code\":\"0\",\"message\":\"Success\",\"data\":" + data + ",\"eagleEyeTraceId\":\"\",\"tid\":\"\"}";
    }

    static String refusal(String code, String message) {
        return "{\"code\":\"" + code + "\",\"message\":\"" + message + "\"}";
    }

    /** One line of the list. */
    static String listed(String serial, String product, boolean isOnline) {
        return "{\"sn\":\"" + serial + "\",\"deviceName\":\"" + serial + "\",\"online\":" + (isOnline ? 1 : 0)
                + ",\"productName\":\"" + product + "\"}";
    }

    static String crowd() {
        return success(IntStream.range(0, 10_000)
                .mapToObj(i -> listed("R331CROWD%07d".formatted(i), "", true))
                .collect(Collectors.joining(",", "[", "]")));
    }

    /** The first is a station like any other; the names are as JSON writes them. */
    static String hostile(String wellKnown) {
        String names = String.join(
                ",",
                listed("../../etc/passwd", "DELTA 2", true),
                listed("a/b", "DELTA 2", true),
                listed("sn\\nGET /evil", "DELTA 2", true),
                listed("sn\\\"quoted\\\"", "DELTA 2", true),
                listed("+", "DELTA 2", true),
                listed("#", "DELTA 2", true),
                listed("sn&accessKey=x", "DELTA 2", true),
                listed("${header.accessKey}", "DELTA 2", true),
                listed("{{caravan.ecoflow.secret-key}}", "DELTA 2", true),
                listed("", "DELTA 2", true),
                listed("X".repeat(300), "DELTA 2", true),
                "{\"sn\":{\"a\":1},\"online\":1}",
                "{\"sn\":null,\"online\":1}",
                "7",
                "null");
        return success("[" + wellKnown + "," + names + "]");
    }
}
