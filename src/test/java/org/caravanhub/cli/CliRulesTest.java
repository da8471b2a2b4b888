package org.caravanhub.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.caravanhub.Caravan;

/** A command that asks starts in a blink because its class path has three jars; these rules keep it able to. */
@AnalyzeClasses(packages = "org.caravanhub", importOptions = DoNotIncludeTests.class)
class CliRulesTest {
    @ArchTest
    static final ArchRule COMMANDS_NEED_NO_MORE_THAN_THEIR_THREE_JARS = noClasses()
            .that()
            .resideInAnyPackage("org.caravanhub.cli", "org.caravanhub.settings")
            .should()
            .dependOnClassesThat()
            .resideOutsideOfPackages(
                    "org.caravanhub..", "java..", "picocli..", "com.fasterxml.jackson.core..", "org.jspecify..");

    @ArchTest
    static final ArchRule ONLY_COMMANDS_THAT_RUN_A_HUB_REACH_IT = noClasses()
            .that()
            .resideInAPackage("org.caravanhub.cli")
            .and()
            .doNotBelongToAnyOf(Up.class, DemoCommand.class, Train.class, Foreground.class)
            .should()
            .dependOnClassesThat()
            .belongToAnyOf(Caravan.class)
            .orShould()
            .dependOnClassesThat()
            .resideInAPackage("org.caravanhub.demo");
}
