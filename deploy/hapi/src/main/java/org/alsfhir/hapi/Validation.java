package org.alsfhir.hapi;

import ca.uhn.fhir.context.support.IValidationSupport;
import ca.uhn.fhir.interceptor.api.IInterceptorService;
import java.util.Set;
import org.hl7.fhir.common.hapi.validation.validator.WorkerContextValidationSupportAdapter;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Two corrections, so that {@code $validate} knows what was written and calls valid what is. */
@Configuration
class Validation {

  private static final Set<String> LOOKED_UP_BY_THE_VALIDATOR =
      Set.of("StructureDefinition", "CodeSystem", "ValueSet", "ConceptMap");

  /**
   * HAPI remembers for ten minutes what it did not find. It forgets this when a StructureDefinition
   * is updated, but not when one is created by POST, nor for a CodeSystem.
   */
  @Autowired
  void forgetAtWrites(IInterceptorService interceptors, IValidationSupport validation) {
    Writes.afterEach(LOOKED_UP_BY_THE_VALIDATOR, interceptors, validation::invalidateCaches);
  }

  @Bean
  static BeanPostProcessor versionWithoutPatch() {
    return new BeanPostProcessor() {
      @Override
      public Object postProcessBeforeInitialization(Object bean, String name) {
        return bean.getClass() == WorkerContextValidationSupportAdapter.class
            ? new WorkerContext()
            : bean;
      }
    };
  }

  /**
   * Says 4.0 instead of 4.0.1. Asked whether the context of an extension exists, the validator
   * compares with "4.0", finds "4.0.1" to be another version and wants to download that one's
   * definitions; without internet it then calls every such StructureDefinition an error.
   */
  private static class WorkerContext extends WorkerContextValidationSupportAdapter {
    @Override
    public String getVersion() {
      String version = super.getVersion();
      return version.substring(0, version.lastIndexOf('.'));
    }
  }
}
