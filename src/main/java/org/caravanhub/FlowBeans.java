package org.caravanhub;

import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.caravanhub.alert.BackupAge;
import org.caravanhub.alert.HubChecks;
import org.caravanhub.alert.QuarantineGrowth;
import org.caravanhub.alert.Silence;
import org.caravanhub.api.AccessApi;
import org.caravanhub.api.AlertApi;
import org.caravanhub.api.AlertTestApi;
import org.caravanhub.api.AuditApi;
import org.caravanhub.api.BackupApi;
import org.caravanhub.api.BackupFlows;
import org.caravanhub.api.BundleApi;
import org.caravanhub.api.ClaimApi;
import org.caravanhub.api.CommandApi;
import org.caravanhub.api.CommandFlows;
import org.caravanhub.api.ConfigurationApi;
import org.caravanhub.api.DeviceApi;
import org.caravanhub.api.DeviceImportApi;
import org.caravanhub.api.EnergyApi;
import org.caravanhub.api.FirmwareApi;
import org.caravanhub.api.FirmwareTrustApi;
import org.caravanhub.api.FlowApi;
import org.caravanhub.api.FlowFileApi;
import org.caravanhub.api.FlowRecipeApi;
import org.caravanhub.api.FlowTestApi;
import org.caravanhub.api.HubApi;
import org.caravanhub.api.ImportApi;
import org.caravanhub.api.IngestApi;
import org.caravanhub.api.JobApi;
import org.caravanhub.api.ManifestApi;
import org.caravanhub.api.MendingApi;
import org.caravanhub.api.PakuFirmwareApi;
import org.caravanhub.api.PakuRolloutApi;
import org.caravanhub.api.PowerApi;
import org.caravanhub.api.PresenceApi;
import org.caravanhub.api.QuarantineApi;
import org.caravanhub.api.ReadingApi;
import org.caravanhub.api.RegistryApi;
import org.caravanhub.api.RestoreApi;
import org.caravanhub.api.RolloutApi;
import org.caravanhub.api.SeriesApi;
import org.caravanhub.api.SnippetApi;
import org.caravanhub.api.StorageApi;
import org.caravanhub.api.UpdateFlows;
import org.caravanhub.ecoflow.EcoFlow;
import org.caravanhub.ecoflow.FencedClient;
import org.caravanhub.ecoflow.PowerMessages;
import org.caravanhub.forward.DailyReport;
import org.caravanhub.forward.HomeAssistant;
import org.caravanhub.forward.InfluxLines;
import org.caravanhub.http.Answers;
import org.caravanhub.http.Problems;
import org.caravanhub.http.Questions;
import org.caravanhub.power.ProfileMessage;
import org.caravanhub.reading.Decoder;
import org.caravanhub.schedule.Schedules;
import org.caravanhub.store.Integrity;
import org.caravanhub.store.LentConnections;
import org.caravanhub.store.OneCommit;
import org.caravanhub.store.SqlFiles;
import org.caravanhub.upkeep.Upkeep;
import org.caravanhub.weather.Air;

/**
 * The names that flows call the hub by. What is not in this list, no flow may call, although it may be bound for Camel's own
 * use. A test holds it against a hub that runs.
 */
public final class FlowBeans {
    /** What class each is of: what its methods are is known without a hub. */
    public static final Map<String, Class<?>> ALL = Map.ofEntries(
            // ── routes/reading ──
            Map.entry("pakuData", Decoder.class),
            Map.entry("pakuRuuvi", Decoder.class),
            Map.entry("alonaTelemetry", Decoder.class),
            Map.entry("caravanTelemetry", Decoder.class),
            Map.entry("pakuEdge", Decoder.class),
            Map.entry("pakuDevice", Decoder.class),
            Map.entry("alonaNode", Decoder.class),
            Map.entry("caravanDevice", Decoder.class),
            Map.entry("iot", Decoder.class),
            Map.entry("esphomeState", Decoder.class),
            Map.entry("esphomeStatus", Decoder.class),
            Map.entry("ruuviGateway", Decoder.class),
            Map.entry("ecoflowBridge", Decoder.class),
            Map.entry("unknownTopic", Decoder.class),
            Map.entry("httpIngest", Decoder.class),
            // ── routes/optional ──
            Map.entry("air", Air.class),
            Map.entry("everyFamily", Decoder.class),
            Map.entry("lineProtocol", InfluxLines.class),
            Map.entry("homeAssistant", HomeAssistant.class),
            Map.entry("dailyReport", DailyReport.class),
            Map.entry("own", DataSource.class),
            Map.entry("backupAge", BackupAge.class),
            // ── routes/alert ──
            Map.entry("silence", Silence.class),
            Map.entry("hubChecks", HubChecks.class),
            Map.entry("quarantineGrowth", QuarantineGrowth.class),
            // ── routes/ecoflow ──
            Map.entry("ecoflow", EcoFlow.class),
            Map.entry("ecoflowClient", FencedClient.class),
            Map.entry("powerMessages", PowerMessages.class),
            // ── routes/power ──
            Map.entry("profileMessage", ProfileMessage.class),
            // ── routes/upkeep ──
            Map.entry("oneCommit", OneCommit.class),
            Map.entry("writer", LentConnections.class),
            Map.entry("sqlFiles", SqlFiles.class),
            Map.entry("schedules", Schedules.class),
            Map.entry("upkeep", Upkeep.class),
            Map.entry("integrity", Integrity.class),
            Map.entry("backupFlows", BackupFlows.class),
            // ── routes/api ──
            Map.entry("question", Questions.class),
            Map.entry("answer", Answers.class),
            Map.entry("problems", Problems.class),
            Map.entry("deviceApi", DeviceApi.class),
            Map.entry("registryApi", RegistryApi.class),
            Map.entry("deviceImportApi", DeviceImportApi.class),
            Map.entry("auditApi", AuditApi.class),
            Map.entry("presenceApi", PresenceApi.class),
            Map.entry("alertApi", AlertApi.class),
            Map.entry("alertTestApi", AlertTestApi.class),
            Map.entry("firmwareTrustApi", FirmwareTrustApi.class),
            Map.entry("accessApi", AccessApi.class),
            Map.entry("claimApi", ClaimApi.class),
            Map.entry("snippetApi", SnippetApi.class),
            Map.entry("readingApi", ReadingApi.class),
            Map.entry("seriesApi", SeriesApi.class),
            Map.entry("energyApi", EnergyApi.class),
            Map.entry("storageApi", StorageApi.class),
            Map.entry("powerApi", PowerApi.class),
            Map.entry("quarantineApi", QuarantineApi.class),
            Map.entry("firmwareApi", FirmwareApi.class),
            Map.entry("flowApi", FlowApi.class),
            Map.entry("flowTestApi", FlowTestApi.class),
            Map.entry("mendingApi", MendingApi.class),
            Map.entry("ingestApi", IngestApi.class),
            Map.entry("importApi", ImportApi.class),
            Map.entry("flowFileApi", FlowFileApi.class),
            Map.entry("flowRecipeApi", FlowRecipeApi.class),
            Map.entry("hubApi", HubApi.class),
            Map.entry("backupApi", BackupApi.class),
            Map.entry("restoreApi", RestoreApi.class),
            Map.entry("jobApi", JobApi.class),
            Map.entry("bundleApi", BundleApi.class),
            Map.entry("commandApi", CommandApi.class),
            Map.entry("configurationApi", ConfigurationApi.class),
            Map.entry("rolloutApi", RolloutApi.class),
            Map.entry("pakuFirmwareApi", PakuFirmwareApi.class),
            Map.entry("pakuRolloutApi", PakuRolloutApi.class),
            Map.entry("manifestApi", ManifestApi.class),
            // ── routes/ota ──
            Map.entry("updateFlows", UpdateFlows.class),
            // ── routes/command ──
            Map.entry("commandFlows", CommandFlows.class));

    /** Those that only decide: nothing comes of calling them, so that a trial may. */
    private static final Set<Class<?>> DECISIONS = Set.of(Decoder.class, Air.class, InfluxLines.class);

    /** Whether a bean only decides, and does nothing. */
    static boolean decides(String bean) {
        Class<?> type = ALL.get(bean);
        return type != null && DECISIONS.contains(type);
    }

    private FlowBeans() {}
}
