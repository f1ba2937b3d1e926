package org.alsfhir.hapi;

import ca.uhn.fhir.jpa.config.r4.JpaR4Config;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Profile;

/**
 * The FHIR versions this server speaks, one Spring profile each, one of them active.
 *
 * <p>A further version is one more class here, with its {@code JpaR4BConfig} or {@code JpaR5Config}.
 */
@Configuration
class FhirVersions {

  @Configuration
  @Profile("r4")
  @Import(JpaR4Config.class)
  static class R4 {}
}
