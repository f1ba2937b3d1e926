package org.alsfhir.hapi;

import ca.uhn.fhir.jpa.config.r4.JpaR4Config;
import ca.uhn.fhir.jpa.config.r4b.JpaR4BConfig;
import ca.uhn.fhir.jpa.config.r5.JpaR5Config;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Profile;

/** The FHIR versions this server speaks, one Spring profile each, one of them active. */
@Configuration
class FhirVersions {

  @Configuration
  @Profile("r4")
  @Import(JpaR4Config.class)
  static class R4 {}

  @Configuration
  @Profile("r4b")
  @Import(JpaR4BConfig.class)
  static class R4B {}

  @Configuration
  @Profile("r5")
  @Import(JpaR5Config.class)
  static class R5 {}
}
