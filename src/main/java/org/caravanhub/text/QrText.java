package org.caravanhub.text;

import io.nayuki.qrcodegen.QrCode;

/** A QR code in a terminal: two rows a line with half blocks, or two signs a square where there are letters only. */
public final class QrText {
    /** Cameras want so much empty around it. */
    private static final int MARGIN = 2;

    private QrText() {}

    /** Dark on light whatever the terminal's colours are: the light squares are drawn. */
    public static String of(String text, boolean isUnicode) {
        QrCode code = QrCode.encodeText(text, QrCode.Ecc.MEDIUM);
        return isUnicode ? halves(code) : letters(code);
    }

    private static String halves(QrCode code) {
        StringBuilder lines = new StringBuilder();
        for (int y = -MARGIN; y < code.size + MARGIN; y += 2) {
            for (int x = -MARGIN; x < code.size + MARGIN; x++) {
                boolean upper = isLight(code, x, y);
                boolean lower = isLight(code, x, y + 1);
                lines.append(upper ? lower ? '█' : '▀' : lower ? '▄' : ' ');
            }
            lines.append('\n');
        }
        return lines.toString();
    }

    private static String letters(QrCode code) {
        StringBuilder lines = new StringBuilder();
        for (int y = -MARGIN; y < code.size + MARGIN; y++) {
            for (int x = -MARGIN; x < code.size + MARGIN; x++) {
                lines.append(isLight(code, x, y) ? "##" : "  ");
            }
            lines.append('\n');
        }
        return lines.toString();
    }

    private static boolean isLight(QrCode code, int x, int y) {
        return !code.getModule(x, y);
    }
}
