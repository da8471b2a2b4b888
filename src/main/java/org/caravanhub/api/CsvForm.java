package org.caravanhub.api;

import java.util.stream.Collectors;
import org.caravanhub.http.Moment;
import org.caravanhub.reading.Flag;
import org.caravanhub.reading.MetricMembers;
import org.caravanhub.reading.Reading;
import org.caravanhub.text.CsvCell;

/** One value a line (RFC 4180, with a header), each as the device wrote it: see {@link CsvCell}. */
final class CsvForm implements ReadingForm {
    private static final String END = "\r\n";

    private final MetricMembers members = new MetricMembers();

    @Override
    public String contentType() {
        return "text/csv; charset=utf-8";
    }

    @Override
    public String ending() {
        return "csv";
    }

    @Override
    public String head() {
        return "measured_at,received_at,device,family,site,system,sensor,location,mac,flags,metric,value" + END;
    }

    @Override
    public void append(Reading reading, StringBuilder text) {
        String common = common(reading);
        members.open(reading.metrics());
        while (members.next()) {
            text.append(common).append(',');
            text.append(CsvCell.ofJson(members.name())).append(',');
            text.append(CsvCell.ofJson(members.value())).append(END);
        }
    }

    private static String common(Reading reading) {
        String flags = Flag.of(reading.flags()).stream().map(Flag::word).collect(Collectors.joining(" "));
        return String.join(
                ",",
                Moment.text(reading.measuredAt()),
                Moment.text(reading.receivedAt()),
                CsvCell.ofText(reading.source().device()),
                CsvCell.ofText(reading.source().family()),
                CsvCell.ofText(reading.source().site()),
                CsvCell.ofText(reading.source().system()),
                CsvCell.ofText(reading.source().sensor()),
                CsvCell.ofText(reading.source().location()),
                CsvCell.ofText(reading.source().mac()),
                flags);
    }
}
