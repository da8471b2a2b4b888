package org.caravanhub;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The rules that keep the house easy to walk through: who may know whom. */
@AnalyzeClasses(packages = "org.caravanhub", importOptions = ImportOption.DoNotIncludeTests.class)
class HouseRulesTest {
    private static final String ROOT = "org.caravanhub.";

    @ArchTest
    static final ArchRule recordsAndDecisionsKnowNeitherCamelNorJdbc = noClasses()
            .that()
            .resideInAnyPackage(
                    ROOT + "message",
                    ROOT + "audit",
                    ROOT + "reading",
                    ROOT + "live",
                    ROOT + "weather",
                    ROOT + "device",
                    ROOT + "health",
                    ROOT + "clock",
                    ROOT + "machine",
                    ROOT + "presence",
                    ROOT + "upkeep",
                    ROOT + "power",
                    ROOT + "salvage",
                    ROOT + "ota..",
                    ROOT + "text")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.camel..", "java.sql..", "javax.sql..", "io.vertx..", "io.netty..");

    @ArchTest
    static final ArchRule wordsKnowNobody = knowsOnly("text");

    @ArchTest
    static final ArchRule salvageNeedsNobody = knowsOnly("salvage");

    @ArchTest
    static final ArchRule messagesKnowNobody = knowsOnly("message");

    @ArchTest
    static final ArchRule readingsKnowMessagesOnly = knowsOnly("reading", "message", "text");

    @ArchTest
    static final ArchRule theStoreKnowsWhatItKeeps = knowsOnly(
            "store",
            "access",
            "alert",
            "audit",
            "backup",
            "command",
            "device",
            "exchange",
            "live",
            "message",
            "notice",
            "ota",
            "ota.library",
            "ota.signature",
            "ota.trust",
            "power",
            "presence",
            "reading",
            "salvage",
            "text");

    @ArchTest
    static final ArchRule auditKnowsNobody = knowsOnly("audit");

    @ArchTest
    static final ArchRule whatIsToldIsMadeOfReadings = knowsOnly("live", "reading");

    @ArchTest
    static final ArchRule theWeatherFollowsFromWhatIsTold = knowsOnly("weather", "live", "reading");

    @ArchTest
    static final ArchRule theDiskIsWatchedWithoutKnowingWhatIsOnIt = knowsOnly("disk", "health");

    @ArchTest
    static final ArchRule mqttKnowsMessagesOnly = knowsOnly("mqtt", "exchange", "message", "text");

    @ArchTest
    static final ArchRule commandsKnowDevicesAndTheTime =
            knowsOnly("command", "clock", "device", "message", "reading", "text");

    @ArchTest
    static final ArchRule theClockKnowsNobody = knowsOnly("clock");

    @ArchTest
    static final ArchRule presenceFollowsFromWhatIsKept =
            knowsOnly("presence", "alert", "device", "health", "message", "notice", "reading", "store");

    @ArchTest
    static final ArchRule schedulesAreRemembered = knowsOnly("schedule", "exchange", "message", "store");

    @ArchTest
    static final ArchRule noticesAreToldWithoutKnowingWhy = knowsOnly("notice", "exchange", "text");

    @ArchTest
    static final ArchRule alertsAreMadeOfNotices = knowsOnly("alert", "audit", "device", "health", "notice", "text");

    @ArchTest
    static final ArchRule theLibraryKnowsReleasesOnly = knowsOnly("ota.library", "ota", "ota.image", "ota.trust");

    @ArchTest
    static final ArchRule versionsAreTextAndNoMore = knowsOnly("ota.version");

    @ArchTest
    static final ArchRule imagesAreReadWithoutKnowingWhatTheyAreFor = knowsOnly("ota.image", "text");

    @ArchTest
    static final ArchRule signaturesAreCheckedWithoutKnowingOfWhat = knowsOnly("ota.signature", "text");

    @ArchTest
    static final ArchRule whomToTrustFollowsFromAllThree =
            knowsOnly("ota.trust", "audit", "ota.image", "ota.signature", "ota.version", "text");

    @ArchTest
    static final ArchRule whoStartsTheHubIsToldWithoutKnowingIt = knowsOnly("systemd", "ping");

    @ArchTest
    static final ArchRule aPingGoesTheWayOfEveryMessage = knowsOnly("ping", "health");

    @ArchTest
    static final ArchRule theMachineIsLookedAtWithoutKnowingWhatRunsOnIt = knowsOnly("machine", "health");

    @ArchTest
    static final ArchRule aDoctorLooksFromOutside =
            knowsOnly("doctor", "clock", "disk", "health", "machine", "mqtt", "settings", "store");

    @ArchTest
    static final ArchRule secretsAreReadLikeSettings = knowsOnly("secret", "settings", "text");

    @ArchTest
    static final ArchRule upkeepKnowsWhatTimeItIs = knowsOnly("upkeep", "store", "clock", "reading");

    @ArchTest
    static final ArchRule backupsAreFilesWhateverIsInThem = knowsOnly("backup", "text");

    @ArchTest
    static final ArchRule jobsKnowNothingOfWhatIsDone = knowsOnly("job");

    @ArchTest
    static final ArchRule bundlesAreTextsWhateverIsInThem = knowsOnly("bundle", "machine");

    @ArchTest
    static final ArchRule whoIsLetInIsKeptAndToldToBrokers =
            knowsOnly("access", "audit", "broker", "device", "message", "mqtt", "reading", "settings", "store");

    @ArchTest
    static final ArchRule powerStationsAreAskedForReadings =
            knowsOnly("ecoflow", "alert", "clock", "live", "notice", "reading", "text");

    @ArchTest
    static final ArchRule powerFollowsFromWhatIsKept =
            knowsOnly("power", "alert", "flow.history", "notice", "reading", "store");

    @ArchTest
    static final ArchRule theFakeCloudIsWrittenWithoutLookingAtTheHub = knowsOnly("ecoflow.fake", "ecoflow");

    @ArchTest
    static final ArchRule theBrokerKnowsWhoMaySayWhat = knowsOnly("broker", "message", "reading", "settings", "text");

    @ArchTest
    static final ArchRule aBrokerElsewhereIsGivenAccountsOverMqtt =
            knowsOnly("broker.dynsec", "access", "broker", "message", "mqtt");

    @ArchTest
    static final ArchRule flowsAreLoadedWithoutKnowingWhatIsInThem =
            knowsOnly("flow", "flow.history", "exchange", "message", "text");

    @ArchTest
    static final ArchRule theHistoryOfFlowsIsReadWithoutAHub = knowsOnly("flow.history");

    @ArchTest
    static final ArchRule whatIsPassedOnIsWhatWasRead = knowsOnly("forward", "live", "reading", "store");

    @ArchTest
    static final ArchRule theCheckKnowsFlowsOnly = knowsOnly("flow.check", "flow", "exchange", "text");

    @ArchTest
    static final ArchRule quarantineIsMendedByTheFlows =
            knowsOnly("quarantine", "device", "exchange", "message", "reading", "rehearsal", "store", "text");

    @ArchTest
    static final ArchRule flowsAreWatchedWithoutKnowingWhatIsInThem =
            knowsOnly("flow.watch", "flow", "exchange", "message", "text");

    @ArchTest
    static final ArchRule recipesAreFlowFilesAndNoMore = knowsOnly("flow.recipe", "flow");

    @ArchTest
    static final ArchRule aRehearsalKnowsWhatWouldBeKept =
            knowsOnly("rehearsal", "exchange", "flow", "flow.check", "message", "reading", "store");

    @ArchTest
    static final ArchRule whatThePartsAgreeOnKnowsMessagesOnly = knowsOnly("exchange", "message");

    @ArchTest
    static final ArchRule filesOfReadingsAreReadWithoutAHub =
            knowsOnly("transfer", "device", "reading", "http", "text");

    @ArchTest
    static final ArchRule onlyTheForegroundStartsTheHub = noClasses()
            .that()
            .resideOutsideOfPackages("org.caravanhub", ROOT + "cli")
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName(ROOT + "Caravan");

    @ArchTest
    static final ArchRule onlyWiringAndTheHubKnowEverybody = noClasses()
            .that()
            .resideOutsideOfPackages("org.caravanhub")
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName(ROOT + "Wiring");

    @ArchTest
    static final ArchRule theCommandLineLoadsNoCamel = noClasses()
            .that()
            .resideInAPackage(ROOT + "cli")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.camel..", "java.sql..", "io.vertx..", "io.netty..");

    @ArchTest
    static final ArchRule nothingIsNamedAfterADrawer =
            noClasses().should().haveNameMatching(".*(Utils?|Helper|Manager|Impl|Common|Info)$");

    private static ArchRule knowsOnly(String feature, String... others) {
        String[] allowed = new String[others.length + 1];
        allowed[0] = ROOT + feature;
        for (int i = 0; i < others.length; i++) {
            allowed[i + 1] = ROOT + others[i];
        }
        return classes()
                .that()
                .resideInAPackage(ROOT + feature)
                .should()
                .onlyDependOnClassesThat(
                        resideOutsideOfPackage("org.caravanhub..").or(resideInAnyPackage(allowed)));
    }
}
