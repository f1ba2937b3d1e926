package org.alsfhir.hapi;

import ca.uhn.fhir.interceptor.api.IInterceptorService;
import java.util.Set;
import org.opencds.cqf.fhir.cql.EvaluationSettings;
import org.opencds.cqf.fhir.cr.hapi.config.RepositoryConfig;
import org.opencds.cqf.fhir.cr.hapi.config.r4.ApplyOperationConfig;
import org.opencds.cqf.fhir.cr.hapi.config.r4.EvaluateOperationConfig;
import org.opencds.cqf.fhir.utility.client.TerminologyServerClientSettings;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Profile;

/**
 * {@code Library/$evaluate} and {@code PlanDefinition/$apply}, which HAPI has for R4 alone. They
 * work, although {@code /metadata} does not list them.
 */
@Configuration
@Profile("r4")
@Import({RepositoryConfig.class, EvaluateOperationConfig.class, ApplyOperationConfig.class})
class ClinicalReasoning {

  @Bean
  EvaluationSettings evaluationSettings() {
    return EvaluationSettings.getDefault();
  }

  @Bean
  TerminologyServerClientSettings terminologyServers() {
    return TerminologyServerClientSettings.getDefault();
  }

  /** Without this a Library that was written anew goes on being evaluated as it was before. */
  @Autowired
  void forgetAtWrites(IInterceptorService interceptors, EvaluationSettings settings) {
    Writes.afterEach(
        Set.of("Library", "ValueSet", "CodeSystem"),
        interceptors,
        () -> {
          settings.getLibraryCache().clear();
          settings.getValueSetCache().clear();
        });
  }
}
