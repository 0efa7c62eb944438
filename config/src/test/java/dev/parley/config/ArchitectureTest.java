package dev.parley.config;

import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import dev.parley.testing.ArchitectureRules;

@AnalyzeClasses(packages = {"dev.parley.config", "dev.parley.cli", "dev.parley.server"})
class ArchitectureTest {
    @ArchTest
    static final ArchTests EVERYWHERE = ArchTests.in(ArchitectureRules.class);
}
